package conformance

// stagedPostgresCases are changes that have to wait for one another: names within names, marks of indexes, partitions of partitions.
func stagedPostgresCases() []Case {
	postgres := []string{"postgres"}
	schemaTable := func(schema, table, column string) string {
		return block(`schema "`+schema+`"`) + block(`table "`+table+`"`, "schema = schema."+schema, "column \""+column+"\" { type = int }")
	}
	inSchema := func(schema, values, value string) string {
		return block(`schema "`+schema+`"`) + block(`enum "e"`, "schema = schema."+schema, "values = ["+values+"]") +
			block(`table "t"`, "schema = schema."+schema, "column \"id\" { type = int }", "column \"e\" {\n  type = enum.e\n  default = \""+value+"\"\n}")
	}
	identified := func(null, more string) string {
		return block(`table "t"`, "column \"id\" { type = int }", "column \"a\" {\n  type = int\n  null = "+null+"\n}", "index \"t_id\" {\n  unique = true\n  columns = [column.id]\n}", more)
	}
	byA := "index \"t_a\" {\n  unique = true\n  columns = [column.a]\n}\nreplica_identity = index.t_a"
	part := func(name, from, to, more string) string {
		return block(`partition "`+name+`"`, "of = table.p1", "from = "+from, "to = "+to, more)
	}
	rows := []string{"INSERT INTO t VALUES (1, 2)"}
	return []Case{
		{Name: "schema, table and column in it renamed", Dialects: postgres, Before: schemaTable("s", "t", "a"), After: schemaTable("r", "u", "b"),
			Renames: []string{"s=r", "s.t=u", "s.t.a=b"}, Rows: []string{"INSERT INTO s.t VALUES (7)"},
			Holds: []Query{{Before: "SELECT a FROM s.t", After: "SELECT b FROM r.u", Want: "7"}}},
		{Name: "schema renamed while an enum in it gets a value", Dialects: postgres, Renames: []string{"s=r"},
			Before: inSchema("s", `"a"`, "a"), After: inSchema("r", `"a", "b"`, "b"), Rows: []string{"INSERT INTO s.t (id) VALUES (7)"},
			Holds: []Query{{Before: "SELECT id, e FROM s.t", After: "SELECT id, e FROM r.t", Want: "7|a"}}},
		{Name: "enum by which a table is partitioned loses a value", Dialects: postgres, In: block(`enum "e"`, "…") + block(`table "t"`, "column \"e\" { type = enum.e }", "partition {\n  type = LIST\n  columns = [column.e]\n}"),
			Before: `values = ["a", "b"]`, After: `values = ["a"]`, Refused: "can't change enum e: its values can't be taken away or reordered: table t is partitioned by its column e"},
		{Name: "enum with an empty value", Dialects: postgres, In: block(`enum "e"`, "…") + block(`table "t"`, "column \"a\" { type = enum.e }"),
			Before: `values = ["", "x"]`, After: `values = ["x", ""]`, Rows: []string{"INSERT INTO t VALUES ('')"}},
		{Name: "column of the replica identity gets nullable", Dialects: postgres, Before: identified("false", byA), After: identified("true", ""), Rows: rows},
		{Name: "bounds of a partition's partition", Dialects: postgres,
			In: block(`table "p"`, "column \"id\" { type = int }", "column \"k\" { type = int }", "partition {\n  type = RANGE\n  columns = [column.id]\n}") +
				block(`partition "p1"`, "of = table.p", "from = 1", "to = 10", "partition {\n  type = RANGE\n  columns = [\"k\"]\n}") + "…",
			Before: part("p11", "1", "5", ""), After: part("p11", "1", "7", "") + part("p12", "7", "9", ""), Rows: []string{"INSERT INTO p VALUES (1, 2)"}},
	}
}
