package hclschema

// transformKind is transform { type = hstore, lang = "plpython3u", from_sql = "…" }.
type transformKind struct{}

// Reference implements Kind.
func (transformKind) Reference() KindReference {
	return KindReference{
		Name: KindTransform, Text: "How values of a type get into functions of a language and out of them. It has no name.", Unlabelled: true,
		Names: []NameReference{
			dependsOnAttribute(), commentAttribute(),
			{Name: "type", Text: "The type."},
			{Name: "lang", Text: `The language: "plpython3u".`},
			{Name: "from_sql", Text: `The function that takes them in, in quotes with its arguments: "hstore_to_plpython(internal)".`},
			{Name: "to_sql", Text: `The one that gives them back: "plpython_to_hstore(internal)".`},
		},
	}
}

// TransformName is the name in the identity of a transform.
func TransformName(typeText, lang string) string { return typeText + " for " + lang }

func (transformKind) read(l *loading, b *Block, _ *relation) {
	if _, ok := l.name(b); !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindTransform})
	l.require(b, "lang", `lang = "plpython3u"`)
	t, ok := l.typeIn(b, PropType, o)
	if !ok {
		return
	}
	o.Properties[PropType] = t
	if a := given(b, "lang"); a != nil {
		if name, ok := l.bareWord(a, "the name of a language"); ok {
			o.Properties[PropLang] = Text(name)
		}
	}
	for _, name := range []string{PropFromSQL, PropToSQL} {
		l.setText(b, name, o, name)
	}
	o.Identity.Name = TransformName(t.Canonical, o.Properties.Text(PropLang))
	l.add(o)
}

func (transformKind) write(w *writer, o *Object) {
	w.openNamed(o, "")
	w.attribute("type", w.typeOutside(o.Properties[PropType]))
	w.text(o, PropLang)
	w.text(o, PropFromSQL)
	w.text(o, PropToSQL)
	w.common(o)
	w.close()
}
