package sqlite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestWhatSQLiteTakesIsRead draws statements from the whole grammar of CREATE TABLE, CREATE INDEX, CREATE VIEW and CREATE TRIGGER.
// What SQLite takes must be read, agree with SQLite's report, be made again, and be the same in another spelling.
func TestWhatSQLiteTakesIsRead(t *testing.T) {
	taken := map[string]int{}
	rapid.Check(t, func(r *rapid.T) {
		db := memory(t)
		mustExec(t, db, "CREATE TABLE p (id INTEGER PRIMARY KEY, x, y, UNIQUE (x, y))")
		g := grammar{r}
		var statements []string
		for _, statement := range []string{g.table(), g.index(), g.index(), g.view(), g.trigger()} {
			if _, err := db.Exec(statement); err == nil {
				statements = append(statements, statement)
				taken[strings.Fields(statement)[1]]++
			}
		}
		inspection := look(t, db)
		for _, unread := range inspection.Unread {
			if strings.Contains(unread.Reason, "ends with GENERATED ALWAYS") {
				r.SkipNow()
			} else {
				r.Fatalf("%s\n%s can't be carried: %s", strings.Join(statements, ";\n"), unread.Identity, unread.Reason)
			}
		}
		made := memoryOf(t, inspection.State)
		if diff := cmp.Diff(keys(inspection.State), keys(look(t, made).State)); diff != "" {
			r.Fatalf("%s\nmade again:\n%s", strings.Join(statements, ";\n"), diff)
		}
		if diff := cmp.Diff(report(t, db), report(t, made)); diff != "" {
			r.Fatalf("%s\nSQLite's own report when made again:\n%s", strings.Join(statements, ";\n"), diff)
		}
	})
	t.Log("taken:", taken)
	for _, kind := range []string{"TABLE", "INDEX", "UNIQUE", "VIEW", "TRIGGER"} {
		if taken[kind] < 5 {
			t.Errorf("SQLite took only %d statements of CREATE %s", taken[kind], kind)
		}
	}
}

// grammar draws statements.
type grammar struct{ *rapid.T }

func (g grammar) one(choices ...string) string { return rapid.SampledFrom(choices).Draw(g.T, "choice") }

// maybe is the text in one of three cases.
func (g grammar) maybe(text func() string) string {
	if rapid.IntRange(0, 2).Draw(g.T, "maybe") > 0 {
		return ""
	}
	return " " + text()
}

func (g grammar) list(least, most int, separator string, element func() string) string {
	var all []string
	for range rapid.IntRange(least, most).Draw(g.T, "count") {
		all = append(all, element())
	}
	return strings.Join(all, separator)
}

func (g grammar) name() string {
	return g.one("a", "A", `"a"`, "[a]", "`A`", "'a'", "a", "b", `"b"`, "[c d]", "key", `"order"`, "end")
}

func (g grammar) constraintName() string {
	return g.maybe(func() string { return "CONSTRAINT " + g.one("k1", "k2", `"k 3"`, "'k4'", "k5 CONSTRAINT k6", "key") })
}

func (g grammar) conflict() string {
	return g.maybe(func() string { return "ON CONFLICT " + g.one("ROLLBACK", "abort", "FAIL", "Ignore", "REPLACE") })
}

func (g grammar) typeName() string {
	return g.one("", " int", " INTEGER", " integer", " text", " BLOB", " any", " real", " VARCHAR ( 20 )", " unsigned big int", " decimal(10 , -2)",
		" \"my type\"", " [INTEGER]", " 'text'", " key", " int /* odd */", " int generated always", " double\nprecision", " if not", " \"varchar\"(3)")
}

func (g grammar) expression() string {
	return g.one("1", "a > 0", "(a)", "a IN (1, (2))", "length([A]) < 3", "(a + 1) * 2", "a IS NOT NULL /* x */", "'x' || a", "CASE WHEN a THEN 1 END", "NOT (a OR 1)",
		"\"a\" = `a`", "a LIKE ('x')", "CAST(a AS text) <> ''", "a -- why\n > 2", "coalesce((a), (1))", "a == 1", "x'00' <> a", `a = "Text"`)
}

func (g grammar) defaultValue() string {
	return g.one("1", "-1", "+ 2.5", "'x'", "\"text\"", "word", "NULL", "true", "CURRENT_TIMESTAMP", "x'AB'", "(1 + 2)", "((1))", "(datetime('now'))", "0x1F", "(NULL)", "key",
		"- 0x1", "('a' || 'b')", "1_000", "(-1)", "`word`", "(\n1)")
}

func (g grammar) references() string {
	clauses := g.list(0, 3, " ", func() string {
		return g.one("ON DELETE CASCADE", "ON UPDATE SET NULL", "ON DELETE set default", "MATCH full", "ON UPDATE NO ACTION", "ON DELETE RESTRICT", "ON INSERT CASCADE", "MATCH 'Odd'")
	})
	return "REFERENCES " + g.one("p", "P", "gone", `"p"`, "t") + g.one("", "(id)", " ( \"id\" )") + " " + clauses + g.maybe(g.deferrable)
}

func (g grammar) deferrable() string {
	return g.one("DEFERRABLE", "NOT DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE INITIALLY IMMEDIATE", "NOT DEFERRABLE INITIALLY DEFERRED")
}

func (g grammar) columnConstraint() string {
	name := g.constraintName() + " "
	switch rapid.IntRange(0, 11).Draw(g.T, "constraint") {
	case 0:
		return name + "NULL" + g.conflict()
	case 1, 2:
		return name + "NOT NULL" + g.conflict()
	case 3, 4:
		return name + "DEFAULT " + g.defaultValue()
	case 5, 10:
		return name + "COLLATE " + g.one("nocase", "BINARY", `"rtrim"`)
	case 6:
		return name + "UNIQUE" + g.conflict()
	case 7:
		return name + "CHECK (" + g.expression() + ")"
	case 8:
		return name + g.references()
	case 9:
		return name + g.one("AS", "GENERATED ALWAYS AS") + " (" + g.one("1", "a", "a || 'x'", "((a))") + ")" + g.one("", " STORED", " virtual")
	default:
		return name + "PRIMARY KEY" + g.one("", " ASC", " DESC") + g.conflict() + g.one("", "", " AUTOINCREMENT")
	}
}

func (g grammar) keyParts() string {
	return "(" + g.list(1, 3, ", ", func() string {
		return g.name() + g.one("", "", " COLLATE nocase", " COLLATE rtrim COLLATE 'BINARY'") + g.one("", " DESC", " ASC")
	}) + ")"
}

func (g grammar) tableConstraint() string {
	name := g.constraintName() + " "
	switch rapid.IntRange(0, 4).Draw(g.T, "constraint") {
	case 0:
		return name + "PRIMARY KEY " + g.keyParts() + g.conflict()
	case 1:
		return name + "UNIQUE " + g.keyParts() + g.conflict()
	case 2:
		return name + "CHECK (" + g.expression() + ")" + g.conflict()
	case 3:
		return name + "FOREIGN KEY (" + g.name() + ") " + g.references()
	default:
		return "CONSTRAINT dangling"
	}
}

func (g grammar) table() string {
	columns := "a" + g.typeName() + g.list(0, 2, "", g.columnConstraint)
	names := rapid.Permutation([]string{"b", "[c d]", "'e'", "key", `"order"`, `"x""y"`, "end", "desc", "ünï", "if", "replace", "left", "indexed", "_1$"}).Draw(g.T, "names")
	for _, name := range names[:rapid.IntRange(0, 4).Draw(g.T, "columns")] {
		columns += ",\n " + name + g.typeName() + g.list(0, 3, "", g.columnConstraint)
	}
	constraints := g.list(0, 3, g.one(", ", " "), g.tableConstraint)
	if constraints != "" {
		columns += ", " + constraints
	}
	return "CREATE TABLE " + g.one("", "IF NOT EXISTS ", "main.") + g.one("t", `"t"`) + " (" + columns + ")" +
		g.one("", "", "", "", "", " STRICT", " WITHOUT ROWID", " without rowid, strict", "STRICT, WITHOUT ROWID")
}

func (g grammar) index() string {
	return "CREATE " + g.one("", "UNIQUE ") + "INDEX " + g.one("i1", `"i 2"`, "main.i3") + " ON t (" + g.list(1, 3, ", ", func() string {
		return g.one(g.name(), g.expression(), "("+g.name()+")") + g.one("", " COLLATE nocase", " COLLATE \"RTRIM\"") + g.one("", " DESC", " asc")
	}) + ")" + g.maybe(func() string { return "WHERE " + g.expression() })
}

func (g grammar) query() string {
	return g.one("SELECT a FROM t", "SELECT a+1, a  AS \"X y\", t.* FROM t, p WHERE a IN (SELECT id FROM p)", "VALUES (1, 2)",
		"WITH c(n) AS (SELECT 1) SELECT n, count( * ) FROM c GROUP BY 1", "SELECT DISTINCT a k, (SELECT max(id) FROM p) FROM t JOIN p ON p.id = a",
		"SELECT 1 UNION ALL SELECT 2 ORDER BY 1 DESC", "/* why */ SELECT \"a\" FROM \"t\" -- so\n WHERE 1")
}

func (g grammar) view() string {
	return "CREATE VIEW " + g.one("v", "IF NOT EXISTS 'v'", "main.v") + g.one("", " (x)", ` ("x y", z)`) + " AS " + g.query() + g.one("", " ", ";", " -- end")
}

func (g grammar) trigger() string {
	event := g.one("INSERT", "DELETE", "UPDATE", "UPDATE OF a", "UPDATE OF a, \"a\"")
	return "CREATE TRIGGER " + g.one("tr", "IF NOT EXISTS after", "main.\"t r\"", "begin") + g.one("", " BEFORE", " AFTER", " INSTEAD OF") + " " + event +
		" ON " + g.one("t", `"T"`, "v", "p") + g.one("", " FOR EACH ROW") +
		g.maybe(func() string {
			return "WHEN " + g.one("1", "(new.a > 1)", "old.a IS NOT 2", "EXISTS (SELECT 1 FROM p)", "(SELECT 1)", "((1))", "new.\"end\" = old.key")
		}) +
		" BEGIN " + g.list(1, 3, " ", func() string {
		return g.one("SELECT 1;", "UPDATE OR IGNORE p SET x = 'a;b' WHERE id IN (SELECT a FROM t);", "INSERT INTO p DEFAULT VALUES;", "DELETE FROM p;",
			"SELECT RAISE(ABORT, 'no');", "INSERT INTO p (x) SELECT CASE WHEN 1 THEN 2 END;", g.query()+";")
	}) + " END"
}
