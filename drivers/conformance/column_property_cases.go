package conformance

func columnPropertyCases() []Case {
	rows := []string{"INSERT INTO t (id, a) VALUES (1, '12')", "INSERT INTO t (id, a) VALUES (5, '7')"}
	change := func(name string, before, after []string, more Case) Case {
		more.Name, more.In = name, keyed
		more.Before, more.After = column("a", before...), column("a", after...)
		if more.Rows == nil {
			more.Rows = rows
		}
		return more
	}
	lite := []string{"sqlite"}
	text := []string{"type = text"}
	return []Case{
		change("type changed", []string{"type = int"}, text, Case{Holds: []Query{{Before: "SELECT id, concat(a, '') FROM t ORDER BY id", Want: "1|12\n5|7"}}}),
		change("type narrowed by size", []string{"type = varchar(200)"}, []string{"type = varchar(20)"}, Case{}),
		change("type with two sizes changed", []string{"type = decimal(10, 2)"}, []string{"type = decimal(12, 4)"}, Case{}),
		change("type that nobody heard of", []string{`type = sql("FANCY THING(1, 2)")`}, []string{`type = sql("UNSIGNED BIG INT")`}, Case{Dialects: lite}),
		change("type given to a column without one", nil, text, Case{Dialects: lite}),
		change("portable types", []string{"type = json"}, []string{"type = uuid", `default = "x"`}, Case{Dialects: lite}),
		change("NULL allowed", text, []string{"type = text", "null = true"}, Case{}),
		change("NULL forbidden", []string{"type = text", "null = true"}, text, Case{}),
		change("default set", text, []string{"type = text", `default = "x"`}, Case{
			Holds: []Query{{Before: "SELECT id, a FROM t ORDER BY id", Want: "1|12\n5|7"}}}),
		change("default changed", []string{"type = text", `default = "x"`}, []string{"type = text", `default = "it's \\ \"new\"\n"`}, Case{}),
		change("default taken away", []string{"type = text", `default = "x"`}, text, Case{}),
		change("default from literal to expression", []string{"type = text", `default = "1"`}, []string{"type = text", `default = sql("CURRENT_TIMESTAMP")`}, Case{}),
		change("empty text as default", text, []string{"type = text", `default = ""`}, Case{}),
		change("collation changed", []string{"type = text", `collate = "NOCASE"`}, []string{"type = text", `collate = "RTRIM"`}, Case{Dialects: lite}),
		change("collation taken away", []string{"type = text", `collate = "NOCASE"`}, text, Case{Dialects: lite}),
		change("what happens to NULLs changed", text, []string{"type = text", "null_on_conflict = REPLACE", `default = "d"`}, Case{Needs: []string{"column.null_on_conflict"}}),
		change("NOT NULL named", text, []string{"type = text", `null_name = "a needed"`}, Case{Needs: []string{"column.null_name"}, Since: 18}),
		change("default named", []string{"type = text", `default = "x"`}, []string{"type = text", `default = "x"`, `default_name = "d"`}, Case{Needs: []string{"column.default_name"}}),
		change("collation named", []string{"type = text", `collate = "NOCASE"`}, []string{"type = text", `collate = "NOCASE"`, `collate_name = "c"`}, Case{Needs: []string{"column.collate_name"}}),
		{
			Name: "generated expression changed", In: keyed, Rows: []string{"INSERT INTO t (id) VALUES (4)"},
			Before: column("a", "type = int", "null = true", "as {", `  expr = "id + 1"`, "  type = STORED", "}"),
			After:  column("a", "type = int", "null = true", "as {", `  expr = "id + 2"`, "  type = STORED", "}"),
			Holds:  []Query{{Before: "SELECT a FROM t", Want: "5", Then: "6"}},
		},
		{
			Name: "virtual column stored", In: keyed, Rows: []string{"INSERT INTO t (id) VALUES (4)"}, Dialects: lite,
			Before: column("a", "type = int", "null = true", `as = "id + 1"`),
			After:  column("a", "type = int", "null = true", "as {", `  expr = "id + 1"`, "  type = STORED", "}"),
			Holds:  []Query{{Before: "SELECT a FROM t", Want: "5"}},
		},
		{
			Name: "generated column made an ordinary one", In: keyed, Rows: []string{"INSERT INTO t (id) VALUES (4)"}, Dialects: lite,
			Before: column("a", "type = int", "null = true", `as = "id + 1"`),
			After:  column("a", "type = int", "null = true"),
		},
		{
			Name: "counter given to a key", In: "table \"t\" {\n  …\n  primary_key { columns = [column.id] }\n}", Needs: []string{"column.auto_increment"},
			Before: column("id", "type = int"), After: column("id", "type = int", "auto_increment = true"),
			Rows: []string{"INSERT INTO t VALUES (3)", "INSERT INTO t VALUES (9)"},
		},
		{
			Name: "counter kept by a rebuild", Dialects: lite, In: "table \"t\" {\n  " + column("id", "type = int", "auto_increment = true") + "…\n  primary_key { columns = [column.id] }\n}",
			Before: column("a", "type = text"), After: column("a", "type = varchar(9)", `default = "x"`),
			Rows:  []string{"INSERT INTO t VALUES (3, 'x')", "INSERT INTO t VALUES (500, 'y')", "DELETE FROM t WHERE id = 500"},
			Holds: []Query{{Before: "SELECT name, seq FROM sqlite_sequence", Want: "t|500"}},
		},
		{
			Name: "counter of an emptied table kept by a rebuild", Dialects: lite, In: "table \"t\" {\n  " + column("id", "type = int", "auto_increment = true") + "…\n  primary_key { columns = [column.id] }\n}",
			Before: column("a", "type = text"), After: column("a", "type = varchar(9)", `default = "x"`),
			Rows:  []string{"INSERT INTO t VALUES (500, 'y')", "DELETE FROM t"},
			Holds: []Query{{Before: "SELECT name, seq FROM sqlite_sequence", Want: "t|500"}},
		},
		{
			Name: "rowids kept by a rebuild", Dialects: lite, In: "table \"t\" {\n  …\n}",
			Before: column("a", "type = text"), After: column("a", "type = varchar(9)", `default = "x"`),
			Rows:  []string{"INSERT INTO t (rowid, a) VALUES (-3, 'x')", "INSERT INTO t (rowid, a) VALUES (70, 'y')"},
			Holds: []Query{{Before: "SELECT rowid, a FROM t ORDER BY rowid", Want: "-3|x\n70|y"}},
		},
		{
			Name: "odd values kept by a rebuild", Dialects: lite, In: "table \"t\" {\n  …\n}",
			Before: column("a", "null = true") + column("b", "type = text"), After: column("a", "null = true") + column("b", "type = varchar(9)"),
			Rows: []string{
				"INSERT INTO t VALUES (x'00ff', 'é''\"')", "INSERT INTO t VALUES (NULL, '')", "INSERT INTO t VALUES (9223372036854775807, '1e5')",
				"INSERT INTO t VALUES (1.5, ' x ')", "INSERT INTO t VALUES ('007', char(10))", "INSERT INTO t VALUES (5, '5')", "INSERT INTO t VALUES (5.0, '5')",
			},
			Holds: []Query{{Before: "SELECT typeof(a), quote(a), quote(b) FROM t ORDER BY rowid",
				Want: "blob|X'00FF'|'é''\"'\nnull|NULL|''\ninteger|9223372036854775807|'1e5'\nreal|1.5|' x '\ntext|'007'|'\n'\ninteger|5|'5'\nreal|5.0|'5'"}},
		},
	}
}
