package conformance

import "strings"

// partitionCases are changes of partitioned tables and of what rests on columns that tables share.
func partitionCases() []Case {
	postgres := []string{"postgres"}
	parent := func(columns, more string) string {
		return "table \"p\" {\n  column \"id\" { type = int }\n" + columns + "\n  partition {\n    type    = RANGE\n    columns = [column.id]\n  }\n" + more + "}\n"
	}
	part := func(name, from, to, more string) string {
		return "partition \"" + name + "\" {\n  of   = table.p\n  from = " + from + "\n  to   = " + to + "\n" + more + "}\n"
	}
	rows := []string{"INSERT INTO p VALUES (2)"}
	column := func(kind string) string { return "  column \"a\" {\n    type = " + kind + "\n    null = true\n  }\n" }
	key := "  primary_key { columns = [column.id] }\n"
	refers := "  column \"r\" {\n    type = int\n    null = true\n  }\n  foreign_key \"p_r\" {\n    columns     = [column.r]\n    ref_columns = [table.r.column.id]\n  }\n"
	target := "table \"r\" {\n  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n}\n"
	hash := func(settings string) string {
		return block(`table "h"`, "column \"id\" { type = int }", "column \"k\" { type = int }", "primary_key { columns = [column.id] }", settings, "partition {\n  type = HASH\n  columns = [column.id]\n}")
	}
	share := func(name string, modulus, remainder string) string {
		return block(`partition "`+name+`"`, "of = table.h", "modulus = "+modulus, "remainder = "+remainder)
	}
	referring := block(`table "f"`, "column \"h\" { type = int }", "foreign_key {\n  columns = [column.h]\n  ref_columns = [table.h.column.id]\n}")
	hashed := []string{"INSERT INTO h SELECT i, i FROM generate_series(1, 20) i", "INSERT INTO f VALUES (7)"}
	counted := func(kind, how string) string {
		return block(`table "p"`, "column \"id\" {\n  type = "+kind+"\n"+how+"\n}", "primary_key { columns = [column.id] }", "partition {\n  type = RANGE\n  columns = [column.id]\n}") + part("p1", "1", "100", "")
	}
	identity := "identity { generated = BY_DEFAULT }"
	return []Case{
		{Name: "partition comes to a table that a foreign key refers to", Dialects: postgres, In: parent("", key) + part("p1", "1", "10", "") + block(`table "f"`, "column \"p\" { type = int }", "foreign_key {\n  columns = [column.p]\n  ref_columns = [table.p.column.id]\n}") + "…\n",
			After: part("p2", "10", "20", ""), Rows: []string{"INSERT INTO p VALUES (2)", "INSERT INTO f VALUES (2)"}},
		{Name: "index of a partitioned table that takes over a partition's own in another order", Dialects: postgres,
			Before:  parent(column("int"), "") + part("p1", "1", "10", "  index \"own\" { columns = [\"a\"] }\n"),
			After:   parent(column("int"), "  index \"p_a\" {\n    on {\n      column = column.a\n      desc   = true\n    }\n  }\n") + part("p1", "1", "10", "  index \"own\" { columns = [\"a\"] }\n"),
			Refused: "sort orders"},
		{Name: "hash partitions of another modulus", Dialects: postgres, In: hash("") + "…" + referring, Before: share("h0", "2", "0") + share("h1", "2", "1"), After: share("h0", "3", "0") + share("h1", "3", "1") + share("h2", "3", "2"), Rows: hashed,
			Holds: []Query{{Before: "SELECT count(*), sum(k) FROM h", Want: "20|210"}}},
		{Name: "a hash partition halved", Dialects: postgres, In: hash("index \"hk\" { columns = [column.k] }") + share("h0", "2", "0") + "…" + referring, Before: share("h1", "2", "1"), After: share("h1a", "4", "1") + share("h1b", "4", "3"), Rows: hashed,
			Holds: []Query{{Before: "SELECT count(*), sum(k) FROM h", Want: "20|210"}}},
		{Name: "a key column of a partitioned table gets an identity and another type", Dialects: postgres, Before: counted("int", ""), After: counted("bigint", identity), Rows: []string{"INSERT INTO p VALUES (7)"},
			Holds: []Query{{Before: "SELECT id FROM p", Want: "7"}, {Before: "-", After: "SELECT nextval(pg_get_serial_sequence('p', 'id'))", Then: "8"}}},
		{Name: "a key column of a partitioned table with an identity gets another type", Dialects: postgres, Before: counted("int", identity), After: counted("bigint", identity), Rows: []string{"INSERT INTO p DEFAULT VALUES", "INSERT INTO p DEFAULT VALUES"},
			Holds: []Query{{Before: "SELECT nextval(pg_get_serial_sequence('p', 'id')) > max(id) FROM p", Want: "true"}}},
		{Name: "a key column of a partitioned table counts by an identity where it did by a sequence", Dialects: postgres, Before: counted("serial", ""), After: counted("bigint", identity), Rows: []string{"INSERT INTO p DEFAULT VALUES"},
			Holds: []Query{{Before: "SELECT nextval(pg_get_serial_sequence('p', 'id')) > max(id) FROM p", Want: "true"}}},
		{Name: "identity added to a partitioned table with rows", Dialects: postgres, In: "…" + part("p1", "1", "10", ""), Rows: []string{"INSERT INTO p VALUES (2), (3)"},
			Before: parent("", ""), After: parent("  column \"n\" {\n    type = smallint\n    identity {\n      generated = ALWAYS\n      start     = 5\n      increment = 3\n    }\n  }\n", "  unique \"p_n\" { columns = [column.id, column.n] }\n"),
			Holds: []Query{{Before: "-", After: "SELECT n FROM p ORDER BY n", Then: "5\n8"}, {Before: "-", After: "SELECT nextval('p_n_seq') > max(n) FROM p", Then: "true"}}},
		{Name: "partitions that get other bounds together", Dialects: postgres,
			Before: parent("", key) + part("p1", "1", "10", "") + part("p2", "10", "20", ""),
			After:  parent("", key) + part("p1", "1", "15", "") + part("p2", "15", "30", "") + "partition \"rest\" {\n  of      = table.p\n  default = true\n}\n", Rows: rows},
		{Name: "partition index whose column the table loses", Dialects: postgres,
			Before: parent(column("int"), "") + part("p1", "1", "10", "  index \"p1_a\" { columns = [\"a\"] }\n") + "view \"v\" { as = \"SELECT a FROM p1\" }\n",
			After:  parent("", "") + part("p1", "1", "10", ""), Rows: rows},
		{Name: "column of another type under a view of a partition", Dialects: postgres, In: "…\n" + part("p1", "1", "10", "") + "view \"v\" { as = \"SELECT a FROM p1\" }\n",
			Before: parent(column("int"), ""), After: parent(column("text"), ""), Rows: rows},
		{Name: "partition detached from a table with a foreign key", Dialects: postgres, In: target + parent(refers, key) + "…",
			Before: part("p1", "1", "10", ""),
			After:  "table \"p1\" {\n  column \"id\" { type = int }\n  column \"r\" {\n    type = int\n    null = true\n  }\n  primary_key { columns = [column.id] }\n}\n", Unproven: true},
		{Name: "partitions dropped under a foreign key to their table", Dialects: postgres,
			In:     parent("", key) + part("p1", "1", "10", "") + "…\ntable \"f\" {\n  column \"p\" { type = int }\n  foreign_key \"f_p\" {\n    columns     = [column.p]\n    ref_columns = [table.p.column.id]\n  }\n}\n",
			Before: part("p2", "10", "20", "  partition {\n    type    = RANGE\n    columns = [\"id\"]\n  }\n") + "partition \"p3\" {\n  of   = table.p2\n  from = 10\n  to   = 15\n}\n", After: ""},
		{Name: "partition goes below another one while rows refer to its own", Dialects: postgres,
			In:     parent("", key) + part("p1", "1", "10", "") + "…\ntable \"f\" {\n  column \"p\" { type = int }\n  foreign_key \"f_p\" {\n    columns     = [column.p]\n    ref_columns = [table.p.column.id]\n  }\n}\n",
			Before: part("p2", "10", "20", "  partition {\n    type    = RANGE\n    columns = [\"id\"]\n  }\n") + part("p3", "20", "30", ""),
			After:  part("p2", "10", "30", "  partition {\n    type    = RANGE\n    columns = [\"id\"]\n  }\n") + "partition \"p3\" {\n  of   = table.p2\n  from = 10\n  to   = 30\n}\n",
			Rows:   []string{"INSERT INTO p VALUES (21)", "INSERT INTO f VALUES (21)"}},
		{Name: "partition dropped while rows refer to its own", Dialects: postgres,
			In:     parent("", key) + part("p1", "1", "10", "") + "…\ntable \"f\" {\n  column \"p\" { type = int }\n  foreign_key \"f_p\" {\n    columns     = [column.p]\n    ref_columns = [table.p.column.id]\n  }\n}\n",
			Before: part("p2", "10", "20", ""), After: "", Rows: []string{"INSERT INTO p VALUES (11)", "INSERT INTO f VALUES (11)"}, Refused: "has rows that refer to rows of p2"},
		{Name: "partitioned table that refers to itself goes", Dialects: postgres, In: "…\n" + target, Before: parent("  column \"up\" {\n    type = int\n    null = true\n  }\n"+
			"  foreign_key \"up\" {\n    columns     = [column.up]\n    ref_columns = [table.p.column.id]\n  }\n", key) + part("p1", "1", "10", ""), After: ""},
		{Name: "table of a type becomes one of its own with more columns", Dialects: postgres, In: "composite \"c\" {\n  field \"a\" { type = int }\n}\n…",
			Before: typedTable("int", "", ""), After: strings.Replace(typedTable("int", "text", ""), "  of_type = composite.c\n", "", 1), Rows: []string{"INSERT INTO t VALUES (1)"}},
		{Name: "key of a partition that becomes its table's NOT NULL and an index of its own", Dialects: postgres,
			Before: "table \"p\" {\n  column \"id\" {\n    type = int\n    null = true\n  }\n  partition {\n    type    = RANGE\n    columns = [column.id]\n  }\n}\n" +
				part("p1", "1", "10", "  primary_key \"own\" { columns = [\"id\"] }\n"),
			After: parent("", "") + part("p1", "1", "10", "  index \"own\" {\n    unique  = true\n    columns = [\"id\"]\n  }\n"), Rows: rows},
		{Name: "type of a column that the table is partitioned by", Dialects: postgres, In: "…\n" + part("p1", "1", "10", ""),
			Before: parent("", ""), After: "table \"p\" {\n  column \"id\" { type = bigint }\n  partition {\n    type    = RANGE\n    columns = [column.id]\n  }\n}\n", Rows: rows},
		{Name: "column that holds rows of a table that changes", Dialects: postgres, In: "table \"t\" {\n…\n}\ntable \"u\" {\n  column \"id\" { type = int }\n  column \"row\" {\n    type = sql(\"t\")\n    null = true\n  }\n}\n",
			Before: column("int"), After: column("bigint"), Rows: []string{"INSERT INTO u VALUES (1, ROW(2))"}, Holds: []Query{{Before: `SELECT id, "row"::text FROM u`, Want: "1|(2)"}}},
		{Name: "identity to a sequence of the same name", Dialects: postgres,
			Before: "table \"t\" {\n  column \"id\" {\n    type = int\n    identity {}\n  }\n  primary_key { columns = [column.id] }\n}\n",
			After:  "table \"t\" {\n  column \"id\" { type = serial }\n  primary_key { columns = [column.id] }\n}\n", Rows: []string{"INSERT INTO t DEFAULT VALUES"},
			Holds: []Query{{Before: "SELECT nextval('t_id_seq') > max(id) FROM t", Want: "true"}}},
		{Name: "default of a sequence to an identity that has its name", Dialects: postgres,
			Before: "table \"t\" {\n  column \"id\" {\n    type = int\n    default = sql(\"nextval('numbers')\")\n  }\n}\nsequence \"numbers\" {}\n",
			After:  "table \"t\" {\n  column \"id\" {\n    type = int\n    identity { sequence_name = \"numbers\" }\n  }\n}\n", Rows: []string{"INSERT INTO t DEFAULT VALUES"},
			Holds: []Query{{Before: "SELECT nextval('numbers') > max(id) FROM t", Want: "true"}}},
		{Name: "identity whose sequence has a name of its own", Dialects: postgres,
			Before: "table \"t\" {\n  column \"id\" {\n    type = int\n    identity { sequence_name = \"numbers\" }\n  }\n}\n",
			After:  "table \"t\" {\n  column \"id\" {\n    type = int\n    identity { generated = ALWAYS }\n  }\n}\n", Rows: []string{"INSERT INTO t DEFAULT VALUES"},
			Holds: []Query{{Before: "SELECT nextval('numbers') > max(id) FROM t", After: "SELECT nextval('t_id_seq') > max(id) FROM t", Want: "true"}}},
		{Name: "function with one argument more in what calls it as before", Dialects: postgres, In: "…\ntable \"t\" {\n  column \"id\" {\n    type    = int\n    default = sql(\"f(3)\")\n  }\n  check \"fits\" { expr = \"f(id) > 0\" }\n}\nview \"v\" { as = \"SELECT f(id) AS n FROM t\" }\n",
			Before: "function \"f\" {\n  lang   = SQL\n  return = int\n  volatility = IMMUTABLE\n  arg \"a\" { type = int }\n  as = \"SELECT a\"\n}\n",
			After:  "function \"f\" {\n  lang   = SQL\n  return = int\n  volatility = IMMUTABLE\n  arg \"a\" { type = int }\n  arg \"b\" {\n    type    = int\n    default = 1\n  }\n  as = \"SELECT a * b\"\n}\n",
			Rows:   []string{"INSERT INTO t DEFAULT VALUES"}, Holds: []Query{{Before: "SELECT n FROM v", Want: "3"}}},
		{Name: "typed table whose type changes", Dialects: postgres,
			Before: "composite \"c\" {\n  field \"a\" { type = int }\n  field \"b\" { type = text }\n}\n" + typedTable("int", "text", ""),
			After:  "composite \"c\" {\n  field \"a\" { type = bigint }\n  field \"d\" { type = date }\n}\n" + typedTable("bigint", "", "date"),
			Rows:   []string{"INSERT INTO t VALUES (1, 'x')"}},
		{Name: "exclusion constraint whose condition loses its column", Dialects: postgres,
			Before: "table \"t\" {\n  column \"during\" { type = tsrange }\n" + column("int") + "  exclude \"alone\" {\n    type = GIST\n    on {\n      column = column.during\n      op     = \"&&\"\n    }\n    where = \"a > 0\"\n  }\n}\n",
			After:  "table \"t\" {\n  column \"during\" { type = tsrange }\n}\n"},
	}
}

// typedTable is a table of the composite type c, with a view of its first column.
func typedTable(a, b, d string) string {
	text := "table \"t\" {\n  of_type = composite.c\n  column \"a\" { type = " + a + " }\n"
	for _, column := range [][2]string{{"b", b}, {"d", d}} {
		if column[1] != "" {
			text += "  column \"" + column[0] + "\" {\n    type = " + column[1] + "\n    null = true\n  }\n"
		}
	}
	return text + "  primary_key { columns = [column.a] }\n}\nview \"v\" { as = \"SELECT a FROM t\" }\n"
}
