package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// foreignKey counts the rows that would refer to nothing.
func (h *hazardList) foreignKey(c drivers.Change) {
	key := c.After
	if key == nil {
		return
	}
	if c.Before != nil && !slices.ContainsFunc(c.Properties, isTarget) && !slices.Contains(c.Properties, hclschema.PropNotValid) {
		h.stillRefers(key, c.Before)
		return
	}
	h.refers(key)
}

func (h *hazardList) refers(key *hclschema.Object) {
	if key.Properties.Bool(hclschema.PropNotValid) {
		return
	}
	target := referredTable(key)
	h.add(drivers.Violates, key, "wants each row to refer to a row of "+target.Path(), h.orphans(key, target), "Correct or delete the rows that refer to nothing first.", handWritten)
}

func isTarget(property string) bool {
	switch property {
	case hclschema.PropColumns, hclschema.PropRefTable, hclschema.PropRefColumns, hclschema.PropRefSchema, hclschema.PropMatch:
		return true
	}
	return false
}

// stillRefers counts the same of a key that stays, where a value and the one that it refers to may become different ones.
func (h *hazardList) stillRefers(key, before *hclschema.Object) {
	if before.Properties.Bool(hclschema.PropNotValid) {
		return // nobody knows whether its rows refer to anything
	}
	for _, pair := range h.pairs(key) {
		if h.retyped[pair.child.Identity.Name] && pair.parts() {
			h.refers(key)
			return
		}
	}
}

// stillReferred is stillRefers for a key of another table whose columns stay what they are.
func (h *hazardList) stillReferred(key *hclschema.Object) {
	after := h.End(key.Identity)
	table := h.End(Driver{}.Unit(key.Identity))
	if after == nil || table == nil || after.Properties.Bool(hclschema.PropNotValid) || key.Properties.Bool(hclschema.PropNotValid) || h.Start == nil {
		return
	}
	child := &hazardList{tableChange: h.tableChange, source: liveObject(h.Start(Driver{}.Unit(key.Identity)))}
	pairs := child.pairs(key)
	if len(pairs) == 0 || slices.ContainsFunc(pairs, func(p keyPair) bool {
		return p.child.Properties.Text(hclschema.PropType) != p.childAfter.Properties.Text(hclschema.PropType)
	}) {
		return // the other table's change tells it
	}
	if slices.ContainsFunc(pairs, keyPair.parts) {
		target := referredTable(key)
		child.add(drivers.Violates, key, "wants each row to refer to a row of "+target.Path(), child.orphans(key, target), "Correct or delete the rows that refer to nothing first.", handWritten)
		h.list = append(h.list, child.list...)
	}
}

// keyPair is a column of a foreign key and the one that it refers to, as they are and as they will be. A parent that is nil isn't there yet.
type keyPair struct{ child, childAfter, parent, parentAfter *hclschema.Object }

// parts says that values of both that are equal may become different ones: they are converted in different ways.
func (p keyPair) parts() bool {
	if p.parent == nil || p.parentAfter == nil {
		return false
	}
	was, is := p.child.Properties.Text(hclschema.PropType), p.childAfter.Properties.Text(hclschema.PropType)
	parentWas, parentIs := p.parent.Properties.Text(hclschema.PropType), p.parentAfter.Properties.Text(hclschema.PropType)
	if was == parentWas && is == parentIs {
		return false
	}
	return was != is && loss("v", was, is) != "" || parentWas != parentIs && loss("v", parentWas, parentIs) != "" ||
		family(partsOfType(was)) != family(partsOfType(is)) || family(partsOfType(parentWas)) != family(partsOfType(parentIs))
}

// pairs are the columns of a key with those that it refers to; nil where they aren't all known.
func (h *hazardList) pairs(key *hclschema.Object) []keyPair {
	columns, referred := key.Properties.List(hclschema.PropColumns), key.Properties.List(hclschema.PropRefColumns)
	if h.Start == nil || h.End == nil || len(columns) != len(referred) {
		return nil
	}
	of, target := Driver{}.Unit(key.Identity), referredTable(key)
	var list []keyPair
	for i, column := range columns {
		id := hclschema.Identity{Kind: hclschema.KindColumn, Schema: of.Schema, Parent: of.Name, Name: column.String()}
		other := hclschema.Identity{Kind: hclschema.KindColumn, Schema: target.Schema, Parent: target.Name, Name: referred[i].String()}
		pair := keyPair{h.Start(id), h.End(id), h.Start(other), h.End(other)}
		if of == h.after.id() { // which has those of its parents, too
			pair.child, pair.childAfter = h.before.columns[id.Name], h.after.columns[id.Name]
		}
		if pair.child == nil || pair.childAfter == nil {
			return nil
		}
		list = append(list, pair)
	}
	return list
}

// orphans is the query that counts the rows which a key refuses, with values as they will be; empty where it can't be told from here.
func (h *hazardList) orphans(key *hclschema.Object, target hclschema.Identity) string {
	pairs := h.pairs(key)
	full := key.Properties.Text(hclschema.PropMatch) == "FULL"
	if pairs == nil {
		return h.withoutValues(key, full)
	}
	parent := h.Start(target)
	var set, match []string
	for _, pair := range pairs {
		child, ok := willBe("duo_orm_child", pair.child, pair.childAfter)
		if !ok {
			return ""
		}
		set = append(set, child+" IS NOT NULL")
		if parent == nil {
			continue
		}
		if pair.parent == nil {
			return ""
		}
		other, ok := willBe("duo_orm_parent", pair.parent, pair.parentAfter)
		if !ok {
			return ""
		}
		match = append(match, other+" = "+child)
	}
	condition := strings.Join(set, " AND ")
	if parent != nil { // the rows of a table that is only made now refer to nothing
		condition += " AND NOT EXISTS (SELECT FROM " + liveObject(parent) + " AS duo_orm_parent WHERE " + strings.Join(match, " AND ") + ")"
	}
	if full && len(set) > 1 {
		condition = "(" + condition + ") OR (" + strings.Join(set, " OR ") + ") AND NOT (" + strings.Join(set, " AND ") + ")"
	}
	return "SELECT count(*) FROM " + h.source + " AS duo_orm_child WHERE " + condition
}

// withoutValues is the same for a key with columns that the plan adds and that have no value in the rows that are there: such a row refers
// to nothing, which a key that allows no NULL beside other values (MATCH FULL) refuses where the others have some.
func (h *hazardList) withoutValues(key *hclschema.Object, full bool) string {
	added := false
	var set []string
	for _, value := range key.Properties.List(hclschema.PropColumns) {
		before, after := h.before.columns[value.String()], h.after.columns[value.String()]
		switch {
		case after == nil:
			return ""
		case before == nil:
			if !after.Properties.Bool(hclschema.PropNull) || after.Properties[hclschema.PropDefault] != nil || after.Properties[hclschema.PropGenerated] != nil || after.Properties[hclschema.PropIdentity] != nil {
				return ""
			}
			added = true
		default:
			set = append(set, quoting.QuoteName(before.Live().Name)+" IS NOT NULL")
		}
	}
	if !added {
		return ""
	}
	return h.where(either(full && set != nil, strings.Join(set, " OR "), "false"))
}

// willBe is the value that a column of the live database will have; not ok where it can't be told.
func willBe(table string, before, after *hclschema.Object) (string, bool) {
	value := table + "." + quoting.QuoteName(before.Live().Name)
	if after == nil {
		return value, true
	}
	was, is := before.Properties.Text(hclschema.PropType), after.Properties.Text(hclschema.PropType)
	if was == is || before.Derived[derivedBase] == is || after.Derived[derivedBase] == was {
		return value, true
	}
	return converted(value, was, is)
}
