package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Settle implements hclschema.Dialect. It gives what models leave to the engine the form that the engine gives it: names of
// constraints, the sequences of serial columns, the columns that a foreign key refers to, literals as defaults.
func (Driver) Settle(state *hclschema.State) *hclschema.State {
	state = withoutStandardExtension(state)
	s := &settler{state: state, changed: map[*hclschema.Object]*hclschema.Object{}, names: takenNames(state)}
	for _, o := range state.Objects() {
		switch o.Identity.Kind {
		case hclschema.KindColumn:
			s.column(o)
		case hclschema.KindPrimaryKey:
			s.primaryKey(o)
		case hclschema.KindForeignKey:
			s.foreignKey(o)
		case hclschema.KindUnique, hclschema.KindExclude, hclschema.KindCheck:
			if o.Identity.Unnamed {
				s.name(s.change(o), s.names)
			}
		}
	}
	if len(s.changed) == 0 {
		return state
	}
	return s.result()
}

// withoutStandardExtension leaves plpgsql out, which every database has and which is no object therefore.
func withoutStandardExtension(state *hclschema.State) *hclschema.State {
	id := hclschema.Identity{Kind: hclschema.KindExtension, Name: "plpgsql"}
	if state.Get(id) == nil {
		return state
	}
	rest := state.NewLike()
	for _, o := range state.Objects() {
		if o.Identity == id {
			continue
		}
		if slices.Contains(o.DependsOn, id) {
			o = o.Clone()
			o.DependsOn = slices.DeleteFunc(o.DependsOn, func(other hclschema.Identity) bool { return other == id })
		}
		rest.AddNext(o)
	}
	return rest
}

// settler collects what changes.
type settler struct {
	state   *hclschema.State
	changed map[*hclschema.Object]*hclschema.Object
	added   []*hclschema.Object
	names   names
}

// change is the copy of an object that may be changed.
func (s *settler) change(o *hclschema.Object) *hclschema.Object {
	if s.changed[o] == nil {
		s.changed[o] = o.Clone()
	}
	return s.changed[o]
}

// current is an object as it is by now.
func (s *settler) current(o *hclschema.Object) *hclschema.Object {
	if changed := s.changed[o]; changed != nil {
		return changed
	}
	return o
}

func (s *settler) result() *hclschema.State {
	result := s.state.NewLike()
	for _, o := range s.state.Objects() {
		result.AddNext(s.current(o))
	}
	for _, o := range s.added {
		result.AddNext(o)
	}
	return result
}

func (s *settler) column(o *hclschema.Object) {
	p := o.Properties
	if p.Bool(hclschema.PropAutoIncrement) {
		changed := s.change(o)
		delete(changed.Properties, hclschema.PropAutoIncrement)
		if changed.Properties[hclschema.PropIdentity] == nil {
			changed.Properties[hclschema.PropIdentity] = hclschema.Record{"generated": hclschema.Text("BY_DEFAULT")}
		}
	}
	if word := p.Text(hclschema.PropType); serialType(word) != "" {
		s.serial(s.change(o), serialType(word))
	}
	now := s.current(o).Properties
	if now[hclschema.PropIdentity] != nil {
		s.notNull(o)
	}
	if value, ok := now[hclschema.PropDefault]; ok {
		if engine := literalDefault(value.String(), now.Text(hclschema.PropType), s.isEnum); engine != "" && engine != value.String() {
			s.change(o).Properties[hclschema.PropDefault] = text(engine)
		}
	}
}

func (s *settler) notNull(o *hclschema.Object) {
	if s.current(o).Properties.Bool(hclschema.PropNull) {
		delete(s.change(o).Properties, hclschema.PropNull)
	}
}

// isEnum says that a type is an enum of the state.
func (s *settler) isEnum(typeText string) bool {
	for _, o := range s.state.Objects() {
		if o.Identity.Kind == hclschema.KindEnum && typeOf(o.Identity) == typeText {
			return true
		}
	}
	return false
}

// serialType is the integer type of a serial word; empty for any other type.
func serialType(word string) string {
	switch lower(word) {
	case "smallserial", "serial2":
		return "smallint"
	case "serial", "serial4":
		return "integer"
	case "bigserial", "serial8":
		return "bigint"
	}
	return ""
}

// serial makes a column of an integer type with a sequence of its own of it, as CREATE TABLE does.
func (s *settler) serial(o *hclschema.Object, typeText string) {
	id := hclschema.Identity{Kind: hclschema.KindSequence, Schema: o.Identity.Schema}
	id.Name = s.names.relation(id.Schema, o.Identity.Parent, o.Identity.Name, "seq")
	sequence := &hclschema.Object{Identity: id, Properties: hclschema.Properties{}, Range: o.Range}
	if typeText != "bigint" {
		sequence.Properties[hclschema.PropType] = text(typeText)
	}
	owner := hclschema.SequenceOwner(id, o.Identity.Parent, o.Identity.Name)
	owner.Range = o.Range
	s.added = append(s.added, sequence, owner)
	o.Properties[hclschema.PropType] = text(typeText)
	o.Properties[hclschema.PropDefault] = text("nextval('" + strings.ReplaceAll(newWriter().object(id), "'", "''") + "'::regclass)")
	delete(o.Properties, hclschema.PropNull)
	o.DependsOn = append(o.DependsOn, id)
}

// primaryKey names a key and forbids NULL in its columns.
func (s *settler) primaryKey(o *hclschema.Object) {
	if o.Properties.Text(hclschema.PropName) == "" {
		s.change(o).Properties[hclschema.PropName] = hclschema.Text(s.names.index(o.Identity.Schema, o.Identity.Parent, "", "pkey"))
	}
	for _, name := range partNames(o) {
		if column := s.state.Get(hclschema.Identity{Kind: hclschema.KindColumn, Schema: o.Identity.Schema, Parent: o.Identity.Parent, Name: name}); column != nil {
			s.notNull(column)
		}
	}
}

func (s *settler) foreignKey(o *hclschema.Object) {
	p := o.Properties
	if p.Text(hclschema.PropMatch) == "SIMPLE" {
		delete(s.change(o).Properties, hclschema.PropMatch)
	}
	if p[hclschema.PropRefColumns] == nil {
		target := hclschema.Identity{Kind: hclschema.KindPrimaryKey, Schema: p.Text(hclschema.PropRefSchema), Parent: p.Text(hclschema.PropRefTable)}
		if key := s.state.Get(target); key != nil {
			s.change(o).Properties[hclschema.PropRefColumns] = nameList(partNames(key))
		}
	}
	if o.Identity.Unnamed {
		s.name(s.change(o), s.names)
	}
}

// partNames are the columns of a key in order.
func partNames(o *hclschema.Object) []string {
	var names []string
	for _, value := range o.Properties.List(hclschema.PropColumns) {
		if part, ok := value.(hclschema.Record); ok {
			value = part["column"]
		}
		if value != nil {
			names = append(names, value.String())
		}
	}
	return names
}
