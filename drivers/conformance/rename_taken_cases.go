package conformance

// renameTakenCases are renames onto names that something has: it goes, or is renamed itself.
func renameTakenCases() []Case {
	in := "table \"t\" {\n  column \"id\" { type = int }\n  …\n  primary_key { columns = [column.id] }\n}"
	rows := []string{"INSERT INTO t VALUES (1, 'x', 'p')", "INSERT INTO t VALUES (2, 'y', 'q')"}
	both := column("a", "type = text") + column("b", "type = text")
	moved := []Query{{Before: "SELECT id, b FROM t ORDER BY id", After: "SELECT id, a FROM t ORDER BY id", Want: "1|p\n2|q"}}
	// The column that went comes back without its values.
	nullable := column("a", "type = text", "null = true") + column("b", "type = text")
	table := func(name string, parts ...string) string {
		return block(`table "`+name+`"`, append([]string{"column \"id\" { type = int }", "primary_key { columns = [column.id] }"}, parts...)...)
	}
	onto := func(name, before, after string, renames []string, rows []string, holds ...Query) Case {
		return Case{Name: name, Before: before, After: after, Renames: renames, Rows: rows, Holds: holds}
	}
	tables := []string{"INSERT INTO q VALUES (7)"}
	survived := Query{Before: "SELECT id FROM q", After: "SELECT id FROM p", Want: "7"}
	of := func(name, from string) string {
		return block(`table "`+name+`"`, "column \"id\" { type = int }", "primary_key { columns = [column.id] }", "renamed_from = \""+from+"\"")
	}
	return []Case{
		{Name: "column takes the name of one that goes", In: in, Before: nullable, After: column("a", "type = text", `renamed_from = "b"`), Rows: rows, Holds: moved},
		{Name: "column takes the name of one that goes, on the command line", In: in, Before: nullable, After: column("a", "type = text"), Renames: []string{"t.b=a"}, Rows: rows, Holds: moved},
		{Name: "columns swap names", In: in, Before: both, After: both, Renames: []string{"t.a=b", "t.b=a"}, Rows: rows,
			Holds: []Query{{Before: "SELECT id, a, b FROM t ORDER BY id", After: "SELECT id, b, a FROM t ORDER BY id", Want: "1|x|p\n2|y|q"}}},
		{Name: "columns hand their names on", In: in, Before: nullable, After: column("b", "type = text", "null = true", `renamed_from = "a"`) + column("c", "type = text", `renamed_from = "b"`), Rows: rows,
			Holds: []Query{{Before: "SELECT id, a, b FROM t ORDER BY id", After: "SELECT id, b, c FROM t ORDER BY id", Want: "1|x|p\n2|y|q"}}},
		{Name: "column with an index takes the name of one with an index that goes", In: in,
			Before: nullable + "index \"ia\" { columns = [column.a] }\nindex \"ib\" { columns = [column.b] }\n", After: column("a", "type = varchar(20)", `renamed_from = "b"`) + "index \"ia\" { columns = [column.a] }\n", Rows: rows, Holds: moved},
		onto("table takes the name of one that goes", table("p", "column \"x\" {\n  type = text\n  null = true\n}")+table("q"), of("p", "q"), nil, tables, survived),
		onto("table takes the name of an equal one that goes", table("p")+table("q"), table("p"), []string{"q=p"}, tables, survived),
		{Name: "table takes the name of one that others refer to", Before: table("p") + table("q") + child("c", "p"), After: of("p", "q") + child("c", "p"), Rows: tables, Holds: []Query{survived}, Stops: []string{"c"}},
		{Name: "table takes the name of one to whose rows others refer", Before: table("p") + table("q") + child("c", "p"), After: of("p", "q") + child("c", "p"),
			Rows: []string{"INSERT INTO q VALUES (7)", "INSERT INTO p VALUES (7), (8)", "INSERT INTO c VALUES (1, 7), (2, 8)"}, Refused: "wants each row to refer to a row of p; against it: 1 row of 2"},
		onto("tables hand their names on", table("p")+table("q")+table("r"), of("p", "q")+of("q", "r"), nil, append(tables, "INSERT INTO r VALUES (8)"), survived,
			Query{Before: "SELECT id FROM r", After: "SELECT id FROM q", Want: "8"}),
		{Name: "table takes the name of one with a view that stays", Needs: []string{"view"}, Before: table("p") + table("q") + block(`view "v"`, `as = "SELECT id FROM p"`), After: of("p", "q") + block(`view "v"`, `as = "SELECT id FROM p"`),
			Rows: tables, Holds: []Query{survived, {Before: "SELECT id FROM v", Want: "", Then: "7"}}},
		{Name: "index takes the name of one that goes", In: in, Before: both + "index \"i\" { columns = [column.a] }\nindex \"j\" { columns = [column.b] }\n",
			After: both + "index \"i\" {\n  columns = [column.b]\n  renamed_from = \"j\"\n}\n", Rows: rows},
		{Name: "view takes the name of one that goes", In: table("t") + "…", Before: block(`view "v"`, `as = "SELECT 1 AS a"`) + block(`view "w"`, `as = "SELECT id FROM t"`), After: block(`view "v"`, `as = "SELECT id FROM t"`, `renamed_from = "w"`),
			Rows: []string{"INSERT INTO t VALUES (4)"}, Holds: []Query{{Before: "SELECT id FROM w", After: "SELECT id FROM v", Want: "4"}}},
		{Name: "check and unique constraint take the names of some that go", In: in, Rows: rows,
			Before: both + "check \"c\" { expr = \"a <> ''\" }\ncheck \"d\" { expr = \"b <> ''\" }\nunique \"u\" { columns = [column.a] }\nunique \"v\" { columns = [column.b] }\n",
			After:  both + "check \"c\" {\n  expr = \"b <> ''\"\n  renamed_from = \"d\"\n}\nunique \"u\" {\n  columns = [column.b]\n  renamed_from = \"v\"\n}\n"},
	}
}
