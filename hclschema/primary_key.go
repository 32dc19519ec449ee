package hclschema

// primaryKeyKind is primary_key { columns = [column.id] } in a table.
type primaryKeyKind struct{}

// Reference implements Kind.
func (primaryKeyKind) Reference() KindReference {
	return KindReference{
		Name: KindPrimaryKey, Text: "The primary key of a table. A label names the constraint.", Within: KindTable, Labels: 1, Unlabelled: true,
		Names: []NameReference{
			nameAttribute(), commentAttribute(), columnsAttribute(), onBlock(false),
			onConflictAttribute(),
			{Name: "inline", Text: "SQLite's quirk that INTEGER PRIMARY KEY DESC, written behind a column, is no rowid.", Engines: "SQLite"},
			includeAttribute(),
			{Name: "type", Text: "The kind of index.", Engines: "MySQL, MariaDB"},
			deferrableAttribute(), storageParams(), tablespaceAttribute(), indexCommentAttribute(),
			{Name: "without_overlaps", Text: "Makes a temporal key.", Engines: "PostgreSQL"},
		},
	}
}

func columnsAttribute() NameReference {
	return NameReference{Name: "columns", Text: "The columns in order: [column.a, column.b]."}
}

// onBlock is a part of a key or index with more to say than its column.
func onBlock(expressions bool) NameReference {
	nested := []NameReference{
		{Name: "column", Text: "The column."},
		{Name: "desc", Text: "Whether it sorts downwards."},
		{Name: "collate", Text: "The collation of this part.", Engines: "SQLite, PostgreSQL"},
		{Name: "ops", Text: `The operator class: a word, or sql("…") with parameters.`, Engines: "PostgreSQL"},
		{Name: "statistics", Text: "The statistics target of an expression.", Engines: "PostgreSQL"},
		{Name: "nulls_first", Text: "Sorts NULLs first.", Engines: "PostgreSQL"},
		{Name: "nulls_last", Text: "Sorts NULLs last.", Engines: "PostgreSQL"},
		{Name: "prefix", Text: "How many characters of the column count.", Engines: "MySQL, MariaDB"},
	}
	if expressions {
		nested = append(nested, NameReference{Name: "expr", Text: "An expression instead of a column."})
	}
	return NameReference{Name: "on", Text: "One part, instead of columns: a block each.", Block: true, Nested: nested}
}

func onConflictAttribute() NameReference {
	return NameReference{Name: "on_conflict", Text: "What happens to a row that breaks it: ABORT, FAIL, IGNORE, REPLACE or ROLLBACK.", Engines: "SQLite"}
}

func (primaryKeyKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	o := l.object(b, in.part(KindPrimaryKey, ""))
	if name != "" {
		o.Properties[PropName] = Text(name)
	}
	if parts, ok := l.parts(b, o, in); ok {
		o.Properties[PropColumns] = parts
	}
	l.setWord(b, "on_conflict", o, PropOnConflict, conflictWords()...)
	l.setBool(b, "inline", o, PropInline)
	l.keyDetails(b, o, in)
	if first := l.state.Get(o.Identity); first != nil {
		l.fail(failure(b.Range, "Two primary keys", "Table %q has a primary key already, at %s. Name all columns in one.", in.identity.Name, placeOf(first.Range)))
		return
	}
	l.add(o)
}

func (primaryKeyKind) write(w *writer, o *Object) {
	w.openNamed(o, o.Properties.Text(PropName))
	w.keyParts(o)
	w.word(o, PropOnConflict)
	w.boolean(o, PropInline)
	w.keyDetails(o)
	w.common(o)
	w.close()
}
