package conformance

import "strings"

// block is a block of a model, its lines indented.
func block(head string, lines ...string) string {
	return head + " {\n  " + strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\n  ") + "\n}\n"
}

// routinePostgresCases are functions, procedures, aggregates, operators and casts of PostgreSQL.
func routinePostgresCases() []Case {
	in := "table \"t\" {\n  column \"a\" { type = int }\n}\n…"
	rows := []string{"INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)"}
	change := func(name, before, after string, holds ...Query) Case {
		return Case{Name: name, In: in, Before: before, After: after, Rows: rows, Holds: holds, Dialects: []string{"postgres"}}
	}
	const a, ret = `arg "a" { type = int }`, "return = int"
	f := func(lines ...string) string {
		return block(`function "f"`, append([]string{"lang = SQL"}, lines...)...)
	}
	f1 := f(a, ret, `as = "SELECT a + 1"`)
	view := "view \"v\" { as = \"SELECT f(a) AS x FROM t\" }\n"
	proc := func(lines ...string) string {
		return block(`procedure "p"`, append([]string{"lang = PLpgSQL"}, lines...)...)
	}
	oid := "SELECT count(*) = 1 FROM pg_proc p JOIN kept ON p.oid = kept.x"
	keep := func(c Case) Case {
		c.Rows = append(c.Rows[:len(c.Rows):len(c.Rows)], "CREATE TEMP TABLE kept AS SELECT oid AS x FROM pg_proc WHERE proname = 'f'")
		c.Holds = append(c.Holds, Query{Before: oid, Want: "true"})
		return c
	}
	since14 := func(c Case) Case {
		c.Since = 14
		return c
	}
	st := block(`function "st"`, "lang = SQL", "arg { type = bigint }", "arg { type = int }", "return = bigint", "volatility = IMMUTABLE", `as = "SELECT $1 + $2"`)
	total := func(lines ...string) string {
		return st + block(`aggregate "total"`, append([]string{"arg { type = int }", "state_type = bigint", "state_func = function.st"}, lines...)...)
	}
	same := block(`function "same"`, "lang = SQL", "arg { type = point }", "arg { type = point }", "return = bool", "volatility = IMMUTABLE", `as = "SELECT $1 ~= $2"`)
	operator := func(lines ...string) string {
		return same + block(`operator "=="`, append([]string{"left = point", "right = point", "function = function.same"}, lines...)...)
	}
	cast := func(lines ...string) string {
		return block(`function "to_point"`, "lang = SQL", "arg { type = int }", "return = point", "strict = true", `as = "SELECT point($1, $1)"`) +
			block("cast", append([]string{"source = int", "target = point"}, lines...)...)
	}
	return []Case{
		change("function added", "", f1, Query{Before: "-", After: "SELECT f(1)", Then: "2"}),
		keep(change("body of a function changed under a view", f1+view, f(a, ret, `as = "SELECT a + 2 -- more\n"`)+view, Query{Before: "SELECT x FROM v ORDER BY 1", Want: "2\n3", Then: "3\n4"})),
		keep(change("options of a function", f1, f(a, ret, "volatility = IMMUTABLE", "strict = true", "parallel = SAFE", "security = DEFINER", "cost = 7", `as = "SELECT a + 1"`,
			"config_params = {\n  \"search_path\" = \"pg_catalog, \\\"Odd, name\\\"\"\n  \"my.setting\"  = \"it's\"\n}", `comment = "it's"`),
			Query{Before: "SELECT provolatile, proisstrict, obj_description(oid) FROM pg_proc WHERE proname = 'f'", Want: "v|false|NULL", Then: "i|true|it's"})),
		keep(change("language of a function", f1, block(`function "f"`, "lang = PLpgSQL", a, ret, `as = "BEGIN RETURN a + 1; END"`), Query{Before: "SELECT f(1)", Want: "2"})),
		change("default of an argument added", f1, f(`arg "a" {`, "  type = int", "  default = 5", "}", ret, `as = "SELECT a + 1"`), Query{Before: "-", After: "SELECT f()", Then: "6"}),
		change("result of a function that a view calls", f1+view, f(a, "return = bigint", `as = "SELECT a + 1"`)+view, Query{Before: "SELECT x FROM v ORDER BY 1", Want: "2\n3"}),
		change("name of an argument", f1, f(`arg "b" { type = int }`, ret, `as = "SELECT b + 1"`), Query{Before: "-", After: "SELECT f(b => 1)", Then: "2"}),
		change("function made an overload of its own", f1, f(`arg "a" { type = text }`, ret, `as = "SELECT length(a)"`), Query{Before: "SELECT f(1)", After: "SELECT f('abc')", Want: "2", Then: "3"}),
		change("overloads side by side", f1, f1+f(`arg "a" { type = text }`, "return = text", `as = "SELECT a"`)+f(ret, `as = "SELECT 0"`), Query{Before: "SELECT f(1)", After: "SELECT f(1), f('x'), f()", Want: "2", Then: "2|x|0"}),
		keep(change("body with every quote", f1, block(`function "f"`, "lang = PLpgSQL", a, ret, `as = "\r\nBEGIN -- $function$ $function1$ $$ ' \" \\ $${x} %%{y} é \t \r\n  RETURN 3;\nEND  \n\n"`), Query{Before: "SELECT f(1)", Want: "2", Then: "3"})),
		change("function with OUT arguments", f(a, `arg "b" {`, "  type = int", "  mode = OUT", "}", `as = "SELECT a"`), f(a, `arg "b" {`, "  type = int", "  mode = OUT", "}", `arg "c" {`, "  type = text", "  mode = OUT", "}", `as = "SELECT a, 'c'"`),
			Query{Before: "SELECT b FROM f(1)", After: "SELECT b, c FROM f(1)", Want: "1", Then: "1|c"}),
		change("function that returns rows", f(a, "return_set = int", `as = "SELECT a"`), f(a, "return_table {", `  column "x" { type = int }`, `  column "Odd y" { type = text }`, "}", "rows = 5", `as = "SELECT a, 'y'"`),
			Query{Before: "SELECT f(1)", After: "SELECT \"Odd y\" FROM f(1)", Want: "1", Then: "y"}),
		change("function of rows of a table", "", f("return_set = table.t", `as = "SELECT * FROM t"`), Query{Before: "-", After: "SELECT count(*) FROM f()", Then: "2"}),
		since14(change("body in standard SQL", f1, f(a, ret, `as = "BEGIN ATOMIC SELECT a + (SELECT count(*)::int FROM t); END"`), Query{Before: "SELECT f(1)", Want: "2", Then: "3"})),
		since14(change("function of a function", "", block(`function "z"`, "lang = SQL", ret, `as = "RETURN a(1)"`)+block(`function "a"`, "lang = SQL", "arg { type = int }", ret, `as = "RETURN $1"`), Query{Before: "-", After: "SELECT z()", Then: "1"})),
		keep(change("function renamed under a view", f1+view, block(`function "g"`, `renamed_from = "f"`, "lang = SQL", a, ret, `as = "SELECT a + 1"`)+"view \"v\" { as = \"SELECT g(a) AS x FROM t\" }\n", Query{Before: "SELECT x FROM v ORDER BY 1", Want: "2\n3"})),
		change("procedure added and commented", "", proc(a, `arg "b" {`, "  type = text", "  mode = INOUT", "}", `as = "BEGIN b := 'x'; END"`, `comment = "does"`), Query{Before: "-", After: "SELECT obj_description(oid) FROM pg_proc WHERE proname = 'p'", Then: "does"}),
		change("body of a procedure", proc(a, `as = "BEGIN END"`), proc(a, `as = "BEGIN DELETE FROM t; END"`, "security = DEFINER")),
		change("argument of a procedure", proc(a, `as = "BEGIN END"`), proc(`arg "b" { type = int }`, `arg "c" {`, "  type = int", "  mode = INOUT", "}", `as = "BEGIN END"`)),
		change("procedure renamed", proc(a, `as = "BEGIN END"`), block(`procedure "q"`, `renamed_from = "p"`, "lang = PLpgSQL", a, `as = "BEGIN END"`)),
		change("aggregate added", "", total(`initial_value = "0"`), Query{Before: "-", After: "SELECT total(a) FROM t", Then: "3"}),
		change("aggregate changed under a view", total(`initial_value = "0"`)+"view \"v\" { as = \"SELECT total(a) AS x FROM t\" }\n", total(`initial_value = "10"`, "parallel = SAFE", `combine_func = "int8pl"`, `comment = "adds"`)+"view \"v\" { as = \"SELECT total(a) AS x FROM t\" }\n",
			Query{Before: "SELECT x FROM v", Want: "3", Then: "13"}),
		change("aggregate with another result", total(`initial_value = "0"`), total(`initial_value = "0"`, "final_func = function.fin")+block(`function "fin"`, "lang = SQL", "arg { type = bigint }", "return = text", `as = "SELECT $1::text || '!'"`),
			Query{Before: "SELECT total(a) FROM t", Want: "3", Then: "3!"}),
		change("state function of an aggregate made again", total(`initial_value = "0"`), strings.Replace(total(`initial_value = "0"`), "arg { type = bigint }", `arg "s" { type = bigint }`, 1), Query{Before: "SELECT total(a) FROM t", Want: "3"}),
		change("ordered-set aggregate", "", block(`aggregate "middle"`, "arg { type = float8 }", "order_by { type = anyelement }", "state_type = internal", `state_func = "ordered_set_transition"`, `final_func = "percentile_disc_final"`, "final_func_extra = true"),
			Query{Before: "-", After: "SELECT middle(0.5) WITHIN GROUP (ORDER BY a) FROM t", Then: "1"}),
		change("hypothetical-set aggregate", "", block(`aggregate "place"`, "arg {", `  type = sql("\"any\"")`, "  mode = VARIADIC", "}", "order_by {", `  type = sql("\"any\"")`, "  mode = VARIADIC", "}", "hypothetical = true", "state_type = internal", `state_func = "ordered_set_transition_multi"`, `final_func = "rank_final"`, "final_func_extra = true"),
			Query{Before: "-", After: "SELECT place(2) WITHIN GROUP (ORDER BY a) FROM t", Then: "2"}),
		change("aggregate renamed", total(`initial_value = "0"`), st+block(`aggregate "sum_up"`, `renamed_from = "total"`, "arg { type = int }", "state_type = bigint", "state_func = function.st", `initial_value = "0"`), Query{Before: "SELECT total(a) FROM t", After: "SELECT sum_up(a) FROM t", Want: "3"}),
		change("operator added", "", operator(`commutator = "=="`, "hashes = true", `restrict = "eqsel"`, `comment = "same"`), Query{Before: "-", After: "SELECT point(1,1) == point(1,1)", Then: "true"}),
		change("operators that negate each other", operator(), operator(`negator = "!=="`)+block(`operator "!=="`, "left = point", "right = point", "function = function.differ", `negator = "=="`)+
			block(`function "differ"`, "lang = SQL", "arg { type = point }", "arg { type = point }", "return = bool", `as = "SELECT NOT $1 ~= $2"`), Query{Before: "-", After: "SELECT point(1,1) !== point(1,2)", Then: "true"}),
		change("estimators of an operator", operator(), operator(`restrict = "eqsel"`, `join = "eqjoinsel"`), Query{Before: "SELECT oprrest::text FROM pg_operator WHERE oprname = '=='", Want: "-", Then: "eqsel"}),
		change("operator changed under a view", operator()+"view \"v\" { as = \"SELECT point(a, a) == point(1, 1) AS x FROM t\" }\n", operator("hashes = true")+"view \"v\" { as = \"SELECT point(a, a) == point(1, 1) AS x FROM t\" }\n", Query{Before: "SELECT x FROM v ORDER BY 1", Want: "false\ntrue"}),
		change("cast added", "", cast("with = function.to_point", "as = ASSIGNMENT", `comment = "c"`), Query{Before: "-", After: "SELECT 3::point", Then: "(3,3)"}),
		change("cast changed", cast("with = INOUT"), cast("with = function.to_point", "as = IMPLICIT"), Query{Before: "SELECT castmethod FROM pg_cast WHERE oid >= 16384", Want: "i", Then: "f"}),
		change("cast, and a view that goes through it", "", "composite \"co\" {\n  field \"a\" { type = int }\n  field \"b\" { type = text }\n}\n"+
			block(`function "c2t"`, "lang = SQL", "arg { type = composite.co }", "return = text", "volatility = IMMUTABLE", `as = "SELECT $1.b"`)+
			block("cast", "source = composite.co", "target = text", "with = function.c2t", "as = ASSIGNMENT")+
			"view \"a_view\" { as = \"SELECT row(1, 'x')::co::text AS q\" }\n", Query{Before: "-", After: "SELECT q FROM a_view", Then: "x"}),
		change("comment of a cast", cast("with = INOUT"), cast("with = INOUT", `comment = "it's"`)),
	}
}
