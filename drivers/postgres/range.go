package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// rangeKind is a range type. PostgreSQL has no statement that changes one, so that it is made again.
func rangeKind() kind {
	return kind{
		name: hclschema.KindRange,
		properties: map[string][]string{hclschema.KindRange: {
			hclschema.PropSubtype, hclschema.PropSubtypeOps, hclschema.PropSubtypeDiff, hclschema.PropCollate, hclschema.PropMultirange, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindRange: {hclschema.PropComment}},
		create:  createRange,
		drop:    dropType,
		alter:   alterComment,
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
