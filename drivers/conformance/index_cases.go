package conformance

func indexCases() []Case {
	in := "table \"t\" {\n  column \"a\" {\n    type = int\n    null = true\n  }\n  column \"b\" { type = text }\n  …\n}"
	rows := []string{"INSERT INTO t VALUES (30, 'x')", "INSERT INTO t VALUES (NULL, 'Y')"}
	index := func(lines ...string) string {
		text := "index \"i\" {\n"
		for _, line := range lines {
			text += "  " + line + "\n"
		}
		return text + "}\n"
	}
	const a = "columns = [column.a]"
	change := func(name, before, after string, more Case) Case {
		more.Name, more.In, more.Before, more.After, more.Rows, more.InPlace = name, in, before, after, rows, true
		return more
	}
	return []Case{
		change("index added", "", index(a), Case{}),
		change("index dropped", index(a), "", Case{}),
		change("index of other columns", index(a), index("columns = [column.b, column.a]"), Case{}),
		change("index made unique", index(a), index(a, "unique = true"), Case{}),
		change("index made descending", index(a), index("on {", "  column = column.a", "  desc = true", "}"), Case{}),
		change("index made partial", index(a), index(a, `where = "b <> ''"`), Case{Needs: []string{"index.where"}}),
		change("partial index changed", index(a, `where = "b <> ''"`), index(a, `where = "b <> 'x'"`), Case{Needs: []string{"index.where"}}),
		change("index on an expression", index(a), index("on {", `  expr = "lower(b)"`, "}"), Case{}),
		change("expression of an index changed", index("on {", `  expr = "lower(b)"`, "}"), index("unique = true", "on {", `  expr = "upper(b)"`, "}", "on {", "  column = column.a", "}"), Case{}),
		change("index that lets one row in", index("on {", "  expr = \"1\"", "}", `where = "a > 5"`), index("unique = true", "on {", "  expr = \"1\"", "}", "on {", "  expr = \"true\"", "}", `where = "a > 5"`), Case{Dialects: []string{"postgres"}}),
		change("index with a collation", index("columns = [column.b]"), index("on {", "  column = column.b", `  collate = "NOCASE"`, "}"), Case{Dialects: []string{"sqlite"}}),
		change("unique partial index", "", index("unique = true", a, `where = "a > 3"`), Case{Needs: []string{"index.where"}}),
		{
			Name: "indexes outlive a rebuild", In: in, Rows: rows, Dialects: []string{"sqlite"},
			Before: index(a, `where = "b <> ''"`), After: index(a, `where = "b <> ''"`) + "check { expr = \"b <> '!'\" }\n",
		},
		{
			Name: "index on a new column", In: in, Rows: rows, Before: index(a), After: column("c", "type = int", "null = true") + index("columns = [column.c]"), InPlace: true,
		},
	}
}
