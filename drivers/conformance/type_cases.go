package conformance

import "strings"

// typeCases are types of people's own, as PostgreSQL has them.
func typeCases() []Case {
	postgres := []string{"postgres"}
	table := func(column string) string {
		return "\ntable \"t\" {\n  column \"id\" { type = int }\n  " + column + "\n  primary_key { columns = [column.id] }\n}\n"
	}
	enum := func(values string) string { return "enum \"status\" { values = [" + values + "] }\n" }
	status := table("column \"s\" {\n    type = enum.status\n    null = true\n  }")
	pointing := status + "table \"other\" {\n  column \"id\" { type = int }\n  primary_key { columns = [column.id] }\n}\n" +
		"table \"more\" {\n  column \"s\" { type = enum.status }\n  column \"o\" { type = int }\n  foreign_key { \n    columns = [column.o]\n    ref_columns = [table.other.column.id]\n  }\n}\n"
	nullable := func(name, typ string) string {
		return "column \"" + name + "\" {\n    type = " + typ + "\n    null = true\n  }\n  "
	}
	rows := []string{"INSERT INTO t VALUES (1, 'new')", "INSERT INTO t VALUES (2, 'paid')", "INSERT INTO t VALUES (3, NULL)"}
	kept := []Query{{Before: "SELECT id, s::text FROM t ORDER BY id", Want: "1|new\n2|paid\n3|NULL"}}
	change := func(name, before, after string, more Case) Case {
		more.Name, more.Before, more.After, more.Dialects = name, before, after, postgres
		return more
	}
	return []Case{
		change("enum values added at every place", enum(`"new", "paid"`)+status, enum(`"a", "b", "new", "c", "d", "paid", "e", "f"`)+status, Case{Rows: rows, Holds: kept}),
		change("enum value removed", enum(`"new", "paid", "lost"`)+status, enum(`"new", "paid"`)+status, Case{Rows: rows, Holds: kept}),
		change("enum values reordered", enum(`"new", "paid"`)+status, enum(`"paid", "new"`)+status, Case{Rows: rows, Holds: kept}),
		change("enum value removed that rows have", enum(`"new", "paid"`)+status, enum(`"new"`)+status, Case{Rows: rows, Refused: "can't hold 'paid'"}),
		change("enum value removed under a view", enum(`"new", "paid", "lost"`)+status+"view \"v\" { as = \"SELECT id, s FROM t WHERE s = 'new'\" }\n",
			enum(`"new", "paid"`)+status+"view \"v\" { as = \"SELECT id, s FROM t WHERE s = 'new'\" }\n", Case{Rows: rows, Holds: kept}),
		change("enum value replaced, the new one named by a check", enum(`"new", "paid", "lost"`)+status+"", enum(`"new", "paid", "gone"`)+
			table("column \"s\" {\n    type = enum.status\n    null = true\n  }\n  check \"known\" { expr = \"s = ANY (ARRAY['new'::status, 'paid'::status, 'gone'::status])\" }"), Case{Rows: rows, Holds: kept}),
		change("enum value added, used by a table with a key to another", enum(`"new", "paid"`)+pointing, enum(`"new", "paid", "lost"`)+pointing, Case{}),
		change("enum value replaced, a table of it goes and another comes", enum(`"new", "paid"`)+status, enum(`"fresh", "paid"`)+strings.ReplaceAll(status, `"t"`, `"s"`), Case{}),
		change("enum value replaced, columns of it go, come and become text", enum(`"new", "paid"`)+table(nullable("a", "enum.status")+nullable("b", "enum.status")+nullable("c", `sql("status[]")`)),
			enum(`"fresh", "paid"`)+table(nullable("b", "text")+nullable("c", `sql("text[]")`)+nullable("d", "enum.status")), Case{Rows: []string{"INSERT INTO t VALUES (1, 'new', 'new', '{new}')"},
				Holds: []Query{{Before: "SELECT b::text, c::text FROM t", Want: "new|{new}"}}}),
		change("enum value removed under a default, a check and an index",
			enum(`"new", "paid", "lost"`)+guarded("new"), enum(`"new", "paid"`)+guarded("new"), Case{Rows: rows[:2]}),
	}
}

// guarded is a table whose column of an enum has a default, a check, a partial index and a function around it.
func guarded(value string) string {
	return `
table "t" {
  column "id" { type = int }
  column "s" {
    type    = enum.status
    default = "` + value + `"
  }
  primary_key { columns = [column.id] }
  index "t_s" {
    columns = [column.s]
    where   = "s = '` + value + `'"
  }
  check "one" { expr = "s IN ('new', 'paid')" }
}
`
}
