package hclschema

// procedureKind is procedure "archive" { lang = SQL, arg "before" { type = date }, as = "DELETE …" }.
type procedureKind struct{}

// Reference implements Kind.
func (procedureKind) Reference() KindReference {
	return KindReference{
		Name: KindProcedure, Text: "A procedure, run with CALL. Procedures of one name are told apart by the types of their arguments.", Labels: 2,
		Names: routineNames(),
	}
}

// identify implements identifying.
func (procedureKind) identify(l *loading, b *Block) (Identity, bool) {
	return l.routineIdentity(b, "arg")
}

func (procedureKind) read(l *loading, b *Block, _ *relation) {
	if o := l.readRoutine(b); o != nil {
		l.add(o)
	}
}

func (procedureKind) write(w *writer, o *Object) {
	w.openRoutine(o)
	w.closeRoutine(o)
	w.close()
}
