package postgres

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// derivedColumns is the name of the shape of a view's result in Object.Derived: a JSON list of name, type and collation.
const derivedColumns = "columns"

// extends says that the result of the new query begins with the columns of the old one, which is what CREATE OR REPLACE VIEW
// wants. Where a shape isn't known it doesn't.
func extends(before, after *hclschema.Object) bool {
	var old, now [][]string
	if json.Unmarshal([]byte(before.Derived[derivedColumns]), &old) != nil || json.Unmarshal([]byte(after.Derived[derivedColumns]), &now) != nil {
		return false
	}
	if len(old) > len(now) {
		return false
	}
	for i, column := range old {
		if fmt.Sprint(column) != fmt.Sprint(now[i]) {
			return false
		}
	}
	return true
}

// resultComments are the steps that comment the columns of a view's result where before and after, records, differ.
func resultComments(o *hclschema.Object, before, after hclschema.Value) ([]drivers.Step, error) {
	return perColumn(o, before, after, func(w *writer, column string, value hclschema.Value) string {
		text := "NULL"
		if value != nil {
			text = w.Literal(value.String())
		}
		w.Line("COMMENT ON COLUMN ", w.object(o.Identity), ".", w.Name(column), " IS ", text)
		return "comment on column " + column + " of " + o.Identity.String()
	})
}

// resultSettings are the same for how a materialized view stores its columns.
func resultSettings(o *hclschema.Object, before, after hclschema.Value) ([]drivers.Step, error) {
	was, _ := before.(hclschema.Record)
	return perColumn(o, before, after, func(w *writer, column string, value hclschema.Value) string {
		old, _ := was[column].(hclschema.Record)
		own, _ := value.(hclschema.Record)
		var actions []string
		for _, action := range storageActions(w, old, own, resultType(o, column)) {
			actions = append(actions, "ALTER COLUMN "+w.Name(column)+" "+action)
		}
		w.Line("ALTER ", materializedName(o)(w))
		w.List(actions)
		return "storage of column " + column + " of " + o.Identity.String()
	})
}

// storageActions are the actions of ALTER COLUMN that lead from one way to store a column of a type to another.
func storageActions(w *writer, was, is hclschema.Record, of string) []string {
	var actions []string
	for _, setting := range []struct{ property, word, usual string }{
		{hclschema.PropStorage, "STORAGE", typeStorage(of)}, {hclschema.PropCompression, "COMPRESSION", defaultCompression}, {hclschema.PropStatistics, "STATISTICS", "-1"},
	} {
		if hclschema.Equal(was[setting.property], is[setting.property]) {
			continue
		}
		value := setting.usual
		if own := is[setting.property]; own != nil {
			value = own.String()
		}
		actions = append(actions, "SET "+setting.word+" "+value)
	}
	if hclschema.Equal(was[hclschema.PropOptions], is[hclschema.PropOptions]) {
		return actions
	}
	old, _ := was[hclschema.PropOptions].(hclschema.Record)
	options, _ := is[hclschema.PropOptions].(hclschema.Record)
	if gone := missing(old.Names(), options.Names()); len(gone) > 0 {
		actions = append(actions, "RESET ("+strings.Join(gone, ", ")+")")
	}
	if len(options) > 0 {
		actions = append(actions, "SET ("+w.options(options)+")")
	}
	return actions
}

// resultType is the type of a column of a view's result; empty where it isn't known.
func resultType(o *hclschema.Object, column string) string {
	var shape [][]string
	if json.Unmarshal([]byte(o.Derived[derivedColumns]), &shape) != nil {
		return ""
	}
	for _, part := range shape {
		if len(part) > 1 && part[0] == column {
			return part[1]
		}
	}
	return ""
}

// resultDefaults are the same for the defaults of rows that are inserted through the view.
func resultDefaults(o *hclschema.Object, before, after hclschema.Value) ([]drivers.Step, error) {
	return perColumn(o, before, after, func(w *writer, column string, value hclschema.Value) string {
		action := " DROP DEFAULT"
		if value != nil {
			action = " SET DEFAULT " + value.String()
		}
		w.Line("ALTER VIEW ", w.object(o.Identity), " ALTER COLUMN ", w.Name(column), action)
		return "default of column " + column + " of " + o.Identity.String()
	})
}

// perColumn is a step for each column whose value differs: write writes the statement and returns the step's name. value is
// nil where there is none any more.
func perColumn(o *hclschema.Object, before, after hclschema.Value, write func(w *writer, column string, value hclschema.Value) string) ([]drivers.Step, error) {
	was, _ := before.(hclschema.Record)
	is, _ := after.(hclschema.Record)
	both := hclschema.Record{}
	for _, record := range []hclschema.Record{was, is} {
		for name, value := range record {
			both[name] = value
		}
	}
	var steps []drivers.Step
	for _, column := range both.Names() {
		if hclschema.Equal(was[column], is[column]) {
			continue
		}
		if is[column] == nil && !hasColumn(o, column) {
			continue // it went with the column
		}
		w := newWriter()
		name := write(w, column, is[column])
		step, err := w.step(name, shareUpdateExcl)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// hasColumn says whether a view's result has the column, as far as is known.
func hasColumn(o *hclschema.Object, column string) bool {
	var shape [][]string
	if json.Unmarshal([]byte(o.Derived[derivedColumns]), &shape) != nil {
		return true
	}
	for _, part := range shape {
		if len(part) > 0 && part[0] == column {
			return true
		}
	}
	return false
}

// pairs are the values of a JSON list of pairs, as a record; nil for an empty list.
func pairs(list string, value func(string) hclschema.Value) (hclschema.Record, error) {
	var all [][2]string
	if err := json.Unmarshal([]byte(list), &all); err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, nil
	}
	record := hclschema.Record{}
	for _, pair := range all {
		record[pair[0]] = value(pair[1])
	}
	return record, nil
}
