package hclschema

import "strings"

// UnnamedName is the Name of an object that the engine knows no name for: its content in canonical form, so that equal
// content has an equal identity in a model and in a database. A check is "(age > 0)", a unique constraint
// "(a, b desc)", a foreign key "(a, b) references t (x, y)".
func UnnamedName(o *Object) string {
	switch o.Identity.Kind {
	case KindCheck:
		return "(" + canonicalText(o.Properties[PropExpr]) + ")"
	case KindForeignKey:
		name := columnList(o.Properties.List(PropColumns)) + " references " + canonicalText(o.Properties[PropRefTable])
		if columns := o.Properties.List(PropRefColumns); columns != nil {
			name += " " + columnList(columns)
		}
		return name
	default:
		return columnList(o.Properties.List(PropColumns))
	}
}

func columnList(parts List) string {
	words := make([]string, len(parts))
	for i, part := range parts {
		words[i] = columnPart(part)
	}
	return "(" + strings.Join(words, ", ") + ")"
}

// columnPart writes a name, or one part of a key with what is special about it.
func columnPart(part Value) string {
	record, ok := part.(Record)
	if !ok {
		return canonicalText(part)
	}
	text := canonicalText(record["column"])
	if expr, ok := record["expr"]; ok {
		text = "(" + canonicalText(expr) + ")"
	}
	if collate, ok := record["collate"]; ok {
		text += " collate " + canonicalText(collate)
	}
	if record["desc"] == Bool(true) {
		text += " desc"
	}
	return text
}

func canonicalText(value Value) string {
	switch v := value.(type) {
	case nil:
		return ""
	case Spelled:
		return v.Canonical
	default:
		return v.String()
	}
}
