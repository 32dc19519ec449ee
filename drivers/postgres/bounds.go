package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Obstacles implements drivers.Stager: rows that have no place in their partition as it will be, and rows of a default partition
// that belong to one that is new, and rows that refer to those of a partition that leaves.
func (Driver) Obstacles(live, from, to *hclschema.State) []drivers.Hazard {
	list := bereaved(live, from, to)
	for _, o := range to.Objects() {
		of := o.Properties.Text(hclschema.PropPartitionOf)
		if o.Identity.Kind != hclschema.KindTable {
			continue
		}
		if was := from.Get(o.Identity); was != nil && o.Properties[hclschema.PropPartition] != nil && !hclschema.Equal(o.Properties[hclschema.PropPartition], was.Properties[hclschema.PropPartition]) {
			p := partitionRows{live: live, from: from, to: to, was: was, parent: o}
			condition, known := p.within(&hclschema.Object{Properties: hclschema.Properties{hclschema.PropBounds: text("DEFAULT")}})
			defaults := slices.ContainsFunc(partitionsOf(to, o.Identity), func(part *hclschema.Object) bool { return part.Properties.Text(hclschema.PropBounds) == "DEFAULT" })
			if !defaults {
				list = append(list, p.hazard(o, "has no partition for rows that lie outside the bounds of all", condition, known))
			}
		}
		if of == "" {
			continue
		}
		p := partitionRows{live: live, from: from, to: to, parent: to.Get(tableIdentity(of))}
		if p.parent == nil || p.stays(o) {
			continue
		}
		if parent := from.Get(p.parent.Identity); parent != nil && parent.Properties[hclschema.PropPartition] != nil && (&staging{from: lineage{from}, to: lineage{to}}).turnsInto(parent, p.parent) {
			continue // the rows are distributed anew
		}
		if p.was = from.Get(o.Identity); p.was != nil {
			condition, known := p.withinAll(o)
			list = append(list, p.hazard(o, "takes no row that lies outside its bounds", "NOT coalesce("+condition+", false)", known))
			list = append(list, p.takenOn(o)...)
		}
		if p.was = p.rest(); p.was != nil && o.Properties.Text(hclschema.PropBounds) != "DEFAULT" {
			condition, known := p.within(o)
			list = append(list, p.hazard(o, "has no place for rows that lie in the default partition "+p.was.Identity.Path(), condition, known))
		}
	}
	return list
}

// partitionRows counts rows of a live table by the bounds of partitions.
type partitionRows struct {
	live, from, to *hclschema.State
	was, parent    *hclschema.Object
}

// stays says that a table is a partition of the parent already, with the same bounds and by the same key.
func (p partitionRows) stays(o *hclschema.Object) bool {
	was, parent := p.from.Get(o.Identity), p.from.Get(p.parent.Identity)
	return was != nil && parent != nil && hclschema.Equal(was.Properties[hclschema.PropPartitionOf], o.Properties[hclschema.PropPartitionOf]) &&
		hclschema.Equal(was.Properties[hclschema.PropBounds], o.Properties[hclschema.PropBounds]) &&
		hclschema.Equal(parent.Properties[hclschema.PropPartition], p.parent.Properties[hclschema.PropPartition])
}

// before are the partitions that the parent has in the live database.
func (p partitionRows) before() []*hclschema.Object {
	parent := p.from.Get(p.parent.Identity)
	if parent == nil {
		return nil
	}
	return partitionsOf(p.live, parent.Live())
}

// partitionsOf are the partitions of a table.
func partitionsOf(state *hclschema.State, parent hclschema.Identity) []*hclschema.Object {
	var list []*hclschema.Object
	for _, o := range state.Objects() {
		if of := o.Properties.Text(hclschema.PropPartitionOf); o.Identity.Kind == hclschema.KindTable && of != "" && tableIdentity(of) == parent {
			list = append(list, o)
		}
	}
	return list
}

// rest is the default partition of the live table, where it stays what it is.
func (p partitionRows) rest() *hclschema.Object {
	for _, o := range p.before() {
		if o.Properties.Text(hclschema.PropBounds) != "DEFAULT" {
			continue
		}
		if p.from.Get(o.Identity) == nil || p.to.Get(o.Identity) != nil && p.stays(p.to.Get(o.Identity)) {
			return o
		}
	}
	return nil
}

// siblings are the other partitions of the parent, those that have nothing to do with the plan among them.
func (p partitionRows) siblings(o *hclschema.Object) []*hclschema.Object {
	list := slices.DeleteFunc(partitionsOf(p.to, p.parent.Identity), func(other *hclschema.Object) bool { return other.Identity == o.Identity })
	for _, other := range p.before() {
		if p.from.Get(other.Identity) == nil && p.to.Get(other.Identity) == nil {
			list = append(list, other)
		}
	}
	return list
}

func (p partitionRows) hazard(o *hclschema.Object, text, condition string, known bool) drivers.Hazard {
	total := "SELECT count(*) FROM " + liveObject(p.was)
	count := ""
	if known {
		count = total + " WHERE " + condition
	}
	return drivers.Hazard{Kind: drivers.Violates, Object: o.Identity, Text: text, CountSQL: count, TotalSQL: total, Rows: -1, Total: -1,
		WaysOut: []string{"Move or delete these rows first.", "Choose other bounds.", handWritten}}
}

// within is the condition that the rows of a partition fulfil, in the names of the live table; not known where it can't be told.
func (p partitionRows) within(partition *hclschema.Object) (condition string, known bool) {
	bounds := partition.Properties.Text(hclschema.PropBounds)
	if bounds == "DEFAULT" {
		var others []string
		for _, other := range p.siblings(partition) {
			condition, known := p.within(other)
			if !known {
				return "", false
			}
			others = append(others, "coalesce("+condition+", false)")
		}
		if others == nil {
			return "true", true
		}
		return "NOT (" + strings.Join(others, " OR ") + ")", true
	}
	operands, casts, known := p.operands()
	rest, isValues := strings.CutPrefix(bounds, "FOR VALUES ")
	if !known || !isValues {
		return "", false
	}
	switch word, list, _ := strings.Cut(rest, " "); word {
	case "IN":
		return listCondition(operands[0], castValues(splitList(unwrap(list)), casts[:1])), true
	case "FROM":
		i := lastOf(list) + 1
		upper, isRange := strings.CutPrefix(strings.TrimSpace(list[i:]), "TO ")
		if !isRange {
			return "", false
		}
		lower := rangeCondition(operands, castValues(splitList(unwrap(list[:i])), casts), true)
		return lower + " AND " + rangeCondition(operands, castValues(splitList(unwrap(upper)), casts), false), true
	case "WITH":
		parent := p.from.Get(p.parent.Identity)
		if parent == nil || !hclschema.Equal(parent.Properties[hclschema.PropPartition], p.parent.Properties[hclschema.PropPartition]) {
			return "", false
		}
		words := strings.Fields(strings.ReplaceAll(unwrap(list), ",", " "))
		if len(words) != 4 {
			return "", false
		}
		name, err := quoting.Literal(liveObject(parent))
		if err != nil {
			return "", false
		}
		return "satisfies_hash_partition(" + name + "::regclass, " + words[1] + ", " + words[3] + ", " + strings.Join(operands, ", ") + ")", true
	}
	return "", false
}

// takenOn are the rows of a table that stand against keys of the table that it becomes a partition of, and of what that is a partition of.
func (p partitionRows) takenOn(partition *hclschema.Object) []drivers.Hazard {
	from, to := lineage{p.from}, lineage{p.to}
	had := from.partsAbove(p.was)
	for _, o := range p.from.Children(p.was.Identity.Schema, p.was.Identity.Name) {
		if (Driver{}).Unit(o.Identity) == p.was.Identity {
			had = append(had, o)
		}
	}
	before, after := from.whole(p.was), to.whole(partition)
	a := &tableChange{UnitChange: drivers.UnitChange{Start: p.from.Get, End: p.to.Get}, again: map[string]bool{}, retyped: map[string]bool{}, gone: map[string]bool{},
		before: newTableUnit(append(drivers.Unit{p.was}, before.list...)), after: newTableUnit(append(drivers.Unit{partition}, after.list...))}
	for _, o := range after.list {
		if was := before.get(o.Identity); was != nil && o.Identity.Kind == hclschema.KindColumn && differsInKind(was, o) {
			a.Changes = append(a.Changes, drivers.Change{Before: was, After: o, Properties: was.Properties.Changed(o.Properties)})
		}
	}
	a.findColumns()
	var list []drivers.Hazard
	for _, part := range to.partsAbove(partition) {
		if slices.ContainsFunc(had, func(o *hclschema.Object) bool { return sameButName(o, part) }) {
			continue
		}
		h := &hazardList{tableChange: a, source: liveObject(p.was)}
		switch key := inheritedCopy(part, partition.Identity); {
		case key.Identity.Kind == hclschema.KindForeignKey:
			h.refers(key)
		case isUnique(key):
			h.unique(key)
		}
		for _, hazard := range h.list {
			if hazard.Object.Kind == part.Identity.Kind {
				hazard.Object, hazard.Text = partition.Identity, "takes on "+part.Identity.String()+", which "+hazard.Text
			}
			list = append(list, hazard)
		}
	}
	return list
}

// withinAll is the same for the bounds of a partition and of what it is a partition of in turn.
func (p partitionRows) withinAll(partition *hclschema.Object) (condition string, known bool) {
	condition, known = p.within(partition)
	for of := p.parent.Properties.Text(hclschema.PropPartitionOf); of != "" && known; of = p.parent.Properties.Text(hclschema.PropPartitionOf) {
		partition, p.parent = p.parent, p.to.Get(tableIdentity(of))
		if p.parent == nil {
			break
		}
		var more string
		more, known = p.within(partition)
		condition = "(" + condition + ") AND (" + more + ")"
	}
	return condition, known
}

// operands are the parts of the partition key as the live table has them, and the types that values have to be cast to for them, empty
// where none has to: a row alone isn't compared with a text. Those that go by an operator class of somebody's own aren't known.
func (p partitionRows) operands() (operands, casts []string, known bool) {
	key := record(p.parent, hclschema.PropPartition)
	list, _ := key["by"].(hclschema.List)
	state := p.from
	if p.live.Get(p.was.Identity) == p.was {
		state = p.live
	}
	before, after := lineage{state}.whole(p.was), lineage{p.to}.whole(p.parent)
	former := map[string]string{} // the names that columns have in the live table
	if parent := p.from.Get(p.parent.Identity); parent != nil && state == p.live {
		for _, o := range (lineage{p.from}).whole(parent).list {
			former[o.Identity.Name] = o.Live().Name
		}
	}
	for _, value := range list {
		part, _ := value.(hclschema.Record)
		if class := part["ops"]; class != nil {
			id := tableIdentity(class.String())
			if p.to.Get(hclschema.Identity{Kind: hclschema.KindOperatorClass, Schema: id.Schema, Name: hclschema.MethodName(id.Name, "btree")}) != nil {
				return nil, nil, false
			}
		}
		if part["expr"] != nil {
			mentioned := words(part["expr"].String())
			for _, o := range after.list {
				if o.Identity.Kind != hclschema.KindColumn || !slices.Contains(mentioned, o.Identity.Name) {
					continue
				}
				was := before.get(o.Identity)
				if was == nil || was.Live().Name != o.Identity.Name || differsInKind(was, o) {
					return nil, nil, false
				}
			}
			operands, casts = append(operands, "("+part["expr"].String()+")"), append(casts, "")
			continue
		}
		id := hclschema.Identity{Kind: hclschema.KindColumn, Name: part["column"].String()}
		is := after.get(id)
		if name := former[id.Name]; name != "" {
			id.Name = name
		}
		was := before.get(id)
		if was == nil || is == nil {
			return nil, nil, false
		}
		operand := quoting.QuoteName(was.Live().Name)
		if type1, type2 := was.Properties.Text(hclschema.PropType), is.Properties.Text(hclschema.PropType); type1 != type2 {
			if condition, _ := misfit(operand, type1, type2); condition != "" {
				return nil, nil, false
			}
			operand = "(" + conversion(operand, type1, type2) + ")"
		}
		row := tableIdentity(is.Properties.Text(hclschema.PropType))
		row.Kind = hclschema.KindComposite
		operands, casts = append(operands, operand), append(casts, either(p.live.Get(row) != nil, is.Properties.Text(hclschema.PropType), ""))
	}
	return operands, casts, len(operands) > 0
}

// castValues are the values of bounds with the casts that they need, the last of which holds for all that follow.
func castValues(values, casts []string) []string {
	list := slices.Clone(values)
	for i, value := range list {
		if cast := casts[min(i, len(casts)-1)]; cast != "" && strings.HasPrefix(value, "'") {
			list[i] = value + "::" + cast
		}
	}
	return list
}

// listCondition is for FOR VALUES IN (…).
func listCondition(operand string, values []string) string {
	var conditions, plain []string
	for _, value := range values {
		if strings.EqualFold(value, "NULL") {
			conditions = append(conditions, operand+" IS NULL")
		} else {
			plain = append(plain, value)
		}
	}
	if plain != nil {
		conditions = append(conditions, operand+" IN ("+strings.Join(plain, ", ")+")")
	}
	return "(" + strings.Join(conditions, " OR ") + ")"
}

// rangeCondition is for one end of a range. What stands behind the first MINVALUE or MAXVALUE says nothing: from (1, MINVALUE) is
// from the first row of 1, from (1, MAXVALUE) behind its last.
func rangeCondition(operands, values []string, lower bool) string {
	n := slices.IndexFunc(values, func(value string) bool { return value == "MINVALUE" || value == "MAXVALUE" })
	comparator := map[bool]string{true: ">=", false: "<"}[lower]
	switch {
	case n < 0:
		n = len(values)
	case values[n] == "MAXVALUE":
		comparator = map[bool]string{true: ">", false: "<="}[lower]
	}
	if n == 0 {
		if lower == (values[0] == "MAXVALUE") {
			return "false"
		}
		return operands[0] + " IS NOT NULL"
	}
	return "(" + strings.Join(operands[:n], ", ") + ") " + comparator + " (" + strings.Join(values[:n], ", ") + ")"
}

// Bare implements drivers.Stager.
func (d Driver) Bare(unit drivers.Unit, from, to *hclschema.State) bool {
	if d.Saved(unit, from) {
		return true
	}
	if unit[0].Properties[hclschema.PropPartition] == nil || slices.ContainsFunc(unit, func(o *hclschema.Object) bool { return o.Properties[hclschema.PropIdentity] != nil }) {
		return false // the counter of an identity would be lost
	}
	for _, o := range partitionsOf(from, unit.Identity()) {
		if to.Get(o.Identity) != nil {
			return false
		}
	}
	return true
}
