package postgres

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// handWritten is the way out that every obstacle in the rows has.
const handWritten = `Write the steps yourself: duo-orm migration create --empty "…".`

// tableDropHazards are the rows that go with a table. A partition's are those of its part.
func tableDropHazards(drop drivers.UnitDrop) []drivers.Hazard {
	o := drop.Unit[0]
	count := "SELECT count(*) FROM " + liveObject(o)
	return []drivers.Hazard{{
		Kind: drivers.Destroys, Object: o.Identity, Text: "the rows of " + o.Known(), CountSQL: count, TotalSQL: count, Rows: -1, Total: -1,
	}}
}

// liveObject is the name in a query that a table or view has in the live database.
func liveObject(o *hclschema.Object) string {
	id := o.Live()
	if id.Schema == "" {
		return quoting.QuoteName(id.Name)
	}
	return quoting.QuoteName(id.Schema) + "." + quoting.QuoteName(id.Name)
}

// hazards are what the change could lose, break or convert.
func (a *tableChange) hazards() []drivers.Hazard {
	h := &hazardList{tableChange: a, source: liveObject(a.before.table)}
	for _, c := range a.Changes {
		switch c.Identity().Kind {
		case hclschema.KindColumn:
			h.column(c)
		case hclschema.KindForeignKey:
			h.foreignKey(c)
		case hclschema.KindCheck:
			if c.After != nil && !c.After.Properties.Bool(hclschema.PropNotValid) && (c.Before == nil || !onlyProperties(c, hclschema.PropComment, hclschema.PropNoInherit)) {
				h.mustHold(c.After)
			}
		default:
			if c.After != nil && isUnique(c.After) && (c.Before == nil || slices.ContainsFunc(c.Properties, distinguishes)) {
				h.unique(c.After)
			}
		}
	}
	h.unchanged()
	if len(a.phases[phaseType]) > 0 {
		h.rewrites()
	}
	return h.list
}

// unchanged counts what stands against checks and keys that stay as they are, where values that they speak of become others.
func (h *hazardList) unchanged() {
	changed := map[hclschema.Identity]bool{}
	for _, c := range h.Changes {
		changed[c.Identity()] = true
	}
	for _, o := range h.after.parts {
		if changed[o.Identity] || h.before.byID[o.Identity] == nil {
			continue
		}
		switch {
		case o.Identity.Kind == hclschema.KindCheck && !o.Properties.Bool(hclschema.PropNotValid):
			expr := o.Properties.Text(hclschema.PropExpr)
			if slices.ContainsFunc(words(expr), h.rounds) {
				h.mustHold(o)
			}
		case isUnique(o) && o.Identity.Kind != hclschema.KindExclude:
			for _, value := range o.Properties.List(hclschema.PropColumns) {
				if record, _ := value.(hclschema.Record); record["column"] != nil && h.rounds(record["column"].String()) {
					h.unique(o)
					break
				}
			}
		case o.Identity.Kind == hclschema.KindForeignKey:
			h.stillRefers(o, h.before.byID[o.Identity])
		}
	}
	for _, o := range h.Dependents {
		if o.Identity.Kind == hclschema.KindForeignKey && h.End != nil && referredTable(o) == h.after.id() {
			h.stillReferred(o)
		}
	}
}

// rounds says that values of a column become others.
func (a *tableChange) rounds(column string) bool {
	before, after := a.before.columns[column], a.after.columns[column]
	return before != nil && after != nil && a.retyped[column] && loss("v", valueType(before), after.Properties.Text(hclschema.PropType)) != ""
}

// mustHold counts the rows that are against a check.
func (h *hazardList) mustHold(o *hclschema.Object) {
	h.condition(o, "must hold in every row", "NOT ("+o.Properties.Text(hclschema.PropExpr)+")", "Correct the rows first.", "Change the check.", handWritten)
}

// hazardList collects hazards.
type hazardList struct {
	*tableChange
	source string
	list   []drivers.Hazard
}

func (h *hazardList) add(kind drivers.HazardKind, o *hclschema.Object, text, count string, waysOut ...string) {
	h.list = append(h.list, drivers.Hazard{Kind: kind, Object: o.Identity, Text: text, CountSQL: count,
		TotalSQL: "SELECT count(*) FROM " + h.source, Rows: -1, Total: -1, WaysOut: waysOut})
}

// where counts the rows of the live table for which a condition holds.
func (h *hazardList) where(condition string) string {
	return "SELECT count(*) FROM " + h.source + " WHERE " + condition
}

// live is the quoted name that a column has in the live table.
func (h *hazardList) live(name string) string {
	return quoting.QuoteName(h.before.columns[name].Live().Name)
}

// condition counts rows by an expression of the new table, where all that it names can be had from the live one.
func (h *hazardList) condition(o *hclschema.Object, text, condition string, waysOut ...string) {
	query := ""
	condition = h.labelsAsText(condition)
	if !h.callsTheSame(o) {
		h.add(drivers.Violates, o, text, "", waysOut...)
		return
	}
	if h.knows(condition) {
		query = h.where(condition)
	} else if source, ok := h.asItWillBe(condition); ok {
		query = "SELECT count(*) FROM " + source + " WHERE " + condition
	}
	h.add(drivers.Violates, o, text, query, waysOut...)
}

// callsTheSame says that the functions, operators and casts that an object needs are the live database's.
func (h *hazardList) callsTheSame(o *hclschema.Object) bool {
	if h.Start == nil || h.End == nil {
		return true
	}
	return !slices.ContainsFunc(o.DependsOn, func(id hclschema.Identity) bool {
		switch id.Kind {
		case hclschema.KindFunction, hclschema.KindAggregate, hclschema.KindOperator, hclschema.KindCast:
			before, after := h.Start(id), h.End(id)
			return before == nil || after == nil || hasOther(before.Properties.Changed(after.Properties), hclschema.PropComment)
		}
		return false
	})
}

// asItWillBe is a query in place of the live table, with those columns that an expression names under the names and of the types
// that they will have. It is not ok where one isn't there yet, or where the engine alone can tell what its values become.
func (h *hazardList) asItWillBe(expr string) (source string, ok bool) {
	mentioned := words(expr)
	var columns []string
	for _, o := range h.after.parts {
		name := o.Identity.Name
		if o.Identity.Kind != hclschema.KindColumn || !slices.Contains(mentioned, name) {
			continue
		}
		before := h.before.columns[name]
		if before == nil || h.again[name] || o.Properties[hclschema.PropGenerated] != nil && before.Properties[hclschema.PropGenerated] == nil {
			return "", false
		}
		value, ok := h.live(name), true
		if h.retyped[name] {
			if value, ok = converted(value, before.Properties.Text(hclschema.PropType), o.Properties.Text(hclschema.PropType)); !ok {
				return "", false
			}
		}
		columns = append(columns, value+" AS "+quoting.QuoteName(name))
	}
	if columns == nil {
		return "", false
	}
	return "(SELECT " + strings.Join(columns, ", ") + " FROM " + h.source + ") AS " + quoting.QuoteName(h.after.id().Name), true
}

// knows says that an expression means in the live table what it will mean.
func (h *hazardList) knows(expr string) bool {
	mentioned := words(expr)
	for name, column := range h.after.columns {
		if !slices.Contains(mentioned, name) {
			continue
		}
		before := h.before.columns[name]
		if before == nil || before.Live().Name != name || h.retyped[name] || h.again[name] || column.Properties[hclschema.PropGenerated] != nil && before.Properties[hclschema.PropGenerated] == nil {
			return false
		}
	}
	for name, column := range h.before.columns {
		if slices.Contains(mentioned, name) && column.Live().Name != name {
			return false
		}
	}
	return h.before.table.Live() == h.before.table.Identity
}

func onlyProperties(c drivers.Change, names ...string) bool {
	return len(c.Properties) > 0 && !hasOther(c.Properties, names...)
}

func (h *hazardList) column(c drivers.Change) {
	switch {
	case c.After == nil:
		if c.Before.Properties[hclschema.PropGenerated] == nil {
			h.add(drivers.Destroys, c.Before, "the values of "+c.Before.Known(), h.where(h.live(c.Before.Identity.Name)+" IS NOT NULL"))
		}
	case c.Before == nil:
		h.addedColumn(c.After)
	default:
		h.changedColumn(c)
	}
}

func (h *hazardList) addedColumn(o *hclschema.Object) {
	p := o.Properties
	switch {
	case h.fills[o.Identity.Name] != "", p.Bool(hclschema.PropNull), p[hclschema.PropIdentity] != nil:
	case p[hclschema.PropGenerated] != nil:
		h.computedValue(o)
	case ofSession(p.Text(hclschema.PropDefault)):
		h.add(drivers.Violates, o, "is NOT NULL, and its default is a setting that not every session has", "SELECT count(*) FROM "+h.source,
			"Give current_setting a second argument, true, and a value for where it is NULL.", "Add it with null = true first, fill it, and forbid NULL in a later revision.", handWritten)
	case p[hclschema.PropDefault] == nil || isNullDefault(p.Text(hclschema.PropDefault)):
		h.add(drivers.Violates, o, "is NOT NULL and has no default", "SELECT count(*) FROM "+h.source,
			"Give it a default.", "Add it with null = true first, fill it, and forbid NULL in a later revision.", handWritten)
	}
}

// computedValue counts the rows for which a computed column that is NOT NULL would have no value.
func (h *hazardList) computedValue(o *hclschema.Object) {
	h.condition(o, "is NOT NULL", "("+o.Properties.Text(hclschema.PropGenerated)+") IS NULL",
		"Allow NULL in it.", "Change the expression, so that it gives a value for every row.", handWritten)
}

func isNullDefault(text string) bool {
	return strings.EqualFold(text, "NULL") || strings.HasPrefix(strings.ToUpper(text), "NULL::")
}

func (h *hazardList) changedColumn(c drivers.Change) {
	name := c.After.Identity.Name
	live := h.live(name)
	if c.After.Properties[hclschema.PropGenerated] != nil && c.Before.Properties[hclschema.PropGenerated] == nil {
		h.add(drivers.Destroys, c.After, "the values of "+c.After.Identity.Path()+", which becomes computed", h.where(live+" IS NOT NULL"))
	}
	switch {
	case c.After.Properties.Bool(hclschema.PropNull):
	case c.After.Properties[hclschema.PropGenerated] != nil:
		if h.again[name] || c.Before.Properties.Bool(hclschema.PropNull) {
			h.computedValue(c.After)
		}
	case c.Before.Properties.Bool(hclschema.PropNull):
		h.add(drivers.Violates, c.After, "becomes NOT NULL", h.where(live+" IS NULL"), "Set the values that are missing first.", "Leave null = true.", handWritten)
	}
	if c.Before.Properties[hclschema.PropIdentity] != nil && c.After.Properties[hclschema.PropIdentity] != nil {
		if from, to := numbersOfIdentity(c.Before, c.After), numbersOfIdentity(c.After, c.After); from.narrowed(to) {
			h.list = append(h.list, strayed(c.After.Identity, h.used(c.Before), from, to))
		}
	}
	before, after := c.Before.Properties.Text(hclschema.PropType), c.After.Properties.Text(hclschema.PropType)
	if h.retyped[name] && before != after && !isFree(before, after) && !widens(before, after) {
		h.add(drivers.Converts, c.After, "its values are converted from "+before+" to "+after, h.where(live+" IS NOT NULL"))
		if h.ownFit(c.After, live, before, after) {
			return
		}
		before = valueType(c.Before)
		h.misfits(c.After, live, before, after)
		h.tries(c.After, live, before, after)
		h.losses(c.After, live, before, after)
	}
}

// used is the row of the counter of a live column's identity, if it was ever used.
func (h *hazardList) used(column *hclschema.Object) string {
	w := newWriter()
	live := column.Live()
	return "(SELECT pg_sequence_last_value(seqrelid) AS last_value, true AS is_called FROM pg_sequence WHERE seqrelid = pg_get_serial_sequence(" +
		w.Literal(w.object(h.before.table.Live())) + ", " + w.Literal(live.Name) + ")::regclass) AS duo_orm_counter"
}

// widens says that every value stays what it is.
func widens(before, after string) bool {
	was, is := partsOfType(before), partsOfType(after)
	rank := map[string]int{"smallint": 1, "integer": 2, "bigint": 3, "numeric": 4}
	return was.modifiers == nil && is.modifiers == nil && was.array == is.array && rank[was.base] > 0 && rank[was.base] <= rank[is.base]
}

// rewrites tells that all rows are written anew while everybody waits.
func (h *hazardList) rewrites() {
	var columns []string
	for _, c := range h.Changes {
		if c.Before == nil || c.After == nil || !h.retyped[c.After.Identity.Name] {
			continue
		}
		before, after := c.Before.Properties.Text(hclschema.PropType), c.After.Properties.Text(hclschema.PropType)
		if before != after && !isFree(before, after) {
			columns = append(columns, c.After.Identity.Name)
		}
	}
	if columns != nil {
		h.add(drivers.Rewrites, h.after.table, "is rewritten for the type of "+strings.Join(columns, ", ")+" while all others wait", "SELECT count(*) FROM "+h.source)
	}
}

// distinguishes says that a property tells which rows a key or an index takes for the same.
func distinguishes(property string) bool {
	switch property {
	case hclschema.PropColumns, hclschema.PropUnique, hclschema.PropWhere, hclschema.PropNullsDistinct:
		return true
	}
	return false
}

// constant finds an expression that GROUP BY would take for the number of a column, or not at all.
var constant = regexp.MustCompile(`^\(*(?:-?[0-9.]+|true|false)\)*$`)

// unique counts the rows that share their values with another row. Exclusion constraints are told without a number.
func (h *hazardList) unique(o *hclschema.Object) {
	all := o.Identity.Kind != hclschema.KindExclude
	var parts, conditions []string
	for _, value := range o.Properties.List(hclschema.PropColumns) {
		record, _ := value.(hclschema.Record)
		operand, known := "", true
		switch column, expr := record["column"], record["expr"]; {
		case column != nil && h.rounds(column.String()):
			before, after := h.before.columns[column.String()], h.after.columns[column.String()]
			if operand, known = converted(h.live(column.String()), before.Properties.Text(hclschema.PropType), after.Properties.Text(hclschema.PropType)); !known {
				all = false
				continue
			}
		case column != nil && h.before.columns[column.String()] != nil && !h.changesFamily(column.String()) && !h.again[column.String()]:
			operand = h.live(column.String())
		case expr != nil && constant.MatchString(expr.String()):
			continue // it is the same of all rows, and would be taken for a place in a list
		case expr != nil && h.knows(expr.String()):
			operand = "(" + expr.String() + ")"
		default:
			all = false
			continue
		}
		parts = append(parts, operand)
		if o.Properties[hclschema.PropNullsDistinct] == nil {
			conditions = append(conditions, operand+" IS NOT NULL")
		}
	}
	if where := o.Properties[hclschema.PropWhere]; where != nil {
		all = all && h.knows(where.String())
		conditions = append(conditions, "("+where.String()+")")
	}
	query := ""
	if all {
		query = "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM " + h.source
		if len(conditions) > 0 {
			query += " WHERE " + strings.Join(conditions, " AND ")
		}
		query += " GROUP BY " + cmp.Or(strings.Join(parts, ", "), "()") + " HAVING count(*) > 1) AS duo_orm_groups"
	}
	text := "allows no two rows with the same values"
	if o.Identity.Kind == hclschema.KindExclude {
		text = "allows no two rows that exclude each other"
	}
	h.add(drivers.Violates, o, text, query, "Correct or delete the rows that are there twice first.", handWritten)
	if o.Identity.Kind == hclschema.KindPrimaryKey {
		for _, value := range o.Properties.List(hclschema.PropColumns) {
			record, _ := value.(hclschema.Record)
			column := record["column"]
			if column == nil {
				continue
			}
			before, after := h.before.columns[column.String()], h.after.columns[column.String()]
			if before != nil && before.Properties.Bool(hclschema.PropNull) && (after == nil || after.Properties.Bool(hclschema.PropNull)) {
				h.add(drivers.Violates, before, "becomes part of a key that holds no NULL", h.where(h.live(column.String())+" IS NULL"), "Set the values that are missing first.", handWritten)
			}
		}
	}
}
