package sqlite

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

func joinList(items []string) string { return strings.Join(items, ", ") }

// handWritten is the way out that every obstacle in the rows has.
const handWritten = `Write the steps yourself: duo-orm migration create --empty "…".`

// column finds what a change of a column does to its values.
func (h *hazardList) column(c drivers.Change) {
	switch {
	case c.After == nil:
		h.droppedColumn(c.Before)
	case c.Before == nil:
		h.addedColumn(c.After)
	default:
		h.changedColumn(c)
	}
}

func (h *hazardList) droppedColumn(c *hclschema.Object) {
	if !isGenerated(c) {
		h.countLive(drivers.Destroys, c, "the values of "+c.Known(), h.liveName(c)+" IS NOT NULL")
	}
}

func (h *hazardList) addedColumn(c *hclschema.Object) {
	switch {
	case h.allowsNull(c):
	case isGenerated(c):
		expr := c.Properties[hclschema.PropGenerated]
		text := closeExpression(expr.String())
		h.count(drivers.Violates, c, "is NOT NULL", "("+text+") IS NULL", h.rows.knows(expr),
			"Allow NULL in it.", "Change the expression, so that it gives a value for every row.", handWritten)
	case isNullDefault(c):
		h.query(drivers.Violates, c, "is NOT NULL and has no default", h.rows.total,
			"Give it a default.", "Add it with null = true first, fill it, and forbid NULL in a later revision.", handWritten)
	}
}

func (h *hazardList) changedColumn(c drivers.Change) {
	name := h.liveName(c.After)
	if isGenerated(c.After) {
		h.becomesGenerated(c, name)
		return
	}
	if !h.allowsNull(c.After) && nullableColumn(h.before, c.Before) && c.After != h.after.rowidColumn() {
		h.countLive(drivers.Violates, c.After, "becomes NOT NULL", name+" IS NULL",
			"Set the values that are missing first.", "Leave null = true.", handWritten)
	}
	if slices.Contains(c.Properties, hclschema.PropType) && h.after.strict() && h.before.strict() {
		h.strictColumn(c.After, name) // where the table becomes STRICT, its own change tells
	}
}

func (h *hazardList) becomesGenerated(c drivers.Change, name string) {
	if !isGenerated(c.Before) {
		h.countLive(drivers.Destroys, c.After, "the values of "+c.After.Identity.Path()+", which becomes computed", name+" IS NOT NULL")
	}
	if expr := c.After.Properties[hclschema.PropGenerated]; !h.allowsNull(c.After) {
		h.count(drivers.Violates, c.After, "is NOT NULL", "("+closeExpression(expr.String())+") IS NULL", h.rows.knows(expr),
			"Allow NULL in it.", "Change the expression, so that it gives a value for every row.", handWritten)
	}
}

// strictComputed finds computed values that a STRICT table won't have in a column.
func (h *hazardList) strictComputed() {
	if !h.after.strict() {
		return
	}
	for _, c := range h.after.columns {
		expr := c.Properties[hclschema.PropGenerated]
		if expr != nil && !(h.before.strict() && h.rows.tells(c.Identity.Name)) {
			h.strictValue(c, "("+closeExpression(expr.String())+")", func(condition string, waysOut ...string) {
				h.count(drivers.Violates, c, strictText(c), condition, h.rows.knows(expr), waysOut...)
			})
		}
	}
}

// conversions tells which values a column's other affinity may change. A column of the type ANY has another one once its table
// is STRICT, or no longer so.
func (h *hazardList) conversions() {
	for _, c := range h.after.columns {
		before := h.before.byName[fold(c.Identity.Name)]
		if before == nil || isGenerated(c) {
			continue
		}
		will := columnAffinity(h.after, c)
		if types := convertedTypes[will]; types != "" && columnAffinity(h.before, before) != will {
			name := h.liveName(c)
			h.countLive(drivers.Converts, c, "its values are converted to "+will, "typeof("+name+") IN ("+types+")")
		}
	}
}

// convertedTypes are the storage classes that an affinity may change (sqlite.org/datatype3.html, section 3.4).
var convertedTypes = map[string]string{
	"text": "'integer', 'real'", "integer": "'text', 'real'", "numeric": "'text', 'real'", "real": "'text', 'integer'",
}

// allowsNull says that the column can hold NULL after the change, or gets a value by itself where none is given.
func (h *hazardList) allowsNull(c *hclschema.Object) bool {
	return nullableColumn(h.after, c) || c == h.after.rowidColumn() && h.before.byName[fold(c.Identity.Name)] == nil
}

// nullableColumn says that a column of a table can hold NULL.
func nullableColumn(t *tableUnit, c *hclschema.Object) bool {
	if (t.withoutRowid() || t.strict()) && partOf(t.key, c) || c == t.rowidColumn() {
		return false
	}
	return c.Properties.Bool(hclschema.PropNull)
}

// closeExpression is the text of an expression as it can stand before something else.
func closeExpression(text string) string {
	tokens, err := lex(text)
	if err != nil || len(tokens) == 0 {
		return text
	}
	return closeComment(text, tokens)
}
