package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// relation is a declared table, view or virtual table, with what must be known of it before its parts and the references to
// it can be read.
type relation struct {
	identity Identity
	place    hcl.Range
	// names are the columns as they were declared, columns the same by canonical name.
	names   []string
	columns map[string]bool
	// open says that there may be columns which aren't declared: those of a view, or of a block with errors.
	open bool
	// key are the columns of the primary key by canonical name.
	key                          map[string]bool
	strict, withoutRowid, inline bool
}

// declare notes what a top-level block declares before anything is read, so that references may go both ways.
func (l *loading) declare(b *Block) {
	switch b.Type {
	case "schema":
		l.declareSchema(b)
		return
	case roleBlock, userBlock:
		l.declareRole(b)
		return
	}
	kind := b.Type
	if kind == PartitionBlock {
		kind = KindTable
	}
	if !isRelationKind(kind) {
		return
	}
	name, ok := l.quietName(b)
	if !ok {
		return
	}
	r := &relation{
		identity: Identity{Kind: kind, Schema: l.quietSchema(b), Name: name}, place: b.Range,
		columns: map[string]bool{}, key: map[string]bool{}, open: b.Incomplete || b.Type != KindTable || b.Attribute("inherits") != nil,
	}
	l.of[b] = r
	if key := l.state.Key(r.identity); l.relations[key] == nil {
		l.relations[key] = r
	}
	l.alias(b, r)
	if kind == KindTable {
		l.declareTable(b, r)
	}
}

// alias lets a block whose name attribute isn't its label be spoken of by the label, unless several blocks have it.
func (l *loading) alias(b *Block, r *relation) {
	if len(b.Labels) == 0 {
		return
	}
	label := b.Labels[len(b.Labels)-1].Text
	if len(b.Labels) > 1 {
		l.setAlias(Identity{Kind: r.identity.Kind, Schema: l.foldSchema(b.Labels[0].Text), Name: label}, r)
	}
	if label != r.identity.Name {
		l.setAlias(Identity{Kind: r.identity.Kind, Schema: r.identity.Schema, Name: label}, r)
	}
	if r.identity.Schema != "" { // as in Atlas, a name that only one schema has needs no qualifier
		l.setAlias(Identity{Kind: r.identity.Kind, Name: label}, r)
	}
}

func (l *loading) setAlias(id Identity, r *relation) {
	key := l.state.Key(id)
	if _, taken := l.aliases[key]; taken {
		r = nil
	}
	l.aliases[key] = r
}

func (l *loading) declareTable(b *Block, r *relation) {
	r.strict = isTrue(b.Attribute("strict"))
	r.withoutRowid = isTrue(b.Attribute("without_rowid"))
	for _, nested := range b.Blocks {
		switch nested.Type {
		case KindColumn:
			if name, ok := l.quietName(nested); ok {
				r.names = append(r.names, name)
				r.columns[l.identifier(name)] = true
			} else {
				r.open = true
			}
		case KindPrimaryKey:
			r.inline = isTrue(nested.Attribute("inline"))
			for _, name := range quietColumns(nested) {
				r.key[l.identifier(name)] = true
			}
		}
	}
}

// quietColumns are the columns of a key, without a word on what is wrong with it.
func quietColumns(b *Block) []string {
	var names []string
	take := func(v Evaluated) {
		switch v := v.(type) {
		case String:
			names = append(names, string(v))
		case Reference:
			names = append(names, v.Path[len(v.Path)-1])
		}
	}
	if a := b.Attribute("columns"); a != nil {
		if list, ok := a.Value.(Sequence); ok {
			for _, element := range list.Elements {
				take(element)
			}
		}
	}
	for _, part := range b.Blocks {
		if a := part.Attribute("column"); part.Type == "on" && a != nil {
			take(a.Value)
		}
	}
	return names
}

// quietName is the name that a block gives its object, without a word on what is wrong with it.
func (l *loading) quietName(b *Block) (string, bool) {
	if a := b.Attribute("name"); a != nil {
		if name, ok := a.Value.(String); ok {
			return string(name), name != ""
		}
		if _, null := a.Value.(Null); !null {
			return "", false
		}
	}
	if n := len(b.Labels); n > 0 {
		return b.Labels[n-1].Text, b.Labels[n-1].Text != ""
	}
	return "", false
}

// quietSchema is the schema of a top-level block, the default one where it says nothing that holds.
func (l *loading) quietSchema(b *Block) string {
	a := b.Attribute("schema")
	if a == nil {
		return ""
	}
	switch v := a.Value.(type) {
	case Reference:
		if len(v.Path) == 2 && v.Path[0] == "schema" {
			return l.foldSchema(v.Path[1])
		}
	case String:
		return l.foldSchema(string(v))
	}
	return ""
}

// foldSchema is a schema's name in an identity: empty for the default one.
func (l *loading) foldSchema(name string) string {
	if name == "" {
		return ""
	}
	if d := l.dialect.DefaultSchema(); d != "" && l.identifier(d) == l.identifier(name) {
		return ""
	}
	return name
}

// useOf is where the type of a column stands.
func (r *relation) useOf(column string, autoIncrement bool) TypeUse {
	return TypeUse{
		Key: r.key[column], OnlyKey: r.key[column] && len(r.key) == 1 && !r.inline, AutoIncrement: autoIncrement,
		Strict: r.strict, WithoutRowid: r.withoutRowid,
	}
}

func isTrue(a *Attribute) bool { return a != nil && a.Value == Evaluated(Boolean(true)) }

// find is the declared relation of one of the kinds that a reference's path leads to: table.users, table.main.users.
func (l *loading) find(kind, qualifier, name string) *relation {
	key := l.state.Key(Identity{Kind: kind, Schema: l.foldSchema(qualifier), Name: name})
	if r := l.relations[key]; r != nil {
		return r
	}
	return l.aliases[key]
}

// relationNames are the declared names of a kind, for suggestions.
func (l *loading) relationNames(kind string) []string {
	names := map[string]bool{}
	for _, r := range l.relations {
		if r.identity.Kind == kind {
			names[r.identity.Name] = true
		}
	}
	return sortedKeys(names)
}

// path is a reference taken apart: table.users.column.id, table.main.users, column.id.
type path struct {
	kind, qualifier, name, column string
}

// parsePath takes a reference apart; false where it has none of these forms.
func parsePath(words []string) (path, bool) {
	switch n := len(words); {
	case n == 2:
		return path{kind: words[0], name: words[1]}, true
	case n == 3:
		return path{kind: words[0], qualifier: words[1], name: words[2]}, true
	case n == 4 && words[2] == KindColumn:
		return path{kind: words[0], name: words[1], column: words[3]}, true
	case n == 5 && words[3] == KindColumn:
		return path{kind: words[0], qualifier: words[1], name: words[2], column: words[4]}, true
	}
	return path{}, false
}

func (p path) isRelation() bool { return isRelationKind(p.kind) }

// resolve finds the relation of a path and reports one that isn't declared.
func (l *loading) resolve(p path, place hcl.Range) *relation {
	r := l.find(p.kind, p.qualifier, p.name)
	if r == nil {
		names := l.relationNames(p.kind)
		hint := DidYouMean(p.name, names)
		if hint == "" {
			hint = " Declare it, or write the name in quotes for one that these models don't manage."
		}
		l.fail(failure(place, "Unknown "+strings.ReplaceAll(p.kind, "_", " "), "There is no %s %q.%s", strings.ReplaceAll(p.kind, "_", " "), p.name, hint))
	}
	return r
}

// hasColumn says whether the relation has the column, or may have it.
func (l *loading) hasColumn(r *relation, name string) bool {
	return r.open || r.columns[l.identifier(name)]
}

func (l *loading) unknownColumn(place hcl.Range, r *relation, name string) {
	hint := DidYouMean(name, r.names)
	if hint == "" && len(r.names) > 0 && len(r.names) <= 12 {
		hint = " It has " + strings.Join(r.names, ", ") + "."
	}
	l.fail(failure(place, "Unknown column", "%s %q has no column %q.%s", upperFirst(strings.ReplaceAll(r.identity.Kind, "_", " ")), r.identity.Name, name, hint))
}
