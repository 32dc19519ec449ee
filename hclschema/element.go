package hclschema

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
