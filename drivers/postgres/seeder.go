package postgres

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

var _ drivers.Seeder = Driver{}

// Given implements drivers.Seeder. Every value is a literal without a type, which the column gives it.
func (Driver) Given(_ *hclschema.Object, value hclschema.Evaluated) (string, error) {
	switch v := value.(type) {
	case hclschema.Null:
		return "NULL", nil
	case hclschema.Boolean:
		return quoting.Literal(strconv.FormatBool(bool(v)))
	case hclschema.Number:
		return quoting.Literal(string(v))
	case hclschema.String:
		return quoting.Literal(string(v))
	case hclschema.RawSQL: // x'ff', which PostgreSQL would take for bits
		return quoting.Literal(`\x` + strings.ToLower(string(v[2:len(v)-1])))
	}
	return "", fmt.Errorf("%T is no value of a row", value)
}

// Read implements drivers.Seeder: the text of a value, as the session's settings make it on every server.
func (Driver) Read(_ *hclschema.Object, sql string) string { return "CAST(" + sql + " AS text)" }

// bareNumber is a number that needs no quotes.
var bareNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// Literal implements drivers.Seeder. Numbers and truth values stand without quotes where that can't be misread.
func (Driver) Literal(column *hclschema.Object, text string) (string, error) {
	switch base := baseType(column); {
	case isNumber(base) && bareNumber.MatchString(text):
		return text, nil
	case base == "boolean" && (text == "true" || text == "false"):
		return text, nil
	}
	return quoting.Literal(text)
}

// Typed implements drivers.Seeder.
func (Driver) Typed(column *hclschema.Object, literal string) string {
	return "CAST(" + literal + " AS " + column.Properties.Text(hclschema.PropType) + ")"
}

// Declared implements drivers.Seeder.
func (Driver) Declared(column *hclschema.Object, text string) (hclschema.Evaluated, bool) {
	switch base := baseType(column); {
	case isNumber(base) && bareNumber.MatchString(text):
		return hclschema.Number(text), true
	case base == "boolean":
		return hclschema.Boolean(text == "true"), true
	}
	return hclschema.String(text), true
}

// Trial implements drivers.Seeder: a table that is like the other one takes the rows, without its foreign keys and triggers.
func (Driver) Trial(_ *hclschema.State, table *hclschema.Object, key []string, n int) (statements []string, name string) {
	w := newWriter()
	name = "duo_orm_rows_" + strconv.Itoa(n)
	return []string{
		"CREATE TEMPORARY TABLE " + name + " (LIKE " + w.object(table.Identity) + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY INCLUDING GENERATED)",
		"CREATE UNIQUE INDEX ON " + name + " (" + w.Names(key) + ")",
	}, "pg_temp." + name
}

// Overriding implements drivers.Seeder.
func (Driver) Overriding(columns []*hclschema.Object) string {
	always := func(o *hclschema.Object) bool {
		identity, ok := o.Properties[hclschema.PropIdentity].(hclschema.Record)
		return ok && generatedWord(identity) == "GENERATED ALWAYS"
	}
	if slices.ContainsFunc(columns, always) {
		return "OVERRIDING SYSTEM VALUE"
	}
	return ""
}

// Counter implements drivers.Seeder.
func (Driver) Counter(state *hclschema.State, column *hclschema.Object) (drivers.Step, bool, error) {
	counter := counterOf(column)
	if counter == "" {
		return drivers.Step{}, false, nil
	}
	table := &tableUnit{table: state.Get(hclschema.Identity{Kind: hclschema.KindTable, Schema: column.Identity.Schema, Name: column.Identity.Parent})}
	a := &tableChange{UnitChange: drivers.UnitChange{End: state.Get}, after: table}
	w := newWriter()
	goOn(w, a.sequenceOf(w, column, counter), a.descends(column, counter), column, "")
	step, err := w.step("set the counter of "+column.Identity.String(), "ACCESS SHARE")
	step.Because = "the counter goes on behind the rows that models declare"
	return step, true, err
}

// RowLock implements drivers.Seeder.
func (Driver) RowLock() string { return "ROW EXCLUSIVE" }

// baseType is the type of a column without its size.
func baseType(column *hclschema.Object) string {
	base, _, _ := strings.Cut(column.Properties.Text(hclschema.PropType), "(")
	return strings.TrimSpace(base)
}

func isNumber(base string) bool {
	return slices.Contains([]string{"smallint", "integer", "bigint", "numeric", "real", "double precision"}, base)
}
