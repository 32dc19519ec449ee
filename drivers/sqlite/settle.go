package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Settle implements hclschema.Dialect: in the checks, generated columns and indexes of a table, a name in double quotes is a
// string unless the table has a column of that name.
func (d Driver) Settle(state *hclschema.State) *hclschema.State {
	columns := map[hclschema.Identity]map[string]bool{}
	for _, o := range state.Objects() {
		if o.Identity.Kind != hclschema.KindColumn {
			continue
		}
		table := state.Key(d.Unit(o.Identity))
		if columns[table] == nil {
			columns[table] = map[string]bool{}
		}
		columns[table][fold(o.Identity.Name)] = true
	}
	settled := map[*hclschema.Object]*hclschema.Object{}
	for _, o := range state.Objects() {
		if other := settle(o, columns[state.Key(d.Unit(o.Identity))]); other != nil {
			settled[o] = other
		}
	}
	if len(settled) == 0 {
		return state
	}
	rest := state.NewLike()
	for _, o := range state.Objects() {
		if other := settled[o]; other != nil {
			o = other
		}
		rest.AddNext(o)
	}
	return rest
}

// settle is the object with the canonical forms that it has in a table with these columns; nil where it has them already.
func settle(o *hclschema.Object, columns map[string]bool) *hclschema.Object {
	var changed *hclschema.Object
	set := func(property string, value hclschema.Value) {
		if changed == nil {
			changed = o.Clone()
		}
		changed.Properties[property] = value
	}
	for _, property := range [...]string{hclschema.PropExpr, hclschema.PropGenerated, hclschema.PropWhere} {
		if value, ok := settledValue(o.Properties[property], columns); ok {
			set(property, value)
		}
	}
	if parts, ok := settledParts(o, columns); ok {
		set(hclschema.PropColumns, parts)
	}
	if changed != nil && changed.Identity.Unnamed {
		changed.Identity.Name = hclschema.UnnamedName(changed)
		changed.Identity.Ordinal = 0
	}
	return changed
}

// settledParts are the parts of an index; ok is false where none changes.
func settledParts(o *hclschema.Object, columns map[string]bool) (parts hclschema.List, ok bool) {
	if o.Identity.Kind != hclschema.KindIndex {
		return nil, false
	}
	for _, part := range o.Properties.List(hclschema.PropColumns) {
		record, isRecord := part.(hclschema.Record)
		if value, changed := settledValue(record["expr"], columns); isRecord && changed {
			settled := hclschema.Record{}
			for name, field := range record {
				settled[name] = field
			}
			settled["expr"] = value
			part, ok = settled, true
		}
		parts = append(parts, part)
	}
	return parts, ok
}

// settledValue is an expression in a table with these columns; ok is false where it has that form already.
func settledValue(value hclschema.Value, columns map[string]bool) (settled hclschema.Spelled, ok bool) {
	was, isSpelled := value.(hclschema.Spelled)
	lone := !strings.ContainsAny(was.Canonical, " (.") && fold(was.Canonical) != was.Canonical
	if !isSpelled || !lone && !strings.Contains(was.Text, `"`) {
		return was, false
	}
	settled = expressionIn(was.Text, columns)
	return settled, settled != was
}
