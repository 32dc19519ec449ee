package hclschema

import (
	"fmt"
	"strings"
)

// testDialect is a small SQLite: enough of one to read and write models. Texts are compared to the letter, which is harder
// on the writer than any engine.
type testDialect struct{}

func (testDialect) Name() string          { return "sqlite" }
func (testDialect) Title() string         { return "SQLite" }
func (testDialect) DefaultSchema() string { return "main" }

func (testDialect) Key(id Identity) Identity {
	id.Schema, id.Parent = lowerASCII(id.Schema), lowerASCII(id.Parent)
	if !id.Unnamed {
		id.Name = lowerASCII(id.Name)
	}
	return id
}

func (testDialect) Namespaces(id Identity) []string {
	switch id.Kind {
	case KindTable, KindView, KindVirtualTable, KindIndex:
		return []string{"relation " + lowerASCII(id.Name)}
	case KindTrigger:
		return []string{"trigger " + lowerASCII(id.Name)}
	}
	return nil
}

func (testDialect) Accepts(kind, attribute string) bool {
	if attribute == "" {
		switch kind {
		case KindSchema, KindTable, KindColumn, KindPrimaryKey, KindForeignKey, KindUnique, KindCheck, KindIndex, KindView, KindTrigger, KindVirtualTable, KindData:
			return true
		}
		return false
	}
	if attribute == "type_optional" {
		return kind == KindColumn
	}
	for _, k := range Kinds() {
		if k.Reference().Name != kind {
			continue
		}
		for _, name := range k.Reference().Names {
			if name.Name == attribute && strings.Contains(name.Engines, "SQLite") {
				return true
			}
			for _, nested := range name.Nested {
				if nested.Name == attribute && strings.Contains(nested.Engines, "SQLite") {
					return true
				}
			}
		}
	}
	return false
}

func (testDialect) ParseType(t Type, use TypeUse) (Spelled, error) {
	text := t.SQL
	switch {
	case t.Reference != nil:
		return Spelled{}, fmt.Errorf("SQLite has no type %s", t.Reference)
	case t.Word == "txet":
		return Spelled{}, fmt.Errorf(`there is no type txet; did you mean text?`)
	case t.Word == "int" && use.OnlyKey:
		text = "integer"
	case t.Word != "":
		text = t.Word
		if len(t.Args) > 0 {
			text += "(" + strings.Join(t.Args, ", ") + ")"
		}
	}
	return Spelled{text, lowerASCII(text)}, nil
}

func (testDialect) FormatType(text string, _ TypeUse) Type {
	word, rest, sized := strings.Cut(text, "(")
	if !sized {
		return Type{Word: text}
	}
	return Type{Word: word, Args: strings.Split(strings.TrimSuffix(rest, ")"), ", ")}
}

func (testDialect) Expression(text string) Spelled {
	canonical := text
	if upper := strings.ToUpper(text); upper == "TRUE" || upper == "FALSE" {
		canonical = upper
	}
	return Spelled{text, canonical}
}

func (testDialect) Settle(state *State) *State { return state }

func (testDialect) Identifier(name string) Spelled { return Spelled{name, lowerASCII(name)} }

func (testDialect) QuoteName(name string) string {
	if plainName(name) {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

func (testDialect) NeverNull(typeText string, use TypeUse) bool {
	if use.WithoutRowid || use.Strict {
		return use.Key
	}
	return use.OnlyKey && strings.EqualFold(typeText, "INTEGER")
}

// SmallDialect is the dialect of the examples.
func SmallDialect() Dialect { return testDialect{} }
