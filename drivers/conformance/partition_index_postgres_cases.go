package conformance

import "strings"

// partitionIndexPostgresCases are changes of what indexes of partitions have for themselves, which are part of their table's.
func partitionIndexPostgresCases() []Case {
	postgres := []string{"postgres"}
	table := func(parts ...string) string {
		return block(`table "p"`, append([]string{"column \"id\" { type = int }", "column \"a\" {\n  type = int\n  null = true\n}", "partition {\n  type = RANGE\n  columns = [column.id]\n}"}, parts...)...)
	}
	first := func(parts ...string) string {
		return block(`partition "p1"`, append([]string{"of = table.p", "from = 1", "to = 10"}, parts...)...)
	}
	second := block(`partition "p2"`, "of = table.p", "from = 10", "to = 20")
	index := func(name string, more ...string) string {
		return block(`index "`+name+`"`, append([]string{"columns = [\"a\"]"}, more...)...)
	}
	filled := func(factor string) string { return "storage_params { fillfactor = " + factor + " }" }
	own := func(of string, more ...string) string { return block(`inherited_index "`+of+`"`, more...) }
	expression := func(target string) string {
		return block(`index "pe"`, block("on", `expr = "a + 1"`, "statistics = "+target))
	}
	rows := []string{"INSERT INTO p VALUES (2, 2), (12, 12)"}
	return []Case{
		{Name: "index of a partition gets settings of its own", Dialects: postgres, In: table(index("pa"), expression("100")) + "…" + second, Rows: rows,
			Before: first(),
			After: first("index_names = { pa = \"mine\" }", "cluster_on = index.mine", own("pa", "comment = \"it's 100% mine\"", "storage_params {\n  fillfactor = 50\n  deduplicate_items = false\n}"),
				own("pe", "statistics = [7]"))},
		{Name: "indexes of partitions whose table's get others", Dialects: postgres, Rows: rows,
			Before: table(index("pa", filled("60")), expression("100")) + first(own("pa", "storage_params = {}"), own("pe", "statistics = [100]")) + second,
			After:  table(index("pa", filled("80")), expression("200")) + first(own("pa", filled("60"))) + second},
		{Name: "index of a partition keeps what it has for itself while its table's is renamed", Dialects: postgres, In: "…" + second, Rows: rows,
			Before: table(index("pa")) + first("index_names = { pa = \"mine\" }", own("pa", "comment = \"mine\"")), After: table(index("pb")) + first("index_names = { pb = \"mine\" }", own("pb", "comment = \"mine\""))},
		{Name: "index of a partition has what another one had for itself", Dialects: postgres, In: "…" + second, Rows: rows,
			Before: table(index("pa")) + first("index_names = { pa = \"mine\" }", own("pa", "comment = \"mine\"")),
			After:  table(index("pb", "include = [column.id]")) + first("index_names = { pb = \"mine\" }", own("pb", "comment = \"mine\""))},
		{Name: "key of a partition gets settings of its own", Dialects: postgres, In: table("primary_key { columns = [column.id] }", "unique \"u\" { columns = [column.id, column.a] }") + second + "…", Rows: rows,
			Before: first(), After: first("index_names = { u = \"p1_u\" }", "replica_identity = index.p1_pkey", own("p_pkey", "comment = \"key\"", "index_comment = \"it's 100% its index\"", filled("50")), own("u", "index_comment = \"both\""))},
		{Name: "index of a partition becomes part of its table's", Dialects: postgres, Rows: rows,
			Before: table() + first(index("own", filled("60"), "comment = \"mine\"")) + second,
			After:  table(index("pa")) + first("index_names = { pa = \"own\" }", "cluster_on = index.own", own("pa", filled("60"), "comment = \"mine\"")) + second},
		{Name: "column renamed under indexes of partitions of partitions", Dialects: postgres, Rows: []string{"INSERT INTO p VALUES (2, 2)"}, Renames: []string{"p.a=b"},
			In: "…" + first("partition {\n  type = RANGE\n  columns = [\"id\"]\n}") + block(`partition "p11"`, "of = table.p1", "default = true"), Before: table(index("pa")),
			After: strings.ReplaceAll(strings.ReplaceAll(table(index("pa")), `column "a"`, `column "b"`), `["a"]`, `["b"]`),
			Holds: []Query{{Before: "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind IN ('i', 'I') AND relname LIKE 'p1%'", Want: "p11_a_idx p1_a_idx", Then: "p11_b_idx p1_b_idx"}}},
		{Name: "table with an index of its own becomes a partition", Dialects: postgres, In: table(index("pa")) + second + "…", Moves: true, Unproven: true,
			Before: block(`table "p1"`, "column \"id\" { type = int }", "column \"a\" {\n  type = int\n  null = true\n}", index("own", filled("60"), "comment = \"mine\"")),
			After:  first("index_names = { pa = \"own\" }", own("pa", filled("60"), "comment = \"mine\"")), Rows: []string{"INSERT INTO p1 VALUES (2, 2)"}},
	}
}
