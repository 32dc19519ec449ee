package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/hclschema"
)

// TestWhatWasReadCanBeMade makes what was read from each golden schema in an empty database and reads it again.
func TestWhatWasReadCanBeMade(t *testing.T) {
	for name, script := range goldenSchemas(t) {
		t.Run(name, func(t *testing.T) {
			state := look(t, memory(t, script)).State
			again := look(t, memoryOf(t, state))
			if diff := cmp.Diff(keys(state), keys(again.State)); diff != "" {
				t.Error(diff)
			}
			for _, unread := range again.Unread {
				t.Errorf("%s: %s", unread.Identity, unread.Reason)
			}
		})
	}
}

// TestSpellingOfSchemasIsNoDifference runs each golden schema, and each real one, with other spaces, comments and letters.
func TestSpellingOfSchemasIsNoDifference(t *testing.T) {
	schemas := goldenSchemas(t)
	for _, name := range []string{"unread", "left_out", "columns_types", "virtual_tables"} {
		delete(schemas, name) // comments inside of types, arguments to the letter
	}
	for name, script := range schemas {
		t.Run(name, func(t *testing.T) {
			assertSpellingIsNone(t, schemaTexts(t, memory(t, script)), 20)
		})
	}
}

// assertSpellingIsNone runs the statements as they are and in so many other spellings, and compares what is read.
func assertSpellingIsNone(t testing.TB, texts []string, times int) {
	t.Helper()
	want := look(t, memory(t, texts...))
	spell := rapid.Custom(func(r *rapid.T) []string {
		spelled := make([]string, len(texts))
		for i, text := range texts {
			spelled[i] = respell(r, text, false)
		}
		return spelled
	})
	for seed := range times {
		spelled := spell.Example(seed)
		got := look(t, memory(t, spelled...))
		if diff := cmp.Diff(keys(want.State), keys(got.State)); diff != "" || len(got.Unread) != len(want.Unread) {
			t.Fatalf("%s\n%v\n%s", strings.Join(spelled, ";\n"), got.Unread, diff)
		}
	}
}

// goldenSchemas are the scripts of TestInspect by name.
func goldenSchemas(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/inspect/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	scripts := map[string]string{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		scripts[strings.TrimSuffix(filepath.Base(file), ".txtar")] = string(archive.Files[0].Data)
	}
	return scripts
}

// schemaTexts are the texts of a database's tables and indexes. Those of views name their columns to the letter.
func schemaTexts(t testing.TB, db *sql.DB) []string {
	t.Helper()
	var all []string
	c, err := readCatalogue(context.Background(), querier(db))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range c.entries {
		if e.sql != "" && !strings.HasPrefix(e.name, "sqlite_") && (e.kind == "table" && !e.virtual || e.kind == "index") {
			all = append(all, e.sql)
		}
	}
	return all
}

// report is what SQLite itself says of a database's tables, their constraints in the order of the alphabet.
func report(t testing.TB, db *sql.DB) map[string][]string {
	t.Helper()
	c, err := readCatalogue(context.Background(), querier(db))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for table, columns := range c.columns {
		if c.tables[table].kind == "shadow" {
			continue
		}
		lines := []string{fmt.Sprintf("%+v", c.tables[table])}
		for _, column := range columns {
			column.typeText, column.value = canonicalType(column.typeText), canonical(column.value)
			if column.key > 0 && !slices.ContainsFunc(c.keys[table], func(k *engineKey) bool { return k.origin == "pk" }) {
				column.notNull = false // of a rowid, which NULL becomes
			}
			lines = append(lines, fmt.Sprintf("%+v", column))
		}
		var constraints []string
		for _, k := range c.keys[table] {
			if k.origin != "c" {
				k.name = ""
				for i := range k.columns {
					k.columns[i].desc = false // of the first among constraints on the same columns
				}
			}
			constraints = append(constraints, fmt.Sprintf("%+v", *k))
		}
		for _, r := range c.references[table] {
			r.id = 0
			constraints = append(constraints, fmt.Sprintf("%+v", *r))
		}
		slices.Sort(constraints)
		all[table] = append(lines, constraints...)
	}
	return all
}

// keys are the objects of a state with what is compared of them.
func keys(state *hclschema.State) map[string]string {
	all := map[string]string{}
	for _, o := range state.Objects() {
		var b strings.Builder
		for _, name := range o.Properties.Names() {
			b.WriteString(name + " = " + o.Properties[name].Key() + "\n")
		}
		all[state.Key(o.Identity).String()] = b.String()
	}
	return all
}

// TestRealSchemas reads real schemas: every object is carried, what was read can be made, and another spelling of it is none.
func TestRealSchemas(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "corpus", "schemas", "sqlite")
	files, err := filepath.Glob(filepath.Join(folder, "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("SKIPPED: no real schemas in %s", folder)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".sql"), func(t *testing.T) {
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			db := memory(t, string(script))
			inspection := look(t, db)
			for _, unread := range inspection.Unread {
				t.Errorf("%s can't be carried: %s", unread.Identity, unread.Reason)
			}
			made := memoryOf(t, inspection.State)
			if diff := cmp.Diff(keys(inspection.State), keys(look(t, made).State)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(report(t, db), report(t, made)); diff != "" {
				t.Error("SQLite's own report differs:", diff)
			}
			assertSpellingIsNone(t, schemaTexts(t, db), 2)
		})
	}
}
