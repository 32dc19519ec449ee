package sqlite

import (
	"testing"

	"ariga.io/atlas/sql/schema"
	atlas "ariga.io/atlas/sql/sqlite"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Every type that Atlas knows for SQLite can stand in models, so that files written for it load. It means what it means
// there, but for the portable words, which keep here what they promise.
func TestTypesOfAtlas(t *testing.T) {
	specs := atlas.TypeRegistry.Specs()
	if len(specs) < 30 {
		t.Fatalf("%d types, where Atlas has more", len(specs))
	}
	for _, spec := range specs {
		got, err := Driver{}.ParseType(hclschema.Type{Word: spec.Name}, hclschema.TypeUse{})
		if err != nil {
			t.Errorf("%s: %v", spec.Name, err)
			continue
		}
		want := spec.T
		if portable, ok := portableTypes[spec.Name]; ok {
			want = portable
		}
		if got.Canonical != want {
			t.Errorf("%s is %q here and %q to Atlas", spec.Name, got.Canonical, want)
		}
	}
}

// Atlas finds in what duo-orm declares the kind of type that duo-orm means.
func TestTypesForAtlas(t *testing.T) {
	for word, want := range map[string]string{
		"int": "integer", "bigint": "integer", "unsigned_big_int": "integer", "varchar": "text", "uuid": "text", "json": "text",
		"bytes": "blob", "double_precision": "real", "float": "real", "decimal": "numeric", "bool": "boolean", "date": "time",
	} {
		spelled, err := Driver{}.ParseType(hclschema.Type{Word: word}, hclschema.TypeUse{})
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := atlas.ParseType(spelled.Text)
		if err != nil {
			t.Errorf("%s: Atlas doesn't read %q: %v", word, spelled.Text, err)
			continue
		}
		if got := typeFamily(parsed); got != want {
			t.Errorf("%s is declared as %q, which is %s to Atlas; want %s", word, spelled.Text, got, want)
		}
	}
}

func typeFamily(t schema.Type) string {
	switch t.(type) {
	case *schema.IntegerType:
		return "integer"
	case *schema.StringType:
		return "text"
	case *schema.BinaryType:
		return "blob"
	case *schema.FloatType:
		return "real"
	case *schema.DecimalType:
		return "numeric"
	case *schema.BoolType:
		return "boolean"
	case *schema.TimeType:
		return "time"
	}
	return "something else"
}
