package conformance

// column is a column's block.
func column(name string, lines ...string) string {
	text := "column \"" + name + "\" {\n"
	for _, line := range lines {
		text += "    " + line + "\n"
	}
	return text + "  }\n  "
}

func columnCases() []Case {
	ids := []string{"INSERT INTO t (id) VALUES (1)", "INSERT INTO t (id) VALUES (5)"}
	both := []string{"INSERT INTO t (id, a) VALUES (1, 'x')", "INSERT INTO t (id, a) VALUES (5, 'y')"}
	withA := column("a", "type = text")
	return []Case{
		{
			Name: "column added", In: keyed, After: column("a", "type = text", "null = true"), Rows: ids, InPlace: true,
			Holds: []Query{{Before: "-", After: "SELECT id, a FROM t ORDER BY id", Then: "1|NULL\n5|NULL"}},
		},
		{
			Name: "column added with a default", In: keyed, After: column("a", "type = text", `default = "it's"`), Rows: ids, InPlace: true,
			Holds: []Query{{Before: "-", After: "SELECT id, a FROM t ORDER BY id", Then: "1|it's\n5|it's"}},
		},
		{
			Name: "column added with numeric defaults", In: keyed, Rows: ids, InPlace: true,
			After: column("a", "type = int", "default = -7") + column("b", "type = double", "default = 1.5") + column("c", "type = bool", "default = true"),
			Holds: []Query{{Before: "-", After: "SELECT id, a, b, CASE WHEN c THEN 1 ELSE 0 END FROM t ORDER BY id", Then: "1|-7|1.5|1\n5|-7|1.5|1"}},
		},
		{
			Name: "column added without a default, to an empty table", In: keyed, After: column("a", "type = text"), Unproven: true,
		},
		{
			Name: "column added with the time as default", In: keyed, Rows: ids,
			After: column("a", "type = timestamp", `default = sql("CURRENT_TIMESTAMP")`),
			Holds: []Query{{Before: "-", After: "SELECT count(*) FROM t WHERE a > '2000-01-01'", Then: "2"}},
		},
		{
			Name: "column added with an expression as default", In: keyed, Rows: ids, Dialects: []string{"sqlite"},
			After: column("a", "type = int", `default = sql("(1 + length('ab'))")`),
			Holds: []Query{{Before: "-", After: "SELECT id, a FROM t ORDER BY id", Then: "1|3\n5|3"}},
		},
		{
			Name: "column added with a blob as default", In: keyed, Rows: ids, Dialects: []string{"sqlite"},
			After: column("a", "type = blob", `default = sql("x'dead'")`),
			Holds: []Query{{Before: "-", After: "SELECT id, hex(a) FROM t ORDER BY id", Then: "1|DEAD\n5|DEAD"}},
		},
		{
			Name: "column added with DEFAULT NULL", In: keyed, Rows: ids, InPlace: true,
			After: column("a", "type = text", "null = true", `default = sql("NULL")`),
		},
		{
			Name: "virtual column added", In: keyed, Rows: ids, InPlace: true, Dialects: []string{"sqlite"},
			After: column("a", "type = int", "null = true", `as = "id * 2"`),
			Holds: []Query{{Before: "-", After: "SELECT id, a FROM t ORDER BY id", Then: "1|2\n5|10"}},
		},
		{
			Name: "stored column added", In: keyed, Rows: ids,
			After: column("a", "type = int", "null = true", "as {", `  expr = "id * 2"`, "  type = STORED", "}"),
			Holds: []Query{{Before: "-", After: "SELECT id, a FROM t ORDER BY id", Then: "1|2\n5|10"}},
		},
		{
			Name: "column added with a collation", In: keyed, Rows: ids, Dialects: []string{"sqlite"}, InPlace: true,
			After: column("a", "type = text", `default = "x"`, `collate = "NOCASE"`),
			Holds: []Query{{Before: "-", After: "SELECT count(*) FROM t WHERE a = 'X'", Then: "2"}},
		},
		{
			Name: "column added with a check, a key and an index", In: keyed, Rows: ids, Dialects: []string{"sqlite"},
			After: column("a", "type = int", "null = true") + `check { expr = "a < 100" }
  foreign_key {
    columns     = [column.a]
    ref_columns = [column.id]
  }
  index "t_a" { columns = [column.a] }
  unique { columns = [column.a] }`,
		},
		{
			Name: "columns added to a table that others point to", Rows: []string{"INSERT INTO t VALUES (1)", "INSERT INTO c VALUES (1, 1)"},
			In: keyed + child("c", "t"), After: column("a", "type = text", `default = sql("CURRENT_DATE")`),
			Holds: []Query{{Before: "SELECT count(*) FROM c", Want: "1"}},
		},
		{
			Name: "column dropped", In: keyed, InPlace: true, Rows: both,
			Before: column("a", "type = text", "null = true"), After: "",
			Holds: []Query{{Before: "SELECT id FROM t ORDER BY id", Want: "1\n5"}},
		},
		{
			Name: "column dropped that needs a value", In: keyed, Before: withA + column("b", "type = int", "default = 0"), After: column("b", "type = int", "default = 0"),
		},
		{
			Name: "column dropped with its index, check and unique constraint", In: keyed,
			Before: column("a", "type = text", `default = "z"`, "null = true") + "index \"i\" { columns = [column.a] }\n  check { expr = \"a <> ''\" }\n",
			Rows:   both,
		},
		{
			Name: "unique column dropped", In: keyed, Before: column("a", "type = text", "null = true") + "unique { columns = [column.a] }", Rows: both,
		},
		{
			Name: "column dropped that points to another table", Rows: []string{"INSERT INTO p VALUES (1)", "INSERT INTO t VALUES (1, 1)"},
			In:     keyed + "\ntable \"p\" {\n  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n}",
			Before: column("a", "type = int", "null = true") + "foreign_key {\n  columns = [column.a]\n  ref_columns = [table.p.column.id]\n}",
		},
		{
			Name: "generated column dropped", In: keyed, Rows: ids, Before: column("a", "type = int", "null = true", "as {", `  expr = "id + 1"`, "  type = STORED", "}"),
		},
		{
			Name: "one column dropped, another added, alike", In: keyed, Rows: both,
			Before: column("a", "type = text", "null = true"), After: column("b", "type = text", "null = true"),
			Holds: []Query{{Before: "-", After: "SELECT count(*) FROM t WHERE b IS NOT NULL", Then: "0"}},
		},
		{
			Name: "all columns but one dropped", In: "table \"t\" {\n  …\n  column \"z\" {\n    type = int\n    null = true\n  }\n}",
			Before: column("a", "type = text", "null = true") + column("b", "type = text", "null = true"), Rows: []string{"INSERT INTO t VALUES ('x', 'y', 3)"},
			Holds: []Query{{Before: "SELECT z FROM t", Want: "3"}},
		},
	}
}
