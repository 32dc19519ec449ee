package hclschema

import "slices"

// Owned says whether objects of a kind, or of a kind of block, have an owner that models can tell.
func Owned(kind string) bool {
	switch kind {
	case KindSchema, KindTable, PartitionBlock, KindView, KindMaterialized, KindSequence, KindFunction, KindProcedure, KindAggregate, KindOperator,
		KindEnum, KindDomain, KindComposite, KindRange, KindCollation, KindEventTrigger, KindPublication, KindStatistics,
		"server", "foreign_table", "foreign_data_wrapper", "operator_class", "operator_family", "text_search_configuration", "text_search_dictionary",
		"conversion", "language":
		return true
	}
	return false
}

// PrivilegeProperties are the properties that only projects have which manage privileges.
func PrivilegeProperties() []string {
	return []string{PropOwner, PropPrivileges, PropColumnPrivileges, PropSequencePrivileges}
}

// ownerAttribute is what every block has whose object has an owner.
func ownerAttribute() NameReference {
	return NameReference{Name: PropOwner, Text: "The role that owns it, where that isn't the one that duo-orm works as: role.app or \"app\". With manage_privileges alone.", Engines: "PostgreSQL"}
}

// referenceOf is what a kind says of itself, and the owner where its objects have one.
func referenceOf(kind Kind) KindReference {
	reference := kind.Reference()
	own := func(n NameReference) bool { return n.Name == PropOwner }
	if Owned(reference.Name) && !slices.ContainsFunc(reference.Names, own) {
		reference.Names = append(slices.Clone(reference.Names), ownerAttribute())
	}
	return reference
}

// owner reads whose an object is.
func (l *loading) owner(b *Block, o *Object) {
	a := given(b, PropOwner)
	if a == nil || !Owned(o.Identity.Kind) {
		return
	}
	if name, ok := l.role(a.Value, a.ValueRange, PropOwner, `a role such as role.app, or its name in quotes`); ok && l.manages(a.NameRange, "The owner of an object") {
		o.Properties[PropOwner] = Text(name)
	}
}

// namesRole says that a value is a role's name, or means to be one.
func namesRole(v Evaluated) bool {
	switch v := v.(type) {
	case String:
		return true
	case Reference:
		return v.Path[0] == roleBlock || v.Path[0] == userBlock
	}
	return false
}

// owner writes whose an object is. A sequence that belongs to a column has the owner of its table, and doesn't say it.
func (w *writer) owner(o *Object) {
	if o.Identity.Kind == KindSequence {
		if _, owned := OwningColumn(w.state, o.Identity); owned {
			return
		}
	}
	if Owned(o.Identity.Kind) {
		w.text(o, PropOwner)
	}
}
