package hclschema

import "github.com/hashicorp/hcl/v2"

// The blocks that give roles names in models. Roles belong to the server and not to a database: they are referred to, not made.
const (
	roleBlock = "role"
	userBlock = "user"
)

// roleKind is role "app" {}, or user "app" {}: it makes role.app a name that models can use, and no object.
type roleKind struct{ block string }

// Reference implements Kind.
func (k roleKind) Reference() KindReference {
	return KindReference{
		Name: k.block, Text: "A role of the server, to be spoken of as " + k.block + ".name. It is referred to, not made: it has to be there.", Labels: 1,
		Names: []NameReference{
			nameAttribute(),
			{Name: "external", Text: "true, for readers: others make the role."},
			{Name: "comment", Text: "For readers."},
		},
	}
}

func (k roleKind) read(l *loading, b *Block, _ *relation) {
	if _, ok := l.name(b); !ok {
		return
	}
	if a := given(b, "external"); a != nil && a.Value != Evaluated(Boolean(true)) {
		l.fail(failure(a.ValueRange, "Role to be made", "duo-orm makes no roles, it refers to them. Write external = true, or take it away, and make the role with CREATE ROLE."))
	}
}

// write has nothing to do: a state holds no roles.
func (roleKind) write(*writer, *Object) {}

// RoleUse is a place that names a role which has to be there.
type RoleUse struct {
	Name string
	// Object is what speaks of it, where no place is known.
	Object Identity
	Range  hcl.Range
}

// declareRole notes the name of a role block, to be spoken of by its label.
func (l *loading) declareRole(b *Block) {
	if name, ok := l.quietName(b); ok && len(b.Labels) > 0 {
		l.declaredRoles[[2]string{b.Type, b.Labels[len(b.Labels)-1].Text}] = name
	}
}

// role is a role's name: in quotes, or as role.name.
func (l *loading) role(v Evaluated, place hcl.Range, attribute, wanted string) (string, bool) {
	switch v := v.(type) {
	case String:
		if !l.checkName(string(v), place) {
			return "", false
		}
		l.uses(string(v), place)
		return string(v), true
	case Reference:
		if len(v.Path) != 2 || v.Path[0] != roleBlock && v.Path[0] != userBlock {
			break
		}
		name, declared := l.declaredRoles[[2]string{v.Path[0], v.Path[1]}]
		if !declared {
			var names []string
			for key := range l.declaredRoles {
				if key[0] == v.Path[0] {
					names = append(names, key[1])
				}
			}
			l.fail(failure(place, "Unknown role", "No block declares the %s %q.%s Write %s %q {} for a role that the server has, or its name in quotes.",
				v.Path[0], v.Path[1], DidYouMean(v.Path[1], names), v.Path[0], v.Path[1]))
			return "", false
		}
		l.uses(name, place)
		return name, true
	}
	l.wants(place, attribute, wanted, v)
	return "", false
}

func (l *loading) uses(role string, place hcl.Range) {
	l.roleUses = append(l.roleUses, RoleUse{Name: role, Range: place})
}

// Roles are the roles that a state speaks of, those named in models with their places.
func Roles(state *State) []RoleUse {
	uses := append([]RoleUse(nil), state.roles...)
	placed := map[string]bool{}
	for _, use := range uses {
		placed[use.Name] = true
	}
	add := func(name string, o *Object) {
		if name != "" && !placed[name] {
			placed[name] = true
			uses = append(uses, RoleUse{Name: name, Object: o.Identity, Range: o.Range})
		}
	}
	for _, o := range state.Objects() {
		add(o.Properties.Text(PropOwner), o)
		add(o.Properties.Text(PropMadeBy), o)
		for _, value := range o.Properties.List(PropTo) {
			add(value.String(), o)
		}
		for _, value := range grantProperties(o) {
			for _, grant := range Grants(value) {
				add(grant.To.Role, o)
				add(grant.By, o)
			}
		}
	}
	return uses
}

// grantProperties are the properties of an object that hold grants, those of a view's columns each for itself.
func grantProperties(o *Object) []Value {
	values := []Value{o.Properties[PropPrivileges], o.Properties[PropSequencePrivileges]}
	columns, _ := o.Properties[PropColumnPrivileges].(Record)
	for _, name := range columns.Names() {
		values = append(values, columns[name])
	}
	return values
}
