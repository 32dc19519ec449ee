package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// collationKind is a collation. PostgreSQL has no statement that changes one, so that it is made again.
func collationKind() kind {
	return kind{
		name: hclschema.KindCollation,
		properties: map[string][]string{hclschema.KindCollation: {
			hclschema.PropLocale, hclschema.PropLcCollate, hclschema.PropLcCtype, hclschema.PropProvider, hclschema.PropDeterministic, hclschema.PropRules,
			hclschema.PropFrom, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindCollation: {hclschema.PropComment}},
		create:  createCollation,
		drop:    dropType,
		alter:   alterComment,
		rename:  renameType,
		link:    func(l *linker, o *hclschema.Object) { l.mention(o, o.Properties.Text(hclschema.PropFrom)) },
	}
}

func createCollation(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	if from := o.Properties.Text(hclschema.PropFrom); from != "" {
		w.Line("CREATE ", typeName(o)(w), " FROM ", from)
	} else {
		var items []string
		if provider := o.Properties.Text(hclschema.PropProvider); provider != "" {
			items = append(items, "provider = "+w.Name(provider))
		}
		for _, option := range []string{hclschema.PropLocale, hclschema.PropLcCollate, hclschema.PropLcCtype, hclschema.PropRules} {
			if value := o.Properties.Text(option); value != "" {
				items = append(items, option+" = "+w.Literal(value))
			}
		}
		if o.Properties[hclschema.PropDeterministic] != nil {
			items = append(items, "deterministic = false")
		}
		w.Line("CREATE ", typeName(o)(w), " (")
		w.List(items)
		w.Line(")")
	}
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, typeName(o))
}
