package postgres

import (
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Another major version words what it reads otherwise, which is no drift; whatever else differs is, and on the same version all of it.
func TestFingerprintsOfVersions(t *testing.T) {
	t.Parallel()
	unit := func(model string) drivers.Unit {
		state, diags := hclschema.Load([]hclschema.Source{{Name: "m.hcl", Bytes: []byte(model)}}, nil, Driver{})
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		return drivers.Units(Driver{}, state)[0]
	}
	view := func(query, comment string) drivers.Unit {
		return unit("view \"v\" {\n  as = \"" + query + "\"\n  comment = \"" + comment + "\"\n}\n")
	}
	table := func(column string) drivers.Unit {
		return unit("table \"t\" {\n  column \"a\" {\n    type = int\n" + column + "  }\n}\n")
	}
	function := func(body string) drivers.Unit {
		return unit("function \"f\" {\n  lang = SQL\n  return = int\n  as = \"" + body + "\"\n}\n")
	}
	key := Driver{}.Key
	for _, c := range []struct {
		made, is       drivers.Unit
		same, versions bool
	}{
		{view("SELECT id FROM t", "c"), view("SELECT t.id FROM t", "c"), false, true},
		{view("SELECT id FROM t", "c"), view("SELECT t.id FROM t", "d"), false, false},
		{table("    default = 1\n"), table("    default = sql(\"1::int\")\n"), false, true},
		{table("    default = 1\n"), table(""), false, false},
		{table("    null_name = \"a_there\"\n"), table(""), false, true},
		{table(""), table("    null_name = \"a_there\"\n"), false, true},
		{table(""), table("    null = true\n"), false, false},
		{function("SELECT 1"), function("SELECT 2"), false, false},
		{function("SELECT 1"), function("SELECT 1"), true, true},
	} {
		print := drivers.Fingerprint(Driver{}, c.made, key)
		if got := drivers.Agrees(Driver{}, print, c.is, key, false, false); got != c.same {
			t.Errorf("on one version %v against %v: %t", c.made[0].Properties, c.is[0].Properties, got)
		}
		if got := drivers.Agrees(Driver{}, print, c.is, key, false, true); got != c.versions {
			t.Errorf("on another version %v against %v: %t", c.made[0].Properties, c.is[0].Properties, got)
		}
	}
	if drivers.SameVersion("PostgreSQL 15.18", "PostgreSQL 16.2") || !drivers.SameVersion("PostgreSQL 15.18", "PostgreSQL 15.2") {
		t.Error("major versions aren't told apart")
	}
}
