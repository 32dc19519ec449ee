package hclschema

// enumKind is enum "status" { values = ["new", "paid"] }, a type that columns have as enum.status.
type enumKind struct{}

// Reference implements Kind.
func (enumKind) Reference() KindReference {
	return KindReference{
		Name: KindEnum, Text: "A type whose values are listed: type = enum.status.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "values", Text: `The values in their order: ["new", "paid"].`},
			NameReference{Name: "value", Text: `Says of a value that it had another name: value "new" { renamed_from = "open" }.`, Block: true, Nested: []NameReference{renamedFrom()}},
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
		blocks := blocksOf(b, "value")
		for _, nested := range blocks {
			l.renamedValue(nested, blocks, o, seen)
		}
	}
	l.add(o)
}

// renamedValue reads one of the blocks, which says of a value of the enum that it had another name.
func (l *loading) renamedValue(b *Block, blocks []*Block, o *Object, values map[string]bool) {
	if len(b.Labels) != 1 {
		l.fail(failure(b.Range, "Name missing", `The block has one label, a value of the enum: value "new" { renamed_from = "open" }.`))
		return
	}
	name := b.Labels[0]
	if !values[name.Text] {
		l.fail(failure(name.Range, "Unknown value", "The enum has no value %q.%s", name.Text, DidYouMean(name.Text, sortedKeys(values))))
		return
	}
	l.require(b, "renamed_from", `renamed_from = "open"`)
	l.renamedElement(b, blocks, o, name.Text, values)
}

func (enumKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.attribute("values", w.quotedList(o.Properties.List(PropValues)))
	w.common(o)
	for _, name := range sortedKeys(o.RenamedElements) {
		w.line("value " + quoteHCL(name) + " {")
		w.depth++
		w.attribute("renamed_from", quoteHCL(o.RenamedElements[name]))
		w.depth--
		w.line("}")
	}
	w.close()
}
