package hclschema

// viewKind is view "adults" { as = "SELECT …" }.
type viewKind struct{}

// Reference implements Kind.
func (viewKind) Reference() KindReference {
	return KindReference{
		Name: KindView, Text: "A view: a query with a name.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "as", Text: "The query, as a string or heredoc."},
			NameReference{Name: "columns", Text: `The names of the columns, where the query's own won't do: ["id", "name"].`},
			resultColumn(),
			NameReference{Name: "check_option", Text: "Which rows can be written through it: LOCAL or CASCADED.", Engines: "PostgreSQL, MySQL"},
			NameReference{Name: "security", Text: "Whose privileges count for what it reads: DEFINER, the owner's, or INVOKER.", Engines: "PostgreSQL, MySQL"},
			NameReference{Name: "security_barrier", Text: `Whether conditions of others wait for its own; false, or a word such as "on", is written as it stands.`, Engines: "PostgreSQL"},
			NameReference{Name: OptionInvoker, Text: `The same as security = INVOKER where it is true; false, or a word such as "on", is written as it stands.`, Engines: "PostgreSQL"},
		),
	}
}

func (viewKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok || in == nil {
		return
	}
	l.schemaOf(b)
	o := l.object(b, Identity{Kind: KindView, Schema: in.identity.Schema, Name: name})
	l.require(b, "as", `as = "SELECT …"`)
	l.setSQL(b, "as", o, PropAs)
	if columns := l.viewColumns(b); columns != nil {
		o.Properties[PropViewColumns] = columns
	}
	l.resultColumns(b, o)
	l.setWord(b, "check_option", o, PropCheckOption, "NONE", "LOCAL", "CASCADED")
	l.setWord(b, "security", o, PropSecurity, "DEFINER", "INVOKER")
	for _, a := range b.Attributes {
		l.viewOption(b, a.Name, o)
	}
	l.add(o)
}

func (l *loading) viewColumns(b *Block) List {
	var list List
	seen := map[string]bool{}
	take := func(e element) {
		name, ok := e.value.(String)
		switch {
		case !ok:
			l.wants(e.place, "A column of a view", "a name in quotes", e.value)
			return
		case !l.checkName(string(name), e.place):
			return
		case seen[l.identifier(string(name))]:
			l.fail(failure(e.place, "Column named twice", "The view has a column %q already. Give this one another name.", string(name)))
			return
		}
		seen[l.identifier(string(name))] = true
		list = append(list, l.dialect.Identifier(string(name)))
	}
	if a := given(b, "columns"); a != nil {
		all := l.elements(a)
		if sequence, ok := a.Value.(Sequence); ok && len(sequence.Elements) == 0 {
			l.fail(failure(a.ValueRange, "Columns missing", "The list of columns is empty. Name them, or take the attribute away for the names of the query."))
		}
		for _, e := range all {
			take(e)
		}
	}
	return list
}

func (viewKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	if columns := o.Properties.List(PropViewColumns); columns != nil {
		w.attribute("columns", w.quotedList(columns))
	}
	for _, option := range ViewOptions(o) {
		if option == PropCheckOption {
			w.word(o, option)
		} else {
			w.viewOption(o, option)
		}
	}
	w.sql("as", o.Properties.Text(PropAs))
	w.common(o)
	w.resultColumns(o)
	w.close()
}
