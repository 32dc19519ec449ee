package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// statisticsKind is an object of extended statistics. Its target and its comment change in place; for all else it is made
// again, which loses nothing that ANALYZE doesn't collect anew.
func statisticsKind() kind {
	return kind{
		name: hclschema.KindStatistics,
		properties: map[string][]string{hclschema.KindStatistics: {
			hclschema.PropOn, hclschema.PropKinds, hclschema.PropColumns, hclschema.PropExpressions, hclschema.PropStatistics, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindStatistics: {hclschema.PropComment}},
		create:  createStatistics,
		drop:    dropStanding,
		alter:   alterStanding(inPlaceChange{hclschema.PropStatistics, func(_, after *hclschema.Object) ([]drivers.Step, error) { return one(statisticsTarget(after)) }}),
		rename:  renameStanding,
		link:    linkStatistics,
	}
}

func createStatistics(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	kinds := ""
	if list := o.Properties.List(hclschema.PropKinds); list != nil {
		words := make([]string, len(list))
		for i, word := range list {
			words[i] = strings.ToLower(word.String())
		}
		kinds = " (" + strings.Join(words, ", ") + ")"
	}
	w.Line("CREATE ", w.described(o), kinds)
	w.Indented(func() {
		var parts []string
		for _, column := range o.Properties.List(hclschema.PropColumns) {
			parts = append(parts, w.Name(column.String()))
		}
		for _, expr := range o.Properties.List(hclschema.PropExpressions) {
			parts = append(parts, wrapped(expr.String()))
		}
		w.Line("ON ", strings.Join(parts, ", "))
		w.Line("FROM ", o.Properties.Text(hclschema.PropOn))
	})
	steps, err := one(w.step("create "+o.Identity.String(), shareUpdateExcl))
	if err != nil {
		return nil, err
	}
	if o.Properties[hclschema.PropStatistics] != nil {
		step, err := statisticsTarget(o)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return withComment(steps, o, describedAs(o))
}

// statisticsTarget says how much is collected; -1 goes back to the usual.
func statisticsTarget(o *hclschema.Object) (drivers.Step, error) {
	target := o.Properties.Text(hclschema.PropStatistics)
	if target == "" {
		target = "-1"
	}
	return statement("target of "+o.Identity.String(), "", "ALTER ", newWriter().described(o), " SET STATISTICS ", target)
}

// linkStatistics adds the table and the columns, which are dropped only with the statistics about them.
func linkStatistics(l *linker, o *hclschema.Object) {
	on := l.relation(o.Properties.Text(hclschema.PropOn))
	if on == nil {
		return
	}
	l.needs(o, on)
	l.needsColumns(o, on, o.Properties.List(hclschema.PropColumns))
	for _, expr := range o.Properties.List(hclschema.PropExpressions) {
		l.mention(o, expr.String())
	}
}

// relation is the relation of a name as SQL has it, nil where the state holds none.
func (l *linker) relation(name string) *hclschema.Object {
	parts := nameParts(name)
	for _, o := range l.named[parts[len(parts)-1]] {
		switch o.Identity.Kind {
		case hclschema.KindTable, hclschema.KindView, hclschema.KindMaterialized, hclschema.KindForeignTable:
			if newWriter().object(o.Identity) == name {
				return o
			}
		}
	}
	return nil
}
