package hclschema

// excludeKind is exclude "no_overlap" { type = GIST, on { column = column.room, op = "=" }, on { column = column.during, op = "&&" } } in a table.
type excludeKind struct{}

// Reference implements Kind.
func (excludeKind) Reference() KindReference {
	on := onBlock(true)
	on.Nested = append(on.Nested, NameReference{Name: "op", Text: `The operator that no two rows may fulfil for all parts: "&&".`})
	return KindReference{
		Name: KindExclude, Text: "An exclusion constraint: no two rows may be alike by the operators of its parts.", Within: KindTable, Labels: 1, Unlabelled: true,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), commentAttribute(), on,
			{Name: "type", Text: "The kind of index that carries it; GIST unless said.", Engines: "PostgreSQL"},
			{Name: "where", Text: "The rows that it holds for: a condition in SQL.", Engines: "PostgreSQL"},
			includeAttribute(), deferrableAttribute(), storageParams(), tablespaceAttribute(), indexCommentAttribute(),
		},
	}
}

func (excludeKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	o := l.object(b, in.part(KindExclude, name))
	o.Detachable = true
	parts, ok := l.parts(b, o, in)
	if !ok {
		return
	}
	for _, value := range parts {
		if part, ok := value.(Record); ok && part["op"] == nil {
			l.fail(failure(b.Range, "Operator missing", `Each part of an exclusion needs an operator: on { column = column.during, op = "&&" }.`))
			return
		}
	}
	o.Properties[PropColumns] = parts
	l.setSQL(b, "where", o, PropWhere)
	l.indexType(b, o, "gist")
	l.keyDetails(b, o, in)
	l.add(o)
}

func (excludeKind) write(w *writer, o *Object) {
	w.open(o)
	w.indexType(o, "gist")
	w.keyParts(o)
	if where, ok := o.Properties[PropWhere]; ok {
		w.sql("where", where.String())
	}
	w.keyDetails(o)
	w.common(o)
	w.close()
}
