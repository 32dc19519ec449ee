package postgres

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// sequenceKind is a sequence that is no identity column's. Everything about it changes in place, since its counter is state
// that a replacement would lose, and no statement restarts it. The column that it is dropped with is a part: a table whose
// default calls the sequence comes after it, and owns it after that.
func sequenceKind() kind {
	return kind{
		name: hclschema.KindSequence,
		properties: map[string][]string{
			hclschema.KindSequence: {
				hclschema.PropType, hclschema.PropStart, hclschema.PropIncrement, hclschema.PropMinValue, hclschema.PropMaxValue,
				hclschema.PropCache, hclschema.PropCycle, hclschema.PropUnlogged, hclschema.PropComment,
			},
			hclschema.KindSequenceOwner: {hclschema.PropOwnedBy},
		},
		accepts:     map[string][]string{hclschema.KindSequence: {hclschema.PropUnlogged, hclschema.PropComment}},
		create:      createSequence,
		drop:        dropSequence,
		alter:       alterSequence,
		rename:      renameSequence,
		dropHazards: dropSequenceHazards,
	}
}

// numbers are the options of a sequence with PostgreSQL's defaults filled in (CREATE SEQUENCE, "Parameters").
type numbers struct {
	typeText                          string
	start, increment, low, high, size int64
	cycle                             bool
}

// numbersOf are the options that an object declares.
func numbersOf(o *hclschema.Object) numbers {
	n := numbers{typeText: o.Properties.Text(hclschema.PropType), increment: 1, size: 1, cycle: o.Properties.Bool(hclschema.PropCycle)}
	if n.typeText == "" {
		n.typeText = "bigint"
	}
	set := func(into *int64, property string) {
		if value, ok := o.Properties[property].(hclschema.Int); ok {
			*into = int64(value)
		}
	}
	set(&n.increment, hclschema.PropIncrement)
	set(&n.size, hclschema.PropCache)
	n.low, n.high = bounds(n.typeText, n.increment)
	set(&n.low, hclschema.PropMinValue)
	set(&n.high, hclschema.PropMaxValue)
	n.start = n.first()
	set(&n.start, hclschema.PropStart)
	return n
}

// bounds are the default bounds of a sequence.
func bounds(typeText string, increment int64) (low, high int64) {
	high = largestOf(typeText)
	if increment < 0 {
		return -high - 1, -1
	}
	return 1, high
}

// first is where a sequence starts that doesn't say it.
func (n numbers) first() int64 {
	if n.increment < 0 {
		return n.high
	}
	return n.low
}

// set gives an object those options that aren't the default.
func (n numbers) set(o *hclschema.Object) {
	if n.typeText != "bigint" {
		o.Properties[hclschema.PropType] = text(n.typeText)
	}
	for name, value := range sequenceOptions(n.typeText, n.start, n.increment, n.low, n.high, n.size, n.cycle) {
		o.Properties[name] = value
	}
}

// clauses are those that lead from one set of options to the other.
func (n numbers) clauses(from numbers) []string {
	var list []string
	if n.typeText != from.typeText {
		list = append(list, "AS "+n.typeText)
	}
	// A new type moves the bounds that were the old type's own.
	retyped := n.typeText != from.typeText
	low, high := bounds(n.typeText, n.increment)
	add := func(word string, value, is, usual int64) {
		if value != is || retyped && value != usual {
			list = append(list, word+" "+strconv.FormatInt(value, 10))
		}
	}
	add("INCREMENT BY", n.increment, from.increment, n.increment)
	add("MINVALUE", n.low, from.low, low)
	add("MAXVALUE", n.high, from.high, high)
	add("START WITH", n.start, from.start, n.start)
	add("CACHE", n.size, from.size, n.size)
	if n.cycle != from.cycle {
		if n.cycle {
			list = append(list, "CYCLE")
		} else {
			list = append(list, "NO CYCLE")
		}
	}
	return list
}

func sequenceName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "SEQUENCE " + w.object(o.Identity) }
}

func createSequence(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	verb := "CREATE "
	if o.Properties.Bool(hclschema.PropUnlogged) {
		verb += "UNLOGGED "
	}
	w.Line(verb, sequenceName(o)(w))
	n := numbersOf(o)
	low, high := bounds(n.typeText, n.increment)
	usual := numbers{typeText: "bigint", increment: 1, size: 1, low: low, high: high, start: n.first()}
	if n.typeText != "bigint" { // AS comes with the bounds of its type
		w.Line("  AS ", n.typeText)
		usual.typeText = n.typeText
	}
	for _, clause := range n.clauses(usual) {
		w.Line("  ", clause)
	}
	if owner := ownerOf(unit); owner != nil {
		w.Line("  OWNED BY ", w.owner(owner))
	}
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, sequenceName(o))
}

// ownerOf is the part that names the owning column; nil for a sequence that stands by itself.
func ownerOf(unit drivers.Unit) *hclschema.Object {
	for _, o := range unit[1:] {
		if o.Identity.Kind == hclschema.KindSequenceOwner {
			return o
		}
	}
	return nil
}

// owner is the owning column as OWNED BY wants it.
func (w *writer) owner(o *hclschema.Object) string {
	record, _ := o.Properties[hclschema.PropOwnedBy].(hclschema.Record)
	return w.qualified(o.Identity.Schema, record["table"].String()) + "." + w.Name(record["column"].String())
}

func dropSequence(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", sequenceName(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

// dropSequenceHazards tells of a counter that gets lost. One that a column owns goes on from the column's values.
func dropSequenceHazards(drop drivers.UnitDrop) []drivers.Hazard {
	if ownerOf(drop.Unit) != nil {
		return nil
	}
	o := drop.Unit[0]
	return []drivers.Hazard{{Kind: drivers.Destroys, Object: o.Identity, Text: "the counter of " + o.Identity.String(), Rows: -1, Total: -1}}
}

func renameSequence(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER SEQUENCE ", w.object(rename.From), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
}

func alterSequence(change drivers.UnitChange) (drivers.Alteration, error) {
	before, after := change.Before[0], change.After[0]
	var alteration drivers.Alteration
	add := func(step drivers.Step, err error) error {
		alteration.Steps = append(alteration.Steps, step)
		return err
	}
	id := after.Identity
	for _, c := range change.Changes {
		if len(c.Properties) == 0 {
			alteration.Claims = append(alteration.Claims, drivers.Claim{Identity: c.Identity()})
		}
		alteration.Claims = append(alteration.Claims, claimAll(c.Identity(), c.Properties...)...)
	}
	if from, to := numbersOf(before), numbersOf(after); from != to {
		steps, err := renumber(after, from, to)
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, steps...)
		alteration.Hazards = append(alteration.Hazards, outOfBounds(before, from, to)...)
	}
	if unlogged := after.Properties.Bool(hclschema.PropUnlogged); unlogged != before.Properties.Bool(hclschema.PropUnlogged) {
		word := "LOGGED"
		if unlogged {
			word = "UNLOGGED"
		}
		w := newWriter()
		w.Line("ALTER ", sequenceName(after)(w), " SET ", word)
		if err := add(w.step("make "+id.String()+" "+lower(word), accessExclusive)); err != nil {
			return alteration, err
		}
	}
	if hclschema.Equal(before.Properties[hclschema.PropComment], after.Properties[hclschema.PropComment]) {
		return alteration, ownSequence(&alteration, change)
	}
	if err := add(commentStep(after, sequenceName(after))); err != nil {
		return alteration, err
	}
	return alteration, ownSequence(&alteration, change)
}

// ownSequence changes the owning column. A sequence that the plan makes for a column with rows goes on above their values.
func ownSequence(alteration *drivers.Alteration, change drivers.UnitChange) error {
	before, after := ownerOf(change.Before), ownerOf(change.After)
	id := change.After.Identity()
	var is, wanted hclschema.Value
	if before != nil {
		is = before.Properties[hclschema.PropOwnedBy]
	}
	if after != nil {
		wanted = after.Properties[hclschema.PropOwnedBy]
	}
	if hclschema.Equal(is, wanted) {
		return nil
	}
	w := newWriter()
	name, owner := "give "+id.String()+" to its column", "NONE"
	if after == nil {
		name = "take " + id.String() + " from its column"
	} else {
		owner = w.owner(after)
		if err := shareOwner(alteration, change, after); err != nil {
			return err
		}
	}
	w.Line("ALTER SEQUENCE ", w.object(id), " OWNED BY ", owner)
	step, err := w.step(name, shareRowExcl)
	if err != nil {
		return err
	}
	alteration.Steps = append(alteration.Steps, step)
	if after == nil || change.Start == nil || change.Start(id) != nil {
		return nil
	}
	column := change.Start(after.DependsOn[0])
	if column == nil {
		return nil
	}
	w = newWriter()
	goOn(w, w.Literal(w.object(id))+"::regclass", numbersOf(change.After[0]).increment < 0, column, "")
	if step, err = w.step("let "+id.String()+" go on behind the values of "+column.Identity.Name, ""); err != nil {
		return err
	}
	alteration.Steps = append(alteration.Steps, step)
	return nil
}

// shareOwner gives a sequence to the role whose the table of its column is, where one of them isn't ours: the engine wants them to be the
// same role's. Which that is, is asked of the server: a scratch database has other owners.
func shareOwner(alteration *drivers.Alteration, change drivers.UnitChange, of *hclschema.Object) error {
	record, _ := of.Properties[hclschema.PropOwnedBy].(hclschema.Record)
	sequence := change.After.Identity()
	id := hclschema.Identity{Kind: hclschema.KindTable, Schema: of.Identity.Schema, Name: record["table"].String()}
	known := change.After[0].Derived[derivedOwner]
	for _, find := range []func(hclschema.Identity) *hclschema.Object{change.Start, change.End} {
		if find == nil {
			continue
		}
		for _, id := range []hclschema.Identity{id, sequence} {
			if o := find(id); o != nil {
				known = cmp.Or(known, o.Derived[derivedOwner])
			}
		}
	}
	if known == "" {
		return nil
	}
	w := newWriter()
	owner := "(SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = " + w.Literal(w.object(id)) + "::regclass)"
	if err := w.execute("owner", "'ALTER SEQUENCE %s OWNER TO %I', "+w.Literal(w.object(sequence))+", "+owner); err != nil {
		return err
	}
	step, err := w.step("owner of "+sequence.String(), accessExclusive)
	alteration.Steps = append(alteration.Steps, step)
	return err
}

// needsSequences says that an object can't be without the sequences that its text takes numbers from.
func (l *linker) needsSequences(o *hclschema.Object, expr string) {
	if !strings.Contains(lower(expr), "nextval") {
		return
	}
	list := words(expr)
	for _, word := range list {
		for _, other := range l.named[word] {
			if other.Identity.Kind == hclschema.KindSequence && (other.Identity.Schema == "" || slices.Contains(list, other.Identity.Schema)) {
				l.needs(o, other)
			}
		}
	}
}
