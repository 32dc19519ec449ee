package conformance

// keyed is a table with a key, in which a case's part stands.
const keyed = `
table "t" {
  column "id" { type = int }
  primary_key { columns = [column.id] }
  …
}`

func tableCases() []Case {
	return []Case{
		{
			Name: "table added", After: `
table "t" {
  column "id" { type = int }
  column "a" {
    type = text
    null = true
  }
}`,
		},
		{
			Name: "table dropped", Before: keyless("t") + keyless("other"), After: keyless("other"),
			Rows: []string{"INSERT INTO t VALUES (1)", "INSERT INTO other VALUES (2)"},
		},
		{
			Name: "tables in order of their keys, whatever the order of their names",
			After: child("a", "b") + child("b", "c") + keyless("z") + `
table "c" {
  column "id" { type = int }
  primary_key { columns = [column.id] }
}`,
		},
		{
			Name: "tables that need each other", Needs: []string{"foreign_key"},
			After: mutual("a", "b") + mutual("b", "a"),
		},
		{
			Name: "tables that need each other, dropped with their rows", Needs: []string{"foreign_key"},
			Before: mutual("a", "b") + mutual("b", "a"),
			Rows:   []string{"INSERT INTO a VALUES (1, NULL)", "INSERT INTO b VALUES (1, 1)", "UPDATE a SET other = 1"},
		},
		{
			Name: "table made strict", Needs: []string{"table.strict"},
			In:     "table \"t\" {\n  …\n  column \"a\" { type = integer }\n  column \"b\" { type = text }\n}",
			Before: "", After: "strict = true",
			Rows: []string{"INSERT INTO t VALUES (1, 'x')", "INSERT INTO t VALUES (2, '007')"},
		},
		{
			Name: "table without rowid", Needs: []string{"table.without_rowid"}, In: keyed,
			Before: "", After: "without_rowid = true",
			Rows: []string{"INSERT INTO t VALUES (5)", "INSERT INTO t VALUES (7)"},
		},
		{
			Name: "order of columns is no difference", Nothing: true, In: keyed,
			Before: `column "a" { type = text }` + "\n" + `column "b" { type = text }`,
			After:  `column "b" { type = text }` + "\n" + `column "a" { type = text }`,
		},
		{
			Name: "spelling is no difference", Nothing: true, Dialects: []string{"sqlite"},
			Before: `
table "t" {
  column "a" {
    type    = sql("VarChar ( 20 )")
    null    = true
    default = sql("(1+2)")
  }
  check { expr = "a > 0 AND length(a)<5" }
  index "i" { 
    columns = [column.a]
    where   = "a is not null"
  }
}`,
			After: `
table "t" {
  column "a" {
    type    = sql("varchar(20)")
    null    = true
    default = sql("(1 + 2)")
  }
  check { expr = "( (a>0 and LENGTH( \"a\" )<5) )" }
  index "i" {
    columns = [column.a]
    where   = "a IS NOT NULL"
  }
}`,
		},
		{
			Name: "many changes at once", Dialects: []string{"sqlite"},
			Before: `
table "users" {
  column "id" { type = int }
  column "mail" { type = text }
  column "old" {
    type = text
    null = true
  }
  primary_key { columns = [column.id] }
  index "users_mail" { columns = [column.mail] }
}
view "mails" { as = "SELECT id, mail FROM users" }
trigger "lower" {
  on = table.users
  after { insert = true }
  as = "BEGIN UPDATE users SET mail = lower(mail) WHERE id = new.id; END"
}`,
			After: `
table "users" {
  column "id" { type = int }
  column "email" {
    type         = varchar(200)
    renamed_from = "mail"
  }
  column "post" {
    type = int
    null = true
  }
  primary_key { columns = [column.id] }
  foreign_key "favourite" {
    columns     = [column.post]
    ref_columns = [table.posts.column.id]
    on_delete   = SET_NULL
  }
  check { expr = "email <> ''" }
  index "users_email" {
    unique  = true
    columns = [column.email]
  }
}
table "posts" {
  column "id" { type = int }
  column "author" { type = int }
  primary_key { columns = [column.id] }
  foreign_key {
    columns     = [column.author]
    ref_columns = [table.users.column.id]
    on_delete   = CASCADE
  }
}
view "mails" { as = "SELECT id, email AS mail FROM users" }
trigger "lower" {
  on = table.users
  after { insert = true }
  as = "BEGIN UPDATE users SET email = lower(email) WHERE id = new.id; END"
}`,
			Rows:  []string{"INSERT INTO users VALUES (1, 'A@B.C', 'x')", "INSERT INTO users VALUES (7, 'd', NULL)"},
			Holds: []Query{{Before: "SELECT * FROM mails ORDER BY id", Want: "1|a@b.c\n7|d"}},
		},
	}
}

func keyless(name string) string {
	return "\ntable \"" + name + "\" {\n  column \"id\" { type = int }\n}\n"
}

func child(name, parent string) string {
	return `
table "` + name + `" {
  column "id" { type = int }
  column "parent" { type = int }
  primary_key { columns = [column.id] }
  foreign_key {
    columns     = [column.parent]
    ref_columns = [table.` + parent + `.column.id]
  }
}`
}

func mutual(name, other string) string {
	return `
table "` + name + `" {
  column "id" { type = int }
  column "other" {
    type = int
    null = true
  }
  primary_key { columns = [column.id] }
  foreign_key {
    columns     = [column.other]
    ref_columns = [table.` + other + `.column.id]
  }
}`
}
