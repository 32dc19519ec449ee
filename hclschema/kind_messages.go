package hclschema

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// placeOf is a place as the text of a message names it: "users.hcl:12".
func placeOf(r hcl.Range) string {
	if r.Filename == "" {
		return "elsewhere"
	}
	return fmt.Sprintf("%s:%d", r.Filename, r.Start.Line)
}

// called names an object in a sentence: `column "email" in table "users"`.
func called(id Identity) string {
	words := strings.ReplaceAll(id.Kind, "_", " ")
	switch {
	case id.Unnamed:
		words += " " + id.Name
	case id.Name != "":
		words += fmt.Sprintf(" %q", id.Name)
	}
	if id.Parent != "" {
		words += fmt.Sprintf(" of %q", id.Parent)
	}
	return words
}

func twice(first, second *Object) *hcl.Diagnostic {
	return failure(second.Range, "Declared twice", "There is a %s already, at %s. Rename one of them or take it away.",
		called(first.Identity), placeOf(first.Range))
}

func sameName(first, second *Object) *hcl.Diagnostic {
	return failure(second.Range, "Name is taken", "The %s has the name of the %s at %s, and the engine keeps both in one list of names. Give one of them another name.",
		called(second.Identity), called(first.Identity), placeOf(first.Range))
}

func sameUnicode(first, second *Object) *hcl.Diagnostic {
	return failure(second.Range, "Names look the same", "The %s and the one at %s differ only in how accents are encoded (Unicode composition), which nobody can see. Give one of them another name.",
		called(second.Identity), placeOf(first.Range))
}

func notHere(place hcl.Range, d Dialect, what string) *hcl.Diagnostic {
	return failure(place, "Not on this database", "%s has no %s. Take it out of the models for this database.", d.Title(), what)
}

// wants reports a value of the wrong sort, unless the value failed and was reported.
func (l *loading) wants(place hcl.Range, name, sort string, got Evaluated) {
	if _, failed := got.(Invalid); !failed {
		l.fail(failure(place, "Wrong value", "%s must be %s, not %s.", name, sort, describe(got)))
	}
}

// oneOf lists choices: "CASCADE, RESTRICT or SET_NULL".
func oneOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// article is a kind with its article: "an index".
func article(kind string) string {
	words := strings.ReplaceAll(kind, "_", " ")
	if kind == KindData {
		return "a data block" // not an object by itself
	}
	if strings.HasPrefix(words, "i") {
		return "an " + words
	}
	return "a " + words
}

// misplaced are names that people write where the language has another way, with that way.
func misplaced(kind, name string) string {
	switch kind + "." + name {
	case "column.unique":
		return " Write unique { columns = [column.NAME] } in the table."
	case "column.primary_key", "column.primary":
		return " Write primary_key { columns = [column.NAME] } in the table."
	case "column.index":
		return ` Write index "NAME" { columns = [column.NAME] } in the table.`
	case "column.check":
		return ` Write check { expr = "…" } in the table.`
	case "column.references", "column.foreign_key", "column.ref":
		return " Write foreign_key { … } in the table."
	case "column.nullable", "column.not_null", "column.required", "column.optional":
		return " A column takes no NULL unless it says null = true."
	case "column.size", "column.length", "column.precision", "column.scale":
		return " The type has its size behind it: varchar(255), decimal(10, 2)."
	case "column.autoincrement", "column.auto_inc":
		return " Write auto_increment = true."
	case "column.generated", "column.expr", "column.stored", "column.virtual":
		return ` Write as { expr = "…", type = STORED } as a block.`
	case "index.on_columns", "index.fields", "unique.fields", "primary_key.fields":
		return " Write columns = [column.NAME]."
	case "foreign_key.references":
		return " Write ref_columns = [table.NAME.column.NAME]."
	case "view.query", "view.sql", "trigger.sql", "trigger.body":
		return " Write as = \"…\"."
	}
	return ""
}

// count is a number of things: "1 column", "2 columns".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
