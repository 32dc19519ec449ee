package conformance

func checkCases() []Case {
	in := "table \"t\" {\n  column \"a\" { type = int }\n  column \"b\" { type = text }\n  …\n}"
	rows := []string{"INSERT INTO t VALUES (30, 'x')", "INSERT INTO t VALUES (40, 'y')"}
	check := func(label, expr string) string {
		return "check " + label + " { expr = \"" + expr + "\" }\n"
	}
	change := func(name, before, after string, more Case) Case {
		more.Name, more.In, more.Before, more.After, more.Rows = name, in, before, after, rows
		return more
	}
	lite := []string{"sqlite"}
	return []Case{
		change("check added", "", check("", "a BETWEEN 18 AND 99"), Case{}),
		change("check dropped", check("", "b IN ('x', 'y')"), "", Case{}),
		change("unnamed check changed", check("", "a > 0"), check("", "a > 1"), Case{}),
		change("named check changed", check(`"c"`, "a > 0"), check(`"c"`, "a > 1 AND length(b) = 1"), Case{}),
		change("check named", check("", "a > 0"), check(`"c d"`, "a > 0"), Case{}),
		change("same check twice", check("", "a > 0"), check("", "a > 0")+check("", "a > 0"), Case{Dialects: lite}),
		change("check over two columns", "", check("", "a > length(b)")+check("", "b LIKE '_' OR b GLOB '[a-z]*'"), Case{Dialects: lite}),
		change("check with quotes and braces", "", check("", `b <> 'it''s $${x} %%{y} \"'`), Case{}),
		change("check of another case", check("", "b = 'X' OR a > 0"), check("", "b = 'x' OR a > 0"), Case{}),
		change("check with a conflict clause", check("", "a > 0"), "check {\n  expr = \"a > 0\"\n  on_conflict = IGNORE\n}\n", Case{Needs: []string{"check.on_conflict"}}),
		change("check of JSON", "", check("", "json_valid(b) OR b IN ('x', 'y')"), Case{Dialects: lite}),
	}
}
