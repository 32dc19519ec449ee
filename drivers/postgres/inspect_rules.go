package postgres

import (
	_ "embed"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_rules.sql
var rulesSQL string

// readRule takes one rule.
func readRule(r *reader, scan func(...any) error) error {
	var oid, schema uint32
	var relation, name, comment, event, enabled, definition string
	var instead bool
	if err := scan(&oid, &schema, &relation, &name, &comment, &event, &instead, &enabled, &definition); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindRule, Schema: r.schema(r.schemas[schema]), Parent: relation, Name: name}, comment)
	where, as, ok := splitRule(definition, instead)
	if !ok {
		r.cannot(o.Identity, "its definition has no form that this version knows")
		return nil
	}
	o.Properties[hclschema.PropEvent] = hclschema.Text(map[string]string{"1": "SELECT", "2": "UPDATE", "3": "INSERT", "4": "DELETE"}[event])
	if instead {
		o.Properties[hclschema.PropInstead] = hclschema.Bool(true)
	}
	if where != "" {
		o.Properties[hclschema.PropWhere] = text(unwrap(where))
	}
	if as != "" {
		o.Properties[hclschema.PropAs] = text(as)
	}
	setEnabled(o, enabled)
	return r.add(address{"pg_rewrite", oid, 0}, o)
}

// setEnabled notes the state of a trigger or rule: O, where it counts as usual, D, R or A.
func setEnabled(o *hclschema.Object, state string) {
	if word := enabledWord(state); word != "" {
		o.Properties[hclschema.PropEnabled] = hclschema.Text(word)
	}
}

// enabledWord is the property for a state of the catalogue; empty for the usual one.
func enabledWord(state string) string {
	return map[string]string{"D": "DISABLED", "R": "REPLICA", "A": "ALWAYS"}[state]
}

// splitRule takes a rule's definition as the engine writes it apart: [WHERE condition] DO [INSTEAD] NOTHING, a command, or
// several in parentheses. as is empty for NOTHING.
func splitRule(definition string, instead bool) (where, as string, ok bool) {
	rest := withoutSemicolon(definition)
	if after, found := strings.CutPrefix(rest, "WHERE "); found {
		at := topLevelWord(after, "DO")
		if at < 0 {
			return "", "", false
		}
		where, rest = strings.TrimSpace(after[:at]), after[at:]
	}
	rest, ok = cutWord(rest, "DO")
	if instead && ok {
		rest, ok = cutWord(rest, "INSTEAD")
	}
	as = rest
	if as == "NOTHING" {
		as = ""
	}
	return where, as, ok
}

// cutWord is a text without the word that it begins with, and the white space behind that: a new line before NOTIFY.
func cutWord(text, word string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(text, word)
	after := strings.TrimSpace(rest)
	return after, ok && len(after) < len(rest)
}

// topLevelWord is where a word of the engine's own deparsed SQL stands outside of strings, names in quotes and parentheses; -1
// where it doesn't.
func topLevelWord(sql, word string) int {
	depth := 0
	for i := 0; i < len(sql); {
		switch c := sql[i]; {
		case c == '\'' || c == '"':
			i = afterQuoted(sql, i)
			continue
		case c == '(':
			depth++
		case c == ')':
			depth--
		case wordByte(c):
			start := i
			for i < len(sql) && wordByte(sql[i]) {
				i++
			}
			if depth == 0 && sql[start:i] == word {
				return start
			}
			continue
		}
		i++
	}
	return -1
}

// afterQuoted is the place behind a string or quoted name that begins at a place. A string that begins with E has backslashes.
func afterQuoted(sql string, at int) int {
	quote := sql[at]
	escapes := quote == '\'' && at > 0 && (sql[at-1] == 'E' || sql[at-1] == 'e')
	for i := at + 1; i < len(sql); i++ {
		switch {
		case escapes && sql[i] == '\\':
			i++
		case sql[i] == quote && i+1 < len(sql) && sql[i+1] == quote:
			i++
		case sql[i] == quote:
			return i + 1
		}
	}
	return len(sql)
}
