package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
)

// withForeignTables makes a database as an application does whose SQLite has more modules than this one.
func withForeignTables(t *testing.T) *connection {
	t.Helper()
	file := filepath.Join(t.TempDir(), "app.db")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, statement := range []string{
		"CREATE TABLE songs (id INTEGER PRIMARY KEY, title TEXT, spare TEXT)", "CREATE TABLE other (a, b)", "INSERT INTO songs VALUES (1, 'one', 'x')",
		"PRAGMA writable_schema = ON",
		`INSERT INTO sqlite_schema VALUES ('table', 'Songs FTS', 'Songs FTS', 0,
			'CREATE VIRTUAL TABLE "Songs FTS" USING FTS4("title" TEXT NOT NULL, content="songs", tokenize=unicode61 "remove_diacritics=1")'),
			('table', 'shape', 'shape', 0, 'CREATE VIRTUAL TABLE shape USING VirtualShape(''a.shp'', CP1252)')`,
		"PRAGMA writable_schema = RESET",
		`CREATE TRIGGER added AFTER INSERT ON songs BEGIN INSERT INTO "Songs FTS" (docid, title) VALUES (new.id, new.title); END`,
		`CREATE TRIGGER gone AFTER DELETE ON songs BEGIN DELETE FROM "Songs FTS" WHERE docid = old.id; END`,
		`CREATE VIEW found AS SELECT s.title FROM songs s JOIN "Songs FTS" f ON f.docid = s.id WHERE "Songs FTS" MATCH 'one'`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	c, err := open(context.Background(), "sqlite:///"+file, drivers.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func TestForeignModulesAreNotInTheWay(t *testing.T) {
	c := withForeignTables(t)
	if lines := broken(t, c); lines != nil {
		t.Errorf("found broken: %q", lines)
	}
	for _, statement := range []string{
		"ALTER TABLE songs ADD COLUMN x", "ALTER TABLE songs RENAME COLUMN x TO y", "ALTER TABLE songs DROP COLUMN spare",
		"ALTER TABLE other RENAME TO another", "ALTER TABLE another DROP COLUMN b",
	} {
		if _, err := c.Exec(context.Background(), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func TestForeignModulesDoNothingToData(t *testing.T) {
	c := withForeignTables(t)
	for _, statement := range []string{
		`DROP TABLE "Songs FTS"`, `drop table if exists main.[songs fts]`, "ALTER TABLE `Songs FTS` RENAME TO x", "DROP TABLE Shape;",
		`INSERT INTO songs (title) VALUES ('two')`, `DELETE FROM songs`, `DELETE FROM "Songs FTS"`, `CREATE TABLE copy AS SELECT * FROM "Songs FTS"`,
		"CREATE VIRTUAL TABLE another USING fts4(a)",
	} {
		_, err := c.Exec(context.Background(), statement)
		if err == nil || !strings.Contains(err.Error(), "no such module") && !strings.Contains(err.Error(), "SQL logic error") {
			t.Errorf("%s: got %v, want that there is no such module", statement, err)
		}
	}
	if _, err := c.Exec(context.Background(), "CREATE VIRTUAL TABLE another USING fts3(a)"); err == nil || !strings.Contains(err.Error(), "exclude") {
		t.Errorf("%v says nothing about the way out", err)
	}
	inspection, err := c.Inspect(context.Background())
	if err != nil || len(inspection.Unread) > 0 {
		t.Fatal(err, inspection.Unread)
	}
	var rows int
	err = c.Query(context.Background(), "SELECT count(*) FROM songs", nil, func(scan func(...any) error) error { return scan(&rows) })
	if err != nil || rows != 1 {
		t.Errorf("%d rows are left, %v", rows, err)
	}
}

func TestScratchMakesForeignTablesThatAreThere(t *testing.T) {
	live := withForeignTables(t)
	c, err := scratch(context.Background(), live, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, statement := range []string{
		`CREATE VIRTUAL TABLE "Songs FTS" USING fts4("title" TEXT NOT NULL, content="songs", tokenize=unicode61 "remove_diacritics=1")`,
		"CREATE VIRTUAL TABLE shape USING VirtualShape('a.shp', CP1252)",
		`INSERT INTO "Songs FTS" (docid, title) VALUES (1, 'a')`,
	} {
		if _, err := c.Exec(context.Background(), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	for _, statement := range []string{"CREATE VIRTUAL TABLE another USING fts4(a)", "DROP TABLE shape"} {
		if _, err := c.Exec(context.Background(), statement); err == nil || !strings.Contains(err.Error(), "no such module") {
			t.Errorf("%s: got %v, want that there is no such module", statement, err)
		}
	}
}
