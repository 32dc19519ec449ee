package hclschema

import "slices"

// Elements are the names that an object's properties list and that engines can change: the fields of a composite type, the values
// of an enum. They are identities of a Kind of their own with the object as their parent.
func Elements(o *Object) []Identity {
	var kind string
	var names []string
	switch o.Identity.Kind {
	case KindComposite:
		kind = KindField
		for _, value := range o.Properties.List(PropFields) {
			if field, ok := value.(Record); ok && field["name"] != nil {
				names = append(names, field["name"].String())
			}
		}
	case KindEnum:
		kind = KindValue
		for _, value := range o.Properties.List(PropValues) {
			names = append(names, value.String())
		}
	}
	list := make([]Identity, len(names))
	for i, name := range names {
		list[i] = Identity{Kind: kind, Schema: o.Identity.Schema, Parent: o.Identity.Name, Name: name}
	}
	return list
}

// renamedElement notes the name that one of the blocks says an element of an object had. names are those that the object's elements have.
func (l *loading) renamedElement(b *Block, blocks []*Block, o *Object, name string, names map[string]bool) {
	a := given(b, "renamed_from")
	if a == nil {
		return
	}
	former, ok := l.text(a)
	if !ok {
		return
	}
	switch {
	case former == name:
		l.fail(failure(a.ValueRange, "Renamed from itself", "The %s %q is said to be renamed from its own name. Write the name that it had, or take renamed_from away.", b.Type, name))
		return
	case names[former] && !slices.ContainsFunc(blocks, func(other *Block) bool {
		return len(other.Labels) == 1 && other.Labels[0].Text == former && given(other, "renamed_from") != nil
	}):
		l.fail(failure(a.ValueRange, "Former name in use", "The %s %q is said to be renamed from %q, but there is one of that name too. Take renamed_from away, or rename the other.", b.Type, name, former))
		return
	}
	for other, taken := range o.RenamedElements {
		if taken == former && other != name {
			l.fail(failure(a.ValueRange, "Renamed twice", "The %s %q is said to be renamed from %q, and so is %q. Only one of them can be it.", b.Type, name, former, other))
			return
		}
	}
	if o.RenamedElements == nil {
		o.RenamedElements = map[string]string{}
	}
	o.RenamedElements[name] = former
}
