package hclschema

// domainKind is domain "email" { type = text, check "at" { expr = "VALUE LIKE '%@%'" } }, a type that columns have as domain.email.
type domainKind struct{}

// Reference implements Kind.
func (domainKind) Reference() KindReference {
	return KindReference{
		Name: KindDomain, Text: "A type with conditions on its values: type = domain.email.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "type", Text: "The type that it restricts."},
			NameReference{Name: "null", Text: "Whether NULL is allowed; false unless said."},
			NameReference{Name: "default", Text: `The default of columns that have none: a literal, or sql("…").`},
			NameReference{Name: "collate", Text: "The collation."},
			NameReference{Name: "check", Text: `A condition on each value: check "positive" { expr = "VALUE > 0" }.`, Block: true, Nested: []NameReference{
				{Name: "expr", Text: "The condition, in SQL; VALUE is the value."},
				{Name: "not_valid", Text: "Whether values that are there already are left unchecked."},
				{Name: "comment", Text: "A comment that the database keeps."},
			}},
		),
	}
}

func (domainKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	l.require(b, "type", "type = text")
	if a := given(b, "type"); a != nil {
		if spelled, ok := l.typeText(a, o, TypeUse{}); ok {
			o.Properties[PropType] = spelled
		}
	}
	l.setBool(b, "null", o, PropNull)
	if a := given(b, "default"); a != nil {
		if text, ok := l.defaultText(a); ok {
			o.Properties[PropDefault] = l.dialect.Expression(text)
		}
	}
	l.setSQLName(b, "collate", o, PropCollate, KindCollation)
	checks := Record{}
	for _, nested := range blocksOf(b, KindCheck) {
		if name, check, ok := l.domainCheck(nested); ok {
			if checks[name] != nil {
				l.fail(failure(nested.Range, "Declared twice", "The domain has a check %q already. Give this one another name.", name))
			}
			checks[name] = check
		}
	}
	if len(checks) > 0 {
		o.Properties[PropChecks] = checks
	}
	l.add(o)
}

// domainCheck is one condition with its name.
func (l *loading) domainCheck(b *Block) (string, Record, bool) {
	if len(b.Labels) != 1 {
		l.fail(failure(b.Range, "Name missing", `A check of a domain has one label, its name: check "name" { expr = "VALUE > 0" }.`))
		return "", nil, false
	}
	name := b.Labels[0].Text
	if !l.checkName(name, b.Labels[0].Range) {
		return "", nil, false
	}
	l.require(b, "expr", `expr = "VALUE > 0"`)
	part := &Object{Properties: Properties{}}
	l.setSQL(b, "expr", part, "expr")
	l.setBool(b, "not_valid", part, "not_valid")
	l.setComment(b, PropComment, part)
	return name, Record(part.Properties), part.Properties["expr"] != nil
}

func (domainKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.attribute("type", w.typeText(o, o.Properties[PropType]))
	w.boolean(o, PropNull)
	if value, ok := o.Properties[PropDefault]; ok {
		w.attribute("default", w.defaultText(value))
	}
	w.setSQLName(o, "collate", PropCollate, KindCollation)
	w.common(o)
	checks, _ := o.Properties[PropChecks].(Record)
	for _, name := range checks.Names() {
		check, _ := checks[name].(Record)
		w.line("check " + quoteHCL(name) + " {")
		w.depth++
		w.sql("expr", check["expr"].String())
		if check["not_valid"] == Value(Bool(true)) {
			w.attribute("not_valid", "true")
		}
		if comment := check["comment"]; comment != nil {
			w.attribute("comment", quoteHCL(comment.String()))
		}
		w.depth--
		w.line("}")
	}
	w.close()
}

// blocksOf are the nested blocks of a type that were evaluated in full.
func blocksOf(b *Block, name string) []*Block {
	var list []*Block
	for _, nested := range b.Blocks {
		if nested.Type == name && !nested.Incomplete {
			list = append(list, nested)
		}
	}
	return list
}
