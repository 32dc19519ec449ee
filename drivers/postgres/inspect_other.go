package postgres

import (
	_ "embed"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_other.sql
var otherSQL string

// readOther names an object of a kind that isn't carried.
func readOther(r *reader, scan func(...any) error) error {
	var kind, schema, name string
	if err := scan(&kind, &schema, &name); err != nil {
		return err
	}
	if _, carried := kindOf(kind); carried {
		return nil
	}
	if schema != "" {
		schema = r.schema(schema)
	}
	r.cannot(hclschema.Identity{Kind: kind, Schema: schema, Name: name}, otherReason(kind))
	return nil
}

func otherReason(kind string) string {
	switch kind {
	case "security_label":
		return "security labels are not carried yet"
	case "type":
		return "base types are not carried"
	}
	words := strings.ReplaceAll(kind, "_", " ")
	switch {
	case strings.HasSuffix(words, "ss"):
		words += "es"
	case strings.HasSuffix(words, "y"):
		words = strings.TrimSuffix(words, "y") + "ies"
	default:
		words += "s"
	}
	return words + " are not carried yet"
}
