package conformance

import "strings"

// statisticsPostgresCases are extended statistics, and what happens to the tables under them.
func statisticsPostgresCases() []Case {
	table := func(c string, more ...string) string {
		return block(`table "t"`, append([]string{"column \"a\" { type = int }", "column \"b\" { type = int }", c}, more...)...)
	}
	const c = "column \"c\" {\n  type = text\n  null = true\n}"
	statistics := func(lines ...string) string {
		return block(`statistics "s"`, append([]string{"on = table.t"}, lines...)...)
	}
	rows := []string{"INSERT INTO t (a, b) VALUES (1, 2)", "INSERT INTO t (a, b) VALUES (3, 4)"}
	change := func(name, before, after string, holds ...Query) Case {
		since := 0
		if strings.Contains(before+after, "expressions = ") {
			since = 14
		}
		return Case{Name: name, Before: before, After: after, Rows: rows, Holds: holds, Dialects: []string{"postgres"}, InPlace: true, Since: since}
	}
	const ab = "columns = [column.a, column.b]"
	target := Query{Before: "SELECT stxstattarget FROM pg_statistic_ext", Want: "50", Then: "100"}
	comment := func(before, after string) Query {
		return Query{Before: "SELECT obj_description(oid, 'pg_statistic_ext') FROM pg_statistic_ext", Want: before, Then: after}
	}
	kept := statistics("columns = [column.c, column.a]", "statistics = 50", `comment = "kept"`)
	return []Case{
		change("statistics added", table(c), table(c)+statistics("columns = [column.b, column.a]", "kinds = [MCV, NDISTINCT]", "statistics = 100", `comment = "it's"`),
			Query{Before: "-", After: "SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext", Then: "CREATE STATISTICS public.s (ndistinct, mcv) ON a, b FROM t"}),
		change("statistics of expressions", table(c)+statistics(`expressions = ["lower(c)"]`), table(c)+statistics("columns = [column.b]", `expressions = ["(a + b) % 7", "lower(c)"]`)),
		change("statistics dropped", table(c)+statistics(ab, `comment = "gone"`), table(c)),
		change("kinds of statistics", table(c)+statistics(ab), table(c)+statistics(ab, "kinds = [DEPENDENCIES]")),
		change("columns of statistics", table(c)+statistics(ab), table(c)+statistics("columns = [column.a, column.c]")),
		change("target of statistics", table(c)+statistics(ab, "statistics = 50"), table(c)+statistics(ab, "statistics = 100"), target),
		change("target of statistics back to the usual", table(c)+statistics(ab, "statistics = 50"), table(c)+statistics(ab)),
		change("comment of statistics", table(c)+statistics(ab, `comment = "one"`), table(c)+statistics(ab, `comment = "it's two"`), comment("one", "it's two")),
		change("statistics renamed", table(c)+statistics(ab, "statistics = 50"), table(c)+block(`statistics "Other s"`, `renamed_from = "s"`, "on = table.t", ab, "statistics = 50"),
			Query{Before: "SELECT stxname FROM pg_statistic_ext", Want: "s", Then: "Other s"}),
		change("statistics in another schema", "schema \"x\" {}\n"+table(c)+statistics(ab), "schema \"x\" {}\n"+table(c)+block(`statistics "s"`, "schema = schema.x", "on = table.t", ab)),
		change("type of a column with statistics", table("column \"c\" {\n  type = int\n  null = true\n}")+kept, table("column \"c\" {\n  type = bigint\n  null = true\n}")+kept, comment("kept", "")),
		change("type of a column in an expression of statistics", table("column \"c\" {\n  type = varchar(20)\n  null = true\n}")+statistics(`expressions = ["lower(c)"]`), table(c)+statistics(`expressions = ["lower(c)"]`)),
		change("column with statistics renamed", table(c)+kept, table("column \"d\" {\n  renamed_from = \"c\"\n  type = text\n  null = true\n}")+statistics("columns = [column.d, column.a]", "statistics = 50", `comment = "kept"`), comment("kept", "")),
		change("column with statistics dropped", table(c)+kept, table("")+statistics(ab)),
		change("column with statistics dropped, and they with it", table(c)+kept, table("")),
		change("table with statistics renamed", table(c)+kept,
			block(`table "u"`, `renamed_from = "t"`, "column \"a\" { type = int }", "column \"b\" { type = int }", c)+
				block(`statistics "s"`, "on = table.u", "columns = [column.c, column.a]", "statistics = 50", `comment = "kept"`), comment("kept", "")),
		change("table with statistics dropped", table(c)+kept+block(`table "u"`, "column \"a\" { type = int }"), block(`table "u"`, "column \"a\" { type = int }")),
		change("materialized view with statistics changed", table(c)+"materialized \"m\" { as = \"SELECT a, b FROM t\" }\n"+block(`statistics "s"`, "on = materialized.m", `columns = ["a", "b"]`, "statistics = 50"),
			table(c)+"materialized \"m\" { as = \"SELECT a, b, c FROM t\" }\n"+block(`statistics "s"`, "on = materialized.m", `columns = ["a", "b"]`, "statistics = 50")),
	}
}
