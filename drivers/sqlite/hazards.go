package sqlite

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// DropHazards implements drivers.Renderer.
func (d Driver) DropHazards(unit drivers.Unit) []drivers.Hazard {
	o := unit[0]
	if !d.HoldsRows(o.Identity) {
		return nil
	}
	count := "SELECT count(*) FROM " + quotedObject(o.Live())
	return []drivers.Hazard{{
		Kind: drivers.Destroys, Object: o.Identity, Text: "all rows of " + o.Identity.String() + " are lost",
		CountSQL: count, TotalSQL: count, Rows: -1, Total: -1,
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
		case hclschema.KindCheck:
			h.check(c)
		case hclschema.KindForeignKey:
			h.foreignKey(c)
		}
	}
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

func (h *hazardList) query(kind drivers.HazardKind, o *hclschema.Object, text, query string, waysOut ...string) {
	h.list = append(h.list, drivers.Hazard{
		Kind: kind, Object: o.Identity, Text: text, CountSQL: query, TotalSQL: h.rows.total, Rows: -1, Total: -1, WaysOut: waysOut,
	})
}

// liveRows are the rows of the live table as the table's new definition would see them.
type liveRows struct {
	// source stands behind FROM: the live table under the name that it will have, with columns under their new names and
	// added ones at their defaults.
	source string
	// total counts the rows.
	total string
	// unknown are the folded names of columns whose values can't be told before the change.
	unknown map[string]*hclschema.Object
}

func newLiveRows(before, after *tableUnit) *liveRows {
	table := quotedObject(before.object.Live())
	rows := &liveRows{total: "SELECT count(*) FROM " + table, unknown: map[string]*hclschema.Object{}}
	list, same := columnsAs(before, after, rows.unknown)
	name := quoting.QuoteName(after.name())
	switch {
	case !same:
		rows.source = "(SELECT " + list + " FROM " + table + ") AS " + name
	case table != name:
		rows.source = table + " AS " + name
	default:
		rows.source = table
	}
	return rows
}

// columnsAs lists the columns of both units as the later one names them. same says that the live table has these very
// columns, so that it can be queried as it is.
func columnsAs(before, after *tableUnit, unknown map[string]*hclschema.Object) (list string, same bool) {
	same = true
	var columns []string
	for _, c := range before.columns {
		live, name := quoting.QuoteName(c.Live().Name), quoting.QuoteName(c.Identity.Name)
		if live == name {
			columns = append(columns, live)
		} else {
			columns, same = append(columns, live+" AS "+name), false
		}
	}
	for _, c := range after.columns {
		former := before.byName[fold(c.Identity.Name)]
		if isGenerated(c) && (former == nil || !hclschema.Equal(former.Properties[hclschema.PropGenerated], c.Properties[hclschema.PropGenerated])) {
			unknown[fold(c.Identity.Name)] = c
			continue
		}
		if former == nil {
			columns, same = append(columns, defaultOperand(c)+" AS "+quoting.QuoteName(c.Identity.Name)), false
		}
	}
	return joinList(columns), same
}

// defaultOperand is the default as an operand of a query. A lone name is a string there.
func defaultOperand(c *hclschema.Object) string {
	tokens := defaultTokens(c)
	if len(tokens) == 0 {
		return "NULL"
	}
	if t := tokens[0]; len(tokens) == 1 && (t.kind == tokenQuoted || t.kind == tokenWord && !ownMeaning(t.text) && !t.is("NULL")) {
		if text, err := quoting.Literal(t.content()); err == nil {
			return text
		}
	}
	return "(" + closeComment(c.Properties.Text(hclschema.PropDefault), tokens) + ")"
}

// knows says that a text speaks of no column whose values are unknown.
func (rows *liveRows) knows(value hclschema.Value) bool {
	for _, c := range rows.unknown {
		if textMentions(value, c) {
			return false
		}
	}
	return true
}

// has says that the column's values are known.
func (rows *liveRows) has(name string) bool { return rows.unknown[fold(name)] == nil }
