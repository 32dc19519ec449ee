package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// foreignKeyKind is foreign_key "author" { columns = [column.author_id], ref_columns = [table.users.column.id] } in a table.
type foreignKeyKind struct{}

// Reference implements Kind.
func (foreignKeyKind) Reference() KindReference {
	return KindReference{
		Name: KindForeignKey, Text: "A foreign key. Without a label it has no name.", Within: KindTable, Labels: 1, Unlabelled: true,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), commentAttribute(), columnsAttribute(), repeatsName(),
			{Name: "ref_columns", Text: "The columns that it refers to: [table.users.column.id], or [column.id] in the same table. Names in quotes are not checked."},
			{Name: "ref_table", Text: `The table that it refers to, where ref_columns doesn't say it: table.users, or a name in quotes.`},
			{Name: "on_update", Text: "What follows from an update of the row referred to: NO_ACTION, RESTRICT, CASCADE, SET_NULL or SET_DEFAULT."},
			{Name: "on_delete", Text: "The same for its deletion."},
			{Name: "match", Text: "The word behind MATCH.", Engines: "SQLite, PostgreSQL"},
			{Name: "deferrable", Text: "INITIALLY_DEFERRED or INITIALLY_IMMEDIATE; otherwise it is checked at once.", Engines: "SQLite, PostgreSQL"},
			{Name: "on_delete_columns", Text: "The columns that on_delete = SET_NULL or SET_DEFAULT sets, where it isn't all.", Engines: "PostgreSQL"},
			{Name: "ref_schema", Text: "The schema of the table that ref_table names in quotes, where it isn't the default one.", Engines: "PostgreSQL"},
			notValidAttribute(),
			{Name: "period", Text: "Makes a temporal key.", Engines: "PostgreSQL"},
		},
	}
}

func (foreignKeyKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	o := l.object(b, in.part(KindForeignKey, name))
	o.Detachable = true
	actions := []string{"NO_ACTION", "RESTRICT", "CASCADE", "SET_NULL", "SET_DEFAULT"}
	l.setWord(b, "on_update", o, PropOnUpdate, actions...)
	l.setWord(b, "on_delete", o, PropOnDelete, actions...)
	l.match(b, o)
	if a := given(b, "deferrable"); a != nil {
		if word, ok := l.word(a, []string{"INITIALLY_DEFERRED", "INITIALLY_IMMEDIATE"}); ok {
			o.Properties[PropDeferrable] = Text(word)
		}
	}
	columns, ok := l.ownColumns(b, in)
	target, found := l.target(b, in)
	if !ok || !found {
		return
	}
	o.Properties[PropColumns] = columns
	o.Properties[PropRefTable] = l.dialect.Identifier(target.name)
	if target.schema != "" {
		o.Properties[PropRefSchema] = Text(target.schema)
	}
	l.setBool(b, "not_valid", o, PropNotValid)
	if a := given(b, "on_delete_columns"); a != nil {
		if list, ok := l.columnList(a, in); ok {
			o.Properties[PropDeleteColumns] = list
		}
	}
	if target.columns != nil {
		o.Properties[PropRefColumns] = target.columns
		if len(columns) != len(target.columns) {
			l.fail(failure(b.Range, "Columns don't pair up", "The foreign key has %s and refers to %s. Name as many in ref_columns as in columns.", count(len(columns), "column"), count(len(target.columns), "column")))
			return
		}
	}
	id := Identity{Kind: KindTable, Schema: target.schema, Name: target.name}
	if target.relation != nil {
		id = target.relation.identity
	}
	if l.state.Key(id) != l.state.Key(in.identity) {
		o.DependsOn = append(o.DependsOn, id)
	}
	l.addConstraint(b, o)
}

// match is any word: SQLite takes every one behind MATCH and does nothing with it.
func (l *loading) match(b *Block, o *Object) {
	a := given(b, "match")
	if a == nil {
		return
	}
	switch v := a.Value.(type) {
	case Word:
		if !v.Called {
			o.Properties[PropMatch] = Text(upperASCII(v.Name))
			return
		}
	case String:
		if l.checkName(string(v), a.ValueRange) {
			o.Properties[PropMatch] = Text(upperASCII(string(v)))
		}
		return
	}
	l.wants(a.ValueRange, "match", "a word such as FULL", a.Value)
}

func upperASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'a' && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

func (l *loading) ownColumns(b *Block, in *relation) (List, bool) {
	a := b.Attribute("columns")
	if a == nil {
		l.require(b, "columns", "columns = [column.user_id]")
		return nil, false
	}
	if _, failed := a.Value.(Invalid); failed {
		return nil, false
	}
	return l.columnList(a, in)
}

// keyTarget is what a foreign key refers to. The relation is nil for a table that the models don't declare.
type keyTarget struct {
	name string
	// schema is empty for the default one.
	schema   string
	relation *relation
	columns  List
}

// target reads ref_table and ref_columns.
func (l *loading) target(b *Block, in *relation) (keyTarget, bool) {
	table, columns := given(b, "ref_table"), given(b, "ref_columns")
	if failed(b.Attribute("ref_table")) || failed(b.Attribute("ref_columns")) {
		return keyTarget{}, false
	}
	if table == nil && columns == nil {
		l.fail(failure(b.Range, "Target missing", "A foreign key needs what it refers to: write ref_columns = [table.users.column.id], or ref_table = table.users for its primary key."))
		return keyTarget{}, false
	}
	var target keyTarget
	ok := true
	if table != nil {
		if target, ok = l.targetTable(table, l.targetSchema(b)); !ok {
			return target, false
		}
	}
	if columns == nil {
		return target, true
	}
	all := l.elements(columns)
	for _, e := range all {
		ok = l.targetColumn(e, in, &target) && ok
	}
	if list, isList := columns.Value.(Sequence); !isList || len(all) != len(list.Elements) {
		return target, false
	}
	if len(all) == 0 {
		l.fail(failure(columns.ValueRange, "Columns missing", "The list of columns is empty. Name the columns, or write ref_table alone for the table's primary key."))
		return target, false
	}
	return target, ok
}

func failed(a *Attribute) bool {
	if a == nil {
		return false
	}
	_, bad := a.Value.(Invalid)
	return bad
}

// targetSchema is the schema of a table that is named in quotes.
func (l *loading) targetSchema(b *Block) string {
	if a := given(b, "ref_schema"); a != nil {
		if name, ok := l.text(a); ok {
			return l.foldSchema(name)
		}
	}
	return ""
}

func (l *loading) targetTable(a *Attribute, schema string) (keyTarget, bool) {
	switch v := a.Value.(type) {
	case String:
		name := string(v)
		target := keyTarget{name: name, schema: schema, relation: l.find(KindTable, schema, name)}
		if target.relation != nil {
			target.schema = target.relation.identity.Schema
		}
		return target, l.checkName(name, a.ValueRange)
	case Reference:
		if p, ok := parsePath(v.Path); ok && p.kind == KindTable && p.column == "" {
			r := l.resolve(p, a.ValueRange)
			if r == nil {
				return keyTarget{}, false
			}
			return keyTarget{name: r.identity.Name, schema: r.identity.Schema, relation: r}, true
		}
	}
	l.wants(a.ValueRange, "ref_table", "a reference such as table.users", a.Value)
	return keyTarget{}, false
}

// targetColumn adds one of ref_columns. A reference must lead to a declared column; a quoted name is taken at its word.
func (l *loading) targetColumn(e element, in *relation, target *keyTarget) bool {
	switch v := e.value.(type) {
	case String:
		if target.name == "" {
			l.fail(failure(e.place, "Target missing", "A column in quotes doesn't tell its table. Write table.users.column.id, or add ref_table."))
			return false
		}
		target.columns = append(target.columns, l.dialect.Identifier(string(v)))
		return l.checkName(string(v), e.place)
	case Reference:
		r, column, ok := l.columnPath(v, e.place, in)
		if !ok {
			return false
		}
		if target.name == "" {
			target.name, target.schema, target.relation = r.identity.Name, r.identity.Schema, r
		}
		if r != target.relation {
			l.fail(failure(e.place, "Columns of two tables", "A foreign key refers to one table, but %q isn't %q. Write one foreign key for each.", r.identity.Name, target.name))
			return false
		}
		target.columns = append(target.columns, l.dialect.Identifier(column))
		return true
	}
	l.wants(e.place, "An element of ref_columns", "a reference such as table.users.column.id", e.value)
	return false
}

// columnPath is the table and the column of a reference.
func (l *loading) columnPath(v Reference, place hcl.Range, in *relation) (*relation, string, bool) {
	p, ok := parsePath(v.Path)
	r, column := in, p.column
	switch {
	case ok && p.kind == KindColumn && p.qualifier == "":
		column = p.name
	case !ok || p.kind != KindTable || column == "":
		l.fail(failure(place, "Wrong reference", "%s leads to no column of a table. Write table.users.column.id.", strings.Join(v.Path, ".")))
		return nil, "", false
	default:
		if r = l.resolve(p, place); r == nil {
			return nil, "", false
		}
	}
	if !l.hasColumn(r, column) {
		l.unknownColumn(place, r, column)
		return nil, "", false
	}
	return r, column, true
}

func (foreignKeyKind) write(w *writer, o *Object) {
	w.open(o)
	own := w.relation(o.Identity.Schema, o.Identity.Parent)
	w.attribute("columns", w.columns(o.Properties.List(PropColumns), own, "column"))
	target, schema := o.Properties.Text(PropRefTable), o.Properties.Text(PropRefSchema)
	table := w.relation(schema, target)
	if table != nil && table.identity.Kind != KindTable {
		table = nil
	}
	refs := o.Properties.List(PropRefColumns)
	switch {
	case table == nil:
		w.attribute("ref_table", quoteHCL(target))
		if schema != "" {
			w.attribute("ref_schema", quoteHCL(schema))
		}
		if refs != nil {
			w.attribute("ref_columns", w.columns(refs, nil, ""))
		}
	case refs == nil:
		w.attribute("ref_table", w.path(table))
	default:
		if !w.hasAll(refs, table) {
			w.attribute("ref_table", w.path(table))
		}
		prefix := w.path(table) + ".column"
		if table == own {
			prefix = "column"
		}
		w.attribute("ref_columns", w.columns(refs, table, prefix))
	}
	w.word(o, PropOnUpdate)
	w.word(o, PropOnDelete)
	if match := o.Properties.Text(PropMatch); match != "" {
		w.attribute(PropMatch, wordOrQuoted(match))
	}
	if columns := o.Properties.List(PropDeleteColumns); columns != nil {
		w.attribute("on_delete_columns", w.columns(columns, own, "column"))
	}
	w.word(o, PropDeferrable)
	w.boolean(o, PropNotValid)
	w.repeats(o)
	w.common(o)
	w.close()
}
