package postgres

import (
	"strings"
	"testing"

	atlas "ariga.io/atlas/sql/postgres"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Every type that Atlas knows for PostgreSQL can stand in models, so that files written for it load, and is the same type
// there.
func TestTypesOfAtlas(t *testing.T) {
	specs := atlas.TypeRegistry.Specs()
	if len(specs) < 90 {
		t.Fatalf("%d types, where Atlas has more", len(specs))
	}
	for _, spec := range specs {
		got, err := Driver{}.ParseType(hclschema.Type{Word: spec.Name}, hclschema.TypeUse{})
		if err != nil {
			t.Errorf("%s: %v", spec.Name, err)
			continue
		}
		ours, err := atlas.ParseType(got.Canonical)
		if err != nil {
			t.Errorf("%s: Atlas doesn't read %q: %v", spec.Name, got.Canonical, err)
			continue
		}
		theirs, err := atlas.ParseType(spec.T)
		if err != nil || strings.Contains(got.Canonical, "interval") {
			continue // fields of intervals are no types to its parser
		}
		a, errA := atlas.FormatType(ours)
		a = strings.Trim(a, `"`)
		b, errB := atlas.FormatType(theirs)
		if errA != nil || errB != nil || a != b && b+"(1)" != a {
			t.Errorf("%s is %q here (%s, %v) and %q to Atlas (%v)", spec.Name, got.Canonical, a, errA, b, errB)
		}
	}
}
