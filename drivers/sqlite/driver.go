package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Driver is the SQLite dialect. Its zero value is ready for use and safe for concurrent use.
type Driver struct{}

// Name implements hclschema.Dialect.
func (Driver) Name() string { return "sqlite" }

// Title implements hclschema.Dialect.
func (Driver) Title() string { return "SQLite" }

// DefaultSchema implements hclschema.Dialect.
func (Driver) DefaultSchema() string { return "main" }

// NeverNull implements hclschema.Dialect: a rowid key makes an integer of NULL, and tables that are WITHOUT ROWID or STRICT
// refuse NULL in all columns of their key (sqlite.org/stricttables.html, withoutrowid.html).
func (Driver) NeverNull(typeText string, use hclschema.TypeUse) bool {
	if use.WithoutRowid || use.Strict {
		return use.Key
	}
	return use.OnlyKey && strings.EqualFold(typeText, "INTEGER")
}
