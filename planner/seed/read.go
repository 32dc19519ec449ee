package seed

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// normalise has the engine take the declared rows on scratch and reads them back. The scratch database stays as it was.
func normalise(ctx context.Context, scratch drivers.Connection, all []*content) error {
	err := try(ctx, scratch, all, (*content).takeTogether)
	var refused *refusedError
	if errors.As(err, &refused) && ctx.Err() == nil {
		// Which row it was is known when they go in one by one.
		if err := try(ctx, scratch, []*content{refused.content}, (*content).takeOneByOne); err != nil {
			return err
		}
		return refused.cause
	}
	return err
}

// refusedError tells which table's rows were refused.
type refusedError struct {
	content *content
	cause   error
}

// Error implements error.
func (e *refusedError) Error() string { return e.cause.Error() }

func try(ctx context.Context, scratch drivers.Connection, all []*content, take func(*content, context.Context, drivers.Connection, string) error) (err error) {
	if err := scratch.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: true}, nil); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, scratch.Rollback()) }()
	for i, c := range all {
		statements, name := c.seeder.Trial(c.End, c.table, c.Set.Key, i)
		for _, statement := range statements {
			if _, err := scratch.Exec(ctx, statement); err != nil {
				return fmt.Errorf("prepare to try the rows of %s: %w", c.id(), err)
			}
		}
		if err := take(c, ctx, scratch, name); err != nil {
			return err
		}
		if err := c.readDeclared(ctx, scratch, name); err != nil {
			return err
		}
	}
	return nil
}

// takeTogether puts the declared rows in, many at a time.
func (c *content) takeTogether(ctx context.Context, scratch drivers.Connection, name string) error {
	all := make([]int, len(c.Set.Rows))
	for i := range all {
		all[i] = i
	}
	for _, batch := range c.batches(all, func(at int) []string { return c.given(at) }) {
		text, err := c.insertGiven(name, batch)
		if err != nil {
			return err
		}
		if _, err := scratch.Exec(ctx, text); err != nil {
			return &refusedError{content: c, cause: err}
		}
	}
	return nil
}

// takeOneByOne finds the row that is refused.
func (c *content) takeOneByOne(ctx context.Context, scratch drivers.Connection, name string) error {
	for at := range c.Set.Rows {
		text, err := c.insertGiven(name, batch[int]{columns: c.given(at), rows: []int{at}})
		if err != nil {
			return err
		}
		if _, err := scratch.Exec(ctx, text); err != nil {
			return &RowError{Table: c.id(), Row: c.Set.Rows[at].Range, Cause: err}
		}
	}
	return nil
}

// given are the columns that a declared row sets, in the table's order.
func (c *content) given(at int) []string {
	var names []string
	for _, o := range c.columns {
		if _, ok := c.Set.Rows[at].Values[o.Identity.Name]; ok {
			names = append(names, o.Identity.Name)
		}
	}
	return names
}

func (c *content) insertGiven(name string, b batch[int]) (string, error) {
	var tuples [][]string
	for _, at := range b.rows {
		var tuple []string
		for _, column := range b.columns {
			literal, err := c.seeder.Given(c.byName[column], c.Set.Rows[at].Values[column])
			if err != nil {
				return "", &RowError{Table: c.id(), Row: c.Set.Rows[at].Range, Cause: err}
			}
			tuple = append(tuple, literal)
		}
		tuples = append(tuples, tuple)
	}
	return c.insertion(name, b.columns, tuples), nil
}

// readDeclared reads back what the engine made of the declared rows.
func (c *content) readDeclared(ctx context.Context, scratch drivers.Connection, name string) error {
	c.declared = make([]row, len(c.Set.Rows))
	err := c.match(ctx, scratch, name, c.columns, func(o *hclschema.Object) string { return o.Identity.Name }, func(at int, r row) error {
		kept := row{}
		for column := range c.Set.Rows[at].Values {
			kept[column] = r[column]
		}
		c.declared[at] = kept
		return nil
	})
	if err != nil {
		return err
	}
	for at, r := range c.declared {
		if r == nil {
			return &RowError{Table: c.id(), Row: c.Set.Rows[at].Range, Cause: errors.New("the database took the row without an error and did not keep it")}
		}
	}
	return nil
}

// readLive reads the rows of the live table that the declared ones match, and where the mode asks the others too.
func (c *content) readLive(ctx context.Context, live drivers.Connection) error {
	if c.Live == (hclschema.Identity{}) {
		return nil
	}
	var columns []*hclschema.Object
	for _, o := range c.columns {
		if c.liveName(o.Identity.Name) != "" {
			columns = append(columns, o)
		}
	}
	keyed := true
	for _, name := range c.Set.Key {
		keyed = keyed && c.liveName(name) != ""
	}
	name := func(o *hclschema.Object) string { return c.liveName(o.Identity.Name) }
	if keyed {
		err := c.match(ctx, live, c.quoted(c.Live), columns, name, func(at int, r row) error {
			if c.live[at] != nil {
				return &AmbiguousError{Table: c.id(), Row: c.Set.Rows[at].Range, Key: c.Set.Key}
			}
			c.live[at] = r
			return nil
		})
		if err != nil {
			return err
		}
	}
	if c.Set.Mode != hclschema.SyncRows || !keyed {
		return nil
	}
	matched := map[string]bool{}
	for _, r := range c.live {
		matched[c.key(r)] = true
	}
	var count int64
	if err := live.Query(ctx, "SELECT count(*) FROM "+c.quoted(c.Live), nil, func(scan func(...any) error) error { return scan(&count) }); err != nil {
		return fmt.Errorf("count the rows of %s: %w", c.Live, err)
	}
	if gone := count - int64(len(c.live)); gone > mostDeleted {
		return &TooManyError{Table: c.id(), Rows: gone}
	}
	rows, err := readAll(ctx, live, c.seeder, c.driver, c.quoted(c.Live), columns, name)
	if err != nil {
		return fmt.Errorf("read the rows of %s: %w", c.Live, err)
	}
	for _, r := range rows {
		if !matched[c.key(r)] {
			c.extra = append(c.extra, r)
		}
	}
	return nil
}

// match reads the rows of a table whose keys the engine takes for those of declared rows, with one query.
func (c *content) match(ctx context.Context, conn drivers.Connection, table string, columns []*hclschema.Object, name func(*hclschema.Object) string, take func(at int, r row) error) error {
	if len(c.Set.Rows) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("WITH declared (n")
	for i := range c.Set.Key {
		b.WriteString(", k" + strconv.Itoa(i))
	}
	b.WriteString(") AS (VALUES ")
	for at, declared := range c.Set.Rows {
		if at > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + strconv.Itoa(at))
		for _, column := range c.Set.Key {
			literal, err := c.seeder.Given(c.byName[column], declared.Values[column])
			if err != nil {
				return &RowError{Table: c.id(), Row: declared.Range, Cause: err}
			}
			if at == 0 {
				literal = c.seeder.Typed(c.byName[column], literal)
			}
			b.WriteString(", " + literal)
		}
		b.WriteString(")")
	}
	b.WriteString(") SELECT declared.n")
	for _, o := range columns {
		b.WriteString(", " + c.seeder.Read(o, "t."+c.driver.QuoteName(name(o))))
	}
	b.WriteString(" FROM declared JOIN " + table + " AS t ON ")
	for i, column := range c.Set.Key {
		if i > 0 {
			b.WriteString(" AND ")
		}
		b.WriteString("t." + c.driver.QuoteName(name(c.byName[column])) + " = declared.k" + strconv.Itoa(i))
	}
	err := conn.Query(ctx, b.String(), nil, func(scan func(...any) error) error {
		var at int64
		r, err := scanRow(columns, scan, &at)
		if err != nil {
			return err
		}
		return take(int(at), r)
	})
	var ambiguous *AmbiguousError
	if err == nil || errors.As(err, &ambiguous) {
		return err
	}
	return fmt.Errorf("read the rows of %s: %w", c.id(), err)
}

// scanRow reads one row of a result whose columns are texts; first are destinations before them.
func scanRow(columns []*hclschema.Object, scan func(...any) error, first ...any) (row, error) {
	values := make([]value, len(columns))
	for i := range values {
		first = append(first, &values[i])
	}
	if err := scan(first...); err != nil {
		return nil, err
	}
	r := make(row, len(columns))
	for i, o := range columns {
		r[o.Identity.Name] = values[i]
	}
	return r, nil
}

// readAll reads all rows of a table.
func readAll(ctx context.Context, conn drivers.Connection, seeder drivers.Seeder, driver drivers.Driver, table string, columns []*hclschema.Object, name func(*hclschema.Object) string) ([]row, error) {
	words := make([]string, len(columns))
	for i, o := range columns {
		words[i] = seeder.Read(o, "t."+driver.QuoteName(name(o)))
	}
	var rows []row
	err := conn.Query(ctx, "SELECT "+strings.Join(words, ", ")+" FROM "+table+" AS t", nil, func(scan func(...any) error) error {
		r, err := scanRow(columns, scan)
		rows = append(rows, r)
		return err
	})
	return rows, err
}
