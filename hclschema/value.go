package hclschema

import (
	"sort"
	"strconv"
	"strings"
)

// Value is one property of an object: a Bool, an Int, a Text, a Spelled, a Setting, a List or a Record.
type Value interface {
	// Key is what is compared: two values are equal exactly when their keys are.
	Key() string
	// String is the value as a person reads it.
	String() string
}

// Bool is a property that holds or doesn't. A false Bool is left out of Properties.
type Bool bool

// Int is a whole number.
type Int int64

// Text is compared to the letter: a comment, a keyword of the model language such as CASCADE.
type Text string

// Spelled is a text of the engine that can be written in more than one way: a name, a type, an expression, a query.
// Text is kept for writing, Canonical alone is compared.
type Spelled struct {
	Text      string
	Canonical string
}

// Setting is the value of an option in a Record of options, which the engine keeps and shows in the order in which they were given. Text alone
// is compared; Place, from 0, is for writing.
type Setting struct {
	Text  string
	Place int
}

// List is a sequence whose order counts.
type List []Value

// Record is a set of named values, such as one part of an index.
type Record map[string]Value

// Key implements Value.
func (v Bool) Key() string { return strconv.FormatBool(bool(v)) }

// String implements Value.
func (v Bool) String() string { return v.Key() }

// Key implements Value.
func (v Int) Key() string { return strconv.FormatInt(int64(v), 10) }

// String implements Value.
func (v Int) String() string { return v.Key() }

// Key implements Value.
func (v Text) Key() string { return strconv.Quote(string(v)) }

// String implements Value.
func (v Text) String() string { return string(v) }

// Key implements Value.
func (v Spelled) Key() string { return strconv.Quote(v.Canonical) }

// String implements Value.
func (v Spelled) String() string { return v.Text }

// Key implements Value: that of a Text.
func (v Setting) Key() string { return Text(v.Text).Key() }

// String implements Value.
func (v Setting) String() string { return v.Text }

// Key implements Value.
func (v List) Key() string { return "[" + join(v, ",", Value.Key) + "]" }

// String implements Value.
func (v List) String() string { return join(v, ", ", Value.String) }

// Key implements Value.
func (v Record) Key() string {
	var b strings.Builder
	b.WriteByte('{')
	for _, name := range v.Names() {
		b.WriteString(strconv.Quote(name))
		b.WriteByte(':')
		b.WriteString(v[name].Key())
		b.WriteByte(';')
	}
	b.WriteByte('}')
	return b.String()
}

// String implements Value: the fields in the order of their names.
func (v Record) String() string {
	var words []string
	for _, name := range v.Names() {
		if value := v[name]; value == Bool(true) {
			words = append(words, name)
		} else {
			words = append(words, name+" "+value.String())
		}
	}
	return strings.Join(words, " ")
}

// Names are the names of the fields, sorted.
func (v Record) Names() []string { return sortedKeys(v) }

// InOrder are the names of the fields in the order of their places, where they are Settings, else sorted.
func (v Record) InOrder() []string {
	place := func(name string) int {
		setting, _ := v[name].(Setting)
		return setting.Place
	}
	names := v.Names()
	sort.SliceStable(names, func(a, b int) bool { return place(names[a]) < place(names[b]) })
	return names
}

// Equal says whether two values, either of which may be nil for an absent property, are the same.
func Equal(a, b Value) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Key() == b.Key()
}

func join(values []Value, separator string, text func(Value) string) string {
	words := make([]string, len(values))
	for i, value := range values {
		words[i] = text(value)
	}
	return strings.Join(words, separator)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
