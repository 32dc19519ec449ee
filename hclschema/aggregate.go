package hclschema

// aggregateKind is aggregate "total" { arg { type = int }, state_type = bigint, state_func = function.add_up }.
type aggregateKind struct{}

// aggregateFunctions are the attributes that name support functions, with what they do. They are properties of the same name.
func aggregateFunctions() []NameReference {
	return []NameReference{
		{Name: PropStateFunc, Text: "The function that takes a row into the state."},
		{Name: PropFinalFunc, Text: "The function that makes the result of the state."},
		{Name: PropCombineFunc, Text: "The function that makes one state of two."},
		{Name: PropSerialFunc, Text: "The function that writes the state as bytea."},
		{Name: PropDeserialFunc, Text: "Its inverse."},
		{Name: PropMovingStateFunc, Text: "As state_func, for moving frames."},
		{Name: PropMovingInverse, Text: "The function that takes a row out of the state."},
		{Name: PropMovingFinal, Text: "As final_func, for moving frames."},
	}
}

// Reference implements Kind.
func (aggregateKind) Reference() KindReference {
	names := append(commonNames(),
		argumentReference("An argument, in order. Without a label it has no name.", false),
		NameReference{Name: "order_by", Text: "An argument behind ORDER BY, which makes it an ordered-set aggregate.", Block: true,
			Nested: argumentReference("", false).Nested},
		NameReference{Name: PropHypothetical, Text: "Whether it is a hypothetical-set aggregate."},
		NameReference{Name: PropStateType, Text: "The type of the state."},
		NameReference{Name: PropStateSize, Text: "How many bytes the state takes, as the planner should guess."},
		NameReference{Name: PropInitialValue, Text: "The first state, as text; NULL without it."},
		NameReference{Name: PropFinalExtra, Text: "Whether final_func is given the arguments too."},
		NameReference{Name: PropFinalModify, Text: "What final_func does to the state: READ_ONLY, SHAREABLE or READ_WRITE."},
		NameReference{Name: PropMovingStateType, Text: "As state_type, for moving frames."},
		NameReference{Name: PropMovingStateSize, Text: "As state_size, for moving frames."},
		NameReference{Name: PropMovingInitial, Text: "As initial_value, for moving frames."},
		NameReference{Name: PropMovingExtra, Text: "As final_func_extra, for moving frames."},
		NameReference{Name: PropMovingModify, Text: "As final_func_modify, for moving frames."},
		NameReference{Name: PropSortOperator, Text: `The operator that an index is read by in place of it, as min and max have: "<".`},
		NameReference{Name: PropParallel, Text: "UNSAFE, RESTRICTED or SAFE."},
	)
	return KindReference{
		Name: KindAggregate, Text: "An aggregate function. Aggregates of one name are told apart by the types of their arguments.", Labels: 2,
		Names: append(names, aggregateFunctions()...),
	}
}

// identify implements identifying.
func (aggregateKind) identify(l *loading, b *Block) (Identity, bool) {
	id, ok := l.routineIdentity(b, "arg", "order_by")
	if args, _ := l.quietArguments(b); repeatsVariadic(args[0], args[1]) {
		name, _ := SplitRoutine(id.Name)
		id.Name = RoutineName(name, inputTypes(args[0]))
	}
	return id, ok
}

// quietArguments are the arguments before and behind ORDER BY, without a word on what is wrong with them.
func (l *loading) quietArguments(b *Block) (args [2]List, ok bool) {
	said := l.diags
	defer func() { l.diags = said }()
	direct, first := l.arguments(b, "arg", &Object{})
	ordered, second := l.arguments(b, "order_by", &Object{})
	return [2]List{direct, ordered}, first && second
}

// repeatsVariadic says whether VARIADIC arguments stand before and behind ORDER BY: PostgreSQL takes them for one.
func repeatsVariadic(direct, ordered List) bool {
	if len(direct) == 0 || len(ordered) != 1 {
		return false
	}
	last, _ := direct[len(direct)-1].(Record)
	only, _ := ordered[0].(Record)
	return last["mode"] == Value(Text("VARIADIC")) && only["mode"] == Value(Text("VARIADIC"))
}

func (aggregateKind) read(l *loading, b *Block, _ *relation) {
	o, ok := l.routine(b)
	if !ok {
		l.arguments(b, "arg", &Object{})
		l.arguments(b, "order_by", &Object{})
		return
	}
	if args, _ := l.arguments(b, "arg", o); args != nil {
		o.Properties[PropArgs] = args
	}
	ordered, _ := l.arguments(b, "order_by", o)
	if ordered != nil {
		o.Properties[PropOrderArgs] = ordered
	}
	l.require(b, PropStateType, "state_type = int")
	l.require(b, PropStateFunc, "state_func = function.NAME")
	for _, name := range []string{PropStateType, PropMovingStateType} {
		if a := given(b, name); a != nil {
			if t, ok := l.typeText(a, o, TypeUse{Argument: true}); ok {
				o.Properties[name] = t
			}
		}
	}
	for _, function := range aggregateFunctions() {
		if a := given(b, function.Name); a != nil {
			if name, ok := l.routineReference(a.Value, a.ValueRange, a.Name, o, KindFunction); ok {
				o.Properties[function.Name] = name
			}
		}
	}
	for _, name := range []string{PropInitialValue, PropMovingInitial} {
		if a := given(b, name); a != nil {
			if text, ok := l.text(a); ok {
				o.Properties[name] = Text(text)
			}
		}
	}
	for _, name := range []string{PropStateSize, PropMovingStateSize} {
		l.setWhole(b, name, o)
	}
	for _, name := range []string{PropHypothetical, PropFinalExtra, PropMovingExtra} {
		l.setBool(b, name, o, name)
	}
	modify := []string{"READ_ONLY", "SHAREABLE", "READ_WRITE"}
	if ordered != nil {
		modify = []string{"READ_WRITE", "SHAREABLE", "READ_ONLY"}
	}
	l.setWord(b, PropFinalModify, o, PropFinalModify, modify...)
	l.setWord(b, PropMovingModify, o, PropMovingModify, modify...)
	l.setWord(b, PropParallel, o, PropParallel, "UNSAFE", "RESTRICTED", "SAFE")
	l.setOperator(b, PropSortOperator, o)
	l.add(o)
}

// setWhole sets a property to a whole number; 0 leaves it absent.
func (l *loading) setWhole(b *Block, name string, o *Object) {
	a := given(b, name)
	if a == nil {
		return
	}
	if n, ok := a.Value.(Number); ok {
		if whole, ok := n.whole(); ok {
			if whole != 0 {
				o.Properties[name] = Int(whole)
			}
			return
		}
	}
	l.wants(a.ValueRange, name, "a whole number", a.Value)
}

func (aggregateKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.arguments("arg", o.Properties.List(PropArgs))
	w.arguments("order_by", o.Properties.List(PropOrderArgs))
	w.boolean(o, PropHypothetical)
	for _, name := range []string{PropStateType, PropMovingStateType} {
		if t, ok := o.Properties[name]; ok {
			w.attribute(name, w.typeOutside(t))
		}
	}
	for _, function := range aggregateFunctions() {
		if name, ok := o.Properties[function.Name]; ok {
			w.attribute(function.Name, w.routineReference(name, KindFunction))
		}
	}
	for _, name := range []string{PropInitialValue, PropMovingInitial} {
		if text, ok := o.Properties[name]; ok {
			w.attribute(name, quoteHCL(text.String()))
		}
	}
	for _, name := range []string{PropStateSize, PropMovingStateSize} {
		w.number(o, name)
	}
	for _, name := range []string{PropFinalExtra, PropMovingExtra} {
		w.boolean(o, name)
	}
	for _, name := range []string{PropFinalModify, PropMovingModify, PropParallel} {
		w.word(o, name)
	}
	w.text(o, PropSortOperator)
	w.common(o)
	w.close()
}
