package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/hclschema"
)

// TestSettle reads tables that differ in the quotes of names alone, and tables that differ in a string in double quotes.
func TestSettle(t *testing.T) {
	read := func(script string) map[string]string { return keys(look(t, memory(t, script)).State) }
	same := func(a, b string) {
		t.Helper()
		if diff := cmp.Diff(read(a), read(b)); diff != "" {
			t.Error(diff)
		}
	}
	differ := func(a, b string) {
		t.Helper()
		if cmp.Equal(read(a), read(b)) {
			t.Errorf("equal:\n%s\n%s", a, b)
		}
	}
	same(`CREATE TABLE t ("Price" int, "Name" text, b AS ("Price" + 1), CHECK ("Price" > 0), CHECK (Price)); CREATE INDEX i ON t (lower("Name"), "Price") WHERE "Name" <> ''`,
		`CREATE TABLE t (price int, name text, b AS (PRICE + 1), CHECK (price > 0), CHECK ("Price")); CREATE INDEX i ON t (lower(name), Price) WHERE NAME <> ''`)
	same(`CREATE TABLE t ("Order" int, CHECK ("Order" > 0), CHECK ("order" > 0))`, `CREATE TABLE t ([Order] int, CHECK ([ORDER] > 0), CHECK ("ORDER" > 0))`)
	differ(`CREATE TABLE t (a text, CHECK (a = "Active"))`, `CREATE TABLE t (a text, CHECK (a = "active"))`)
	differ(`CREATE TABLE t (a text DEFAULT "A")`, `CREATE TABLE t (a text DEFAULT "a")`)
	differ(`CREATE TABLE t (current_date text, a, CHECK (a > "current_date"))`, `CREATE TABLE t (current_date text, a, CHECK (a > current_date))`)
}

func TestSettleKeepsWhatIsSettled(t *testing.T) {
	state := look(t, memory(t, `CREATE TABLE t (a int, "B" text CHECK (a > 0 AND "B" <> 'X'))`)).State
	if (Driver{}).Settle(state) != state {
		t.Error("the state was made anew")
	}
	o := &hclschema.Object{
		Identity:   hclschema.Identity{Kind: hclschema.KindCheck, Parent: "T", Unnamed: true},
		Properties: hclschema.Properties{hclschema.PropExpr: Driver{}.Expression(`"B" > 1`)},
	}
	o.Identity.Name = hclschema.UnnamedName(o)
	state.AddNext(o)
	settled := Driver{}.Settle(state)
	last := settled.Objects()[settled.Len()-1]
	if last.Identity.Name != "(b > 1)" || o.Identity.Name != `("B" > 1)` {
		t.Errorf("got %s of %s", last.Identity, o.Identity)
	}
}
