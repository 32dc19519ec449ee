package conformance

import "strings"

// restorePostgresCases are columns whose values are lost on the way up, and that need others on the way back; and defaults that
// not every session can compute.
func restorePostgresCases() []Case {
	postgres := []string{"postgres"}
	id := "  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n"
	touched := `
function "touch" {
  lang   = "plpgsql"
  return = trigger
  as     = "BEGIN NEW.touched := now(); RETURN NEW; END"
}
trigger "touch" {
  on = table.t
  before { update = true }
  for     = ROW
  execute { function = function.touch }
}
`
	table := func(rest string) string {
		return "table \"t\" {\n" + id + "  column \"touched\" { type = timestamptz }\n" + rest + "\n}\n" + touched
	}
	checks := `  column "state" { type = text }
  column "code" { type = sql("varchar(9)") }
  column "amount" { type = numeric(8, 2) }
  column "note" { type = text }
  check "state" { expr = "state IN ('open', 'shut')" }
  check "code" { expr = "length(code) >= 3" }
  check "amount" { expr = "amount > 0" }
  check "note" { expr = "note <> ''" }
`
	columns := "SELECT id, touched = '2020-01-01' FROM t ORDER BY id"
	setting := "  column \"tenant\" {\n    type = int\n    %s\n    default = sql(\"current_setting('app.tenant')::int\")\n  }\n"
	parted := func(part, key string) string {
		return block(`table "p"`, "column \"k\" { type = int }", "primary_key { columns = [column.k] }", "partition {\n  type = RANGE\n  columns = [column.k]\n}") +
			block(`partition "p1"`, "of = table.p", "from = 0", "to = 10") + part + block(`table "r"`, "column \"k\" {\n  type = int\n  null = true\n}", key)
	}
	pair := func(lines ...string) string {
		return block(`table "p"`, "column \"a\" { type = int }", "column \"b\" { type = int }", "primary_key { columns = [column.a, column.b] }") + block(`table "r"`, append([]string{"column \"a\" {\n  type = int\n  null = true\n}"}, lines...)...)
	}
	return []Case{
		{Name: "foreign key lost with a partition that it leads to", Dialects: postgres, Stops: []string{"r"},
			Before: parted(block(`partition "p2"`, "of = table.p", "from = 10", "to = 20"), "foreign_key {\n  columns = [column.k]\n  ref_columns = [table.p.column.k]\n}"), After: parted("", ""),
			Rows: []string{"INSERT INTO p VALUES (1)", "INSERT INTO r VALUES (1)"}, Holds: []Query{{Before: "SELECT k FROM r", Want: "1"}}},
		{Name: "column of a full foreign key lost", Dialects: postgres, Stops: []string{"r"}, After: pair(),
			Before: pair("column \"b\" {\n  type = int\n  null = true\n}", "foreign_key {\n  columns = [column.a, column.b]\n  ref_columns = [table.p.column.a, table.p.column.b]\n  match = FULL\n}"),
			Rows:   []string{"INSERT INTO p VALUES (1, 1)", "INSERT INTO r VALUES (NULL, NULL)"}},
		{Name: "column that needs a value lost under a trigger", Dialects: postgres, After: table(""),
			Before: table("  column \"name\" { type = text }\n  column \"number\" { type = smallint }\n  unique \"t_number\" { columns = [column.number] }\n  column \"key\" { type = uuid }\n  index \"t_key\" {\n    columns = [column.key]\n    unique  = true\n  }"),
			Rows:   []string{"INSERT INTO t VALUES (1, '2020-01-01', 'x', 7, '00000000-0000-0000-0000-00000000000a')", "INSERT INTO t VALUES (2, '2020-01-01', 'y', 8, '00000000-0000-0000-0000-00000000000b')"},
			Holds:  []Query{{Before: columns, Want: "1|true\n2|true"}}},
		{Name: "columns with checks lost", Dialects: postgres, Before: table(checks), After: table(""),
			Rows: []string{"INSERT INTO t VALUES (1, '2020-01-01', 'open', 'abc', 1, 'n')"}, Holds: []Query{{Before: columns, Want: "1|true"}}},
		{Name: "column lost together with its type, its check out of the way meanwhile", Dialects: postgres, After: table(""),
			Before: "enum \"state\" { values = [\"a\", \"b\", \"c\"] }\n" + table("  column \"s\" { type = enum.state }\n  check \"known\" { expr = \"s IN ('b', 'c')\" }"),
			Rows:   []string{"INSERT INTO t VALUES (1, '2020-01-01', 'c')"}, Holds: []Query{{Before: columns, Want: "1|true"}}},
		{Name: "columns of domains with checks lost", Dialects: postgres, After: table(""),
			Before: block(`domain "positive"`, "type = int", `check "least" { expr = "VALUE > 5" }`) + block(`domain "even"`, "type = domain.positive", "null = true", `check "most" { expr = "VALUE < 100" }`) +
				block(`domain "code"`, "type = text", "null = true", `check "long" { expr = "length(VALUE) >= 3" }`) + block(`domain "state"`, "type = text", "null = true", `check "known" { expr = "VALUE IN ('open', 'shut')" }`) +
				table("  column \"p\" {\n    type = domain.positive\n    null = true\n  }\n  column \"e\" { type = domain.even }\n  column \"c\" { type = domain.code }\n  column \"s\" { type = domain.state }\n  check \"c\" { expr = \"e > 7\" }"),
			Rows: []string{"INSERT INTO t VALUES (1, '2020-01-01', 6, 8, 'abc', 'open')"}, Holds: []Query{{Before: columns, Want: "1|true"}}},
		{Name: "default of a setting that this session lacks lost", Dialects: postgres, Before: table(strings.Replace(setting, "%s", "", 1)), After: table(""),
			Rows: []string{"INSERT INTO t VALUES (1, '2020-01-01', 5)"}},
		{Name: "default of a setting that this session lacks comes", Dialects: postgres, Unproven: true, Before: table(""), After: table(strings.Replace(setting, "%s", "null = true", 1)),
			Rows: []string{"INSERT INTO t VALUES (1, '2020-01-01')"}, Holds: []Query{{Before: columns, Want: "1|true"}}},
	}
}
