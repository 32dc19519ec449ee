package conformance

// foreignPostgresCases are foreign data wrappers, servers, user mappings and foreign tables. The wrapper has no handler: nothing
// is ever read.
func foreignPostgresCases() []Case {
	table := block(`table "t"`, "column \"a\" { type = int }")
	rows := []string{"INSERT INTO t VALUES (1)"}
	change := func(name, before, after string, holds ...Query) Case {
		return Case{Name: "foreign " + name, In: table + "…", Before: before, After: after, Rows: rows, Holds: holds, Dialects: []string{"postgres"}, InPlace: true}
	}
	wrapper := block(`foreign_data_wrapper "w"`)
	server := func(lines ...string) string {
		return block(`server "s"`, append([]string{"wrapper = foreign_data_wrapper.w"}, lines...)...)
	}
	foreign := func(name string, lines ...string) string {
		return block(`foreign_table "`+name+`"`, append([]string{"server = server.s"}, lines...)...)
	}
	all := wrapper + server()
	const a, b = "column \"a\" { type = int }", "column \"b\" {\n  type = varchar(20)\n  null = true\n  options { column_name = \"B\" }\n}"
	mapping := func(lines ...string) string {
		return block("user_mapping", append([]string{"server = server.s"}, lines...)...)
	}
	options := func(of, before, after string) Query {
		return Query{Before: of, Want: before, Then: after}
	}
	return []Case{
		change("data wrapper added", "", block(`foreign_data_wrapper "w"`, `validator = "postgresql_fdw_validator"`, "options = {}", `comment = "it's"`)),
		change("data wrapper changed", block(`foreign_data_wrapper "w"`, "options {\n  a = 1\n  b = \"x\"\n}"), block(`foreign_data_wrapper "w"`, "options {\n  a = 2\n  c = \"it's\"\n}", `comment = "c"`),
			options("SELECT fdwoptions::text FROM pg_foreign_data_wrapper", "{a=1,b=x}", "{a=2,c=it's}")),
		change("server changed", wrapper+server("version = \"1\"", "options {\n  host = \"a\"\n  port = 1\n}"), wrapper+server("version = \"2\"", "options { host = \"b\" }", `comment = "c"`),
			options("SELECT srvversion, srvoptions::text FROM pg_foreign_server", "1|{host=a,port=1}", "2|{host=b}")),
		change("server of another type", all+foreign("f", a), wrapper+server(`type = "x"`)+foreign("f", a)),
		change("server renamed", all+foreign("f", a)+mapping("user = PUBLIC"), wrapper+block(`server "other"`, `renamed_from = "s"`, "wrapper = foreign_data_wrapper.w")+
			block(`foreign_table "f"`, "server = server.other", a)+block("user_mapping", "server = server.other", "user = PUBLIC")),
		change("user mappings", all+mapping("user = PUBLIC", "options { user = \"a\" }"), all+mapping("user = PUBLIC", "options {\n  user = \"b\"\n  password_required = false\n}")+mapping("user = \"postgres\"")),
		change("data dropped", all+foreign("f", a, b)+mapping("user = PUBLIC"), ""),
		change("table added", all, all+foreign("f", a, b, "column \"c\" {\n  type = numeric(10,2)\n  default = 5\n  comment = \"it's\"\n  statistics = 10\n}", "check \"positive\" {\n  expr = \"a > 0\"\n  comment = \"k\"\n}",
			"check \"late\" {\n  expr = \"c > 1\"\n  not_valid = true\n}", "options { file = \"x y\" }", `comment = "f"`)),
		change("table's options", all+foreign("f", a, "options { file = \"x\" }", `comment = "one"`), all+foreign("f", a, "options { name = \"y\" }", `comment = "two"`),
			options("SELECT ftoptions::text FROM pg_foreign_table", "{file=x}", "{name=y}")),
		change("table's columns under a view", all+foreign("f", a, b)+"view \"v\" { as = \"SELECT a FROM f\" }\n", all+foreign("f", "column \"a\" { type = bigint }", "column \"c\" { type = text }")+"view \"v\" { as = \"SELECT a FROM f\" }\n"),
		change("table renamed", all+foreign("f", a, b), all+foreign("g", `renamed_from = "f"`, a, b)),
		change("table with a type", all+block(`enum "e"`, `values = ["x", "y"]`)+foreign("f", "column \"a\" { type = enum.e }"), all+block(`enum "e"`, `values = ["y", "z"]`)+foreign("f", "column \"a\" { type = enum.e }")),
		change("child", block(`table "p"`, a, b[:len(b)-len("  options { column_name = \"B\" }\n}")]+"}")+all+foreign("f", "inherits = [table.p]", "column \"c\" { type = int }"),
			block(`table "p"`, a, "column \"b\" {\n  type = text\n  null = true\n}")+all+foreign("f", "inherits = [table.p]", "column \"c\" { type = int }", "column \"b\" {\n  inherited  = true\n  statistics = 5\n  options { column_name = \"B\" }\n}")),
		{
			Name: "foreign partition", Dialects: []string{"postgres"}, Rows: rows, InPlace: true, Unproven: true,
			In:     table + all + block(`table "p"`, a, "column \"k\" { type = int }", "partition {\n  type = LIST\n  columns = [column.k]\n}") + "…",
			Before: block(`partition "p1"`, "of = table.p", "in = [1]"),
			After:  block(`partition "p1"`, "of = table.p", "in = [1]") + foreign("p2", "of = table.p", "in = [2]", "options { file = \"x\" }"),
		},
		{
			Name: "secret in a user mapping", Dialects: []string{"postgres"}, Rows: []string{"CREATE FOREIGN DATA WRAPPER w", "CREATE SERVER s FOREIGN DATA WRAPPER w",
				"CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'a', password 'hunter2')"},
			Before: table, After: block(`table "t"`, "column \"a\" { type = bigint }"), Refused: "its option password may hold a secret",
		},
	}
}
