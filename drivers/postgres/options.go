package postgres

import (
	"regexp"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// plainValue are values of options that need no quotes.
var plainValue = regexp.MustCompile(`^(-?[0-9]+(\.[0-9]+)?|[a-z_][a-z0-9_]*)$`)

// paramValue is the value of an option as SQL writes it: a number or a word as it is, another text as a string.
func paramValue(value string) string {
	if plainValue.MatchString(value) {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", "''") + "'"
}

// options are the options of a record as WITH and SET write them: fillfactor = 70, toast.autovacuum_enabled = false.
func (w *writer) options(record hclschema.Record) string {
	words := make([]string, 0, len(record))
	for _, name := range record.InOrder() {
		value := record[name].String()
		words = append(words, w.optionName(name)+" = "+paramValue(value))
	}
	return strings.Join(words, ", ")
}

// optionName is the name of an option, that of a toast table's with its prefix.
func (w *writer) optionName(name string) string {
	if rest, ok := strings.CutPrefix(name, "toast."); ok {
		return "toast." + w.Name(rest)
	}
	return w.Name(name)
}

// changedSettings are the options to reset and those to set that lead from some to others. What is set moves behind what stays: where the
// options wouldn't stand in the wanted order, all of them are set.
func changedSettings(was, is hclschema.Record) (reset []string, set hclschema.Record) {
	set = hclschema.Record{}
	var order []string
	for _, name := range was.InOrder() {
		switch {
		case is[name] == nil:
			reset = append(reset, name)
		case hclschema.Equal(was[name], is[name]):
			order = append(order, name)
		}
	}
	for _, name := range is.InOrder() {
		if !hclschema.Equal(was[name], is[name]) {
			set[name] = is[name]
			order = append(order, name)
		}
	}
	if !slices.Equal(order, is.InOrder()) {
		set = is
	}
	return reset, set
}

// record is a property that is a record; nil where it is absent.
func record(o *hclschema.Object, property string) hclschema.Record {
	r, _ := o.Properties[property].(hclschema.Record)
	return r
}
