package sqlite

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// foreignKey finds rows that would refer to nothing. Where the columns that the key leads to aren't known here, the commit
// finds such rows.
func (h *hazardList) foreignKey(c drivers.Change) {
	if c.After == nil || c.Before != nil && !slices.ContainsFunc(c.Properties, isTarget) {
		return
	}
	key := c.After
	table := hclschema.Identity{Kind: hclschema.KindTable, Name: key.Properties.Text(hclschema.PropRefTable)}
	h.query(drivers.Violates, key, "wants each row to refer to a row of "+table.Path(), h.orphans(key),
		"Correct or delete the rows that refer to nothing first.", handWritten)
}

// orphans is the query that counts the rows which a key refuses; empty where it can't be told from here.
func (h *hazardList) orphans(key *hclschema.Object) string {
	columns := names(key.Properties.List(hclschema.PropColumns))
	p := h.parentOf(key)
	if len(columns) == 0 || p.there && len(columns) != len(p.columns) {
		return ""
	}
	var set, match []string
	for i, name := range columns {
		if !h.rows.has(name) && (p.there || !h.rows.tellsNull(name)) {
			return ""
		}
		set = append(set, "duo_orm_child."+quoting.QuoteName(name)+" IS NOT NULL")
		if p.there {
			match = append(match, "duo_orm_parent."+quoting.QuoteName(p.columns[i])+" = duo_orm_child."+quoting.QuoteName(name))
		}
	}
	query := "SELECT count(*) FROM " + h.rows.as("duo_orm_child") + " WHERE " + joinAnd(set)
	if p.there {
		query += " AND NOT EXISTS (SELECT 1 FROM " + p.source + " WHERE " + joinAnd(match) + ")"
	}
	return query
}

// parent is what a key refers to, as the live database has it.
type parent struct {
	source  string
	columns []string
	// there is false for a table or column that is only made by the plan or goes with it: it has no rows to refer to.
	there bool
}

// parentOf is the parent of a key. Without columns it is unknown.
func (h *hazardList) parentOf(key *hclschema.Object) parent {
	table := key.Properties.Text(hclschema.PropRefTable)
	columns := names(key.Properties.List(hclschema.PropRefColumns))
	if fold(table) == fold(h.after.name()) {
		if columns == nil {
			columns = columnsOf(h.after.key)
		}
		if slices.ContainsFunc(columns, func(name string) bool { return !h.rows.has(name) }) {
			columns = nil
		}
		return parent{source: h.rows.as("duo_orm_parent"), columns: columns, there: true}
	}
	if h.start == nil {
		return parent{source: quoting.QuoteName(table) + " AS duo_orm_parent", columns: columns, there: true}
	}
	schema := key.Identity.Schema
	id := hclschema.Identity{Kind: hclschema.KindTable, Schema: schema, Name: table}
	o := h.start(id)
	if o == nil || h.end != nil && h.end(id) == nil {
		return parent{}
	}
	if columns == nil {
		columns = columnsOf(h.start(hclschema.Identity{Kind: hclschema.KindPrimaryKey, Schema: schema, Parent: table}))
	}
	live := make([]string, len(columns))
	for i, name := range columns {
		c := h.start(hclschema.Identity{Kind: hclschema.KindColumn, Schema: schema, Parent: table, Name: name})
		if c == nil {
			return parent{}
		}
		live[i] = c.Live().Name
	}
	return parent{source: quotedObject(o.Live()) + " AS duo_orm_parent", columns: live, there: true}
}

// columnsOf are the columns of a key, which may be nil.
func columnsOf(key *hclschema.Object) (columns []string) {
	if key == nil {
		return nil
	}
	for _, part := range partsOf(key) {
		if name, ok := columnOf(part); ok {
			columns = append(columns, name)
		}
	}
	return columns
}

// isTarget says that a property of a foreign key tells what it refers to.
func isTarget(property string) bool {
	return property == hclschema.PropColumns || property == hclschema.PropRefTable || property == hclschema.PropRefColumns
}

func names(list hclschema.List) []string {
	var texts []string
	for _, value := range list {
		texts = append(texts, value.String())
	}
	return texts
}
