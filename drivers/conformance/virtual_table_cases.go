package conformance

func virtualTableCases() []Case {
	fts := func(name, rest string) string {
		return "virtual_table \"" + name + "\" {\n  module = \"fts5\"\n  arguments = [\"title\", \"body\"]\n" + rest + "}\n"
	}
	return []Case{
		{Name: "full text index added", Needs: []string{"virtual_table"}, Before: keyless("t"), After: keyless("t") + fts("f", "")},
		{Name: "full text index dropped", Needs: []string{"virtual_table"}, Before: keyless("t") + fts("f", ""), After: keyless("t"),
			Rows: []string{"INSERT INTO f VALUES ('a b', 'c')"}},
		{Name: "refused: full text index made anew", Needs: []string{"virtual_table"}, Before: fts("f", ""), Refused: "virtual_table f",
			After: "virtual_table \"f\" {\n  module = \"fts5\"\n  arguments = [\"title\", \"body\", \"tokenize = 'porter ascii'\"]\n}\n"},
		{Name: "full text index renamed", Needs: []string{"virtual_table"}, Before: fts("f", ""), After: fts("g", "  renamed_from = \"f\"\n"),
			Rows:  []string{"INSERT INTO f VALUES ('a b', 'c')"},
			Holds: []Query{{Before: "SELECT title FROM f WHERE f MATCH 'b'", After: "SELECT title FROM g WHERE g MATCH 'b'", Want: "a b"}}},
		{Name: "spatial index added", Needs: []string{"virtual_table"}, Before: keyless("t"),
			After: keyless("t") + "virtual_table \"r\" {\n  module = \"rtree\"\n  arguments = [\"id\", \"x0\", \"x1\"]\n}\n"},
		{Name: "full text index beside a table that is rebuilt", Dialects: []string{"sqlite"}, Needs: []string{"virtual_table"},
			In: "table \"t\" {\n  …\n}\n" + fts("f", "") +
				"trigger \"g\" {\n  on = table.t\n  after { insert = true }\n  as = \"BEGIN INSERT INTO f VALUES (new.a, 'b'); END\"\n}\n",
			Before: column("a", "type = text"), After: column("a", "type = varchar(9)", `default = "z"`),
			Rows:  []string{"INSERT INTO t VALUES ('word')"},
			Holds: []Query{{Before: "SELECT title FROM f WHERE f MATCH 'word'", Want: "word"}}},
	}
}
