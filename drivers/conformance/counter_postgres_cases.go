package conformance

// counterPostgresCases are columns that begin to count, or count by something else from then on.
func counterPostgresCases() []Case {
	postgres := []string{"postgres"}
	column := func(name, kind, more string) string {
		return "  column \"" + name + "\" {\n    type = " + kind + "\n" + more + "\n  }\n"
	}
	table := func(columns string) string { return "table \"t\" {\n" + columns + "}\n" }
	bare := table(column("id", "int", "") + column("n", "bigint", "null = true"))
	counter := func(options string) string { return "sequence \"counter\" {\n" + options + "\n}\n" }
	counting := "null = true\n    default = sql(\"nextval('counter'::regclass)\")"
	identity := func(options string) string { return "    identity {\n" + options + "\n}\n" }
	next := func(sequence, want string) []Query {
		return []Query{{Before: "-", After: "SELECT nextval(" + sequence + ")", Then: want}}
	}
	counters, ids := "'counter'", "pg_get_serial_sequence('t', 'id')"
	return []Case{
		{Name: "a sequence that has run becomes the default of a column with smaller values", Dialects: postgres,
			Before: counter("") + bare, After: counter("") + table(column("id", "int", "")+column("n", "bigint", counting)),
			Rows:  []string{"INSERT INTO t VALUES (1, 1)", "SELECT setval('counter', 20)"},
			Holds: next(counters, "21")},
		{Name: "a sequence that has run becomes the default of a column with larger values", Dialects: postgres,
			Before: counter("") + bare, After: counter("") + table(column("id", "int", "")+column("n", "bigint", counting)),
			Rows:  []string{"INSERT INTO t VALUES (1, 30)", "SELECT setval('counter', 20)"},
			Holds: next(counters, "31")},
		{Name: "a sequence that counts down becomes the default of a column", Dialects: postgres,
			Before: counter("increment = -1") + bare, After: counter("increment = -1") + table(column("id", "int", "")+column("n", "bigint", counting)),
			Rows:  []string{"INSERT INTO t VALUES (1, -4)", "INSERT INTO t VALUES (2, 7)", "SELECT setval('counter', -2)"},
			Holds: next(counters, "-5")},
		{Name: "columns begin to count whose values are below where counting begins", Dialects: postgres,
			Before: bare, After: table(column("id", "int", identity("")) + column("n", "bigserial", "")),
			Rows:  []string{"INSERT INTO t VALUES (0, -1)"},
			Holds: append(next(ids, "1"), next("'t_n_seq'", "1")...)},
		{Name: "a column begins to count with values on both sides of its bounds", Dialects: postgres,
			Before: bare, After: table(column("id", "int", identity("start = 20\nmin_value = 10\nmax_value = 99")) + column("n", "bigint", "null = true")),
			Rows:  []string{"INSERT INTO t VALUES (3)", "INSERT INTO t VALUES (40)", "INSERT INTO t VALUES (200)"},
			Holds: next(ids, "41")},
		{Name: "a column of decimal numbers begins to count", Dialects: postgres,
			Before: counter("") + table(column("n", "numeric", "null = true")), After: counter("") + table(column("n", "numeric", counting)),
			Rows:  []string{"INSERT INTO t VALUES (3.5)"},
			Holds: next(counters, "5")},
		{Name: "a table comes that counts by the sequence of another one's identity", Dialects: postgres,
			Before: "table \"a\" {\n  column \"id\" {\n    type = int\n  }\n}\n", Rows: []string{"INSERT INTO a VALUES (1)"},
			After: "table \"a\" {\n  column \"id\" {\n    type = int\n    default = sql(\"nextval('z_id_seq'::regclass)\")\n  }\n}\n" +
				"table \"z\" {\n  column \"id\" {\n    type = int\n    identity {}\n  }\n}\n"},
		{Name: "an identity takes over from a sequence that was ahead of the values", Dialects: postgres,
			Before: counter("") + table(column("id", "bigint", "default = sql(\"nextval('counter'::regclass)\")")), After: counter("") + table(column("id", "bigint", identity(""))),
			Rows:  []string{"INSERT INTO t VALUES (1)", "SELECT setval('counter', 50)"},
			Holds: next(ids, "51")},
	}
}
