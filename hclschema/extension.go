package hclschema

// extensionKind is extension "citext" { schema = schema.extensions }. An extension lies in no schema itself; what it makes does.
type extensionKind struct{}

// Reference implements Kind.
func (extensionKind) Reference() KindReference {
	return KindReference{
		Name: KindExtension, Text: "An extension of the server. What it makes is never touched.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), dependsOnAttribute(), commentAttribute(),
			{Name: "schema", Text: `The schema in which it makes its objects: schema.extensions, or in quotes one that the models don't declare.`},
			{Name: "version", Text: "The version to make it in; the server's own unless said."},
		},
	}
}

// identify implements identifying: the schema is where it makes its objects.
func (extensionKind) identify(l *loading, b *Block) (Identity, bool) {
	name, ok := l.quietName(b)
	return Identity{Kind: KindExtension, Name: name}, ok
}

func (extensionKind) read(l *loading, b *Block, _ *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindExtension, Name: name})
	if a := given(b, "schema"); a != nil {
		schema := ""
		if quoted, ok := a.Value.(String); ok && l.checkName(string(quoted), a.ValueRange) {
			schema = string(quoted) // which is the default schema, only the engine knows
		} else if !ok {
			schema = l.schemaOf(b)
		}
		if schema != "" {
			o.Properties[PropExtensionSchema] = Text(schema)
		}
	}
	l.setText(b, "version", o, PropVersion)
	l.add(o)
}

func (extensionKind) write(w *writer, o *Object) {
	w.open(o)
	if schema := o.Properties.Text(PropExtensionSchema); schema != "" {
		if w.state.Get(Identity{Kind: KindSchema, Name: schema}) != nil {
			w.attribute("schema", "schema"+step(schema))
		} else {
			w.attribute("schema", quoteHCL(schema))
		}
	}
	w.text(o, PropVersion)
	w.common(o)
	w.close()
}
