package seed

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Kept are the rows of a table as they were at one time, with the columns that models declare values for. What else the table
// has is nobody's business: its default may be the time.
type Kept struct {
	content *content
	columns []string
	rows    map[string]row
}

// Keep reads the rows of a table for which the models declare some. nil where the state has no such table, or not yet the
// columns by which its rows are found.
func Keep(ctx context.Context, conn drivers.Connection, driver drivers.Driver, seeder drivers.Seeder, state *hclschema.State, set *hclschema.RowSet) (*Kept, error) {
	if state.Get(set.Table) == nil {
		return nil, nil
	}
	c, err := newContent(driver, seeder, Table{Set: &hclschema.RowSet{Table: set.Table, Key: set.Key}, End: state, Current: state, Live: state.Get(set.Table).Identity})
	if err != nil {
		return nil, err
	}
	declared := map[string]bool{}
	for _, r := range set.Rows {
		for name := range r.Values {
			declared[name] = true
		}
	}
	for _, name := range set.Key {
		if declared[name] = true; c.byName[name] == nil {
			return nil, nil
		}
	}
	k := &Kept{content: c, rows: map[string]row{}}
	columns := slices.DeleteFunc(slices.Clone(c.columns), func(o *hclschema.Object) bool { return !declared[o.Identity.Name] })
	for _, o := range columns {
		k.columns = append(k.columns, o.Identity.Name)
	}
	rows, err := readAll(ctx, conn, seeder, driver, c.quoted(c.id()), columns, func(o *hclschema.Object) string { return o.Identity.Name })
	if err != nil {
		return nil, fmt.Errorf("read the rows of %s: %w", set.Table, err)
	}
	for _, r := range rows {
		k.rows[c.key(r)] = r
	}
	return k, nil
}

// Difference says by key how rows differ from those that are wanted. Nothing where one of the two has no such table: that is
// told of the table.
func (k *Kept) Difference(wanted *Kept) (differences []string) {
	if k == nil || wanted == nil {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(wanted.rows)) {
		want, c := wanted.rows[key], wanted.content
		have, ok := k.rows[key]
		if !ok {
			differences = append(differences, fmt.Sprintf("the row %s of %s is missing", c.named(want), c.id().Path()))
			continue
		}
		for _, name := range wanted.columns {
			if is, has := have[name]; has && !same(is, want[name]) {
				differences = append(differences, fmt.Sprintf("the row %s of %s: %s is %s, wanted %s", c.named(want), c.id().Path(), name, shown(is), shown(want[name])))
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(k.rows)) {
		if _, ok := wanted.rows[key]; !ok {
			differences = append(differences, fmt.Sprintf("the row %s of %s is not wanted but there", k.content.named(k.rows[key]), k.content.id().Path()))
		}
	}
	return differences
}
