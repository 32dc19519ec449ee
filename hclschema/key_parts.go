package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// columnName is the name in a reference to a column of the relation (column.id, table.users.column.id) or a quoted string.
func (l *loading) columnName(e element, in *relation) (string, bool) {
	switch v := e.value.(type) {
	case String:
		if !l.checkName(string(v), e.place) {
			return "", false
		}
		if !l.hasColumn(in, string(v)) {
			l.unknownColumn(e.place, in, string(v))
			return "", false
		}
		return string(v), true
	case Reference:
		return l.referredColumn(v, e.place, in)
	}
	l.wants(e.place, "A column", "a reference such as column.id", e.value)
	return "", false
}

func (l *loading) referredColumn(v Reference, place hcl.Range, in *relation) (string, bool) {
	p, ok := parsePath(v.Path)
	name := p.column
	switch {
	case ok && p.kind == KindColumn && p.qualifier == "":
		name = p.name
	case !ok || !p.isRelation() || p.column == "":
		l.fail(failure(place, "Wrong reference", "%s leads to no column. Write column.id, or %s.%s.column.id.", strings.Join(v.Path, "."), in.identity.Kind, in.identity.Name))
		return "", false
	default:
		r := l.resolve(p, place)
		if r == nil {
			return "", false
		}
		if r != in {
			l.fail(failure(place, "Column of another table", "The column must belong to %s %q, not to %q.", in.identity.Kind, in.identity.Name, r.identity.Name))
			return "", false
		}
	}
	if !l.hasColumn(in, name) {
		l.unknownColumn(place, in, name)
		return "", false
	}
	return name, true
}

// parts are the columns of a key or index, in either of the two ways to write them: columns = […] and on { … }.
func (l *loading) parts(b *Block, o *Object, in *relation) (List, bool) {
	columns := b.Attribute("columns")
	var on []*Block
	for _, nested := range b.Blocks {
		if nested.Type == "on" {
			on = append(on, nested)
		}
	}
	switch {
	case columns != nil && len(on) > 0:
		l.fail(failure(columns.NameRange, "Columns given twice", "Write either columns = […] or on { … } blocks, not both."))
		return nil, false
	case columns != nil:
		return l.listedParts(columns, in)
	case len(on) > 0:
		return l.blockParts(on, o, in)
	}
	l.fail(failure(b.Range, "Columns missing", "This %s has no columns. Write columns = [column.id], or an on { … } block for each.", strings.ReplaceAll(b.Type, "_", " ")))
	return nil, false
}

func (l *loading) listedParts(columns *Attribute, in *relation) (List, bool) {
	if _, failed := columns.Value.(Invalid); failed {
		return nil, false
	}
	names, ok := l.columnList(columns, in)
	var list List
	for _, name := range names {
		list = append(list, Record{"column": name})
	}
	return list, ok
}

// columnList is a list of columns of the relation that isn't empty and names none twice.
func (l *loading) columnList(a *Attribute, in *relation) (List, bool) {
	var list List
	ok := true
	seen := map[string]bool{}
	all := l.elements(a)
	for _, e := range all {
		name, known := l.columnName(e, in)
		if !known {
			ok = false
			continue
		}
		spelled := l.dialect.Identifier(name)
		if seen[spelled.Canonical] {
			l.fail(failure(e.place, "Column named twice", "Column %q stands in the list already. Take one away.", name))
			ok = false
		}
		seen[spelled.Canonical] = true
		list = append(list, spelled)
	}
	sequence, isList := a.Value.(Sequence)
	if isList && len(sequence.Elements) == 0 {
		l.fail(failure(a.ValueRange, "Columns missing", "The list of columns is empty. Name at least one: [column.id]."))
	}
	return list, ok && isList && len(list) == len(sequence.Elements) && len(list) > 0
}

func (l *loading) blockParts(on []*Block, o *Object, in *relation) (List, bool) {
	var list List
	ok := true
	for _, b := range on {
		part, good := l.part(b, o, in)
		list, ok = append(list, part), ok && good
	}
	return list, ok
}

func (l *loading) part(b *Block, o *Object, in *relation) (Record, bool) {
	part := Record{}
	column, expr := b.Attribute("column"), b.Attribute("expr")
	switch {
	case b.Incomplete:
		return part, false
	case column != nil && expr != nil:
		l.fail(failure(b.Range, "Column and expression", "An on block has either column or expr, not both."))
		return part, false
	case column != nil:
		name, ok := l.columnName(element{column.Value, column.ValueRange}, in)
		if !ok {
			return part, false
		}
		part["column"] = l.dialect.Identifier(name)
	case expr != nil:
		text, ok := l.sql(expr)
		if !ok {
			return part, false
		}
		part["expr"] = l.dialect.Expression(text)
	default:
		l.fail(failure(b.Range, "Column missing", "An on block needs column = column.id%s.", orExpression(o.Identity.Kind)))
		return part, false
	}
	return part, l.partDetails(b, part, o)
}

func orExpression(kind string) string {
	if kind != KindPrimaryKey && kind != KindUnique {
		return `, or expr = "…"`
	}
	return ""
}

func (l *loading) partDetails(b *Block, part Record, o *Object) bool {
	if a := given(b, "desc"); a != nil {
		desc, ok := a.Value.(Boolean)
		if !ok {
			l.wants(a.ValueRange, "desc", "true or false", a.Value)
			return false
		}
		if bool(desc) {
			part["desc"] = Bool(true)
		}
	}
	if a := given(b, "collate"); a != nil {
		collation, ok := l.collationOf(a, o)
		if !ok {
			return false
		}
		part["collate"] = collation
	}
	return l.partOrder(b, part) && l.partDetailsHere(b, part, o)
}

// collationOf is a collation; where these are objects of the engine, its name as SQL writes it.
func (l *loading) collationOf(a *Attribute, o *Object) (Spelled, bool) {
	if l.accepts(KindColumn, "collate_sql") {
		return l.sqlName(a, o, KindCollation)
	}
	name, ok := l.collation(a)
	return l.dialect.Identifier(name), ok
}

// collation is the name of a collation, quoted or, as it is one word mostly, bare.
func (l *loading) collation(a *Attribute) (string, bool) {
	name := ""
	switch v := a.Value.(type) {
	case Word:
		if !v.Called {
			name = v.Name
		}
	case String:
		name = string(v)
		if name == "" {
			l.checkName(name, a.ValueRange)
			return "", false
		}
	}
	if name == "" {
		l.wants(a.ValueRange, a.Name, "the name of a collation in quotes", a.Value)
		return "", false
	}
	return name, l.checkName(name, a.ValueRange)
}
