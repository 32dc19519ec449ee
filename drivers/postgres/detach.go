package postgres

import (
	"slices"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Without implements drivers.Detacher. A constraint, an index or a default that calls a function can be out of the way while
// the function is made again; a column can't be without its type.
func (d Driver) Without(part *hclschema.Object, gone hclschema.Identity, dropped bool) (*hclschema.Object, bool) {
	switch part.Identity.Kind {
	case hclschema.KindUnique, hclschema.KindPrimaryKey, hclschema.KindForeignKey, hclschema.KindCheck, hclschema.KindExclude, hclschema.KindIndex:
		return nil, true
	case hclschema.KindColumn:
		return withoutDefault(part, gone, dropped)
	case hclschema.KindTable:
		return part, !dropped
	}
	return part, true
}

// withoutDefault is a column without what its default or its expression calls.
func withoutDefault(column *hclschema.Object, gone hclschema.Identity, dropped bool) (*hclschema.Object, bool) {
	if dropped && isType(gone.Kind) && slices.Contains(words(column.Properties.Text(hclschema.PropType)), lower(gone.Name)) {
		return nil, false
	}
	if column.Properties[hclschema.PropGenerated] != nil {
		return nil, true // its values are computed again
	}
	if column.Properties[hclschema.PropDefault] == nil {
		return column, !dropped
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
	case hclschema.KindEnum, hclschema.KindDomain, hclschema.KindComposite, hclschema.KindRange, hclschema.KindTable, hclschema.KindExtension:
		return true
	}
	return false
}

// Premature implements drivers.Postponer: undefined tables, functions, objects, columns, schemas and invalid references to them.
func (Driver) Premature(err error) bool {
	switch sqlState(err) {
	case "42P01", "42883", "42704", "42703", "3F000", "42P02", "42830", "42809", "55000", "42P17":
		return true
	}
	return false
}
