package seed

import (
	"slices"

	"github.com/duo-orm/duo-orm/hclschema"
)

// reference is a foreign key of a table with declared rows.
type reference struct {
	key *hclschema.Object
	// to is the table that it leads to, refs the columns there; columns are its own.
	to            hclschema.Identity
	columns, refs []string
}

// references are a table's foreign keys.
func (c *content) references() []reference {
	var list []reference
	for _, o := range c.End.Children(c.id().Schema, c.id().Name) {
		if o.Identity.Kind == hclschema.KindForeignKey {
			list = append(list, c.reference(o))
		}
	}
	return list
}

func (c *content) reference(o *hclschema.Object) reference {
	to := hclschema.Identity{Kind: hclschema.KindTable, Schema: o.Properties.Text(hclschema.PropRefSchema), Name: o.Properties.Text(hclschema.PropRefTable)}
	r := reference{key: o, to: to, columns: c.names(c.id(), o.Properties.List(hclschema.PropColumns))}
	list := o.Properties.List(hclschema.PropRefColumns)
	if list == nil {
		for _, part := range c.End.Children(to.Schema, to.Name) {
			if part.Identity.Kind == hclschema.KindPrimaryKey {
				list = part.Properties.List(hclschema.PropColumns)
			}
		}
	}
	r.refs = c.names(to, list)
	return r
}

// names are the columns of a list as their table names them.
func (c *content) names(table hclschema.Identity, list hclschema.List) []string {
	own := map[string]string{}
	for _, o := range c.End.Children(table.Schema, table.Name) {
		if o.Identity.Kind == hclschema.KindColumn {
			own[c.driver.Identifier(o.Identity.Name).Canonical] = o.Identity.Name
		}
	}
	names := make([]string, len(list))
	for i, part := range list {
		if record, ok := part.(hclschema.Record); ok && record["column"] != nil {
			part = record["column"]
		}
		names[i] = part.String()
		if name, ok := own[c.driver.Identifier(names[i]).Canonical]; ok {
			names[i] = name
		}
	}
	return names
}

// referred says that other tables refer to this one.
func (c *content) referred() bool {
	for _, o := range c.End.Objects() {
		if o.Identity.Kind != hclschema.KindForeignKey {
			continue
		}
		to := hclschema.Identity{Kind: hclschema.KindTable, Schema: o.Properties.Text(hclschema.PropRefSchema), Name: o.Properties.Text(hclschema.PropRefTable)}
		from := hclschema.Identity{Kind: hclschema.KindTable, Schema: o.Identity.Schema, Name: o.Identity.Parent}
		if c.End.Key(to) == c.End.Key(c.id()) && c.End.Key(from) != c.End.Key(to) {
			return true
		}
	}
	return false
}

// cascades are the tables whose rows go with those that are deleted here.
func (c *content) cascades() []hclschema.Identity {
	var tables []hclschema.Identity
	for _, o := range c.End.Objects() {
		if o.Identity.Kind != hclschema.KindForeignKey || o.Properties.Text(hclschema.PropOnDelete) != "CASCADE" {
			continue
		}
		to := hclschema.Identity{Kind: hclschema.KindTable, Schema: o.Properties.Text(hclschema.PropRefSchema), Name: o.Properties.Text(hclschema.PropRefTable)}
		from := hclschema.Identity{Kind: hclschema.KindTable, Schema: o.Identity.Schema, Name: o.Identity.Parent}
		if c.End.Key(to) == c.End.Key(c.id()) && !slices.Contains(tables, from) {
			tables = append(tables, from)
		}
	}
	return tables
}

// inOrder has tables come after those that they refer to. Where tables refer to each other, one comes first whose references can be
// NULL meanwhile.
func inOrder(all []*content) []*content {
	order := make([]*content, 0, len(all))
	left := slices.Clone(all)
	for len(left) > 0 {
		at := slices.IndexFunc(left, func(c *content) bool { return !c.refersTo(left, false) })
		if at < 0 {
			at = max(0, slices.IndexFunc(left, func(c *content) bool { return !c.refersTo(left, true) }))
		}
		order = append(order, left[at])
		left = slices.Delete(left, at, at+1)
	}
	return order
}

// refersTo says that a table refers to another one of some; always says that references don't count that can be NULL.
func (c *content) refersTo(some []*content, always bool) bool {
	return slices.ContainsFunc(c.references(), func(r reference) bool {
		parent := declaredTable(some, c.End, r.to)
		return parent != nil && parent != c && !(always && c.canBeNull(r))
	})
}

func (c *content) canBeNull(r reference) bool {
	return !slices.ContainsFunc(r.columns, func(name string) bool {
		return c.byName[name] == nil || !c.byName[name].Properties.Bool(hclschema.PropNull)
	})
}

// ring are the rows to insert that refer to rows of tables which come later and refer back, with the columns that do so, where these
// can be NULL meanwhile.
func (c *content) ring(later []*content) []update {
	columns := map[int][]string{}
	for _, key := range c.references() {
		parent := declaredTable(later, c.End, key.to)
		if parent == nil || key.key.Properties.Text(hclschema.PropDeferrable) == "INITIALLY_DEFERRED" || !c.canBeNull(key) {
			continue
		}
		coming := map[string]bool{}
		for _, at := range parent.inserts {
			if text, ok := tuple(parent.declared[at], key.refs); ok {
				coming[text] = true
			}
		}
		for _, at := range c.inserts {
			if text, ok := tuple(c.declared[at], key.columns); ok && coming[text] {
				columns[at] = append(columns[at], key.columns...)
			}
		}
	}
	var list []update
	for _, at := range c.inserts {
		if columns[at] != nil {
			slices.Sort(columns[at])
			list = append(list, update{at: at, columns: slices.Compact(columns[at])})
		}
	}
	return list
}

// own are the foreign keys that lead back to the table itself.
func (c *content) own() []reference {
	return slices.DeleteFunc(c.references(), func(r reference) bool { return c.End.Key(r.to) != c.End.Key(c.id()) })
}

// byTree has rows of a table that refers to itself come after those that they refer to.
func byTree[T any](c *content, rows []T, of func(T) row) []T {
	keys := c.own()
	if len(keys) == 0 {
		return rows
	}
	order := make([]T, 0, len(rows))
	visited, waiting := make([]bool, len(rows)), make([]bool, len(rows))
	at := make([]map[string]int, len(keys))
	for k, key := range keys {
		at[k] = map[string]int{}
		for i, r := range rows {
			if text, ok := tuple(of(r), key.refs); ok {
				at[k][text] = i
			}
		}
	}
	// A chain may be as long as the table, so the walk keeps its own stack.
	for i := range rows {
		stack := []int{i}
		for len(stack) > 0 {
			n := stack[len(stack)-1]
			if visited[n] {
				stack = stack[:len(stack)-1]
				continue
			}
			waiting[n] = true
			parent := -1
			for k, key := range keys {
				if text, ok := tuple(of(rows[n]), key.columns); ok {
					if j, found := at[k][text]; found && !visited[j] && !waiting[j] {
						parent = j
						break
					}
				}
			}
			if parent >= 0 {
				stack = append(stack, parent)
				continue
			}
			visited[n] = true
			order = append(order, rows[n])
			stack = stack[:len(stack)-1]
		}
	}
	return order
}

// tuple is the text of some of a row's values; false where one is NULL or not known.
func tuple(r row, columns []string) (string, bool) {
	text := ""
	for _, name := range columns {
		v := r[name]
		if v == nil {
			return "", false
		}
		text += *v + "\x00"
	}
	return text, len(columns) > 0
}
