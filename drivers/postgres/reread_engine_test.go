package postgres_test

import (
	"fmt"
	"testing"

	"github.com/duo-orm/duo-orm/hclschema"
)

// expressions are such as people write in checks, views and policies, over the table of TestTextsAreReadAsTheyWereDeparsed.
func expressions() []string {
	return []string{
		"s BETWEEN 'a' AND 'b'", "s NOT BETWEEN SYMMETRIC 'a' AND 'b'", "id BETWEEN 1 AND 2 AND b", "id NOT BETWEEN 1 AND 2 OR b OR id BETWEEN 3 AND 4",
		"s IN ('a', 'b')", "s NOT IN ('a')", "s IN ('a', tx)", "s IN ('a', c, d)", "lower(s) IN ('a', 'b')", "c IN ('a', 'b')", "d IN ('a', 'b')", "n IN (1, 2.5)", "n = ANY (ARRAY[1, 2])",
		"si IN (1, 2)", "si = ANY ('{1,2}')", "id IN (1, si, n)", "(s, id) IN (('a', 1), ('b', 2))", "s = ANY (string_to_array('a,b', ','))", "s ~ ANY (ARRAY['a', 'b'])", "s <> ALL ('{a,b}')",
		"s LIKE 'a%' ESCAPE '!'", "s NOT ILIKE ALL (ARRAY['a', 'b'])", "tx SIMILAR TO 'a|b'", "d LIKE 'x%'", "coalesce(s, c, d)", "nullif(n, 0)", "greatest(s, tx)",
		"b IS NOT TRUE", "(b AND b) AND (b OR b) AND NOT (b AND b)", "b OR (b OR b)", "b IS DISTINCT FROM NOT b", "(s, c) = ('a', 'b')", "co = ROW(1, 'x')::co", "(co).x + 1",
		"a[1]", "a[1:2]", "ARRAY[[1, 2], [3, 4]] || a", "ARRAY[s, c]", "'{1,2}'::integer[]", "ARRAY[]::text[]", "interval '1' YEAR", "interval(3) '1.23456 s'", "ts AT TIME ZONE 'utc'", "da + 1", "extract(year FROM ts)",
		"overlay(tx PLACING 'x' FROM 2 FOR 3)", "substring(tx FROM 'a.c')", "trim(BOTH 'x' FROM tx)", "tx COLLATE \"C\" < 'x'", "current_timestamp(3)", "session_user",
		"CASE s WHEN 'a' THEN 1 WHEN 'b' THEN 2 END", "CASE n WHEN 1 THEN 'x' END", "CASE WHEN s = 'a' THEN 'x' ELSE tx END", "s::text::varchar(3)", "n::numeric(5, 1)", "-1", "- (- id)", "-(-1)", "2 ^ 3", "-32768::smallint", "(-32768)::smallint",
		"'NaN'::float8", "b'101'", "bt = '\\xde'", "E'a\\\\b\\n'", "'(ARRAY[1])::text[] AND ((b AND b) AND b)'", "j #>> '{a,b}'", "(j ->> 'a')::int", "r @> 1", "xmlelement(name foo, xmlattributes(id AS x), tx)",
		"EXISTS (SELECT 1 FROM t AS o WHERE o.id BETWEEN t.id AND 2 AND o.s IN ('x', 'y'))", "id NOT IN (SELECT id FROM t)", "ARRAY(SELECT id FROM t WHERE s IN ('x', 'y'))", "(id, tx) IN (SELECT id, s FROM t)",
		"(SELECT string_agg(tx, ',' ORDER BY id DESC) FILTER (WHERE s IN ('x', 'y')) FROM t)", "sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES)", "e IN ('a', 'b')", "'pg_class'::regclass", "t IS NULL",
	}
}

// What a state holds of an expression makes the same expression again: not one that means the same, the very same.
func TestTextsAreReadAsTheyWereDeparsed(t *testing.T) {
	conn := live(t)
	execute := func(sql string) {
		t.Helper()
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s\n%v", sql, err)
		}
	}
	definition := func(view string) (text string) {
		t.Helper()
		err := conn.Query(t.Context(), "SELECT pg_get_viewdef('"+view+"'::regclass)", nil, func(scan func(...any) error) error { return scan(&text) })
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	execute("CREATE TYPE e AS ENUM ('a', 'b')")
	execute("CREATE DOMAIN d AS varchar(10)")
	execute("CREATE TYPE co AS (x integer, y text)")
	execute("CREATE TABLE t (id integer, s varchar(10), c char(3), d d, n numeric(10,2), b boolean, ts timestamptz, da date, j jsonb, a integer[], tx text, e e, r int4range, co co, bt bytea, si smallint)")
	for i, expression := range expressions() {
		execute(fmt.Sprintf("CREATE VIEW v%d AS SELECT %s AS x FROM t", i, expression))
	}
	found, err := conn.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, expression := range expressions() {
		o := found.State.Get(hclschema.Identity{Kind: hclschema.KindView, Name: fmt.Sprintf("v%d", i)})
		execute("CREATE VIEW again AS " + o.Properties.Text(hclschema.PropAs))
		if was, is := definition(fmt.Sprintf("v%d", i)), definition("again"); was != is {
			t.Errorf("%s\nis deparsed as\n%s\nand after it was read again as\n%s", expression, was, is)
		}
		execute("DROP VIEW again")
	}
}
