package sqlite

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

func joinAnd(conditions []string) string { return strings.Join(conditions, " AND ") }

// uniqueness looks at every key, unique constraint and unique index that is new, has other parts, or has a part whose
// values compare in another way than before.
func (h *hazardList) uniqueness() {
	changed := map[*hclschema.Object]bool{}
	for _, c := range h.changes {
		if c.After != nil {
			changed[c.After] = c.Before == nil || slices.ContainsFunc(c.Properties, isDistinction)
		}
	}
	objects := append(slices.Clone(h.after.constraints), h.after.indexes...)
	if h.after.key != nil {
		objects = append(objects, h.after.key)
	}
	for _, o := range objects {
		if !isUnique(o) {
			continue
		}
		if changed[o] || slices.ContainsFunc(partsOf(o), h.isDoubtful) || !h.rows.knows(o.Properties[hclschema.PropWhere]) {
			h.unique(o)
		}
		if o == h.after.key && (changed[o] || h.becomesRowid()) {
			h.key(o)
		}
	}
}

// isDoubtful says that a part's values may be others than now, or compare in another way.
func (h *hazardList) isDoubtful(part hclschema.Record) bool {
	if name, ok := columnOf(part); ok {
		return h.rows.doubts[fold(name)] != exact
	}
	return !h.rows.knows(part["expr"])
}

// isDistinction says that the property tells which rows a key or an index takes for the same.
func isDistinction(property string) bool {
	return property == hclschema.PropColumns || property == hclschema.PropUnique || property == hclschema.PropWhere
}

func isUnique(o *hclschema.Object) bool {
	switch o.Identity.Kind {
	case hclschema.KindPrimaryKey, hclschema.KindUnique:
		return true
	case hclschema.KindIndex:
		return o.Properties.Bool(hclschema.PropUnique)
	}
	return false
}

// unique counts the rows that share their values with another row. A row with a NULL among them shares with none.
func (h *hazardList) unique(o *hclschema.Object) {
	known := true
	var parts, conditions []string
	for _, part := range partsOf(o) {
		operand, collation := h.operand(part)
		if operand == "" {
			known = false
			continue
		}
		conditions = append(conditions, operand+" IS NOT NULL")
		parts = append(parts, operand+collation)
	}
	if where := o.Properties[hclschema.PropWhere]; where != nil {
		known = known && h.rows.knows(where)
		conditions = append([]string{"(" + closeExpression(where.String()) + ")"}, conditions...)
	}
	if o == h.after.key && h.onlyRowids() {
		return
	}
	query := ""
	if known && len(parts) > 0 {
		query = "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM " + h.rows.source + " WHERE " + joinAnd(conditions) +
			" GROUP BY " + joinList(parts) + " HAVING count(*) > 1)"
	}
	h.query(drivers.Violates, o, "allows no two rows with the same values", query,
		"Correct or delete the rows that are there twice first.", handWritten)
}

// onlyRowids says that the key is a new column that gets the rowids as its values.
func (h *hazardList) onlyRowids() bool {
	c := h.after.rowidColumn()
	return c != nil && h.before.byName[fold(c.Identity.Name)] == nil
}

// becomesRowid says that a column which is there becomes another name for the rowid.
func (h *hazardList) becomesRowid() bool {
	c := h.after.rowidColumn()
	if c == nil {
		return false
	}
	former := h.before.byName[fold(c.Identity.Name)]
	return former != nil && former != h.before.rowidColumn()
}

// operand is a part of a key as a query compares it; empty where its values aren't known.
func (h *hazardList) operand(part hclschema.Record) (operand, collation string) {
	if collate := part["collate"]; collate != nil {
		collation = " COLLATE " + quoting.QuoteName(collate.String())
	}
	name, ok := columnOf(part)
	if !ok {
		if part["expr"] == nil || !h.rows.knows(part["expr"]) {
			return "", ""
		}
		return "(" + closeExpression(part["expr"].String()) + ")", collation
	}
	c := h.after.byName[fold(name)]
	if c == nil || !h.rows.tells(name) {
		return "", ""
	}
	if collation == "" {
		collation = " COLLATE BINARY"
		if own := c.Properties[hclschema.PropCollate]; own != nil {
			collation = " COLLATE " + quoting.QuoteName(own.String())
		}
	}
	return quoting.QuoteName(c.Identity.Name), collation
}

// key finds what a new primary key refuses beside values that are there twice: NULL where no key may hold it, and in a
// rowid key everything that isn't an integer. A NULL in a rowid key would become a number that nobody chose.
func (h *hazardList) key(key *hclschema.Object) {
	for _, part := range partsOf(key) {
		name, ok := columnOf(part)
		c := h.after.byName[fold(name)]
		if !ok || c == nil || h.before.byName[fold(name)] == nil || isGenerated(c) {
			continue
		}
		column := h.liveName(c)
		switch {
		case c == h.after.rowidColumn() && !h.becomesRowid():
		case c == h.after.rowidColumn():
			h.countLive(drivers.Violates, c, "becomes the rowid, an integer in every row", "NOT ("+fitsInteger(column)+")",
				"Set integers first.", handWritten)
		case !nullableColumn(h.after, c) && c.Properties[hclschema.PropNull] == nil && nullableColumn(h.before, h.before.byName[fold(name)]) && !h.hasChanged(c):
			h.countLive(drivers.Violates, c, "becomes part of a key that holds no NULL", column+" IS NULL",
				"Set the values that are missing first.", handWritten)
		}
	}
}
