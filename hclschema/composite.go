package hclschema

// compositeKind is composite "address" { field "street" { type = text } }, a type that columns have as composite.address.
type compositeKind struct{}

// Reference implements Kind.
func (compositeKind) Reference() KindReference {
	return KindReference{
		Name: KindComposite, Text: "A type made of fields: type = composite.address.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "field", Text: `A field: field "street" { type = text }. Their order counts.`, Block: true, Nested: []NameReference{
				{Name: "type", Text: "The type."},
				{Name: "collate", Text: "The collation."}, renamedFrom(),
				{Name: "comment", Text: "A comment that the database keeps."},
			}},
		),
	}
}

func (compositeKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	fields := List{}
	seen := map[string]bool{}
	for _, nested := range blocksOf(b, "field") {
		if len(nested.Labels) != 1 {
			l.fail(failure(nested.Range, "Name missing", `A field has one label, its name: field "street" { type = text }.`))
			continue
		}
		name := nested.Labels[0].Text
		switch {
		case !l.checkName(name, nested.Labels[0].Range):
			continue
		case seen[name]:
			l.fail(failure(nested.Range, "Declared twice", "The composite type has a field %q already. Give this one another name.", name))
			continue
		}
		seen[name] = true
		if field := l.compositeField(nested, o); field != nil {
			field["name"] = Text(name)
			fields = append(fields, field)
		}
	}
	blocks := blocksOf(b, "field")
	for _, nested := range blocks {
		if len(nested.Labels) == 1 {
			l.renamedElement(nested, blocks, o, nested.Labels[0].Text, seen)
		}
	}
	o.Properties[PropFields] = fields
	l.add(o)
}

// compositeField is one field without its name; nil where it can't be read, which is reported.
func (l *loading) compositeField(b *Block, o *Object) Record {
	l.require(b, "type", "type = text")
	a := given(b, "type")
	if a == nil {
		return nil
	}
	part := &Object{Identity: o.Identity, Properties: Properties{}, DependsOn: o.DependsOn}
	spelled, ok := l.typeText(a, part, TypeUse{})
	if !ok {
		return nil
	}
	part.Properties["type"] = spelled
	l.setSQLName(b, "collate", part, "collate", KindCollation)
	l.setComment(b, PropComment, part)
	o.DependsOn = part.DependsOn
	return Record(part.Properties)
}

func (compositeKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.common(o)
	for _, value := range o.Properties.List(PropFields) {
		field, _ := value.(Record)
		w.line("field " + quoteHCL(field["name"].String()) + " {")
		w.depth++
		w.attribute("type", w.typeText(o, field["type"]))
		if collate := field["collate"]; collate != nil {
			w.attribute("collate", w.sqlName(collate.String(), KindCollation))
		}
		if former := o.RenamedElements[field["name"].String()]; former != "" {
			w.attribute("renamed_from", quoteHCL(former))
		}
		if comment := field["comment"]; comment != nil {
			w.attribute("comment", quoteHCL(comment.String()))
		}
		w.depth--
		w.line("}")
	}
	w.close()
}
