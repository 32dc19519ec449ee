package hclschema

import "strings"

// textSearchConfigKind is text_search_configuration "plain" { mapping { tokens = ["word"], dictionaries = ["simple"] } }.
type textSearchConfigKind struct{}

// Reference implements Kind.
func (textSearchConfigKind) Reference() KindReference {
	return KindReference{
		Name: KindTextSearchConfig, Text: "A configuration of text search: which dictionaries look at which words.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "parser", Text: `The parser that takes texts apart; "default" without it.`},
			NameReference{Name: "mapping", Text: "The dictionaries for some types of words.", Block: true, Nested: []NameReference{
				{Name: "tokens", Text: `The types of words, as the parser calls them: ["asciiword", "word"].`},
				{Name: "dictionaries", Text: `The dictionaries, asked in this order: [text_search_dictionary.plain, "simple"].`},
			}},
		),
	}
}

func (textSearchConfigKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	l.setSQLName(b, "parser", o, PropParser, KindTextSearchParser)
	if o.Properties.Text(PropParser) == l.dialect.QuoteName("default") {
		delete(o.Properties, PropParser)
	}
	mappings := Record{}
	for _, nested := range b.Blocks {
		if nested.Type == "mapping" && !nested.Incomplete {
			l.mapping(nested, o, mappings)
		}
	}
	if len(mappings) > 0 {
		o.Properties[PropMappings] = mappings
	}
	l.add(o)
}

func (l *loading) mapping(b *Block, o *Object, into Record) {
	l.require(b, "tokens", `tokens = ["asciiword", "word"]`)
	l.require(b, "dictionaries", `dictionaries = ["simple"]`)
	tokens, names := given(b, "tokens"), given(b, "dictionaries")
	if tokens == nil || names == nil {
		return
	}
	var dictionaries List
	for _, e := range l.elements(names) {
		if name, ok := l.sqlNameOf(e.value, e.place, "An element of dictionaries", o, KindTextSearchDict); ok {
			dictionaries = append(dictionaries, name)
		}
	}
	if len(dictionaries) == 0 {
		l.fail(failure(b.Range, "Dictionaries missing", `A mapping needs dictionaries. Write dictionaries = ["simple"], or take the mapping away.`))
		return
	}
	for _, token := range l.texts(tokens) {
		name := token.String()
		if into[name] != nil {
			l.fail(failure(b.Range, "Token mapped twice", "The token %q has a mapping already. Take one away.", name))
		}
		into[name] = dictionaries
	}
}

func (textSearchConfigKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.setSQLName(o, "parser", PropParser, KindTextSearchParser)
	mappings, _ := o.Properties[PropMappings].(Record)
	written := map[string]bool{}
	for _, name := range mappings.Names() {
		if written[name] {
			continue
		}
		var tokens List
		for _, other := range mappings.Names() {
			if Equal(mappings[name], mappings[other]) {
				tokens = append(tokens, Text(other))
				written[other] = true
			}
		}
		dictionaries, _ := mappings[name].(List)
		names := make([]string, len(dictionaries))
		for i, dictionary := range dictionaries {
			names[i] = w.sqlName(dictionary.String(), KindTextSearchDict)
		}
		w.line("mapping {")
		w.depth++
		w.attribute("tokens", w.quotedList(tokens))
		w.attribute("dictionaries", "["+strings.Join(names, ", ")+"]")
		w.depth--
		w.line("}")
	}
	w.common(o)
	w.close()
}
