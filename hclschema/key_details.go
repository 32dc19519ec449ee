package hclschema

func includeAttribute() NameReference {
	return NameReference{Name: "include", Text: "Further columns that the index holds: [column.a].", Engines: "PostgreSQL"}
}

func nullsDistinctAttribute() NameReference {
	return NameReference{Name: "nulls_distinct", Text: "Whether NULLs differ from each other; true unless said.", Engines: "PostgreSQL"}
}

func deferrableAttribute() NameReference {
	return NameReference{Name: "deferrable", Text: "INITIALLY_DEFERRED or INITIALLY_IMMEDIATE; otherwise it is checked at once.", Engines: "PostgreSQL"}
}

func indexCommentAttribute() NameReference {
	return NameReference{Name: "index_comment", Text: "A comment on the index of the constraint.", Engines: "PostgreSQL"}
}

func notValidAttribute() NameReference {
	return NameReference{Name: "not_valid", Text: "Leaves the rows that are there unchecked (NOT VALID).", Engines: "PostgreSQL"}
}

// keyDetails reads what indexes, and the keys that indexes carry, have besides their parts.
func (l *loading) keyDetails(b *Block, o *Object, in *relation) {
	if a := given(b, "include"); a != nil {
		if list, ok := l.columnList(a, in); ok {
			o.Properties[PropInclude] = list
		}
	}
	if a := given(b, "nulls_distinct"); a != nil {
		if distinct, ok := a.Value.(Boolean); !ok {
			l.wants(a.ValueRange, "nulls_distinct", "true or false", a.Value)
		} else if !distinct {
			o.Properties[PropNullsDistinct] = Bool(false)
		}
	}
	if a := given(b, "deferrable"); a != nil {
		if word, ok := l.word(a, []string{"INITIALLY_DEFERRED", "INITIALLY_IMMEDIATE"}); ok {
			o.Properties[PropDeferrable] = Text(word)
		}
	}
	l.settings(b, "storage_params", o, PropStorageParams)
	if a := given(b, "page_per_range"); a != nil {
		if n, ok := l.integer(a); ok {
			params := Record{"pages_per_range": Setting{Text: Int(n).String(), Place: -1}}
			if others, ok := o.Properties[PropStorageParams].(Record); ok {
				for name, value := range others {
					params[name] = value
				}
			}
			o.Properties[PropStorageParams] = params
		}
	}
	l.setText(b, "tablespace", o, PropTablespace)
	if o.Identity.Kind != KindIndex {
		l.setComment(b, PropIndexComment, o)
	}
}

// keyDetails writes the same.
func (w *writer) keyDetails(o *Object) {
	if include := o.Properties.List(PropInclude); include != nil {
		w.attribute("include", w.columns(include, w.relation(o.Identity.Schema, o.Identity.Parent), "column"))
	}
	if o.Properties[PropNullsDistinct] != nil {
		w.attribute("nulls_distinct", "false")
	}
	w.word(o, PropDeferrable)
	w.text(o, PropTablespace)
	w.text(o, PropIndexComment)
	w.settings("storage_params", o.Properties[PropStorageParams])
}

// indexType reads the access method of an index; the usual one of its kind leaves the property absent for btree alone.
func (l *loading) indexType(b *Block, o *Object, usual string) {
	name := usual
	if a := given(b, "type"); a != nil {
		given, ok := l.bareWord(a, "a word such as GIN")
		if !ok {
			return
		}
		name = given
	}
	if name != "btree" {
		o.Properties[PropIndexType] = Text(name)
	}
}

// indexType writes the access method where it isn't the usual one.
func (w *writer) indexType(o *Object, usual string) {
	name := o.Properties.Text(PropIndexType)
	if name == "" {
		name = "btree"
	}
	if name == usual {
		return
	}
	if upper := upperASCII(name); lowerASCII(upper) == name {
		w.attribute("type", wordOrQuoted(upper))
	} else {
		w.attribute("type", quoteHCL(name))
	}
}

// partOrder reads where a part of an index has its NULLs: behind the rest, and before it where it sorts downwards, unless said.
func (l *loading) partOrder(b *Block, part Record) bool {
	first, last := isTrue(b.Attribute("nulls_first")), isTrue(b.Attribute("nulls_last"))
	switch {
	case first && last:
		l.fail(failure(b.Range, "NULLs first and last", "A part has its NULLs first or last, not both. Take one away."))
		return false
	case first && part["desc"] == nil:
		part["nulls_first"] = Bool(true)
	case last && part["desc"] != nil:
		part["nulls_last"] = Bool(true)
	}
	return true
}

// partDetailsHere reads the operator class of a part, its statistics target, and the operator of an exclusion.
func (l *loading) partDetailsHere(b *Block, part Record, o *Object) bool {
	if a := given(b, "ops"); a != nil {
		ops, ok := l.sqlName(a, o)
		if !ok {
			return false
		}
		part["ops"] = ops
	}
	if a := given(b, "statistics"); a != nil {
		n, ok := l.integer(a)
		if !ok {
			return false
		}
		part["statistics"] = Int(n)
	}
	if a := given(b, "op"); a != nil {
		op, ok := l.text(a)
		if !ok || !l.checkName(op, a.ValueRange) {
			return false
		}
		part["op"] = Text(op)
	}
	return true
}

// partDetails writes how a part sorts, its operator class and the like.
func (w *writer) partDetails(part Record) {
	for _, name := range []string{"desc", "nulls_first", "nulls_last"} {
		if part[name] == Value(Bool(true)) {
			w.attribute(name, "true")
		}
	}
	if ops, ok := part["ops"]; ok {
		text := ops.String()
		if w.sqlName(text) == quoteHCL(text) {
			w.attribute("ops", wordOrQuoted(text))
		} else {
			w.attribute("ops", w.sqlName(text))
		}
	}
	if op, ok := part["op"]; ok {
		w.attribute("op", quoteHCL(op.String()))
	}
	if target, ok := part["statistics"]; ok {
		w.attribute("statistics", target.String())
	}
}

// collation writes the collation of a column.
func (w *writer) collation(o *Object) {
	if collate, ok := o.Properties[PropCollate]; ok {
		w.attribute("collate", w.collationText(collate))
	}
}

// collationText is a collation as models write it.
func (w *writer) collationText(value Value) string {
	if w.dialect.Accepts(KindColumn, "collate_sql") {
		return w.sqlName(value.String(), KindCollation)
	}
	return quoteHCL(value.String())
}
