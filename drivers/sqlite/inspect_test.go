package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/duo-orm/duo-orm/drivers"
)

// TestInspect holds what is read from each schema against the objects that stand beside it in the file.
func TestInspect(t *testing.T) {
	files, err := filepath.Glob("testdata/inspect/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := listObjects(look(t, memory(t, string(archive.Files[0].Data))))
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// listObjects writes each object on a line, its properties with text and canonical form where they differ.
func listObjects(inspection *drivers.Inspection) string {
	var b strings.Builder
	for _, o := range inspection.State.Objects() {
		b.WriteString(o.Identity.String())
		for _, name := range o.Properties.Names() {
			value := o.Properties[name]
			fmt.Fprintf(&b, "\n  %s = %s", name, value.Key())
			if text := fmt.Sprintf("%q", value.String()); text != value.Key() && name != "columns" {
				fmt.Fprintf(&b, "  from %s", text)
			}
		}
		for _, id := range o.DependsOn {
			fmt.Fprintf(&b, "\n  -> %s", id)
		}
		b.WriteByte('\n')
	}
	for _, unread := range inspection.Unread {
		fmt.Fprintf(&b, "%s can't be carried: %s\n", unread.Identity, unread.Reason)
	}
	return b.String()
}

// TestInspectNamesWhatOthersBroke has texts in sqlite_schema that SQLite itself would not write.
func TestInspectNamesWhatOthersBroke(t *testing.T) {
	db := memory(t, `
		CREATE TABLE t (a);
		PRAGMA writable_schema = on;
		INSERT INTO sqlite_schema VALUES ('table', 'lost', 'lost', 0, 'CREATE VIRTUAL TABLE lost USING nomodule(a, b)');
		INSERT INTO sqlite_schema VALUES ('view', 'odd', 'odd', 0, 'CREATE VIEW other AS SELECT 1');
		INSERT INTO sqlite_schema VALUES ('trigger', 'stray', 'gone', 0, 'CREATE TRIGGER stray AFTER INSERT ON gone BEGIN SELECT 1; END');
		INSERT INTO sqlite_schema VALUES ('thing', 'x', 'x', 0, 'CREATE THING x');
	`)
	inspection := look(t, db)
	var got []string
	for _, unread := range inspection.Unread {
		got = append(got, unread.Identity.String()+": "+unread.Reason)
	}
	want := []string{
		`view odd: its text was read differently from SQLite: its text names "other"`,
		`trigger stray: its table can't be carried`,
		`thing x: SQLite has no such kind of object`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if o := inspection.State.Objects(); len(o) != 3 {
		t.Errorf("got %d objects", len(o))
	}
}

// TestMisreadingIsSeen changes what SQLite reports about a table and wants the table refused.
func TestMisreadingIsSeen(t *testing.T) {
	schema := `CREATE TABLE t (a INTEGER PRIMARY KEY, b text NOT NULL DEFAULT 'x' UNIQUE REFERENCES t ON DELETE CASCADE, c AS (1));
		CREATE INDEX i ON t (b DESC) WHERE c`
	for name, spoil := range map[string]func(c *catalogue){
		"a column less": func(c *catalogue) { c.columns["t"] = c.columns["t"][1:] },
		"a name":        func(c *catalogue) { c.columns["t"][1].name = "x" },
		"a type":        func(c *catalogue) { c.columns["t"][1].typeText = "txt" },
		"NOT NULL":      func(c *catalogue) { c.columns["t"][1].notNull = false },
		"a default":     func(c *catalogue) { c.columns["t"][1].value = "'y'" },
		"generated":     func(c *catalogue) { c.columns["t"][2].hidden = 0 },
		"a key":         func(c *catalogue) { c.columns["t"][1].key = 2 },
		"no unique":     func(c *catalogue) { c.keys["t"] = c.keys["t"][:1] },
		"a rowid": func(c *catalogue) {
			c.keys["t"] = append(c.keys["t"], &engineKey{origin: "pk", unique: true, columns: []engineKeyColumn{{name: "a", collation: "BINARY"}}})
		},
		"a collation":     func(c *catalogue) { c.keys["t"][1].columns[0].collation = "NOCASE" },
		"STRICT":          func(c *catalogue) { c.tables["t"] = engineTable{kind: "table", strict: true} },
		"WITHOUT ROWID":   func(c *catalogue) { c.tables["t"] = engineTable{kind: "table", withoutRowid: true} },
		"no foreign key":  func(c *catalogue) { c.references["t"] = nil },
		"an action":       func(c *catalogue) { c.references["t"][0].onDelete = "NO ACTION" },
		"no such table":   func(c *catalogue) { delete(c.tables, "t") },
		"no such index":   func(c *catalogue) { delete(c.indexes, "i") },
		"a unique index":  func(c *catalogue) { c.indexes["i"].unique = true },
		"a whole index":   func(c *catalogue) { c.indexes["i"].partial = false },
		"an upward index": func(c *catalogue) { c.indexes["i"].columns[0].desc = false },
		"another column":  func(c *catalogue) { c.indexes["i"].columns[0].name = "a" },
		"nothing":         nil,
	} {
		t.Run(name, func(t *testing.T) {
			c, err := readCatalogue(context.Background(), querier(memory(t, schema)))
			if err != nil {
				t.Fatal(err)
			}
			if spoil != nil {
				spoil(c)
			}
			unread := c.objects("").Unread
			if (len(unread) == 0) != (spoil == nil) {
				t.Errorf("got %v", unread)
			}
		})
	}
}
