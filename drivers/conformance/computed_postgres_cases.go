package conformance

import "strings"

// computedPostgresCases are computed columns that come, go and change together with what they are computed from, and extensions
// that texts need without naming them.
func computedPostgresCases() []Case {
	postgres := []string{"postgres"}
	id := "  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n"
	table := func(rest string) string { return "table \"t\" {\n" + id + rest + "\n}\n" }
	source := "  column \"s\" {\n    type = text\n    null = true\n  }\n"
	computed := "  column \"h\" {\n    type = text\n    null = true\n    as {\n      expr = \"upper(s)\"\n      type = STORED\n    }\n  }\n"
	given := "  column \"n\" { type = int }\n"
	needed := "  column \"n\" {\n    type = int\n    as {\n      expr = \"length(nullif(s, ''))\"\n      type = STORED\n    }\n  }\n"
	return []Case{
		{Name: "computed column comes with what it is computed from", Dialects: postgres, Before: table(""), After: table(computed + source), Rows: []string{"INSERT INTO t VALUES (1)"}},
		{Name: "computed column goes with what it is computed from", Dialects: postgres, Before: table(source + computed + "  index \"t_h\" { columns = [column.h, column.s] }\n  check \"fits\" { expr = \"h <> s\" }\n"), After: table(""),
			Rows: []string{"INSERT INTO t (id, s) VALUES (1, 'x')"}},
		{Name: "computed column keeps its values when what it is computed from goes", Dialects: postgres, Before: table(source + computed), After: table("  column \"h\" {\n    type = text\n    null = true\n  }\n"),
			Rows: []string{"INSERT INTO t (id, s) VALUES (1, 'x')"}, Holds: []Query{{Before: "-", After: "SELECT id, h FROM t", Then: "1|X"}}},
		{Name: "column that becomes computed has no value in some rows", Dialects: postgres, Before: table(source + strings.Replace(given, "int", "text", 1)), After: table(source + needed),
			Rows: []string{"INSERT INTO t VALUES (1, NULL, 'a'), (2, '', 'b'), (3, 'x', 'c')"}, Refused: "column t.n: is NOT NULL; against it: 2 rows of 3"},
		{Name: "column that becomes computed has a value in all rows", Dialects: postgres, Before: table(source + given), After: table(source + needed),
			Rows: []string{"INSERT INTO t VALUES (1, 'xyz', 3)"}, Holds: []Query{{Before: "SELECT n FROM t", Want: "3"}}},
		{Name: "extension with a comment of its own", Dialects: postgres, Before: "extension \"citext\" {}\n", After: "extension \"citext\" {\n  comment = \"it's\"\n}\n",
			Holds: []Query{{Before: "SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 'citext'", Want: "data type for case-insensitive character strings", Then: "it's"}}},
		{Name: "default, key and computed column of extensions that nothing names", Dialects: postgres, In: "extension \"btree_gist\" {}\nextension \"pgcrypto\" {}\n…\n", Before: table(""),
			After: table("  column \"salt\" {\n    type = text\n    default = sql(\"encode(digest('salt', 'md5'), 'hex')\")\n  }\n  column \"r\" {\n    type = int4range\n    null = true\n  }\n" +
				"  exclude \"apart\" {\n    type = GIST\n    on {\n      column = column.id\n      op = \"=\"\n    }\n    on {\n      column = column.r\n      op = \"&&\"\n    }\n  }\n"),
			Rows: []string{"INSERT INTO t VALUES (1)"}},
	}
}
