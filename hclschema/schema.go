package hclschema

import "github.com/hashicorp/hcl/v2"

// schemaKind is schema "sales" {}. It declares a name for schema = schema.sales, and on engines with several schemas an object;
// the default schema is none but for its comment.
type schemaKind struct{}

// Reference implements Kind.
func (schemaKind) Reference() KindReference {
	return KindReference{
		Name: "schema", Text: "Declares a schema that tables may lie in.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), commentAttribute(),
			{Name: "default", Text: "true: this is how the models call the default schema, so that public is another schema beside it.", Engines: "PostgreSQL"},
			{Name: "charset", Text: "The default character set.", Engines: "MySQL, MariaDB"},
			{Name: "collate", Text: "The default collation.", Engines: "MySQL, MariaDB"},
		},
	}
}

// declareSchema notes the name of a schema block; an engine without schemas takes its default one only.
func (l *loading) declareSchema(b *Block) {
	name, ok := l.quietName(b)
	if !ok {
		return
	}
	if len(b.Labels) > 0 { // schema.main speaks of the label
		l.noteSchema(b.Labels[len(b.Labels)-1].Text, b.Range)
	}
	l.noteSchema(name, b.Range)
}

func (l *loading) noteSchema(name string, place hcl.Range) {
	key := l.identifier(name)
	if _, ok := l.schemas[key]; !ok {
		l.schemas[key] = place
	}
}

func (schemaKind) read(l *loading, b *Block, _ *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	if first := l.schemas[l.identifier(name)]; first != b.Range {
		l.fail(failure(b.Range, "Declared twice", "There is a schema %q already, at %s. Take one away.", name, placeOf(first)))
		return
	}
	if l.foldSchema(name) == "" {
		if a := given(b, "comment"); a != nil && l.accepts(KindSchema, "several") {
			l.add(l.object(b, Identity{Kind: KindSchema, Name: defaultSchemaName(l.dialect)}))
		}
		return
	}
	switch {
	case besideDefault(l.dialect, name): // always there, and so an object for its comment alone
		if a := given(b, "comment"); a != nil {
			o := l.object(b, Identity{Kind: KindSchema, Name: name})
			o.Properties[PropBeside] = Bool(true)
			l.add(o)
		}
	case l.accepts(KindSchema, "several"):
		l.add(l.object(b, Identity{Kind: KindSchema, Name: name}))
	default:
		l.fail(failure(b.Range, "Not on this database", "%s has one schema, %q, and no other. Write schema %q {}, or take the block and the attributes schema away.",
			l.dialect.Title(), l.dialect.DefaultSchema(), l.dialect.DefaultSchema()))
	}
}

func (schemaKind) write(w *writer, o *Object) {
	if o.Identity.Name == CurrentSchema && w.called != "" {
		w.openNamed(o, w.called)
		w.attribute(PropDefault, "true")
	} else {
		w.open(o)
	}
	w.common(o)
	w.close()
}
