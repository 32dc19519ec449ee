package conformance

// typeUseCases are types of people's own that change while columns, other types and functions use them.
func typeUseCases() []Case {
	postgres := []string{"postgres"}
	used := `
table "t" {
  column "id" { type = int }
  column "d" {
    type = domain.d
    null = true
  }
  column "list" {
    type = sql("d[]")
    null = true
  }
  primary_key { columns = [column.id] }
  index "t_d" { columns = [column.d] }
}
view "v" { as = "SELECT id, d FROM t" }
`
	domain := func(rest string) string { return "domain \"d\" {\n" + rest + "\n}\n" }
	check := func(expr string) string {
		return "  type = int\n  null = true\n  check \"fits\" { expr = \"" + expr + "\" }"
	}
	domainRows := []string{"INSERT INTO t VALUES (1, 5, '{6,7}')", "INSERT INTO t VALUES (2, NULL, NULL)"}
	domainKept := []Query{{Before: "SELECT id, d::text, list::text FROM t ORDER BY id", Want: "1|5|{6,7}\n2|NULL|NULL"}}

	composite := func(fields string) string {
		return "composite \"c\" {\n" + fields + "\n}\n" + `
table "t" {
  column "id" { type = int }
  column "c" {
    type = composite.c
    null = true
  }
  primary_key { columns = [column.id] }
  check "filled" { expr = "(c).x IS NOT NULL" }
}
function "f" {
  lang   = SQL
  return = text
  arg "c" { type = composite.c }
  as = "SELECT (c).y::text"
}
`
	}
	field := func(name, kind string) string { return "  field \"" + name + "\" { type = " + kind + " }\n" }
	sequence := func(rest string) string { return "sequence \"s\" {\n" + rest + "\n}\n" }
	return []Case{
		{Name: "domain of another type", Dialects: postgres, Before: domain("  type = int\n  null = true") + used, After: domain("  type = bigint\n  null = true") + used, Rows: domainRows, Holds: domainKept},
		{Name: "domain of a type that is written in another way", Dialects: postgres, Before: domain("  type = text\n  null = true") + used, After: domain("  type = varchar(5)\n  null = true") + used,
			Rows: domainRows, Holds: domainKept},
		{Name: "domain check that the values in arrays must satisfy", Dialects: postgres, Before: domain(check("VALUE > 0")) + used, After: domain(check("VALUE > 1")) + used,
			Rows: domainRows, Holds: domainKept},
		{Name: "domain check that the values in arrays don't satisfy", Dialects: postgres, Before: domain(check("VALUE > 0")) + used, After: domain(check("VALUE > 6")) + used,
			Rows: domainRows, Refused: "must satisfy check fits"},
		{Name: "domain over a domain of another type", Dialects: postgres, In: "…\ndomain \"over\" {\n  type = domain.d\n}\ntable \"t\" {\n  column \"o\" {\n    type = domain.over\n  }\n}\n",
			Before: domain("  type = int"), After: domain("  type = bigint"), Rows: []string{"INSERT INTO t VALUES (1)"},
			Holds: []Query{{Before: "SELECT o::text FROM t", Want: "1"}}},
		{Name: "composite field of another type in use", Dialects: postgres, Before: composite(field("x", "int") + field("y", "int")), After: composite(field("x", "int") + field("y", "text")),
			Rows: []string{"INSERT INTO t VALUES (1, ROW(1, 2))", "INSERT INTO t VALUES (2, ROW(3, NULL))"}, Holds: []Query{{Before: "SELECT id, c::text FROM t ORDER BY id", Want: "1|(1,2)\n2|(3,)"}}},
		{Name: "composite field goes, another comes in its place", Dialects: postgres, Before: composite(field("x", "int") + field("z", "text") + field("y", "int")), After: composite(field("x", "int") + field("a", "text") + field("y", "int")),
			Rows: []string{"INSERT INTO t VALUES (1, ROW(1, NULL, 2))"}, Holds: []Query{{Before: "SELECT id, (c).x, (c).y FROM t", Want: "1|1|2"}}},
		{Name: "enum reordered in a domain and in a composite type", Dialects: postgres, In: "…\n" + `
domain "d" {
  type    = enum.e
  default = "one"
}
composite "c" {
  field "e" { type = enum.e }
}
table "t" {
  column "d" { type = domain.d }
  column "c" { type = composite.c }
}
`, Before: "enum \"e\" { values = [\"one\", \"two\"] }", After: "enum \"e\" { values = [\"two\", \"one\"] }", Rows: []string{"INSERT INTO t VALUES ('one', ROW('two'))"},
			Holds: []Query{{Before: "SELECT d::text, c::text FROM t", Want: "one|(two)"}}},
		{Name: "collation made again in use", Dialects: postgres, In: "…\n" + `
table "t" {
  column "a" {
    type        = text
    collate = "here"
  }
  index "t_a" { columns = [column.a] }
}
view "v" { as = "SELECT a FROM t ORDER BY a" }
`, Before: "collation \"here\" {\n  locale = \"C\"\n}\n", After: "collation \"here\" {\n  locale = \"POSIX\"\n}\n", Rows: []string{"INSERT INTO t VALUES ('b'), ('a')"}},
		{Name: "comment on the default schema", Dialects: postgres, In: "…\ntable \"t\" {\n  column \"id\" { type = int }\n}\n",
			Before: "", After: "schema \"public\" {\n  comment = \"it's 100% ours, $comment$\"\n}\n",
			Holds: []Query{{Before: "SELECT obj_description('public'::regnamespace)", Want: "standard public schema", Then: "it's 100% ours, $comment$"}}},
		{Name: "sequence bounds that leave an unused counter outside", Dialects: postgres, Before: sequence("  min_value = 1\n  max_value = 100"), After: sequence("  min_value = 1000\n  start = 2000"),
			Holds: []Query{{Before: "SELECT last_value, is_called FROM s", Want: "1|false", Then: "2000|false"}}},
		{Name: "sequence bounds ahead of the counter", Dialects: postgres, Before: sequence(""), After: sequence("  start = 10\n  min_value = 10\n  max_value = 20"), Rows: []string{"SELECT setval('s', 4)"},
			Holds: []Query{{Before: "-", After: "SELECT last_value, is_called FROM s", Want: "10|false"}}},
		{Name: "sequence bounds behind the counter", Dialects: postgres, Before: sequence(""), After: sequence("  max_value = 3"), Rows: []string{"SELECT setval('s', 4)"},
			Refused: "gets bounds that its counter must lie within"},
	}
}
