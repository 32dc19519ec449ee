package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// aggregateWords are the words of CREATE AGGREGATE for the properties, in the order in which they are written.
var aggregateWords = []struct{ property, word string }{
	{hclschema.PropStateFunc, "SFUNC"}, {hclschema.PropStateType, "STYPE"}, {hclschema.PropStateSize, "SSPACE"},
	{hclschema.PropFinalFunc, "FINALFUNC"}, {hclschema.PropFinalExtra, "FINALFUNC_EXTRA"}, {hclschema.PropFinalModify, "FINALFUNC_MODIFY"},
	{hclschema.PropCombineFunc, "COMBINEFUNC"}, {hclschema.PropSerialFunc, "SERIALFUNC"}, {hclschema.PropDeserialFunc, "DESERIALFUNC"},
	{hclschema.PropInitialValue, "INITCOND"}, {hclschema.PropMovingStateFunc, "MSFUNC"}, {hclschema.PropMovingInverse, "MINVFUNC"},
	{hclschema.PropMovingStateType, "MSTYPE"}, {hclschema.PropMovingStateSize, "MSSPACE"}, {hclschema.PropMovingFinal, "MFINALFUNC"},
	{hclschema.PropMovingExtra, "MFINALFUNC_EXTRA"}, {hclschema.PropMovingModify, "MFINALFUNC_MODIFY"},
	{hclschema.PropMovingInitial, "MINITCOND"}, {hclschema.PropSortOperator, "SORTOP"}, {hclschema.PropParallel, "PARALLEL"},
	{hclschema.PropHypothetical, "HYPOTHETICAL"},
}

// derivedResult is the name of the derived fact that holds the type of an aggregate's result.
const derivedResult = "result"

// aggregateKind is an aggregate. CREATE OR REPLACE changes it where its result stays of one type.
func aggregateKind() kind {
	properties := []string{hclschema.PropArgs, hclschema.PropOrderArgs, hclschema.PropComment}
	for _, word := range aggregateWords {
		properties = append(properties, word.property)
	}
	return kind{
		name:       hclschema.KindAggregate,
		properties: map[string][]string{hclschema.KindAggregate: properties},
		accepts:    map[string][]string{hclschema.KindAggregate: {hclschema.PropComment}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			steps, err := one(writeAggregate("CREATE ", "create ", unit[0]))
			if err != nil {
				return nil, err
			}
			return withComment(steps, unit[0], aggregateName(unit[0]))
		},
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			w := newWriter()
			w.Line("DROP ", aggregateName(unit[0])(w))
			return one(w.step("drop "+unit.Identity().String(), accessExclusive))
		},
		alter:  alterAggregate,
		rename: renameAggregate,
		link:   linkAggregate,
	}
}

func aggregateName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "AGGREGATE " + aggregateSignature(w, o, o.Identity) }
}

// aggregateSignature is an aggregate's name with its arguments: (*) for none, those behind ORDER BY apart.
func aggregateSignature(w *writer, o *hclschema.Object, id hclschema.Identity) string {
	bare, _ := hclschema.SplitRoutine(id.Name)
	direct, ordered := w.argumentList(o.Properties.List(hclschema.PropArgs)), w.argumentList(o.Properties.List(hclschema.PropOrderArgs))
	args := strings.Join(direct, ", ")
	switch {
	case len(ordered) > 0:
		args = strings.TrimLeft(args+" ORDER BY "+strings.Join(ordered, ", "), " ")
	case len(direct) == 0:
		args = "*"
	}
	return w.qualified(id.Schema, bare) + "(" + args + ")"
}

func writeAggregate(verb, name string, o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	w.Line(verb, aggregateName(o)(w), " (")
	var items []string
	for _, word := range aggregateWords {
		value, ok := o.Properties[word.property]
		if !ok {
			continue
		}
		switch word.property {
		case hclschema.PropFinalExtra, hclschema.PropMovingExtra, hclschema.PropHypothetical:
			items = append(items, word.word)
		case hclschema.PropInitialValue, hclschema.PropMovingInitial:
			items = append(items, word.word+" = "+w.Literal(value.String()))
		case hclschema.PropSortOperator:
			items = append(items, word.word+" = "+operatorReference(value.String()))
		default:
			items = append(items, word.word+" = "+value.String())
		}
	}
	w.List(items)
	w.Line(")")
	return w.step(name+o.Identity.String(), "")
}

// alterAggregate replaces an aggregate in place where that is known to be possible: its result, which models don't tell, is of
// the same type on both sides.
func alterAggregate(change drivers.UnitChange) (drivers.Alteration, error) {
	before, after := change.Before[0], change.After[0]
	changed := before.Properties.Changed(after.Properties)
	alteration := drivers.Alteration{Claims: claimAll(after.Identity, changed...)}
	if !slices.Equal(changed, []string{hclschema.PropComment}) {
		same := before.Derived[derivedResult] == after.Derived[derivedResult] && before.Derived[derivedResult] != ""
		for _, name := range []string{hclschema.PropArgs, hclschema.PropOrderArgs, hclschema.PropHypothetical} {
			same = same && !slices.Contains(changed, name)
		}
		if !same {
			return drivers.Alteration{}, nil
		}
		step, err := writeAggregate("CREATE OR REPLACE ", "replace ", after)
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, step)
	}
	if slices.Contains(changed, hclschema.PropComment) {
		step, err := commentStep(after, aggregateName(after))
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, step)
	}
	return alteration, nil
}

func renameAggregate(rename drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	o := state.Get(rename.From)
	if o == nil {
		o = state.Get(rename.To)
	}
	from := "AGGREGATE " + w.object(rename.From)
	if o != nil {
		from = "AGGREGATE " + aggregateSignature(w, o, rename.From)
	}
	bare, _ := hclschema.SplitRoutine(rename.To.Name)
	w.Line("ALTER ", from, " RENAME TO ", w.Name(bare))
	return one(w.step("rename "+rename.From.String()+" to "+bare, accessExclusive))
}

func linkAggregate(l *linker, o *hclschema.Object) {
	p := o.Properties
	l.needsTypes(o, p.List(hclschema.PropArgs), p.List(hclschema.PropOrderArgs))
	l.needsType(o, p.Text(hclschema.PropStateType))
	l.needsType(o, p.Text(hclschema.PropMovingStateType))
	for _, word := range aggregateWords {
		if strings.HasSuffix(word.property, "_func") {
			l.mention(o, p.Text(word.property))
		}
	}
	l.mentionOperator(o, p.Text(hclschema.PropSortOperator))
}
