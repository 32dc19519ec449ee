package postgres

import (
	"maps"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// deparsed are the properties that hold expressions and queries as the engine deparses them.
func deparsed(property string) bool {
	switch property {
	case hclschema.PropDefault, hclschema.PropGenerated, hclschema.PropExpr, hclschema.PropExpressions, hclschema.PropWhere, hclschema.PropWhen,
		hclschema.PropAs, hclschema.PropUsing, hclschema.PropWithCheck, hclschema.PropColumnDefaults:
		return true
	}
	return false
}

// settleTexts gives the expressions and queries of all objects a form that means the same when the engine reads it again. For
// nearly everything that is the form in which it deparses them; see settledCasts and settledNesting for the rest.
func settleTexts(state *hclschema.State) {
	for _, o := range state.Objects() {
		rewordTexts(o, func(text hclschema.Spelled) hclschema.Spelled {
			return hclschema.Spelled{Text: settledText(text.Text), Canonical: settledText(text.Canonical)}
		})
	}
}

// rewordTexts changes the expressions and queries of an object that the engine words.
func rewordTexts(o *hclschema.Object, reword func(hclschema.Spelled) hclschema.Spelled) {
	for name, value := range o.Properties {
		if name == hclschema.PropAs && o.Properties[hclschema.PropLang] != nil && o.Properties[hclschema.PropBodyKind] == nil {
			continue // the text of a body is people's own
		}
		if other := reworded(value, deparsed(name), reword); other != nil {
			o.Properties[name] = other
		}
	}
}

// reworded is the value with its expressions changed, nil where nothing was. is says that a text is an expression.
func reworded(value hclschema.Value, is bool, reword func(hclschema.Spelled) hclschema.Spelled) hclschema.Value {
	switch v := value.(type) {
	case hclschema.Spelled:
		if !is {
			return nil
		}
		if other := reword(v); other != v {
			return other
		}
	case hclschema.List:
		var list hclschema.List
		for i, item := range v {
			if other := reworded(item, is, reword); other != nil {
				if list == nil {
					list = slices.Clone(v)
				}
				list[i] = other
			}
		}
		if list != nil {
			return list
		}
	case hclschema.Record:
		var record hclschema.Record
		for name, item := range v {
			if other := reworded(item, is || deparsed(name), reword); other != nil {
				if record == nil {
					record = maps.Clone(v)
				}
				record[name] = other
			}
		}
		if record != nil {
			return record
		}
	}
	return nil
}

func settledText(sql string) string {
	if strings.Contains(sql, castArray) {
		sql = settledCasts(sql)
	}
	if strings.Contains(sql, ") AND ") || strings.Contains(sql, ") OR ") {
		sql = settledNesting(sql)
	}
	return sql
}

// castArray begins an array whose type isn't that of its elements.
const castArray = "(ARRAY["

// settledCasts writes the type of its elements behind each array that is cast to another: (ARRAY['a'::character
// varying])::text[] becomes (ARRAY['a'::character varying]::character varying[])::text[]. PostgreSQL deparses x IN ('a') of a
// varchar in the first form, but reads that as a cast of each element (transformTypeCast in its parse_expr.c), which it
// deparses in another way. An array whose elements don't tell their type is left as it is.
func settledCasts(sql string) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(sql); {
		if !strings.HasPrefix(sql[i:], castArray) {
			i += token(sql[i:])
			continue
		}
		end := i + lastOf(sql[i:])
		inner := i + len(castArray)
		if end < inner || sql[end-1] != ']' || !strings.HasPrefix(sql[end+1:], "::") {
			i += len(castArray)
			continue
		}
		b.WriteString(sql[done:inner] + settledCasts(sql[inner:end-1]) + "]")
		if element := elementType(sql[inner : end-1]); element != "" {
			b.WriteString("::" + element + "[]")
		}
		i, done = end, end
	}
	return b.String() + sql[done:]
}

// elementType is the type of an array's elements as the engine deparses them; empty where none of them tells it.
func elementType(elements string) string {
	for _, element := range splitList(elements) {
		if _, kind, ok := topLevelCast(element); ok {
			return withoutSize(kind)
		}
		switch {
		case element == "true" || element == "false":
			return "boolean"
		case digits(element):
			return "integer"
		}
	}
	return ""
}

// topLevelCast takes an expression that is all a cast, as the engine deparses it, apart.
func topLevelCast(expr string) (of, kind string, ok bool) {
	at := -1
	for i := 0; i < len(expr); {
		switch {
		case strings.HasPrefix(expr[i:], "::"):
			at = i
		case expr[i] == '(' && at < 0:
			end := lastOf(expr[i:])
			if end < 0 {
				return "", "", false
			}
			i += end
		case expr[i] == ' ' && at < 0:
			return "", "", false // an operator, or a CASE
		}
		i += token(expr[i:])
	}
	if at < 0 {
		return "", "", false
	}
	return expr[:at], expr[at+2:], true
}

// withoutSize is a type without what stands in its parentheses, which an array's elements may have each their own.
func withoutSize(kind string) string {
	for i := 0; i < len(kind); i += token(kind[i:]) {
		if kind[i] == '(' {
			return kind[:i] + kind[i+lastOf(kind[i:])+1:]
		}
	}
	return kind
}

// digits says that a text is a whole number as the engine deparses one of type integer.
func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// settledNesting keeps an AND that is the first part of another AND, and so an OR, apart from it: ((a AND b) AND c) becomes
// ((a AND b)::boolean AND c). PostgreSQL makes that of a BETWEEN or of an IN and deparses it in the first form, but reads the
// first form as one AND of three parts (makeAndExpr in its gram.y). The cast of a truth value to itself leaves nothing behind.
func settledNesting(sql string) string {
	var b strings.Builder
	done := 0
	for i := -1; i < len(sql); {
		if i >= 0 && sql[i] != '(' {
			i += token(sql[i:])
			continue
		}
		i++ // a group begins: the whole, or what is in parentheses
		if i == len(sql) || sql[i] != '(' {
			continue
		}
		end := i + lastOf(sql[i:]) + 1
		for _, word := range []string{" AND ", " OR "} {
			if end > i && strings.HasPrefix(sql[end:], word) && joinedBy(sql[i+1:end-1], word) {
				inner := settledNesting(sql[i:end])
				b.WriteString(sql[done:i] + inner + "::boolean")
				i, done = end, end
				break
			}
		}
	}
	return b.String() + sql[done:]
}

// joinedBy says that the first word between the parts of an expression is that one.
func joinedBy(expr, word string) bool {
	for i, depth := 0, 0; i < len(expr); i += token(expr[i:]) {
		switch {
		case expr[i] == '(' || expr[i] == '[':
			depth++
		case expr[i] == ')' || expr[i] == ']':
			depth--
		case depth == 0 && expr[i] == ' ':
			if strings.HasPrefix(expr[i:], " AND ") || strings.HasPrefix(expr[i:], " OR ") {
				return strings.HasPrefix(expr[i:], word)
			}
		}
	}
	return false
}
