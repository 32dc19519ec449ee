package hclschema

import "slices"

// serverKind is server "files" { wrapper = "file_fdw" }.
type serverKind struct{}

// Reference implements Kind.
func (serverKind) Reference() KindReference {
	return KindReference{
		Name: KindServer, Text: "A foreign server: where foreign tables are.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), dependsOnAttribute(), commentAttribute(), ownerAttribute(),
			{Name: "wrapper", Text: `The foreign data wrapper: "postgres_fdw", foreign_data_wrapper.csv.`},
			{Name: "type", Text: "The type of server, where the wrapper knows several."},
			{Name: "version", Text: "The version of the server."},
			foreignOptions(),
		},
	}
}

func (serverKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindServer, Name: id.Name})
	l.require(b, "wrapper", `wrapper = "postgres_fdw"`)
	l.setName(b, "wrapper", o, PropWrapper, KindForeignDataWrapper)
	l.setText(b, "type", o, PropServerType)
	l.setText(b, "version", o, PropVersion)
	l.foreignOptions(b, o)
	l.add(o)
}

// setName sets a property to the name of an object that lies in no schema, from a reference to it or from a text.
func (l *loading) setName(b *Block, name string, o *Object, property, kind string) {
	a := given(b, name)
	if a == nil {
		return
	}
	if text, ok := a.Value.(String); ok {
		if l.checkName(string(text), a.ValueRange) {
			o.Properties[property] = Text(text)
		}
		return
	}
	if id, ok := l.referred(a.Value, a.ValueRange, name, kind); ok {
		o.Properties[property] = Text(id.Name)
		if !slices.Contains(o.DependsOn, id) {
			o.DependsOn = append(o.DependsOn, id)
		}
	}
}

// named writes a property that is the name of an object that lies in no schema.
func (w *writer) named(o *Object, name, property, kind string) {
	text := o.Properties.Text(property)
	if id := (Identity{Kind: kind, Name: text}); w.state.Get(id) != nil {
		w.attribute(name, objectPath(id))
	} else if text != "" {
		w.attribute(name, quoteHCL(text))
	}
}

func (serverKind) write(w *writer, o *Object) {
	w.open(o)
	w.named(o, "wrapper", PropWrapper, KindForeignDataWrapper)
	if text := o.Properties.Text(PropServerType); text != "" {
		w.attribute("type", quoteHCL(text))
	}
	w.text(o, PropVersion)
	w.settings("options", o.Properties[PropOptions])
	w.common(o)
	w.close()
}
