package sqlite

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// DropHazards implements drivers.Renderer.
func (d Driver) DropHazards(drop drivers.UnitDrop) []drivers.Hazard {
	o := drop.Unit[0]
	if !d.HoldsRows(o.Identity) {
		return nil
	}
	count := "SELECT count(*) FROM " + quotedObject(o.Live())
	list := []drivers.Hazard{{
		Kind: drivers.Destroys, Object: o.Identity, Text: "the rows of " + o.Known(),
		CountSQL: count, TotalSQL: count, Rows: -1, Total: -1,
	}}
	for _, part := range drop.Left {
		if part.Identity.Kind == hclschema.KindForeignKey && fold(part.Properties.Text(hclschema.PropRefTable)) == fold(o.Identity.Name) {
			list = append(list, bereft(drop, part)...)
		}
	}
	return list
}

// bereft finds the rows of a foreign key that stays when its table goes: they would refer to nothing. A key whose columns
// change too tells about its rows by itself.
func bereft(drop drivers.UnitDrop, key *hclschema.Object) []drivers.Hazard {
	id := hclschema.Identity{Kind: hclschema.KindTable, Schema: key.Identity.Schema, Name: key.Identity.Parent}
	table := drop.Start(id)
	if table == nil {
		return nil
	}
	parent := drop.Unit[0].Identity
	referred := names(key.Properties.List(hclschema.PropRefColumns))
	if referred == nil {
		referred = columnsOf(drop.Start(hclschema.Identity{Kind: hclschema.KindPrimaryKey, Schema: parent.Schema, Parent: parent.Name}))
	}
	var set, match []string
	for i, name := range names(key.Properties.List(hclschema.PropColumns)) {
		column := drop.Start(hclschema.Identity{Kind: hclschema.KindColumn, Schema: id.Schema, Parent: id.Name, Name: name})
		if column == nil {
			return nil
		}
		from := "duo_orm_child." + quoting.QuoteName(column.Live().Name)
		set = append(set, from+" IS NOT NULL")
		if i >= len(referred) {
			continue
		}
		if to := drop.Start(hclschema.Identity{Kind: hclschema.KindColumn, Schema: parent.Schema, Parent: parent.Name, Name: referred[i]}); to != nil {
			match = append(match, "duo_orm_parent."+quoting.QuoteName(to.Live().Name)+" = "+from)
		}
	}
	total := "SELECT count(*) FROM " + quotedObject(table.Live())
	count := total + " AS duo_orm_child WHERE " + joinAnd(set)
	if len(match) == len(set) { // what refers to nothing already is none of the plan's business; a key that fits nothing was never looked at
		count += " AND EXISTS (SELECT 1 FROM " + quotedObject(drop.Unit[0].Live()) + " AS duo_orm_parent WHERE " + joinAnd(match) + ")"
	}
	return []drivers.Hazard{{
		Kind: drivers.Violates, Object: key.Identity, Text: "stays, but the table " + drop.Unit[0].Identity.Path() + " that its rows refer to goes",
		CountSQL: count, TotalSQL: total, Rows: -1, Total: -1,
		WaysOut: []string{"Take the foreign key out of the models too.", "Keep the table.", handWritten},
	}}
}

// quotedObject is the name of a table in a query.
func quotedObject(id hclschema.Identity) string {
	if id.Schema != "" {
		return quoting.QuoteName(id.Schema) + "." + quoting.QuoteName(id.Name)
	}
	return quoting.QuoteName(id.Name)
}

// hazards are what the change could lose, break or convert, whichever way it is carried out.
func (a *tableChange) hazards() []drivers.Hazard {
	h := &hazardList{tableChange: a, rows: newLiveRows(a.before, a.after)}
	for _, c := range a.changes {
		switch c.Identity().Kind {
		case hclschema.KindTable:
			h.table(c)
		case hclschema.KindColumn:
			h.column(c)
		case hclschema.KindForeignKey:
			h.foreignKey(c)
		}
	}
	h.conversions()
	h.strictComputed()
	h.checks()
	h.computed()
	h.uniqueness()
	return h.list
}

// hazardList collects hazards.
type hazardList struct {
	*tableChange
	rows *liveRows
	list []drivers.Hazard
}

// count adds a hazard whose rows are those for which the condition holds. known is false where the condition can't be
// told from the rows that are there.
func (h *hazardList) count(kind drivers.HazardKind, o *hclschema.Object, text, condition string, known bool, waysOut ...string) {
	query := ""
	if known {
		query = "SELECT count(*) FROM " + h.rows.source + " WHERE " + condition
	}
	h.query(kind, o, text, query, waysOut...)
}

// countLive adds a hazard whose condition speaks of one column that is there, under the name that it has in the live table.
func (h *hazardList) countLive(kind drivers.HazardKind, o *hclschema.Object, text, condition string, waysOut ...string) {
	h.query(kind, o, text, h.rows.total+" WHERE "+condition, waysOut...)
}

// liveName is the quoted name that a column which stays or goes has in the live table.
func (h *hazardList) liveName(c *hclschema.Object) string {
	return quoting.QuoteName(h.before.byName[fold(c.Identity.Name)].Live().Name)
}

func (h *hazardList) query(kind drivers.HazardKind, o *hclschema.Object, text, query string, waysOut ...string) {
	h.list = append(h.list, drivers.Hazard{
		Kind: kind, Object: o.Identity, Text: text, CountSQL: query, TotalSQL: h.rows.total, Rows: -1, Total: -1, WaysOut: waysOut,
	})
}
