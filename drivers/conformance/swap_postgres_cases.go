package conformance

// swapPostgresCases are objects that take each other's names, with the keys, indexes and sequences that are called after them.
func swapPostgresCases() []Case {
	counted := func(name, column, counter string, parts ...string) string {
		return block(`table "`+name+`"`, append([]string{"column \"" + column + "\" { " + counter + " }", "primary_key { columns = [column." + column + "] }"}, parts...)...)
	}
	const serial, identity = "type = serial", "\n  type = int\n  identity {}\n"
	const r, s = "column \"r\" { type = int }\nunique { columns = [column.r] }", "column \"s\" { type = int }\nunique { columns = [column.s] }\nindex \"by_s\" { columns = [column.s] }"
	rows := []string{"INSERT INTO p (r) VALUES (10), (11), (12)", "INSERT INTO q (s) VALUES (20)"}
	swap := func(name string, before, after string, renames []string, rows []string, holds ...Query) Case {
		return Case{Name: name, Before: before, After: after, Renames: renames, Rows: rows, Holds: holds, Dialects: []string{"postgres"}}
	}
	both := []string{"p=q", "q=p"}
	enum := func(name, value string) string { return block(`enum "`+name+`"`, `values = ["`+value+`"]`) }
	function := func(name, value string) string {
		return block(`function "`+name+`"`, "lang = SQL", "arg \"a\" { type = int }", "return = int", `as = "SELECT `+value+`"`)
	}
	view := func(name, value string) string { return block(`view "`+name+`"`, `as = "SELECT `+value+` AS a"`) }
	keyed := func(name, key string) string {
		return block(`table "`+name+`"`, "column \"a\" { type = int }", "unique \""+key+"\" { columns = [column.a] }")
	}
	referring := block(`table "r"`, "column \"a\" { type = int }", "foreign_key \"r_p\" {\n  columns = [column.a]\n  ref_columns = [table.p.column.a]\n}")
	return []Case{
		swap("two tables take the names of each other's keys", keyed("p", "k")+keyed("q", "l")+referring, keyed("p", "l")+keyed("q", "k")+referring, nil,
			[]string{"INSERT INTO p VALUES (1)", "INSERT INTO q VALUES (2)", "INSERT INTO r VALUES (1)"}, Query{Before: "SELECT p.a, q.a, r.a FROM p, q, r", Want: "1|2|1"}),
		swap("tables with serial columns swap names", counted("p", "i", serial, r)+counted("q", "j", serial, s), counted("q", "i", serial, r)+counted("p", "j", serial, s), both, []string{rows[0], "INSERT INTO q (s) VALUES (20), (21), (22)", "SELECT setval('q_j_seq', 9)"},
			Query{Before: "SELECT p.last_value, q.last_value FROM p_i_seq p, q_j_seq q", Want: "3|9", After: "SELECT p.last_value, q.last_value FROM q_i_seq p, p_j_seq q"}),
		swap("tables with identities swap names", counted("p", "i", identity, r)+counted("q", "j", identity, s), counted("q", "i", identity, r)+counted("p", "j", identity, s), both, rows,
			Query{Before: "SELECT r FROM p ORDER BY 1", After: "SELECT r FROM q ORDER BY 1", Want: "10\n11\n12"}),
		swap("three tables hand their names on", counted("p", "i", identity, r)+counted("q", "j", identity, s)+counted("a", "k", serial), counted("q", "i", identity, r)+counted("a", "j", identity, s)+counted("p", "k", serial), []string{"p=q", "q=a", "a=p"}, rows,
			Query{Before: "SELECT s FROM q", After: "SELECT s FROM a", Want: "20"}),
		swap("a chain of tables", counted("p", "i", identity, r)+counted("q", "j", identity, s), counted("q", "i", identity, r)+counted("a", "j", identity, s), []string{"p=q", "q=a"}, rows,
			Query{Before: "SELECT r FROM p ORDER BY 1", After: "SELECT r FROM q ORDER BY 1", Want: "10\n11\n12"}, Query{Before: "SELECT s FROM q", After: "SELECT s FROM a", Want: "20"}),
		swap("enums, views and functions swap names", enum("e", "x")+enum("f", "y")+view("v", "1")+view("w", "2")+function("g", "1")+function("h", "2"),
			enum("f", "x")+enum("e", "y")+view("w", "1")+view("v", "2")+function("h", "1")+function("g", "2"),
			[]string{"enum e=f", "enum f=e", "v=w", "w=v", "function g=h", "function h=g"}, nil,
			Query{Before: "SELECT g(0), h(0)", Want: "1|2", Then: "2|1"}, Query{Before: "SELECT v.a, w.a FROM v, w", Want: "1|2", Then: "2|1"}),
		swap("a field and values renamed", block(`composite "co"`, "field \"x\" { type = int }", "field \"y\" { type = int }")+block(`enum "e"`, `values = ["a", "b"]`)+
			block(`table "t"`, "column \"c\" { type = composite.co }", "column \"e\" {\n  type = enum.e\n  default = \"a\"\n}"),
			block(`composite "co"`, "field \"z\" { type = int }", "field \"y\" { type = int }")+block(`enum "e"`, `values = ["b", "a"]`)+
				block(`table "t"`, "column \"c\" { type = composite.co }", "column \"e\" {\n  type = enum.e\n  default = \"b\"\n}"),
			[]string{"co.x=z", "value e.a=b", "value e.b=a"}, nil),
		swap("a field and a value renamed in models", block(`composite "co"`, "field \"x\" { type = int }", "field \"y\" { type = int }")+block(`enum "e"`, `values = ["a", "b", "c"]`)+
			block(`table "t"`, "column \"c\" { type = composite.co }", "column \"e\" {\n  type = enum.e\n  default = \"a\"\n}"),
			block(`composite "co"`, "field \"z\" {\n  type = int\n  renamed_from = \"x\"\n}", "field \"y\" { type = bigint }")+
				block(`enum "f"`, `renamed_from = "e"`, `values = ["d", "b", "x", "c"]`, "value \"d\" { renamed_from = \"a\" }")+
				block(`table "t"`, "column \"c\" { type = composite.co }", "column \"e\" {\n  type = enum.f\n  default = \"d\"\n}"),
			nil, []string{"INSERT INTO t VALUES ((7, 8))"}, Query{Before: "SELECT (c).x, e FROM t", After: "SELECT (c).z, e FROM t", Want: "7|a", Then: "7|d"}),
		swap("a table takes the name of a view that goes", counted("p", "k", serial)+view("q", "1"), counted("q", "k", serial), both[:1], []string{"INSERT INTO p VALUES (7)"},
			Query{Before: "SELECT k FROM p", After: "SELECT k FROM q", Want: "7"}),
	}
}
