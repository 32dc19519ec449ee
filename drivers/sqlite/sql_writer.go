package sqlite

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqltext"
	"github.com/duo-orm/duo-orm/hclschema"
)

// sqlWriter writes one statement of SQLite from properties of objects. What is wrong with one is told with the object's name.
type sqlWriter struct{ *sqltext.Writer }

func newSQLWriter() *sqlWriter { return &sqlWriter{sqltext.NewWriter(quoting)} }

// writers are those who wait for a step: SQLite has one lock for writing the whole database, and the revision holds it from its
// first step to its commit.
const writers = "all writers"

// step is the statement as a step of a plan.
func (w *sqlWriter) step(name string) (drivers.Step, error) {
	sql, err := w.SQL()
	return drivers.Step{Name: name, SQL: strings.TrimRight(sql, "\n"), Lock: writers}, err
}

// failOn remembers what is wrong with an object.
func (w *sqlWriter) failOn(o *hclschema.Object, format string, args ...any) {
	w.Fail(fmt.Errorf("%s: "+format, append([]any{o.Identity}, args...)...))
}

// object is the name of an object that stands by itself, or of an index or trigger, with its schema where it has one.
func (w *sqlWriter) object(id hclschema.Identity) string {
	if id.Schema != "" {
		return w.Name(id.Schema) + "." + w.Name(id.Name)
	}
	return w.Name(id.Name)
}

// expression is a property that is one expression, ready to stand before whatever follows it.
func (w *sqlWriter) expression(o *hclschema.Object, property string) string {
	return w.checked(o, property, o.Properties.Text(property), checkExpression)
}

// parenthesised is an expression within parentheses of its own.
func (w *sqlWriter) parenthesised(o *hclschema.Object, property string) string {
	return "(" + w.expression(o, property) + ")"
}

// checked is a text of an object that passes a check, with a line break where it ends in a comment that would swallow what
// follows.
func (w *sqlWriter) checked(o *hclschema.Object, what, text string, check func([]token) error) string {
	text = strings.TrimSpace(text)
	tokens, err := completeTokens(text)
	if err == nil {
		err = check(tokens)
	}
	if err != nil {
		w.failOn(o, "its %s %q can't be written in SQL: %w", what, clip(text), err)
		return ""
	}
	return closeComment(text, tokens)
}

// names are the texts of a list of names.
func (w *sqlWriter) names(list hclschema.List) string {
	texts := make([]string, len(list))
	for i, value := range list {
		texts[i] = value.String()
	}
	return w.Names(texts)
}

// constraint is CONSTRAINT with the name in that property, or nothing.
func (w *sqlWriter) constraint(o *hclschema.Object, property string) string {
	if name, ok := o.Properties[property]; ok {
		return "CONSTRAINT " + w.Name(name.String()) + " "
	}
	return ""
}

// ownName is CONSTRAINT with the object's own name, or nothing for an unnamed one.
func (w *sqlWriter) ownName(o *hclschema.Object) string {
	if o.Identity.Unnamed || o.Identity.Name == "" {
		return ""
	}
	return "CONSTRAINT " + w.Name(o.Identity.Name) + " "
}

// onConflict is the conflict clause in that property, or nothing.
func (w *sqlWriter) onConflict(o *hclschema.Object, property string) string {
	word := w.word(o, property, "ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE")
	if word == "" {
		return ""
	}
	return " ON CONFLICT " + word
}

// word is a property that is one of some words, as SQL writes it: SET NULL for SET_NULL. It is empty where the property
// is absent.
func (w *sqlWriter) word(o *hclschema.Object, property string, words ...string) string {
	text := o.Properties.Text(property)
	if text == "" {
		return ""
	}
	for _, word := range words {
		if text == word {
			return strings.ReplaceAll(word, "_", " ")
		}
	}
	w.failOn(o, "%s can't be %q; write one of %s", property, text, strings.Join(words, ", "))
	return ""
}

// collation is the name of a collation, which people write in capitals and without quotes.
func (w *sqlWriter) collation(name string) string {
	if plainWord(name) {
		if keyword, _ := isKeyword(name); !keyword {
			return name
		}
	}
	return w.Name(name)
}
