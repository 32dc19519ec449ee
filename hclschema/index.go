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
			{Name: "type", Text: "The kind of index.", Engines: "PostgreSQL, MySQL, MariaDB"},
			{Name: "include", Text: "Further columns that it holds.", Engines: "PostgreSQL"},
			{Name: "nulls_distinct", Text: "Whether NULLs differ from each other.", Engines: "PostgreSQL"},
			{Name: "page_per_range", Text: "Pages of one entry of a BRIN index.", Engines: "PostgreSQL"},
			{Name: "storage_params", Text: "Storage parameters.", Block: true, Engines: "PostgreSQL"},
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
	if parts, ok := l.parts(b, in); ok {
		o.Properties[PropColumns] = parts
	}
	l.setBool(b, "unique", o, PropUnique)
	l.setSQL(b, "where", o, PropWhere)
	l.add(o)
}

func (indexKind) write(w *writer, o *Object) {
	w.open(o)
	w.boolean(o, PropUnique)
	w.keyParts(o)
	if where, ok := o.Properties[PropWhere]; ok {
		w.sql("where", where.String())
	}
	w.common(o)
	w.close()
}
