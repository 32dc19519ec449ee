package hclschema

// indexKind is index "users_email" { columns = [column.email] } in a table.
type indexKind struct{}

// Reference implements Kind.
func (indexKind) Reference() KindReference {
	return KindReference{
		Name: KindIndex, Text: "An index of a table.", Within: KindTable, Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), commentAttribute(), columnsAttribute(), onBlock(true),
			{Name: "unique", Text: "Whether no two rows may be equal in it."},
			{Name: "where", Text: "The rows that it holds: a condition in SQL.", Engines: "SQLite, PostgreSQL"},
			{Name: "type", Text: "The kind of index: BTREE, HASH, GIN, GIST, BRIN, SPGIST, or another access method.", Engines: "PostgreSQL, MySQL, MariaDB"},
			includeAttribute(), nullsDistinctAttribute(), tablespaceAttribute(),
			{Name: "page_per_range", Text: "Pages of one entry of a BRIN index.", Engines: "PostgreSQL"},
			storageParams(),
			{Name: "parser", Text: "The parser of a full text index.", Engines: "MySQL"},
		},
	}
}

func (indexKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	o := l.object(b, in.part(KindIndex, name))
	o.Detachable = true
	if parts, ok := l.parts(b, o, in); ok {
		o.Properties[PropColumns] = parts
	}
	l.setBool(b, "unique", o, PropUnique)
	l.setSQL(b, "where", o, PropWhere)
	l.indexType(b, o, "btree")
	l.keyDetails(b, o, in)
	l.add(o)
}

func (indexKind) write(w *writer, o *Object) {
	w.open(o)
	w.boolean(o, PropUnique)
	w.indexType(o, "btree")
	w.keyParts(o)
	if where, ok := o.Properties[PropWhere]; ok {
		w.sql("where", where.String())
	}
	w.keyDetails(o)
	w.common(o)
	w.close()
}
