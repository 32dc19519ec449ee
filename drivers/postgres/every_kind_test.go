package postgres_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// everyKind makes one object of every kind that pg_dump knows (its DumpableObjectType), with what is expected of each: the
// identity of an object of the state, or with a ! before it of one that is named as not carried.
var everyKind = []struct{ sql, found string }{
	{"CREATE SCHEMA x", "schema x"},
	{"CREATE EXTENSION citext", "extension citext"},
	{"CREATE TYPE e AS ENUM ('a')", "enum e"},
	{"CREATE DOMAIN d AS int", "domain d"},
	{"CREATE TYPE c AS (a int)", "composite c"},
	{"CREATE TYPE r AS RANGE (subtype = float8)", "range r"},
	{"CREATE TYPE shell", "!type shell"},
	{"CREATE TYPE base;; CREATE FUNCTION base_in(cstring) RETURNS base LANGUAGE internal STRICT IMMUTABLE AS 'int4in';; " +
		"CREATE FUNCTION base_out(base) RETURNS cstring LANGUAGE internal STRICT IMMUTABLE AS 'int4out';; CREATE TYPE base (INPUT = base_in, OUTPUT = base_out, LIKE = int4)", "!type base"},
	{"CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'", `function "f(integer)"`},
	{"CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'", `procedure "p()"`},
	{"CREATE AGGREGATE agg(int) (SFUNC = int4pl, STYPE = int)", `aggregate "agg(integer)"`},
	{"CREATE OPERATOR #+# (FUNCTION = int4pl, LEFTARG = int, RIGHTARG = int)", `operator "#+#(integer, integer)"`},
	{"CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler", "access_method am"},
	{"CREATE OPERATOR CLASS oc FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int)", `operator_class "oc USING hash"`},
	{"CREATE OPERATOR FAMILY fam USING btree", `operator_family "fam USING btree"`},
	{"CREATE COLLATION coll (LOCALE = 'C')", "collation coll"},
	{"CREATE CONVERSION conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8", "conversion conv"},
	{"CREATE TABLE t (a int DEFAULT 1, b text, g int GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (a), CONSTRAINT ck CHECK (a > 0), CONSTRAINT self FOREIGN KEY (g) REFERENCES t)", "table t"},
	{"CREATE TABLE parts (a int) PARTITION BY LIST (a);; CREATE TABLE part PARTITION OF parts FOR VALUES IN (1)", "table part"},
	{"CREATE TABLE heir () INHERITS (t);; ALTER TABLE heir ALTER a DROP DEFAULT, ALTER a ADD GENERATED ALWAYS AS IDENTITY", "!column heir.a"},
	{"CREATE TABLE counted (a int GENERATED ALWAYS AS IDENTITY);; COMMENT ON SEQUENCE counted_a_seq IS 'x'", "!column counted.a"},
	{"CREATE INDEX ix ON t (b)", "index t.ix"},
	{"CREATE STATISTICS st ON a, b FROM t", "statistics st"},
	{"CREATE VIEW v AS SELECT 1 AS a", "view v"},
	{"CREATE MATERIALIZED VIEW m AS SELECT 1 AS a", "materialized m"},
	{"CREATE RULE ru AS ON INSERT TO v DO INSTEAD NOTHING", "rule v.ru"},
	{"CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';; CREATE TRIGGER tr AFTER INSERT ON t EXECUTE FUNCTION trg()", "trigger t.tr"},
	{"CREATE FUNCTION etrg() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';; CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION etrg()", "event_trigger et"},
	{"CREATE LANGUAGE lang HANDLER plpgsql_call_handler", "language lang"},
	{"CREATE CAST (int AS e) WITH INOUT", `cast "(integer AS e)"`},
	{"CREATE SEQUENCE s", "sequence s"},
	{"CREATE TEXT SEARCH PARSER tsp (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)", "text_search_parser tsp"},
	{"CREATE TEXT SEARCH DICTIONARY tsd (TEMPLATE = simple)", "text_search_dictionary tsd"},
	{"CREATE TEXT SEARCH TEMPLATE tst (LEXIZE = dsimple_lexize)", "text_search_template tst"},
	{"CREATE TEXT SEARCH CONFIGURATION tsc (PARSER = default)", "text_search_configuration tsc"},
	{"CREATE FOREIGN DATA WRAPPER fdw", "foreign_data_wrapper fdw"},
	{"CREATE SERVER srv FOREIGN DATA WRAPPER fdw", "server srv"},
	{"CREATE SERVER hidden FOREIGN DATA WRAPPER fdw OPTIONS (api_key 'hunter2')", "!server hidden"},
	{"CREATE USER MAPPING FOR PUBLIC SERVER srv", `user_mapping "PUBLIC on srv"`},
	{"CREATE USER MAPPING FOR PUBLIC SERVER hidden OPTIONS (\"user\" 'a', pin 'hunter2')", `!user_mapping "PUBLIC on hidden"`},
	{"CREATE FOREIGN TABLE ft (a int) SERVER srv", "foreign_table ft"},
	{"CREATE TABLE far (a int) PARTITION BY LIST (a);; CREATE FOREIGN TABLE far_1 PARTITION OF far FOR VALUES IN (1) SERVER srv", "foreign_table far_1"},
	{"CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))", `transform "integer for sql"`},
	{"CREATE POLICY pol ON t", "policy t.pol"},
	{"CREATE PUBLICATION pub FOR TABLE t", "publication pub"},
	{"CREATE SUBSCRIPTION sub CONNECTION 'host=localhost password=hunter2' PUBLICATION pub WITH (connect = false, slot_name = NONE)", "!subscription sub"},
}

// TestEveryKindIsCarriedOrNamed: nothing in a database is left out in silence, and no secret is told.
func TestEveryKindIsCarriedOrNamed(t *testing.T) {
	url := testserver.Postgres(t).Database(t)
	conn, err := postgres.Driver{}.Open(t.Context(), url, drivers.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // what it found has been looked at
	for _, kind := range everyKind {
		for _, statement := range strings.Split(kind.sql, ";; ") {
			if _, err := conn.Exec(t.Context(), statement); err != nil {
				t.Fatalf("%s\n%v", statement, err)
			}
		}
	}
	inspection, err := conn.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, o := range inspection.State.Objects() {
		found = append(found, o.Identity.String())
	}
	for _, unread := range inspection.Unread {
		found = append(found, "!"+unread.Identity.String())
		if strings.Contains(unread.Reason, "hunter2") {
			t.Errorf("%s: the reason tells a secret: %s", unread.Identity, unread.Reason)
		}
	}
	for _, kind := range everyKind {
		if !slices.Contains(found, kind.found) {
			t.Errorf("%s\nisn't found as %s", kind.sql, kind.found)
		}
	}
	if t.Failed() {
		t.Log(strings.Join(found, "\n"))
	}
	text, err := hclschema.WriteText(inspection.State, postgres.Driver{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "hunter2") {
		t.Errorf("the models tell a secret:\n%s", text)
	}
	if _, err := conn.Exec(t.Context(), "DROP SUBSCRIPTION sub"); err != nil { // else its database can't be dropped
		t.Error(err)
	}
}

// Where one schema alone is looked at, it looks as it does among others: each object with its properties and what it depends on.
func TestAloneReadsTheSame(t *testing.T) {
	url := testserver.Postgres(t).Database(t)
	conn, err := postgres.Driver{}.Open(t.Context(), url, drivers.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // what it found has been looked at
	run := func(statements ...string) {
		t.Helper()
		for _, statement := range statements {
			if _, err := conn.Exec(t.Context(), statement); err != nil {
				t.Fatalf("%s\n%v", statement, err)
			}
		}
	}
	for _, kind := range everyKind {
		if !strings.HasPrefix(kind.sql, "CREATE SUBSCRIPTION") { // it would keep the database from being dropped, and lies in no schema
			run(strings.Split(kind.sql, ";; ")...)
		}
	}
	run("CREATE TABLE x.t (a int PRIMARY KEY)", "CREATE TABLE x.u (LIKE t INCLUDING ALL)", "CREATE TYPE x.e AS ENUM ('b')", "CREATE FUNCTION x.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"CREATE VIEW x.v AS SELECT * FROM x.t", "CREATE TABLE child (c int) INHERITS (t)", "CREATE TABLE keyed (a int PRIMARY KEY) PARTITION BY LIST (a)", "CREATE TABLE keyed_1 PARTITION OF keyed FOR VALUES IN (1)",
		"CREATE TABLE refers (a int REFERENCES keyed, b e, s serial)", "CREATE VIEW over AS SELECT r.a, r.b, f(r.a) FROM refers r", "GRANT SELECT ON refers TO PUBLIC", "GRANT UPDATE (a) ON refers TO PUBLIC")
	inspected := func(alone bool) (*hclschema.State, []string) {
		t.Helper()
		c, err := postgres.Driver{}.Open(t.Context(), url, drivers.OpenOptions{Alone: alone, ManagePrivileges: true})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close() //nolint:errcheck // what it found has been looked at
		inspection, err := c.Inspect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var unread []string
		for _, u := range inspection.Unread {
			if u.Identity.Schema == "" {
				unread = append(unread, u.Identity.String()+": "+u.Reason)
			}
		}
		return inspection.State, unread
	}
	all, unreadOfAll := inspected(false)
	alone, unread := inspected(true)
	own := 0
	for _, o := range all.Objects() {
		if o.Identity.Schema != "" || o.Identity.Kind == hclschema.KindSchema {
			if alone.Get(o.Identity) != nil {
				t.Errorf("%s is none of the schema's", o.Identity)
			}
			continue
		}
		own++
		same := alone.Get(o.Identity)
		if same == nil {
			t.Errorf("%s isn't found", o.Identity)
			continue
		}
		if diff := cmp.Diff(o.Properties, same.Properties); diff != "" {
			t.Errorf("%s: %s", o.Identity, diff)
		}
		if diff := cmp.Diff(o.DependsOn, same.DependsOn); diff != "" {
			t.Errorf("%s: %s", o.Identity, diff)
		}
	}
	if len(alone.Objects()) != own {
		t.Errorf("%d objects, want %d", len(alone.Objects()), own)
	}
	if diff := cmp.Diff(unreadOfAll, unread); diff != "" {
		t.Error(diff)
	}
}
