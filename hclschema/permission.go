package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// permissionKind is permission { to = role.app, for = table.orders, privileges = [SELECT] }: what a role may do with an object. It
// is a property of that object, so that it goes wherever the object goes. Those of the default schema, which is no object, are an
// object of this kind.
type permissionKind struct{}

// Reference implements Kind.
func (permissionKind) Reference() KindReference {
	return KindReference{
		Name: KindPermission, Text: "All that a role may do with an object (GRANT, REVOKE). With manage_privileges alone.", Labels: 1, Unlabelled: true,
		Names: []NameReference{
			toAttribute(),
			{Name: "for", Text: "The object, or a list of them: table.orders, table.orders.column.total, view.v, schema.sales, function.f, sequence.s, enum.state …"},
			{Name: "privileges", Text: "What the role may do: [SELECT, INSERT], [ALL]; [] takes away what PostgreSQL or a default permission gives by itself."},
			grantableAttribute(),
			{Name: "granted_by", Text: "The role that gave it, where that isn't the owner."},
			{Name: "sequence", Text: "true: it is for the sequence that the column takes its numbers from."},
		},
	}
}

func toAttribute() NameReference {
	return NameReference{Name: "to", Text: `The role, or a list of them: role.app, "app", PUBLIC for everybody, OWNER for whoever owns the object.`}
}

func grantableAttribute() NameReference {
	return NameReference{Name: "grantable", Text: "Whether the role may pass it on (WITH GRANT OPTION)."}
}

// manages reports what only projects may say that manage privileges.
func (l *loading) manages(place hcl.Range, what string) bool {
	if !l.managePrivileges && !l.toldUnmanaged[place] {
		l.toldUnmanaged[place] = true
		l.fail(failure(place, "Privileges aren't managed", "%s can be declared only where the project manages privileges; so far it leaves owners and privileges alone. Set manage_privileges = true in migrations.hcl, or take this away.", what))
	}
	return l.managePrivileges
}

// permissionBlock is a permission block that was read, to be resolved when all objects are there.
type permissionBlock struct {
	block *Block
	to    []Grantee
	by    string
}

func (permissionKind) read(l *loading, b *Block, _ *relation) {
	if _, ok := l.name(b); !ok || !l.manages(b.Range, "A permission") {
		return
	}
	l.require(b, "to", "to = role.app")
	l.require(b, "for", "for = table.orders")
	l.require(b, "privileges", "privileges = [SELECT]")
	p := permissionBlock{block: b, to: l.grantees(b)}
	if a := given(b, "granted_by"); a != nil {
		var ok bool
		if p.by, ok = l.role(a.Value, a.ValueRange, a.Name, `a role such as role.app, or its name in quotes`); !ok {
			return
		}
	}
	l.permissions = append(l.permissions, p)
}

// grantees are those behind to.
func (l *loading) grantees(b *Block) []Grantee {
	a := given(b, "to")
	if a == nil {
		return nil
	}
	var all []Grantee
	for _, e := range l.oneOrMore(a) {
		if word, ok := e.value.(Word); ok && !word.Called {
			switch upperASCII(word.Name) {
			case "PUBLIC":
				all = append(all, Grantee{Public: true})
				continue
			case "OWNER":
				all = append(all, Grantee{Owner: true})
				continue
			}
		}
		if name, ok := l.role(e.value, e.place, "to", `a role such as role.app, its name in quotes, PUBLIC or OWNER`); ok {
			all = append(all, Grantee{Role: name})
		}
	}
	return all
}

// oneOrMore are the elements of a list, or the value itself where it is none.
func (l *loading) oneOrMore(a *Attribute) []element {
	if _, list := a.Value.(Sequence); list {
		return l.elements(a)
	}
	return []element{{a.Value, a.ValueRange}}
}

func (l *loading) grantable(b *Block) bool {
	a := given(b, "grantable")
	if a == nil {
		return false
	}
	value, ok := a.Value.(Boolean)
	if !ok {
		l.wants(a.ValueRange, a.Name, "true or false", a.Value)
	}
	return bool(value)
}

// privileges are the words of the attribute, checked against those that a sort of objects has.
func (l *loading) privileges(b *Block, sort PrivilegeSort, what string) ([]string, bool) {
	a := given(b, "privileges")
	if a == nil {
		return nil, false
	}
	words, good := []string{}, true
	for _, e := range l.oneOrMore(a) {
		said := ""
		switch v := e.value.(type) {
		case Word:
			said = v.Name
		case String:
			said = string(v)
		default:
			l.wants(e.place, "privileges", "words such as SELECT, in [ ]", e.value)
			good = false
			continue
		}
		word := strings.TrimSuffix(upperASCII(strings.TrimSpace(said)), " PRIVILEGES")
		if known := sort.known(); !contains(known, word) {
			l.fail(failure(e.place, "Unknown privilege", "There is no privilege %q on %s.%s It is %s.", said, what, DidYouMean(word, known), oneOf(known)))
			good = false
			continue
		}
		words = append(words, word)
	}
	return words, good
}

func contains(list []string, word string) bool {
	for _, other := range list {
		if other == word {
			return true
		}
	}
	return false
}

// permissionTarget is a list of grants of an object: a property of it, or for a column that is no object a part of one.
type permissionTarget struct {
	object           *Object
	property, column string
}

// sort is that of what is granted.
func (t permissionTarget) sort() PrivilegeSort {
	switch t.property {
	case PropColumnPrivileges:
		return SortColumn
	case PropSequencePrivileges:
		return SortSequence
	}
	return SortOf(t.object.Identity.Kind)
}

// set gives the object the grants.
func (t permissionTarget) set(list List) {
	p := t.object.Properties
	if t.property != PropColumnPrivileges {
		if delete(p, t.property); list != nil {
			p[t.property] = list
		}
		return
	}
	columns, _ := p[t.property].(Record)
	if columns == nil {
		columns = Record{}
	}
	if delete(columns, t.column); list != nil {
		columns[t.column] = list
	}
	if delete(p, t.property); len(columns) > 0 {
		p[t.property] = columns
	}
}

// settlePrivileges gives the objects of the state what the permission blocks say of them, and to those who aren't spoken of what
// the default permissions give them.
func (l *loading) settlePrivileges(state *State) {
	state.roles = l.roleUses
	if !l.managePrivileges {
		return
	}
	l.addDefaults(state)
	for _, block := range l.defaults {
		state.permissions = append(state.permissions, permissionPlace{block.place, block.object})
	}
	explicit := map[permissionTarget][]Grant{}
	var order []permissionTarget
	for _, p := range l.permissions {
		for _, target := range l.permissionTargets(state, p.block) {
			sort := target.sort()
			words, ok := l.privileges(p.block, sort, article(string(sort)))
			if !ok {
				break
			}
			if _, known := explicit[target]; !known {
				order = append(order, target)
			}
			for _, to := range p.to {
				explicit[target] = append(explicit[target], Grant{To: to, By: p.by, Grantable: l.grantable(p.block), Privileges: words})
			}
			state.permissions = append(state.permissions, permissionPlace{p.block.Range, target.object.Identity})
		}
	}
	for _, o := range state.Objects() {
		for _, target := range impliedTargets(o) {
			if _, known := explicit[target]; !known {
				order = append(order, target)
			}
		}
		followTable(state, o)
	}
	for _, target := range order {
		sort := target.sort()
		if target.object.Identity.Kind == KindPermission {
			target.set(GrantList(sort.tidy(explicit[target]))) // only the engine knows what it had in the beginning
			continue
		}
		target.set(sort.Told(completed(explicit[target], Anew(state, sort, target.object.Identity.Schema))))
	}
	for _, target := range order { // grants of the default schema are an object of their own
		if o := target.object; o.Identity.Kind == KindPermission && o.Properties[PropPrivileges] != nil && state.Get(o.Identity) == nil {
			state.AddNext(o)
		}
	}
}

// impliedTargets are the lists of an object that default permissions have a say in.
func impliedTargets(o *Object) []permissionTarget {
	switch sort := SortOf(o.Identity.Kind); {
	case o.Identity.Kind == KindPermission || sort == "" || sort == SortServer:
		return nil
	case sort == SortColumn && o.Properties[PropIdentity] != nil:
		return []permissionTarget{{object: o, property: PropSequencePrivileges}}
	case sort == SortColumn:
		return nil
	}
	return []permissionTarget{{object: o, property: PropPrivileges}}
}

// followTable gives a sequence that belongs to a column the owner of its table.
func followTable(state *State, o *Object) {
	if o.Identity.Kind != KindSequence {
		return
	}
	if column, ok := OwningColumn(state, o.Identity); ok {
		if table := state.Get(Identity{Kind: KindTable, Schema: column.Schema, Name: column.Parent}); table != nil {
			if delete(o.Properties, PropOwner); table.Properties[PropOwner] != nil {
				o.Properties[PropOwner] = table.Properties[PropOwner]
			}
		}
	}
}

// permissionTargets are what a permission is for.
func (l *loading) permissionTargets(state *State, b *Block) []permissionTarget {
	a := given(b, "for")
	if a == nil {
		return nil
	}
	ofSequence := false
	if s := given(b, "sequence"); s != nil {
		value, ok := s.Value.(Boolean)
		if !ok {
			l.wants(s.ValueRange, s.Name, "true or false", s.Value)
		}
		ofSequence = bool(value)
	}
	var all []permissionTarget
	for _, e := range l.oneOrMore(a) {
		if target, ok := l.permissionTarget(state, e, ofSequence); ok {
			all = append(all, target)
		}
	}
	return all
}

func (l *loading) permissionTarget(state *State, e element, ofSequence bool) (permissionTarget, bool) {
	none := permissionTarget{}
	reference, ok := e.value.(Reference)
	if !ok {
		l.wants(e.place, "for", "a reference such as table.orders, view.totals or schema.sales", e.value)
		return none, false
	}
	p, ok := parsePath(reference.Path)
	switch {
	case ok && p.kind == KindSchema && p.qualifier == "" && p.column == "":
		return l.schemaTarget(state, p, e.place)
	case ok && p.isRelation():
		if r := l.resolve(p, e.place); r != nil {
			return l.relationTarget(state, r, p, e.place, ofSequence)
		}
		return none, false
	case ok && p.column != "" && SortOf(p.kind) == SortTable: // a table whose columns are no objects
		if id, found := l.resolveObject(p, e.place); found && state.Get(id) != nil {
			return permissionTarget{object: state.Get(id), property: PropColumnPrivileges, column: p.column}, true
		}
		return none, false
	case ok && p.column == "" && SortOf(p.kind) != "" && p.kind != KindPermission && p.kind != KindColumn:
		if o := state.Get(Identity{Kind: p.kind, Schema: l.foldSchema(p.qualifier), Name: p.name}); o != nil {
			return permissionTarget{object: o, property: PropPrivileges}, true
		}
		if id, found := l.resolveObject(p, e.place); found {
			if o := state.Get(id); o != nil {
				return permissionTarget{object: o, property: PropPrivileges}, true
			}
		}
		return none, false
	}
	l.fail(failure(e.place, "Wrong reference", "%s leads to nothing that has privileges. Write table.orders, table.orders.column.total, view.totals, schema.sales, function.f, sequence.s or a type such as enum.state.", referenceText(reference)))
	return none, false
}

// schemaTarget is a schema; the default one is no object, and its grants stand by themselves.
func (l *loading) schemaTarget(state *State, p path, place hcl.Range) (permissionTarget, bool) {
	name := l.foldSchema(p.name)
	if name != "" {
		if o := state.Get(Identity{Kind: KindSchema, Name: name}); o != nil {
			return permissionTarget{object: o, property: PropPrivileges}, true
		}
		l.fail(failure(place, "Unknown schema", "No block declares the schema %q.%s Write schema %q {}, or correct the name.", p.name, DidYouMean(p.name, sortedKeys(l.schemas)), p.name))
		return permissionTarget{}, false
	}
	if l.ofDefaultSchema == nil {
		l.ofDefaultSchema = DefaultSchemaPermission(defaultSchemaName(l.dialect))
		l.ofDefaultSchema.Range = place
	}
	return permissionTarget{object: l.ofDefaultSchema, property: PropPrivileges}, true
}

// DefaultSchemaPermission is the object that holds the grants of the default schema, which is called so as an object.
func DefaultSchemaPermission(name string) *Object {
	return &Object{Identity: Identity{Kind: KindPermission, Name: "schema " + name}, Properties: Properties{}}
}

// relationTarget is a table or a view, or a column of it.
func (l *loading) relationTarget(state *State, r *relation, p path, place hcl.Range, ofSequence bool) (permissionTarget, bool) {
	none := permissionTarget{}
	o := state.Get(r.identity)
	if o == nil {
		return none, false
	}
	if p.column == "" {
		if ofSequence {
			l.fail(failure(place, "Column missing", "sequence = true is for the sequence of a column. Write %s.column.NAME.", referenceText(Reference{Path: []string{p.kind, p.name}})))
			return none, false
		}
		return permissionTarget{object: o, property: PropPrivileges}, true
	}
	column := state.Get(Identity{Kind: KindColumn, Schema: r.identity.Schema, Parent: r.identity.Name, Name: p.column})
	if ofSequence {
		if column != nil && column.Properties[PropIdentity] != nil {
			return permissionTarget{object: column, property: PropSequencePrivileges}, true
		}
		for _, sequence := range state.Objects() {
			if owning, ok := OwningColumn(state, sequence.Identity); ok && sequence.Identity.Kind == KindSequence && column != nil && owning == column.Identity {
				return permissionTarget{object: sequence, property: PropPrivileges}, true
			}
		}
		l.fail(failure(place, "Column without a sequence", "The column %q takes its numbers from no sequence of its own. Take sequence = true away.", p.column))
		return none, false
	}
	if column != nil {
		return permissionTarget{object: column, property: PropPrivileges}, true
	}
	if !l.hasColumn(r, p.column) {
		l.unknownColumn(place, r, p.column)
		return none, false
	}
	return permissionTarget{object: o, property: PropColumnPrivileges, column: p.column}, true
}
