package sqlite

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqltext"
)

func TestOneStatement(t *testing.T) {
	for _, sql := range []string{
		"SELECT 1", "SELECT 1;", "SELECT 1 ; -- done", "SELECT 1;;\n/* done */ ;", "-- first\nSELECT ';'",
		`SELECT ";" , [;], ` + "`;`" + ` -- ;`, "SELECT 'it''s; fine'", "SELECT /* ; */ 1", "\uFEFFSELECT 1", ";SELECT 1",
		"CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END",
		"CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; SELECT CASE WHEN 1 THEN 2 END; END; -- end",
		"create temp trigger a after insert on t begin select 1; end",
		"CREATE TEMPORARY /* ; */ TRIGGER IF NOT EXISTS a AFTER INSERT ON t BEGIN SELECT 1; END",
		"EXPLAIN QUERY PLAN CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; END",
		"SELECT 'unfinished; string", "SELECT 1 /* unfinished; comment",
		"CREATE TABLE \"TRIGGER\" (a)",
	} {
		if _, err := readStatement(sql); err != nil {
			t.Errorf("%s\n%v", sql, err)
		}
	}
}

func TestSeveralStatements(t *testing.T) {
	c := newScratch(t, "CREATE TABLE t (a)")
	for sql, second := range map[string]string{
		"INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)":                                      "INSERT INTO t VALUES (2)",
		"INSERT INTO t VALUES (1);; -- x\n drop table t":                                          "drop table t",
		"INSERT INTO t VALUES (';'); 'x'":                                                         "'x'",
		"CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; END; DROP TABLE t":                    "DROP TABLE t",
		"CREATE TABLE \"TRIGGER\" (a); SELECT 1; END":                                             "SELECT 1; END",
		"CREATE TEMP TABLE trigger_ (a); SELECT 1; END":                                           "SELECT 1; END",
		"CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; END; INSERT INTO t VALUES (1); END; ": "INSERT INTO t VALUES (1); END;",
	} {
		_, err := c.Exec(context.Background(), sql)
		var several *sqltext.SeveralError
		if !errors.As(err, &several) || several.Second != second {
			t.Errorf("%s\ngot %v, want the second statement %q", sql, err, second)
		}
	}
	wantRows(t, c, "SELECT count(*) FROM t", "0")
	wantRows(t, c, "SELECT name FROM sqlite_schema", "t")
}

func TestNoStatement(t *testing.T) {
	c := newScratch(t)
	for _, sql := range []string{"", " ", ";", "-- nothing", "/* nothing */;;"} {
		if _, err := c.Exec(context.Background(), sql); !errors.Is(err, sqltext.ErrNoStatement) {
			t.Errorf("%q: %v", sql, err)
		}
	}
	if _, err := c.Exec(context.Background(), "CREATE TABLE t (a)\x00 garbage"); !errors.Is(err, errNUL) {
		t.Errorf("NUL: %v", err)
	}
}

// What is taken for one statement must be one for the engine too: of two that are glued together never both run.
func TestNeverTwoStatementsRun(t *testing.T) {
	pieces := []string{"INSERT INTO t VALUES (1)", "CREATE TRIGGER x AFTER INSERT ON u BEGIN", "SELECT 1", "END", ";", ";", "'", `"`, "[", "]", "`",
		"--", "\n", "/*", "*/", " ", "EXPLAIN", "CASE", "\uFEFF", "TEMP", "/", "*", "-", "x'00'", "é", "\v"}
	c := newScratch(t, "CREATE TABLE t (a)", "CREATE TABLE u (a)")
	rapid.Check(t, func(rt *rapid.T) {
		sql := "INSERT INTO t VALUES (0)" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(rt, "pieces"), " ")
		run(t, c, "DELETE FROM t")
		if _, err := c.Exec(context.Background(), sql); err == nil {
			wantRows(t, c, "SELECT count(*) FROM t WHERE a = 0", "1")
		}
		var rows int
		if err := c.session.QueryRowContext(context.Background(), "SELECT count(*) FROM t").Scan(&rows); err != nil || rows > 1 {
			rt.Fatalf("%q made %d rows, %v", sql, rows, err)
		}
	})
}

func TestExecCountsRows(t *testing.T) {
	c := newScratch(t, "CREATE TABLE t (a)")
	for _, step := range []struct {
		sql  string
		want int64
	}{
		{"INSERT INTO t VALUES (1), (2), (3)", 3},
		{"CREATE TABLE u (a)", 0},
		{"WITH x AS (SELECT 1) INSERT INTO u SELECT a FROM t", 3},
		{"UPDATE t SET a = a WHERE a > 1 RETURNING a", 2},
		{"DELETE FROM t", 3},
		{"PRAGMA user_version = 3", 0},
	} {
		got, err := c.Exec(context.Background(), step.sql)
		if err != nil || got != step.want {
			t.Errorf("%s: %d, %v, want %d", step.sql, got, err, step.want)
		}
	}
}

func TestTransactionsAreNoSteps(t *testing.T) {
	c := newScratch(t, "CREATE TABLE t (a)")
	refuse := func(sql string) {
		t.Helper()
		if _, err := c.Exec(context.Background(), sql); err == nil {
			t.Errorf("%s was run", sql)
		}
	}
	for _, sql := range []string{"BEGIN", "commit", "END TRANSACTION;", "ROLLBACK", "/* x */ BEGIN IMMEDIATE"} {
		refuse(sql)
	}
	begin(t, c, drivers.BeginOptions{})
	for _, sql := range []string{"COMMIT", "ROLLBACK", "PRAGMA foreign_keys = OFF", "pragma main.foreign_keys(0)", "PRAGMA foreign_keys(1);"} {
		refuse(sql)
	}
	run(t, c, "PRAGMA foreign_keys", "PRAGMA main.foreign_keys;", "INSERT INTO t VALUES (1)", "SAVEPOINT s", "INSERT INTO t VALUES (2)", "ROLLBACK TO s", "RELEASE s")
	commit(t, c)
	wantRows(t, c, "SELECT a FROM t", "1")
}

func FuzzReadStatement(f *testing.F) {
	for _, sql := range []string{"SELECT 1; -- x", "CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; END", "'", "/*", "[x", "\uFEFF;"} {
		f.Add(sql)
	}
	c := newScratch(f, "CREATE TABLE t (a)")
	f.Fuzz(func(t *testing.T, tail string) {
		if _, err := readStatement("INSERT INTO t VALUES (0)" + tail); err != nil {
			return
		}
		run(t, c, "DELETE FROM t")
		// An error is fine; more than the one statement isn't.
		if _, err := c.Exec(context.Background(), "INSERT INTO t VALUES (0)"+tail); err == nil {
			wantRows(t, c, "SELECT name FROM sqlite_schema", "t")
		}
	})
}
