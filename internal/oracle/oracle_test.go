package oracle

import (
	"database/sql"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"
)

func describe(t *testing.T, ddl ...string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, statement := range ddl {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%v\n%s", err, statement)
		}
	}
	facts, err := Describe(db)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return facts
}

const base = `CREATE TABLE t (a int, b text)`

func TestDifferencesAreSeen(t *testing.T) {
	for _, c := range []struct {
		name         string
		first, other []string
	}{
		{"collation on another column", []string{`CREATE TABLE t (a text COLLATE nocase, b text)`}, []string{`CREATE TABLE t (a text, b text COLLATE nocase)`}},
		{"name of a check", []string{`CREATE TABLE t (a int, CONSTRAINT x CHECK (a))`}, []string{`CREATE TABLE t (a int, CONSTRAINT y CHECK (a))`}},
		{"name of NOT NULL", []string{`CREATE TABLE t (a int CONSTRAINT x NOT NULL)`}, []string{`CREATE TABLE t (a int NOT NULL)`}},
		{"letters of a string in double quotes", []string{`CREATE TABLE t (a int CHECK (a <> "x"))`}, []string{`CREATE TABLE t (a int CHECK (a <> "X"))`}},
		{"not deferrable", []string{base, `CREATE TABLE u (x int REFERENCES t DEFERRABLE INITIALLY DEFERRED)`},
			[]string{base, `CREATE TABLE u (x int REFERENCES t NOT DEFERRABLE INITIALLY DEFERRED)`}},
		{"conflict clause", []string{`CREATE TABLE t (a int UNIQUE)`}, []string{`CREATE TABLE t (a int UNIQUE ON CONFLICT IGNORE)`}},
		{"conflict clause of NOT NULL", []string{`CREATE TABLE t (a int NOT NULL)`}, []string{`CREATE TABLE t (a int NOT NULL ON CONFLICT FAIL)`}},
		{"columns of a view", []string{base, `CREATE VIEW v (x) AS SELECT a FROM t`}, []string{base, `CREATE VIEW v (y) AS SELECT a FROM t`}},
		{"letters of a view's column", []string{base, `CREATE VIEW v AS SELECT a AS X FROM t`}, []string{base, `CREATE VIEW v AS SELECT a AS x FROM t`}},
		{"condition of an index", []string{base, `CREATE INDEX i ON t (a) WHERE b = 'x'`}, []string{base, `CREATE INDEX i ON t (a) WHERE b = 'X'`}},
		{"timing of a trigger", []string{base, `CREATE TRIGGER r AFTER DELETE ON t BEGIN SELECT 1; END`}, []string{base, `CREATE TRIGGER r BEFORE DELETE ON t BEGIN SELECT 1; END`}},
		{"options of a virtual table", []string{`CREATE VIRTUAL TABLE f USING fts5(a)`}, []string{`CREATE VIRTUAL TABLE f USING fts5(a, tokenize = porter)`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if cmp.Diff(describe(t, c.first...), describe(t, c.other...)) == "" {
				t.Errorf("no difference:\n%v", describe(t, c.first...))
			}
		})
	}
}

func TestSpellingsAreTheSame(t *testing.T) {
	for _, c := range []struct {
		name         string
		first, other []string
	}{
		{"constraints behind a column or of the table",
			[]string{`CREATE TABLE t (a int UNIQUE ON CONFLICT FAIL CONSTRAINT x CHECK ((a > 0)), b text)`},
			[]string{`create table [t] ("a" INT, -- b
				b text, constraint "x" check (A > 0), unique (a) on conflict fail)`}},
		{"quotes of an index", []string{base, `CREATE INDEX i ON t (lower(b) DESC) WHERE a != 1`}, []string{base, "CREATE INDEX `i` ON [t](LOWER(\"b\")DESC) WHERE a<>1"}},
		{"spaces of a virtual table", []string{`CREATE VIRTUAL TABLE f USING fts5(a,b)`}, []string{"CREATE VIRTUAL TABLE f USING fts5 (\n  a,\n  b\n)"}},
		{"the default timing of a trigger", []string{base, `CREATE TRIGGER r DELETE ON t BEGIN SELECT 1; END`}, []string{base, `CREATE TRIGGER IF NOT EXISTS [r] BEFORE DELETE ON "t" FOR EACH ROW begin select 1; end`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if difference := cmp.Diff(describe(t, c.first...), describe(t, c.other...)); difference != "" {
				t.Error(difference)
			}
		})
	}
}
