package hclschema

// conversionKind is conversion "latin" { for_encoding = "LATIN1", to_encoding = "UTF8", function = "iso8859_1_to_utf8" }.
type conversionKind struct{}

// Reference implements Kind.
func (conversionKind) Reference() KindReference {
	return KindReference{
		Name: KindConversion, Text: "A conversion from one encoding to another.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "for_encoding", Text: `The encoding that it starts from: "LATIN1".`},
			NameReference{Name: "to_encoding", Text: `The one that it leads to: "UTF8".`},
			NameReference{Name: "function", Text: "The function that converts."},
			NameReference{Name: "default", Text: "Whether it is the one that is taken for these encodings in its schema."},
		),
	}
}

func (conversionKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	for _, name := range []string{PropForEncoding, PropToEncoding} {
		l.require(b, name, name+` = "UTF8"`)
		l.setText(b, name, o, name)
	}
	l.functionsIn(b, o, []string{PropProcedure}, nil)
	l.setBool(b, "default", o, PropDefault)
	l.add(o)
}

func (conversionKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.text(o, PropForEncoding)
	w.text(o, PropToEncoding)
	w.functionsIn(o, PropProcedure)
	w.boolean(o, PropDefault)
	w.common(o)
	w.close()
}
