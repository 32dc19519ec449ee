package hclschema

import "strings"

// functionKind is function "add" { lang = SQL, arg "a" { type = int }, return = int, as = "SELECT a + 1" }.
type functionKind struct{}

// Reference implements Kind.
func (functionKind) Reference() KindReference {
	return KindReference{
		Name: KindFunction, Text: "A function. Functions of one name are told apart by the types of their arguments.", Labels: 2,
		Names: append(routineNames(),
			NameReference{Name: "return", Text: "The type of the result. Left out where OUT arguments tell it."},
			NameReference{Name: "return_set", Text: "The type of the rows that it returns: table.users.", Engines: "PostgreSQL"},
			NameReference{Name: "return_table", Text: "The columns of the rows that it returns.", Block: true, Engines: "PostgreSQL",
				Nested: []NameReference{{Name: KindColumn, Text: "A column.", Block: true, Nested: []NameReference{{Name: "type", Text: "The type."}}}}},
			NameReference{Name: "volatility", Text: "VOLATILE, STABLE or IMMUTABLE.", Engines: "PostgreSQL"},
			NameReference{Name: "strict", Text: "Whether it gives NULL for NULL without being called.", Engines: "PostgreSQL"},
			NameReference{Name: "leakproof", Text: "Whether it tells nothing of its arguments.", Engines: "PostgreSQL"},
			NameReference{Name: "parallel", Text: "UNSAFE, RESTRICTED or SAFE.", Engines: "PostgreSQL"},
			NameReference{Name: "cost", Text: "What a call costs, where it isn't what calls cost in the language.", Engines: "PostgreSQL"},
			NameReference{Name: "rows", Text: "How many rows it returns, as the planner should guess; 1000 by itself.", Engines: "PostgreSQL"},
			NameReference{Name: "support", Text: "The planner's support function.", Engines: "PostgreSQL"},
			NameReference{Name: "window", Text: "Whether it is a window function.", Engines: "PostgreSQL"},
		),
	}
}

// identify implements identifying.
func (functionKind) identify(l *loading, b *Block) (Identity, bool) {
	return l.routineIdentity(b, "arg")
}

func (functionKind) read(l *loading, b *Block, _ *relation) {
	o := l.readRoutine(b)
	if o == nil {
		return
	}
	l.returns(b, o)
	l.setWord(b, "volatility", o, PropVolatility, "VOLATILE", "STABLE", "IMMUTABLE")
	l.setBool(b, "strict", o, PropStrictCall)
	l.setBool(b, "leakproof", o, PropLeakproof)
	l.setBool(b, "window", o, PropWindow)
	l.setWord(b, "parallel", o, PropParallel, "UNSAFE", "RESTRICTED", "SAFE")
	own := "100"
	if lang := o.Properties.Text(PropLang); lang == "c" || lang == "internal" {
		own = "1"
	}
	l.setNumber(b, "cost", o, PropCost, own)
	l.setNumber(b, "rows", o, PropRows, "1000")
	if a := given(b, "support"); a != nil {
		if name, ok := l.routineReference(a.Value, a.ValueRange, a.Name, o, KindFunction); ok {
			o.Properties[PropSupport] = name
		}
	}
	l.add(o)
}

// setNumber sets a property to the text of a number; the engine's own value leaves it absent.
func (l *loading) setNumber(b *Block, name string, o *Object, property, own string) {
	a := given(b, name)
	if a == nil {
		return
	}
	n, ok := a.Value.(Number)
	if !ok {
		l.wants(a.ValueRange, name, "a number", a.Value)
	} else if string(n) != own {
		o.Properties[property] = Text(n)
	}
}

// returns reads the result, in one of the three ways to declare it.
func (l *loading) returns(b *Block, o *Object) {
	one, set := given(b, "return"), given(b, "return_set")
	var table *Block
	for _, nested := range b.Blocks {
		if nested.Type == "return_table" && !nested.Incomplete {
			table = nested
		}
	}
	implied := impliedResult(o.Properties.List(PropArgs))
	switch {
	case one != nil && set != nil || table != nil && (one != nil || set != nil):
		l.fail(failure(b.Range, "Several results", "A function has one of return, return_set and return_table. Take the others away."))
	case table != nil:
		l.returnTable(table, o)
	case set != nil:
		if t, ok := l.typeText(set, o, TypeUse{Argument: true}); ok {
			o.Properties[PropReturns] = Spelled{Text: "SETOF " + t.Text, Canonical: "SETOF " + t.Canonical}
		}
	case one != nil:
		if t, ok := l.typeText(one, o, TypeUse{Argument: true}); ok && t.Canonical != implied {
			o.Properties[PropReturns] = t
		}
	case implied == "" && b.Attribute("return") == nil && b.Attribute("return_set") == nil && !b.Incomplete:
		l.fail(failure(b.Range, "Attribute missing", "A function needs return: write return = int, or return = void for nothing."))
	}
}

// impliedResult is the type that a function has from its OUT arguments; empty where it has none.
func impliedResult(args List) string {
	result := ""
	for _, arg := range args {
		record, _ := arg.(Record)
		if mode := record["mode"]; mode != Value(Text("OUT")) && mode != Value(Text("INOUT")) {
			continue
		}
		if result != "" {
			return "record"
		}
		if t, ok := record["type"].(Spelled); ok {
			result = t.Canonical
		}
	}
	return result
}

func (l *loading) returnTable(b *Block, o *Object) {
	var list List
	for _, column := range b.Blocks {
		if column.Incomplete {
			continue
		}
		if len(column.Labels) != 1 || !l.checkName(column.Labels[0].Text, column.Labels[0].Range) {
			l.fail(failure(column.Range, "Name missing", `A column of a result has one label, its name: column "id" { … }.`))
			continue
		}
		if t, ok := l.typeIn(column, "type", o); ok {
			list = append(list, Record{"name": Text(column.Labels[0].Text), "type": t})
		}
	}
	if len(b.Blocks) == 0 {
		l.fail(failure(b.Range, "Columns missing", `The result has no columns. Write column "id" { type = int } for each.`))
	}
	if list != nil {
		o.Properties[PropReturnTable] = list
	}
}

func (functionKind) write(w *writer, o *Object) {
	w.openRoutine(o)
	w.word(o, PropVolatility)
	w.boolean(o, PropStrictCall)
	w.boolean(o, PropLeakproof)
	w.boolean(o, PropWindow)
	w.word(o, PropParallel)
	w.number(o, PropCost)
	w.number(o, PropRows)
	if support, ok := o.Properties[PropSupport]; ok {
		w.attribute("support", w.routineReference(support, KindFunction))
	}
	if returns, ok := o.Properties[PropReturns].(Spelled); ok {
		name := "return"
		if rest, set := strings.CutPrefix(returns.Text, "SETOF "); set {
			name, returns = "return_set", Spelled{Text: rest, Canonical: strings.TrimPrefix(returns.Canonical, "SETOF ")}
		}
		w.attribute(name, w.typeOutside(returns))
	}
	w.closeRoutine(o)
	if table := o.Properties.List(PropReturnTable); table != nil {
		w.line("return_table {")
		w.depth++
		for _, column := range table {
			record := column.(Record)
			w.line("column " + quoteHCL(record["name"].String()) + " {")
			w.depth++
			w.attribute("type", w.typeOutside(record["type"]))
			w.depth--
			w.line("}")
		}
		w.depth--
		w.line("}")
	}
	w.close()
}
