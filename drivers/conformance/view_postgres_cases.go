package conformance

// viewPostgresCases are views, materialized views and rules of PostgreSQL.
func viewPostgresCases() []Case {
	in := "table \"t\" {\n  column \"a\" { type = int }\n  column \"b\" {\n    type = text\n    null = true\n  }\n}\n…"
	rows := []string{"INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (2, 'y')"}
	change := func(name, before, after string, more Case) Case {
		more.Name, more.In, more.Before, more.After, more.Dialects, more.InPlace = name, in, before, after, []string{"postgres"}, true
		more.Rows = append(rows[:len(rows):len(rows)], more.Rows...)
		return more
	}
	view := func(kind, name, query, more string) string {
		return kind + " \"" + name + "\" {\n  as = \"" + query + "\"\n" + more + "}\n"
	}
	options := "SELECT array(SELECT unnest(reloptions) ORDER BY 1)::text FROM pg_class WHERE relname = 'v'"
	v, m := view("view", "v", "SELECT a, b FROM t", ""), view("materialized", "m", "SELECT a, b FROM t", "")
	index := "  index \"m_a\" {\n    columns = [column.a]\n    unique = true\n  }\n"
	rule := func(more string) string { return "rule \"r\" {\n  on = view.v\n" + more + "}\n" }
	return []Case{
		change("view gains a column below another", v+view("view", "w", "SELECT a FROM v", ""), view("view", "v", "SELECT a, b, a + 1 AS c FROM t", "")+view("view", "w", "SELECT a FROM v", ""), Case{
			Holds: []Query{{Before: "-", After: "SELECT c FROM v ORDER BY 1", Then: "2\n3"}}}),
		change("view loses a column below others", v+view("view", "w", "SELECT a FROM v", "  comment = \"kept\"\n")+view("materialized", "m", "SELECT a FROM w", index),
			view("view", "v", "SELECT a FROM t", "")+view("view", "w", "SELECT a FROM v", "  comment = \"kept\"\n")+view("materialized", "m", "SELECT a FROM w", index), Case{
				Holds: []Query{{Before: "SELECT obj_description('w'::regclass)", Want: "kept"}}}),
		change("options of a view", v, view("view", "v", "SELECT a, b FROM t WHERE a > 0", "  check_option = LOCAL\n  security_barrier = true\n"), Case{
			Holds: []Query{{Before: options, Want: "{}", Then: "{check_option=local,security_barrier=true}"}}}),
		change("options of a view alone", view("view", "v", "SELECT a, b FROM t", "  check_option = LOCAL\n"), view("view", "v", "SELECT a, b FROM t", "  check_option = CASCADED\n  security_barrier = true\n"), Case{
			Holds: []Query{{Before: options, Want: "{check_option=local}", Then: "{check_option=cascaded,security_barrier=true}"}}}),
		change("an option of a view before another one", view("view", "v", "SELECT a, b FROM t", "  security_barrier = true\n"), view("view", "v", "SELECT a, b FROM t", "  security = INVOKER\n  security_barrier = true\n"), Case{Since: 15,
			Holds: []Query{{Before: "SELECT reloptions::text FROM pg_class WHERE relname = 'v'", Want: "{security_barrier=true}", Then: "{security_invoker=true,security_barrier=true}"}}}),
		change("words of a view's options", view("view", "v", "SELECT a, b FROM t", "  security_invoker = \"on\"\n  security_barrier = false\n"), view("view", "v", "SELECT a, b FROM t", "  security_invoker = false\n"), Case{Since: 15,
			Holds: []Query{{Before: "SELECT reloptions::text FROM pg_class WHERE relname = 'v'", Want: "{security_invoker=on,security_barrier=false}", Then: "{security_invoker=false}"}}}),
		change("a view with an option before another one is made again", view("view", "v", "SELECT a, b FROM t", "  security = INVOKER\n  security_barrier = true\n"), view("view", "v", "SELECT b AS c FROM t", "  security_barrier = true\n  security = INVOKER\n"), Case{Since: 15,
			Holds: []Query{{Before: "SELECT reloptions::text FROM pg_class WHERE relname = 'v'", Want: "{security_invoker=true,security_barrier=true}", Then: "{security_barrier=true,security_invoker=true}"}}}),
		change("comments and defaults of a view's columns", view("view", "v", "SELECT a, b FROM t", "  column \"a\" { comment = \"it's\" }\n  column \"b\" { default = \"x\" }\n"),
			view("view", "v", "SELECT a, b FROM t", "  comment = \"whole\"\n  column \"a\" {\n    type = int\n    default = 7\n  }\n  column \"b\" { comment = \"b\" }\n"), Case{
				Holds: []Query{{Before: "SELECT coalesce(col_description('v'::regclass, 1), '-'), coalesce(col_description('v'::regclass, 2), '-'), coalesce(obj_description('v'::regclass), '-')", Want: "it's|-|-", Then: "-|b|whole"}}}),
		change("view renamed below another", v+view("view", "w", "SELECT a FROM v", ""), view("view", "x", "SELECT a, b FROM t", "  renamed_from = \"v\"\n")+view("view", "w", "SELECT a FROM x", ""), Case{
			Holds: []Query{{Before: "SELECT a FROM w ORDER BY 1", Want: "1\n2"}}}),
		change("recursive view", "", view("view", "n", "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3) SELECT x FROM n", ""), Case{
			Holds: []Query{{Before: "-", After: "SELECT x FROM n", Then: "1\n2\n3"}}}),
		change("materialized view added with an index", "", view("materialized", "m", "SELECT a, b FROM t", index+"  comment = \"stored\"\n  column \"b\" { comment = \"text\" }\n  storage_params { fillfactor = 70 }\n"), Case{
			Holds: []Query{{Before: "-", After: "SELECT a FROM m ORDER BY 1", Then: "1\n2"}}}),
		change("query of a materialized view", view("materialized", "m", "SELECT a, b FROM t", index)+view("view", "w", "SELECT a FROM m", ""),
			view("materialized", "m", "SELECT a, upper(b) AS b FROM t", index)+view("view", "w", "SELECT a FROM m", ""), Case{
				Holds: []Query{{Before: "-", After: "SELECT b FROM m ORDER BY 1", Then: "X\nY"}, {Before: "-", After: "SELECT a FROM w ORDER BY 1", Then: "1\n2"}}}),
		change("index of a materialized view", m, view("materialized", "m", "SELECT a, b FROM t", index), Case{}),
		change("index of a materialized view changed and commented", view("materialized", "m", "SELECT a, b FROM t", index), view("materialized", "m", "SELECT a, b FROM t", "  index \"m_a\" {\n    columns = [column.a, column.b]\n    comment = \"both\"\n  }\n"), Case{}),
		change("materialized view renamed with its index", view("materialized", "m", "SELECT a, b FROM t", index), view("materialized", "n", "SELECT a, b FROM t", "  renamed_from = \"m\"\n"+
			"  index \"n_a\" {\n    columns = [column.a]\n    unique = true\n    renamed_from = \"m_a\"\n  }\n"), Case{}),
		change("storage of a materialized view", view("materialized", "m", "SELECT a, b FROM t", "  storage_params { fillfactor = 70 }\n"), view("materialized", "m", "SELECT a, b FROM t",
			"  cluster_on = \"m_a\"\n  storage_params {\n    autovacuum_enabled = false\n    toast { autovacuum_enabled = false }\n  }\n"+index), Case{}),
		change("how a materialized view stores its columns", view("materialized", "m", "SELECT a, b FROM t", "  column \"a\" { statistics = 7 }\n  column \"b\" {\n    storage = PLAIN\n    options { n_distinct = 3 }\n  }\n"),
			view("materialized", "m", "SELECT a, b FROM t", "  column \"b\" {\n    comment     = \"b\"\n    compression = pglz\n    statistics  = 50\n    options { n_distinct_inherited = 5 }\n  }\n"), Case{Since: 14,
				Holds: []Query{{Before: "SELECT attstorage, attoptions::text FROM pg_attribute WHERE attrelid = 'm'::regclass AND attname = 'b'", Want: "p|{n_distinct=3}", Then: "x|{n_distinct_inherited=5}"}}}),
		change("another query of a materialized view that stores its columns in a way of its own", view("materialized", "m", "SELECT a, b FROM t", "  column \"b\" { storage = EXTERNAL }\n"),
			view("materialized", "m", "SELECT a, b, a AS c FROM t", "  column \"b\" { storage = EXTERNAL }\n  column \"c\" { statistics = 5 }\n"), Case{}),
		change("materialized view without data", m, view("materialized", "m", "SELECT a, b FROM t", "  no_data = true\n"), Case{
			Holds: []Query{{Before: "SELECT relispopulated FROM pg_class WHERE relname = 'm'", Want: "true", Then: "false"}}}),
		change("rule added", v, v+rule("  event = INSERT\n  instead = true\n  as = \"INSERT INTO t VALUES (new.a, 'by rule')\"\n  comment = \"rule\"\n"), Case{}),
		change("rule changed", v+rule("  event = INSERT\n  instead = true\n"), v+rule("  event = UPDATE\n  where = \"new.a > 3 AND new.b <> 'DO'\"\n  as = \"(INSERT INTO t VALUES (1, 'DO'); DELETE FROM t WHERE a < old.a)\"\n"), Case{}),
		change("rule renamed", v+rule("  event = DELETE\n  instead = true\n"), v+"rule \"s\" {\n  renamed_from = \"r\"\n  on = view.v\n  event = DELETE\n  instead = true\n  comment = \"new\"\n}\n", Case{}),
		change("rule of a table disabled", "rule \"r\" {\n  on = table.t\n  event = DELETE\n  instead = true\n}\n", "rule \"r\" {\n  on = table.t\n  event = DELETE\n  instead = true\n  enabled = DISABLED\n}\n", Case{}),
		change("rule of a view that is made again", v+rule("  event = DELETE\n  instead = true\n  comment = \"c\"\n"), view("view", "v", "SELECT a FROM t", "")+rule("  event = DELETE\n  instead = true\n  comment = \"c\"\n"), Case{}),
		{
			Name: "privileges outlive a replacement and a way back", In: in, Dialects: []string{"postgres"},
			Before: v, After: view("view", "v", "SELECT b FROM t", ""),
			Rows:  []string{"GRANT SELECT, DELETE ON v TO pg_monitor WITH GRANT OPTION", "GRANT UPDATE ON v TO PUBLIC", "GRANT INSERT (b) ON v TO pg_monitor"},
			Holds: []Query{{Before: "SELECT has_table_privilege('pg_monitor', 'v', 'SELECT WITH GRANT OPTION'), has_table_privilege('pg_read_all_stats', 'v', 'UPDATE'), has_column_privilege('pg_monitor', 'v', 'b', 'INSERT')", Want: "true|true|true"}},
		},
	}
}
