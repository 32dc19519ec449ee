package postgres

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// typeParts takes a type as the engine writes it apart: numeric(10,2)[] is numeric, its modifiers 10 and 2, an array.
type typeParts struct {
	base      string
	modifiers []int
	array     bool
}

var modified = regexp.MustCompile(`^([^(]*)\(([0-9, -]+)\)(.*)$`)

func partsOfType(text string) typeParts {
	var p typeParts
	for strings.HasSuffix(text, "[]") {
		text, p.array = strings.TrimSuffix(text, "[]"), true
	}
	if m := modified.FindStringSubmatch(text); m != nil {
		for _, number := range strings.Split(m[2], ",") {
			n, err := strconv.Atoi(strings.TrimSpace(number))
			if err == nil {
				p.modifiers = append(p.modifiers, n)
			}
		}
		text = m[1] + m[3]
	}
	p.base = text
	return p
}

// families are types whose values compare with each other and convert without a word.
var families = map[string]string{
	"smallint": "number", "integer": "number", "bigint": "number", "numeric": "number", "real": "number", "double precision": "number",
	"text": "text", "character varying": "text", "character": "text", "name": "text", "citext": "text",
	"date": "time", "timestamp without time zone": "time", "timestamp with time zone": "time",
	"time without time zone": "clock", "time with time zone": "clock",
	"json": "json", "jsonb": "json", "inet": "address", "cidr": "address", "bit": "bits", "bit varying": "bits",
	"boolean": "boolean", "uuid": "uuid", "bytea": "bytea", "interval": "interval", "money": "money", "xml": "xml", "macaddr": "mac", "macaddr8": "mac",
}

// family is the family of a type; a type that has none is its own.
func family(p typeParts) string {
	name := families[p.base]
	if name == "" {
		name = p.base
	}
	if p.array {
		name += "[]"
	}
	return name
}

// valueType is the type of a column's values: of a domain that of what it is made of.
func valueType(column *hclschema.Object) string {
	return cmp.Or(column.Derived[derivedBase], column.Properties.Text(hclschema.PropType))
}

// familyOf is the family of a column's values.
func familyOf(column *hclschema.Object) string { return family(partsOfType(valueType(column))) }

// changesFamily says that a column's type becomes one that doesn't compare with the old one.
func (a *tableChange) changesFamily(column string) bool {
	before, after := a.before.columns[column], a.after.columns[column]
	if before == nil || after == nil || !a.retyped[column] {
		return false
	}
	return familyOf(before) != familyOf(after)
}

// isFree says that PostgreSQL changes the type without touching a row: the values are stored alike, and none can be too long
// (ALTER TABLE, Notes, and the support functions of varchar, numeric, varbit, time, timestamp and interval).
func isFree(before, after string) bool {
	was, is := partsOfType(before), partsOfType(after)
	if was.array || is.array {
		return false
	}
	switch {
	case was.base == "character varying" && is.base == "text", was.base == "text" && is.base == "character varying" && is.modifiers == nil:
		return true
	case was.base == "cidr" && is.base == "inet":
		return true
	case was.base != is.base:
		return false
	}
	switch was.base {
	case "character varying", "bit varying", "time without time zone", "time with time zone", "timestamp without time zone", "timestamp with time zone":
		return is.modifiers == nil || was.modifiers != nil && was.modifiers[0] <= is.modifiers[0]
	case "numeric":
		return is.modifiers == nil || len(was.modifiers) == 2 && len(is.modifiers) == 2 && was.modifiers[1] == is.modifiers[1] && was.modifiers[0] <= is.modifiers[0]
	}
	return false
}

// element is the type of an array's elements.
func element(typeText string) string { return strings.TrimRight(typeText, "[]") }

// conversion is the expression that makes a value of one type one of another. Where the engine has no cast, the way leads
// through text, and for a list through its only element. A time without a zone is counted from 1970 in UTC, whatever the zone of the
// session, and texts are bytes in UTF-8.
func conversion(column, before, after string) string {
	was, is := partsOfType(before), partsOfType(after)
	full := after
	after = uncut(after)
	switch {
	case !was.array && is.array:
		if families[was.base] == "text" {
			if was.base == "character" {
				column += "::text" // without the blanks that fill it up
			}
			return "CASE WHEN " + column + " LIKE '{%}' THEN " + column + "::" + after + " WHEN " + column + " IS NOT NULL THEN ARRAY[" + column + "]::" + after + " END"
		}
		return "CASE WHEN " + column + " IS NOT NULL THEN ARRAY[" + conversion(column, before, element(after)) + "]::" + after + " END"
	case was.array && !is.array && families[is.base] != "text":
		return conversion(column+"[1]", element(before), full)
	case was.array && is.array && was.base == "inet" && is.base != "cidr":
		return written(column, was) + "::" + after
	case was.array && is.array && (families[was.base] == "" || families[is.base] == "" || families[was.base] != families[is.base]):
		return column + "::text[]::" + after
	case was.array || is.array:
		return column + "::" + after
	}
	from, to := families[was.base], families[is.base]
	switch {
	case was.base == is.base && to != "text":
		return column + "::" + after
	case from == "boolean" && to == "number" && is.base != "integer":
		return column + "::integer::" + after
	case from == "number" && to == "boolean" && was.base != "integer":
		return "(" + column + " <> 0)"
	case to == "text" && was.base == "inet":
		return written(column, was) + "::" + after
	case is.base == "bytea" && was.base == "uuid":
		return "uuid_send(" + column + ")"
	case was.base == "bytea" && is.base == "uuid":
		return "encode(" + column + ", 'hex')::uuid"
	case is.base == "bytea":
		return "convert_to(" + written(column, was) + ", 'UTF8')"
	case was.base == "bytea" && to != "text":
		return "convert_from(" + column + ", 'UTF8')::" + after
	case to == "bits" && from != "bits" && from != "number":
		return written(column, was) + "::bit varying" // a cast to a length would cut
	case from == "text" || to == "text":
		return column + "::" + after
	case from != "" && from == to:
		return column + "::" + after
	case from == "number" && to == "boolean", from == "boolean" && to == "number":
		return column + "::" + after
	case from == "number" && is.base == "timestamp with time zone":
		return "to_timestamp(" + column + ")::" + after
	case from == "number" && to == "time":
		return "(to_timestamp(" + column + ") AT TIME ZONE 'UTC')::" + after
	case from == "number" && is.base == "time with time zone":
		return "((" + column + " * interval '1 second')::time::text || '+00')::" + after
	case from == "clock" && to == "time": // of a day that has to be some day
		return "(date '1970-01-01' + " + column + ")::" + after
	case (from == "time" || from == "interval" || from == "clock") && to == "number":
		return "extract(epoch FROM " + column + ")::" + after
	case from == "number" && (to == "interval" || to == "clock"):
		return "(" + column + " * interval '1 second')::" + after
	case from == "interval" && to == "clock", from == "clock" && to == "interval":
		return column + "::time without time zone::" + after
	case from == "time" && is.base == "time with time zone":
		return column + "::timestamp with time zone::" + after
	case from == "time" && to == "clock" && was.base == "date":
		return column + "::timestamp without time zone::" + after
	case from == "time" && to == "clock", from == "money" && is.base == "numeric":
		return column + "::" + after
	case from == "number" && to == "money":
		return column + "::numeric::" + after
	case from == "money" && to == "number":
		return column + "::numeric::" + after
	case from == "number" && is.base == "bit":
		return column + "::" + bitNumber(was.base) + "::" + after
	case was.base == "bit" && to == "number":
		return column + "::" + bitNumber(is.base) + "::" + after
	case isReference(was.base) && (to == "number" || isReference(is.base)):
		return column + "::oid::bigint::" + after
	case from == "number" && isReference(is.base):
		return column + "::bigint::oid::" + after
	}
	return written(column, was) + "::" + after
}

// restoring is the conversion of a way back: a value that conversion made comes to be again what it was, where that can be told.
func restoring(column, before, after string) string {
	was, is := partsOfType(before), partsOfType(after)
	first := column + "[1]"
	switch {
	case was.array && !is.array && families[is.base] == "text":
		return "CASE WHEN cardinality(" + column + ") = 1 AND " + first + " IS NOT NULL THEN " + written(first, typeParts{base: was.base}) + " ELSE " + written(column, was) + " END::" + uncut(after)
	case was.base == "bytea" && !was.array && !is.array && families[is.base] == "text":
		return "convert_from(" + column + ", 'UTF8')::" + uncut(after)
	case is.base == "bytea" && !is.array && !was.array && families[was.base] == "text":
		return column + "::bytea"
	}
	return conversion(column, before, after)
}

// bitNumber is the type of numbers by which one of another becomes bits, so that the sign is kept.
func bitNumber(base string) string {
	if base == "integer" || base == "smallint" {
		return "integer"
	}
	return "bigint"
}

// isReference says that a type's values are the numbers of other objects.
func isReference(base string) bool {
	return base == "oid" || strings.HasPrefix(base, "reg") && families[base] == "" && !strings.Contains(base, ".")
}

// written is the text of a value, as it would be read. A cast writes a /32 or /128 behind a single address, where the engine itself
// writes none.
func written(column string, was typeParts) string {
	if was.base == "inet" && !was.array {
		return "abbrev(" + column + ")"
	}
	return column + "::text"
}
