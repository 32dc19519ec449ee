package conformance

func renameCases() []Case {
	in := "table \"t\" {\n  column \"id\" { type = int }\n  …\n  primary_key { columns = [column.id] }\n}"
	rows := []string{"INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (2, 'y')"}
	lite := []string{"sqlite"}
	a, b := column("a", "type = text"), column("b", "type = text", `renamed_from = "a"`)
	values := func(before, after string) []Query {
		return []Query{{Before: "SELECT id, " + before + " FROM t ORDER BY id", After: "SELECT id, " + after + " FROM t ORDER BY id", Want: "1|x\n2|y"}}
	}
	return []Case{
		{Name: "column renamed", In: in, Before: a, After: b, Rows: rows, Holds: values("a", "b"), InPlace: true},
		{Name: "column renamed on the command line", In: in, Before: a, After: column("b", "type = text"), Renames: []string{"t.a=b"}, Rows: rows, Holds: values("a", "b"), InPlace: true},
		{Name: "column renamed and changed", In: in, Before: a, After: column("b", "type = varchar(30)", "null = true", `renamed_from = "a"`), Rows: rows, Holds: values("a", "b")},
		{Name: "column renamed by case alone", In: in, Before: a, After: column("A", "type = text"), Rows: rows, Holds: values("a", "A"), Dialects: lite},
		{Name: "column renamed everywhere it is used", In: in, Dialects: lite, Rows: rows, Holds: values("a", "b"),
			Before: a + "index \"i\" {\n  columns = [column.a]\n  where = \"a <> ''\"\n}\ncheck { expr = \"a <> '!'\" }\nunique { columns = [column.a] }\n",
			After:  b + "index \"i\" {\n  columns = [column.b]\n  where = \"b <> ''\"\n}\ncheck { expr = \"b <> '!'\" }\nunique { columns = [column.b] }\n"},
		{Name: "table renamed", Before: keyless("t"), After: "table \"u\" {\n  renamed_from = \"t\"\n  column \"id\" { type = int }\n}", InPlace: true,
			Rows: []string{"INSERT INTO t VALUES (1)"}, Holds: []Query{{Before: "SELECT * FROM t", After: "SELECT * FROM u", Want: "1"}}},
		{Name: "table renamed on the command line", Before: keyless("t"), After: keyless("u"), Renames: []string{"t=u"}, InPlace: true,
			Rows: []string{"INSERT INTO t VALUES (1)"}, Holds: []Query{{Before: "SELECT * FROM t", After: "SELECT * FROM u", Want: "1"}}},
		{Name: "table renamed by case alone", Before: keyless("t"), After: keyless("T"), Dialects: lite,
			Rows: []string{"INSERT INTO t VALUES (1)"}, Holds: []Query{{Before: "SELECT * FROM t", Want: "1"}, {Before: "SELECT name FROM sqlite_master", Want: "t", Then: "T"}}},
		{Name: "table renamed that others point to", Before: keyless2("p") + child("c", "p"), Dialects: lite,
			After: "table \"q\" {\n  renamed_from = \"p\"\n  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n}" + child("c", "q"),
			Rows:  []string{"INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (7, 1)"},
			Holds: []Query{{Before: "SELECT c.id FROM c JOIN p ON p.id = parent", After: "SELECT c.id FROM c JOIN q ON q.id = parent", Want: "7"}}},
		{Name: "table and column renamed, with a view and a trigger", Dialects: lite, Rows: []string{"INSERT INTO t VALUES ('x')"},
			Before: "table \"t\" {\n  " + column("a", "type = text") + "}\nview \"v\" { as = \"SELECT a FROM t\" }\ntrigger \"g\" {\n  on = table.t\n  after { insert = true }\n  as = \"BEGIN UPDATE t SET a = upper(a); END\"\n}\n",
			After:  "table \"u\" {\n  renamed_from = \"t\"\n  " + column("b", "type = text", `renamed_from = "a"`) + "}\nview \"v\" { as = \"SELECT b FROM u\" }\ntrigger \"g\" {\n  on = table.u\n  after { insert = true }\n  as = \"BEGIN UPDATE u SET b = upper(b); END\"\n}\n",
			Holds:  []Query{{Before: "SELECT * FROM v", Want: "X"}}},
		{Name: "index renamed", In: in, Before: a + "index \"i\" { columns = [column.a] }\n", After: a + "index \"j\" {\n  columns = [column.a]\n  renamed_from = \"i\"\n}\n", Rows: rows, InPlace: true},
		{Name: "view renamed", In: keyless("t") + "\n…", Before: "view \"v\" { as = \"SELECT id FROM t\" }\n", After: "view \"w\" {\n  as = \"SELECT id FROM t\"\n  renamed_from = \"v\"\n}\n",
			Needs: []string{"view"}, Rows: []string{"INSERT INTO t VALUES (4)"}, Holds: []Query{{Before: "SELECT * FROM v", After: "SELECT * FROM w", Want: "4"}}},
		{Name: "trigger renamed", Dialects: lite, In: keyless("t") + "\n…",
			Before: "trigger \"g\" {\n  on = table.t\n  after { insert = true }\n  as = \"BEGIN SELECT 1; END\"\n}\n", After: "trigger \"h\" {\n  on = table.t\n  renamed_from = \"g\"\n  after { insert = true }\n  as = \"BEGIN SELECT 1; END\"\n}\n"},
		{Name: "named check and unique constraint renamed", In: in, Rows: rows,
			Before: a + "check \"c\" { expr = \"a <> ''\" }\nunique \"u\" { columns = [column.a] }\n",
			After:  a + "check \"d\" {\n  expr = \"a <> ''\"\n  renamed_from = \"c\"\n}\nunique \"v\" {\n  columns = [column.a]\n  renamed_from = \"u\"\n}\n"},
		{Name: "renamed column of a table with a counter", Dialects: lite, In: "table \"t\" {\n  " + column("id", "type = int", "auto_increment = true") + "…\n  primary_key { columns = [column.id] }\n}",
			Before: a, After: column("b", "type = varchar(7)", `renamed_from = "a"`),
			Rows:  append([]string{"INSERT INTO t VALUES (90, 'z')", "DELETE FROM t"}, rows...),
			Holds: append(values("a", "b"), Query{Before: "SELECT seq FROM sqlite_sequence WHERE name = 't'", Want: "90"})},
	}
}
