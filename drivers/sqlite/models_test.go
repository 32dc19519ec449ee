package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/hclschema"
)

// TestModelsHoldRealSchemas writes real schemas as models, which hclschema checks by loading them again, and formats them.
func TestModelsHoldRealSchemas(t *testing.T) {
	for _, folder := range []string{"schemas/sqlite", "pairs/sqlite"} {
		root := filepath.Join("..", "..", "..", "shared", "corpus", filepath.FromSlash(folder))
		var files []string
		err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".sql") {
				files = append(files, path)
			}
			return nil
		})
		if err != nil || len(files) == 0 {
			t.Logf("SKIPPED: no real schemas in %s", root)
		}
		for _, file := range files {
			t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) {
				script, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				modelsHold(t, string(script))
			})
		}
	}
}

// modelsHold writes and reads back the schema that a script makes.
func modelsHold(t *testing.T, script string) {
	t.Helper()
	state := look(t, memory(t, script)).State
	files, err := hclschema.Write(state, Driver{})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		formatted, diags := hclschema.Format(file.Bytes, file.Name)
		if diags.HasErrors() {
			t.Error(diags)
		}
		if diff := cmp.Diff(string(file.Bytes), string(formatted)); diff != "" {
			t.Errorf("%s isn't written as it is formatted:\n%s", file.Name, diff)
		}
	}
}

// TestModelsHoldOddTables are what SQLite takes and few people write.
func TestModelsHoldOddTables(t *testing.T) {
	modelsHold(t, `
		CREATE TABLE "${a}" ("x "" y" "UNSIGNED BIG INT" NOT NULL ON CONFLICT REPLACE DEFAULT "text", b DEFAULT (1 + 2), c INTEGER CONSTRAINT "one" CHECK (c > 0)
			CONSTRAINT "one" CHECK (c < 9), UNIQUE (b) ON CONFLICT IGNORE, CHECK (b > 0), CHECK (b > 0), FOREIGN KEY (b) REFERENCES nowhere, FOREIGN KEY (b, c) REFERENCES nowhere (x, y) MATCH foo DEFERRABLE);
		CREATE TABLE quirk (id INTEGER PRIMARY KEY DESC, d TEXT DEFAULT NULL, e BLOB DEFAULT x'00', f REAL DEFAULT -1.50, g TEXT COLLATE NOCASE AS (d || '${x}') STORED) ;
		CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT DEFAULT CURRENT_TIMESTAMP);
		CREATE TABLE strictly (id ANY, n INT NOT NULL, PRIMARY KEY (id DESC, n)) STRICT, WITHOUT ROWID;
		CREATE INDEX "i" ON quirk (d COLLATE RTRIM DESC, lower(d)) WHERE d IS NOT NULL;
		CREATE VIEW "v w" ("a b") AS SELECT d FROM quirk
			WHERE d <> '
SQL
';
		CREATE TRIGGER trig INSTEAD OF UPDATE OF "a b" ON "v w" WHEN new."a b" > 1 BEGIN SELECT '%{x}'; DELETE FROM quirk; END;
		CREATE TRIGGER del AFTER DELETE ON quirk BEGIN SELECT 1; END;
		CREATE VIRTUAL TABLE docs USING fts5(title, body, tokenize='porter ascii');
	`)
}

// TestAcceptsWhatTheLanguageSaysOfSQLite keeps the documents and the driver of one mind.
func TestAcceptsWhatTheLanguageSaysOfSQLite(t *testing.T) {
	check := func(kind string, name hclschema.NameReference) {
		if name.Engines == "" {
			return
		}
		want := strings.Contains(name.Engines, "SQLite")
		if got := (Driver{}).Accepts(kind, name.Name); got != want {
			t.Errorf("%s of %s: the language says %q, the driver %t", name.Name, kind, name.Engines, got)
		}
	}
	for _, kind := range hclschema.Language() {
		if !(Driver{}).Accepts(kind.Name, "") { // a kind that SQLite has not
			continue
		}
		for _, name := range kind.Names {
			check(kind.Name, name)
			for _, nested := range name.Nested {
				check(kind.Name, nested)
			}
		}
	}
}
