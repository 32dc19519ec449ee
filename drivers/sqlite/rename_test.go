package sqlite

import (
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/google/go-cmp/cmp"
)

// renamesOf reads "kind parent.old new" or "kind old new".
func renamesOf(lines ...string) []drivers.Rename {
	var renames []drivers.Rename
	for _, line := range lines {
		words := strings.Split(line, " ")
		id := hclschema.Identity{Kind: words[0], Name: words[1]}
		if parent, name, ok := strings.Cut(words[1], "."); ok {
			id.Parent, id.Name = parent, name
		}
		to := id
		to.Name = words[2]
		renames = append(renames, drivers.Rename{From: id, To: to})
	}
	return renames
}

func TestRename(t *testing.T) {
	for _, c := range []struct {
		name    string
		before  []string
		renames []string
		want    []string
		// after are statements that make what must be there in the end.
		after []string
	}{
		{
			"a table, its column and its index, named by others",
			[]string{
				`CREATE TABLE users (id integer PRIMARY KEY, mail text, CHECK (users.mail <> ''))`,
				`CREATE INDEX users_mail ON users (mail)`,
				`CREATE TABLE posts (author int REFERENCES users (id))`,
				`CREATE VIEW mails AS SELECT users.mail AS m FROM users`,
				`CREATE TRIGGER tr AFTER INSERT ON users BEGIN UPDATE users SET mail = 'x'; END`,
			},
			[]string{"table users people", "column people.mail email", "index people.users_mail people_email"},
			[]string{
				`DROP INDEX users_mail`, "CREATE INDEX people_email\nON users (mail)",
				"ALTER TABLE users\nRENAME TO people", "ALTER TABLE people\nRENAME COLUMN mail TO email",
			},
			[]string{
				`CREATE TABLE people (id integer PRIMARY KEY, email text, CHECK ("people".email <> ''))`,
				`CREATE INDEX people_email ON people (email)`,
				`CREATE TABLE posts (author int REFERENCES people (id))`,
				`CREATE VIEW mails AS SELECT "people".email AS m FROM "people"`,
				`CREATE TRIGGER tr AFTER INSERT ON people BEGIN UPDATE "people" SET email = 'x'; END`,
			},
		},
		{
			"a swap of tables and of columns",
			[]string{`CREATE TABLE a (x int, y text)`, `CREATE TABLE b (z int)`},
			[]string{"table a b", "table b a", "column b.x y", "column b.y x"},
			[]string{
				"ALTER TABLE b\nRENAME TO _duo_orm_tmp_b", "ALTER TABLE a\nRENAME TO b", "ALTER TABLE _duo_orm_tmp_b\nRENAME TO a",
				"ALTER TABLE b\nRENAME COLUMN y TO _duo_orm_tmp_y", "ALTER TABLE b\nRENAME COLUMN x TO y",
				"ALTER TABLE b\nRENAME COLUMN _duo_orm_tmp_y TO x",
			},
			[]string{`CREATE TABLE b (y int, x text)`, `CREATE TABLE a (z int)`},
		},
		{
			"a chain",
			[]string{`CREATE TABLE a (x int)`, `CREATE TABLE b (y int)`},
			[]string{"table a b", "table b c"},
			[]string{"ALTER TABLE b\nRENAME TO c", "ALTER TABLE a\nRENAME TO b"},
			[]string{`CREATE TABLE b (x int)`, `CREATE TABLE c (y int)`},
		},
		{
			"a change of case alone",
			[]string{`CREATE TABLE users (id int)`},
			[]string{"table users Users", "column Users.id ID"},
			[]string{
				"ALTER TABLE users\nRENAME TO _duo_orm_tmp_users", "ALTER TABLE _duo_orm_tmp_users\nRENAME TO \"Users\"",
				"ALTER TABLE \"Users\"\nRENAME COLUMN id TO \"ID\"",
			},
			[]string{`CREATE TABLE "Users" ("ID" int)`},
		},
		{
			"a virtual table",
			[]string{`CREATE VIRTUAL TABLE ft USING fts5(a)`},
			[]string{"virtual_table ft search"},
			[]string{"ALTER TABLE ft\nRENAME TO search"},
			[]string{`CREATE VIRTUAL TABLE search USING fts5(a)`},
		},
		{
			"a trigger of a table that is renamed",
			[]string{`CREATE TABLE t (a int)`, `CREATE TRIGGER tr DELETE ON t BEGIN SELECT 1; END`},
			[]string{"table t u", "trigger u.tr ur"},
			[]string{"DROP TRIGGER tr", "CREATE TRIGGER ur\nBEFORE DELETE ON t\nBEGIN SELECT 1; END", "ALTER TABLE t\nRENAME TO u"},
			[]string{`CREATE TABLE u (a int)`, `CREATE TRIGGER ur DELETE ON u BEGIN SELECT 1; END`},
		},
		{
			"a view takes its triggers along, and what names it is in the way of its tables",
			[]string{
				`CREATE TABLE t (a int)`, `CREATE VIEW v AS SELECT a FROM t`, `CREATE VIEW w AS SELECT a FROM v`,
				`CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN SELECT 1; END`,
				`CREATE TRIGGER other INSTEAD OF INSERT ON w BEGIN SELECT 1; END`,
			},
			[]string{"table t u", "view v x"},
			[]string{
				"DROP TRIGGER other", "DROP VIEW w", "DROP TRIGGER tr", "DROP VIEW v",
				"CREATE VIEW x AS\nSELECT a FROM t", "CREATE TRIGGER tr\nINSTEAD OF INSERT ON x\nBEGIN SELECT 1; END",
				"ALTER TABLE t\nRENAME TO u",
			},
			[]string{
				`CREATE TABLE u (a int)`, `CREATE VIEW x AS SELECT a FROM "u"`,
				`CREATE TRIGGER tr INSTEAD OF INSERT ON x BEGIN SELECT 1; END`,
			},
		},
		{
			"two views trade places",
			[]string{`CREATE VIEW v AS SELECT 1 AS a`, `CREATE VIEW w AS SELECT 2 AS b`},
			[]string{"view v w", "view w v"},
			[]string{"DROP VIEW w", "DROP VIEW v", "CREATE VIEW w AS\nSELECT 1 AS a", "CREATE VIEW v AS\nSELECT 2 AS b"},
			[]string{`CREATE VIEW v AS SELECT 2 AS b`, `CREATE VIEW w AS SELECT 1 AS a`},
		},
		{
			"a constraint has no statement",
			[]string{`CREATE TABLE t (a int, CONSTRAINT x CHECK (a > 0))`},
			[]string{"check t.x y"},
			nil,
			[]string{`CREATE TABLE t (a int, CONSTRAINT x CHECK (a > 0))`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := memory(t, c.before...)
			steps, err := Driver{}.Rename(renamesOf(c.renames...), look(t, db).State)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, step := range steps {
				got = append(got, step.SQL)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if err := runSteps(db, steps); err != nil {
				t.Fatal(err)
			}
			assertState(t, db, look(t, memory(t, c.after...)).State)
		})
	}
}

// Each step says which units exist under which name from then on, triggers of a renamed table included.
func TestRenameTellsUnits(t *testing.T) {
	db := memory(t, `CREATE TABLE t (a int)`, `CREATE TRIGGER tr DELETE ON t BEGIN SELECT 1; END`,
		`CREATE TRIGGER old DELETE ON t BEGIN SELECT 1; END`, `CREATE VIEW v AS SELECT 1`)
	steps, err := Driver{}.Rename(renamesOf("table t u", "trigger u.old new", "view v w"), look(t, db).State)
	if err != nil {
		t.Fatal(err)
	}
	exists := map[string]bool{"table t": true, "trigger t.tr": true, "trigger t.old": true, "view v": true}
	for _, step := range steps {
		for _, id := range step.Drops {
			if !exists[id.String()] {
				t.Errorf("%s drops %s, which isn't there", step.Name, id)
			}
			delete(exists, id.String())
		}
		for _, id := range step.Makes {
			exists[id.String()] = true
		}
	}
	want := map[string]bool{"table u": true, "trigger u.tr": true, "trigger u.new": true, "view w": true}
	if diff := cmp.Diff(want, exists); diff != "" {
		t.Error(diff)
	}
}

func TestRenameOfNothingIsRefused(t *testing.T) {
	_, err := Driver{}.Rename(renamesOf("view nobody v"), hclschema.NewState(Driver{}.Key))
	if err == nil || !strings.Contains(err.Error(), "view nobody") {
		t.Errorf("got %v", err)
	}
	_, err = Driver{}.Rename(renamesOf("column t.a RowID"), hclschema.NewState(Driver{}.Key))
	if err == nil || !strings.Contains(err.Error(), "column t.a") {
		t.Errorf("got %v", err)
	}
}
