package conformance

// operatorClassPostgresCases are operator classes and families, and the machinery that schemas seldom have.
func operatorClassPostgresCases() []Case {
	in := block(`table "t"`, "column \"a\" { type = int }") + block(`function "cmp"`, "lang = SQL", "return = int", "volatility = IMMUTABLE", "arg \"a\" { type = int }", "arg \"b\" { type = int }", `as = "SELECT b - a"`) +
		block(`function "cmp8"`, "lang = SQL", "return = int", "volatility = IMMUTABLE", "arg \"a\" { type = int }", "arg \"b\" { type = bigint }", `as = "SELECT (b - a)::int"`) + "…"
	rows := []string{"INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)"}
	change := func(name, before, after string, holds ...Query) Case {
		return Case{Name: name, In: in, Before: before, After: after, Rows: rows, Holds: holds, Dialects: []string{"postgres"}, InPlace: true}
	}
	const reverse = "as = [\n  \"OPERATOR 1 >\", \"OPERATOR 2 >=\", \"OPERATOR 3 =\", \"OPERATOR 4 <=\", \"OPERATOR 5 <\", \"FUNCTION 1 cmp(integer, integer)\",\n]"
	class := func(lines ...string) string {
		return block(`operator_class "reverse"`, append([]string{"method = BTREE", "type = int", reverse}, lines...)...)
	}
	family := func(lines ...string) string {
		return block(`operator_family "numbers"`, append([]string{"method = BTREE"}, lines...)...)
	}
	indexed := block(`table "u"`, "column \"b\" { type = int }", "index \"u_b\" {\n  on {\n    column = column.b\n    ops = reverse\n  }\n}")
	return []Case{
		change("operator class added", "", class(`comment = "it's"`)+indexed),
		change("operator class dropped", class(), ""),
		change("operator class under an index", class()+indexed, class("family = operator_family.numbers")+family(`comment = "f"`)+indexed),
		change("operator class renamed", class()+indexed, block(`operator_class "backwards"`, `renamed_from = "reverse"`, "method = BTREE", "type = int", reverse)+
			block(`table "u"`, "column \"b\" { type = int }", "index \"u_b\" {\n  on {\n    column = column.b\n    ops = backwards\n  }\n}")),
		change("members of an operator family", family(`as = ["OPERATOR 1 <(integer, bigint)"]`), family(`as = ["OPERATOR 2 <=(integer, bigint)", "FUNCTION 1 (integer, bigint) cmp8(integer, bigint)"]`)),
		change("operator class with loose members", class(), block(`operator_class "around"`, "method = GIST", "type = point", "storage = box", "as = [\n  \"OPERATOR 1 <<\", \"OPERATOR 15 <->(point, point) FOR ORDER BY float_ops\", \"FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal)\",\n"+
			"\"FUNCTION 2 gist_box_union(internal, internal)\", \"FUNCTION 3 gist_point_compress(internal)\", \"FUNCTION 5 gist_box_penalty(internal, internal, internal)\", \"FUNCTION 6 gist_box_picksplit(internal, internal)\", \"FUNCTION 7 gist_box_same(box, box, internal)\",\n]")),
		change("access method of a table", "", block(`access_method "heap2"`, "type = TABLE", `handler = "heap_tableam_handler"`, `comment = "c"`)+block(`table "u"`, "column \"b\" { type = int }", "access_method = heap2")),
		change("access method dropped", block(`access_method "btree2"`, "type = INDEX", `handler = "bthandler"`), ""),
		change("conversion", block(`conversion "c"`, `for_encoding = "LATIN1"`, `to_encoding = "UTF8"`, `function = "iso8859_1_to_utf8"`), block(`conversion "c"`, `for_encoding = "LATIN1"`, `to_encoding = "UTF8"`, `function = "iso8859_1_to_utf8"`, "default = true", `comment = "c"`)),
		change("language", block(`language "sample"`, `handler = "plpgsql_call_handler"`), block(`language "sample"`, `handler = "plpgsql_call_handler"`, `validator = "plpgsql_validator"`, "trusted = true")+
			block(`function "in_sample"`, "lang = sample", "return = int", `as = "BEGIN RETURN 1; END"`)),
		change("transform", "", block("transform", "type = int", "lang = SQL", `from_sql = "prsd_lextype(internal)"`, `comment = "c"`)),
	}
}
