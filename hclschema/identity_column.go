package hclschema

// identityBlock is identity { generated = ALWAYS } in a column.
func identityBlock() NameReference {
	return NameReference{Name: "identity", Text: "Numbers rows by a sequence of its own.", Block: true, Engines: "PostgreSQL", Nested: []NameReference{
		{Name: "generated", Text: "ALWAYS, or BY_DEFAULT for numbers that a row may bring along."},
		{Name: "start", Text: "The first number."},
		{Name: "increment", Text: "What is added for the next one."},
		{Name: "min_value", Text: "The lowest number."},
		{Name: "max_value", Text: "The highest number."},
		{Name: "cache", Text: "How many numbers a session takes at once."},
		{Name: "cycle", Text: "Begins again at the other end instead of failing."},
		{Name: PropSequenceName, Text: "The name of its sequence, where it isn't the one that PostgreSQL gives."},
	}}
}

// identityNumbers are the numbers of an identity's sequence, as properties and as models write them.
func identityNumbers() []string {
	return []string{PropStart, PropIncrement, PropMinValue, PropMaxValue, PropCache}
}

// identity reads the identity block of a column.
func (l *loading) identity(b *Block, o *Object) {
	for _, nested := range b.Blocks {
		if nested.Type != "identity" || nested.Incomplete {
			continue
		}
		if o.Properties[PropIdentity] != nil {
			l.fail(failure(nested.Range, "Identity given twice", "Column %q has an identity already. Take one away.", o.Identity.Name))
			return
		}
		if a := given(b, "default"); a != nil {
			l.fail(failure(a.NameRange, "Default of an identity", "Column %q gets its numbers from its identity and can't have a default as well. Take one away.", o.Identity.Name))
			return
		}
		identity := Record{"generated": Text("BY_DEFAULT")}
		if a := given(nested, "generated"); a != nil {
			if word, ok := l.word(a, []string{"BY_DEFAULT", "ALWAYS"}); ok {
				identity["generated"] = Text(word)
			}
		}
		for _, name := range identityNumbers() {
			if a := given(nested, name); a != nil {
				if n, ok := l.integer(a); ok {
					identity[name] = Int(n)
				}
			}
		}
		if isTrue(nested.Attribute("cycle")) {
			identity[PropCycle] = Bool(true)
		}
		if a := given(nested, PropSequenceName); a != nil {
			if name, ok := l.text(a); ok && l.checkName(name, a.ValueRange) {
				identity[PropSequenceName] = Text(name)
			}
		}
		o.Properties[PropIdentity] = identity
	}
}

// identity writes the identity block of a column.
func (w *writer) identity(o *Object) {
	identity, ok := o.Properties[PropIdentity].(Record)
	if !ok {
		return
	}
	w.line("identity {")
	w.depth++
	w.attribute("generated", identity["generated"].String())
	for _, name := range append(identityNumbers(), PropCycle) {
		if value := identity[name]; value != nil {
			w.attribute(name, value.String())
		}
	}
	if name := identity[PropSequenceName]; name != nil {
		w.attribute(PropSequenceName, quoteHCL(name.String()))
	}
	w.depth--
	w.line("}")
}

// columnStorage reads how a column is stored.
func (l *loading) columnStorage(b *Block, o *Object) {
	if a := given(b, "storage"); a != nil {
		if word, ok := l.word(a, []string{"PLAIN", "MAIN", "EXTERNAL", "EXTENDED"}); ok {
			o.Properties[PropStorage] = Text(word)
		}
	}
	if a := given(b, "compression"); a != nil {
		if word, ok := l.word(a, []string{"PGLZ", "LZ4", "DEFAULT"}); ok {
			o.Properties[PropCompression] = Text(lowerASCII(word))
		}
	}
	l.setInt(b, "statistics", o, PropStatistics)
	l.settings(b, "options", o, PropOptions)
}

func (w *writer) columnStorage(o *Object) {
	w.word(o, PropStorage)
	w.word(o, PropCompression)
	w.integer(o, PropStatistics)
	w.settings("options", o.Properties[PropOptions])
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c - 'A' + 'a'
		}
	}
	return string(b)
}
