package hclschema

// checkKind is check "positive" { expr = "price > 0" } in a table.
type checkKind struct{}

// Reference implements Kind.
func (checkKind) Reference() KindReference {
	return KindReference{
		Name: KindCheck, Text: "A condition on each row. Without a label it has no name.", Within: KindTable, Labels: 1, Unlabelled: true,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), commentAttribute(), onConflictAttribute(), repeatsName(),
			{Name: "expr", Text: "The condition, in SQL."},
			{Name: "enforced", Text: "Whether it is checked.", Engines: "MySQL"},
			{Name: "no_inherit", Text: "Whether child tables are free of it.", Engines: "PostgreSQL"},
			notValidAttribute(),
		},
	}
}

func (checkKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	o := l.object(b, in.part(KindCheck, name))
	o.Detachable = l.accepts(KindCheck, "not_valid")
	l.require(b, "expr", `expr = "price > 0"`)
	l.setSQL(b, "expr", o, PropExpr)
	l.setWord(b, "on_conflict", o, PropOnConflict, conflictWords()...)
	l.setBool(b, "no_inherit", o, PropNoInherit)
	l.setBool(b, "not_valid", o, PropNotValid)
	if o.Properties[PropExpr] != nil {
		l.addConstraint(b, o)
	}
}

func (checkKind) write(w *writer, o *Object) {
	w.open(o)
	w.sql("expr", o.Properties.Text(PropExpr))
	w.word(o, PropOnConflict)
	w.boolean(o, PropNoInherit)
	w.boolean(o, PropNotValid)
	w.repeats(o)
	w.common(o)
	w.close()
}
