package hclschema

import "slices"

// accessMethodKind is access_method "heap2" { type = TABLE, handler = "heap_tableam_handler" }.
type accessMethodKind struct{}

// Reference implements Kind.
func (accessMethodKind) Reference() KindReference {
	return KindReference{
		Name: KindAccessMethod, Text: "An access method of tables or indexes.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), dependsOnAttribute(), commentAttribute(),
			{Name: "type", Text: "TABLE or INDEX."},
			{Name: "handler", Text: "The function that it works by: function.handler, or its name in quotes."},
		},
	}
}

func (accessMethodKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindAccessMethod, Name: id.Name})
	l.require(b, "type", "type = TABLE")
	if a := given(b, "type"); a != nil {
		if word, ok := l.word(a, []string{"TABLE", "INDEX"}); ok {
			o.Properties[PropMethodType] = Text(word)
		}
	}
	l.functionsIn(b, o, []string{PropHandler}, nil)
	l.add(o)
}

// functionsIn sets properties to the names of functions, those of the first list to ones that must be there.
func (l *loading) functionsIn(b *Block, o *Object, required, optional []string) {
	for _, name := range required {
		l.require(b, name, name+" = function.NAME")
	}
	for _, name := range slices.Concat(required, optional) {
		if a := given(b, name); a != nil {
			if text, ok := l.routineReference(a.Value, a.ValueRange, a.Name, o, KindFunction); ok {
				o.Properties[name] = text
			}
		}
	}
}

// functionsIn writes the same.
func (w *writer) functionsIn(o *Object, names ...string) {
	for _, name := range names {
		if function, ok := o.Properties[name]; ok {
			w.attribute(name, w.routineReference(function, KindFunction))
		}
	}
}

func (accessMethodKind) write(w *writer, o *Object) {
	w.open(o)
	w.attribute("type", o.Properties.Text(PropMethodType))
	w.functionsIn(o, PropHandler)
	w.common(o)
	w.close()
}
