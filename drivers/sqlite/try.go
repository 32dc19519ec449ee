package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Try implements drivers.Connection. Nothing is run: EXPLAIN compiles a statement with everything that belongs to it, the
// query of a view or the triggers of a table. Triggers whose table or view can't be used at all are left out: it isn't
// they that are broken.
func (c *connection) Try(ctx context.Context, state *hclschema.State) ([]drivers.Broken, error) {
	t := &trial{c: c, state: state, compiled: map[string]error{}, columns: map[string][]string{}}
	var views, triggers []*hclschema.Object
	for _, o := range state.Objects() {
		switch o.Identity.Kind {
		case hclschema.KindView:
			views = append(views, o)
		case hclschema.KindTrigger:
			triggers = append(triggers, o)
		}
	}
	messages := map[*hclschema.Object]string{}
	for _, view := range views {
		err := t.compile(ctx, "SELECT * FROM main."+inQuotes(view.Identity.Name))
		if err := noteBroken(messages, view, err); err != nil {
			return nil, err
		}
	}
	suspects, err := t.suspects(ctx, triggers)
	if err != nil {
		return nil, err
	}
	if err := t.judge(ctx, suspects, messages); err != nil {
		return nil, err
	}
	var broken []drivers.Broken
	for _, o := range append(views, triggers...) {
		if text, found := messages[o]; found {
			broken = append(broken, drivers.Broken{Identity: o.Identity, Message: text})
		}
	}
	return broken, nil
}

// noteBroken takes note of an object that doesn't compile. Only SQLITE_ERROR says so; other errors are the world's.
func noteBroken(messages map[*hclschema.Object]string, o *hclschema.Object, err error) error {
	if primary(err) == code.SQLITE_ERROR {
		messages[o] = message(err)
		return nil
	}
	if err != nil {
		return fmt.Errorf("try %s: %w", o.Identity, err)
	}
	return nil
}

// trial is one Try.
type trial struct {
	c     *connection
	state *hclschema.State
	// compiled are the results of statements that were compiled already; columns those of tables and views that can be set.
	compiled map[string]error
	columns  map[string][]string
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

// suspects are the triggers that no compiled statement has shown to be sound. A statement that compiles proves all triggers
// that it fires; one that doesn't may fail for any of them, for a trigger that fires in turn, or for the table itself.
func (t *trial) suspects(ctx context.Context, triggers []*hclschema.Object) ([]*hclschema.Object, error) {
	var suspects []*hclschema.Object
	for _, trigger := range triggers {
		statement, err := t.firing(ctx, trigger)
		if err != nil {
			return nil, err
		}
		if statement != "" {
			err := t.compile(ctx, statement)
			if err == nil {
				continue
			}
			if err := worldly(err); err != nil {
				return nil, fmt.Errorf("try %s: %w", trigger.Identity, err)
			}
		}
		suspects = append(suspects, trigger)
	}
	return suspects, nil
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
	var columns []string
	// hidden is not 0 for generated columns (sqlite.org/pragma.html#pragma_table_xinfo).
	err := t.c.rows(ctx, "SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0", []any{parent}, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		columns = append(columns, name)
		return err
	})
	if err != nil && primary(err) != code.SQLITE_ERROR {
		return nil, fmt.Errorf("read the columns of %s: %w", parent, err)
	}
	t.columns[parent] = columns
	return columns, nil
}

// judge finds out which suspects are broken: each alone, in a database in memory that has the live schema without triggers.
func (t *trial) judge(ctx context.Context, suspects []*hclschema.Object, messages map[*hclschema.Object]string) (err error) {
	if len(suspects) == 0 {
		return nil
	}
	bench, err := t.c.schemaCopy(ctx)
	if err != nil {
		return fmt.Errorf("copy the schema to try its triggers: %w", err)
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	alone := &trial{c: bench, state: t.state, compiled: map[string]error{}, columns: t.columns}
	for _, trigger := range suspects {
		err := alone.judgeOne(ctx, trigger)
		if err := noteBroken(messages, trigger, err); err != nil {
			return err
		}
	}
	return nil
}

// judgeOne compiles the trigger alone. nil says that it is sound, or that its table can't be used without it either.
func (t *trial) judgeOne(ctx context.Context, trigger *hclschema.Object) error {
	parent := trigger.Identity.Parent
	event := strings.ToUpper(trigger.Properties.Text(hclschema.PropEvent))
	columns, err := t.settable(ctx, parent)
	if err != nil {
		return err
	}
	if len(columns) == 0 {
		return nil // a broken view
	}
	statement := change(event, parent, columns[0])
	onView := strings.HasPrefix(strings.ToUpper(trigger.Properties.Text(hclschema.PropTiming)), "INSTEAD")
	if !onView {
		if err := t.compile(ctx, statement); err != nil {
			return worldly(err)
		}
	} else if err := t.compile(ctx, "SELECT * FROM main."+inQuotes(parent)); err != nil {
		return worldly(err)
	}
	if _, err := t.c.session.ExecContext(ctx, temporary(trigger, event)); err != nil {
		return err
	}
	broken := explain(ctx, t.c.session, statement)
	if _, err := t.c.session.ExecContext(ctx, "DROP TRIGGER temp."+inQuotes(trigger.Identity.Name)); err != nil {
		return fmt.Errorf("drop the trigger in memory: %w", err)
	}
	return broken
}

// worldly passes errors on that say nothing about the schema.
func worldly(err error) error {
	if primary(err) == code.SQLITE_ERROR {
		return nil
	}
	return err
}

// temporary is the trigger as a temporary one, which a schema made by hand takes too. It fires on every column.
func temporary(trigger *hclschema.Object, event string) string {
	p := trigger.Properties
	text := "CREATE TEMP TRIGGER " + inQuotes(trigger.Identity.Name) + " " +
		strings.ReplaceAll(p.Text(hclschema.PropTiming), "_", " ") + " " + event + " ON main." + inQuotes(trigger.Identity.Parent)
	if when := p.Text(hclschema.PropWhen); when != "" {
		text += "\nWHEN (" + when + "\n)"
	}
	return text + "\n" + p.Text(hclschema.PropAs)
}
