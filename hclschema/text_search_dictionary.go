package hclschema

// textSearchDictKind is text_search_dictionary "plain" { template = "simple", options { stopwords = "english" } }.
type textSearchDictKind struct{}

// Reference implements Kind.
func (textSearchDictKind) Reference() KindReference {
	return KindReference{
		Name: KindTextSearchDict, Text: "A dictionary of text search.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "template", Text: `What makes a dictionary of that sort: "simple", "snowball", "ispell".`},
			NameReference{Name: "options", Text: `The template's options: stopwords = "english".`, Both: true, Open: true},
		),
	}
}

func (textSearchDictKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	l.require(b, "template", `template = "simple"`)
	l.setSQLName(b, "template", o, PropTemplate, KindTextSearchTmpl)
	l.settings(b, "options", o, PropOptions)
	l.add(o)
}

func (textSearchDictKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.setSQLName(o, "template", PropTemplate, KindTextSearchTmpl)
	w.settings("options", o.Properties[PropOptions])
	w.common(o)
	w.close()
}
