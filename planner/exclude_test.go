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
