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
	// sampler is nil for an engine with loose types.
	sampler drivers.Sampler
}

// errIgnored is what became of a row that the engine took without an error and did not keep: ON CONFLICT IGNORE, a
// trigger that says RAISE(IGNORE).
var errIgnored = errors.New("the engine ignored the row")

// rows is the table's name as SQL in a FROM clause, without the rows of others.
func (d *database) rows(t *table) string { return t.facts[d.side].Own + d.table(t) }

// argument writes a value: as a mark, or where the engine is strict as a literal, which takes its type from where it stands.
func (d *database) argument(value any, args *[]any) string {
	if d.sampler != nil {
		return d.sampler.Literal(value)
	}
	*args = append(*args, value)
	return "?"
}

// typed writes a value where nothing else tells its type.
func (d *database) typed(c *column, value any, args *[]any) string {
	text := d.argument(value, args)
	if d.sampler == nil {
		return text
	}
	return "CAST(" + text + " AS " + c.typing[d.side].Type + ")"
}

// plainText is an expression as a value that no client converts by what it was declared as.
func (d *database) plainText(expr string) string {
	if d.sampler == nil {
		return "CASE WHEN 1 = 1 THEN " + expr + " END"
	}
	return d.sampler.AsText(expr)
}

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
		text += " (" + strings.Join(names, ", ") + ")" + t.facts[d.side].Overriding
	}
	var args []any
	tuples := make([]string, len(rows))
	for n, r := range rows {
		values := make([]string, len(at))
		for j, i := range at {
			values[j] = d.argument(r[i], &args)
		}
		tuples[n] = "(" + strings.Join(values, ", ") + ")"
	}
	return text + " VALUES " + strings.Join(tuples, ", "), args
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
		if d.sampler == nil {
			conditions = append(conditions, d.column(c)+" = "+d.argument(r[i], &args))
		} else { // not every type has an equality
			conditions = append(conditions, d.plainText(d.column(c))+" = "+d.plainText(d.typed(c, r[i], &args)))
		}
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
