package planner

import (
	"testing"

	"github.com/duo-orm/duo-orm/hclschema"
)

func TestExcluded(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"legacy_*", "legacy_orders", true},
		{"legacy_*", "Legacy_Orders", true},
		{"legacy_*", "legacy_a/b", true},
		{"*", "a/b/c", true},
		{"a?b", "a/b", true},
		{"a/*", "a/b", true},
		{"a/*", "ab", false},
		{"legacy_*", "my_legacy_orders", false},
	} {
		if got := Excluded([]string{c.pattern}, hclschema.Identity{Name: c.name}); got != c.want {
			t.Errorf("%s of %s: %t, want %t", c.pattern, c.name, got, c.want)
		}
	}
}

// A pattern for a schema means what lies in it too, and a name may have its schema before it.
func TestExcludedSchemas(t *testing.T) {
	in := func(schema, name string) hclschema.Identity {
		return hclschema.Identity{Kind: hclschema.KindTable, Schema: schema, Name: name}
	}
	for _, c := range []struct {
		pattern string
		unit    hclschema.Identity
		want    bool
	}{
		{"audit", in("audit", "log"), true},
		{"audit", hclschema.Identity{Kind: hclschema.KindSchema, Name: "audit"}, true},
		{"audit", in("app", "log"), false},
		{"audit.*", in("audit", "log"), true},
		{"audit.log", in("audit", "log"), true},
		{"audit.log", in("app", "log"), false},
		{"audit.log", in("", "log"), false},
		{"audit.*", hclschema.Identity{Kind: hclschema.KindSchema, Name: "audit"}, false},
		{"audit.log", hclschema.Identity{Kind: hclschema.KindTrigger, Schema: "audit", Parent: "log", Name: "noted"}, true},
	} {
		if got := Excluded([]string{c.pattern}, c.unit); got != c.want {
			t.Errorf("%s of %s: %t, want %t", c.pattern, c.unit, got, c.want)
		}
	}
}

// The counter of a serial column is left alone with its table.
func TestExcludedWith(t *testing.T) {
	state := hclschema.NewState(func(id hclschema.Identity) hclschema.Identity { return id })
	for table, sequence := range map[string]string{"legacy": "legacy_id_seq", "users": "users_id_seq"} {
		state.AddNext(hclschema.SequenceOwner(hclschema.Identity{Kind: hclschema.KindSequence, Name: sequence}, table, "id"))
	}
	patterns := ExcludedWith([]string{"legacy"}, state)
	for name, want := range map[string]bool{"legacy": true, "legacy_id_seq": true, "users_id_seq": false} {
		if got := Excluded(patterns, hclschema.Identity{Name: name}); got != want {
			t.Errorf("%s: %v with %v", name, got, patterns)
		}
	}
	for _, name := range []string{"a*b", "a?", "[a", `a\b`} {
		if !Excluded([]string{ExactPattern(name)}, hclschema.Identity{Name: name}) || Excluded([]string{ExactPattern(name)}, hclschema.Identity{Name: "axb"}) {
			t.Errorf("%s isn't matched by itself alone", name)
		}
	}
}
