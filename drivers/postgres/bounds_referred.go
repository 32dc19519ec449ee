package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// bereaved are the rows that refer to rows of a partition that leaves its table, by foreign keys that stay. It asks in the names of
// the live database.
func bereaved(live, from, to *hclschema.State) []drivers.Hazard {
	var list []drivers.Hazard
	var keys map[hclschema.Identity][]*hclschema.Object
	s := &staging{from: lineage{from}, to: lineage{to}}
	for _, o := range from.Objects() {
		was, after := live.Get(o.Live()), to.Get(o.Identity)
		if was == nil || was.Derived[derivedReferred] == "" || after != nil && hclschema.Equal(after.Properties[hclschema.PropPartitionOf], o.Properties[hclschema.PropPartitionOf]) || s.turnsWith(o) {
			continue
		}
		if keys == nil {
			keys = foreignKeys(live)
		}
		above := map[hclschema.Identity]bool{} // that it will be part of
		lineage{to}.mark(after, above)
		for ancestor := parentOf(live, was); ancestor != nil; ancestor = parentOf(live, ancestor) {
			for _, key := range keys[ancestor.Identity] {
				if is := to.Get(key.Identity); is == nil && from.Get(key.Identity) != nil || is != nil && referredTable(is) != referredTable(key) || above[ancestor.Identity] {
					continue // it goes, refers to another table, or finds the rows further down
				}
				list = append(list, referring(key, o))
			}
		}
	}
	return list
}

// parentOf is what a table is a partition of; nil for none.
func parentOf(state *hclschema.State, partition *hclschema.Object) *hclschema.Object {
	if of := partition.Properties.Text(hclschema.PropPartitionOf); of != "" {
		return state.Get(tableIdentity(of))
	}
	return nil
}

// foreignKeys are those of a state by the table that they refer to.
func foreignKeys(state *hclschema.State) map[hclschema.Identity][]*hclschema.Object {
	keys := map[hclschema.Identity][]*hclschema.Object{}
	for _, o := range state.Objects() {
		if o.Identity.Kind == hclschema.KindForeignKey {
			target := referredTable(o)
			keys[target] = append(keys[target], o)
		}
	}
	return keys
}

// referring counts the rows of a live key's table that refer to rows of one partition.
func referring(key, partition *hclschema.Object) drivers.Hazard {
	total := "SELECT count(*) FROM " + liveObject(&hclschema.Object{Identity: Driver{}.Unit(key.Identity)})
	columns, referred := key.Properties.List(hclschema.PropColumns), key.Properties.List(hclschema.PropRefColumns)
	match := make([]string, len(columns))
	for i := range columns {
		match[i] = "duo_orm_parent." + quoting.QuoteName(referred[i].String()) + " = duo_orm_child." + quoting.QuoteName(columns[i].String())
	}
	return drivers.Hazard{Kind: drivers.Violates, Object: key.Identity, Text: "has rows that refer to rows of " + partition.Identity.Path() + ", which leaves its table",
		CountSQL: total + " AS duo_orm_child WHERE EXISTS (SELECT FROM " + liveObject(partition) + " AS duo_orm_parent WHERE " + strings.Join(match, " AND ") + ")",
		TotalSQL: total, Rows: -1, Total: -1, WaysOut: []string{"Move or delete these rows first.", handWritten}}
}
