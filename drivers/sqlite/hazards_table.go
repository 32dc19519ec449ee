package sqlite

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// table finds what STRICT and WITHOUT ROWID refuse.
func (h *hazardList) table(c drivers.Change) {
	if slices.Contains(c.Properties, hclschema.PropStrict) && h.after.strict() {
		for _, name := range h.keptColumns() {
			column := h.after.byName[fold(name)]
			h.strictColumn(column, h.liveName(column))
		}
	}
	stricter := slices.Contains(c.Properties, hclschema.PropWithoutRowid) && h.after.withoutRowid() ||
		slices.Contains(c.Properties, hclschema.PropStrict) && h.after.strict()
	if !stricter {
		return
	}
	for _, column := range h.after.columns {
		before := h.before.byName[fold(column.Identity.Name)]
		if before == nil || !partOf(h.after.key, column) || h.hasChanged(column) || !nullableColumn(h.before, before) || nullableColumn(h.after, column) {
			continue
		}
		h.countLive(drivers.Violates, column, "is part of a key that holds no NULL", h.liveName(column)+" IS NULL",
			"Set the values that are missing first.", handWritten)
	}
}

// hasChanged says that the column has a change of its own, which tells about NULL by itself.
func (h *hazardList) hasChanged(column *hclschema.Object) bool {
	return slices.ContainsFunc(h.changes, func(c drivers.Change) bool {
		return c.After == column && slices.Contains(c.Properties, hclschema.PropNull)
	})
}

// strictColumn finds the values that a STRICT table won't store in a column: those that the type's affinity can't turn into
// the type without loss (sqlite.org/stricttables.html, section 2).
func (h *hazardList) strictColumn(c *hclschema.Object, name string) {
	if !isGenerated(c) {
		h.strictValue(c, name, func(condition string, waysOut ...string) {
			h.countLive(drivers.Violates, c, strictText(c), condition, waysOut...)
		})
	}
}

func strictText(c *hclschema.Object) string {
	return "its values must be of the type " + c.Properties.Text(hclschema.PropType) + " in a STRICT table"
}

// strictValue calls count with the condition under which a value doesn't fit into a column of a STRICT table.
func (h *hazardList) strictValue(c *hclschema.Object, name string, count func(condition string, waysOut ...string)) {
	fits := ""
	switch upper(c.Properties.Text(hclschema.PropType)) {
	case "INT", "INTEGER":
		fits = fitsInteger(name)
	case "REAL":
		fits = "typeof(" + name + ") IN ('integer', 'real', 'text') AND " + looksNumeric(name)
	case "TEXT":
		fits = "typeof(" + name + ") IN ('integer', 'real', 'text')"
	case "BLOB":
		fits = "typeof(" + name + ") = 'blob'"
	default:
		return
	}
	count(name+" IS NOT NULL AND NOT ("+fits+")", "Correct the values first.", "Give the column the type ANY.", handWritten)
}

// fitsInteger says that a value becomes an integer without loss. It is false for NULL.
func fitsInteger(name string) string {
	return "typeof(" + name + ") IN ('integer', 'real', 'text') AND CAST(" + name + " AS INTEGER) = CAST(" + name + " AS NUMERIC)" +
		" AND " + looksNumeric(name)
}

// looksNumeric says that a text would become a number in a column of numeric affinity: it then equals itself as a number.
func looksNumeric(name string) string {
	return "(typeof(" + name + ") <> 'text' OR CAST(" + name + " AS NUMERIC) = " + name + ")"
}

// checks finds rows for which a check is false; NULL passes it. A check that stays is among them where it speaks of values
// that may change.
func (h *hazardList) checks() {
	changed := map[*hclschema.Object]bool{}
	for _, c := range h.changes {
		if c.After != nil {
			changed[c.After] = c.Before == nil || slices.Contains(c.Properties, hclschema.PropExpr)
		}
	}
	for _, o := range h.after.constraints {
		expr := o.Properties[hclschema.PropExpr]
		if o.Identity.Kind == hclschema.KindCheck && (changed[o] || !h.rows.knows(expr)) {
			h.count(drivers.Violates, o, "must hold in every row", "NOT ("+closeExpression(expr.String())+")", h.rows.knows(expr),
				"Correct the rows first.", "Change the check.", handWritten)
		}
	}
}
