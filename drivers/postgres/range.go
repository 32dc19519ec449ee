package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"slices"
)

// rangeKind is a range type. PostgreSQL has no statement that changes one, so that it is made again, and the columns of it and of its
// multirange hold text meanwhile (detach.go).
func rangeKind() kind {
	return kind{
		name: hclschema.KindRange,
		properties: map[string][]string{hclschema.KindRange: {
			hclschema.PropSubtype, hclschema.PropSubtypeOps, hclschema.PropSubtypeDiff, hclschema.PropCollate, hclschema.PropMultirange, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindRange: {hclschema.PropComment}},
		create:  createRange,
		drop:    dropType,
		alter:   alterRange,
		rename:  renameType,
		link: func(l *linker, o *hclschema.Object) {
			l.needsType(o, o.Properties.Text(hclschema.PropSubtype))
			l.mention(o, o.Properties.Text(hclschema.PropSubtypeDiff), o.Properties.Text(hclschema.PropSubtypeOps), o.Properties.Text(hclschema.PropCollate))
		},
	}
}

func createRange(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	items := []string{"subtype = " + o.Properties.Text(hclschema.PropSubtype)}
	for _, option := range [][2]string{
		{"subtype_opclass", hclschema.PropSubtypeOps}, {"collation", hclschema.PropCollate}, {"subtype_diff", hclschema.PropSubtypeDiff},
	} {
		if value := o.Properties.Text(option[1]); value != "" {
			items = append(items, option[0]+" = "+value)
		}
	}
	if name := o.Properties.Text(hclschema.PropMultirange); name != "" {
		items = append(items, "multirange_type_name = "+w.qualified(o.Identity.Schema, name))
	}
	w.Line("CREATE ", typeName(o)(w), " AS RANGE (")
	w.List(items)
	w.Line(")")
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, typeName(o))
}

func alterRange(change drivers.UnitChange) (drivers.Alteration, error) {
	alteration, err := alterComment(change)
	if err == nil {
		alteration.Replaced = replacedRange(change)
	}
	return alteration, err
}

// replacedRange are the ranges whose bounds don't become those of a range type that is made again, or come in another order there.
func replacedRange(change drivers.UnitChange) []drivers.Hazard {
	before, after := change.Before[0], change.After[0]
	was, is := before.Properties.Text(hclschema.PropSubtype), after.Properties.Text(hclschema.PropSubtype)
	collate := after.Properties.Text(hclschema.PropCollate)
	recollated := collate != before.Properties.Text(hclschema.PropCollate)
	if collate != "" {
		collate = " COLLATE " + collate
	}
	var list []drivers.Hazard
	for _, column := range change.Dependents {
		fits := newFitting(change, column, typeOf(before.Identity))
		if !fits.ok {
			continue
		}
		lower, upper := "lower("+fits.value+")", "upper("+fits.value+")"
		if was != is {
			bounds := []drivers.Hazard{fits.hazard(lower+"::text", "text", is), fits.hazard(upper+"::text", "text", is)}
			if misfits, _ := misfit(lower+"::text", "text", is); misfits != "" { // one count for both
				others, _ := misfit(upper+"::text", "text", is)
				bounds[0].CountSQL, bounds = fits.count(misfits+" OR "+others), bounds[:1]
			}
			list = append(list, slices.DeleteFunc(bounds, func(h drivers.Hazard) bool { return h.Text == "" })...)
		}
		if was != is || recollated {
			order := fits.hazard("", "", "")
			order.Text = "can't hold a range whose lower bound is behind the upper one any longer, which it is for the new " + after.Identity.String()
			order.TrySQL, order.CountSQL = "", fits.count("("+lower+"::text::"+is+")"+collate+" > ("+upper+"::text::"+is+")"+collate)
			if was != is {
				if misfits, _ := misfit(lower+"::text", "text", is); misfits != "" {
					others, _ := misfit(upper+"::text", "text", is)
					order.CountSQL = fits.count("CASE WHEN " + misfits + " OR " + others + " THEN false ELSE (" + lower + "::text::" + is + ")" + collate + " > (" + upper + "::text::" + is + ")" + collate + " END")
				} else {
					continue // only the engine can tell which values can be compared at all
				}
			}
			list = append(list, order)
		}
	}
	return list
}
