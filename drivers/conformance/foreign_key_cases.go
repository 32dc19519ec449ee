package conformance

// pointing is a table that points to another, with a case's part in the first.
const pointing = `
table "p" {
  column "id" { type = int }
  column "code" { type = text }
  primary_key { columns = [column.id] }
  unique { columns = [column.code, column.id] }
}
table "t" {
  column "id" { type = int }
  column "p_id" {
    type = int
    null = true
  }
  column "p_code" {
    type = text
    null = true
  }
  primary_key { columns = [column.id] }
  …
}`

func foreignKey(lines ...string) string {
	text := "foreign_key {\n  columns = [column.p_id]\n"
	for _, line := range lines {
		text += "  " + line + "\n"
	}
	return text + "}\n"
}

func foreignKeyCases() []Case {
	const to = "ref_columns = [table.p.column.id]"
	rows := []string{"INSERT INTO p VALUES (1, 'x')", "INSERT INTO p VALUES (2, 'y')", "INSERT INTO t VALUES (1, 1, 'x')", "INSERT INTO t VALUES (2, NULL, NULL)"}
	change := func(name, before, after string, more Case) Case {
		more.Name, more.In, more.Before, more.After = name, pointing, before, after
		if more.Rows == nil {
			more.Rows = rows
		}
		return more
	}
	lite := []string{"sqlite"}
	return []Case{
		change("foreign key added", "", foreignKey(to), Case{}),
		change("foreign key dropped", foreignKey(to), "", Case{}),
		change("foreign key named", foreignKey(to), "foreign_key \"to p\" {\n  columns = [column.p_id]\n  "+to+"\n}", Case{}),
		change("what follows a deletion changed", foreignKey(to), foreignKey(to, "on_delete = CASCADE"), Case{}),
		change("what follows an update changed", foreignKey(to, "on_update = CASCADE"), foreignKey(to, "on_update = SET_NULL"), Case{}),
		change("restrictions lifted", foreignKey(to, "on_update = RESTRICT", "on_delete = RESTRICT"), foreignKey(to, "on_delete = SET_NULL"), Case{}),
		change("foreign key made deferrable", foreignKey(to), foreignKey(to, "deferrable = INITIALLY_DEFERRED"), Case{Needs: []string{"foreign_key.deferrable"}}),
		change("deferrable foreign key checked at once", foreignKey(to, "deferrable = INITIALLY_DEFERRED"), foreignKey(to, "deferrable = INITIALLY_IMMEDIATE"), Case{Needs: []string{"foreign_key.deferrable"}}),
		change("MATCH FULL", foreignKey(to), foreignKey(to, "match = FULL"), Case{Needs: []string{"foreign_key.match"}}),
		change("foreign key without the columns it points to", foreignKey(to), foreignKey("ref_table = table.p"), Case{Dialects: lite}),
		change("foreign key of two columns", foreignKey(to), "foreign_key {\n  columns = [column.p_code, column.p_id]\n  ref_columns = [table.p.column.code, table.p.column.id]\n}", Case{}),
		change("two foreign keys on one column", foreignKey(to), foreignKey(to)+"foreign_key {\n  columns = [column.p_id]\n  ref_columns = [table.p.column.id]\n  on_delete = CASCADE\n}", Case{Dialects: lite}),
		change("foreign key to the own table", "", foreignKey("ref_columns = [column.id]"), Case{}),
		change("foreign key to a table that is not there", "", foreignKey(`ref_table = "nowhere"`, `ref_columns = ["id"]`), Case{Rows: []string{"INSERT INTO t VALUES (1, NULL, 'x')"}, Unproven: true, Dialects: lite}),
		{
			Name: "foreign key to a new table", In: "table \"t\" {\n  column \"p_id\" {\n    type = int\n    null = true\n  }\n  …",
			Before: "}", After: foreignKey(to) + "}\n" + "table \"p\" {\n  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n}",
			Rows: []string{"INSERT INTO t VALUES (NULL)"},
		},
		{
			Name: "foreign keys both ways added to tables with rows", Before: keyless2("a") + keyless2("b"), After: mutual("a", "b") + mutual("b", "a"),
			Rows: []string{"INSERT INTO a VALUES (1)", "INSERT INTO b VALUES (2)"},
		},
		{
			Name: "rows of children outlive the rebuild of their parent", Dialects: lite,
			Before: parentWith(column("x", "type = text")), After: parentWith(column("x", "type = varchar(9)", `default = "d"`)),
			Rows: []string{"INSERT INTO p VALUES (1, 'x', NULL)", "INSERT INTO p VALUES (2, 'y', 1)", "INSERT INTO c VALUES (1, 1)", "INSERT INTO c VALUES (2, 2)"},
			Holds: []Query{
				{Before: "SELECT id, p_id FROM c ORDER BY id", Want: "1|1\n2|2"},
				{Before: "SELECT id, up FROM p ORDER BY id", Want: "1|NULL\n2|1"},
				{Before: "SELECT count(*) FROM pragma_foreign_key_check", Want: "0"},
			},
		},
		{
			Name: "parent and key dropped", In: "table \"t\" {\n  column \"id\" { type = int }\n  column \"p_id\" {\n    type = int\n    null = true\n  }\n  …",
			Before: foreignKey(to) + "}\n" + "table \"p\" {\n  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n}", After: "}",
			Rows: []string{"INSERT INTO t VALUES (1, NULL)"},
		},
		{
			Name: "parent dropped with its child", Before: keyless2("p") + child("c", "p"), After: keyless("z"),
			Rows: []string{"INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (1, 1)"},
		},
	}
}

func keyless2(name string) string {
	return "\ntable \"" + name + "\" {\n  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n}\n"
}

// parentWith is a table with children, one of them itself.
func parentWith(part string) string {
	return "table \"p\" {\n  column \"id\" { type = int }\n  " + part + column("up", "type = int", "null = true") + `primary_key { columns = [column.id] }
  foreign_key {
    columns     = [column.up]
    ref_columns = [column.id]
    on_delete   = CASCADE
  }
}
table "c" {
  column "id" { type = int }
  column "p_id" { type = int }
  primary_key { columns = [column.id] }
  foreign_key {
    columns     = [column.p_id]
    ref_columns = [table.p.column.id]
    on_delete   = CASCADE
    on_update   = CASCADE
  }
}`
}
