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
	h.countLive(drivers.Violates, c, "its values must be of the type "+c.Properties.Text(hclschema.PropType)+" in a STRICT table",
		name+" IS NOT NULL AND NOT ("+fits+")", "Correct the values first.", "Give the column the type ANY.", handWritten)
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

// foreignKey finds rows that would refer to nothing. Where the columns that the key leads to aren't known here, the commit
// finds such rows.
func (h *hazardList) foreignKey(c drivers.Change) {
	if c.After == nil || c.Before != nil && !slices.ContainsFunc(c.Properties, isTarget) {
		return
	}
	key := c.After
	columns, target := names(key.Properties.List(hclschema.PropColumns)), names(key.Properties.List(hclschema.PropRefColumns))
	table := key.Properties.Text(hclschema.PropRefTable)
	own := fold(table) == fold(h.after.name())
	if target == nil && own {
		for _, part := range h.after.keyParts() {
			if name, ok := columnOf(part); ok {
				target = append(target, name)
			}
		}
	}
	if target == nil && !own && h.start != nil {
		target = h.keyOf(key.Identity.Schema, table)
	}
	text := "wants each row to refer to a row of " + (hclschema.Identity{Kind: hclschema.KindTable, Name: table}).Path()
	ways := []string{"Correct or delete the rows that refer to nothing first.", handWritten}
	known := len(columns) > 0 && len(columns) == len(target)
	parent := quoting.QuoteName(table) + " AS duo_orm_parent"
	liveTarget := target
	there := true
	if own {
		parent = h.rows.as("duo_orm_parent")
	} else if h.start != nil {
		var live string
		if live, liveTarget, there = h.liveTarget(key, table, target); there {
			parent = live + " AS duo_orm_parent"
		}
	}
	var set, match []string
	for i, name := range columns {
		set = append(set, "duo_orm_child."+quoting.QuoteName(name)+" IS NOT NULL")
		known = known && h.rows.has(name)
		if known {
			known = !own || h.rows.has(target[i])
			match = append(match, "duo_orm_parent."+quoting.QuoteName(liveTarget[i])+" = duo_orm_child."+quoting.QuoteName(name))
		}
	}
	query := ""
	if known {
		query = "SELECT count(*) FROM " + h.rows.as("duo_orm_child") + " WHERE " + joinAnd(set) +
			" AND NOT EXISTS (SELECT 1 FROM " + parent + " WHERE " + joinAnd(match) + ")"
		if !there {
			query = "SELECT count(*) FROM " + h.rows.as("duo_orm_child") + " WHERE " + joinAnd(set)
		}
	}
	h.query(drivers.Violates, key, text, query, ways...)
}

// keyOf are the columns of another table's primary key before the change.
func (h *hazardList) keyOf(schema, table string) (columns []string) {
	key := h.start(hclschema.Identity{Kind: hclschema.KindPrimaryKey, Schema: schema, Parent: table})
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

// liveTarget is the table that a key points to, and its columns, as the live database names them. A table or column that
// is only made by the plan has no rows to refer to: there is false.
func (h *hazardList) liveTarget(key *hclschema.Object, table string, columns []string) (live string, names []string, there bool) {
	id := hclschema.Identity{Kind: hclschema.KindTable, Schema: key.Identity.Schema, Name: table}
	o := h.start(id)
	if o == nil {
		return "", columns, false
	}
	for _, name := range columns {
		c := h.start(hclschema.Identity{Kind: hclschema.KindColumn, Schema: id.Schema, Parent: table, Name: name})
		if c == nil {
			return "", columns, false
		}
		names = append(names, c.Live().Name)
	}
	return quotedObject(o.Live()), names, true
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
