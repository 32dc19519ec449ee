package hclschema

import "strings"

// castKind is cast { source = text, target = enum.status, with = INOUT }.
type castKind struct{}

// Reference implements Kind.
func (castKind) Reference() KindReference {
	return KindReference{
		Name: KindCast, Text: "A cast from one type to another. It has no name.", Unlabelled: true,
		Names: []NameReference{
			dependsOnAttribute(), commentAttribute(),
			{Name: PropSource, Text: "The type that it starts from."},
			{Name: PropTarget, Text: "The type that it leads to."},
			{Name: PropWith, Text: `How: function.to_status, INOUT by way of the text, or BINARY where both are the same bytes.`},
			{Name: PropCastAs, Text: "Where it is taken without being written: IMPLICIT, ASSIGNMENT."},
		},
	}
}

func (castKind) read(l *loading, b *Block, _ *relation) {
	if _, ok := l.name(b); !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindCast})
	source, ok := l.typeIn(b, PropSource, o)
	target, also := l.typeIn(b, PropTarget, o)
	if !ok || !also {
		return
	}
	o.Identity.Name = "(" + source.Canonical + " AS " + target.Canonical + ")"
	o.Properties[PropSource], o.Properties[PropTarget] = source, target
	l.require(b, PropWith, "with = INOUT")
	l.castFunction(b, o, source)
	if a := given(b, PropCastAs); a != nil {
		if word, ok := l.word(a, []string{"IMPLICIT", "ASSIGNMENT"}); ok {
			o.Properties[PropCastAs] = Text(word)
		}
	}
	l.add(o)
}

// castFunction reads with: a word, or a function, of several of one name the one that takes the source.
func (l *loading) castFunction(b *Block, o *Object, source Spelled) {
	a := given(b, PropWith)
	if a == nil {
		return
	}
	if _, word := a.Value.(Word); word {
		if word, ok := l.word(a, []string{"INOUT", "BINARY"}); ok {
			o.Properties[PropWith] = Text(word)
		}
		return
	}
	found, text, ok := l.routinesCalled(a.Value, a.ValueRange, PropWith, KindFunction)
	if !ok {
		return
	}
	for _, id := range found {
		_, types := SplitRoutine(id.Name)
		if len(found) == 1 || types == "("+source.Canonical+")" || strings.HasPrefix(types, "("+source.Canonical+", ") {
			o.DependsOn = append(o.DependsOn, id)
			o.Properties[PropProcedure] = Spelled{Text: text + types, Canonical: text + types}
			return
		}
	}
	if found != nil {
		l.fail(failure(a.ValueRange, "Several functions", `None of the functions of this name takes the type %s. Write the one that is meant in quotes, with = "%s(type)".`, source.Text, text))
		return
	}
	o.Properties[PropProcedure] = Spelled{Text: text, Canonical: text}
}

func (castKind) write(w *writer, o *Object) {
	w.openNamed(o, "")
	w.attribute(PropSource, w.typeOutside(o.Properties[PropSource]))
	w.attribute(PropTarget, w.typeOutside(o.Properties[PropTarget]))
	w.word(o, PropWith)
	if function := o.Properties.Text(PropProcedure); function != "" {
		w.attribute(PropWith, quoteHCL(function))
	}
	w.word(o, PropCastAs)
	w.common(o)
	w.close()
}
