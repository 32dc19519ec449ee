package conformance

func refusedCases() []Case {
	a := func(lines ...string) string { return column("a", lines...) }
	null := a("type = text", "null = true")
	return []Case{
		{Name: "refused: column that needs a value, in a table with rows", In: keyed, After: a("type = text"), Rows: []string{"INSERT INTO t VALUES (1)"}, Refused: "column t.a"},
		{Name: "refused: NULL forbidden where there are NULLs", In: keyed, Before: null, After: a("type = text"), Rows: []string{"INSERT INTO t VALUES (1, NULL)"}, Refused: "column t.a"},
		{Name: "refused: unique constraint where there are duplicates", In: keyed, Before: null, After: null + "unique { columns = [column.a] }",
			Rows: []string{"INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (2, 'x')"}, Refused: "unique t"},
		{Name: "refused: unique index where there are duplicates", In: keyed, Before: null, After: null + "index \"i\" {\n  unique = true\n  columns = [column.a]\n}",
			Rows: []string{"INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (2, 'x')"}, Refused: "index t.i"},
		{Name: "refused: check that rows break", In: keyed, Before: null, After: null + "check \"c\" { expr = \"a <> 'x'\" }", Rows: []string{"INSERT INTO t VALUES (1, 'x')"}, Refused: "check t.c"},
		{Name: "refused: foreign key that rows break", In: keyed, Before: column("a", "type = int", "null = true"), After: column("a", "type = int", "null = true") + "foreign_key \"f\" {\n  columns = [column.a]\n  ref_columns = [column.id]\n}",
			Rows: []string{"INSERT INTO t VALUES (1, 99)"}, Refused: "foreign_key t.f"},
		{Name: "refused: foreign key to a table that goes", Dialects: []string{"sqlite"}, In: keyed, Before: a("type = int", "null = true") + "}\ntable \"p\" {\n  column \"id\" { type = int }\n  primary_key { columns = [column.id] }",
			After: a("type = int", "null = true") + "foreign_key {\n  columns = [column.a]\n  ref_table = \"p\"\n}",
			Rows:  []string{"INSERT INTO p VALUES (1)", "INSERT INTO t VALUES (1, 1)"}, Refused: "foreign_key t (a)"},
		{Name: "refused: foreign key to no table of a column that gets another type", Dialects: []string{"sqlite"}, In: keyed, Before: a("type = int", "null = true"),
			After: a("type = text", "null = true") + "foreign_key {\n  columns = [column.a]\n  ref_table = \"gone\"\n}",
			Rows:  []string{"INSERT INTO t VALUES (1, 1)"}, Refused: "foreign_key t (a)"},
		{Name: "refused: index over what can't be computed", Dialects: []string{"sqlite"}, In: keyed, Before: null, After: null + "index \"i\" {\n  on { expr = \"json_extract(a, '$.x')\" }\n}",
			Rows: []string{"INSERT INTO t VALUES (1, 'no json')"}, Refused: "index t.i: is computed from each row: malformed JSON"},
		{Name: "refused: stored column that can't be computed", Dialects: []string{"sqlite"}, In: keyed, Before: null,
			After: null + "column \"b\" {\n  type = text\n  null = true\n  as {\n    expr = \"a -> '$.x'\"\n    type = STORED\n  }\n}",
			Rows:  []string{"INSERT INTO t VALUES (1, 'no json')"}, Refused: "column t.b: is computed from each row: malformed JSON"},
		{Name: "refused: strict table with values of other types", Needs: []string{"table.strict"}, In: "table \"t\" {\n  …\n  column \"a\" { type = integer }\n}", After: "strict = true",
			Rows: []string{"INSERT INTO t VALUES ('abc')"}, Refused: "t"},
	}
}
