package main

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
)

// What is told to be copied must exclude the object, whatever its name.
func TestExclusionMatchesItsNames(t *testing.T) {
	for _, name := range []string{"hand", "a*b?", "[x]", "a/b", `back\slash`, `quo"te`, "${x} %{y}", "ü", "two\nlines"} {
		line := exclusion(hclschema.Identity{Kind: "table", Name: name}, hclschema.Identity{Kind: "view", Name: "other"})
		file, diagnostics := hclsyntax.ParseConfig([]byte(line+"\n"), "x.hcl", hcl.InitialPos)
		if diagnostics.HasErrors() {
			t.Fatalf("%q: %s: %v", name, line, diagnostics)
		}
		attributes, _ := file.Body.JustAttributes()
		value, diagnostics := attributes["exclude"].Expr.Value(nil)
		if diagnostics.HasErrors() {
			t.Fatalf("%q: %s: %v", name, line, diagnostics)
		}
		patterns := value.AsValueSlice()
		if len(patterns) != 2 {
			t.Fatalf("%q: %s", name, line)
		}
		if !planner.Excluded([]string{patterns[0].AsString()}, hclschema.Identity{Name: name}) {
			t.Errorf("%q isn't matched by %s", name, line)
		}
	}
}

func TestRowsAgainst(t *testing.T) {
	for _, c := range []struct {
		rows, total int64
		want        string
	}{{1, -1, "1 row"}, {1310, 1310, "1,310 rows"}, {1204, 1310, "1,204 rows of 1,310"}, {1234567, -1, "1,234,567 rows"}} {
		if got := planner.Against(drivers.Hazard{Rows: c.rows, Total: c.total}); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.rows, c.total, got, c.want)
		}
	}
}
