package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// declared is a declared object that stands by itself and is no relation: enum.status, function.touch, sequence.numbers.
type declared struct {
	identity Identity
	place    hcl.Range
}

// identifying is a Kind whose objects have a name that isn't that of their block alone: functions, which the types of their
// arguments tell apart. It may refer to every object of the other kinds, which are declared before.
type identifying interface {
	// identify is the identity of the block's object, without a word on what is wrong with it; false where there is none.
	identify(l *loading, b *Block) (Identity, bool)
}

// isRelationKind says whether references such as table.users.column.id lead to objects of the kind.
func isRelationKind(kind string) bool {
	switch kind {
	case KindTable, KindView, KindVirtualTable, KindMaterialized, KindForeignTable:
		return true
	}
	return false
}

// isObjectKind says whether objects of the kind stand by themselves and aren't relations.
func (l *loading) isObjectKind(kind string) bool {
	switch kind {
	case KindSchema, KindTrigger, KindRule, KindPolicy, PartitionBlock, KindPermission, KindDefaultPermission, roleBlock, userBlock, KindData:
		return false
	}
	reference, ok := l.references[kind]
	return ok && reference.Within == "" && !isRelationKind(kind)
}

// declareObjects notes the objects that blocks declare, those first whose names need no other object.
func (l *loading) declareObjects(blocks []*Block) {
	for _, b := range blocks {
		if _, later := l.kinds[b.Type].(identifying); !later && l.isObjectKind(b.Type) {
			if name, ok := l.quietName(b); ok {
				l.declareObject(b, Identity{Kind: b.Type, Schema: l.quietSchema(b), Name: name}, name)
			}
		}
	}
	for _, b := range blocks {
		if kind, ok := l.kinds[b.Type].(identifying); ok && l.isObjectKind(b.Type) {
			if id, ok := kind.identify(l, b); ok {
				name, _ := l.quietName(b)
				l.declareObject(b, id, name)
			}
		}
	}
}

// declareObject notes one object, to be spoken of by its identity, by the name that its block gives, and by the block's label.
func (l *loading) declareObject(b *Block, id Identity, name string) {
	d := &declared{identity: id, place: b.Range}
	l.objectOf[b] = d
	if key := l.state.Key(id); l.objects[key] == nil {
		l.objects[key] = d
	}
	names := map[string]bool{}
	if name != "" && name != id.Name {
		names[name] = true
	}
	if len(b.Labels) > 0 {
		names[b.Labels[len(b.Labels)-1].Text] = true
	}
	schemas := map[string]bool{id.Schema: true, "": true} // as in Atlas, a name that only one schema has needs no qualifier
	if len(b.Labels) > 1 {
		schemas[l.foldSchema(b.Labels[0].Text)] = true
	}
	for schema := range schemas {
		for name := range names {
			l.aliasObject(Identity{Kind: id.Kind, Schema: schema, Name: name}, d)
		}
		if schema != id.Schema {
			l.aliasObject(Identity{Kind: id.Kind, Schema: schema, Name: id.Name}, d)
		}
	}
}

func (l *loading) aliasObject(id Identity, d *declared) {
	key := l.state.Key(id)
	if first, taken := l.objectAliases[key]; taken && first != d {
		d = nil
	}
	l.objectAliases[key] = d
}

// identityOf is the identity that a block's object was declared with; false where its block has no name, which is reported.
func (l *loading) identityOf(b *Block) (Identity, bool) {
	if _, ok := l.name(b); !ok {
		return Identity{}, false
	}
	l.schemaOf(b)
	d := l.objectOf[b]
	if d == nil {
		return Identity{}, false
	}
	return d.identity, true
}

// findObject is the declared object that a path leads to. several says that the path leads to more than one.
func (l *loading) findObject(p path) (d *declared, several bool) {
	key := l.state.Key(Identity{Kind: p.kind, Schema: l.foldSchema(p.qualifier), Name: p.name})
	if d := l.objects[key]; d != nil {
		return d, false
	}
	d, known := l.objectAliases[key]
	return d, known && d == nil
}

// resolveObject finds the object that a path leads to, a relation or one of the other kinds, and reports one that isn't declared.
func (l *loading) resolveObject(p path, place hcl.Range) (Identity, bool) {
	if isRelationKind(p.kind) {
		if r := l.resolve(p, place); r != nil {
			return r.identity, true
		}
		return Identity{}, false
	}
	d, several := l.findObject(p)
	if d != nil {
		return d.identity, true
	}
	words := strings.ReplaceAll(p.kind, "_", " ")
	if several {
		l.fail(failure(place, "Several objects", "Several %ss are called %q. Name one of them exactly: %s.", words, p.name, oneOf(l.exactPaths(p))))
		return Identity{}, false
	}
	hint := DidYouMean(p.name, l.objectNames(p.kind))
	if hint == "" {
		hint = " Declare it, or correct the name."
	}
	l.fail(failure(place, "Unknown "+words, "There is no %s %q.%s", words, p.name, hint))
	return Identity{}, false
}

// exactPaths are references that lead to one object each, of those that a path leads to.
func (l *loading) exactPaths(p path) []string {
	found := map[string]bool{}
	for _, d := range l.objectOf {
		id := d.identity
		bare, _ := SplitRoutine(id.Name)
		if id.Kind != p.kind || p.qualifier != "" && l.foldSchema(p.qualifier) != id.Schema || bare != p.name && id.Name != p.name {
			continue
		}
		found[objectPath(id)] = true
	}
	return sortedKeys(found)
}

// objectPath is a reference to an object that stands by itself.
func objectPath(id Identity) string {
	text := id.Kind
	if id.Schema != "" {
		text += step(id.Schema)
	}
	return text + step(id.Name)
}

// objectNames are the declared names of a kind, for suggestions.
func (l *loading) objectNames(kind string) []string {
	names := map[string]bool{}
	for _, d := range l.objects {
		if d.identity.Kind == kind {
			bare, _ := SplitRoutine(d.identity.Name)
			names[bare] = true
		}
	}
	return sortedKeys(names)
}

// referred takes a reference to an object of one of the kinds, such as function.touch; anything else is reported.
func (l *loading) referred(v Evaluated, place hcl.Range, name string, kinds ...string) (Identity, bool) {
	if reference, ok := v.(Reference); ok {
		if p, ok := parsePath(reference.Path); ok && p.column == "" {
			for _, kind := range kinds {
				if p.kind == kind {
					return l.resolveObject(p, place)
				}
			}
		}
	}
	examples := make([]string, len(kinds))
	for i, kind := range kinds {
		examples[i] = kind + ".name"
	}
	l.wants(place, name, "a reference such as "+oneOf(examples), v)
	return Identity{}, false
}
