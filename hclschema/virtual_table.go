package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// virtualTableKind is virtual_table "docs" { module = "fts5", arguments = ["title", "body"] }.
type virtualTableKind struct{}

// Reference implements Kind.
func (virtualTableKind) Reference() KindReference {
	return KindReference{
		Name: KindVirtualTable, Text: "A virtual table of SQLite, such as a full text index.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "module", Text: `The module that makes it: "fts5", "rtree".`},
			NameReference{Name: "arguments", Text: "What stands in the parentheses behind the module, each argument as the module wants it."},
		),
	}
}

func (virtualTableKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok || in == nil {
		return
	}
	l.schemaOf(b)
	o := l.object(b, Identity{Kind: KindVirtualTable, Schema: in.identity.Schema, Name: name})
	l.require(b, "module", `module = "fts5"`)
	if a := given(b, "module"); a != nil {
		if module, ok := l.collation(a); ok {
			o.Properties[PropModule] = l.dialect.Identifier(module)
		}
	}
	if a := given(b, "arguments"); a != nil {
		var list List
		for _, e := range l.elements(a) {
			text, ok := e.value.(String)
			if !ok {
				l.wants(e.place, "An argument", "a text in quotes", e.value)
				continue
			}
			if argument, ok := l.argument(string(text), e.place); ok {
				list = append(list, argument)
			}
		}
		if list != nil {
			o.Properties[PropArguments] = list
		}
	}
	l.add(o)
}

// argument is one argument of a module. What it means only the module knows, so it is compared to the letter.
func (l *loading) argument(text string, place hcl.Range) (Spelled, bool) {
	text = strings.Trim(text, " \t\r\n\f")
	switch {
	case text == "":
		l.fail(failure(place, "Empty argument", "An argument of a module can't be empty. Write it, or take it away."))
	case strings.ContainsRune(text, 0):
		l.fail(failure(place, "Wrong character in SQL", "The argument holds a NUL character, which no database takes. Take it out."))
	default:
		return Spelled{Text: text, Canonical: text}, true
	}
	return Spelled{}, false
}

func (virtualTableKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.text(o, PropModule)
	if arguments := o.Properties.List(PropArguments); arguments != nil {
		w.attribute("arguments", w.quotedList(arguments))
	}
	w.common(o)
	w.close()
}
