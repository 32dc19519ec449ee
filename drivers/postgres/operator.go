package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// operatorKind is an operator. Its estimators can be changed in place, nothing else in every supported version.
func operatorKind() kind {
	return kind{
		name: hclschema.KindOperator,
		properties: map[string][]string{hclschema.KindOperator: {
			hclschema.PropLeft, hclschema.PropRight, hclschema.PropProcedure, hclschema.PropCommutator, hclschema.PropNegator,
			hclschema.PropRestrict, hclschema.PropJoin, hclschema.PropHashes, hclschema.PropMerges, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindOperator: {hclschema.PropComment}},
		create:  createOperator,
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			w := newWriter()
			w.Line("DROP ", operatorName(unit[0])(w))
			return one(w.step("drop "+unit.Identity().String(), accessExclusive))
		},
		alter: alterOperator,
		link: func(l *linker, o *hclschema.Object) {
			p := o.Properties
			l.needsType(o, p.Text(hclschema.PropLeft))
			l.needsType(o, p.Text(hclschema.PropRight))
			l.mention(o, p.Text(hclschema.PropProcedure), p.Text(hclschema.PropRestrict), p.Text(hclschema.PropJoin))
			// An operator that isn't there yet is made as a shell by the one that names it.
			l.mentionOperator(o, p.Text(hclschema.PropCommutator))
			l.mentionOperator(o, p.Text(hclschema.PropNegator))
		},
	}
}

// operatorSign is an operator's sign with its schema.
func operatorSign(w *writer, id hclschema.Identity) string {
	sign, _ := hclschema.SplitRoutine(id.Name)
	if id.Schema == "" {
		return sign
	}
	return w.Name(id.Schema) + "." + sign
}

func operatorName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string {
		_, types := hclschema.SplitRoutine(o.Identity.Name)
		return "OPERATOR " + operatorSign(w, o.Identity) + " " + types
	}
}

// operatorReference is an operator as a definition takes it.
func operatorReference(text string) string {
	if strings.Contains(text, ".") {
		return "OPERATOR(" + text + ")"
	}
	return text
}

func createOperator(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	w.Line("CREATE OPERATOR ", operatorSign(w, o.Identity), " (")
	var items []string
	for _, word := range []struct{ property, word string }{
		{hclschema.PropProcedure, "FUNCTION"}, {hclschema.PropLeft, "LEFTARG"}, {hclschema.PropRight, "RIGHTARG"},
		{hclschema.PropCommutator, "COMMUTATOR"}, {hclschema.PropNegator, "NEGATOR"}, {hclschema.PropRestrict, "RESTRICT"},
		{hclschema.PropJoin, "JOIN"}, {hclschema.PropHashes, "HASHES"}, {hclschema.PropMerges, "MERGES"},
	} {
		value, ok := o.Properties[word.property]
		switch {
		case !ok:
		case word.property == hclschema.PropHashes || word.property == hclschema.PropMerges:
			items = append(items, word.word)
		case word.property == hclschema.PropCommutator || word.property == hclschema.PropNegator:
			items = append(items, word.word+" = "+operatorReference(value.String()))
		default:
			items = append(items, word.word+" = "+value.String())
		}
	}
	w.List(items)
	w.Line(")")
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, operatorName(o))
}

func alterOperator(change drivers.UnitChange) (drivers.Alteration, error) {
	after := change.After[0]
	changed := change.Before[0].Properties.Changed(after.Properties)
	alteration := drivers.Alteration{}
	var items []string
	for _, word := range []struct{ property, word string }{{hclschema.PropRestrict, "RESTRICT"}, {hclschema.PropJoin, "JOIN"}} {
		if slices.Contains(changed, word.property) {
			estimator := after.Properties.Text(word.property)
			if estimator == "" {
				estimator = "NONE"
			}
			items = append(items, word.word+" = "+estimator)
			alteration.Claims = append(alteration.Claims, claimAll(after.Identity, word.property)...)
		}
	}
	if items != nil {
		w := newWriter()
		w.Line("ALTER ", operatorName(after)(w), " SET (", strings.Join(items, ", "), ")")
		step, err := w.step("estimators of "+after.Identity.String(), shareRowExcl)
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, step)
	}
	if slices.Contains(changed, hclschema.PropComment) {
		step, err := commentStep(after, operatorName(after))
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, step)
		alteration.Claims = append(alteration.Claims, claimAll(after.Identity, hclschema.PropComment)...)
	}
	return alteration, nil
}

// mentionOperator notes the operators of a name, "+" or "sales.+", whatever their operands.
func (l *linker) mentionOperator(o *hclschema.Object, name string) {
	sign := name[strings.LastIndexByte(name, '.')+1:]
	for _, other := range l.named[sign] {
		if other.Identity.Kind == hclschema.KindOperator && other != o && !slices.Contains(o.Mentions, other.Identity) {
			o.Mentions = append(o.Mentions, other.Identity)
		}
	}
}
