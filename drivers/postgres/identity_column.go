package postgres

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres/sample"
	"github.com/duo-orm/duo-orm/hclschema"
)

// identity adds, drops or alters the identity of a column. A counter that runs is never set back.
func (a *tableChange) identity(c drivers.Change) {
	was, _ := c.Before.Properties[hclschema.PropIdentity].(hclschema.Record)
	is, _ := c.After.Properties[hclschema.PropIdentity].(hclschema.Record)
	o := c.After
	switch {
	case is == nil:
		a.columnAction(phaseRelease, o, "drop the identity", verbatim("DROP IDENTITY"))
	case was == nil:
		if !o.Properties.Bool(hclschema.PropNull) && c.Before.Properties.Bool(hclschema.PropNull) {
			a.columnAction(phaseFill, o, "forbid NULL", verbatim("SET NOT NULL")) // an identity wants that before it comes
		}
		is := a.free(is, o)
		a.columnAction(phaseColumn, o, "identity", func(w *writer) string { return "ADD " + generatedWord(is) + " AS IDENTITY" + identityOptions(w, is) })
	default:
		a.sequenceName(c)
		var words []string
		if !hclschema.Equal(was["generated"], is["generated"]) {
			words = append(words, "SET "+generatedWord(is))
		}
		for _, option := range []struct{ name, set, reset string }{
			{"increment", "SET INCREMENT BY ", "SET INCREMENT BY 1"}, {"min_value", "SET MINVALUE ", "SET NO MINVALUE"},
			{"max_value", "SET MAXVALUE ", "SET NO MAXVALUE"}, {"start", "SET START WITH ", "SET START WITH " + defaultStart(is)}, {"cache", "SET CACHE ", "SET CACHE 1"},
		} {
			switch value := is[option.name]; {
			case hclschema.Equal(was[option.name], value) && !(option.name == "start" && value == nil && defaultStart(was) != defaultStart(is)):
			case value == nil:
				words = append(words, option.reset)
			default:
				words = append(words, option.set+value.String())
			}
		}
		if !hclschema.Equal(was["cycle"], is["cycle"]) {
			word := "SET NO CYCLE"
			if is["cycle"] != nil {
				word = "SET CYCLE"
			}
			words = append(words, word)
		}
		phase := phaseColumn
		if largestOf(o.Properties.Text(hclschema.PropType)) < largestOf(c.Before.Properties.Text(hclschema.PropType)) {
			phase = phaseRelease // the smaller type wouldn't take the bounds that were
		}
		if from, to := numbersOfIdentity(c.Before, o), numbersOfIdentity(o, o); from.narrowed(to) {
			a.beginWithin(phase, o, from, to)
		}
		if words != nil {
			a.columnAction(phase, o, "identity", verbatim(strings.Join(words, " ")))
		}
	}
}

// numbersOfIdentity are the options of the sequence of a column's identity once the column has the type of another.
func numbersOfIdentity(column, typed *hclschema.Object) numbers {
	identity, _ := column.Properties[hclschema.PropIdentity].(hclschema.Record)
	sequence := &hclschema.Object{Properties: hclschema.Properties(maps.Clone(identity))}
	sequence.Properties[hclschema.PropType] = typed.Properties[hclschema.PropType]
	return numbersOf(sequence)
}

// beginWithin has an identity that was never used, or whose new bounds lie ahead of it, begin within these.
func (a *tableChange) beginWithin(phase int, o *hclschema.Object, from, to numbers) {
	if to.start < from.low || to.start > from.high {
		wide := from.widened(to)
		a.columnAction(phase, o, "wider identity", verbatim(fmt.Sprintf("SET MINVALUE %d SET MAXVALUE %d", wide.low, wide.high)))
	}
	sequence := hclschema.Identity{Kind: hclschema.KindSequence, Schema: a.after.id().Schema, Name: sequenceNameOf(o)}
	step, err := beginWithin(o.Identity, sequence, from, to)
	a.add(phase, step, err)
}

// hasChildren says that other tables inherit from the table, or are its partitions.
func (a *tableChange) hasChildren() bool {
	return slices.ContainsFunc(a.Dependents, func(o *hclschema.Object) bool {
		return o.Identity.Kind == hclschema.KindTable && slices.ContainsFunc(parentsOf(o), func(parent string) bool { return tableIdentity(parent) == a.before.id() })
	})
}

// addIdentity adds a column with an identity to a table that has children, for which PostgreSQL has no one statement, among
// partitions not before version 17: the column comes with numbers for the rows that are there, and the identity goes on behind them.
func (a *tableChange) addIdentity(o *hclschema.Object) {
	identity := record(o, hclschema.PropIdentity)
	add := func(name, sql string) { a.add(phaseAdd, drivers.Step{Name: name, SQL: sql}, nil) }
	words := append([]string{"CREATE TEMPORARY SEQUENCE", rowNumbers, "AS", o.Properties.Text(hclschema.PropType)}, sequenceWords(identity)...)
	add("number the rows of "+a.after.id().String(), strings.Join(words, " "))
	filled := o.Clone()
	delete(filled.Properties, hclschema.PropIdentity)
	filled.Properties[hclschema.PropDefault] = text("nextval('pg_temp." + rowNumbers + "')")
	a.alter(phaseAdd, "add "+o.Identity.String(), accessExclusive, func(w *writer) string { return "ADD COLUMN " + columnDefinition(w, filled) })
	a.columnAction(phaseAdd, o, "drop the default", verbatim("DROP DEFAULT"))
	free := a.free(identity, o)
	a.columnAction(phaseAdd, o, "identity", func(w *writer) string {
		return "ADD " + generatedWord(free) + " AS IDENTITY" + identityOptions(w, free)
	})
	w := newWriter()
	goOn(w, a.sequenceOf(w, o, identityCounter), isDescending(o), o, "'pg_temp."+rowNumbers+"'::regclass")
	step, err := w.step("set the counter of "+o.Identity.String(), "ACCESS SHARE")
	step.Because = "the counter goes on behind the values that are there"
	a.add(phaseAdd, step, err)
	add("the rows of "+a.after.id().String()+" are numbered", "DROP SEQUENCE pg_temp."+rowNumbers)
	a.columnDetails(o)
}

// sequenceName renames the sequence of an identity.
func (a *tableChange) sequenceName(c drivers.Change) {
	from, to := sequenceNameOf(c.Before), sequenceNameOf(c.After)
	if from == to {
		return
	}
	w := newWriter()
	w.Line("ALTER SEQUENCE ", w.qualified(a.after.id().Schema, from), " RENAME TO ", w.Name(to))
	step, err := w.step("name the sequence of "+c.After.Identity.String(), accessExclusive)
	a.add(phaseRelease, step, err)
}

// defaultStart is where a sequence starts by itself: at its smallest value, or its largest where it counts downwards.
func defaultStart(options hclschema.Record) string {
	down := options["increment"] != nil && strings.HasPrefix(options["increment"].String(), "-")
	switch {
	case down && options["max_value"] != nil:
		return options["max_value"].String()
	case down:
		return "-1"
	case options["min_value"] != nil:
		return options["min_value"].String()
	}
	return "1"
}

// counter lets a counter that the column gets go on behind the largest value that is there and behind where the counter that it
// had stands. Without both it begins at its start: setval does nothing with NULL.
func (a *tableChange) counter(c drivers.Change) {
	had, has := counterOf(c.Before), counterOf(c.After)
	if has == "" || had == has {
		return
	}
	o := c.After
	w := newWriter()
	behind := ""
	if had != "" {
		behind = a.sequenceOf(w, o, had)
	}
	goOn(w, a.sequenceOf(w, o, has), a.descends(o, has), o, behind)
	phase := phaseConstraint
	if had == identityCounter {
		phase = phaseDrop // before the identity goes
	}
	step, err := w.step("set the counter of "+o.Identity.String(), "ACCESS SHARE")
	step.Because = "the counter goes on behind the values that are there"
	a.add(phase, step, err)
}

// keepCounter gives the sequence that a column comes to count by the privileges of the one that goes: an identity those of the
// sequence of a serial, and the other way round. On the way back those that it had are known.
func (a *tableChange) keepCounter(c drivers.Change) {
	had, has := counterOf(c.Before), counterOf(c.After)
	if had == has || has == "" {
		return
	}
	find := func(find func(hclschema.Identity) *hclschema.Object, counter string) *hclschema.Object {
		if find == nil || counter == "" || counter == identityCounter {
			return nil
		}
		return find(sample.SequenceIdentity(counter))
	}
	var steps []drivers.Step
	var err error
	switch old := find(a.Start, had); {
	case has == identityCounter && c.After.Derived[derivedSequenceHeld] != "":
		steps, err = keepSequence(c.After, c.After.Derived)
	case has == identityCounter && old != nil && find(a.End, had) == nil && old.Derived[derivedHeld] != "":
		steps, err = keepSequence(c.After, map[string]string{derivedSequenceHeld: old.Derived[derivedHeld], derivedSequenceAnew: old.Derived[derivedAnew]})
	case had == identityCounter && c.Before.Derived[derivedSequenceHeld] != "":
		sequence := find(a.End, has)
		if sequence != nil && find(a.Start, has) == nil && !tells(sequence.Derived) {
			steps, err = privilegeSteps(sequence, "", c.Before.Derived[derivedSequenceAnew], c.Before.Derived[derivedSequenceHeld])
		}
	}
	a.addSteps(phaseComment, steps, err)
}

// goOn has a sequence go on behind the values of a column, behind where it stands itself and behind another sequence, all three
// where there are any. Values that it can't give, being outside of its bounds, don't count.
func goOn(w *writer, sequence string, descending bool, column *hclschema.Object, other string) {
	table := hclschema.Identity{Kind: hclschema.KindTable, Schema: column.Identity.Schema, Name: column.Identity.Parent}
	furthest, aggregate := "greatest", "max"
	if descending {
		furthest, aggregate = "least", "min"
	}
	name, cast := w.Name(column.Identity.Name), ""
	if !slices.Contains([]string{"smallint", "integer", "bigint"}, column.Properties.Text(hclschema.PropType)) {
		cast = "::bigint"
	}
	w.Line("SELECT setval(")
	w.Indented(func() {
		w.Line(sequence, ",")
		w.Line(furthest, "(")
		w.Indented(func() {
			w.Line("(SELECT ", aggregate, "(", name, ")", cast, " FROM ", w.object(table), " WHERE ", name, " BETWEEN seqmin AND seqmax),")
			if other != "" && other != sequence {
				w.Line("(SELECT last FROM pg_sequence_last_value(", other, ") AS last WHERE last BETWEEN seqmin AND seqmax),")
			}
			w.Line("pg_sequence_last_value(seqrelid)")
		})
		w.Line(")")
	})
	w.Line(")")
	w.Line("FROM pg_sequence")
	w.Line("WHERE seqrelid = ", sequence)
}

// descends says that a counter of a column counts downwards.
func (a *tableChange) descends(o *hclschema.Object, counter string) bool {
	if counter == identityCounter || a.End == nil {
		return isDescending(o)
	}
	sequence := a.End(sample.SequenceIdentity(counter))
	return sequence != nil && numbersOf(sequence).increment < 0
}

// sequenceOf is a counter as a regclass.
func (a *tableChange) sequenceOf(w *writer, o *hclschema.Object, counter string) string {
	if counter == identityCounter {
		return "pg_get_serial_sequence(" + w.Literal(w.object(a.after.id())) + ", " + w.Literal(o.Identity.Name) + ")::regclass"
	}
	return w.Literal(counter) + "::regclass"
}

// identityCounter stands for the sequence of an identity.
const identityCounter = "identity"

// counterOf is the sequence that a column counts by, as its default writes it; empty for none.
func counterOf(o *hclschema.Object) string {
	if o.Properties[hclschema.PropIdentity] != nil {
		return identityCounter
	}
	return nextvalSequence(o.Properties.Text(hclschema.PropDefault))
}

// nextvalSequence is the name of the sequence in a default nextval('…'::regclass), as the engine writes it; empty for any other.
func nextvalSequence(text string) string {
	rest, ok := strings.CutPrefix(text, "nextval('")
	if !ok {
		return ""
	}
	name, ok := strings.CutSuffix(rest, "'::regclass)")
	if !ok {
		return ""
	}
	return strings.ReplaceAll(name, "''", "'")
}

func isDescending(o *hclschema.Object) bool {
	identity, _ := o.Properties[hclschema.PropIdentity].(hclschema.Record)
	return identity["increment"] != nil && strings.HasPrefix(identity["increment"].String(), "-")
}

// free is an identity without the name of its sequence, where another sequence still has that, which its column may count by: the
// engine finds a name, and the next round mends it.
func (a *tableChange) free(identity hclschema.Record, column *hclschema.Object) hclschema.Record {
	sequence := hclschema.Identity{Kind: hclschema.KindSequence, Schema: column.Identity.Schema, Name: sequenceNameOf(column)}
	if identity[hclschema.PropSequenceName] == nil || a.Start == nil || a.Start(sequence) == nil {
		return identity
	}
	rest := maps.Clone(identity)
	delete(rest, hclschema.PropSequenceName)
	return rest
}
