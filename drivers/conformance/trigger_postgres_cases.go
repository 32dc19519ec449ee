package conformance

// triggerPostgresCases are triggers and event triggers of PostgreSQL.
func triggerPostgresCases() []Case {
	function := func(name, body string) string {
		return block("function \""+name+"\"", "lang = PLpgSQL", "return = trigger", "as = \"BEGIN "+body+" END\"")
	}
	in := "table \"t\" {\n  column \"a\" { type = int }\n  column \"b\" {\n    type = text\n    null = true\n  }\n}\n" +
		"table \"log\" {\n  column \"x\" { type = text }\n}\n" +
		function("note", "INSERT INTO log VALUES (TG_NAME || coalesce(TG_ARGV[0], '')); RETURN NULL;") +
		function("shout", "NEW.b := upper(NEW.b); RETURN NEW;") + "…"
	rows := []string{"INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (2, 'y')"}
	change := func(name, before, after string, holds ...Query) Case {
		return Case{Name: name, In: in, Before: before, After: after, Rows: rows, Holds: holds, Dialects: []string{"postgres"}, InPlace: true}
	}
	g := func(lines ...string) string {
		return block(`trigger "g"`, append([]string{"on = table.t"}, lines...)...)
	}
	const insert, note, row = "after { insert = true }", "execute { function = function.note }", "for = ROW"
	state := Query{Before: "SELECT tgenabled FROM pg_trigger WHERE tgname = 'g'"}
	enabled := func(before, after string) Query {
		q := state
		q.Want, q.Then = before, after
		return q
	}
	event := func(lines ...string) string {
		return block(`function "watch"`, "lang = PLpgSQL", "return = event_trigger", `as = "BEGIN END"`) +
			block(`event_trigger "w"`, append([]string{"execute = function.watch"}, lines...)...)
	}
	return []Case{
		change("PostgreSQL trigger added", "", g("before {", "  insert = true", "  update_of = [column.b]", "}", row, "execute { function = function.shout }", `comment = "it's"`),
			Query{Before: "-", After: "SELECT obj_description(oid) FROM pg_trigger WHERE tgname = 'g'", Then: "it's"}),
		change("PostgreSQL trigger dropped", g(insert, row, note), "", Query{Before: "SELECT count(*) FROM log", Want: "2"}),
		change("event of a PostgreSQL trigger", g(insert, note), g("after {", "  insert = true", "  delete = true", "  truncate = true", "}", note)),
		change("time and level of a PostgreSQL trigger", g(insert, note), g("before { update = true }", row, note)),
		change("condition of a PostgreSQL trigger", g(insert, row, note), g(insert, row, `when = "NEW.a > 5 AND NEW.b <> ' WHEN (\"it''s\") EXECUTE FUNCTION x('"`, note)),
		change("arguments of a PostgreSQL trigger", g(insert, row, note), g(insert, row, "execute {", "  function = function.note", `  args = ["it's", "", "back\\slash", "é"]`, "}")),
		change("PostgreSQL trigger off and on", g(insert, note), g(insert, note, "enabled = false"), enabled("O", "D")),
		change("PostgreSQL trigger always", g(insert, note, "enabled = REPLICA"), g(insert, note, "enabled = ALWAYS", `comment = "c"`), enabled("R", "A")),
		change("PostgreSQL trigger off and another", g(insert, note), g("after { delete = true }", note, "enabled = false"), enabled("O", "D")),
		change("constraint trigger", g(insert, row, note), g(insert, row, "constraint = true", "deferrable = INITIALLY_DEFERRED", "constraint_from = table.log", note),
			Query{Before: "SELECT tgdeferrable, tginitdeferred FROM pg_trigger WHERE tgname = 'g'", Want: "false|false", Then: "true|true"}),
		change("transition tables", "", g("after { update = true }", "referencing {", `  old_table = "Old rows"`, `  new_table = "fresh"`, "}", note)),
		change("PostgreSQL trigger renamed", g(insert, note), block(`trigger "h"`, "on = table.t", `renamed_from = "g"`, insert, note), Query{Before: "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal", Want: "g", Then: "h"}),
		change("function of a trigger replaced", g(insert, row, "execute { function = function.other }")+function("other", "RETURN NULL;"), g(insert, row, "execute { function = function.other }")+function("other", "INSERT INTO log VALUES ('other'); RETURN NULL;")),
		change("function of a trigger renamed", g(insert, row, "execute { function = function.other }")+function("other", "RETURN NULL;"), g(insert, row, "execute { function = function.another }")+
			block(`function "another"`, `renamed_from = "other"`, "lang = PLpgSQL", "return = trigger", `as = "BEGIN RETURN NULL; END"`)),
		change("PostgreSQL trigger on a view", "view \"v\" { as = \"SELECT a FROM t\" }\n", "view \"v\" { as = \"SELECT a FROM t\" }\n"+block(`trigger "g"`, "on = view.v", "instead_of { insert = true }", row, note)),
		change("view with a PostgreSQL trigger changed", "view \"v\" { as = \"SELECT a, b FROM t\" }\n"+block(`trigger "g"`, "on = view.v", "instead_of { insert = true }", row, note, `comment = "kept"`),
			"view \"v\" { as = \"SELECT a FROM t\" }\n"+block(`trigger "g"`, "on = view.v", "instead_of { insert = true }", row, note, `comment = "kept"`),
			Query{Before: "SELECT obj_description(oid) FROM pg_trigger WHERE tgname = 'g'", Want: "kept"}),
		change("triggers of one name on two tables", "", g(insert, note)+block(`trigger "g"`, "on = table.log", "after { delete = true }", note, `comment = "of log"`)),
		{
			Name: "type of a column that a trigger watches", Dialects: []string{"postgres"}, Rows: []string{"INSERT INTO t VALUES (1, 7)"},
			In: "table \"t\" {\n  column \"a\" { type = int }\n  …\n}\n" + function("quiet", "RETURN NULL;") +
				g("after { update_of = [column.b] }", row, `when = "NEW.b IS NOT NULL"`, "execute { function = function.quiet }", "enabled = false", `comment = "kept"`),
			Before: column("b", "type = int"), After: column("b", "type = bigint"),
			Holds: []Query{enabled("D", ""), {Before: "SELECT obj_description(oid) FROM pg_trigger WHERE tgname = 'g'", Want: "kept"}},
		},
		{
			Name: "table dropped with its PostgreSQL trigger", Dialects: []string{"postgres"}, Rows: []string{"INSERT INTO t VALUES (1)"},
			In: function("quiet", "RETURN NULL;") + "…", Before: "table \"t\" {\n  column \"a\" { type = int }\n}\n" + g(insert, "execute { function = function.quiet }"),
		},
		{
			Name: "table renamed with its PostgreSQL trigger", Dialects: []string{"postgres"}, Rows: []string{"INSERT INTO t VALUES (1)"},
			In: function("quiet", "RETURN NULL;") + "…", Before: "table \"t\" {\n  column \"a\" { type = int }\n}\n" + g(insert, "execute { function = function.quiet }"),
			After: "table \"u\" {\n  renamed_from = \"t\"\n  column \"a\" { type = int }\n}\n" + block(`trigger "g"`, "on = table.u", insert, "execute { function = function.quiet }"),
		},
		change("event trigger added", "", event("on = ddl_command_end", `tags = ["CREATE TABLE", "ALTER TABLE"]`, `comment = "c"`), Query{Before: "-", After: "SELECT evtevent, evtenabled FROM pg_event_trigger", Then: "ddl_command_end|O"}),
		change("event trigger changed", event("on = ddl_command_end"), event("on = sql_drop", "enabled = ALWAYS"), Query{Before: "SELECT evtevent, evtenabled FROM pg_event_trigger", Want: "ddl_command_end|O", Then: "sql_drop|A"}),
		change("event trigger off", event("on = ddl_command_end"), event("on = ddl_command_end", "enabled = false", `comment = "c"`), Query{Before: "SELECT evtenabled FROM pg_event_trigger", Want: "O", Then: "D"}),
	}
}
