package postgres_test

import (
	"slices"
	"strings"
	"testing"

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
