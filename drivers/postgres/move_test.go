package postgres

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// What a session has of one schema, or of its steps, doesn't come along into the next one.
func TestMoveLeavesNothing(t *testing.T) {
	url := testserver.Postgres(t).Database(t)
	execute(t, opened(t, url, drivers.OpenOptions{}), `CREATE SCHEMA a`, `CREATE SCHEMA "B c"`, `CREATE TABLE a.here (x int)`, `CREATE TABLE "B c".there (x int)`)
	of, err := Driver{}.SchemaURL(url, "a")
	if err != nil {
		t.Fatal(err)
	}
	c := opened(t, of, drivers.OpenOptions{LockWait: 10 * time.Second, Alone: true})
	if err := c.Begin(t.Context(), drivers.BeginOptions{Hold: true}, nil); err != nil {
		t.Fatal(err)
	}
	execute(t, c, "SET app.tenant = 'a'", "SET statement_timeout = '1h'", "SET ROLE pg_monitor", "CREATE TEMPORARY TABLE there (y int)", "SELECT pg_advisory_lock(7)",
		"PREPARE mine AS SELECT 1", "LISTEN something", "DECLARE k CURSOR WITH HOLD FOR SELECT 1")
	if err := c.Move(t.Context(), "B c"); !errors.Is(err, errNested) {
		t.Fatalf("moved within a transaction: %v", err)
	}
	if err := c.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.Move(t.Context(), "B c"); err != nil {
		t.Fatal(err)
	}
	got := values(t, c, `SELECT current_schema()::text, coalesce(nullif(current_setting('app.tenant', true), ''), 'none'), current_setting('statement_timeout'), (current_user = session_user)::text,
  'there'::regclass::text, (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())::text,
  (SELECT count(*) FROM pg_prepared_statements WHERE from_sql)::text, (SELECT count(*) FROM pg_cursors WHERE name = 'k')::text, (SELECT count(*) FROM pg_listening_channels())::text`, 9)
	want := [][]any{{"B c", "none", "0", "true", "there", "0", "0", "0", "0"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.HasSuffix(c.Where(), ", schema B c") {
		t.Errorf("it is called %q", c.Where())
	}
	if got := tables(t, c); !slices.Equal(got, []string{"there"}) {
		t.Errorf("there are %q", got)
	}
	if err := c.Move(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if got := tables(t, c); !slices.Equal(got, []string{"here"}) {
		t.Errorf("there are %q", got)
	}
	var missing *drivers.UnreachableError
	if err := c.Move(t.Context(), "nowhere"); !errors.As(err, &missing) || !strings.HasSuffix(missing.Tried, ", schema nowhere") {
		t.Errorf("got %v", err)
	}
}

// tables are the names of the tables that an inspection finds.
func tables(t *testing.T, c *connection) (names []string) {
	t.Helper()
	inspection, err := c.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range inspection.State.Objects() {
		if o.Identity.Kind == hclschema.KindTable {
			names = append(names, o.Identity.String()[len("table "):])
		}
	}
	return names
}

// The URL of a schema leads into it, whatever its name is.
func TestSchemaURL(t *testing.T) {
	url := testserver.Postgres(t).Database(t)
	live := opened(t, url, drivers.OpenOptions{})
	for _, name := range []string{"acme", "Acme", "a-b", `q"uote`, "a, b", "ü+%&=?", "select", "1st", strings.Repeat("x", 63)} {
		execute(t, live, "CREATE SCHEMA "+quoted(name))
		of, err := Driver{}.SchemaURL(url, name)
		if err != nil {
			t.Fatal(err)
		}
		if got := opened(t, of, drivers.OpenOptions{}).defaultSchema; got != name {
			t.Errorf("%s leads to %q, want %q", of, got, name)
		}
	}
	for _, name := range []string{"", "pg_catalog", "pg_mine", "information_schema", strings.Repeat("x", 64)} {
		if of, err := (Driver{}).SchemaURL(url, name); err == nil {
			t.Errorf("%q has the URL %s", name, of)
		}
	}
	if of, err := (Driver{}).SchemaURL("postgresql://ada:secret@localhost/shop?search_path=x", "y"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %s, %v", of, err)
	}
}
