package sample

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Table implements drivers.Sampler.
func (Sampler) Table(state *hclschema.State, table *hclschema.Object) drivers.Rows {
	rows := drivers.Rows{Of: rootOf(state, table), Own: "ONLY "}
	rows.Columns, rows.Declared = columnsWithin(state, table, deepest)
	if table.Properties[hclschema.PropPartition] != nil {
		rows.Own = ""
		if len(partitionsOf(state, table)) == 0 {
			rows.Without = "it has no partitions"
		}
	}
	if hasForeignParts(state, table, deepest) {
		rows.Own, rows.Without = "ONLY ", "a part of it lies on another server"
	}
	for _, column := range rows.Columns {
		if identity, ok := column.Properties[hclschema.PropIdentity].(hclschema.Record); ok && identity["generated"] != nil && identity["generated"].String() == "ALWAYS" {
			rows.Overriding = " OVERRIDING SYSTEM VALUE"
		}
	}
	for _, parent := range parentsOf(state, table) {
		rows.Conditions = append(rows.Conditions, inheritedChecks(state, parent, deepest)...)
	}
	for at, depth := table, 0; at.Properties[hclschema.PropPartitionOf] != nil && depth < deepest; depth++ {
		parent := find(state, at, hclschema.PropPartitionOf)
		if parent == nil {
			break
		}
		rows.Conditions = append(rows.Conditions, bounds(state, parent, at)...)
		rows.Conditions = append(rows.Conditions, checks(state, parent)...)
		at = parent
	}
	if fit := fitsSome(state, table, deepest); fit != "" {
		rows.Conditions = append(rows.Conditions, fit)
	}
	return rows
}

// find is the table that a property names, as seen from the default schema.
func find(state *hclschema.State, from *hclschema.Object, property string) *hclschema.Object {
	return findTable(state, from.Properties.Text(property))
}

func findTable(state *hclschema.State, text string) *hclschema.Object {
	first, rest, _ := exactIdentifier(text)
	id := hclschema.Identity{Kind: hclschema.KindTable, Name: first}
	if after, ok := strings.CutPrefix(rest, "."); ok {
		id.Schema = first
		id.Name, _, _ = exactIdentifier(after)
	}
	return state.Get(id)
}

// exactIdentifier is one name of a path. A path in a state is folded already.
func exactIdentifier(text string) (name, rest string, quoted bool) {
	if strings.HasPrefix(text, `"`) {
		return identifier(text)
	}
	if at := strings.IndexByte(text, '.'); at >= 0 {
		return text[:at], text[at:], false
	}
	return text, "", false
}

// parentsOf are the tables that a table inherits from; a partition has none.
func parentsOf(state *hclschema.State, table *hclschema.Object) []*hclschema.Object {
	var parents []*hclschema.Object
	for _, name := range table.Properties.List(hclschema.PropInherits) {
		if parent := findTable(state, name.String()); parent != nil {
			parents = append(parents, parent)
		}
	}
	return parents
}

// rootOf is the partitioned table that a partition belongs to, through all levels.
func rootOf(state *hclschema.State, table *hclschema.Object) hclschema.Identity {
	var root hclschema.Identity
	for at, depth := table, 0; at != nil && at.Properties[hclschema.PropPartitionOf] != nil && depth < deepest; depth++ {
		if at = find(state, at, hclschema.PropPartitionOf); at != nil {
			root = at.Identity
		}
	}
	return root
}

// columnsOf are a table's columns, those of its parents first, each named once: what the table says of one itself counts.
func columnsOf(state *hclschema.State, table *hclschema.Object) []*hclschema.Object {
	columns, _ := columnsWithin(state, table, deepest)
	return columns
}

func columnsWithin(state *hclschema.State, table *hclschema.Object, depth int) (columns []*hclschema.Object, declared []hclschema.Identity) {
	at := map[string]int{}
	put := func(o *hclschema.Object, from hclschema.Identity, inherited bool) {
		if i, ok := at[o.Identity.Name]; ok {
			columns[i] = merged(columns[i], o)
			return
		}
		declared = append(declared, from)
		if inherited {
			o = o.Clone()
			o.Identity.Schema, o.Identity.Parent = table.Identity.Schema, table.Identity.Name
			delete(o.Properties, hclschema.PropIdentity) // isn't inherited
		}
		at[o.Identity.Name] = len(columns)
		columns = append(columns, o)
	}
	if depth > 0 {
		parents := parentsOf(state, table)
		if parent := find(state, table, hclschema.PropPartitionOf); parent != nil {
			parents = append(parents, parent)
		}
		for _, parent := range parents {
			inherited, from := columnsWithin(state, parent, depth-1)
			for i, o := range inherited {
				put(o, from[i], true)
			}
		}
	}
	for _, o := range state.Children(table.Identity.Schema, table.Identity.Name) {
		if o.Identity.Kind == hclschema.KindColumn {
			put(o, o.Identity, false)
		}
	}
	return columns, declared
}

// merged is what a table says of a column over what its parent says. A column that is said to be inherited names only what is
// different, its type for one may be missing.
func merged(parent, own *hclschema.Object) *hclschema.Object {
	if own.Properties[hclschema.PropType] != nil {
		return own
	}
	o := parent.Clone()
	for name, value := range own.Properties {
		o.Properties[name] = value
	}
	return o
}

// checks are the expressions of a table's own checks that its children have too.
func checks(state *hclschema.State, table *hclschema.Object) []string {
	var texts []string
	for _, o := range state.Children(table.Identity.Schema, table.Identity.Name) {
		if o.Identity.Kind == hclschema.KindCheck && !o.Properties.Bool(hclschema.PropNoInherit) {
			texts = append(texts, o.Properties.Text(hclschema.PropExpr))
		}
	}
	return texts
}

func inheritedChecks(state *hclschema.State, table *hclschema.Object, depth int) []string {
	texts := checks(state, table)
	if depth > 0 {
		for _, parent := range parentsOf(state, table) {
			texts = append(texts, inheritedChecks(state, parent, depth-1)...)
		}
	}
	return texts
}
