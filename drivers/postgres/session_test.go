package postgres

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqltext"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// opened is a connection to a URL, closed at the end of the test.
func opened(t *testing.T, url string, options drivers.OpenOptions) *connection {
	t.Helper()
	if options.VersionTable == "" {
		options.VersionTable = "duo_orm_revisions"
	}
	conn, err := Driver{}.Open(t.Context(), url, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn.(*connection)
}

// empty is a connection to a new database.
func empty(t *testing.T) *connection {
	t.Helper()
	return opened(t, testserver.Postgres(t).Database(t), drivers.OpenOptions{LockWait: 10 * time.Second})
}

func execute(t *testing.T, c drivers.Connection, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := c.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// values are the rows of a query.
func values(t *testing.T, c drivers.Connection, query string, columns int, args ...any) [][]any {
	t.Helper()
	var rows [][]any
	err := c.Query(t.Context(), query, args, func(scan func(...any) error) error {
		row, into := make([]any, columns), make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		rows = append(rows, row)
		return scan(into...)
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return rows
}

func TestValuesGoRound(t *testing.T) {
	t.Parallel()
	c := empty(t)
	execute(t, c, `CREATE TABLE t (i integer, b boolean, f double precision, x text, y bytea, n numeric, j jsonb, d date, s integer[])`)
	const insert = "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	n, err := c.Exec(t.Context(), insert, int64(1), int64(1), 0.1, int64(7), []byte{0, 255}, 1.5, `{"a": 1}`, "2026-01-02", "{1,2}",
		nil, true, nil, `it's "?" \ $1`, nil, "1.50", nil, nil, nil)
	if err != nil || n != 2 {
		t.Fatal(n, err)
	}
	want := [][]any{
		{int64(1), true, 0.1, "7", []byte{0, 255}, "1.5", `{"a": 1}`, "2026-01-02", "{1,2}"},
		{nil, true, nil, `it's "?" \ $1`, nil, "1.50", nil, nil, nil},
	}
	if diff := cmp.Diff(want, values(t, c, "SELECT * FROM t", 9)); diff != "" {
		t.Error(diff)
	}
	if got := values(t, c, "SELECT count(*) FROM t WHERE x = ? AND '?' <> x /* ? */ -- ?", 1, "7"); got[0][0] != int64(1) {
		t.Error(got)
	}
	if got := values(t, c, `SELECT '{"a": 1}'::jsonb ? 'a'`, 1); got[0][0] != true {
		t.Error(got)
	}
	var count int
	var text string
	err = c.Query(t.Context(), "SELECT count(*), max(n) FROM t", nil, func(scan func(...any) error) error { return scan(&count, &text) })
	if err != nil || count != 2 || text != "1.50" {
		t.Error(count, text, err)
	}
	if _, err := c.Exec(t.Context(), "INSERT INTO t (i) VALUES (?)", 1, 2); err == nil || !strings.Contains(err.Error(), "1 ? marks for 2") {
		t.Error(err)
	}
}

// Whoever may make objects in a schema that is searched before the catalogue gets no say in how a session begins.
func TestHostileSearchPath(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	testserver.Exec(t, url, "CREATE SCHEMA evil", "CREATE DOMAIN evil.text AS integer CHECK (VALUE > 9)", "CREATE DOMAIN evil.name AS integer", "CREATE DOMAIN evil.regclass AS integer",
		"CREATE FUNCTION evil.current_schema() RETURNS name LANGUAGE sql AS $$ SELECT 'evil'::name $$",
		"CREATE FUNCTION evil.set_config(text, text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT 'evil' $$",
		"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, evil, pg_catalog', current_database()); END $$")
	c := opened(t, url, drivers.OpenOptions{})
	if got := values(t, c, "SELECT current_schema(), current_setting('search_path'), 'a'::text", 3); got[0][0] != "public" || got[0][1] != `"public"` || got[0][2] != "a" {
		t.Error(got)
	}
}

func TestExecRefuses(t *testing.T) {
	t.Parallel()
	c := empty(t)
	for text, want := range map[string]string{
		"BEGIN":                              "can't be a step",
		"start transaction":                  "START TRANSACTION can't be a step",
		"COMMIT AND CHAIN":                   "can't be a step",
		"/* x */ rollback":                   "can't be a step",
		"END":                                "can't be a step",
		"ABORT":                              "can't be a step",
		"PREPARE TRANSACTION 'x'":            "PREPARE TRANSACTION can't",
		"COMMIT PREPARED 'x'":                "COMMIT PREPARED can't",
		"DISCARD ALL":                        "give up the lock",
		"COPY t FROM STDIN":                  "INSERT",
		"SELECT 1; DROP TABLE t":             `the second begins with "DROP TABLE t"`,
		" ; ":                                "no statement",
		"-- nothing":                         "no statement",
		"SELECT '\x00'":                      "NUL",
		"SELECT * FROM nowhere":              `relation "nowhere" does not exist`,
		"CREATE TABLE a.b (i int)":           `schema "a" does not exist`,
		"INSERT INTO pg_catalog.nowhere (1)": "syntax error",
	} {
		if _, err := c.Exec(t.Context(), text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	var several *sqltext.SeveralError
	if _, err := c.Exec(t.Context(), "SELECT 1; SELECT 2"); !errors.As(err, &several) {
		t.Error(err)
	}
	if got := values(t, c, "SELECT 1;", 1); got[0][0] != int64(1) {
		t.Error(got)
	}
}

func TestSettingsOfStepsEndWithThem(t *testing.T) {
	t.Parallel()
	c := empty(t)
	execute(t, c, "CREATE SCHEMA other", "CREATE TABLE t (i integer)")
	if err := c.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	execute(t, c, "SET search_path TO other", "SET ROLE pg_monitor", "RESET ROLE", "SET DateStyle = 'German'", "CREATE TABLE u (d date)")
	if _, err := c.Exec(t.Context(), "INSERT INTO t VALUES (?)", 1); err != nil {
		t.Error("the records are written with duo-orm's own settings:", err)
	}
	if err := c.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	execute(t, c, "SELECT set_config('search_path', '', false)", "SET ROLE pg_monitor")
	got := values(t, c, "SELECT current_setting('search_path'), current_setting('DateStyle'), current_setting('role'), current_setting('lock_timeout')", 4)
	if diff := cmp.Diff([][]any{{`"public"`, "ISO, MDY", "none", "3s"}}, got); diff != "" {
		t.Error(diff)
	}
	if kind, err := c.Relation(t.Context(), "other.u"); kind != "table" || err != nil {
		t.Error(kind, err)
	}
}

func TestRelation(t *testing.T) {
	t.Parallel()
	c := empty(t)
	execute(t, c, `CREATE TABLE "it's" (i integer PRIMARY KEY)`, "CREATE VIEW v AS SELECT 1 AS one", "CREATE MATERIALIZED VIEW m AS SELECT 1 AS one", "CREATE SEQUENCE s")
	for name, want := range map[string]string{"it's": "table", "v": "view", "m": "materialized view", "s": "sequence", "it's_pkey": "index", "IT'S": "", "pg_class": ""} {
		if got, err := c.Relation(t.Context(), name); got != want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestVersionTable(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"duo_orm_revisions", "meta.revisions"} {
		c := opened(t, testserver.Postgres(t).Database(t), drivers.OpenOptions{VersionTable: name})
		for range 2 {
			execute(t, c, Driver{}.VersionTable(name)...)
		}
		for _, table := range []string{name, name + "_log"} {
			if kind, err := c.Relation(t.Context(), table); kind != "table" || err != nil {
				t.Error(table, kind, err)
			}
		}
		inspection, err := c.Inspect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range inspection.State.Objects() {
			t.Errorf("%s is part of the state", o.Identity)
		}
		if len(inspection.Unread) > 0 {
			t.Error(inspection.Unread)
		}
	}
}

func TestInterruptedStatementLeavesTheSessionUsable(t *testing.T) {
	t.Parallel()
	c := empty(t)
	if err := c.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, err := c.Exec(ctx, "SELECT pg_sleep(60)"); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Error(took)
	}
	if err := c.Rollback(); err != nil {
		t.Error(err)
	}
	execute(t, c, "SELECT 1")
}

func TestLostConnection(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	url := server.Database(t)
	conn, err := Driver{}.Open(t.Context(), url, drivers.OpenOptions{VersionTable: "v"})
	if err != nil {
		t.Fatal(err)
	}
	c := conn.(*connection)
	if err := c.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	other := opened(t, url, drivers.OpenOptions{})
	values(t, other, "SELECT pg_terminate_backend(?::integer)", 1, c.backend)
	_, err = c.Exec(t.Context(), "CREATE TABLE t (i integer)")
	var lost *LostError
	var around drivers.Circumstance
	if !errors.As(err, &lost) || !errors.As(err, &around) || !around.Circumstance() || !strings.Contains(err.Error(), "was lost") {
		t.Errorf("%T %v", err, err)
	}
	if _, err = c.Exec(t.Context(), "SELECT 1"); !errors.As(err, &lost) {
		t.Errorf("%T %v", err, err)
	}
	if err := errors.Join(c.Rollback(), c.Close()); err != nil {
		t.Error(err)
	}
	if kind, err := other.Relation(t.Context(), "t"); kind != "" || err != nil {
		t.Error(kind, err)
	}
}

// errorsOf the server come with what can be done.
func TestErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	c := empty(t)
	execute(t, c, "CREATE TYPE e AS ENUM ('a')", "CREATE TABLE t (i integer)", "CREATE VIEW v AS SELECT i FROM t")
	for _, try := range []struct {
		statements []string
		want       string
	}{
		{[]string{"CREATE INDEX CONCURRENTLY i ON t (i)"}, "Write transaction = false"},
		{[]string{"ALTER TYPE e ADD VALUE 'b'", "SELECT 'b'::e"}, "transaction = false in the step that adds it"},
		{[]string{"DROP TABLE t"}, "view v depends on table t"},
		{[]string{"SELECT 1/0", "SELECT 1"}, "division by zero"},
	} {
		if err := c.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
			t.Fatal(err)
		}
		var err error
		for _, statement := range try.statements {
			if err == nil {
				_, err = c.Exec(t.Context(), statement)
			}
		}
		if err == nil || !strings.Contains(err.Error(), try.want) || strings.Contains(err.Error(), "SQLSTATE") {
			t.Errorf("%v, want %q", err, try.want)
		}
		if err := c.Commit(t.Context()); !errors.Is(err, errRolledBack) {
			t.Error(err)
		}
	}
}
