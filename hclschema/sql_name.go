package hclschema

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// namer is a dialect that can write a name in SQL, as drivers do.
type namer interface{ QuoteName(name string) string }

// sqlPath is an object's name as SQL has it where the default schema is looked through: sales.orders, "Odd name". The types
// of a function's arguments are left out.
func sqlPath(d Dialect, id Identity) string {
	quote := func(name string) string { return name }
	if n, ok := d.(namer); ok {
		quote = n.QuoteName
	}
	name := id.Name
	switch id.Kind {
	case KindFunction, KindProcedure, KindAggregate:
		name, _, _ = strings.Cut(name, "(")
	}
	if id.Schema == "" {
		return quote(name)
	}
	return quote(id.Schema) + "." + quote(name)
}

// sqlName is the name of an object as SQL has it: one name, bare or in quotes; a reference to an object of one of the kinds,
// which the other object then depends on; or sql("…") for a name with a schema.
func (l *loading) sqlName(a *Attribute, o *Object, kinds ...string) (Spelled, bool) {
	return l.sqlNameOf(a.Value, a.ValueRange, a.Name, o, kinds...)
}

func (l *loading) sqlNameOf(v Evaluated, place hcl.Range, name string, o *Object, kinds ...string) (Spelled, bool) {
	switch v := v.(type) {
	case Word:
		if !v.Called {
			text := sqlPath(l.dialect, Identity{Name: v.Name})
			return Spelled{Text: text, Canonical: text}, true
		}
	case String:
		text := sqlPath(l.dialect, Identity{Name: string(v)})
		return Spelled{Text: text, Canonical: text}, l.checkName(string(v), place)
	case RawSQL:
		text := strings.TrimSpace(string(v))
		return Spelled{Text: text, Canonical: text}, l.checkName(text, place)
	case Reference:
		id, ok := l.referred(v, place, name, kinds...)
		if ok && id != o.Identity && !slices.Contains(o.DependsOn, id) {
			o.DependsOn = append(o.DependsOn, id)
		}
		text := sqlPath(l.dialect, id)
		return Spelled{Text: text, Canonical: text}, ok
	}
	l.wants(place, name, "a name in quotes", v)
	return Spelled{}, false
}

// setSQLName sets a property to the name of an object.
func (l *loading) setSQLName(b *Block, name string, o *Object, property string, kinds ...string) {
	if a := given(b, name); a != nil {
		if spelled, ok := l.sqlName(a, o, kinds...); ok {
			o.Properties[property] = spelled
		}
	}
}

// sqlName is the name of an object as models write it: a reference where the state has the one object of that name, one name in
// quotes, or sql("…").
func (w *writer) sqlName(text string, kinds ...string) string {
	var found *Object
	for _, o := range w.state.Objects() {
		if slices.Contains(kinds, o.Identity.Kind) && sqlPath(w.dialect, o.Identity) == text {
			if found != nil {
				return "sql(" + quoteHCL(text) + ")"
			}
			found = o
		}
	}
	if found != nil {
		return objectPath(found.Identity)
	}
	name := text
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		name = strings.ReplaceAll(text[1:len(text)-1], `""`, `"`)
	}
	if name != "" && sqlPath(w.dialect, Identity{Name: name}) == text {
		return quoteHCL(name)
	}
	return "sql(" + quoteHCL(text) + ")"
}

// setSQLName writes a property that is the name of an object.
func (w *writer) setSQLName(o *Object, name, property string, kinds ...string) {
	if text := o.Properties.Text(property); text != "" {
		w.attribute(name, w.sqlName(text, kinds...))
	}
}
