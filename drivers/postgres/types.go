package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// ParseType implements hclschema.Dialect.
func (Driver) ParseType(t hclschema.Type, _ hclschema.TypeUse) (hclschema.Spelled, error) {
	switch {
	case t.Reference != nil:
		w := newWriter()
		return text(w.object(*t.Reference)), nil
	case t.SQL != "":
		return text(t.SQL), nil
	case len(t.Args) > 0:
		return text(t.Word + "(" + strings.Join(t.Args, ",") + ")"), nil
	}
	return text(t.Word), nil
}

// FormatType implements hclschema.Dialect.
func (Driver) FormatType(sql string, _ hclschema.TypeUse) hclschema.Type {
	return hclschema.Type{SQL: sql}
}

// Expression implements hclschema.Dialect: the engine alone knows what two spellings have in common.
func (Driver) Expression(sql string) hclschema.Spelled { return text(strings.TrimSpace(sql)) }

// NeverNull implements hclschema.Dialect.
func (Driver) NeverNull(string, hclschema.TypeUse) bool { return false }
