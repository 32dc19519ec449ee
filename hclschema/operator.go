package hclschema

import "strings"

// operatorKind is operator "#+#" { left = int, right = int, function = function.join_up }.
type operatorKind struct{}

// Reference implements Kind.
func (operatorKind) Reference() KindReference {
	names := []NameReference{}
	for _, name := range commonNames() {
		if name.Name != "renamed_from" { // no engine renames operators
			names = append(names, name)
		}
	}
	return KindReference{
		Name: KindOperator, Text: "An operator. Operators of one name are told apart by the types of their operands.", Labels: 2,
		Names: append(names,
			NameReference{Name: PropLeft, Text: "The type of the left operand; none for a prefix operator."},
			NameReference{Name: PropRight, Text: "The type of the right operand."},
			NameReference{Name: PropProcedure, Text: "The function that computes it: function.join_up."},
			NameReference{Name: PropCommutator, Text: `The operator that does the same with the operands changed about: "#+#", "sales.#+#".`},
			NameReference{Name: PropNegator, Text: "The operator that gives the opposite."},
			NameReference{Name: PropRestrict, Text: `The estimator of what it leaves of a table: "eqsel".`},
			NameReference{Name: PropJoin, Text: `The estimator of what it leaves of a join: "eqjoinsel".`},
			NameReference{Name: PropHashes, Text: "Whether hash joins can use it."},
			NameReference{Name: PropMerges, Text: "Whether merge joins can use it."},
		),
	}
}

// identify implements identifying.
func (operatorKind) identify(l *loading, b *Block) (Identity, bool) {
	name, ok := l.quietName(b)
	if !ok {
		return Identity{}, false
	}
	said := l.diags
	defer func() { l.diags = said }()
	types := make([]string, 2)
	for i, side := range []string{PropLeft, PropRight} {
		types[i] = "NONE"
		if a := given(b, side); a != nil {
			t, good := l.typeText(a, &Object{}, TypeUse{Argument: true})
			types[i] = t.Canonical
			ok = ok && good
		}
	}
	return Identity{Kind: KindOperator, Schema: l.quietSchema(b), Name: RoutineName(name, types)}, ok
}

func (operatorKind) read(l *loading, b *Block, _ *relation) {
	o, ok := l.routine(b)
	if !ok {
		for _, side := range []string{PropLeft, PropRight} {
			if a := given(b, side); a != nil {
				l.typeText(a, &Object{}, TypeUse{Argument: true})
			}
		}
		return
	}
	for _, side := range []string{PropLeft, PropRight} {
		if a := given(b, side); a != nil {
			if t, ok := l.typeText(a, o, TypeUse{Argument: true}); ok {
				o.Properties[side] = t
			}
		}
	}
	if o.Properties[PropLeft] == nil && o.Properties[PropRight] == nil {
		l.fail(failure(b.Range, "Operands missing", "An operator has a left operand, a right one or both. Write right = int."))
	}
	l.require(b, PropProcedure, "function = function.NAME")
	for _, name := range []string{PropProcedure, PropRestrict, PropJoin} {
		if a := given(b, name); a != nil {
			if text, ok := l.routineReference(a.Value, a.ValueRange, a.Name, o, KindFunction); ok {
				o.Properties[name] = text
			}
		}
	}
	l.setOperator(b, PropCommutator, o)
	l.setOperator(b, PropNegator, o)
	l.setBool(b, PropHashes, o, PropHashes)
	l.setBool(b, PropMerges, o, PropMerges)
	l.add(o)
}

// setOperator sets a property to the name of an operator, its schema before it where that isn't the default one.
func (l *loading) setOperator(b *Block, name string, o *Object) {
	a := given(b, name)
	if a == nil {
		return
	}
	text, ok := l.text(a)
	if !ok {
		return
	}
	schema, sign := "", text
	if i := strings.LastIndexByte(text, '.'); i >= 0 {
		schema, sign = text[:i], text[i+1:]
	}
	if sign == "" || strings.Trim(sign, "+-*/<>=~!@#%^&|`?") != "" || schema != "" && len(sqlNames(schema)) != 1 {
		l.fail(failure(a.ValueRange, "Wrong operator", `%q is no operator. Write its sign, "+", or "schema.+" where it lies in another schema.`, text))
		return
	}
	o.Properties[name] = Spelled{Text: text, Canonical: text}
}

func (operatorKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	for _, side := range []string{PropLeft, PropRight} {
		if t, ok := o.Properties[side]; ok {
			w.attribute(side, w.typeOutside(t))
		}
	}
	for _, name := range []string{PropProcedure, PropRestrict, PropJoin} {
		if function, ok := o.Properties[name]; ok {
			w.attribute(name, w.routineReference(function, KindFunction))
		}
	}
	w.text(o, PropCommutator)
	w.text(o, PropNegator)
	w.boolean(o, PropHashes)
	w.boolean(o, PropMerges)
	w.common(o)
	w.close()
}
