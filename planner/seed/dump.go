package seed

import (
	"context"
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Dump is the rows of a table as models declare them.
type Dump struct {
	Columns []string
	// Key are the columns by which rows are found where they aren't those of the primary key; nil otherwise.
	Key  []string
	Rows [][]hclschema.Evaluated
}

// KeyError is returned for a table whose rows nothing tells apart.
type KeyError struct{ Table hclschema.Identity }

// Error implements error.
func (e *KeyError) Error() string {
	return fmt.Sprintf("%s has neither a primary key nor a unique constraint to find its rows by", e.Table)
}

// Read reads all rows of a live table, in the order of their keys. *KeyError where there is none.
func Read(ctx context.Context, live drivers.Connection, driver drivers.Driver, seeder drivers.Seeder, state *hclschema.State, table hclschema.Identity) (*Dump, error) {
	c, err := newContent(driver, seeder, Table{Set: &hclschema.RowSet{Table: table}, End: state, Current: state, Live: table})
	if err != nil {
		return nil, err
	}
	d := &Dump{}
	c.Set.Key, d.Key = c.findKey()
	if c.Set.Key == nil {
		return nil, &KeyError{Table: table}
	}
	rows, err := readAll(ctx, live, seeder, driver, c.quoted(table), c.columns, func(o *hclschema.Object) string { return o.Identity.Name })
	if err != nil {
		return nil, fmt.Errorf("read the rows of %s: %w", table, err)
	}
	slices.SortStableFunc(rows, c.byKey)
	for _, o := range c.columns {
		d.Columns = append(d.Columns, o.Identity.Name)
	}
	for _, r := range rows {
		values := make([]hclschema.Evaluated, len(c.columns))
		for i, o := range c.columns {
			values[i] = hclschema.Null{}
			if v := r[o.Identity.Name]; v != nil {
				declared, ok := seeder.Declared(o, *v)
				if !ok {
					return nil, fmt.Errorf("the row %s of %s can't stand in models: they have no value for what its column %s holds", c.named(r), table, o.Identity.Name)
				}
				values[i] = declared
			}
		}
		d.Rows = append(d.Rows, values)
	}
	return d, nil
}

// findKey are the columns of the primary key, or else those of the first unique constraint without NULL, which are named then.
func (c *content) findKey() (key, named []string) {
	for _, o := range c.End.Children(c.id().Schema, c.id().Name) {
		names := c.names(c.id(), o.Properties.List(hclschema.PropColumns))
		switch {
		case slices.ContainsFunc(names, func(name string) bool { return c.byName[name] == nil }):
		case o.Identity.Kind == hclschema.KindPrimaryKey:
			return names, nil
		case o.Identity.Kind == hclschema.KindUnique && key == nil && !slices.ContainsFunc(names, func(name string) bool { return c.byName[name].Properties.Bool(hclschema.PropNull) }):
			key, named = names, names
		}
	}
	return key, named
}
