package seed

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// MissingError is why a declared row can't be had that refers to a row which is not there.
type MissingError struct {
	// To is the table that it refers to, by Columns with these values.
	To              hclschema.Identity
	Columns, Values []string
}

// Error implements error.
func (e *MissingError) Error() string {
	return fmt.Sprintf("it refers to a row of %s that is not there: %s = %s", e.To, strings.Join(e.Columns, ", "), strings.Join(e.Values, ", "))
}

// checkReferences looks whether the rows that are inserted and updated find what they refer to: among the declared rows, or in the
// live database.
func checkReferences(ctx context.Context, r Request, all []*content) error {
	for _, c := range all {
		for _, key := range c.references() {
			if err := c.checkReference(ctx, r, key, all); err != nil {
				return err
			}
		}
	}
	return nil
}

// changed are the places of the rows that are inserted, or whose values of some columns change.
func (c *content) changed(columns []string) []int {
	places := append([]int(nil), c.inserts...)
	for _, u := range c.updates {
		for _, name := range u.columns {
			if slices.Contains(columns, name) {
				places = append(places, u.at)
				break
			}
		}
	}
	return places
}

func (c *content) checkReference(ctx context.Context, r Request, key reference, all []*content) error {
	parent := declaredTable(all, c.End, key.to)
	there := map[string]bool{}
	// Where the engine doesn't tell case apart, it judges for itself whether two keys are the same.
	as := func(text string) string { return text }
	if parent != nil {
		if slices.ContainsFunc(key.refs, parent.folds) {
			as = strings.ToLower
		}
		for _, known := range parent.after() {
			if text, ok := tuple(known, key.refs); ok {
				there[as(text)] = true
			}
		}
	}
	wanted := map[string]int{}
	var order []string
	for _, at := range c.changed(key.columns) {
		text, ok := tuple(c.declared[at], key.columns)
		if _, known := wanted[text]; !ok || known || there[as(text)] {
			continue
		}
		wanted[text] = at
		order = append(order, text)
	}
	if len(order) == 0 {
		return nil
	}
	places := make([]int, len(order))
	for i, text := range order {
		places[i] = wanted[text]
	}
	found, err := c.findReferred(ctx, r, key, places)
	if err != nil {
		return err
	}
	for _, at := range places {
		if found[at] && (parent == nil || !parent.loses(c.declared[at], key)) {
			continue
		}
		missing := &MissingError{To: key.to, Columns: key.columns}
		for _, name := range key.columns {
			missing.Values = append(missing.Values, shown(c.declared[at][name]))
		}
		return &RowError{Table: c.id(), Row: c.Set.Rows[at].Range, Cause: missing}
	}
	return nil
}

// folds says that the engine may take values of a column for the same that are written in another way.
func (c *content) folds(column string) bool {
	o := c.byName[column]
	return o != nil && (o.Properties[hclschema.PropCollate] != nil || strings.Contains(o.Properties.Text(hclschema.PropType), "citext"))
}

func declaredTable(all []*content, like *hclschema.State, table hclschema.Identity) *content {
	for _, c := range all {
		if like.Key(c.id()) == like.Key(table) {
			return c
		}
	}
	return nil
}

// after are the rows that the plan knows to be there at its end.
func (c *content) after() []row {
	var list []row
	for at, want := range c.declared {
		whole := row{}
		for name, v := range c.live[at] {
			whole[name] = v
		}
		if _, there := c.live[at]; !there || c.Set.Mode != hclschema.InsertRows {
			for name, v := range want {
				whole[name] = v
			}
		}
		list = append(list, whole)
	}
	return list
}

// loses says that the row that another one refers to is deleted.
func (c *content) loses(referring row, key reference) bool {
	wanted, _ := tuple(referring, key.columns)
	for _, gone := range c.deletes {
		if text, ok := tuple(gone, key.refs); ok && text == wanted {
			return true
		}
	}
	return false
}

// findReferred asks the live database which of the rows at some places find what they refer to.
func (c *content) findReferred(ctx context.Context, r Request, key reference, places []int) (map[int]bool, error) {
	found := map[int]bool{}
	live, former := r.Locate(key.to)
	if live == (hclschema.Identity{}) {
		return found, nil
	}
	var b strings.Builder
	b.WriteString("WITH wanted (n")
	conditions := make([]string, len(key.refs))
	columns := make([]*hclschema.Object, len(key.refs))
	for i, name := range key.refs {
		if old, renamed := former[name]; renamed {
			name = old
		}
		columns[i] = c.Current.Get(hclschema.Identity{Kind: hclschema.KindColumn, Schema: live.Schema, Parent: live.Name, Name: name})
		if columns[i] == nil {
			return found, nil
		}
		b.WriteString(", k" + strconv.Itoa(i))
		conditions[i] = "t." + c.driver.QuoteName(name) + " = wanted.k" + strconv.Itoa(i)
	}
	b.WriteString(") AS (VALUES ")
	for i, at := range places {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + strconv.Itoa(at))
		for k, name := range key.columns {
			literal, err := c.literal(name, c.declared[at][name])
			if err != nil {
				return nil, err
			}
			if i == 0 {
				literal = c.seeder.Typed(columns[k], literal)
			}
			b.WriteString(", " + literal)
		}
		b.WriteString(")")
	}
	b.WriteString(") SELECT wanted.n FROM wanted WHERE EXISTS (SELECT 1 FROM " + c.quoted(live) + " AS t WHERE " + strings.Join(conditions, " AND ") + ")")
	err := r.Live.Query(ctx, b.String(), nil, func(scan func(...any) error) error {
		var at int64
		err := scan(&at)
		found[int(at)] = true
		return err
	})
	if err != nil {
		err = fmt.Errorf("look for the rows of %s that rows of %s refer to: %w", key.to, c.id(), err)
	}
	return found, err
}
