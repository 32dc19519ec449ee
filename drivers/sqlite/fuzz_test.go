package sqlite

import (
	"context"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/hclschema"
)

// FuzzStatement gives any text to SQLite. What SQLite takes must be read in agreement with it, or be refused by name; nothing
// may be lost or fail the whole inspection.
func FuzzStatement(f *testing.F) {
	for _, script := range goldenSchemas(f) {
		for _, statement := range strings.Split(script, ";\n") {
			f.Add(statement)
		}
	}
	f.Fuzz(func(t *testing.T, statement string) {
		for _, word := range []string{"ATTACH", "VACUUM", "PRAGMA", "BEGIN", "LOAD_EXTENSION", "SAVEPOINT"} {
			if strings.Contains(upper(statement), word) && !strings.Contains(upper(statement), "TRIGGER") {
				return
			}
		}
		db := memory(t, "CREATE TABLE IF NOT EXISTS t (a, b)")
		if _, err := db.ExecContext(context.Background(), statement); err != nil {
			return
		}
		inspection := look(t, db)
		found := map[string]bool{}
		for _, o := range inspection.State.Objects() {
			found[fold(o.Identity.Kind+" "+o.Identity.Name)] = true
		}
		for _, unread := range inspection.Unread {
			found[fold(unread.Identity.Kind+" "+unread.Identity.Name)] = true
			if strings.Contains(unread.Reason, "read differently") {
				t.Errorf("%q\n%s: %s", statement, unread.Identity, unread.Reason)
			}
		}
		c, err := readCatalogue(context.Background(), querier(db))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range c.entries {
			kind := e.kind
			if kind == "table" && e.virtual {
				kind = "virtual_table"
			}
			if (Driver{}).Internal(hclschema.Identity{Kind: kind, Parent: e.table, Name: e.name}, "duo_orm_revisions") {
				continue
			}
			shadow := c.tables[fold(e.table)].kind == "shadow"
			if e.sql != "" && !shadow && !found[fold(kind+" "+e.name)] {
				t.Errorf("%q: %s %s is neither read nor refused", statement, e.kind, e.name)
			}
		}
	})
}

// FuzzParsers gives any text to the readers of statements, which must neither panic nor hang.
func FuzzParsers(f *testing.F) {
	for _, script := range goldenSchemas(f) {
		for _, statement := range strings.Split(script, ";\n") {
			f.Add(statement)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if table, err := parseTable(text); err == nil && len(table.objects()) < 2 {
			t.Errorf("%q has no columns", text)
		}
		every := func(string) bool { return true }
		if index, err := parseIndex(text, every); err == nil && len(index.properties.List("columns")) == 0 {
			t.Errorf("%q has no parts", text)
		}
		if _, properties, err := parseView(text); err == nil && properties.Text("as") == "" {
			t.Errorf("%q has no query", text)
		}
		if trigger, err := parseTrigger(text); err == nil && trigger.properties.Text("as") == "" {
			t.Errorf("%q has no body", text)
		}
		if name, _, err := parseVirtualTable(text); err == nil && name == "" {
			t.Errorf("%q has no name", text)
		}
	})
}

// FuzzExpression wants canonical forms to be their own canonical form.
func FuzzExpression(f *testing.F) {
	for _, text := range []string{
		"a > 0", `("A") + [b c]`, "SELECT a+b, c AS d FROM (SELECT 1)", "BEGIN DELETE FROM t; END", "'it''s' || x'00'", "((a, b))", "a IN ((1))",
		"WITH c AS (SELECT 1) SELECT * FROM c", "- -1", "1.5e3", "new.\"Key\"", "", "--", "(", `"true"`, "VALUES (1)", "a like (b)",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		form := canonical(text)
		if again := canonical(form); again != form {
			t.Errorf("%q has the form %q, and that %q", text, form, again)
		}
		if spelled := spelledType(text); canonicalType(spelled.Canonical) != spelled.Canonical {
			t.Errorf("the type %q has the form %q, and that %q", text, spelled.Canonical, canonicalType(spelled.Canonical))
		}
	})
}
