package hclschema

// inEventOrder are the events of a trigger in the order in which the property holds them.
func inEventOrder(events []string) List {
	var list List
	for _, event := range []string{"INSERT", "DELETE", "UPDATE", "TRUNCATE"} {
		for _, has := range events {
			if has == event {
				list = append(list, Text(event))
				break
			}
		}
	}
	return list
}

// triggerFunction reads what triggers have that run a function.
func (l *loading) triggerFunction(b *Block, o *Object) {
	for _, name := range []string{"for", "foreach"} {
		l.setWord(b, name, o, PropFor, "STATEMENT", "ROW")
	}
	l.setBool(b, "constraint", o, PropConstraint)
	if a := given(b, "deferrable"); a != nil {
		if word, ok := l.word(a, []string{"INITIALLY_IMMEDIATE", "INITIALLY_DEFERRED"}); ok {
			o.Properties[PropDeferrable] = Text(word)
			o.Properties[PropConstraint] = Bool(true)
		}
	}
	l.constraintFrom(b, o)
	l.enabled(b, o)
	var execute *Block
	for _, nested := range b.Blocks {
		switch {
		case nested.Incomplete:
		case nested.Type == "referencing":
			l.setText(nested, "old_table", o, PropOldTable)
			l.setText(nested, "new_table", o, PropNewTable)
		case nested.Type == "execute" && execute != nil:
			l.fail(failure(nested.Range, "Two times", "A trigger runs one function. Take one execute block away."))
		case nested.Type == "execute":
			execute = nested
		}
	}
	if execute == nil {
		if !b.Incomplete {
			l.fail(failure(b.Range, "Block missing", "This trigger doesn't say what it runs. Write execute { function = function.NAME }."))
		}
		return
	}
	l.require(execute, "function", "function = function.NAME")
	if a := given(execute, "function"); a != nil {
		if name, ok := l.routineReference(a.Value, a.ValueRange, a.Name, o, KindFunction); ok {
			o.Properties[PropExecute] = name
		}
	}
	if a := given(execute, "args"); a != nil {
		if args := l.texts(a); args != nil {
			o.Properties[PropExecuteArgs] = args
		}
	}
}

func (l *loading) constraintFrom(b *Block, o *Object) {
	a := given(b, "constraint_from")
	if a == nil {
		return
	}
	if text, ok := a.Value.(String); ok {
		if l.checkName(string(text), a.ValueRange) {
			o.Properties[PropConstraintFrom] = Spelled{Text: string(text), Canonical: string(text)}
		}
		return
	}
	if id, ok := l.referred(a.Value, a.ValueRange, a.Name, KindTable); ok {
		text := l.qualified(id.Schema, id.Name)
		o.Properties[PropConstraintFrom] = Spelled{Text: text, Canonical: text}
		o.DependsOn = append(o.DependsOn, id)
	}
}

func (w *writer) triggerFunction(o *Object) {
	w.boolean(o, PropConstraint)
	w.word(o, PropDeferrable)
	if from := o.Properties.Text(PropConstraintFrom); from != "" {
		w.attribute("constraint_from", quoteHCL(from))
	}
	w.enabled(o)
	before, after := o.Properties.Text(PropOldTable), o.Properties.Text(PropNewTable)
	if before != "" || after != "" {
		w.line("referencing {")
		w.depth++
		w.text(o, PropOldTable)
		w.text(o, PropNewTable)
		w.depth--
		w.line("}")
	}
	w.line("execute {")
	w.depth++
	w.attribute("function", w.routineReference(o.Properties[PropExecute], KindFunction))
	if args := o.Properties.List(PropExecuteArgs); args != nil {
		w.attribute("args", w.quotedList(args))
	}
	w.depth--
	w.line("}")
}
