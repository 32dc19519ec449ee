package postgres

import (
	"github.com/duo-orm/duo-orm/hclschema"
)

// Key implements hclschema.Dialect: a name is what stands between its quotes, to the letter.
func (Driver) Key(id hclschema.Identity) hclschema.Identity { return id }

// Identifier implements hclschema.Dialect.
func (Driver) Identifier(name string) hclschema.Spelled { return identifier(name) }

func identifier(name string) hclschema.Spelled {
	return hclschema.Spelled{Text: name, Canonical: name}
}

// text is a text of the engine that is its own canonical form.
func text(s string) hclschema.Spelled { return hclschema.Spelled{Text: s, Canonical: s} }

// Unit implements drivers.Linker: the parts of a table are planned with it, the indexes of a materialized view with that.
func (Driver) Unit(id hclschema.Identity) hclschema.Identity {
	switch id.Kind {
	case hclschema.KindColumn, hclschema.KindPrimaryKey, hclschema.KindUnique, hclschema.KindForeignKey, hclschema.KindCheck,
		hclschema.KindExclude, hclschema.KindIndex:
		return hclschema.Identity{Kind: hclschema.KindTable, Schema: id.Schema, Name: id.Parent}
	case hclschema.KindMaterializedIndex:
		return hclschema.Identity{Kind: hclschema.KindMaterialized, Schema: id.Schema, Name: id.Parent}
	case hclschema.KindField:
		return hclschema.Identity{Kind: hclschema.KindComposite, Schema: id.Schema, Name: id.Parent}
	case hclschema.KindValue:
		return hclschema.Identity{Kind: hclschema.KindEnum, Schema: id.Schema, Name: id.Parent}
	case hclschema.KindSequenceOwner:
		return hclschema.Identity{Kind: hclschema.KindSequence, Schema: id.Schema, Name: id.Parent}
	default:
		return id
	}
}

// Namespaces implements drivers.Linker. Relations, indexes among them, share a space in each schema, types another, which tables and
// views make too (and sequences, before version 14); functions of all sorts share a third.
func (Driver) Namespaces(id hclschema.Identity) []string {
	in := " " + id.Schema + "." + id.Name
	switch id.Kind {
	case hclschema.KindTable, hclschema.KindView, hclschema.KindMaterialized, hclschema.KindSequence, hclschema.KindComposite, hclschema.KindForeignTable:
		return []string{"relation" + in, "type" + in}
	case hclschema.KindIndex, hclschema.KindMaterializedIndex, hclschema.KindUnique, hclschema.KindExclude:
		return []string{"relation" + in}
	case hclschema.KindEnum, hclschema.KindDomain, hclschema.KindRange:
		return []string{"type" + in}
	case hclschema.KindFunction, hclschema.KindProcedure, hclschema.KindAggregate:
		return []string{"function" + in}
	default:
		return nil
	}
}

// HoldsRows implements drivers.Linker.
func (Driver) HoldsRows(id hclschema.Identity) bool { return id.Kind == hclschema.KindTable }
