package postgres

import (
	"math/big"
	"regexp"
	"strings"
)

var (
	plainNumeral = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	plainString  = regexp.MustCompile(`^'([^'\\]|'')*'$`)
)

// literalDefault is a literal as the engine gives it back from the default of a column of that type, where that is certain; empty
// where it isn't or the default is no literal. What it leaves alone is found out on scratch.
func literalDefault(literal, typeText string, isEnum func(string) bool) string {
	base, _, _ := strings.Cut(typeText, "(")
	base = strings.TrimSpace(base)
	switch {
	case plainNumeral.MatchString(literal):
		switch base {
		case "smallint", "integer", "bigint", "numeric", "real", "double precision":
			return numeral(literal)
		}
	case strings.EqualFold(literal, "true") || strings.EqualFold(literal, "false"):
		if typeText == "boolean" {
			return lower(literal)
		}
	case plainString.MatchString(literal):
		return stringDefault(literal, base, typeText, isEnum)
	}
	return ""
}

// numeral is a number as the engine deparses it: a negative one, and one too large for integer, as a string with its type.
func numeral(literal string) string {
	kind := "numeric"
	if !strings.Contains(literal, ".") {
		n, ok := new(big.Int).SetString(literal, 10)
		switch {
		case !ok:
			return ""
		case n.IsInt64() && n.Int64() >= -2147483648 && n.Int64() <= 2147483647:
			kind = "integer"
		case n.IsInt64():
			kind = "bigint"
		}
	}
	if literal[0] == '-' || kind == "bigint" {
		return "'" + literal + "'::" + kind
	}
	return literal
}

func stringDefault(literal, base, typeText string, isEnum func(string) bool) string {
	switch {
	case strings.HasSuffix(typeText, "[]") && literal == "'{}'":
		return literal + "::" + strings.TrimSuffix(base, "[]") + "[]"
	case base == "text" || base == "character varying" || base == "json":
		return literal + "::" + base
	case base == "character":
		return literal + "::bpchar"
	case base == "jsonb" && (literal == "'{}'" || literal == "'[]'"):
		return literal + "::jsonb"
	case isEnum(typeText):
		return literal + "::" + typeText
	}
	return ""
}
