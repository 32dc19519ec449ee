package conformance

import "strings"

// lossPostgresCases are changes after which values, or rows, don't fit any more.
func lossPostgresCases() []Case {
	in := "table \"t\" {\n  column \"id\" { type = int }\n  …\n}"
	rows := []string{"INSERT INTO t (id, a) VALUES (1, 1.5), (2, 3)"}
	typed := func(t string, more ...string) string { return column("a", append([]string{"type = " + t}, more...)...) }
	check := "check \"c\" { expr = \"a <> 2\" }\n"
	unique := "unique \"u\" { columns = [column.a] }\n"
	child := func(schema string) string {
		return "schema \"" + schema + "\" {}\n" + block(`table "p"`, "schema = schema."+schema, "column \"id\" { type = int }", "primary_key { columns = [column.id] }") +
			block(`table "c"`, "column \"p\" { type = int }", "foreign_key \"f\" {\n  columns = [column.p]\n  ref_columns = [table."+schema+".p.column.id]\n}")
	}
	collated := func(level, length, words, method string) string {
		return block(`collation "ci"`, `provider = "icu"`, `locale = "und-u-ks-level`+level+`"`, "deterministic = false") +
			block(`table "t"`, column("b", "type = varchar("+length+")", "null = true", "collate = collation.ci"),
				column("ts", "type = tsvector", "null = true", "as {\n  expr = \"to_tsvector('"+words+"', coalesce(b, ''))\"\n  type = STORED\n}"),
				"index \"its\" {\n  columns = [column.ts]\n  type = "+method+"\n}")
	}
	only := []string{"postgres"}
	ranged := func(settings ...string) string { return block(`range "r"`, settings...) }
	ofRange := "…\n" + block(`table "t"`, column("id", "type = int"), column("a", "type = range.r", "null = true", "default = \"[1,2)\""), column("b", "type = sql(\"r_multirange\")", "null = true"), column("c", "type = sql(\"r[]\")", "null = true"),
		"check \"c\" { expr = \"NOT isempty(a)\" }", "index \"i\" {\n  type = GIST\n  columns = [column.a]\n}") + block(`table "u"`, "inherits = [table.t]") + block(`view "v"`, `as = "SELECT a, b FROM t"`)
	rangeRows := []string{"INSERT INTO t VALUES (1, '[1,5)', '{[1,2),[4,5)}', '{\"[1,2)\",\"(,7)\"}')", "INSERT INTO u (id, b) VALUES (2, NULL)"}
	keyed := func(k, a string, more ...string) string {
		return block(`table "p"`, column("k", "type = "+k), "primary_key { columns = [column.k] }") + block(`table "c"`, column("a", "type = "+a), "foreign_key \"f\" {\n  columns = [column.a]\n  ref_columns = [table.p.column.k]\n"+strings.Join(more, "\n")+"}")
	}
	keyRows := []string{"INSERT INTO p VALUES (1.25), (1.5)", "INSERT INTO c VALUES (1.25), (1.5)"}
	return []Case{
		{Name: "a key is rounded and what refers to it isn't", Before: keyed("numeric(6,2)", "numeric(6,2)"), After: keyed("numeric(6,1)", "numeric(6,2)"), Rows: keyRows, Dialects: only, Refused: "foreign_key c.f: wants each row to refer to a row of p"},
		{Name: "a key and what refers to it are rounded", Before: keyed("numeric(6,2)", "numeric(6,2)"), After: keyed("numeric(6,1)", "numeric(6,1)"), Rows: keyRows, Dialects: only,
			Holds: []Query{{Before: "-", After: "SELECT a FROM c ORDER BY 1", Then: "1.3\n1.5"}}},
		{Name: "a foreign key with other types that was not valid", Before: keyed("int", "int", "not_valid = true\n"), After: keyed("bigint", "bigint"), Rows: []string{"SET session_replication_role = replica", "INSERT INTO c VALUES (7)", "RESET session_replication_role"}, Dialects: only,
			Refused: "foreign_key c.f: wants each row to refer to a row of p"},
		{Name: "rounded values against a check that stays", In: in, Before: typed("numeric") + check, After: typed("int") + check, Rows: rows, Dialects: only, Refused: "check t.c: must hold in every row"},
		{Name: "rounded values against a key that stays", In: in, Before: typed("numeric") + unique, After: typed("int") + unique, Rows: append([]string{"INSERT INTO t (id, a) VALUES (3, 1.7)"}, rows...), Dialects: only,
			Refused: "unique t.u: allows no two rows with the same values"},
		{Name: "a new check of a column with a new type", In: in, Before: typed("numeric"), After: typed("int") + check, Rows: rows, Dialects: only, Refused: "check t.c: must hold in every row"},
		{Name: "a foreign key to a table that is made instead of another", Before: child("s1"), After: child("s2"), Rows: []string{"INSERT INTO s1.p VALUES (1)", "INSERT INTO c VALUES (1)"}, Dialects: only,
			Refused: "foreign_key c.f: wants each row to refer to a row of s2.p"},
		{Name: "a collation, a computed column over it and an index on that", Before: collated("2", "10", "english", "GIN"), After: collated("1", "20", "simple", "GIST"), Rows: []string{"INSERT INTO t (b) VALUES ('x y')"}, Dialects: only,
			Holds: []Query{{Before: "SELECT b FROM t", Want: "x y"}}},
		{Name: "a value that the engine alone can tell to be none of the new type", In: in, Before: typed("date"), After: typed("jsonb"), Rows: []string{"INSERT INTO t VALUES (1, '2020-01-01')"}, Dialects: only,
			Refused: "column t.a: needs values that can be converted to jsonb"},
		{Name: "texts become relations", In: in, Before: typed("text"), After: typed("regclass"), Dialects: only, Rows: []string{"INSERT INTO t (id, a) VALUES (1, 'pg_class'), (2, 't')"},
			Holds: []Query{{Before: "SELECT a::text FROM t ORDER BY id", Want: "pg_class\nt"}}},
		{Name: "texts of which two are no relations", In: in, Before: typed("varchar(40)"), After: typed("regclass"), Dialects: only, Rows: []string{"INSERT INTO t (id, a) VALUES (1, 'pg_class'), (2, 'nowhere'), (3, '1259')"},
			Refused: "can't be read as regclass; against it: 2 rows of 3"},
		{Name: "texts of which some are no operators", In: in, Before: typed("text"), After: typed("regoper"), Dialects: only, Rows: []string{"INSERT INTO t (id, a) VALUES (1, '||/'), (2, '+'), (3, '<nothing>')"},
			Refused: "can't be read as regoper; against it: 2 rows of 3"},
		{Name: "texts of which one is no text search configuration", In: in, Before: typed("text"), After: typed("regconfig"), Dialects: only, Rows: []string{"INSERT INTO t (id, a) VALUES (1, 'english'), (2, 'pg_catalog.simple'), (3, 'klingon')"},
			Refused: "can't be read as regconfig; against it: 1 row of 3"},
		{Name: "texts become addresses and come back as they were", In: in, Before: typed("text"), After: typed("inet"), Dialects: only, Rows: []string{"INSERT INTO t (id, a) VALUES (1, '10.0.0.1'), (2, '10.0.0.0/8'), (3, '::1')"},
			Holds: []Query{{Before: "SELECT a FROM t ORDER BY id", Want: "10.0.0.1\n10.0.0.0/8\n::1", After: "SELECT abbrev(a) FROM t ORDER BY id"}}},
		{Name: "a list of texts becomes addresses, and a domain of them texts", Dialects: only, In: "domain \"a\" { type = inet }\n…\n", Before: block(`table "t"`, column("id", "type = int"), column("l", "type = sql(\"text[]\")"), column("d", "type = domain.a")),
			After: block(`table "t"`, column("id", "type = int"), column("l", "type = sql(\"inet[]\")"), column("d", "type = text")), Rows: []string{"INSERT INTO t VALUES (1, '{10.0.0.1,10.0.0.0/8}', '10.0.0.1')"},
			Holds: []Query{{Before: "SELECT l::text, d::text FROM t", Want: "{10.0.0.1,10.0.0.0/8}|10.0.0.1/32", After: "SELECT l::text, d FROM t", Then: "{10.0.0.1,10.0.0.0/8}|10.0.0.1"}}},
		{Name: "a list of texts of which one is no address", In: in, Before: typed("sql(\"text[]\")"), After: typed("sql(\"inet[]\")"), Rows: []string{"INSERT INTO t VALUES (1, '{10.0.0.1,x}')"}, Dialects: only,
			Refused: "invalid input syntax for type inet"},
		{Name: "a list of several elements becomes one value", In: in, Before: typed("sql(\"int[]\")"), After: typed("date"), Rows: []string{"INSERT INTO t VALUES (1, '{1,2}')"}, Dialects: only,
			Refused: "hasn't exactly one element"},
		{Name: "a value becomes a list", In: in, Before: typed("timestamptz", "null = true"), After: typed("sql(\"bigint[]\")", "null = true"), Rows: []string{"INSERT INTO t VALUES (1, '1970-01-01 00:00:07+00')", "INSERT INTO t VALUES (2, NULL)"}, Dialects: only,
			Holds: []Query{{Before: "-", After: "SELECT a::text FROM t ORDER BY id", Then: "{7}\nNULL"}}},
		{Name: "columns of every kind of type come back without their values", Dialects: only,
			In: "enum \"e\" { values = [\"x\"] }\n…\n", Before: block(`composite "co"`, "field \"x\" { type = int }", "field \"y\" { type = text }") + "domain \"d\" { type = int }\n" +
				block(`table "t"`, column("id", "type = int"), column("a", "type = int4range"), column("b", "type = point"), column("c", "type = xml"), column("f", "type = domain.d"), column("g", "type = composite.co"), column("h", "type = enum.e")),
			After: block(`table "t"`, column("id", "type = int")), Rows: []string{"INSERT INTO t VALUES (1, '[1,2)', '(1,1)', '<a/>', 3, '(1,x)', 'x')"}},
		{Name: "a range that columns, lists and multiranges are made of", In: ofRange, Since: 14, Before: ranged("subtype = float8", "subtype_diff = \"float8mi\""), After: ranged("subtype = numeric"), Rows: rangeRows, Dialects: only,
			Holds: []Query{{Before: "SELECT id, a::text, b::text, c::text FROM t ORDER BY id", Want: "1|[1,5)|{[1,2),[4,5)}|{\"[1,2)\",\"(,7)\"}\n2|[1,2)|NULL|NULL"}}},
		{Name: "a range whose bounds don't fit", In: ofRange, Since: 14, Before: ranged("subtype = float8"), After: ranged("subtype = int"), Rows: []string{"INSERT INTO t VALUES (1, '[1.5,5)')"}, Dialects: only,
			Refused: "column t.a: has no place for a value that can't be read as integer (range r); against it: 1 row"},
		{Name: "a range whose bounds come in another order", In: ofRange, Since: 14, Before: ranged("subtype = text"), After: ranged("subtype = int"), Rows: []string{"INSERT INTO t VALUES (1, '[10,9)')"}, Dialects: only,
			Refused: "can't hold a range whose lower bound is behind the upper one"},
		{Name: "a domain of another type that values don't fit", In: "…\n" + block(`table "t"`, column("a", "type = domain.d")), Before: block(`domain "d"`, "type = text"), After: block(`domain "d"`, "type = date"),
			Rows: []string{"INSERT INTO t VALUES ('2020-01-01'), ('2020-13-01')"}, Dialects: only, Refused: "needs values that can be converted to date (domain d)"},
		{Name: "texts that a new enum doesn't have", Before: block(`table "t"`, column("a", "type = text"), column("b", "type = sql(\"text[]\")")),
			After: block(`enum "e"`, `values = ["x"]`) + block(`table "t"`, column("a", "type = enum.e"), column("b", "type = sql(\"e[]\")")), Rows: []string{"INSERT INTO t VALUES ('x', '{x,y}')"}, Dialects: only,
			Refused: "column t.b: has no place for a value that e doesn't have"},
		{Name: "texts that are no dates counted", Dialects: only, Since: 16, Before: block(`table "t"`, "column \"a\" { type = text }", "column \"b\" { type = sql(\"text[]\") }"),
			After: block(`table "t"`, "column \"a\" { type = date }", "column \"b\" { type = sql(\"interval[]\") }"),
			Rows:  []string{"INSERT INTO t VALUES ('2020-01-02', '{1 day}'), ('x', '{1h, y}'), ('y', '{z, 1h}')"}, Refused: `"x"; against it: 2 rows of 3`},
		{Name: "numbers that a new domain doesn't take", Before: block(`table "t"`, column("a", "type = text")), After: block(`domain "d"`, "type = int", "check \"positive\" { expr = \"VALUE > 0\" }") + block(`table "t"`, column("a", "type = domain.d")),
			Rows: []string{"INSERT INTO t VALUES ('1'), ('-1')"}, Dialects: only, Refused: "column t.a: must satisfy check positive (domain d)"},
		{Name: "the collation of a domain that columns have", In: "…\n" + block(`domain "d"`, "type = text", "collate = collation.ci") + block(`table "t"`, column("a", "type = domain.d", "null = true"), column("b", "type = text", "collate = collation.ci"), "unique \"u\" { columns = [column.b] }"),
			Before: block(`collation "ci"`, `provider = "icu"`, `locale = "und-u-ks-level2"`, "deterministic = false"), After: block(`collation "ci"`, `provider = "icu"`, `locale = "und-u-ks-level1"`, "deterministic = false"), Dialects: only,
			Rows: []string{"INSERT INTO t VALUES ('x', 'y')"}, Holds: []Query{{Before: "SELECT a, b FROM t", Want: "x|y"}}},
		{Name: "another type than its storage can be of", In: in, Before: typed("text", "storage = EXTERNAL"), After: typed("timestamp"), Dialects: only},
	}
}
