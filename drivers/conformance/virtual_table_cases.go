package conformance

import "strings"

func virtualTableCases() []Case {
	fts := func(name, rest string) string {
		return "virtual_table \"" + name + "\" {\n  module = \"fts5\"\n  arguments = [\"title\", \"body\"]\n" + rest + "}\n"
	}
	arguments := func(name string, list ...string) string {
		return "virtual_table \"" + name + "\" {\n  module = \"fts5\"\n  arguments = [" + strings.Join(list, ", ") + "]\n}\n"
	}
	// over leaves out the last brace, which the table around it brings.
	over := func(columns ...string) string {
		return strings.TrimSuffix(arguments("f", append(columns, `"content = 't'"`, `"content_rowid = 'id'"`)...), "}\n")
	}
	return []Case{
		{Name: "full text index added", Needs: []string{"virtual_table"}, Before: keyless("t"), After: keyless("t") + fts("f", "")},
		{Name: "full text index dropped", Needs: []string{"virtual_table"}, Before: keyless("t") + fts("f", ""), After: keyless("t"),
			Rows: []string{"INSERT INTO f VALUES ('a b', 'c')"}},
		{Name: "full text index with another tokenizer", Unproven: true, Needs: []string{"virtual_table"}, Before: fts("f", ""), After: arguments("f", `"title"`, `"body"`, `"tokenize = 'porter ascii'"`),
			Rows:  []string{"INSERT INTO f (rowid, title, body) VALUES (7, 'running', 'b')", "INSERT INTO f (f, rank) VALUES ('rank', 'bm25(10.0)')"},
			Holds: []Query{{Before: "SELECT rowid FROM f WHERE f MATCH 'running'", Want: "7"}, {Before: "SELECT count(*) FROM f WHERE f MATCH 'run'", Want: "0", Then: "1"}, {Before: "SELECT v FROM f_config WHERE k = 'rank'", Want: "bm25(10.0)"}}},
		{Name: "full text index with other columns", Unproven: true, Needs: []string{"virtual_table"}, Before: fts("f", ""), After: arguments("f", `"body UNINDEXED"`, `"more"`),
			Rows:  []string{"INSERT INTO f (title, body) VALUES ('a b', 'c')"},
			Holds: []Query{{Before: "SELECT body FROM f", Want: "c"}}},
		{Name: "full text index over another column of a table", Unproven: true, Dialects: []string{"sqlite"}, Needs: []string{"virtual_table"}, In: keyed,
			Before: column("a", "type = text") + "}\n" + over(`"a"`), After: column("a", "type = text") + column("b", "type = text", `default = "bee"`) + "}\n" + over(`"a"`, `"b"`),
			Rows:  []string{"INSERT INTO t VALUES (1, 'word')", "INSERT INTO f (f) VALUES ('rebuild')"},
			Holds: []Query{{Before: "SELECT a FROM f WHERE f MATCH 'word'", Want: "word"}, {Before: "SELECT count(*) FROM f WHERE f MATCH 'bee'", Want: "0", Then: "1"}}},
		{Name: "refused: full text index that gives its text up", Needs: []string{"virtual_table"}, Before: fts("f", ""), After: arguments("f", `"title"`, `"content = ''"`), Refused: "virtual_table f"},
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
