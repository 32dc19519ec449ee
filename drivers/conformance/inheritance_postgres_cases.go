package conformance

// inheritancePostgresCases are tables that get other parents, and partitions that change with what they are part of.
func inheritancePostgresCases() []Case {
	postgres := []string{"postgres"}
	column := func(name, kind string) string {
		return "  column \"" + name + "\" {\n    type = " + kind + "\n    null = true\n  }\n"
	}
	table := func(name, body string) string { return "table \"" + name + "\" {\n" + body + "}\n" }
	parents := func(names string) string { return "  inherits = [" + names + "]\n" }
	check := func(expr string) string { return "  check \"c\" { expr = \"" + expr + "\" }\n" }
	id, n, z := column("id", "int"), column("n", "text"), column("z", "int")
	a := table("a", id+n+check("id > 0"))
	by := func(kind, name string) string {
		return "  partition {\n    type    = " + kind + "\n    columns = [column." + name + "]\n  }\n"
	}
	part := func(name, of, body string) string {
		return "partition \"" + name + "\" {\n  of = table." + of + "\n" + body + "}\n"
	}
	own := "  column \"n\" {\n    null = true\n    inherited = true\n    default = \"k\"\n  }\n"
	return []Case{
		{Name: "identity of a table with children goes", Dialects: postgres, In: "…" + block(`table "c"`, "inherits = [table.p]", "column \"more\" {\n  type = int\n  null = true\n}"), Rows: []string{"INSERT INTO p VALUES (1)"},
			Before: block(`table "p"`, "column \"a\" { type = int }", "column \"n\" {\n  type = int\n  identity {}\n}"), After: block(`table "p"`, "column \"a\" { type = int }")},
		{Name: "column goes from a parent, a child has it with another default", Dialects: postgres, In: table("p", id+"…\n"),
			Before: n + "}\n" + "table \"k\" {\n  inherits = [table.p]\n" + z + own, After: "}\n" + "table \"k\" {\n  inherits = [table.p]\n" + z,
			Rows: []string{"INSERT INTO k (id) VALUES (1)"}, Holds: []Query{{Before: "SELECT id, z FROM p JOIN k USING (id)", Want: "1|NULL"}}},
		{Name: "table becomes a child and gets the columns of its parent", Dialects: postgres, In: a + "…",
			Before: table("d", z), After: table("d", parents("table.a")+z), Rows: []string{"INSERT INTO d VALUES (1)"},
			Holds: []Query{{Before: "SELECT z FROM d", Want: "1"}}},
		{Name: "table becomes a child and inherits what it has, under a view and an index", Dialects: postgres, In: a + "…\nview \"v\" { as = \"SELECT id, n FROM d\" }\n",
			Before: table("d", id+n+z+"  index \"d_n\" { columns = [column.n] }\n"), After: table("d", parents("table.a")+z+"  index \"d_n\" { columns = [\"n\"] }\n"),
			Rows: []string{"INSERT INTO d VALUES (1, 'x', 2)"}, Holds: []Query{{Before: "SELECT id, n, z FROM d", Want: "1|x|2"}}},
		{Name: "table becomes a child and keeps its columns as its own", Dialects: postgres, In: a + "…",
			Before: table("d", id+n+z), After: table("d", parents("table.a")+id+n+z+check("id > 0")), Rows: []string{"INSERT INTO d VALUES (1, 'x', 2)"}},
		{Name: "child leaves one of its parents", Dialects: postgres, In: a + table("m", column("k", "int")) + "…",
			Before: table("d", parents("table.a, table.m")), After: table("d", parents("table.m")), Rows: []string{"INSERT INTO d VALUES (1, 'x', 2)"},
			Holds: []Query{{Before: "SELECT k FROM d", Want: "2"}}},
		{Name: "child of another parent that has a column in common", Dialects: postgres, In: a + table("b", id+column("m", "int")) + "…",
			Before: table("d", parents("table.a")+z), After: table("d", parents("table.b")+z), Rows: []string{"INSERT INTO d VALUES (1, 'x', 2)"},
			Holds: []Query{{Before: "SELECT id, z FROM d", Want: "1|2"}}},
		{Name: "a child that keeps a parent has a column of that one which another parent had", Dialects: postgres, In: "…" + table("d", parents("table.c, table.p")+z), Rows: []string{"INSERT INTO d (id, n, z) VALUES (1, 'x', 2)"},
			Before: table("c", id) + table("p", id+n), After: table("c", id+n) + table("p", id), Holds: []Query{{Before: "SELECT id, n, z FROM d", Want: "1|x|2"}}},
		{Name: "a child keeps one of two parents, and has what the other one had of it, in another type", Dialects: postgres, Rows: []string{"INSERT INTO d (id, k, z) VALUES (1, 7, 2)"},
			Before: table("c", id) + table("p", column("k", "int")) + table("d", parents("table.c, table.p")+z), After: table("c", id+column("k", "bigint")) + table("d", parents("table.c")+z), Holds: []Query{{Before: "SELECT id, k, z FROM d", Want: "1|7|2"}}},
		{Name: "table of a type that gets other fields", Dialects: postgres, Before: block(`composite "co"`, "field \"a\" { type = int }", "field \"b\" { type = text }", "field \"c\" { type = date }") + table("t", column("a", "int")+column("b", "text")),
			After: block(`composite "co"`, "field \"a\" { type = int }", "field \"b\" { type = text }") + table("t", "  of_type = composite.co\n"+column("a", "int")+column("b", "text")), Rows: []string{"INSERT INTO t VALUES (1, 'x')"}, Holds: []Query{{Before: "SELECT a, b FROM t", Want: "1|x"}}},
		{Name: "parents in another order", Dialects: postgres, In: a + table("b", column("m", "int")) + "…",
			Before: table("d", parents("table.a, table.b")), After: table("d", parents("table.b, table.a")), Rows: []string{"INSERT INTO d VALUES (1, 'x', 2)"},
			Holds: []Query{{Before: "SELECT id, n, m FROM d", Want: "1|x|2"}}},
		{Name: "column that is inherited and the child's own gets another type", Dialects: postgres,
			Before: table("a", id) + table("d", parents("table.a")+id+z), After: table("a", column("id", "bigint")) + table("d", parents("table.a")+column("id", "bigint")+z),
			Rows: []string{"INSERT INTO d VALUES (1, 2)"}},
		{Name: "column and check that become the child's own as well, with a child of it", Dialects: postgres, In: table("e", parents("table.d")) + "…",
			Before: a + table("d", parents("table.a")+z), After: table("a", id+n+check("id > -1")) + table("d", parents("table.a")+id+z+check("id > -1")),
			Rows: []string{"INSERT INTO d VALUES (1, 'x', 2)", "INSERT INTO e VALUES (3, 'y', 4)"}},
		{Name: "table becomes a partition of one whose columns change", Dialects: postgres,
			Before: table("l", id+n+by("LIST", "n")) + table("p1", id+n),
			After:  table("l", column("id", "bigint")+n+z+check("id > 0")+"  index \"l_id\" { columns = [column.id] }\n"+by("LIST", "n")) + part("p1", "l", "  in = [\"w\"]\n"),
			Moves:  true, Unproven: true, Rows: []string{"INSERT INTO p1 VALUES (1, 'w')"}, Holds: []Query{{Before: "SELECT id, n FROM p1", Want: "1|w"}}},
		{Name: "partition of another table, with a foreign key that refers to both", Dialects: postgres,
			In:     table("a1", id+"  primary_key { columns = [column.id] }\n"+by("HASH", "id")) + table("a2", id+"  primary_key { columns = [column.id] }\n"+by("HASH", "id")) + "…",
			Before: part("p0", "a1", "  modulus = 1\n  remainder = 0\n") + table("r", z+"  foreign_key \"fk\" {\n    columns     = [column.z]\n    ref_columns = [table.a1.column.id]\n  }\n"),
			After:  part("p0", "a2", "  modulus = 1\n  remainder = 0\n") + table("r", z+"  foreign_key \"fk\" {\n    columns     = [column.z]\n    ref_columns = [table.a2.column.id]\n  }\n"),
			Moves:  true, Unproven: true, Rows: []string{"INSERT INTO a1 VALUES (1)", "INSERT INTO r VALUES (1)"}, Holds: []Query{{Before: "SELECT id FROM p0", Want: "1"}}},
		{Name: "other partition key", Dialects: postgres, In: part("p1", "p", "  from = 1\n  to   = 10\n") + "view \"v\" { as = \"SELECT id, z FROM p\" }\n…",
			Before: table("p", id+z+by("RANGE", "id")), After: table("p", id+z+by("RANGE", "z")), Rows: []string{"INSERT INTO p VALUES (1, 2)"},
			Holds: []Query{{Before: "SELECT id, z FROM v", Want: "1|2"}}},
		{Name: "type of a column by which a partition is partitioned", Dialects: postgres,
			In:     part("p1", "p", "  from = 1\n  to   = 10\n  partition {\n    type    = LIST\n    columns = [\"id\"]\n  }\n") + part("p11", "p1", "  in = [1, 2]\n") + "…",
			Before: table("p", id+z+by("RANGE", "z")), After: table("p", column("id", "bigint")+z+by("RANGE", "z")), Rows: []string{"INSERT INTO p VALUES (1, 2)"}},
		{Name: "table with rows becomes a partitioned one", Dialects: postgres, In: "view \"v\" { as = \"SELECT id, n FROM p\" }\n…", Moves: true, Unproven: false,
			Before: table("p", "  column \"id\" {\n    type = int\n    identity {}\n  }\n"+n+"  index \"p_n\" { columns = [column.n] }\n"),
			After: table("p", "  column \"id\" {\n    type = bigint\n    identity {}\n  }\n"+n+"  index \"p_n\" { columns = [column.n] }\n"+by("RANGE", "id")) +
				part("p1", "p", "  from = 1\n  to   = 10\n") + part("rest", "p", "  default = true\n"),
			Rows: []string{"INSERT INTO p (n) VALUES ('x'), ('y')"}, Holds: []Query{{Before: "SELECT id, n FROM v WHERE n = 'y'", Want: "2|y"}}},
		{Name: "other partition key, and a row that comes into another partition", Dialects: postgres, Moves: true,
			In:     part("p1", "p", "  from = 1\n  to   = 10\n") + part("rest", "p", "  default = true\n") + "…",
			Before: table("p", id+z+by("RANGE", "id")), After: table("p", id+z+by("RANGE", "z")), Rows: []string{"INSERT INTO p VALUES (1, 20)"},
			Holds: []Query{{Before: "SELECT tableoid::regclass::text, id FROM p", Want: "p1|1", Then: "rest|1"}}},
		{Name: "rows for which a partitioned table has no partition", Dialects: postgres,
			Before: table("p", id+z), After: table("p", id+z+by("RANGE", "id")) + part("p1", "p", "  from = 1\n  to   = 10\n"), Rows: []string{"INSERT INTO p VALUES (11, 20)"},
			Refused: "has no partition for rows that lie outside the bounds of all"},
		{Name: "bounds that leave a row outside", Dialects: postgres, In: table("p", id+by("LIST", "id")) + "…",
			Before: part("p1", "p", "  in = [1, 2]\n"), After: part("p1", "p", "  in = [1, 3]\n"), Rows: []string{"INSERT INTO p VALUES (1), (2)"},
			Refused: "takes no row that lies outside its bounds"},
		{Name: "new partition for rows that lie in the default partition", Dialects: postgres, In: table("p", id+by("LIST", "id")) + part("rest", "p", "  default = true\n") + "…",
			Before: "", After: part("p1", "p", "  in = [1, 3]\n"), Rows: []string{"INSERT INTO p VALUES (1), (2)"},
			Refused: "has no place for rows that lie in the default partition"},
		{Name: "table with the same values twice becomes a partition of one with a key", Dialects: postgres,
			In:     table("p", id+z+"  index \"u\" {\n    unique  = true\n    columns = [column.id, column.z]\n  }\n"+by("RANGE", "id")) + "…",
			Before: table("p1", id+z), After: part("p1", "p", "  from = 1\n  to   = 10\n"), Rows: []string{"INSERT INTO p1 VALUES (1, 2), (1, 2)"},
			Refused: "takes on index p.u, which allows no two rows with the same values"},
		{Name: "rows outside the bounds of what a partition is within", Dialects: postgres,
			In:     table("p", id+by("RANGE", "id")) + part("p1", "p", "  from = 1\n  to   = 10\n  partition {\n    type    = LIST\n    columns = [\"id\"]\n  }\n") + "…",
			Before: table("p11", id), After: part("p11", "p1", "  default = true\n"), Rows: []string{"INSERT INTO p11 VALUES (20)"},
			Refused: "takes no row that lies outside its bounds"},
	}
}
