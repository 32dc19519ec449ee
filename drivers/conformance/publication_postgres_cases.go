package conformance

import "strings"

// publicationPostgresCases are publications, and what happens to the tables in them.
func publicationPostgresCases() []Case {
	table := func(c string) string {
		return block(`table "t"`, "column \"a\" { type = int }", c, "primary_key { columns = [column.a] }")
	}
	const c = "column \"c\" {\n  type = text\n  null = true\n}"
	const short = "column \"c\" {\n  type = varchar(20)\n  null = true\n}"
	other := block(`table "u"`, "column \"a\" { type = int }")
	publication := func(lines ...string) string { return block(`publication "p"`, lines...) }
	part := func(lines ...string) string { return "on {\n  table = table.t\n  " + lines[0] + "\n}" }
	rows := []string{"INSERT INTO t (a, c) VALUES (1, 'x')", "INSERT INTO t (a, c) VALUES (2, NULL)"}
	change := func(name, before, after string, holds ...Query) Case {
		since := 0
		if both := before + after; strings.Contains(both, "on {") || strings.Contains(both, "schemas = ") {
			since = 15 // columns, conditions and schemas
		}
		return Case{Name: "publication " + name, Before: before, After: after, Rows: rows, Holds: holds, Dialects: []string{"postgres"}, InPlace: true, Since: since}
	}
	tables := func(before, after string) Query {
		return Query{Before: "SELECT tablename FROM pg_publication_tables ORDER BY 1", Want: before, Then: after}
	}
	in := table(c) + other
	keyed := func(name string) string {
		return block(`table "`+name+`"`, "column \"a\" { type = int }", "index \"k\" {\n  columns = [column.a]\n}") + publication("tables = [table."+name+"]")
	}
	return []Case{
		change("added", in, in+publication("tables = [table.u]", part("columns = [column.c, column.a]\n  where = \"a > 5\""), "publish = [DELETE, INSERT]", `comment = "it's"`),
			Query{Before: "-", After: "SELECT pubinsert, pubupdate, pubdelete FROM pg_publication", Then: "true|false|true"}),
		change("of schemas", "schema \"x\" {}\n"+in+publication("schemas = [schema.x]"), "schema \"x\" {}\n"+in+publication("schemas = [schema.public]", "publish_via_partition_root = true")),
		change("without tables, dropped", in+publication(`comment = "gone"`), in),
		change("of all tables to some", in+publication("all_tables = true", "publish = []"), in+publication("tables = [table.t]", "publish = []"), tables("t\nu", "t")),
		change("with a table more", in+publication("tables = [table.t]"), in+publication("tables = [table.t, table.u]"), tables("t", "t\nu")),
		change("with another table", in+publication("tables = [table.t]"), in+publication("tables = [table.u]"), tables("t", "u")),
		change("with a condition", in+publication("tables = [table.t, table.u]"), in+publication("tables = [table.u]", part("where = \"a > 5\"")), tables("t\nu", "")),
		change("options", in+publication("tables = [table.t]", "publish = [INSERT]"), in+publication("tables = [table.t]", "publish_via_partition_root = true", `comment = "c"`)),
		change("renamed", in+publication("tables = [table.t]"), in+block(`publication "Other p"`, `renamed_from = "p"`, "tables = [table.t]"), Query{Before: "SELECT pubname FROM pg_publication", Want: "p", Then: "Other p"}),
		change("and the type of a column", table(short)+publication(part("columns = [column.a, column.c]\n  where = \"a > 5\""), `comment = "kept"`),
			table(c)+publication(part("columns = [column.a, column.c]\n  where = \"a > 5\""), `comment = "kept"`)),
		change("and a column dropped", table(c)+publication(part("columns = [column.a, column.c]")), table("")+publication(part("columns = [column.a]"))),
		change("and a column renamed", table(c)+publication(part("columns = [column.a, column.c]\n  where = \"a > 5\"")),
			table("column \"d\" {\n  renamed_from = \"c\"\n  type = text\n  null = true\n}")+publication(part("columns = [column.a, column.d]\n  where = \"a > 5\""))),
		change("and a table dropped", in+publication("tables = [table.t, table.u]"), table(c)+publication("tables = [table.t]")),
		{Name: "publication and a table that makes room for another", Before: keyed("t"), After: keyed("u"), Dialects: []string{"postgres"}, Rows: []string{"INSERT INTO t VALUES (1)"}},
		change("and a table unlogged", in+publication("tables = [table.t, table.u]"), table(c+"\nunlogged = true")+other+publication("tables = [table.u]")),
	}
}
