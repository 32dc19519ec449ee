package conformance

func triggerCases() []Case {
	in := "table \"t\" {\n  column \"a\" { type = int }\n  column \"b\" {\n    type = text\n    null = true\n  }\n}\ntable \"log\" {\n  column \"x\" { type = text }\n}\n…"
	trigger := func(lines ...string) string {
		text := "trigger \"g\" {\n"
		for _, line := range lines {
			text += "  " + line + "\n"
		}
		return text + "}\n"
	}
	const on, insert = "on = table.t", "after { insert = true }"
	const body = `as = "BEGIN INSERT INTO log VALUES ('in ' || new.a); END"`
	lite := []string{"sqlite"}
	rows := []string{"INSERT INTO t VALUES (1, 'x')"}
	change := func(name, before, after string, more Case) Case {
		more.Name, more.In, more.Before, more.After, more.Dialects = name, in, before, after, lite
		more.InPlace = true
		if more.Rows == nil {
			more.Rows = rows
		}
		return more
	}
	g := trigger(on, insert, body)
	return []Case{
		change("trigger added", "", g, Case{Holds: []Query{{Before: "SELECT count(*) FROM log", Want: "0"}}}),
		change("trigger dropped", g, "", Case{Holds: []Query{{Before: "SELECT * FROM log", Want: "in 1"}}}),
		change("body of a trigger changed", g, trigger(on, insert, `as = "BEGIN INSERT INTO log VALUES (new.b); DELETE FROM log WHERE x IS NULL; END"`), Case{}),
		change("time of a trigger changed", g, trigger(on, "before { insert = true }", body), Case{}),
		change("event of a trigger changed", g, trigger(on, "after { update = true }", body), Case{}),
		change("trigger on some columns", trigger(on, "after { update = true }", body), trigger(on, "after { update_of = [column.b, column.a] }", body), Case{}),
		change("condition of a trigger", g, trigger(on, insert, `when = "new.a > 5 AND new.b <> 'it''s'"`, body), Case{}),
		change("trigger on a view", "", "view \"v\" { as = \"SELECT a FROM t\" }\n"+trigger("on = view.v", "instead_of { insert = true }", `as = "BEGIN INSERT INTO t VALUES (new.a, 'via v'); END"`), Case{}),
		change("view with a trigger changed", "view \"v\" { as = \"SELECT a FROM t\" }\n"+trigger("on = view.v", "instead_of { delete = true }", `as = "BEGIN DELETE FROM t WHERE a = old.a; END"`),
			"view \"v\" { as = \"SELECT a, b FROM t\" }\n"+trigger("on = view.v", "instead_of { delete = true }", `as = "BEGIN DELETE FROM t WHERE a = old.a; END"`), Case{}),
		{
			Name: "triggers outlive a rebuild and don't run in it", Dialects: lite, Rows: []string{"INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)"},
			In: "table \"t\" {\n  …\n}\ntable \"log\" {\n  column \"x\" { type = text }\n}\n" +
				trigger(on, "after { delete = true }", `as = "BEGIN INSERT INTO log VALUES ('out ' || old.a); END"`) +
				"trigger \"h\" {\n  on = table.t\n  after { insert = true }\n  as = \"BEGIN INSERT INTO log VALUES ('in ' || new.a); END\"\n}\n",
			Before: column("a", "type = int"), After: column("a", "type = int") + "check { expr = \"a > 0\" }",
			Holds: []Query{{Before: "SELECT group_concat(x, ' ') FROM log", Want: "in 1 in 2"}, {Before: "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'", Want: "2"}},
		},
		{
			Name: "trigger of one table names another that is rebuilt", Dialects: lite, Rows: []string{"INSERT INTO log VALUES ('x')"},
			In:     "table \"t\" {\n  column \"a\" { type = int }\n}\ntable \"log\" {\n  …\n}\n" + g,
			Before: column("x", "type = text"), After: column("x", "type = text") + "unique { columns = [column.x] }",
			Holds: []Query{{Before: "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'", Want: "1"}},
		},
		{
			Name: "table dropped with its triggers", Dialects: lite, Rows: []string{"INSERT INTO t VALUES (1, NULL)"},
			In:     "table \"log\" {\n  column \"x\" { type = text }\n}\n…",
			Before: "table \"t\" {\n  column \"a\" { type = int }\n  column \"b\" {\n    type = text\n    null = true\n  }\n}\n" + g,
		},
	}
}
