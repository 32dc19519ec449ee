package sqlite

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

var _ drivers.Seeder = Driver{}

// Given implements drivers.Seeder. A number stands bare, so that the column's affinity decides.
func (Driver) Given(_ *hclschema.Object, value hclschema.Evaluated) (string, error) {
	switch v := value.(type) {
	case hclschema.Null:
		return "NULL", nil
	case hclschema.Boolean:
		if v {
			return "1", nil
		}
		return "0", nil
	case hclschema.Number:
		return string(v), nil
	case hclschema.String:
		return quoting.Literal(string(v))
	case hclschema.RawSQL:
		return string(v), nil
	}
	return "", fmt.Errorf("%T is no value of a row", value)
}

// Read implements drivers.Seeder: the value as the literal that SQLite writes for it. quote() stops at a NUL within a text, which
// is therefore written as the bytes that it is made of.
func (Driver) Read(_ *hclschema.Object, sql string) string {
	return "CASE WHEN " + sql + " IS NULL THEN NULL WHEN typeof(" + sql + ") = 'text' AND instr(" + sql + ", char(0)) > 0" +
		" THEN 'CAST(x''' || hex(" + sql + ") || ''' AS TEXT)' ELSE quote(" + sql + ") END"
}

// readLiteral is what Read gives.
var readLiteral = regexp.MustCompile(`^(-?[0-9][0-9.]*([eE][-+]?[0-9]+)?|'([^']|'')*'|[xX]'[0-9a-fA-F]*'|CAST\(x'[0-9A-F]*' AS TEXT\))$`)

// Literal implements drivers.Seeder.
func (Driver) Literal(_ *hclschema.Object, text string) (string, error) {
	if !readLiteral.MatchString(text) || strings.ContainsRune(text, 0) {
		return "", errors.New("a value can't be written as a literal of SQLite")
	}
	return text, nil
}

// Typed implements drivers.Seeder: a literal tells its type itself.
func (Driver) Typed(_ *hclschema.Object, literal string) string { return literal }

// Declared implements drivers.Seeder.
func (Driver) Declared(_ *hclschema.Object, text string) (hclschema.Evaluated, bool) {
	switch {
	case strings.HasPrefix(text, "'"):
		return hclschema.String(strings.ReplaceAll(text[1:len(text)-1], "''", "'")), true
	case strings.HasPrefix(text, "X'"), strings.HasPrefix(text, "x'"):
		return hclschema.RawSQL(text), true
	case strings.HasPrefix(text, "CAST("):
		return nil, false
	}
	if n, err := strconv.ParseFloat(text, 64); err != nil || math.IsInf(n, 0) {
		return nil, false
	}
	return hclschema.Number(text), true
}

// Trial implements drivers.Seeder. The table itself takes the rows, without its triggers: foreign keys aren't enforced then.
func (Driver) Trial(state *hclschema.State, table *hclschema.Object, _ []string, _ int) (statements []string, name string) {
	for _, o := range state.Children(table.Identity.Schema, table.Identity.Name) {
		if o.Identity.Kind == hclschema.KindTrigger {
			statements = append(statements, "DROP TRIGGER "+quoting.QuoteName(o.Identity.Name))
		}
	}
	return statements, quoting.QuoteName(table.Identity.Name)
}

// Overriding implements drivers.Seeder.
func (Driver) Overriding([]*hclschema.Object) string { return "" }

// Counter implements drivers.Seeder: a rowid, with AUTOINCREMENT or without, goes on behind the largest by itself.
func (Driver) Counter(*hclschema.State, *hclschema.Object) (drivers.Step, bool, error) {
	return drivers.Step{}, false, nil
}

// RowLock implements drivers.Seeder.
func (Driver) RowLock() string { return writers }
