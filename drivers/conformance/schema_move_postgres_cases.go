package conformance

import "strings"

// schemaMovePostgresCases are objects that get into another schema.
func schemaMovePostgresCases() []Case {
	const id, key = `column "id" { type = serial }`, "primary_key { columns = [column.id] }"
	schema := func(names ...string) string {
		text := ""
		for _, name := range names {
			text += block(`schema "` + name + `"`)
		}
		return text
	}
	// in puts a block into a schema; from is what renamed_from says.
	in := func(schema, from, head string, lines ...string) string {
		if schema != "" {
			lines = append([]string{"schema = schema." + schema}, lines...)
		}
		if from != "" {
			lines = append([]string{`renamed_from = "` + from + `"`}, lines...)
		}
		return block(head, lines...)
	}
	move := func(name, before, after string, renames, rows []string, holds ...Query) Case {
		return Case{Name: name, Before: before, After: after, Renames: renames, Rows: rows, Holds: holds, Dialects: []string{"postgres"}}
	}
	// all is a table with what hangs on it, in a schema; from is the schema that it comes from.
	all := func(schema, from string) string {
		was := func(name string) string {
			if from == "" {
				return ""
			}
			return from + "." + name
		}
		text := in(schema, was("mood"), `enum "mood"`, `values = ["a", "b"]`) +
			in(schema, was("positive"), `domain "positive"`, "type = int", `check "p_check" { expr = "VALUE > 0" }`) +
			in(schema, was("people"), `table "people"`, id, key) +
			in(schema, was("t"), `table "t"`, id, "column \"m\" {\n  type = enum.mood\n  default = \"a\"\n}", "column \"n\" { type = domain.positive }",
				"column \"p\" {\n  type = int\n  null = true\n}", key, "unique \"t_n\" { columns = [column.n] }", "index \"t_m\" { columns = [column.m] }", `check "c" { expr = "n < 100" }`,
				"foreign_key {\n  columns = [column.p]\n  ref_columns = [table.people.column.id]\n}", `comment = "kept"`, "row_security { enabled = true }") +
			in(schema, was("quiet"), `function "quiet"`, "lang = PLpgSQL", "return = trigger", `as = "BEGIN RETURN NEW; END"`) +
			in(schema, was("v"), `view "v"`, `as = "SELECT n, m FROM SCHEMAt"`) +
			in(schema, was("mv"), `materialized "mv"`, `as = "SELECT n FROM SCHEMAt"`, "index \"mv_n\" { columns = [column.n] }", "column \"n\" { type = domain.positive }") +
			in(schema, was("free"), `sequence "free"`, "start = 5") +
			in(schema, was("st"), `statistics "st"`, "on = table.t", "columns = [column.n, column.m]") +
			block(`trigger "g"`, "on = table.t", "before { insert = true }", "execute { function = function.quiet }") +
			block(`policy "p"`, "on = table.t", `using = "n > 1"`) + block(`publication "pub"`, "tables = [table.t]") +
			block(`view "over"`, `as = "SELECT count(*) AS c FROM SCHEMAt"`)
		return strings.ReplaceAll(text, "SCHEMA", strings.TrimPrefix(schema+".", "."))
	}
	parts := func(schema, at, from, also string) string {
		return in(schema, from, `table "parts"`, "column \"k\" { type = int }", "index \"parts_k\" { columns = [column.k] }", "partition {\n  type = RANGE\n  columns = [column.k]\n}") +
			in(at, also, `partition "low"`, "of = table.parts", "from = 0", "to = 10")
	}
	rows := []string{"INSERT INTO s.people DEFAULT VALUES", "INSERT INTO s.t (n, p) VALUES (7, 1), (8, 1)", "SELECT nextval('s.free')", "REFRESH MATERIALIZED VIEW s.mv"}
	// counted is a table whose key, constraint and counters have the names of their fellows in another schema.
	counted := func(schema, column string) string {
		return in(schema, "", `table "t"`, "column \""+column+"\" {\n  type = int\n  identity { sequence_name = \"count\" }\n}",
			"primary_key { columns = [column."+column+"] }", "unique \"t_x\" { columns = [column."+column+"] }", "index \"t_y\" { columns = [column."+column+"] }")
	}
	plain := func(schema, name string, more ...string) string {
		return in(schema, "", `table "`+name+`"`, append([]string{id, key}, more...)...)
	}
	called := func(schema string) string {
		return in(schema, "", `enum "mood"`, `values = ["a"]`) + block(`function "f"`, "lang = SQL", "arg \"m\" { type = enum.mood }", "return = int", `as = "SELECT 1"`) +
			block(`view "v"`, `as = "SELECT f('a'::MOOD) AS x"`)
	}
	// typed is a function that is called after a type, an aggregate of it and what needs both; from says what they were called.
	typed := func(schema, kind, function, from string) string {
		was := func(name string) string {
			if from == "" {
				return ""
			}
			return from + name
		}
		return in(schema, was("mood"), `enum "`+kind+`"`, `values = ["a", "b"]`) +
			in(schema, was("f"), `function "`+function+`"`, "lang = SQL", "volatility = IMMUTABLE", "arg \"m\" { type = enum."+kind+" }", "arg \"n\" { type = sql(\""+strings.TrimPrefix(schema+".", ".")+kind+"[]\") }", "return = int", `as = "SELECT 1"`, `comment = "kept"`) +
			block(`table "t"`, "column \"c\" { type = enum."+kind+" }", "column \"n\" {\n  type = int\n  as {\n    expr = \""+strings.TrimPrefix(schema+".", ".")+function+"(c, NULL)\"\n    type = STORED\n  }\n}")
	}
	// What is made again gets a number behind that of the table.
	same := Query{Before: "SELECT oid < 't'::regclass FROM pg_proc WHERE proname IN ('f', 'g') AND prosrc = 'SELECT 1'", Want: "true"}
	return []Case{
		move("function moved with the type that it is called after", schema("s", "r")+typed("s", "mood", "f", ""), schema("s", "r")+typed("r", "mood", "f", "s."), nil,
			[]string{"INSERT INTO t VALUES ('b')"}, Query{Before: "SELECT c, n FROM t", Want: "b|1"}, same),
		move("function moved and renamed with the type that it is called after", schema("s", "r")+typed("s", "mood", "f", ""), schema("s", "r")+typed("r", "temper", "g", "s."), nil,
			[]string{"INSERT INTO t VALUES ('b')"}, Query{Before: "SELECT c, n FROM t", Want: "b|1"}, same),
		move("function renamed with the type that it is called after", typed("", "mood", "f", ""), typed("", "temper", "g", "public."), nil,
			[]string{"INSERT INTO t VALUES ('b')"}, Query{Before: "SELECT c, n FROM t", Want: "b|1"}, same),
		move("table and all that hangs on it moved to another schema", schema("s", "r")+all("s", ""), schema("s", "r")+all("r", "s"), nil, rows,
			Query{Before: "SELECT n, m, p FROM s.t ORDER BY 1", After: "SELECT n, m, p FROM r.t ORDER BY 1", Want: "7|a|1\n8|a|1"},
			Query{Before: "SELECT last_value FROM s.t_id_seq", After: "SELECT last_value FROM r.t_id_seq", Want: "2"},
			Query{Before: "SELECT last_value FROM s.free", After: "SELECT last_value FROM r.free", Want: "5"},
			Query{Before: "SELECT n FROM s.mv ORDER BY 1", After: "SELECT n FROM r.mv ORDER BY 1", Want: "7\n8"}),
		move("table moved to a schema that is made, renamed and changed", plain("", "t", "column \"a\" { type = int }"),
			schema("r")+in("r", "public.t", `table "u"`, id, key, "column \"b\" {\n  type = bigint\n  renamed_from = \"a\"\n}", "column \"c\" {\n  type = int\n  default = 3\n}"), nil,
			[]string{"INSERT INTO t (a) VALUES (4), (5)"}, Query{Before: "SELECT id, a FROM t ORDER BY 1", After: "SELECT id, b FROM r.u ORDER BY 1", Want: "1|4\n2|5"}),
		move("table moved out of a schema that goes", schema("s")+plain("s", "t"), plain("", "u"), []string{"s.t=public.u"},
			[]string{"INSERT INTO s.t DEFAULT VALUES"}, Query{Before: "SELECT id FROM s.t", After: "SELECT id FROM u", Want: "1"}),
		move("partitioned table and its partition moved apart", schema("s", "r")+parts("s", "s", "", ""), schema("s", "r")+parts("r", "", "s.parts", "s.low"), nil,
			[]string{"INSERT INTO s.parts VALUES (7)"}, Query{Before: "SELECT k FROM s.parts", After: "SELECT k FROM r.parts", Want: "7"}),
		move("tables of two schemas change places", schema("s", "r")+counted("s", "a")+counted("r", "b"), schema("s", "r")+counted("r", "a")+counted("s", "b"),
			[]string{"s.t=r.t", "r.t=s.t"}, []string{"INSERT INTO s.t VALUES (DEFAULT), (DEFAULT)", "INSERT INTO r.t VALUES (DEFAULT)"},
			Query{Before: "SELECT a FROM s.t ORDER BY 1", After: "SELECT a FROM r.t ORDER BY 1", Want: "1\n2"},
			Query{Before: "SELECT s.last_value, r.last_value FROM s.count s, r.count r", Want: "2|1", Then: "1|2"}),
		move("schema renamed, a table moved out of it and one into it", schema("s")+plain("s", "t")+plain("", "u"), schema("r", "x")+plain("x", "t")+plain("r", "u"),
			[]string{"s=r", "s.t=x.t", "u=r.u"}, []string{"INSERT INTO s.t DEFAULT VALUES", "INSERT INTO u VALUES (4)"},
			Query{Before: "SELECT s.t.id, u.id FROM s.t, u", After: "SELECT x.t.id, u.id FROM x.t, r.u", Want: "1|4"}),
		move("type moved that a function takes", schema("s", "r")+strings.ReplaceAll(called("s"), "MOOD", "s.mood"), schema("s", "r")+strings.ReplaceAll(called("r"), "MOOD", "r.mood"),
			[]string{"enum s.mood=r.mood"}, nil, Query{Before: "SELECT x FROM v", Want: "1"}),
		{Name: "table moved to where one is that goes", Dialects: []string{"postgres"}, Before: schema("s", "r") + plain("s", "t") + plain("r", "t"), After: schema("s", "r") + plain("r", "t"),
			Renames: []string{"s.t=r.t"}, Rows: []string{"INSERT INTO s.t DEFAULT VALUES", "INSERT INTO s.t DEFAULT VALUES", "INSERT INTO r.t VALUES (9)"},
			Holds: []Query{{Before: "SELECT count(*) FROM s.t", After: "SELECT count(*) FROM r.t", Want: "2"}, {Before: "SELECT last_value FROM s.t_id_seq", After: "SELECT last_value FROM r.t_id_seq", Want: "2"}}},
	}
}
