package conformance

func viewCases() []Case {
	in := "table \"t\" {\n  column \"a\" { type = int }\n  column \"b\" {\n    type = text\n    null = true\n  }\n}\n…"
	rows := []string{"INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (2, 'y')"}
	need := []string{"view"}
	view := func(name, query string) string { return "view \"" + name + "\" { as = \"" + query + "\" }\n" }
	change := func(name, before, after string, more Case) Case {
		more.Name, more.In, more.Before, more.After, more.Rows, more.Needs, more.InPlace = name, in, before, after, rows, need, true
		return more
	}
	v := view("v", "SELECT a FROM t")
	lite := []string{"sqlite"}
	return []Case{
		change("view added", "", v, Case{Holds: []Query{{Before: "-", After: "SELECT * FROM v ORDER BY 1", Then: "1\n2"}}}),
		change("view dropped", v, "", Case{}),
		change("query of a view changed", v, view("v", "SELECT a, b FROM t WHERE b <> 'x'"), Case{Holds: []Query{{Before: "SELECT a FROM v ORDER BY 1", Want: "1\n2", Then: "2"}}}),
		change("columns of a view named", v, "view \"v\" {\n  columns = [\"n o\"]\n  as = \"SELECT a FROM t\"\n}\n", Case{Holds: []Query{{Before: "-", After: `SELECT "n o" FROM v ORDER BY 1`, Then: "1\n2"}}}),
		change("views on views, declared the wrong way round", "", view("a", "SELECT * FROM b")+view("b", "SELECT * FROM c")+view("c", "SELECT a AS x FROM t"), Case{
			Holds: []Query{{Before: "-", After: "SELECT x FROM a ORDER BY 1", Then: "1\n2"}}}),
		change("view changed below another", v+view("w", "SELECT a FROM v"), view("v", "SELECT a + 1 AS a FROM t")+view("w", "SELECT a FROM v"), Case{
			Holds: []Query{{Before: "SELECT a FROM w ORDER BY 1", Want: "1\n2", Then: "2\n3"}}}),
		change("views dropped, one on the other", v+view("w", "SELECT a FROM v"), "", Case{}),
		change("query with quotes, braces and lines", "", "view \"v\" {\n  as = <<-SQL\n    SELECT 'it''s $${x} %%{y}' AS \"odd \"\"name\"\n      FROM t\n  SQL\n}\n", Case{
			Holds: []Query{{Before: "-", After: `SELECT DISTINCT "odd ""name" FROM v`, Then: "it's ${x} %{y}"}}}),
		{
			Name: "view outlives the rebuild of its table", In: "table \"t\" {\n  …\n}\n" + v, Rows: []string{"INSERT INTO t VALUES (1)"}, Dialects: lite,
			Before: column("a", "type = int"), After: column("a", "type = int") + "check { expr = \"a > 0\" }",
			Holds: []Query{{Before: "SELECT * FROM v", Want: "1"}},
		},
		{
			Name: "view on a column that goes", In: "table \"t\" {\n  column \"a\" { type = int }\n  …", Rows: []string{"INSERT INTO t VALUES (1, 'x')"}, Dialects: lite,
			Before: column("b", "type = text", "null = true") + "}\n" + view("v", "SELECT a, b FROM t"), After: "}\n" + view("v", "SELECT a FROM t"),
			Holds: []Query{{Before: "SELECT a FROM v", Want: "1"}},
		},
		{
			Name: "table made a view", Before: keyless("x") + keyless("t"), After: "view \"x\" { as = \"SELECT id FROM t\" }\n" + keyless("t"), Needs: need,
			Rows: []string{"INSERT INTO t VALUES (4)"}, Holds: []Query{{Before: "-", After: "SELECT * FROM x", Then: "4"}},
		},
	}
}
