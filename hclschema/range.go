package hclschema

// rangeKind is range "floats" { subtype = float8, subtype_diff = "float8mi" }, a type that columns have as range.floats.
type rangeKind struct{}

// Reference implements Kind.
func (rangeKind) Reference() KindReference {
	return KindReference{
		Name: KindRange, Text: "A type of ranges: type = range.floats.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "subtype", Text: "The type of the bounds."},
			NameReference{Name: "subtype_ops", Text: "The operator class that orders them."},
			NameReference{Name: "subtype_diff", Text: "The function that tells how far apart two of them are."},
			NameReference{Name: "collate", Text: "The collation that orders them."},
			NameReference{Name: "multirange", Text: "The name of the type of several ranges, where PostgreSQL's own won't do."},
		),
	}
}

func (rangeKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	l.require(b, "subtype", "subtype = float8")
	if a := given(b, "subtype"); a != nil {
		if spelled, ok := l.typeText(a, o, TypeUse{}); ok {
			o.Properties[PropSubtype] = spelled
		}
	}
	l.setSQLName(b, "subtype_ops", o, PropSubtypeOps)
	l.setSQLName(b, "subtype_diff", o, PropSubtypeDiff, KindFunction)
	l.setSQLName(b, "collate", o, PropCollate, KindCollation)
	l.setText(b, "multirange", o, PropMultirange)
	l.add(o)
}

func (rangeKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.attribute("subtype", w.typeText(o, o.Properties[PropSubtype]))
	w.setSQLName(o, "subtype_ops", PropSubtypeOps)
	w.setSQLName(o, "subtype_diff", PropSubtypeDiff, KindFunction)
	w.setSQLName(o, "collate", PropCollate, KindCollation)
	w.text(o, PropMultirange)
	w.common(o)
	w.close()
}
