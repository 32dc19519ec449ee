package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// foreignOptions are options of foreign data as CREATE writes them, with a space before them; empty for none.
func (w *writer) foreignOptions(options hclschema.Record) string {
	if len(options) == 0 {
		return ""
	}
	words := make([]string, 0, len(options))
	for _, name := range options.InOrder() {
		words = append(words, w.Name(name)+" "+w.Literal(options[name].String()))
	}
	return " OPTIONS (" + strings.Join(words, ", ") + ")"
}

// changedOptions are the options in the form in which ALTER leads from some to others. What is added stands behind what stays: what would
// stand before it goes, and is added again.
func (w *writer) changedOptions(was, is hclschema.Record) string {
	var words, stay []string
	for _, name := range was.InOrder() {
		if is[name] != nil {
			stay = append(stay, name)
		}
	}
	wanted := is.InOrder()
	stays := func(name string) bool {
		at := slices.Index(stay, name)
		return at >= 0 && slices.Equal(stay[:at+1], wanted[:at+1])
	}
	for _, name := range was.InOrder() {
		if !stays(name) {
			words = append(words, "DROP "+w.Name(name))
		}
	}
	for _, name := range wanted {
		switch {
		case !stays(name):
			words = append(words, "ADD "+w.Name(name)+" "+w.Literal(is[name].String()))
		case !hclschema.Equal(was[name], is[name]):
			words = append(words, "SET "+w.Name(name)+" "+w.Literal(is[name].String()))
		}
	}
	return "OPTIONS (" + strings.Join(words, ", ") + ")"
}

// optionsInPlace changes the options of an object that stands by itself.
func optionsInPlace() inPlaceChange {
	return inPlaceChange{hclschema.PropOptions, func(before, after *hclschema.Object) ([]drivers.Step, error) {
		w := newWriter()
		w.Line("ALTER ", w.described(after))
		w.Indented(func() {
			w.Line(w.changedOptions(record(before, hclschema.PropOptions), record(after, hclschema.PropOptions)))
		})
		return one(w.step("options of "+after.Identity.String(), ""))
	}}
}

// setOptions sets the options that an object has in the catalogue, name=value each, and says why it can't be carried where one
// of them seems to be a secret. Its value is left where it is.
func (r *reader) setOptions(o *hclschema.Object, options []string) (carried bool) {
	record := optionSettings(options)
	for _, name := range record.Names() {
		if hclschema.IsSecretOption(name) {
			r.cannot(o.Identity, secretReason(name))
			return false
		}
	}
	if len(record) > 0 {
		o.Properties[hclschema.PropOptions] = record
	}
	return true
}

// secretReason says why an object with a secret isn't carried.
func secretReason(option string) string {
	return "its option " + printable(option) + " may hold a secret, which has no place in models and revisions"
}
