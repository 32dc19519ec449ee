package hclschema

// materializedKind is materialized "totals" { as = "SELECT …", index "…" { … } }.
type materializedKind struct{}

// Reference implements Kind.
func (materializedKind) Reference() KindReference {
	return KindReference{
		Name: KindMaterialized, Text: "A materialized view: a query with a name, whose result is stored.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "as", Text: "The query, as a string or heredoc."},
			NameReference{Name: "columns", Text: `The names of the columns, where the query's own won't do: ["id", "name"].`},
			resultColumn(),
			NameReference{Name: KindIndex, Text: "An index, as in a table.", Block: true, Open: true},
			NameReference{Name: "no_data", Text: "Whether it holds nothing until it is refreshed."},
			NameReference{Name: "cluster_on", Text: "The name of the index by which CLUSTER sorts it."},
			NameReference{Name: "access_method", Text: "The table access method, where it isn't heap."},
			NameReference{Name: "tablespace", Text: "The tablespace that it lies in."},
			storageParamsBlock(),
		),
	}
}

func (materializedKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok || in == nil {
		return
	}
	l.schemaOf(b)
	o := l.object(b, Identity{Kind: KindMaterialized, Schema: in.identity.Schema, Name: name})
	l.require(b, "as", `as = "SELECT …"`)
	l.setSQL(b, "as", o, PropAs)
	if columns := l.viewColumns(b); columns != nil {
		o.Properties[PropViewColumns] = columns
	}
	l.resultColumns(b, o)
	l.setBool(b, "no_data", o, PropNoData)
	l.setText(b, "cluster_on", o, PropClusterOn)
	l.setText(b, "access_method", o, PropAccessMethod)
	l.setText(b, "tablespace", o, PropTablespace)
	l.storageParams(b, o)
	l.add(o)
	for _, nested := range b.Blocks {
		if nested.Type == KindIndex && !nested.Incomplete && l.checkNames(nested, KindIndex, l.rules[KindIndex]) {
			indexKind{}.read(l, nested, in)
		}
	}
}

func (materializedKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.sql("as", o.Properties.Text(PropAs))
	if columns := o.Properties.List(PropViewColumns); columns != nil {
		w.attribute("columns", w.quotedList(columns))
	}
	w.boolean(o, PropNoData)
	w.text(o, PropClusterOn)
	w.text(o, PropAccessMethod)
	w.text(o, PropTablespace)
	w.common(o)
	w.storageParams(o)
	w.resultColumns(o)
	for _, part := range w.parts(o) {
		if part.Identity.Kind == KindMaterializedIndex {
			w.blank()
			indexKind{}.write(w, part)
		}
	}
	w.close()
}
