package sqlite

import (
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/google/go-cmp/cmp"
)

// properties are given as name, value pairs; a string is an expression, the values of lists are names.
func part(kind, parent, name string, pairs ...any) *hclschema.Object {
	o := &hclschema.Object{
		Identity:   hclschema.Identity{Kind: kind, Parent: parent, Name: name, Unnamed: parent != "" && name == "" && kind != hclschema.KindPrimaryKey},
		Properties: hclschema.Properties{},
	}
	for i := 0; i < len(pairs); i += 2 {
		name := pairs[i].(string)
		switch value := pairs[i+1].(type) {
		case bool:
			o.Properties[name] = hclschema.Bool(value)
		case []string:
			o.Properties[name] = nameList(value...)
		case hclschema.Value:
			o.Properties[name] = value
		case string:
			o.Properties[name] = Driver{}.Expression(value)
		}
	}
	return o
}

func nameList(names ...string) hclschema.List {
	var list hclschema.List
	for _, name := range names {
		list = append(list, Driver{}.Identifier(name))
	}
	return list
}

func table(name string, pairs ...any) *hclschema.Object {
	return part(hclschema.KindTable, "", name, pairs...)
}

func column(table, name, typeText string, pairs ...any) *hclschema.Object {
	o := part(hclschema.KindColumn, table, name, pairs...)
	if typeText != "" {
		o.Properties[hclschema.PropType] = hclschema.Spelled{Text: typeText, Canonical: strings.ToLower(typeText)}
	}
	return o
}

func text(s string) hclschema.Text { return hclschema.Text(s) }

func joinSteps(steps []drivers.Step) string {
	var b strings.Builder
	for _, step := range steps {
		b.WriteString("-- " + step.Name + "\n" + step.SQL + "\n")
	}
	return b.String()
}

func TestCreate(t *testing.T) {
	db := memory(t)
	for _, c := range []struct {
		name string
		unit drivers.Unit
		want string
	}{
		{"table with all that a column can have", drivers.Unit{
			table("posts"),
			column("posts", "id", "integer", "auto_increment", true),
			column("posts", "Title", "varchar(20)", "collate", nameList("NOCASE")[0], "collate_name", text("c"), "default", "'it''s'", "default_name", text("d")),
			column("posts", "order", "", "null", true, "default", "lower('X') -- low"),
			column("posts", "n", "int", "null_on_conflict", text("REPLACE"), "null_name", text("nn"), "default", "- 1"),
			column("posts", "twice", "int", "null", true, "generated", "n * 2 -- twice", "generated_type", text("STORED"), "generated_name", text("g")),
			part(hclschema.KindPrimaryKey, "posts", "", "columns", hclschema.List{hclschema.Record{"column": nameList("ID")[0]}}, "on_conflict", text("FAIL"), "name", text("pk")),
			part(hclschema.KindCheck, "posts", "positive", "expr", "posts.n > 0 -- really"),
			part(hclschema.KindCheck, "posts", "", "expr", "n < 9", "on_conflict", text("IGNORE")),
			part(hclschema.KindUnique, "posts", "", "columns", hclschema.List{
				hclschema.Record{"column": nameList("n")[0], "desc": hclschema.Bool(true), "collate": nameList("rtrim")[0]},
			}, "on_conflict", text("IGNORE")),
			part(hclschema.KindForeignKey, "posts", "parent", "columns", []string{"n"}, "ref_table", nameList("posts")[0], "ref_columns", []string{"id"},
				"on_delete", text("SET_NULL"), "on_update", text("CASCADE"), "match", text("FULL"), "deferrable", text("INITIALLY_DEFERRED")),
			part(hclschema.KindForeignKey, "posts", "", "columns", []string{"n"}, "ref_table", nameList("odd\"one")[0]),
			part(hclschema.KindIndex, "posts", "posts_n", "columns", hclschema.List{
				hclschema.Record{"expr": Driver{}.Expression("n || 1"), "collate": nameList("nocase")[0], "desc": hclschema.Bool(true)},
				hclschema.Record{"column": nameList("Title")[0]},
			}, "unique", true, "where", "n > 1 -- partial"),
		}, `-- create table posts
CREATE TABLE posts (
  id integer CONSTRAINT pk PRIMARY KEY ON CONFLICT FAIL AUTOINCREMENT,
  "Title" varchar(20) NOT NULL CONSTRAINT d DEFAULT 'it''s' CONSTRAINT c COLLATE NOCASE,
  "order" DEFAULT (lower('X') -- low
),
  n int CONSTRAINT nn NOT NULL ON CONFLICT REPLACE DEFAULT - 1,
  twice int CONSTRAINT g GENERATED ALWAYS AS (n * 2 -- twice
) STORED,
  CONSTRAINT positive CHECK (posts.n > 0 -- really
),
  CHECK (n < 9) ON CONFLICT IGNORE,
  UNIQUE (n COLLATE rtrim DESC) ON CONFLICT IGNORE,
  CONSTRAINT parent FOREIGN KEY (n) REFERENCES posts (id) ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (n) REFERENCES "odd""one"
)
-- create index posts_n
CREATE UNIQUE INDEX posts_n
ON posts ((n || 1) COLLATE nocase DESC, "Title")
WHERE n > 1 -- partial
`},
		{"descending keys", drivers.Unit{
			table("a", "strict", true, "without_rowid", true), column("a", "x", "TEXT"), column("a", "y", "INT"),
			part(hclschema.KindPrimaryKey, "a", "", "columns", hclschema.List{
				hclschema.Record{"column": nameList("x")[0], "desc": hclschema.Bool(true)}, hclschema.Record{"column": nameList("y")[0]},
			}),
		}, `-- create table a
CREATE TABLE a (
  x TEXT NOT NULL,
  y INT NOT NULL,
  PRIMARY KEY (x DESC, y)
) STRICT, WITHOUT ROWID
`},
		{"view", drivers.Unit{part(hclschema.KindView, "", "v w", "as", "SELECT 1, 2;\n", "view_columns", []string{"a", "B"})}, `-- create view "v w"
CREATE VIEW "v w" (a, "B") AS
SELECT 1, 2
`},
		{"trigger", drivers.Unit{part(hclschema.KindTrigger, "v w", "tr", "timing", text("INSTEAD_OF"), "event", text("UPDATE"),
			"update_of", []string{"a", "B"}, "when", "new.a > 1 -- big", "as", "BEGIN\n  SELECT CASE WHEN 1 THEN 2 END;\nEND;")}, `-- create trigger "v w".tr
CREATE TRIGGER tr
INSTEAD OF UPDATE OF a, "B" ON "v w"
WHEN new.a > 1 -- big
BEGIN
  SELECT CASE WHEN 1 THEN 2 END;
END
`},
		{"virtual table", drivers.Unit{part(hclschema.KindVirtualTable, "", "ft", "module", nameList("fts5")[0],
			"arguments", hclschema.List{Driver{}.Expression("a"), Driver{}.Expression("tokenize = 'porter ascii'")})}, `-- create virtual_table ft
CREATE VIRTUAL TABLE ft USING fts5(
  a,
  tokenize = 'porter ascii'
)
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			steps, err := Driver{}.Create(c.unit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, joinSteps(steps)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if diff := cmp.Diff([]hclschema.Identity{c.unit.Identity()}, steps[0].Makes); diff != "" {
				t.Error(diff)
			}
			for _, step := range steps {
				mustExec(t, db, step.SQL)
			}
		})
	}
}

// What a model's text may not do: end the clause that it stands in, or begin another.
func TestTextsThatAreMoreThanOneClauseAreRefused(t *testing.T) {
	columnWith := func(property, value string) drivers.Unit {
		return drivers.Unit{table("t"), column("t", "a", "int", property, value, "null", true, "generated_type", text("STORED"))}
	}
	for _, c := range []struct {
		name string
		unit drivers.Unit
		want string
	}{
		{"semicolon in a default", columnWith("default", "1); DROP TABLE t; --"), "column t.a"},
		{"open parenthesis", columnWith("default", "(1"), "parentheses don't match"},
		{"closing parenthesis", columnWith("generated", "1) STORED, b int AS (2"), "parentheses don't match"},
		{"comma", columnWith("default", "1, b int"), "comma"},
		{"open comment", columnWith("default", "1 /* "), "comment"},
		{"open string", columnWith("default", "'a"), "column t.a"},
		{"NUL", columnWith("default", "1\x00"), "NUL"},
		{"nothing", columnWith("default", " -- nothing"), "empty"},
		{"type with a constraint", drivers.Unit{table("t"), column("t", "a", "int PRIMARY KEY")}, "type"},
		{"type with a comma", drivers.Unit{table("t"), column("t", "a", "int, b int")}, "type"},
		{"type that is computed", drivers.Unit{table("t"), column("t", "a", "int GENERATED ALWAYS AS (1)")}, "type"},
		{"unknown property", drivers.Unit{table("t", "tablespace", text("x")), column("t", "a", "")}, "tablespace"},
		{"unknown action", drivers.Unit{table("t"), column("t", "a", "", "null_on_conflict", text("PANIC"))}, "PANIC"},
		{"no column", drivers.Unit{table("t")}, "no columns"},
		{"foreign part", drivers.Unit{table("t"), column("t", "a", ""), part("policy", "t", "p")}, "policy"},
		{"key on nothing", drivers.Unit{table("t"), column("t", "a", ""), part(hclschema.KindPrimaryKey, "t", "", "columns", []string{"b"})}, `"b"`},
		{"counter without key", drivers.Unit{table("t"), column("t", "a", "integer", "auto_increment", true)}, "auto_increment"},
		{"name with NUL", drivers.Unit{table("t"), column("t", "a\x00", "")}, "NUL"},
		{"two queries", drivers.Unit{part(hclschema.KindView, "", "v", "as", "SELECT 1; DROP TABLE t")}, "semicolon"},
		{"no query", drivers.Unit{part(hclschema.KindView, "", "v", "as", "DROP TABLE t")}, "SELECT"},
		{"statement behind a body", drivers.Unit{part(hclschema.KindTrigger, "t", "tr", "event", text("INSERT"), "as", "BEGIN SELECT 1; END; DROP TABLE t; SELECT 1; END")}, "END"},
		{"no body", drivers.Unit{part(hclschema.KindTrigger, "t", "tr", "event", text("INSERT"), "as", "SELECT 1")}, "BEGIN"},
		{"no event", drivers.Unit{part(hclschema.KindTrigger, "t", "tr", "as", "BEGIN SELECT 1; END")}, "event"},
		{"unknown kind", drivers.Unit{part("sequence", "", "s")}, "sequence s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			steps, err := Driver{}.Create(c.unit)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q\n%s", err, c.want, joinSteps(steps))
			}
		})
	}
}

func TestDrop(t *testing.T) {
	steps, err := Driver{}.Drop(drivers.Unit{table("Odd one")})
	if err != nil {
		t.Fatal(err)
	}
	want := []drivers.Step{{
		Name: `drop table "Odd one"`, SQL: `DROP TABLE "Odd one"`, Drops: []hclschema.Identity{{Kind: "table", Name: "Odd one"}},
		Destroys: `the rows of "Odd one"`, ForeignKeysOff: true, Lock: writers,
	}}
	if diff := cmp.Diff(want, steps); diff != "" {
		t.Error(diff)
	}
}
