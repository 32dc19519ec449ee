package sqlite

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
)

func TestTransactionsLeaveTheSessionAsItWas(t *testing.T) {
	ends := map[string]func(*connection) error{
		"commit":   func(c *connection) error { return c.Commit(context.Background()) },
		"rollback": (*connection).Rollback,
	}
	for name, end := range ends {
		for _, options := range []drivers.BeginOptions{{}, {ForeignKeysOff: true}, {ReadOnly: true}} {
			c := newDatabase(t, "CREATE TABLE t (a)").open(drivers.OpenOptions{})
			begin(t, c, options)
			wantRows(t, c, "PRAGMA foreign_keys", map[bool]string{true: "0", false: "1"}[options.ForeignKeysOff])
			run(t, c, "PRAGMA legacy_alter_table = ON", "PRAGMA recursive_triggers = ON", "PRAGMA ignore_check_constraints = ON")
			if err := end(c); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for pragma, want := range map[string]string{"foreign_keys": "1", "legacy_alter_table": "0", "recursive_triggers": "0", "ignore_check_constraints": "0", "query_only": "0"} {
				wantRows(t, c, "PRAGMA "+pragma, want)
			}
			run(t, c, "INSERT INTO t VALUES (1)")
		}
	}
}

func TestReadingTransactionsDontWrite(t *testing.T) {
	c := newDatabase(t, "CREATE TABLE t (a)").open(drivers.OpenOptions{})
	begin(t, c, drivers.BeginOptions{ReadOnly: true})
	if _, err := c.Exec(context.Background(), "INSERT INTO t VALUES (1)"); err == nil {
		t.Error("a row was written")
	}
	commit(t, c)
}

func TestBeginTwiceAndEndNothing(t *testing.T) {
	c := newScratch(t)
	if err := c.Rollback(); err != nil {
		t.Error(err)
	}
	if err := c.Commit(context.Background()); !errors.Is(err, errNotOpen) {
		t.Error(err)
	}
	begin(t, c, drivers.BeginOptions{})
	if err := c.Begin(context.Background(), drivers.BeginOptions{}, nil); !errors.Is(err, errNested) {
		t.Error(err)
	}
	if err := c.Rollback(); err != nil {
		t.Error(err)
	}
}

func TestRollbackTakesSchemaAndRowsBack(t *testing.T) {
	c := newDatabase(t, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)").open(drivers.OpenOptions{})
	begin(t, c, drivers.BeginOptions{ForeignKeysOff: true})
	run(t, c, "CREATE TABLE new (a, b)", "INSERT INTO new SELECT a, 2 FROM t", "DROP TABLE t", "ALTER TABLE new RENAME TO t")
	if err := c.Rollback(); err != nil {
		t.Fatal(err)
	}
	wantRows(t, c, "SELECT sql FROM sqlite_schema", "CREATE TABLE t (a)")
	wantRows(t, c, "SELECT * FROM t", "1")
}

// slow takes minutes, if it isn't cut off.
const slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n"

func TestContextCutsStatementsOff(t *testing.T) {
	for name, sql := range map[string]string{"write": "INSERT INTO t " + slow, "create": "CREATE TABLE u AS " + slow} {
		for _, c := range []*connection{
			newDatabase(t, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)").open(drivers.OpenOptions{}),
			newScratch(t, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)"),
		} {
			begin(t, c, drivers.BeginOptions{ForeignKeysOff: true})
			run(t, c, "INSERT INTO t VALUES (2)")
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
			_, err := c.Exec(ctx, sql)
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("%s: %v", name, err)
			}
			if err := c.Rollback(); err != nil {
				t.Fatal(err)
			}
			wantRows(t, c, "SELECT * FROM t", "1")
			wantRows(t, c, "PRAGMA foreign_keys", "1")
			ctx, cancel = context.WithTimeout(context.Background(), 30*time.Millisecond)
			err = c.Query(ctx, slow, nil, func(func(...any) error) error { return nil })
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("query: %v", err)
			}
			begin(t, c, drivers.BeginOptions{})
			run(t, c, "INSERT INTO t VALUES (3)")
			commit(t, c)
			wantRows(t, c, "SELECT * FROM t", "1", "3")
		}
	}
}

func TestCommitWithADoneContext(t *testing.T) {
	c := newDatabase(t, "CREATE TABLE t (a)").open(drivers.OpenOptions{})
	begin(t, c, drivers.BeginOptions{})
	run(t, c, "INSERT INTO t VALUES (1)")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := c.Commit(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	wantRows(t, c, "SELECT count(*) FROM t", "0")
	begin(t, c, drivers.BeginOptions{})
}

// RAISE(ROLLBACK) and full disks end the transaction behind our back: nothing may run after it as if it were open.
func TestLostTransaction(t *testing.T) {
	c := newDatabase(t, "CREATE TABLE t (a)", "CREATE TRIGGER no BEFORE DELETE ON t BEGIN SELECT RAISE(ROLLBACK, 'never'); END",
		"INSERT INTO t VALUES (1)").open(drivers.OpenOptions{})
	begin(t, c, drivers.BeginOptions{ForeignKeysOff: true})
	run(t, c, "INSERT INTO t VALUES (2)")
	_, err := c.Exec(context.Background(), "INSERT INTO nosuch VALUES (1)") // ends nothing
	wantError(t, err, "no such table: nosuch")
	run(t, c, "INSERT INTO t VALUES (3)")
	_, err = c.Exec(context.Background(), "DELETE FROM t")
	wantError(t, err, "never")
	if _, err := c.Exec(context.Background(), "INSERT INTO t VALUES (4)"); !errors.Is(err, errLost) {
		t.Errorf("a statement ran outside of its transaction: %v", err)
	}
	if err := c.Commit(context.Background()); !errors.Is(err, errLost) {
		t.Error(err)
	}
	wantRows(t, c, "SELECT a FROM t", "1")
	begin(t, c, drivers.BeginOptions{})
	run(t, c, "INSERT INTO t VALUES (5)")
	commit(t, c)
	wantRows(t, c, "SELECT a FROM t", "1", "5")
}

func TestDiskFull(t *testing.T) {
	for _, mode := range journalModes {
		d := newDatabase(t, "PRAGMA journal_mode = "+mode, "CREATE TABLE t (a)", "INSERT INTO t VALUES ('before')")
		c := d.open(drivers.OpenOptions{})
		run(t, c, "PRAGMA max_page_count = 20")
		begin(t, c, drivers.BeginOptions{ForeignKeysOff: true})
		run(t, c, "CREATE TABLE new (a)")
		_, err := c.Exec(context.Background(), "INSERT INTO new WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100) SELECT zeroblob(4000) FROM n")
		wantError(t, err, "database or disk is full", "make room")
		if err := c.Rollback(); err != nil {
			t.Fatal(err)
		}
		wantRows(t, c, "SELECT name FROM sqlite_schema", "t")
		wantRows(t, c, "SELECT a FROM t", "before")
		wantRows(t, c, "PRAGMA integrity_check", "ok")
		wantRows(t, c, "PRAGMA foreign_keys", "1")
	}
}

func TestDamagedFile(t *testing.T) {
	d := newDatabase(t, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
	content, err := os.ReadFile(d.path)
	if err != nil {
		t.Fatal(err)
	}
	half := len(content) / 2
	if err := os.WriteFile(d.path, append(content[:half:half], bytes.Repeat([]byte{0xa5}, half)...), 0o600); err != nil {
		t.Fatal(err)
	}
	c := d.open(drivers.OpenOptions{})
	_, err = c.Exec(context.Background(), "DELETE FROM t WHERE a = 2")
	wantError(t, err, "malformed", "integrity_check", "backup")
	if err := os.WriteFile(d.path, append(content[:200:200], bytes.Repeat([]byte{0xa5}, len(content)-200)...), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = open(context.Background(), d.url(), drivers.OpenOptions{})
	var unreachable *drivers.UnreachableError
	if !errors.As(err, &unreachable) {
		t.Fatal(err)
	}
	wantError(t, err, "malformed")
}

func TestErrorsSayWhatTheEngineSays(t *testing.T) {
	c := newScratch(t, "CREATE TABLE t (a UNIQUE)", "INSERT INTO t VALUES (1)")
	for sql, want := range map[string]string{
		"SELECT * FROM nosuch":     "no such table: nosuch",
		"INSERT INTO t VALUES (1)": "constraint failed: UNIQUE constraint failed: t.a",
		"SELEC 1":                  `near "SELEC": syntax error`,
	} {
		_, err := c.Exec(context.Background(), sql)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", sql, err, want)
		}
	}
}

func TestDefensive(t *testing.T) {
	c := newScratch(t, "CREATE TABLE t (a)")
	begin(t, c, drivers.BeginOptions{})
	run(t, c, "PRAGMA writable_schema = ON")
	_, err := c.Exec(context.Background(), "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (b)'")
	wantError(t, err, "may not be modified")
}

// Views and triggers of real schemas that an untrusted schema would break.
func TestSchemaIsTrusted(t *testing.T) {
	c := newScratch(t, "CREATE VIRTUAL TABLE f USING fts5(body)", "INSERT INTO f VALUES ('one two')", "CREATE TABLE t (a)",
		"CREATE VIEW v AS SELECT highlight(f, 0, '<', '>') AS body FROM f WHERE f MATCH 'one'",
		"CREATE VIEW columns AS SELECT name FROM pragma_table_info('t')",
		"CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO f VALUES (new.a); END", "INSERT INTO t VALUES ('three')")
	wantRows(t, c, "SELECT body FROM v", "<one> two")
	wantRows(t, c, "SELECT name FROM columns", "a")
	wantRows(t, c, "SELECT count(*) FROM f", "2")
}

func TestQueryHandsErrorsOn(t *testing.T) {
	c := newScratch(t, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (2)")
	stop := errors.New("stop")
	rows := 0
	err := c.Query(context.Background(), "SELECT a FROM t", nil, func(func(...any) error) error { rows++; return stop })
	if !errors.Is(err, stop) || rows != 1 {
		t.Errorf("%v after %d rows", err, rows)
	}
	var names []string
	err = c.Query(context.Background(), "SELECT a FROM t WHERE a > ?", []any{0}, func(scan func(...any) error) error {
		var outer string
		if err := scan(&outer); err != nil {
			return err
		}
		return c.Query(context.Background(), "SELECT ? || 'x'", []any{outer}, func(scan func(...any) error) error {
			var inner string
			err := scan(&inner)
			names = append(names, inner)
			return err
		})
	})
	if err != nil || strings.Join(names, " ") != "1x 2x" {
		t.Errorf("%q, %v", names, err)
	}
}
