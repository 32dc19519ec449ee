package hclschema

import (
	"strconv"

	"github.com/hashicorp/hcl/v2"
)

// sequenceKind is sequence "numbers" { type = bigint, start = 1000, owner = table.t.column.id }.
type sequenceKind struct{}

// Reference implements Kind.
func (sequenceKind) Reference() KindReference {
	return KindReference{
		Name: KindSequence, Text: "A sequence: a counter with a name.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "type", Text: "smallint, integer or bigint, which is the default."},
			NameReference{Name: "start", Text: "The first number."},
			NameReference{Name: "increment", Text: "What is added for the next one; a sequence with a negative increment goes down."},
			NameReference{Name: "min_value", Text: "The lowest number."},
			NameReference{Name: "max_value", Text: "The highest number."},
			NameReference{Name: "cache", Text: "How many numbers a session takes at once."},
			NameReference{Name: "cycle", Text: "Begins again at the other end instead of failing."},
			NameReference{Name: "unlogged", Text: "Keeps the counter out of the write-ahead log.", Engines: "PostgreSQL"},
			NameReference{Name: "owner", Text: "The column that the sequence is dropped with: table.users.column.id. For one that has no column, with manage_privileges, the role that owns it: role.app or \"app\"."},
		),
	}
}

func sequenceNumbers() []string {
	return []string{PropStart, PropIncrement, PropMinValue, PropMaxValue, PropCache}
}

func (sequenceKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	if a := given(b, "type"); a != nil {
		if spelled, ok := l.typeText(a, o, TypeUse{}); ok {
			o.Properties[PropType] = spelled
		}
	}
	for _, name := range sequenceNumbers() {
		l.setInt(b, name, o, name)
	}
	l.setBool(b, "cycle", o, PropCycle)
	l.setBool(b, "unlogged", o, PropUnlogged)
	l.add(o)
	if a := given(b, "owner"); a != nil && namesRole(a.Value) {
		l.owner(b, o)
	} else if a != nil {
		l.sequenceOwner(a, id, b.Range)
	}
}

// sequenceOwner reads the owning column, a part of its own: the table comes after its sequence, and owns it after that.
func (l *loading) sequenceOwner(a *Attribute, sequence Identity, place hcl.Range) {
	reference, ok := a.Value.(Reference)
	if !ok {
		l.wants(a.ValueRange, "owner", "a reference such as table.users.column.id", a.Value)
		return
	}
	p, ok := parsePath(reference.Path)
	if !ok || p.kind != KindTable || p.column == "" {
		l.fail(failure(a.ValueRange, "Wrong reference", "%s leads to no column of a table. Write table.users.column.id.", referenceText(reference)))
		return
	}
	table := l.resolve(p, a.ValueRange)
	if table == nil {
		return
	}
	if !l.hasColumn(table, p.column) {
		l.unknownColumn(a.ValueRange, table, p.column)
		return
	}
	if table.identity.Schema != sequence.Schema {
		l.fail(failure(a.ValueRange, "Owner in another schema", "A sequence lies in the schema of the table that owns it. Give both the same attribute schema, or take owner away."))
		return
	}
	o := SequenceOwner(sequence, table.identity.Name, p.column)
	o.Range = place
	l.add(o)
}

// SequenceOwner is the part of a sequence that says which column it is dropped with. The table lies in the sequence's schema.
func SequenceOwner(sequence Identity, table, column string) *Object {
	return &Object{
		Identity:   SequenceOwnerIdentity(sequence),
		Properties: Properties{PropOwnedBy: Record{"table": Text(table), "column": Text(column)}},
		DependsOn:  []Identity{{Kind: KindColumn, Schema: sequence.Schema, Parent: table, Name: column}},
		Detachable: true,
	}
}

// SequenceOwnerIdentity is the identity of the part of a sequence that names its owning column.
func SequenceOwnerIdentity(sequence Identity) Identity {
	return Identity{Kind: KindSequenceOwner, Schema: sequence.Schema, Parent: sequence.Name}
}

// OwningColumn is the identity of the column that a sequence of the state is dropped with; false where there is none.
func OwningColumn(state *State, sequence Identity) (Identity, bool) {
	o := state.Get(SequenceOwnerIdentity(sequence))
	if o == nil {
		return Identity{}, false
	}
	owner, ok := o.Properties[PropOwnedBy].(Record)
	if !ok {
		return Identity{}, false
	}
	return Identity{Kind: KindColumn, Schema: sequence.Schema, Parent: owner["table"].String(), Name: owner["column"].String()}, true
}

// setInt sets a property to a whole number.
func (l *loading) setInt(b *Block, name string, o *Object, property string) {
	if a := given(b, name); a != nil {
		if n, ok := l.integer(a); ok {
			o.Properties[property] = Int(n)
		}
	}
}

// integer is a whole number of 64 bits.
func (l *loading) integer(a *Attribute) (int64, bool) {
	number, ok := a.Value.(Number)
	if !ok {
		l.wants(a.ValueRange, a.Name, "a whole number", a.Value)
		return 0, false
	}
	n, err := strconv.ParseInt(string(number), 10, 64)
	if err != nil {
		l.fail(failure(a.ValueRange, "Wrong number", "%s is a whole number from -9223372036854775808 to 9223372036854775807, and %s is none.", a.Name, number))
		return 0, false
	}
	return n, true
}

func (sequenceKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	if t, ok := o.Properties[PropType]; ok {
		w.attribute("type", w.typeText(o, t))
	}
	for _, name := range sequenceNumbers() {
		w.integer(o, name)
	}
	w.boolean(o, PropCycle)
	w.boolean(o, PropUnlogged)
	w.sequenceOwner(o)
	w.common(o)
	w.close()
}

// sequenceOwner writes the owning column.
func (w *writer) sequenceOwner(o *Object) {
	id, ok := OwningColumn(w.state, o.Identity)
	if !ok {
		return
	}
	table := Identity{Kind: KindTable, Schema: id.Schema, Name: id.Parent}
	w.attribute("owner", objectPath(table)+".column"+step(id.Name))
}

// integer writes a property that is a whole number.
func (w *writer) integer(o *Object, property string) {
	if n, ok := o.Properties[property].(Int); ok {
		w.attribute(property, n.String())
	}
}
