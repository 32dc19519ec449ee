package pairs

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/internal/oracle"
)

// written is a pair that was found once and is kept as it was: two scripts, with what is renamed.
type written struct {
	name, a, b string
	renames    []rename
	// refused is what the refusal says; empty where the way there and back must be found.
	refused string
	// lossless says that all rows are the same again in the end.
	lossless bool
}

func TestWrittenPairs(t *testing.T) {
	for _, list := range [][]written{textCases, rowCases, renameCases} {
		for _, c := range list {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				c.run(t)
			})
		}
	}
}

func (c written) run(t *testing.T) {
	trial := &trial{pair: pair{Renames: c.renames}, folder: t.TempDir()}
	for name, script := range map[string]string{"a.db": c.a, "b.db": c.b} {
		db, err := sql.Open("sqlite", filepath.Join(trial.folder, name))
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Exec(script)
		if err = errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
	}
	rows := trial.allRows(t)
	err := trial.thereAndBack()
	if trial.live != nil {
		err = errors.Join(err, trial.live.Close())
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, steps(trial))
	}
	if got := trial.refused; (got == "") != (c.refused == "") || !strings.Contains(got, c.refused) {
		t.Errorf("refused %q, want %q", got, c.refused)
	}
	if difference := cmp.Diff(rows, trial.allRows(t)); c.lossless && difference != "" {
		t.Errorf("rows in the end: %s", difference)
	}
}

// thereAndBack takes a written pair there and back.
func (t *trial) thereAndBack() error {
	var err error
	if t.before, err = take(t.folder, "a.db", t.A); err != nil {
		return err
	}
	if t.want, err = take(t.folder, "b.db", t.B); err != nil {
		return err
	}
	for _, part := range []func() error{t.create, t.up, t.settled, t.down} {
		if err := part(); err != nil || t.refused != "" {
			return err
		}
	}
	return nil
}

func (t *trial) allRows(test *testing.T) []string {
	db, err := sql.Open("sqlite", filepath.Join(t.folder, "a.db"))
	if err != nil {
		test.Fatal(err)
	}
	rows, err := oracle.Rows(db, versionTable, versionTable+"_log")
	if err = errors.Join(err, db.Close()); err != nil {
		test.Fatal(err)
	}
	return rows
}

// textCases are about texts that SQLite rewrites or that must stay to the letter.
var textCases = []written{
	{
		name: "DROP COLUMN leaves strings in double quotes alone",
		a: `CREATE TABLE t (a, b); CREATE TABLE u (x, y, CHECK (x <> "Str")); CREATE INDEX i ON u (y) WHERE x <> "Dq";
			CREATE VIEW v AS SELECT x FROM u WHERE x <> "Some; string"; CREATE TRIGGER r AFTER INSERT ON u WHEN NEW.x <> "No" BEGIN SELECT "c;END"; END`,
		b: `CREATE TABLE t (a); CREATE TABLE u (x, y, CHECK (x <> "Str")); CREATE INDEX i ON u (y) WHERE x <> "Dq";
			CREATE VIEW v AS SELECT x FROM u WHERE x <> "Some; string"; CREATE TRIGGER r AFTER INSERT ON u WHEN NEW.x <> "No" BEGIN SELECT "c;END"; END`,
	},
	{
		name: "a column renamed beside strings in double quotes",
		a: `CREATE TABLE t (a, b); CREATE TABLE u (x, y, CHECK (x <> "Str")); CREATE INDEX i ON u (y) WHERE x <> "Dq";
			CREATE VIEW v AS SELECT x FROM u WHERE x <> "Some; string"; CREATE TRIGGER r AFTER INSERT ON u WHEN NEW.x <> "No" BEGIN SELECT "c;END"; END`,
		b: `CREATE TABLE t (c, b); CREATE TABLE u (x, y, CHECK (x <> "Str")); CREATE INDEX i ON u (y) WHERE x <> "Dq";
			CREATE VIEW v AS SELECT x FROM u WHERE x <> "Some; string"; CREATE TRIGGER r AFTER INSERT ON u WHEN NEW.x <> "No" BEGIN SELECT "c;END"; END`,
		renames: []rename{{"column", "t", "a", "c"}},
	},
	{
		name: "an index with one column twice",
		a:    `CREATE TABLE t (a)`, b: `CREATE TABLE t (a); CREATE INDEX i ON t (a, a); CREATE INDEX j ON t (a, a COLLATE nocase)`,
	},
	{
		name: "the letters of a string in double quotes",
		a:    `CREATE TABLE t (a, CHECK (a <> "x"))`, b: `CREATE TABLE t (a, CHECK (a <> "X"))`,
	},
}

// rowCases are about rows that stand against a change, or that it changes.
var rowCases = []written{
	{
		name: "a table that rows refer to", refused: "refer to goes",
		a: `CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p REFERENCES p); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)`,
		b: `CREATE TABLE c (p REFERENCES p)`,
	},
	{
		name: "a table that only rows without sense refer to",
		a:    `CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p REFERENCES p); INSERT INTO c VALUES (1), (NULL)`,
		b:    `CREATE TABLE c (p REFERENCES p)`,
	},
	{
		name: "computed values that a STRICT table refuses", refused: "must be of the type blob",
		a: `CREATE TABLE t (a text); INSERT INTO t VALUES (1)`,
		b: `CREATE TABLE t (a text, b blob AS (upper(a))) STRICT`,
	},
	{
		name: "a computed column becomes a plain one with a rule", lossless: true,
		a: `CREATE TABLE t (a integer, b AS (length(a) + 1)); INSERT INTO t (a) VALUES (1), (10)`,
		b: `CREATE TABLE t (a integer, b UNIQUE)`,
	},
	{
		name: "what a column is computed of has another type",
		a:    `CREATE TABLE t (a integer, b real AS (length(a) + 1)); INSERT INTO t (a) VALUES (1), (10)`,
		b:    `CREATE TABLE t (a real, b real AS (length(a) + 1))`,
	},
	{
		name: "ANY without STRICT is a number where it can be",
		a:    `CREATE TABLE t (a ANY) STRICT; INSERT INTO t VALUES ('007')`,
		b:    `CREATE TABLE t (a ANY)`,
	},
}

// renameCases are about what SQLite renames along, and what it doesn't.
var renameCases = []written{
	{
		name: "a column that a view shows to a trigger and a view", lossless: true,
		a: `CREATE TABLE t (name); CREATE VIEW v AS SELECT name FROM t; CREATE VIEW w AS SELECT upper(name) AS n FROM v; CREATE VIEW x AS SELECT n FROM w;
			CREATE TRIGGER r INSTEAD OF INSERT ON v WHEN NEW.name <> '' BEGIN SELECT 1; END; INSERT INTO t VALUES ('a')`,
		b: `CREATE TABLE t (title); CREATE VIEW v AS SELECT title FROM t; CREATE VIEW w AS SELECT upper(title) AS n FROM v; CREATE VIEW x AS SELECT n FROM w;
			CREATE TRIGGER r INSTEAD OF INSERT ON v WHEN NEW.title <> '' BEGIN SELECT 1; END`,
		renames: []rename{{"column", "t", "name", "title"}},
	},
}
