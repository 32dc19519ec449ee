package hclschema

// foreignDataWrapperKind is foreign_data_wrapper "csv" { handler = "file_fdw_handler" }.
type foreignDataWrapperKind struct{}

// Reference implements Kind.
func (foreignDataWrapperKind) Reference() KindReference {
	return KindReference{
		Name: KindForeignDataWrapper, Text: "A foreign data wrapper that no extension brings.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), dependsOnAttribute(), commentAttribute(), ownerAttribute(),
			{Name: "handler", Text: "The function that reads and writes: function.handler, or its name in quotes."},
			{Name: "validator", Text: "The function that checks options."},
			foreignOptions(),
		},
	}
}

func (foreignDataWrapperKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindForeignDataWrapper, Name: id.Name})
	for _, name := range []string{PropHandler, PropValidator} {
		if a := given(b, name); a != nil {
			if text, ok := l.routineReference(a.Value, a.ValueRange, a.Name, o, KindFunction); ok {
				o.Properties[name] = text
			}
		}
	}
	l.foreignOptions(b, o)
	l.add(o)
}

func (foreignDataWrapperKind) write(w *writer, o *Object) {
	w.open(o)
	for _, name := range []string{PropHandler, PropValidator} {
		if function, ok := o.Properties[name]; ok {
			w.attribute(name, w.routineReference(function, KindFunction))
		}
	}
	w.settings("options", o.Properties[PropOptions])
	w.common(o)
	w.close()
}
