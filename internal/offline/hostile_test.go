package offline

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// byHand adds a revision with these statements; the ones that begin with ALONE stand outside of a transaction.
func (p *pair) byHand(up, down []string) {
	steps := func(statements []string) (list []revision.Step) {
		for _, sql := range statements {
			sql, alone := strings.CutPrefix(sql, "ALONE ")
			list = append(list, revision.Step{Name: "a\n.quit step; --", SQL: sql, Transaction: !alone})
		}
		return list
	}
	file := &revision.File{ID: "r" + string(rune('1'+len(p.files))), Path: "by_hand.hcl", Message: "$duo_orm$ it's; \\q\n.quit", Dialect: p.driver.Name(),
		Created: time.Date(2026, 11, 24, 4, 12, len(p.files), 0, time.UTC), Upgrade: steps(up), Downgrade: steps(down)}
	for _, before := range p.files {
		file.Parents = []string{before.ID}
	}
	p.files = append(p.files, file)
}

// Whatever stands in statements, the shell runs what the command runs.
func TestSQLiteTexts(t *testing.T) {
	p := newPair(t, sqliteEngine(t), "texts")
	p.byHand([]string{
		"CREATE TABLE t (a text, \"b;\ngo\n.quit\" text) -- the end",
		"/* first; */ CREATE TABLE u (a -- ; '\n integer\n)\n/* not closed",
		"CREATE TRIGGER touched AFTER INSERT ON t\nBEGIN\n  UPDATE t SET a = CASE a WHEN ';' THEN 'x;\nEND;' ELSE a END;\n  -- END;\n  SELECT 1;\nEND",
		"INSERT INTO t VALUES ('it''s;\n.quit\n/\ngo\n#no\n-- still', ';')",
		"INSERT INTO u\nVALUES (12\n/\n3\n);",
		"SELECT a\ngo\nFROM u ; -- done",
		"-- .quit\nINSERT INTO u SELECT 1 /* ; */ ;;",
		"ALONE VACUUM",
		"PRAGMA recursive_triggers = ON",
		"INSERT INTO t (a) VALUES (';')",
	}, []string{"DROP TABLE t", "ALONE VACUUM", "DROP TABLE u;"})
	p.move(nil, "head", false)
	p.move([]string{"r1"}, "base", true)
}

// So does psql, which has variables, other quotes and statements in statements besides.
func TestPostgresTexts(t *testing.T) {
	for _, flags := range [][]string{nil, {"-1"}} {
		p := newPair(t, postgresEngine(t, flags...), "texts")
		p.byHand([]string{
			"CREATE TABLE t (a text, users int[], \"b;\n\\q\" text) -- the end",
			"/* first; /* nested */ */ CREATE TABLE u (a -- ; '\n integer)\n/* closed */",
			"INSERT INTO t VALUES ('it''s;\n\\q :USERS', ARRAY[1,2,3], E'\\'\\n;') ; -- done",
			"UPDATE t\nSET users = users[1:2] || users[1:cardinality(users)]::int[]",
			"CREATE FUNCTION f(n int) RETURNS int LANGUAGE SQL BEGIN ATOMIC SELECT n; SELECT CASE WHEN n > 1 THEN 2 ELSE 3 END; END",
			"CREATE FUNCTION g() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN ':USERS;' || $x$ $duo_orm$ \\q $x$; END$$;",
			"CREATE RULE r AS ON INSERT TO u DO ALSO (UPDATE t SET a = 'r'; DELETE FROM t WHERE a = ';')",
			"ALONE CREATE INDEX CONCURRENTLY t_a ON t (a)",
			"SET search_path = nowhere",
			"SET ROLE pg_monitor",
		}, []string{"SELECT pg_catalog.set_config('search_path', 'pg_catalog', false)", "ALONE DROP INDEX CONCURRENTLY public.t_a", "DROP FUNCTION f, g", "DROP TABLE t, u"})
		p.move(nil, "head", false)
		p.move([]string{"r1"}, "base", true)
		if err := p.conn.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A script stops where the database is elsewhere, and leaves it as it is.
func TestStops(t *testing.T) {
	for name, e := range map[string]func(*testing.T) engine{"SQLite": sqliteEngine, "PostgreSQL": func(t *testing.T) engine { return postgresEngine(t) }} {
		t.Run(name, func(t *testing.T) {
			p := newPair(t, e(t), "stops")
			for _, name := range []string{"a", "b", "c"} {
				p.byHand([]string{"CREATE TABLE " + name + " (id int)"}, []string{"DROP TABLE " + name})
			}
			refused := func(script, why string) {
				t.Helper()
				before := p.dump(t, p.script)
				out, err := p.shell(p.script, script)
				if err == nil || !strings.Contains(out, why) {
					t.Errorf("got %v, want %q:\n%s", err, why, out)
				}
				if after := p.dump(t, p.script); after != before {
					t.Errorf("the script has stopped and left something:\n%s", after)
				}
			}
			refused(p.write([]string{"r1"}, "head", false), "the database is not at r1")
			p.move(nil, "r2", false)
			refused(p.write(nil, "head", false), "the database is not at <base>")
			refused(p.write([]string{"r1"}, "head", false), "the database is not at r1")
			refused(p.write([]string{"r3"}, "base", true), "the database is not at r3")
			edited := *p.files[1]
			edited.Upgrade = append(edited.Upgrade[:1:1], revision.Step{SQL: "SELECT 1", Transaction: true})
			files := p.files
			p.files = []*revision.File{files[0], &edited, files[2]}
			refused(p.write([]string{"r2"}, "head", false), "the database is not at r2")
			p.files = files
			// A statement that fails takes its revision back, and keeps what comes behind it from running.
			files[2].Upgrade = append(files[2].Upgrade, revision.Step{SQL: "INSERT INTO nowhere VALUES (1)", Transaction: true})
			refused(p.write([]string{"r2"}, "head", false), "nowhere")
		})
	}
}

// What a script can't do is an error, which names the step.
func TestNoScript(t *testing.T) {
	p := newPair(t, sqliteEngine(t), "refused")
	p.byHand([]string{"SELECT 1"}, nil)
	out, err := p.driver.(drivers.Scripter).Script(p.url(p.script), drivers.OpenOptions{VersionTable: versionTable})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		step revision.Step
		want string
	}{
		{revision.Step{Name: "s", Exec: []string{"./x"}}, `step "s" of revision r1 (by_hand.hcl) can't stand in a script: it runs a program, which takes duo-orm and a connection`},
		{revision.Step{Name: "s", SQL: "COMMIT", Transaction: true}, "COMMIT can't be a step"},
		{revision.Step{Name: "s", SQL: "SELECT 1; SELECT 2", Transaction: true}, "more than one statement"},
		{revision.Step{Name: "s", SQL: "VACUUM", Transaction: true}, "write transaction = false in the step"},
	} {
		p.files[0].Upgrade = []revision.Step{c.step}
		var failed *execute.ScriptError
		if _, err := execute.Script(p.options("head"), out, nil, false); !errors.As(err, &failed) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
	p.files[0].Upgrade = nil
	o := p.options("head")
	o.Hooks.AfterUpgrade = []execute.Hook{{Exec: []string{"./x"}, Place: "migrations.hcl:3"}}
	var failed *execute.ScriptError
	if _, err := execute.Script(o, out, nil, false); !errors.As(err, &failed) || failed.Hook == nil {
		t.Errorf("got %v", err)
	}
}

// Branches and merges, whole and in part.
func TestBranches(t *testing.T) {
	p := newPair(t, sqliteEngine(t), "branches")
	for _, parents := range [][]string{nil, {"r1"}, {"r1"}, {"r2", "r3"}, {"r4"}} {
		name := string(rune('a' + len(p.files)))
		p.byHand([]string{"CREATE TABLE " + name + " (id int)"}, []string{"DROP TABLE " + name})
		p.files[len(p.files)-1].Parents = parents
	}
	p.move(nil, "r2", false)
	p.move([]string{"r2"}, "r3", false)
	p.move([]string{"r2", "r3"}, "head", false)
	p.move([]string{"r5"}, "r1", true)
	p.move([]string{"r1"}, "head", false)
	p.move([]string{"r5"}, "base", true)
}
