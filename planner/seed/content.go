package seed

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// value is what drivers.Seeder.Read gives; nil for NULL.
type value = *string

// row is the values of some columns, by the names that they have at the end of the plan.
type row map[string]value

// content is what a table has and is to have.
type content struct {
	Table
	driver drivers.Driver
	seeder drivers.Seeder
	table  *hclschema.Object
	// columns are those that can be set, in the table's order; byName finds them.
	columns []*hclschema.Object
	byName  map[string]*hclschema.Object
	// declared are the declared rows as the engine makes them, in the order of the set.
	declared []row
	// live are the rows of the live table that declared ones match, by their place in the set; extra are those that none does,
	// where the mode asks. They have the columns that the live table has.
	live  map[int]row
	extra []row

	// inserts are places in the set.
	inserts []int
	updates []update
	deletes []row
}

// update is a row whose values change.
type update struct {
	at int
	// columns are those that differ, old what they held; the old values of new columns are not known.
	columns []string
	old     row
}

func newContent(driver drivers.Driver, seeder drivers.Seeder, t Table) (*content, error) {
	c := &content{Table: t, driver: driver, seeder: seeder, table: t.End.Get(t.Set.Table), byName: map[string]*hclschema.Object{}, live: map[int]row{}}
	if c.table == nil {
		return nil, fmt.Errorf("rows are declared for %s, which is not there", t.Set.Table)
	}
	for _, o := range columnsOf(t.End, c.table.Identity) {
		c.columns = append(c.columns, o)
		c.byName[o.Identity.Name] = o
	}
	for _, r := range t.Set.Rows {
		for name := range r.Values {
			if c.byName[name] == nil {
				return nil, &RowError{Table: c.id(), Row: r.Range, Cause: fmt.Errorf("there is no column %s that can be set", name)}
			}
		}
	}
	return c, nil
}

// columnsOf are the columns of a table that can be set, in its order.
func columnsOf(state *hclschema.State, table hclschema.Identity) []*hclschema.Object {
	var columns []*hclschema.Object
	for _, o := range state.Children(table.Schema, table.Name) {
		if o.Identity.Kind == hclschema.KindColumn && o.Properties[hclschema.PropGenerated] == nil {
			columns = append(columns, o)
		}
	}
	return columns
}

func (c *content) id() hclschema.Identity { return c.table.Identity }

// liveName is the column's name in the live table, empty where that has none.
func (c *content) liveName(column string) string {
	if c.Live == (hclschema.Identity{}) {
		return ""
	}
	name := column
	if former, ok := c.Former[column]; ok {
		name = former
	}
	o := c.Current.Get(hclschema.Identity{Kind: hclschema.KindColumn, Schema: c.Live.Schema, Parent: c.Live.Name, Name: name})
	if o == nil || o.Properties[hclschema.PropGenerated] != nil {
		return ""
	}
	return o.Identity.Name
}

// quoted is a table's name as SQL.
func (c *content) quoted(id hclschema.Identity) string {
	if id.Schema == "" {
		return c.driver.QuoteName(id.Name)
	}
	return c.driver.QuoteName(id.Schema) + "." + c.driver.QuoteName(id.Name)
}

// key is the text of a row's key, by which rows of one table are told apart.
func (c *content) key(r row) string {
	var b strings.Builder
	for _, name := range c.Set.Key {
		if v := r[name]; v != nil {
			fmt.Fprintf(&b, "%d:%s", len(*v), *v)
		} else {
			b.WriteByte('-')
		}
	}
	return b.String()
}

// compare decides what happens to the rows.
func (c *content) compare() {
	for at, want := range c.declared {
		have, there := c.live[at]
		if !there {
			c.inserts = append(c.inserts, at)
			continue
		}
		if c.Set.Mode == hclschema.InsertRows {
			continue
		}
		u := update{at: at, old: row{}}
		for _, o := range c.columns {
			name := o.Identity.Name
			v, declared := want[name]
			old, known := have[name]
			if !declared || known && same(v, old) || slices.Contains(c.Set.Key, name) {
				continue
			}
			u.columns = append(u.columns, name)
			if known {
				u.old[name] = old
			}
		}
		if len(u.columns) > 0 {
			c.updates = append(c.updates, u)
		}
	}
	c.deletes = c.extra
	slices.SortStableFunc(c.inserts, func(a, b int) int { return c.byKey(c.declared[a], c.declared[b]) })
	slices.SortStableFunc(c.updates, func(a, b update) int { return c.byKey(c.declared[a.at], c.declared[b.at]) })
	slices.SortStableFunc(c.deletes, c.byKey)
}

// restorable says that the way back carries what is updated and deleted.
func (c *content) restorable() bool { return len(c.updates)+len(c.deletes) <= mostRestored }

func same(a, b value) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return *a == *b
}

// byKey orders rows by their keys, numbers as numbers.
func (c *content) byKey(a, b row) int {
	for _, name := range c.Set.Key {
		if order := compareValues(a[name], b[name]); order != 0 {
			return order
		}
	}
	return 0
}

func compareValues(a, b value) int {
	switch {
	case a == nil || b == nil:
		switch {
		case a == b:
			return 0
		case a == nil:
			return -1
		}
		return 1
	}
	x, isX := number(*a)
	y, isY := number(*b)
	if isX && isY {
		return x.Cmp(y)
	}
	return strings.Compare(*a, *b)
}

// number is a text as a number. Only plain ones are: no text may cost more to compare than to read.
func number(text string) (*big.Float, bool) {
	if len(text) > 40 || strings.ContainsAny(text, "eEpPxXnNiI_'") {
		return nil, false
	}
	n, _, err := big.ParseFloat(text, 10, 200, big.ToNearestEven)
	return n, err == nil
}
