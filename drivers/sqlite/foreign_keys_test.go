package sqlite

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
)

// family is a parent with children that would be deleted with it, and a child that refers to nothing already.
var family = []string{
	"CREATE TABLE p (id INTEGER PRIMARY KEY, name)",
	"CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE, q REFERENCES p(id) ON DELETE SET NULL)",
	"PRAGMA foreign_keys = OFF",
	"INSERT INTO p VALUES (1, 'a'), (2, 'b')",
	"INSERT INTO c VALUES (10, 1, 2), (11, 99, NULL), (12, 2, 98)",
	"PRAGMA foreign_keys = ON",
}

func TestCommitChecksForeignKeys(t *testing.T) {
	for name, test := range map[string]struct {
		statements []string
		want       []string
	}{
		"nothing": {nil, nil},
		"rebuild of the parent": {[]string{
			"CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT)", "INSERT INTO new SELECT * FROM p", "DROP TABLE p", "ALTER TABLE new RENAME TO p"}, nil},
		"rebuild of the child, with other row numbers and types": {[]string{
			"CREATE TABLE new (p INTEGER REFERENCES p, q TEXT REFERENCES p)", "INSERT INTO new SELECT p, q FROM c ORDER BY id DESC", "DROP TABLE c", "ALTER TABLE new RENAME TO c"}, nil},
		"rebuild without row numbers": {[]string{
			"CREATE TABLE new (id INTEGER PRIMARY KEY, p REFERENCES p, q REFERENCES p) WITHOUT ROWID", "INSERT INTO new SELECT * FROM c", "DROP TABLE c", "ALTER TABLE new RENAME TO c"}, nil},
		"child renamed":     {[]string{"ALTER TABLE c RENAME TO kids"}, nil},
		"parent renamed":    {[]string{"ALTER TABLE p RENAME TO folks"}, nil},
		"both renamed":      {[]string{"ALTER TABLE p RENAME TO folks", "ALTER TABLE c RENAME TO kids"}, nil},
		"renamed in case":   {[]string{"ALTER TABLE p RENAME TO x", "ALTER TABLE x RENAME TO P", "ALTER TABLE c RENAME TO y", "ALTER TABLE y RENAME TO C"}, nil},
		"put right":         {[]string{"DELETE FROM c WHERE id > 10"}, nil},
		"a new one":         {[]string{"INSERT INTO c VALUES (13, 97, 1)"}, []string{"c: row 13 refers to a row of p that is not there (p = 97)"}},
		"one more the same": {[]string{"INSERT INTO c VALUES (13, 99, 1)"}, []string{"c: row 13 refers to a row of p that is not there (p = 99)"}},
		"one for another":   {[]string{"DELETE FROM c WHERE id = 11", "INSERT INTO c VALUES (13, 96, 1)"}, []string{"c: row 13 refers to a row of p that is not there (p = 96)"}},
		"a parent deleted": {[]string{"DELETE FROM p WHERE id = 1"},
			[]string{"c: row 10 refers to a row of p that is not there (p = 1)"}},
		"a parent dropped": {[]string{"DROP TABLE p"},
			[]string{"c: row 10 refers to a row of p that is not there (q = 2)", "c: row 10 refers to a row of p that is not there (p = 1)", "c: row 12 refers to a row of p that is not there (p = 2)"}},
		"renamed, and a new one": {[]string{"ALTER TABLE c RENAME TO kids", "INSERT INTO kids VALUES (13, 97, 1)"},
			[]string{"kids: row 13 refers to a row of p that is not there (p = 97)"}},
		"without row numbers, new": {[]string{"CREATE TABLE w (a PRIMARY KEY, p REFERENCES p) WITHOUT ROWID", "INSERT INTO w VALUES (1, 95)"},
			[]string{"w: a row refers to a row of p that is not there"}},
		"a key that fits nothing": {[]string{"CREATE TABLE m (a REFERENCES p(name))", "INSERT INTO m VALUES ('zzz')"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := newDatabase(t, family...).open(drivers.OpenOptions{})
			begin(t, c, drivers.BeginOptions{ForeignKeysOff: true})
			run(t, c, test.statements...)
			err := c.Commit(context.Background())
			var violated *drivers.ForeignKeyError
			if !errors.As(err, &violated) {
				if err != nil || test.want != nil {
					t.Fatalf("%v, want %q", err, test.want)
				}
				return
			}
			if diff := cmp.Diff(test.want, violated.Violations); diff != "" {
				t.Error(diff)
			}
			wantRows(t, c, "SELECT name FROM sqlite_schema WHERE type = 'table'", "p", "c")
			wantRows(t, c, "SELECT id, p, q FROM c", "10|1|2", "11|99|<nil>", "12|2|98")
			wantRows(t, c, "PRAGMA foreign_keys", "1")
		})
	}
}

// With foreign keys off nothing cascades, whatever is dropped or deleted.
func TestNothingCascades(t *testing.T) {
	c := newDatabase(t, family...).open(drivers.OpenOptions{})
	begin(t, c, drivers.BeginOptions{ForeignKeysOff: true})
	run(t, c, "CREATE TABLE new (id INTEGER PRIMARY KEY, name)", "INSERT INTO new SELECT * FROM p", "DELETE FROM p", "DROP TABLE p", "ALTER TABLE new RENAME TO p")
	commit(t, c)
	wantRows(t, c, "SELECT id, p, q FROM c", "10|1|2", "11|99|<nil>", "12|2|98")
	run(t, c, "DELETE FROM p WHERE id = 2") // and afterwards they do again
	wantRows(t, c, "SELECT id, p, q FROM c", "10|1|<nil>", "11|99|<nil>")
}

func TestDeferredKeysAreNamed(t *testing.T) {
	c := newDatabase(t, "CREATE TABLE p (id INTEGER PRIMARY KEY)",
		"CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)").open(drivers.OpenOptions{})
	begin(t, c, drivers.BeginOptions{})
	run(t, c, "INSERT INTO c VALUES (7)")
	err := c.Commit(context.Background())
	var violated *drivers.ForeignKeyError
	if !errors.As(err, &violated) {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"c: row 1 refers to a row of p that is not there (p = 7)"}, violated.Violations); diff != "" {
		t.Error(diff)
	}
	wantRows(t, c, "SELECT count(*) FROM c", "0")
	begin(t, c, drivers.BeginOptions{})
	_, err = c.Exec(context.Background(), "CREATE TABLE d (p REFERENCES p)")
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Exec(context.Background(), "INSERT INTO d VALUES (1)")
	wantError(t, err, "FOREIGN KEY constraint failed")
}

func TestViolationsOfOddTables(t *testing.T) {
	c := newScratch(t, "PRAGMA foreign_keys = OFF",
		`CREATE TABLE "p ""q" ("a;b", "c'd", PRIMARY KEY ("a;b", "c'd"))`,
		`CREATE TABLE "x y" (rowid, _rowid_, "k 1", "k ""2", FOREIGN KEY ("k 1", "k ""2") REFERENCES "p ""q")`,
		`CREATE TABLE z (rowid, _rowid_, oid, p REFERENCES "p ""q"("a;b"), n REFERENCES nosuch)`,
		`INSERT INTO "x y" VALUES (1, 2, 'o''ne', 'two'), (1, 2, NULL, 'two')`,
		`INSERT INTO z VALUES (1, 2, 3, 'p', 'n')`)
	found, err := c.violations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`x y: row 1 refers to a row of p "q that is not there (k 1, k "2 = o'ne, two)`}
	if diff := cmp.Diff(want, found.since(violations{})); diff != "" {
		t.Error(diff)
	}
	run(t, c, "DROP TABLE z", `CREATE TABLE z (rowid, _rowid_, oid, n REFERENCES nosuch)`, "INSERT INTO z VALUES (1, 2, 3, 4)")
	if found, err = c.violations(context.Background()); err != nil {
		t.Fatal(err)
	}
	want = append(want, "z: row 1 refers to a row of nosuch that is not there")
	if diff := cmp.Diff(want, found.since(violations{})); diff != "" {
		t.Error(diff)
	}
}
