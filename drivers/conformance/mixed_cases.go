package conformance

// mixedCases are changes of several things that lean on each other.
func mixedCases() []Case {
	lite := []string{"sqlite"}
	t := func(name string, parts ...string) string {
		text := "table \"" + name + "\" {\n"
		for _, part := range parts {
			text += "  " + part + "\n"
		}
		return text + "}\n"
	}
	view := func(name, query string, more ...string) string {
		text := "view \"" + name + "\" {\n  as = \"" + query + "\"\n"
		for _, line := range more {
			text += "  " + line + "\n"
		}
		return text + "}\n"
	}
	trigger := func(name, on, event, body string) string {
		return "trigger \"" + name + "\" {\n  on = " + on + "\n  " + event + "\n  as = \"BEGIN " + body + " END\"\n}\n"
	}
	id, key := column("id", "type = int"), "primary_key { columns = [column.id] }"
	null := func(name string, more ...string) string {
		return column(name, append([]string{"type = text", "null = true"}, more...)...)
	}
	return []Case{
		{Name: "parent renamed and rebuilt under its children", Dialects: lite,
			Before: t("p", id, null("x"), key) + child("c", "p"),
			After:  t("q", `renamed_from = "p"`, id, null("x"), key, `check { expr = "x <> '!'" }`) + child("c", "q"),
			Rows:   []string{"INSERT INTO p VALUES (1, 'a')", "INSERT INTO c VALUES (7, 1)"},
			Holds:  []Query{{Before: "SELECT x FROM p", After: "SELECT x FROM q", Want: "a"}, {Before: "SELECT * FROM c", Want: "7|1"}, {Before: "SELECT count(*) FROM pragma_foreign_key_check", Want: "0"}}},
		{Name: "column renamed that children point to", Dialects: lite,
			Before: t("p", id, key) + child("c", "p"),
			After: t("p", column("nr", "type = int", `renamed_from = "id"`), "primary_key { columns = [column.nr] }") +
				t("c", id, column("parent", "type = int"), key, "foreign_key {\n  columns = [column.parent]\n  ref_columns = [table.p.column.nr]\n}"),
			Rows:  []string{"INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (7, 1)"},
			Holds: []Query{{Before: "SELECT id FROM p", After: "SELECT nr FROM p", Want: "1"}}},
		{Name: "own table's key, table and column renamed", Dialects: lite,
			Before: t("t", id, column("up", "type = int", "null = true"), key, "foreign_key {\n  columns = [column.up]\n  ref_columns = [column.id]\n}"),
			After:  t("u", `renamed_from = "t"`, id, column("above", "type = int", "null = true", `renamed_from = "up"`), key, "foreign_key {\n  columns = [column.above]\n  ref_columns = [column.id]\n}"),
			Rows:   []string{"INSERT INTO t VALUES (1, 1)", "INSERT INTO t VALUES (2, 1)"},
			Holds:  []Query{{Before: "SELECT id, up FROM t", After: "SELECT id, above FROM u", Want: "1|1\n2|1"}}},
		{Name: "view with a star over a table that gains a column", Dialects: lite,
			In: t("t", id, "…", key) + view("v", "SELECT * FROM t"), After: null("x"), Rows: []string{"INSERT INTO t (id) VALUES (1)"},
			Holds: []Query{{Before: "SELECT * FROM v", Want: "1", Then: "1|NULL"}}},
		{Name: "column goes with the trigger's use of it", Dialects: lite,
			Before: t("t", id, null("x"), key) + trigger("g", "table.t", "after { insert = true }", "UPDATE t SET x = 'set' WHERE id = new.id;"),
			After:  t("t", id, key) + trigger("g", "table.t", "after { insert = true }", "DELETE FROM t WHERE id < 0;"),
			Rows:   []string{"INSERT INTO t VALUES (1, 'a')"}, Holds: []Query{{Before: "SELECT id FROM t", Want: "1"}}},
		{Name: "type of a key changed under its children", Dialects: lite,
			Before: t("p", column("id", "type = varchar(10)"), key) + t("c", column("p", "type = varchar(10)"), "foreign_key {\n  columns = [column.p]\n  ref_columns = [table.p.column.id]\n  on_delete = CASCADE\n}"),
			After:  t("p", column("id", "type = text"), key) + t("c", column("p", "type = text"), "foreign_key {\n  columns = [column.p]\n  ref_columns = [table.p.column.id]\n  on_delete = CASCADE\n}"),
			Rows:   []string{"INSERT INTO p VALUES ('a')", "INSERT INTO c VALUES ('a')"}, Holds: []Query{{Before: "SELECT * FROM c", Want: "a"}}},
		{Name: "rebuild of a table with generated columns", Dialects: lite,
			In:     t("t", column("a", "type = int"), column("b", "type = int", "null = true", "as {", `  expr = "a * 2"`, "  type = STORED", "}"), column("c", "type = int", "null = true", `as = "b + 1"`), "…"),
			Before: "", After: `check { expr = "b > 0" }`, Rows: []string{"INSERT INTO t (a) VALUES (4)"}, Holds: []Query{{Before: "SELECT a, b, c FROM t", Want: "4|8|9"}}},
		{Name: "rebuild of a strict table without rowid", Needs: []string{"table.strict", "table.without_rowid"},
			In:     t("t", "strict = true", "without_rowid = true", column("a", "type = text"), column("b", "type = integer"), "primary_key { columns = [column.b, column.a] }", "…"),
			Before: "", After: `check { expr = "b > 0" }`, Rows: []string{"INSERT INTO t VALUES ('x', 2)", "INSERT INTO t VALUES ('y', 1)"}},
		{Name: "table dropped with its view and triggers", Dialects: lite,
			Before: t("t", id) + view("v", "SELECT * FROM t") + trigger("g", "table.t", "after { delete = true }", "SELECT 1;") + trigger("h", "view.v", "instead_of { insert = true }", "INSERT INTO t VALUES (new.id);"),
			Rows:   []string{"INSERT INTO t VALUES (1)"}},
		{Name: "index of one name moves to another table", Dialects: lite,
			Before: t("a", null("x"), `index "i" { columns = [column.x] }`) + t("b", null("x")),
			After:  t("a", null("x")) + t("b", null("x"), `index "i" { columns = [column.x] }`)},
		{Name: "trigger of one name moves to another table", Dialects: lite,
			Before: t("a", null("x")) + t("b", null("x")) + trigger("g", "table.a", "after { delete = true }", "SELECT 1;"),
			After:  t("a", null("x")) + t("b", null("x")) + trigger("g", "table.b", "after { delete = true }", "SELECT 1;")},
		{Name: "view made a table", Dialects: lite,
			In: t("t", id) + "…", Before: view("v", "SELECT id FROM t"), After: t("v", id)},
		{Name: "trigger and index renamed with their table", Dialects: lite,
			Before: t("t", null("x"), `index "t_x" { columns = [column.x] }`) + trigger("t_g", "table.t", "after { insert = true }", "UPDATE t SET x = 'y' WHERE x IS NULL;"),
			After: t("u", `renamed_from = "t"`, null("x"), "index \"u_x\" {\n  columns = [column.x]\n  renamed_from = \"t_x\"\n}") +
				"trigger \"u_g\" {\n  on = table.u\n  renamed_from = \"t_g\"\n  after { insert = true }\n  as = \"BEGIN UPDATE u SET x = 'y' WHERE x IS NULL; END\"\n}\n",
			Rows: []string{"INSERT INTO t VALUES (NULL)"}, Holds: []Query{{Before: "SELECT x FROM t", After: "SELECT x FROM u", Want: "y"}}},
		{Name: "columns that hide the rowid", Dialects: lite,
			In: t("t", null("rowid"), null("oid"), null("_rowid_"), "…"), Before: "", After: `check { expr = "oid <> '!'" }`,
			Rows: []string{"INSERT INTO t VALUES ('a', 'b', 'c')", "INSERT INTO t VALUES (NULL, 'x', 'c')"}},
		{Name: "queries of every kind in views", Dialects: lite, Rows: []string{"INSERT INTO t VALUES (3)"},
			In: t("t", id, "…") + view("numbers", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n") +
				view("ranks", "SELECT id, rank() OVER (ORDER BY id DESC) AS r FROM t") + view("sums", "SELECT sum(i) AS s FROM numbers JOIN ranks ON r = 1 GROUP BY id HAVING s > 0"),
			Before: "", After: `check { expr = "id > 0" }`, Holds: []Query{{Before: "SELECT s FROM sums", Want: "6"}}},
		{Name: "defaults of every form kept by a rebuild", Dialects: lite,
			In: t("t", id, column("a", "type = text", `default = sql("(datetime('now', '-1 day'))")`), column("b", "type = int", `default = sql("-0x10")`), column("c", "type = text", `default = sql("'it''s'")`),
				column("d", "type = double", `default = sql("+1e-3")`), column("e", "type = blob", `default = sql("x''")`), column("f", "type = text", `default = sql("(NULL)")`, "null = true"), "…"),
			Before: "", After: `check { expr = "id > 0" }`, Rows: []string{"INSERT INTO t (id) VALUES (1)"},
			Holds: []Query{{Before: "SELECT b, c, d, hex(e), f FROM t", Want: "-16|it's|0.001||NULL"}}},
		{Name: "three tables in a ring, one key changed", Dialects: lite,
			In:     mutual("a", "b") + mutual("b", "c") + t("c", id, column("other", "type = int", "null = true"), key, "foreign_key {\n  columns = [column.other]\n  ref_columns = [table.a.column.id]\n  …\n}"),
			Before: "", After: "on_delete = SET_NULL",
			Rows:  []string{"INSERT INTO a VALUES (1, NULL)", "INSERT INTO c VALUES (3, 1)", "INSERT INTO b VALUES (2, 3)", "UPDATE a SET other = 2"},
			Holds: []Query{{Before: "SELECT a.other, b.other, c.other FROM a, b, c", Want: "2|3|1"}}},
		{Name: "several tables rebuilt at once", Dialects: lite,
			Before: parentWith(column("x", "type = text")) + t("z", null("y")), After: parentWith(column("x", "type = varchar(4)")) + t("z", null("y"), `check { expr = "y <> ''" }`, `unique { columns = [column.y] }`),
			Rows:  []string{"INSERT INTO p VALUES (1, 'x', 1)", "INSERT INTO c VALUES (5, 1)", "INSERT INTO z VALUES ('q')"},
			Holds: []Query{{Before: "SELECT p.x, c.id, z.y FROM p, c, z", Want: "x|5|q"}}},
		{Name: "view renamed below another", Dialects: lite,
			Before: t("t", id) + view("v", "SELECT id FROM t") + view("w", "SELECT id FROM v"),
			After:  t("t", id) + view("u", "SELECT id FROM t", `renamed_from = "v"`) + view("w", "SELECT id FROM u"),
			Rows:   []string{"INSERT INTO t VALUES (6)"}, Holds: []Query{{Before: "SELECT * FROM w", Want: "6"}}},
		{Name: "check that names its own table, renamed", Dialects: lite,
			Before: t("t", id, `check { expr = "t.id > 0" }`), After: t("u", `renamed_from = "t"`, id, `check { expr = "u.id > 0" }`), Rows: []string{"INSERT INTO t VALUES (1)"}},
	}
}
