package hclschema

// enumKind is enum "status" { values = ["new", "paid"] }, a type that columns have as enum.status.
type enumKind struct{}

// Reference implements Kind.
func (enumKind) Reference() KindReference {
	return KindReference{
		Name: KindEnum, Text: "A type whose values are listed: type = enum.status.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "values", Text: `The values in their order: ["new", "paid"].`},
		),
	}
}

func (enumKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	l.require(b, "values", `values = ["new", "paid"]`)
	if a := given(b, "values"); a != nil {
		values := List{}
		seen := map[string]bool{}
		for _, e := range l.elements(a) {
			text, ok := e.value.(String)
			switch {
			case !ok:
				l.wants(e.place, "A value of an enum", "a text in quotes", e.value)
			case text != "" && !l.checkName(string(text), e.place): // a value may be an empty text
			case seen[string(text)]:
				l.fail(failure(e.place, "Value listed twice", "The enum has the value %q already. Take one away.", string(text)))
			default:
				seen[string(text)] = true
				values = append(values, Text(text))
			}
		}
		o.Properties[PropValues] = values
	}
	l.add(o)
}

func (enumKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.attribute("values", w.quotedList(o.Properties.List(PropValues)))
	w.common(o)
	w.close()
}
