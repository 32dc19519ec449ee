package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Without implements drivers.Detacher. A constraint, an index or a default that calls a function can be out of the way while
// the function is made again; a column of a type that is made again has another type meanwhile, and a table of it none.
func (d Driver) Without(part *hclschema.Object, gone hclschema.Identity, dropped bool) (*hclschema.Object, bool) {
	switch part.Identity.Kind {
	case hclschema.KindForeignKey:
		if gone.Kind == hclschema.KindTable && gone != referredTable(part) {
			return part, true // a partition of what it refers to
		}
		return nil, true
	case hclschema.KindUnique, hclschema.KindPrimaryKey, hclschema.KindCheck, hclschema.KindExclude, hclschema.KindIndex:
		return nil, true
	case hclschema.KindColumn:
		return withoutType(part, gone, dropped)
	case hclschema.KindTable:
		if gone.Kind == hclschema.KindComposite && part.Properties[hclschema.PropOfType] != nil {
			rest := part.Clone()
			delete(rest.Properties, hclschema.PropOfType)
			return rest, true
		}
		// What a table has of a parent's columns goes the way of these.
		return part, !dropped || isType(gone.Kind) && (part.Properties[hclschema.PropInherits] != nil || part.Properties[hclschema.PropPartitionOf] != nil)
	}
	return part, true
}

// withoutType is a column without the type that is made again, or else without what its default or its expression calls.
func withoutType(column *hclschema.Object, gone hclschema.Identity, dropped bool) (*hclschema.Object, bool) {
	is := column.Properties.Text(hclschema.PropType)
	ofType := is == typeOf(gone) || strings.TrimRight(is, "[]") == typeOf(gone) || gone.Kind == hclschema.KindRange && column.Derived[derivedRange] == typeOf(gone)
	switch {
	case column.Properties[hclschema.PropGenerated] != nil:
		return nil, true // its values are computed again
	case dropped && gone.Kind == hclschema.KindExtension && slices.Contains(words(is), lower(gone.Name)):
		return nil, false
	case ofType && (dropped && isType(gone.Kind) || gone.Kind == hclschema.KindDomain || gone.Kind == hclschema.KindTable):
		rest := column.Clone()
		delete(rest.Properties, hclschema.PropDefault)
		rest.Properties[hclschema.PropType] = text(meanwhile(column, gone))
		delete(rest.Derived, derivedRange)
		return rest, !column.Properties.Bool(hclschema.PropInherited)
	}
	if dropped && gone.Kind == hclschema.KindCollation && column.Properties[hclschema.PropCollate] != nil {
		rest := column.Clone()
		delete(rest.Properties, hclschema.PropCollate)
		delete(rest.Properties, hclschema.PropDefault)
		return rest, true
	}
	return withoutDefault(column, gone, dropped)
}

// meanwhile is the type that a column has while its own is made again: what a domain is made of where that is the engine's, JSON
// for a composite type or the rows of a table, whose fields have names, and text for all others.
func meanwhile(column *hclschema.Object, gone hclschema.Identity) string {
	if base := column.Derived[derivedBase]; base != "" {
		return base
	}
	is := column.Properties.Text(hclschema.PropType)
	brackets := is[len(strings.TrimRight(is, "[]")):]
	if (gone.Kind == hclschema.KindComposite || gone.Kind == hclschema.KindTable) && brackets == "" {
		return "jsonb"
	}
	return "text" + brackets
}

// Bears implements drivers.Detacher: what is made of a column whose values stay what they are can stay as well.
func (Driver) Bears(part, of, rest *hclschema.Object) bool {
	is := rest.Properties.Text(hclschema.PropType)
	if part.Identity.Kind == hclschema.KindColumn || of.Identity.Kind != hclschema.KindColumn {
		return of.Properties.Text(hclschema.PropType) == is
	}
	return of.Properties.Text(hclschema.PropType) == is || is == of.Derived[derivedBase]
}

// withoutDefault is a column without what its default or its expression calls.
func withoutDefault(column *hclschema.Object, gone hclschema.Identity, dropped bool) (*hclschema.Object, bool) {
	if column.Properties[hclschema.PropDefault] == nil {
		return column, !dropped || gone.Kind == hclschema.KindCollation // that of its domain, with which it is set aside
	}
	if gone.Kind == hclschema.KindSequence && !dropped {
		return column, true
	}
	rest := column.Clone()
	delete(rest.Properties, hclschema.PropDefault)
	return rest, true
}

// isType says that objects of a kind are types of columns.
func isType(kind string) bool {
	switch kind {
	case hclschema.KindEnum, hclschema.KindDomain, hclschema.KindComposite, hclschema.KindRange, hclschema.KindTable, hclschema.KindForeignTable, hclschema.KindExtension:
		return true
	}
	return false
}

// Premature implements drivers.Postponer: undefined tables, functions, objects, columns, schemas and invalid references to them, and
// calls of what has the same name now and is of another kind or type.
func (Driver) Premature(err error) bool {
	switch sqlState(err) {
	case "42P01", "42883", "42704", "42703", "3F000", "42P02", "42830", "42809", "55000", "42P17", "42803", "42804", "42725", "42846", "42P20":
		return true
	}
	return false
}
