package hclschema

import (
	"strings"
)

// PartitionBlock is the block of a partition: a table that holds a part of another one's rows. Its object is a table.
const PartitionBlock = "partition"

// partitionKind is partition "orders_2024" { of = table.orders, from = "2024-01-01", to = "2025-01-01" }.
type partitionKind struct{}

// Reference implements Kind.
func (partitionKind) Reference() KindReference {
	names := []NameReference{
		{Name: "of", Text: "The partitioned table: table.orders."},
		{Name: "in", Text: `The values of a LIST: ["a", "b"].`},
		{Name: "from", Text: `The first value of a RANGE, or MINVALUE; a list where the key has several columns.`},
		{Name: "to", Text: `The value that ends a RANGE and isn't part of it, or MAXVALUE.`},
		{Name: "modulus", Text: "Into how many parts a HASH divides the rows."},
		{Name: "remainder", Text: "Which of them this is, from 0."},
		{Name: "default", Text: "true for the partition that takes the rows which no other one does."},
		{Name: "index_names", Text: "The names of indexes that it has of its table, where they aren't the engine's own: { orders_idx = \"orders_2024_idx\" }."},
		inheritedIndexReference(),
		{Name: "bounds", Text: `The bounds as SQL, where the other words won't do: "FOR VALUES IN (1)".`},
	}
	own := map[string]bool{"strict": true, "without_rowid": true, "engine": true, "charset": true, "collate": true, "auto_increment": true, "inherits": true}
	for _, name := range (tableKind{}).Reference().Names {
		if !own[name.Name] {
			names = append(names, name)
		}
	}
	return KindReference{Name: PartitionBlock, Text: "A partition of a table. Columns, keys, indexes and checks that it has of its table aren't repeated.", Labels: 2, Names: names}
}

// blockOf is the type of the block that declares an object.
func blockOf(o *Object) string {
	if o.Identity.Kind == KindTable && o.Properties[PropPartitionOf] != nil { // a foreign table has a block of its own
		return PartitionBlock
	}
	return o.Identity.Kind
}

func (partitionKind) read(l *loading, b *Block, in *relation) {
	if in == nil {
		if _, ok := l.name(b); ok {
			l.schemaOf(b)
		}
		return
	}
	l.readTable(b, in)
}

// partitionOf reads what makes a table a partition.
func (l *loading) partitionOf(b *Block, o *Object) {
	if b.Type != PartitionBlock && b.Type != KindForeignTable {
		return
	}
	l.require(b, "of", "of = table.orders")
	a := given(b, "of")
	if a == nil {
		return
	}
	reference, ok := a.Value.(Reference)
	p, good := parsePath(reference.Path)
	if !ok || !good || p.column != "" || p.kind != KindTable && p.kind != PartitionBlock {
		l.wants(a.ValueRange, "of", "a reference such as table.orders", a.Value)
		return
	}
	p.kind = KindTable
	parent := l.resolve(p, a.ValueRange)
	if parent == nil {
		return
	}
	text := l.qualified(parent.identity.Schema, parent.identity.Name)
	o.Properties[PropPartitionOf] = Spelled{Text: text, Canonical: text}
	o.DependsOn = append(o.DependsOn, parent.identity)
	l.indexNames(b, o)
	l.inheritedIndexes(b, o)
	if bounds, ok := l.bounds(b); ok {
		o.Properties[PropBounds] = Spelled{Text: bounds, Canonical: bounds}
	}
}

// bounds are those of a partition as SQL.
func (l *loading) bounds(b *Block) (string, bool) {
	var found []string
	for _, name := range []string{"in", "from", "modulus", "default", "bounds"} {
		if given(b, name) != nil {
			found = append(found, name)
		}
	}
	if len(found) != 1 {
		l.fail(failure(b.Range, "Bounds missing", "A partition says which rows it takes, in one way: in = […], from and to, modulus and remainder, or default = true."))
		return "", false
	}
	switch a := given(b, found[0]); found[0] {
	case "in":
		values, ok := l.boundValues(a)
		return "FOR VALUES IN (" + values + ")", ok
	case "from":
		from, ok := l.boundValues(a)
		end := given(b, "to")
		if end == nil {
			l.require(b, "to", `to = "2025-01-01"`)
			return "", false
		}
		to, good := l.boundValues(end)
		return "FOR VALUES FROM (" + from + ") TO (" + to + ")", ok && good
	case "modulus":
		modulus, ok := l.integer(a)
		l.require(b, "remainder", "remainder = 0")
		rest := given(b, "remainder")
		if rest == nil || !ok {
			return "", false
		}
		remainder, ok := l.integer(rest)
		return "FOR VALUES WITH (modulus " + Int(modulus).String() + ", remainder " + Int(remainder).String() + ")", ok
	case "default":
		if !isTrue(a) {
			l.wants(a.ValueRange, "default", "true", a.Value)
			return "", false
		}
		return "DEFAULT", true
	default:
		return l.sql(a)
	}
}

// boundValues are values as SQL, from one or a list of them.
func (l *loading) boundValues(a *Attribute) (string, bool) {
	all := []element{{a.Value, a.ValueRange}}
	if list, isList := a.Value.(Sequence); isList {
		if all = l.elements(a); len(all) == 0 || len(all) != len(list.Elements) {
			l.fail(failure(a.ValueRange, "Values missing", "The list holds no values. Write at least one."))
			return "", false
		}
	}
	texts := make([]string, len(all))
	for i, e := range all {
		switch v := e.value.(type) {
		case String:
			texts[i] = quoteSQL(string(v))
		case Number:
			texts[i] = string(v)
		case Boolean:
			texts[i] = "false"
			if v {
				texts[i] = "true"
			}
		case RawSQL:
			texts[i] = string(v)
		case Null:
			texts[i] = "NULL"
		case Word:
			if v.Name == "MINVALUE" || v.Name == "MAXVALUE" {
				texts[i] = v.Name
				break
			}
			l.fail(failure(e.place, "Wrong value", "The word %s is no bound. Write a literal, MINVALUE, MAXVALUE or sql(\"…\").", v.Name))
			return "", false
		default:
			l.wants(e.place, a.Name, `a literal, MINVALUE, MAXVALUE or sql("…")`, e.value)
			return "", false
		}
	}
	return strings.Join(texts, ", "), true
}

// partitionKey reads partition { type = RANGE, columns = […] } in a table.
func (l *loading) partitionKey(b *Block, o *Object, in *relation) {
	for _, nested := range b.Blocks {
		if nested.Type != PartitionBlock || nested.Incomplete {
			continue
		}
		key := Record{}
		l.require(nested, "type", "type = RANGE")
		if a := given(nested, "type"); a != nil {
			if word, ok := l.word(a, []string{"RANGE", "LIST", "HASH"}); ok {
				key["type"] = Text(word)
			}
		}
		var by List
		if a := given(nested, "columns"); a != nil {
			columns, ok := l.columnList(a, in)
			if !ok {
				return
			}
			for _, column := range columns {
				by = append(by, Record{"column": column})
			}
		}
		for _, on := range nested.Blocks {
			if on.Type != "by" {
				continue
			}
			part, ok := l.keyPart(on, in)
			if !ok {
				return
			}
			by = append(by, part)
		}
		if by == nil {
			l.fail(failure(nested.Range, "Columns missing", "A partition block needs columns = [column.created_at], or by blocks."))
			return
		}
		key["by"] = by
		o.Properties[PropPartition] = key
	}
}

// partitionKeyReference is the block that says how a table is partitioned.
func partitionKeyReference() NameReference {
	return NameReference{Name: PartitionBlock, Text: "How the table is partitioned.", Block: true, Engines: "PostgreSQL", Nested: []NameReference{
		{Name: "type", Text: "RANGE, LIST or HASH."},
		{Name: "columns", Text: "The columns of the key: [column.created_at]."},
		{Name: "by", Text: "One part of the key, where it is an expression or has a collation or operator class.", Block: true, Nested: []NameReference{
			{Name: "column", Text: "The column."},
			{Name: "expr", Text: "The expression instead."},
			{Name: "collate", Text: `The collation, sql("…") for one with a schema or quotes.`},
			{Name: "ops", Text: "The operator class, likewise."},
		}},
	}}
}

// keyPart is one by block of a partition key.
func (l *loading) keyPart(b *Block, in *relation) (Record, bool) {
	part := Record{}
	switch column, expr := given(b, "column"), given(b, "expr"); {
	case b.Incomplete:
		return nil, false
	case (column == nil) == (expr == nil):
		l.fail(failure(b.Range, "Column missing", `A by block has either column = column.id or expr = "…".`))
		return nil, false
	case column != nil:
		name, ok := l.columnName(element{column.Value, column.ValueRange}, in)
		if !ok {
			return nil, false
		}
		part["column"] = l.dialect.Identifier(name)
	default:
		text, ok := l.sql(expr)
		if !ok {
			return nil, false
		}
		part["expr"] = l.dialect.Expression(text)
	}
	for _, name := range []string{"collate", "ops"} {
		a := given(b, name)
		if a == nil {
			continue
		}
		text := ""
		switch v := a.Value.(type) {
		case RawSQL:
			text = string(v)
		case String:
			text = l.dialect.QuoteName(string(v))
		case Word:
			text = v.Name
		default:
			l.wants(a.ValueRange, name, "a name", a.Value)
			return nil, false
		}
		part[name] = Spelled{Text: text, Canonical: text}
	}
	return part, true
}

// inherits reads the parents of a table that inherits.
func (l *loading) inherits(b *Block, o *Object) {
	a := given(b, "inherits")
	if a == nil {
		return
	}
	var list List
	for _, e := range l.elements(a) {
		id, ok := l.referred(e.value, e.place, "An element of inherits", KindTable)
		if !ok {
			return
		}
		text := l.qualified(id.Schema, id.Name)
		list = append(list, Spelled{Text: text, Canonical: text})
		o.DependsOn = append(o.DependsOn, id)
	}
	if list != nil {
		o.Properties[PropInherits] = list
	}
}

// indexNames reads the names of a partition's indexes by those of its table.
func (l *loading) indexNames(b *Block, o *Object) {
	a := given(b, "index_names")
	if a == nil {
		return
	}
	mapping, ok := a.Value.(Mapping)
	if !ok {
		l.wants(a.ValueRange, a.Name, "a map of names, in { }", a.Value)
		return
	}
	names := Record{}
	for _, key := range mapping.Keys {
		value, _ := mapping.at(key)
		name, ok := value.(String)
		if !ok {
			l.wants(a.ValueRange, "A name in "+a.Name, "a quoted string", value)
			continue
		}
		if l.checkName(string(name), a.ValueRange) {
			names[key] = Text(name)
		}
	}
	if len(names) > 0 {
		o.Properties[PropIndexNames] = names
	}
}
