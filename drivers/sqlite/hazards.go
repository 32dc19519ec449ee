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
		Kind: drivers.Destroys, Object: o.Identity, Text: "the rows of " + o.Identity.Path(),
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
		case hclschema.KindForeignKey:
			h.foreignKey(c)
		}
	}
	h.checks()
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
