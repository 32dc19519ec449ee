package hclschema

// uniqueKind is unique "name" { columns = [column.email] } in a table.
type uniqueKind struct{}

// Reference implements Kind.
func (uniqueKind) Reference() KindReference {
	return KindReference{
		Name: KindUnique, Text: "A unique constraint. Without a label it has no name.", Within: KindTable, Labels: 1, Unlabelled: true,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), commentAttribute(), columnsAttribute(), onBlock(false), onConflictAttribute(), repeatsName(),
			includeAttribute(), deferrableAttribute(), nullsDistinctAttribute(), storageParams(), tablespaceAttribute(), indexCommentAttribute(),
		},
	}
}

// repeatsName lets a table have two constraints of one name, as some databases do.
func repeatsName() NameReference {
	return NameReference{Name: "repeats_name", Text: "Says that another constraint of the table may have the same name.", Engines: "SQLite"}
}

func (uniqueKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	o := l.object(b, in.part(KindUnique, name))
	parts, ok := l.parts(b, o, in)
	if !ok {
		return
	}
	o.Properties[PropColumns] = parts
	l.setWord(b, "on_conflict", o, PropOnConflict, conflictWords()...)
	l.keyDetails(b, o, in)
	l.addConstraint(b, o)
}

// addConstraint adds a constraint, and a second one of the same name where the block says so.
func (l *loading) addConstraint(b *Block, o *Object) {
	if isTrue(b.Attribute("repeats_name")) && !o.Identity.Unnamed {
		l.state.AddNext(o)
		return
	}
	l.add(o)
}

func (uniqueKind) write(w *writer, o *Object) {
	w.open(o)
	w.keyParts(o)
	w.word(o, PropOnConflict)
	w.keyDetails(o)
	w.repeats(o)
	w.common(o)
	w.close()
}
