package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Try implements drivers.Connection. Broken is what names a table, view or column that isn't there, or rests on a broken
// view; most of it makes the engine refuse to alter any table at all. A function or collation that isn't known breaks
// nothing: it may be one that the application brings along, and the engine alters tables all the same.
//
// First each is compiled where it is, with EXPLAIN, so that nothing is run. What doesn't compile is judged in a copy of the
// schema: it may fail for something else, such as another trigger of the same table.
func (c *connection) Try(ctx context.Context, state *hclschema.State) ([]drivers.Broken, error) {
	t := &trial{c: c, compiled: map[string]error{}, columns: map[string][]string{}}
	var suspects []*hclschema.Object
	for _, kind := range []string{hclschema.KindView, hclschema.KindTrigger} {
		for _, o := range state.Objects() {
			if o.Identity.Kind != kind {
				continue
			}
			sound, err := t.sound(ctx, o)
			if err != nil {
				return nil, fmt.Errorf("try %s: %w", o.Identity, c.explained(err))
			}
			if !sound {
				suspects = append(suspects, o)
			}
		}
	}
	if len(suspects) == 0 {
		return nil, nil
	}
	return c.judge(ctx, suspects)
}

// trial is the compiling of views and triggers.
type trial struct {
	c *connection
	// compiled are the results of statements that were compiled already; columns those of tables and views that can be set.
	compiled map[string]error
	columns  map[string][]string
}

// sound says that the object compiles. A statement that compiles proves all triggers that it fires.
func (t *trial) sound(ctx context.Context, o *hclschema.Object) (bool, error) {
	statement := "SELECT * FROM main." + inQuotes(o.Identity.Name)
	if o.Identity.Kind == hclschema.KindTrigger {
		var err error
		if statement, err = t.firing(ctx, o); err != nil || statement == "" {
			return false, err
		}
	}
	err := t.compile(ctx, statement)
	return err == nil, worldly(err)
}

// compile has the engine compile a statement.
func (t *trial) compile(ctx context.Context, statement string) error {
	err, done := t.compiled[statement]
	if !done {
		err = t.c.retried(ctx, func() error { return explain(ctx, t.c.session, statement) })
		t.compiled[statement] = err
	}
	return err
}

func explain(ctx context.Context, session *sql.Conn, statement string) error {
	rows, err := session.QueryContext(ctx, "EXPLAIN "+statement)
	if err != nil {
		return err
	}
	return rows.Close()
}

// firing is a statement that fires the trigger; empty where none does: an UPDATE OF columns that can't be set.
func (t *trial) firing(ctx context.Context, trigger *hclschema.Object) (string, error) {
	parent := trigger.Identity.Parent
	event := strings.ToUpper(trigger.Properties.Text(hclschema.PropEvent))
	if event != "UPDATE" {
		return change(event, parent, ""), nil
	}
	columns, err := t.settable(ctx, parent)
	if err != nil {
		return "", err
	}
	list := trigger.Properties.List(hclschema.PropUpdateOf)
	for _, column := range columns {
		if list == nil {
			return change(event, parent, column), nil
		}
		for _, wanted := range list {
			if asciiLower(wanted.String()) == asciiLower(column) {
				return change(event, parent, column), nil
			}
		}
	}
	return "", nil
}

// change is a statement that changes rows of a table or view.
func change(event, parent, column string) string {
	table := "main." + inQuotes(parent)
	switch event {
	case "INSERT":
		return "INSERT INTO " + table + " DEFAULT VALUES"
	case "DELETE":
		return "DELETE FROM " + table
	}
	return "UPDATE " + table + " SET " + inQuotes(column) + " = NULL"
}

// settable are the columns that an UPDATE may set; none where the view is broken.
func (t *trial) settable(ctx context.Context, parent string) ([]string, error) {
	if columns, done := t.columns[parent]; done {
		return columns, nil
	}
	// hidden is not 0 for generated columns (sqlite.org/pragma.html#pragma_table_xinfo).
	columns, err := t.c.names(ctx, "SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0", parent)
	if err != nil && primary(err) != code.SQLITE_ERROR {
		return nil, fmt.Errorf("read the columns of %s: %w", parent, err)
	}
	t.columns[parent] = columns
	return columns, nil
}

// worldly passes errors on that say nothing about the schema.
func worldly(err error) error {
	if primary(err) == code.SQLITE_ERROR {
		return nil
	}
	return err
}
