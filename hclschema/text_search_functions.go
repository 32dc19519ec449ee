package hclschema

// functionsKind is a kind whose objects are a few functions under one name, such as a parser of text search.
type functionsKind struct {
	reference KindReference
	// required and optional are the properties, which are attributes of the same names.
	required, optional []string
}

// textSearchParserKind is text_search_parser "p" { start = "prsd_start", … }.
func textSearchParserKind() functionsKind {
	return functionsKind{
		reference: KindReference{
			Name: KindTextSearchParser, Text: "A parser of text search, made of functions in C.", Labels: 2,
			Names: append(commonNames(),
				NameReference{Name: PropStart, Text: `The function that begins with a text: "prsd_start".`},
				NameReference{Name: PropGetToken, Text: "The one that gives the next token."},
				NameReference{Name: PropEnd, Text: "The one that ends with it."},
				NameReference{Name: PropLexTypes, Text: "The one that names the types of tokens."},
				NameReference{Name: PropHeadline, Text: "The one that makes headlines."},
			),
		},
		required: []string{PropStart, PropGetToken, PropEnd, PropLexTypes}, optional: []string{PropHeadline},
	}
}

// textSearchTemplateKind is text_search_template "t" { init = "dsimple_init", lexize = "dsimple_lexize" }.
func textSearchTemplateKind() functionsKind {
	return functionsKind{
		reference: KindReference{
			Name: KindTextSearchTmpl, Text: "A template of dictionaries of text search, made of functions in C.", Labels: 2,
			Names: append(commonNames(),
				NameReference{Name: PropInit, Text: `The function that sets a dictionary up: "dsimple_init".`},
				NameReference{Name: PropLexize, Text: "The one that looks a word up."},
			),
		},
		required: []string{PropLexize}, optional: []string{PropInit},
	}
}

// Reference implements Kind.
func (k functionsKind) Reference() KindReference { return k.reference }

func (k functionsKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	for _, name := range k.required {
		l.require(b, name, name+` = "…"`)
	}
	for _, name := range append(append([]string{}, k.required...), k.optional...) {
		if a := given(b, name); a != nil {
			if text, ok := l.routineReference(a.Value, a.ValueRange, a.Name, o, KindFunction); ok {
				o.Properties[name] = text
			}
		}
	}
	l.add(o)
}

func (k functionsKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	for _, name := range append(append([]string{}, k.required...), k.optional...) {
		if function, ok := o.Properties[name]; ok {
			w.attribute(name, w.routineReference(function, KindFunction))
		}
	}
	w.common(o)
	w.close()
}
