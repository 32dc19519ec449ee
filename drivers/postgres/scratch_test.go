package postgres

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// there counts the databases that have one of these names.
func there(t *testing.T, c drivers.Connection, names ...string) int {
	t.Helper()
	n := 0
	for _, name := range names {
		n += len(values(t, c, "SELECT 1 FROM pg_database WHERE datname = ?", 1, name))
	}
	return n
}

func scratched(t *testing.T, live *connection, url string) *connection {
	t.Helper()
	var l drivers.Connection
	if live != nil {
		l = live
	}
	s, err := Driver{}.Scratch(t.Context(), l, url)
	if err != nil {
		t.Fatal(err)
	}
	return s.(*connection)
}

func TestScratchIsLikeTheLiveDatabaseAndGoes(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	name := testserver.Name()
	if err := server.Exec("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	testserver.Exec(t, server.URL(name), `CREATE SCHEMA "App's"`)
	conn, err := Driver{}.Open(t.Context(), server.URL(name)+"?search_path=%22App's%22", drivers.OpenOptions{VersionTable: "v"})
	if err != nil {
		t.Fatal(err)
	}
	live := conn.(*connection)
	a, b := scratched(t, live, ""), scratched(t, live, "")
	ahead := "" // made for the next one that nobody asks for
	for _, s := range []*connection{a, b} {
		if s.database == live.database || s.defaultSchema != "App's" || s.version != live.version || s.Server() != live.Server() {
			t.Error(s.database, s.defaultSchema)
		}
		got := values(t, s, "SELECT pg_encoding_to_char(encoding), datcollate, datctype, datname FROM pg_database WHERE datname = current_database()", 4)
		if diff := cmp.Diff([][]any{{"LATIN1", "C", "C", s.database}}, got); diff != "" {
			t.Error(diff)
		}
		inspection, err := s.Inspect(t.Context())
		if err != nil || len(inspection.State.Objects()) > 0 || len(inspection.Unread) > 0 {
			t.Error(inspection, err)
		}
		if err := s.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
			t.Error("scratches don't lock each other:", err)
		}
		execute(t, s, "CREATE TABLE t (i integer)")
		ahead = s.database
	}
	if ahead == "" || a.database == b.database {
		t.Error(a.database, b.database)
	}
	if err := errors.Join(a.Close(), live.Close(), b.Close()); err != nil {
		t.Error(err)
	}
	other := opened(t, server.URL("postgres"), drivers.OpenOptions{})
	if there(t, other, a.database, b.database) > 0 {
		t.Error("scratch databases stay")
	}
	if got := values(t, other, "SELECT datname FROM pg_database WHERE starts_with(datname, 'duo_orm_scratch_') AND pg_encoding_to_char(encoding) = 'LATIN1'", 1); len(got) > 0 {
		t.Error("made ahead and left:", got)
	}
}

func TestScratchByURL(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	live := empty(t)
	for _, l := range []*connection{live, nil} {
		s := scratched(t, l, server.URL("postgres"))
		if !strings.HasPrefix(s.database, scratchPrefix) || s.defaultSchema != "public" {
			t.Error(s.database, s.defaultSchema)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := (Driver{}).Scratch(t.Context(), nil, ""); err == nil {
		t.Error("made out of nothing")
	}
}

func TestScratchNeedsAGrant(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	role, name := testserver.Name(), testserver.Name()
	if err := server.Exec("CREATE ROLE "+role+" LOGIN", "CREATE DATABASE "+name+" TEMPLATE template0 OWNER "+role); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Exec("DROP DATABASE "+name+" WITH (FORCE)", "DROP ROLE "+role); err != nil {
			t.Error(err)
		}
	})
	as := "postgresql://" + role + "@" + server.Host() + ":" + server.Port() + "/"
	live := opened(t, as+"postgres", drivers.OpenOptions{})
	_, err := Driver{}.Scratch(t.Context(), live, "")
	var grant *GrantError
	if !errors.As(err, &grant) || !strings.Contains(err.Error(), "ALTER ROLE "+role+" CREATEDB") {
		t.Error(err)
	}

	// The database of the URL itself: two at once, each with its own default schema, and nothing left.
	a, b := scratched(t, live, as+name), scratched(t, live, as+name)
	for _, s := range []*connection{a, b} {
		execute(t, s, "CREATE TABLE t (i integer)")
		if kind, err := s.Relation(t.Context(), "t"); kind != "table" || err != nil {
			t.Error(kind, err)
		}
		inspection, err := s.Inspect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range inspection.State.Objects() {
			if o.Identity.Schema != "" || o.Identity.Kind == "schema" {
				t.Error(o.Identity)
			}
		}
	}
	execute(t, a, "CREATE SCHEMA more", "CREATE TABLE more.t (i integer)")
	if err := errors.Join(a.Close(), b.Close()); err != nil {
		t.Error(err)
	}
	left := opened(t, server.URL(name), drivers.OpenOptions{})
	if got := values(t, left, "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'", 1); len(got) != 1 || got[0][0] != "public" {
		t.Error(got)
	}

	execute(t, left, "CREATE TABLE precious (i integer)")
	var notEmpty *NotEmptyError
	if _, err := (Driver{}).Scratch(t.Context(), live, as+name); !errors.As(err, &notEmpty) || !strings.Contains(err.Error(), "table precious") {
		t.Error(err)
	}
	execute(t, left, "REVOKE CREATE ON DATABASE "+name+" FROM "+role, "DROP TABLE precious", "ALTER DATABASE "+name+" OWNER TO postgres")
	if _, err := (Driver{}).Scratch(t.Context(), live, as+name); err == nil || !strings.Contains(err.Error(), "GRANT CREATE ON DATABASE "+name) {
		t.Error(err)
	}
}

// It runs alone: the other tests would drop the leftovers too.
func TestLeftoverScratchDatabasesAreDropped(t *testing.T) {
	server := testserver.Postgres(t)
	old, bare := scratchPrefix+"1700000000_0123456789abcdef", scratchPrefix+"1700000000_00000000deadbeef"
	taken, young := scratchPrefix+"1700000000_fedcba9876543210", scratchPrefix+"9900000000_0123456789abcdef"
	for _, name := range []string{old, bare, taken, young} {
		if err := server.Exec("CREATE DATABASE " + name + " TEMPLATE template0"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := server.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
				t.Error(err)
			}
		})
	}
	mark := func(name string) string { return "COMMENT ON DATABASE " + name + " IS " + literal(scratchMark) }
	if err := server.Exec(mark(old), mark(young), "COMMENT ON DATABASE "+taken+" IS 'mine'"); err != nil {
		t.Fatal(err)
	}
	live := empty(t)
	inUse := opened(t, server.URL(old), drivers.OpenOptions{})
	for _, want := range []int{1, 0} {
		s := scratched(t, live, server.URL("postgres"))
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if got := there(t, live, old); got != want {
			t.Errorf("%d, want %d", got, want)
		}
		if got := there(t, live, bare); got != 0 {
			t.Error("what was killed before it was marked is left")
		}
		if got := there(t, live, taken, young); got != 2 {
			t.Error("what nobody says is a leftover was dropped")
		}
		if err := errors.Join(inUse.Close(), live.maker.close()); err != nil {
			t.Error(err)
		}
		live.maker = nil
	}
}

// A database that is done with is given out again, as empty as it was; where something can't be taken away, another is made.
func TestScratchIsEmptied(t *testing.T) {
	t.Parallel()
	live := empty(t)
	for _, c := range []struct {
		clean bool
		steps []string
	}{
		{true, []string{
			"CREATE SCHEMA other", "CREATE EXTENSION hstore SCHEMA other", "CREATE TABLE t (i integer PRIMARY KEY, h other.hstore)",
			"CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'", "CREATE TYPE e AS ENUM ('a')", "CREATE DOMAIN d AS e",
			"CREATE TYPE c AS (a e)", "CREATE CAST (c AS text) WITH INOUT", "CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)",
			`CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq)`, "CREATE MATERIALIZED VIEW m AS SELECT * FROM t",
			"CREATE FUNCTION stop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
			"CREATE EVENT TRIGGER stop ON sql_drop EXECUTE FUNCTION stop()", "CREATE COLLATION coll FROM \"C\"",
			"CREATE TEXT SEARCH CONFIGURATION ts (COPY = simple)", "CREATE PUBLICATION p FOR ALL TABLES", "CREATE TEMP TABLE tt (i integer)",
			"SET SESSION AUTHORIZATION pg_monitor",
		}},
		{false, []string{"COMMENT ON SCHEMA public IS 'mine'"}},
		{false, []string{"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC"}},
		{false, []string{"SELECT lo_create(0)"}},
		{true, []string{"CREATE TABLE t (i integer)"}},
		{true, nil},
	} {
		s := scratched(t, live, "")
		inspection, err := s.Inspect(t.Context())
		if err != nil || len(inspection.State.Objects()) > 0 || len(inspection.Unread) > 0 {
			t.Error(inspection, err)
		}
		if got := values(t, s, "SELECT (SELECT count(*) FROM pg_default_acl) + (SELECT count(*) FROM pg_largeobject_metadata), current_user = session_user", 2); got[0][0] != int64(0) || got[0][1] != true {
			t.Error(got)
		}
		for _, text := range c.steps {
			execute(t, s, text)
		}
		before := s.database
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error("closed twice:", err)
		}
		kept := false
		for waiting := live.maker.take(); waiting != nil; waiting = live.maker.take() {
			got := <-waiting
			if got.err != nil {
				t.Error(got.err)
			}
			if got.conn != nil {
				kept = kept || got.conn.database == before
				defer func(c *connection) { _ = live.maker.discard(c) }(got.conn)
			}
		}
		if kept != c.clean {
			t.Errorf("after %q it was kept: %v", c.steps, kept)
		}
	}
}
