package proof

import (
	"context"
	"errors"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// database is a scratch database that stands at one side of the plan.
type database struct {
	conn  drivers.Connection
	quote func(string) string
	side  side
}

// errIgnored is what became of a row that the engine took without an error and did not keep: ON CONFLICT IGNORE, a
// trigger that says RAISE(IGNORE).
var errIgnored = errors.New("the engine ignored the row")

// table is the table's name as SQL.
func (d *database) table(t *table) string {
	return d.path(t.objects[d.side].Identity)
}

func (d *database) path(id hclschema.Identity) string {
	if id.Schema != "" {
		return d.quote(id.Schema) + "." + d.quote(id.Name)
	}
	return d.quote(id.Name)
}

// column is the column's name as SQL.
func (d *database) column(c *column) string { return d.quote(c.objects[d.side].Identity.Name) }

// insert puts rows into a table with one statement. All of them leave out the same columns.
func (d *database) insert(ctx context.Context, t *table, rows []row) error {
	text, args := d.insertion(t, rows)
	count, err := d.conn.Exec(ctx, text, args...)
	if err == nil && count < int64(len(rows)) {
		return errIgnored
	}
	return err
}

func (d *database) insertion(t *table, rows []row) (string, []any) {
	var names []string
	var at []int
	for i, c := range t.columns {
		if _, left := rows[0][i].(unset); !left && c.in(d.side) {
			names = append(names, d.column(c))
			at = append(at, i)
		}
	}
	text := "INSERT INTO " + d.table(t)
	switch {
	case t.width > 0:
		for i := range t.width {
			at = append(at, i)
		}
	case len(names) == 0:
		return text + " DEFAULT VALUES", nil
	default:
		text += " (" + strings.Join(names, ", ") + ")"
	}
	var args []any
	for _, r := range rows {
		for _, i := range at {
			args = append(args, r[i])
		}
	}
	return text + " VALUES " + tuples(len(rows), len(at)), args
}

// tuples are rows of ? marks: (?, ?), (?, ?).
func tuples(rows, columns int) string {
	tuple := "(" + strings.TrimSuffix(strings.Repeat("?, ", columns), ", ") + ")"
	return strings.TrimSuffix(strings.Repeat(tuple+", ", rows), ", ")
}

// remove takes a row out again that another database refused. It deletes by the values that were given, and what can't be
// deleted stays: it only makes this database a stricter judge.
func (d *database) remove(ctx context.Context, t *table, r row) error {
	var conditions []string
	var args []any
	for i, c := range t.columns {
		if _, left := r[i].(unset); left || r[i] == nil || !c.in(d.side) {
			continue
		}
		conditions = append(conditions, d.column(c)+" = ?")
		args = append(args, r[i])
	}
	if len(conditions) == 0 {
		return nil
	}
	_, err := d.conn.Exec(ctx, "DELETE FROM "+d.table(t)+" WHERE "+strings.Join(conditions, " AND "), args...)
	return err
}

// one runs a query that returns one value.
func (d *database) one(ctx context.Context, query string) (any, error) {
	var value any
	err := d.conn.Query(ctx, query, nil, func(scan func(...any) error) error { return scan(&value) })
	return value, err
}

// unenforced runs work in one transaction in which foreign keys are not enforced until its end.
func (d *database) unenforced(ctx context.Context, work func() error) error {
	if err := d.conn.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: true}, nil); err != nil {
		return err
	}
	if err := work(); err != nil {
		return errors.Join(err, d.conn.Rollback())
	}
	return d.conn.Commit(ctx)
}
