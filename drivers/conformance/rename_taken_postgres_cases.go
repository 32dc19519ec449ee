package conformance

import "strings"

// renameTakenPostgresCases are renames of PostgreSQL's kinds onto names that something has: it goes, or is renamed itself.
func renameTakenPostgresCases() []Case {
	from := func(text, name string) string {
		return strings.TrimSuffix(text, "}\n") + "  renamed_from = \"" + name + "\"\n}\n"
	}
	onto := func(name string, before, after string, rows []string, holds ...Query) Case {
		return Case{Name: name, Before: before, After: after, Rows: rows, Holds: holds, Dialects: []string{"postgres"}}
	}
	counted := func(name, column, counter string) string {
		return block(`table "`+name+`"`, "column \""+column+"\" { "+counter+" }", "column \"x\" {\n  type = text\n  null = true\n}", "primary_key { columns = [column."+column+"] }")
	}
	const serial, identity = "type = serial", "\n  type = int\n  identity {}\n"
	rows := []string{"INSERT INTO p (x) VALUES ('a')", "INSERT INTO q (x) VALUES ('b'), ('c'), ('d')"}
	enum := func(name string, values ...string) string {
		return block(`enum "`+name+`"`, `values = ["`+strings.Join(values, `", "`)+`"]`)
	}
	function := func(name, value string) string {
		return block(`function "`+name+`"`, "lang = SQL", "arg \"a\" { type = int }", "return = int", `as = "SELECT `+value+`"`)
	}
	typed := func(column, type_ string) string {
		return block(`table "t"`, "column \"c\" {\n  type = "+type_+"\n  null = true\n}")
	}
	domain := func(name, type_ string) string { return block(`domain "`+name+`"`, "type = "+type_) }
	composite := func(name, field string) string {
		return block(`composite "`+name+`"`, "field \""+field+"\" { type = int }")
	}
	span := func(name, type_ string) string { return block(`range "`+name+`"`, "subtype = "+type_) }
	sequence := func(name, start string) string { return block(`sequence "`+name+`"`, "start = "+start) }
	view := func(name, value string) string { return block(`view "`+name+`"`, `as = "SELECT `+value+` AS a"`) }
	schema := func(name string) string { return "schema \"" + name + "\" {}\n" }
	inSchema := func(name, table string) string {
		return block(`table "`+table+`"`, "schema = schema."+name, "column \"id\" { type = int }")
	}
	return []Case{
		onto("table with a serial column takes the name of one that goes", counted("p", "i", serial)+counted("q", "j", serial), from(counted("p", "j", serial), "q"), rows,
			Query{Before: "SELECT last_value FROM q_j_seq", After: "SELECT last_value FROM p_j_seq", Want: "3"}),
		onto("table with the same serial column takes the name of one that goes", counted("p", "i", serial)+counted("q", "i", serial), from(counted("p", "i", serial), "q"), rows,
			Query{Before: "SELECT last_value FROM q_i_seq", After: "SELECT last_value FROM p_i_seq", Want: "3"}),
		onto("table with an identity takes the name of one that goes", counted("p", "i", identity)+counted("q", "i", identity), from(counted("p", "i", identity), "q"), rows,
			Query{Before: "SELECT last_value FROM q_i_seq", After: "SELECT last_value FROM p_i_seq", Want: "3"}),
		onto("enum takes the name of one that goes", enum("e", "x", "y")+enum("f", "a", "b")+typed("c", "enum.f"), from(enum("e", "a", "b"), "f")+typed("c", "enum.e"), []string{"INSERT INTO t VALUES ('b')"}, Query{Before: "SELECT c FROM t", Want: "b"}),
		onto("enum takes the name of one that goes and gets its column", enum("e", "x", "a")+enum("f", "a", "b")+block(`table "t"`, "column \"c\" { type = enum.e }", "column \"d\" { type = enum.f }"),
			from(enum("e", "a", "b"), "f")+block(`table "t"`, "column \"c\" { type = enum.e }", "column \"d\" { type = enum.e }"), []string{"INSERT INTO t VALUES ('a', 'b')"}, Query{Before: "SELECT c, d FROM t", Want: "a|b"}),
		onto("domain takes the name of one that goes", domain("e", "text")+domain("f", "int")+typed("c", "domain.f"), from(domain("e", "int"), "f")+typed("c", "domain.e"), []string{"INSERT INTO t VALUES (3)"}, Query{Before: "SELECT c FROM t", Want: "3"}),
		onto("composite type takes the name of one that goes", composite("e", "x")+composite("f", "y")+typed("c", "composite.f"), from(composite("e", "y"), "f")+typed("c", "composite.e"), []string{"INSERT INTO t VALUES (ROW(3))"}, Query{Before: "SELECT (c).y FROM t", Want: "3"}),
		onto("range type takes the name of one that goes", span("e", "numeric")+span("f", "int")+typed("c", "range.f"), from(span("e", "int"), "f")+typed("c", "range.e"), []string{"INSERT INTO t VALUES ('[1,2]')"}, Query{Before: "SELECT c FROM t", Want: "[1,2]"}),
		onto("sequence takes the name of one that goes", sequence("e", "5")+sequence("f", "70"), from(sequence("e", "70"), "f"), []string{"SELECT nextval('f'), nextval('f')"}, Query{Before: "SELECT last_value FROM f", After: "SELECT last_value FROM e", Want: "71"}),
		onto("function takes the name of one that goes", function("g", "1")+function("h", "2")+view("v", "g(0) + h(0)"), from(function("g", "2"), "h")+view("v", "g(0)"), nil, Query{Before: "SELECT a FROM v", Want: "3", Then: "2"}),
		onto("schema takes the name of one that goes", schema("p")+schema("q")+inSchema("p", "t")+inSchema("q", "u"), from(schema("p")[:len(schema("p"))-2]+"\n}\n", "q")+inSchema("p", "u"), []string{"INSERT INTO q.u VALUES (7)"}, Query{Before: "SELECT id FROM q.u", After: "SELECT id FROM p.u", Want: "7"}),
		onto("table moves to the name of one that goes in another schema", schema("p")+schema("q")+inSchema("p", "t")+inSchema("q", "t"), schema("p")+schema("q")+from(inSchema("p", "t"), "q.t"), []string{"INSERT INTO q.t VALUES (7)"}, Query{Before: "SELECT id FROM q.t", After: "SELECT id FROM p.t", Want: "7"}),
		{Name: "value asked for the name of one that stays", Before: enum("e", "a", "b", "c") + typed("c", "enum.e"), After: enum("e", "a", "c") + typed("c", "enum.e"), Renames: []string{"value e.b=a"},
			Refused: "the database has value e.a already", Dialects: []string{"postgres"}},
		onto("column of a partitioned table takes the name of one that goes", block(`table "p"`, "column \"k\" { type = int }", "column \"a\" {\n  type = int\n  null = true\n}", "column \"b\" { type = int }", "partition {\n  type = LIST\n  columns = [column.k]\n}")+block(`partition "p1"`, "of = table.p", "in = [1]"),
			block(`table "p"`, "column \"k\" { type = int }", "column \"a\" {\n  type = bigint\n  renamed_from = \"b\"\n}", "partition {\n  type = LIST\n  columns = [column.k]\n}")+block(`partition "p1"`, "of = table.p", "in = [1]"),
			[]string{"INSERT INTO p VALUES (1, 2, 3)"}, Query{Before: "SELECT b FROM p", After: "SELECT a FROM p", Want: "3"}),
		onto("partitioned table takes the name of one that goes", block(`table "p"`, "column \"k\" { type = int }", "partition {\n  type = LIST\n  columns = [column.k]\n}", "index \"i\" { columns = [column.k] }")+block(`partition "p1"`, "of = table.p", "in = [1]")+
			block(`table "q"`, "column \"k\" { type = int }", "partition {\n  type = LIST\n  columns = [column.k]\n}", "index \"j\" { columns = [column.k] }")+block(`partition "q1"`, "of = table.q", "in = [1]"),
			block(`table "p"`, "column \"k\" { type = int }", "partition {\n  type = LIST\n  columns = [column.k]\n}", "index \"i\" { columns = [column.k] }", "renamed_from = \"q\"")+block(`partition "p1"`, "of = table.p", "in = [1]", "renamed_from = \"q1\""),
			[]string{"INSERT INTO q VALUES (1)"}, Query{Before: "SELECT k FROM q1", After: "SELECT k FROM p1", Want: "1"}),
		onto("trigger and policy take the names of some that go", block(`function "f"`, "lang = PLpgSQL", "return = trigger", `as = "BEGIN RETURN NEW; END"`)+block(`table "t"`, "column \"c\" { type = int }")+
			block(`trigger "a"`, "on = table.t", "before { insert = true }", "for = ROW", "execute { function = function.f }")+block(`trigger "b"`, "on = table.t", "after { delete = true }", "for = ROW", "execute { function = function.f }")+
			block(`policy "x"`, "on = table.t", `using = "c > 0"`)+block(`policy "y"`, "on = table.t", `using = "c > 1"`),
			block(`function "f"`, "lang = PLpgSQL", "return = trigger", `as = "BEGIN RETURN NEW; END"`)+block(`table "t"`, "column \"c\" { type = int }")+
				block(`trigger "a"`, "on = table.t", "after { delete = true }", "for = ROW", "execute { function = function.f }", `renamed_from = "b"`)+block(`policy "x"`, "on = table.t", `using = "c > 1"`, `renamed_from = "y"`), nil),
	}
}
