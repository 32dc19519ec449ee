package oracle

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDumpIsCutIntoStatements(t *testing.T) {
	script := "--\n-- PostgreSQL database dump; with a head\n--\n\n\\restrict abc\n\nSET row_security = off;\n" + `
CREATE TABLE public."a;b" (
    x text DEFAULT 'it''s; ('::text,
    y$1 integer
);


--
-- Name: f; Type: FUNCTION
--

CREATE FUNCTION public.f() RETURNS integer
    LANGUAGE sql
    AS $_$
-- a comment; of the body
SELECT 1; SELECT '(';
$_$;


CREATE FUNCTION public.g() RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT 1;
 SELECT 2;
END;


CREATE RULE r AS
    ON INSERT TO public.t DO ( DELETE FROM public.t;
 SELECT 1;
);
COMMENT ON TABLE public.t IS E'a\';b';

\unrestrict abc
`
	statements, err := dumpStatements(script)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"SET row_security = off;",
		"CREATE TABLE public.\"a;b\" (\n    x text DEFAULT 'it''s; ('::text,\n    y$1 integer\n);",
		"CREATE FUNCTION public.f() RETURNS integer\n    LANGUAGE sql\n    AS $_$\n-- a comment; of the body\nSELECT 1; SELECT '(';\n$_$;",
		"CREATE FUNCTION public.g() RETURNS integer\n    LANGUAGE sql\n    BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND;",
		"CREATE RULE r AS\n    ON INSERT TO public.t DO ( DELETE FROM public.t;\n SELECT 1;\n);",
		`COMMENT ON TABLE public.t IS E'a\';b';`,
	}
	if difference := cmp.Diff(want, statements); difference != "" {
		t.Error(difference)
	}
}

func TestDumpsThatAreTheSame(t *testing.T) {
	for name, pair := range map[string][2]string{
		"order of columns": {
			"CREATE TABLE t (\n    a numeric(3,2) DEFAULT f(1, ','),\n    b text[] DEFAULT ARRAY['a', 'b'],\n    CONSTRAINT c CHECK ((a > 0))\n)\nPARTITION BY LIST (a);",
			"CREATE TABLE t (\n    b text[] DEFAULT ARRAY['a', 'b'],\n    a numeric(3,2) DEFAULT f(1, ','),\n    CONSTRAINT c CHECK ((a > 0))\n)\nPARTITION BY LIST (a);"},
		"order of statements":   {"CREATE SCHEMA a;\nCREATE SCHEMA b;", "CREATE SCHEMA b;\nCREATE SCHEMA a;"},
		"columns of statistics": {"CREATE STATISTICS s (mcv) ON a, lower(b) FROM t;", "CREATE STATISTICS s (mcv) ON lower(b), a FROM t;"},
		"columns published":     {"ALTER PUBLICATION p ADD TABLE ONLY t (a, b) WHERE (a > 1);", "ALTER PUBLICATION p ADD TABLE ONLY t (b, a) WHERE (a > 1);"},
		"where a view stands":   {"SET default_table_access_method = heap;\nCREATE VIEW v AS\n SELECT 1;", "CREATE VIEW v AS\n SELECT 1;"},
	} {
		first, other := mustFacts(t, pair[0]), mustFacts(t, pair[1])
		if difference := cmp.Diff(first, other); difference != "" {
			t.Errorf("%s: %s", name, difference)
		}
	}
}

func TestDumpsThatDiffer(t *testing.T) {
	for name, pair := range map[string][2]string{
		"order of a type's attributes": {"CREATE TYPE t AS (\n\ta integer,\n\tb integer\n);", "CREATE TYPE t AS (\n\tb integer,\n\ta integer\n);"},
		"order of an enum":             {"CREATE TYPE t AS ENUM (\n    'a',\n    'b'\n);", "CREATE TYPE t AS ENUM (\n    'b',\n    'a'\n);"},
		"access method":                {"SET default_table_access_method = heap;\nCREATE TABLE t (\n    a integer\n);", "SET default_table_access_method = other;\nCREATE TABLE t (\n    a integer\n);"},
		"tablespace":                   {"SET default_tablespace = '';\nCREATE INDEX i ON t USING btree (a);", "SET default_tablespace = fast;\nCREATE INDEX i ON t USING btree (a);"},
		"columns of a key":             {"ALTER TABLE ONLY t\n    ADD CONSTRAINT k PRIMARY KEY (a, b);", "ALTER TABLE ONLY t\n    ADD CONSTRAINT k PRIMARY KEY (b, a);"},
		"one statement twice":          {"COMMENT ON TABLE t IS 'x';", "COMMENT ON TABLE t IS 'x';\nCOMMENT ON TABLE t IS 'x';"},
		"condition of a publication":   {"ALTER PUBLICATION p ADD TABLE ONLY t WHERE ((a, b) = (1, 2));", "ALTER PUBLICATION p ADD TABLE ONLY t WHERE ((b, a) = (1, 2));"},
	} {
		if cmp.Diff(mustFacts(t, pair[0]), mustFacts(t, pair[1])) == "" {
			t.Errorf("%s: no difference", name)
		}
	}
}

func TestDumpThatBreaksOff(t *testing.T) {
	for _, script := range []string{"CREATE TABLE t (\n", "COMMENT ON TABLE t IS 'x", "CREATE FUNCTION f() AS $$ x", "CREATE FUNCTION f()\n    BEGIN ATOMIC\n SELECT 1;\n"} {
		if facts, err := dumpFacts(script); err == nil {
			t.Errorf("%q: %q", script, facts)
		}
	}
}

func mustFacts(t *testing.T, script string) []string {
	t.Helper()
	facts, err := dumpFacts(script)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(facts)
	return facts
}
