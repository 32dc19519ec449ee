package conformance

func keyCases() []Case {
	const in = "table \"t\" {\n  column \"a\" { type = int }\n  column \"b\" { type = text }\n  …\n}"
	rows := []string{"INSERT INTO t VALUES (3, 'x')", "INSERT INTO t VALUES (8, 'y')"}
	lite := []string{"sqlite"}
	change := func(name, before, after string, more Case) Case {
		more.Name, more.In, more.Before, more.After, more.Rows = name, in, before, after, rows
		return more
	}
	return []Case{
		{Name: "unique constraints over the columns of the primary key and of each other", Dialects: []string{"postgres"}, Rows: []string{"INSERT INTO t VALUES (1)"},
			Before: "table \"t\" {\n  column \"id\" { type = int }\n}\n", After: "table \"t\" {\n  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n" +
				"  unique \"u1\" { columns = [column.id] }\n  unique \"u2\" {\n    columns = [column.id]\n    comment = \"again\"\n  }\n}\n"},
		change("primary key added", "", "primary_key { columns = [column.b] }", Case{}),
		change("primary key that is the rowid added", "", "primary_key { columns = [column.a] }", Case{}),
		change("primary key dropped", "primary_key { columns = [column.a, column.b] }", "", Case{}),
		change("primary key made composite", "primary_key { columns = [column.a] }", "primary_key { columns = [column.a, column.b] }", Case{}),
		change("order of a primary key changed", "primary_key { columns = [column.b, column.a] }", "primary_key { columns = [column.a, column.b] }", Case{}),
		{Name: "primary key of another column when nothing refers to the first any longer", Dialects: []string{"postgres"}, In: block(`table "s"`, "column \"a\" { type = int }", "column \"b\" { type = int }", "…"),
			Before: "primary_key { columns = [column.a] }\nforeign_key \"up\" {\n  columns = [column.b]\n  ref_columns = [column.a]\n}", After: "primary_key { columns = [column.b] }", Rows: []string{"INSERT INTO s VALUES (1, 1)"}},
		change("primary key named", "primary_key { columns = [column.b] }", "primary_key \"the key\" { columns = [column.b] }", Case{}),
		change("part of a primary key descending", "primary_key { columns = [column.a, column.b] }",
			"primary_key {\n  on { column = column.a }\n  on {\n    column = column.b\n    desc = true\n  }\n}", Case{Dialects: lite}),
		change("part of a primary key with a collation", "primary_key { columns = [column.b] }",
			"primary_key {\n  on {\n    column = column.b\n    collate = \"NOCASE\"\n  }\n}", Case{Dialects: lite}),
		change("primary key with a conflict clause", "primary_key { columns = [column.b] }", "primary_key {\n  columns = [column.b]\n  on_conflict = REPLACE\n}", Case{Dialects: lite}),
		change("the quirk of INTEGER PRIMARY KEY DESC", "", "primary_key {\n  inline = true\n  on {\n    column = column.a\n    desc = true\n  }\n}", Case{Needs: []string{"primary_key.inline"}}),
		change("unique constraint added", "", "unique { columns = [column.b] }", Case{}),
		change("unique constraint dropped", "unique { columns = [column.b] }", "", Case{}),
		change("unique constraint of two columns", "unique { columns = [column.b] }", "unique { columns = [column.b, column.a] }", Case{}),
		change("unique constraint named", "unique { columns = [column.b] }", "unique \"u\" { columns = [column.b] }", Case{}),
		change("unique constraint with a conflict clause", "unique { columns = [column.b] }", "unique {\n  columns = [column.b]\n  on_conflict = REPLACE\n}", Case{Dialects: lite}),
		change("unique constraint made an index", "unique { columns = [column.b] }", "index \"i\" {\n  unique = true\n  columns = [column.b]\n}", Case{}),
		change("two unique constraints swap their columns", "unique \"u\" { columns = [column.a] }\n  unique \"v\" { columns = [column.b] }",
			"unique \"u\" { columns = [column.b] }\n  unique \"v\" { columns = [column.a] }", Case{}),
		{
			Name: "key of a table that others point to changed", Dialects: lite,
			In:     "table \"t\" {\n  column \"a\" { type = int }\n  column \"b\" { type = text }\n  …\n}\ntable \"c\" {\n  column \"t_a\" { type = int }\n  foreign_key {\n    columns = [column.t_a]\n    ref_columns = [table.t.column.a]\n    on_delete = CASCADE\n  }\n}",
			Before: "primary_key { columns = [column.a] }", After: "primary_key { columns = [column.b] }\n  unique { columns = [column.a] }",
			Rows: append(rows, "INSERT INTO c VALUES (3)"), Holds: []Query{{Before: "SELECT t_a FROM c", Want: "3"}},
		},
	}
}
