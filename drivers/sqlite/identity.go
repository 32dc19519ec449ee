package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Key implements hclschema.Dialect: SQLite folds ASCII letters in names, and those alone. The content of an unnamed
// object has been folded where that is right, and stays.
func (Driver) Key(id hclschema.Identity) hclschema.Identity {
	id.Schema = fold(id.Schema)
	id.Parent = fold(id.Parent)
	if !id.Unnamed {
		id.Name = fold(id.Name)
	}
	return id
}

// Identifier implements hclschema.Dialect.
func (Driver) Identifier(name string) hclschema.Spelled { return identifier(name) }

// Unit implements drivers.Linker: a table is planned with its columns, keys, checks and indexes.
func (Driver) Unit(id hclschema.Identity) hclschema.Identity {
	switch id.Kind {
	case hclschema.KindColumn, hclschema.KindPrimaryKey, hclschema.KindUnique, hclschema.KindForeignKey, hclschema.KindCheck,
		hclschema.KindIndex:
		return hclschema.Identity{Kind: hclschema.KindTable, Schema: id.Schema, Name: id.Parent}
	default:
		return id
	}
}

// Namespaces implements drivers.Linker: tables, views and indexes share one, triggers have another.
func (Driver) Namespaces(id hclschema.Identity) []string {
	switch id.Kind {
	case hclschema.KindTable, hclschema.KindView, hclschema.KindVirtualTable, hclschema.KindIndex:
		return []string{"relation " + fold(id.Name)}
	case hclschema.KindTrigger:
		return []string{"trigger " + fold(id.Name)}
	default:
		return nil
	}
}

// HoldsRows implements drivers.Linker.
func (Driver) HoldsRows(id hclschema.Identity) bool {
	return id.Kind == hclschema.KindTable || id.Kind == hclschema.KindVirtualTable
}

// Internal implements drivers.Connector: SQLite keeps names that begin with sqlite_ to itself, duo-orm the version table
// and its log.
func (d Driver) Internal(id hclschema.Identity, versionTable string) bool {
	if strings.HasPrefix(fold(id.Name), "sqlite_") && d.Namespaces(id) != nil {
		return true
	}
	owner := id.Name
	if id.Parent != "" {
		owner = id.Parent
	}
	return strings.HasPrefix(fold(id.Parent), "sqlite_") || isVersionTable(owner, versionTable)
}

// isVersionTable says whether a table is the version table of that name or its log.
func isVersionTable(name, versionTable string) bool {
	if versionTable == "" {
		return false
	}
	name, versionTable = fold(name), fold(versionTable)
	return name == versionTable || name == versionTable+"_log"
}

func identifier(name string) hclschema.Spelled {
	return hclschema.Spelled{Text: name, Canonical: fold(name)}
}

// fold lowers ASCII letters; SQLite compares names so, whatever their other letters.
func fold(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if b[i] >= 'A' && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// upper raises ASCII letters; what Unicode takes for a capital of a keyword's letter is none to SQLite.
func upper(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'a' && s[i] <= 'z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if b[i] >= 'a' && b[i] <= 'z' {
					b[i] -= 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}
