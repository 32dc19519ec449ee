package hclschema

// languageKind is language "plsample" { handler = function.plsample_call_handler }.
type languageKind struct{}

// Reference implements Kind.
func (languageKind) Reference() KindReference {
	return KindReference{
		Name: KindLanguage, Text: "A language of functions that no extension brings.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), dependsOnAttribute(), commentAttribute(),
			{Name: "trusted", Text: "Whether everybody may write functions in it."},
			{Name: "handler", Text: "The function that calls functions in it."},
			{Name: "inline", Text: "The one that runs DO blocks."},
			{Name: "validator", Text: "The one that looks at new functions."},
		},
	}
}

func (languageKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindLanguage, Name: id.Name})
	l.setBool(b, "trusted", o, PropTrusted)
	l.functionsIn(b, o, []string{PropHandler}, []string{PropInlineHandle, PropValidator})
	l.add(o)
}

func (languageKind) write(w *writer, o *Object) {
	w.open(o)
	w.boolean(o, PropTrusted)
	w.functionsIn(o, PropHandler, PropInlineHandle, PropValidator)
	w.common(o)
	w.close()
}
