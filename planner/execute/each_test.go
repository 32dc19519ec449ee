package execute_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// each is a step that goes through a table in batches.
func each(sql string, batch revision.Each) revision.Step {
	at := strings.Index(sql, "${each.range}")
	return revision.Step{Name: "each", SQL: sql, Placeholders: []revision.Placeholder{{Name: revision.EachRange, At: at}}, Each: &batch}
}

// Every row is met once, whatever the key is and however the rows go into batches.
func TestEach(t *testing.T) {
	for name, table := range map[string]struct {
		columns, rows string
		key           []string
	}{
		"rowid":     {"id integer PRIMARY KEY", "SELECT i - 13 FROM i", nil},
		"text":      {"id text PRIMARY KEY", "SELECT char(39) || (i % 7) || char(10, 59, 34) || i FROM i", nil},
		"composite": {"a integer, b text, PRIMARY KEY (b, a)", "SELECT i % 5 - 2, 'x' || (i % 3) FROM i WHERE i <= 15", nil},
		"real":      {"id real UNIQUE", "SELECT 1.0 / i FROM i", []string{"id"}},
		"blob":      {"id blob UNIQUE", "SELECT CAST('b' || i AS blob) FROM i", []string{"id"}},
		"mixed":     {"id UNIQUE", "SELECT CASE WHEN i % 2 THEN i ELSE 't' || i END FROM i", []string{"id"}},
		"no rowid":  {`"odd ""name""" text COLLATE NOCASE PRIMARY KEY`, "SELECT char(64 + i) FROM i", nil},
		"twice":     {"id integer", "SELECT i / 3 FROM i", []string{"id"}},
		"none":      {"id integer PRIMARY KEY", "SELECT i FROM i WHERE i > 100", nil},
	} {
		for _, batch := range []int{1, 4, 5, 25, 1000} {
			t.Run(fmt.Sprintf("%s by %d", name, batch), func(t *testing.T) {
				t.Parallel()
				conn := newDatabase(t).open()
				exec(t, conn, "CREATE TABLE t ("+strings.Replace(table.columns, ", PRIMARY", ", n integer DEFAULT 0, PRIMARY", 1)+map[bool]string{true: ")", false: ", n integer DEFAULT 0)"}[strings.Contains(table.columns, ", PRIMARY")])
				names := "id"
				if name == "composite" {
					names = "a, b"
				} else if name == "no rowid" {
					names = `"odd ""name"""`
				}
				exec(t, conn, "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < 25) INSERT INTO t ("+names+") "+table.rows)
				f := &revision.File{ID: "a", Path: "a.hcl", Dialect: "sqlite", Upgrade: []revision.Step{
					each("UPDATE t AS x SET n = n + 1 WHERE ${each.range}", revision.Each{Table: "t", As: "x", Key: table.key, Batch: batch})}}
				o := options(conn, join(t, f), "head")
				var last execute.Batches
				o.Progress.Batch = func(_ *revision.File, _ revision.Step, at execute.Batches) { last = at }
				upgrade(t, o)
				if got := texts(t, conn, "SELECT count(*) FROM t WHERE n <> 1"); got[0] != "0" {
					t.Errorf("%s rows were not met once", got)
				}
				if want := texts(t, conn, "SELECT count(*) FROM t"); fmt.Sprint(last.Changed) != want[0] || last.Passed != last.Of || !last.Over {
					t.Errorf("of %s rows it tells %+v", want, last)
				}
			})
		}
	}
}

// Where nobody can hold the lock between batches, another run may go on with the revision. The first one then stops, and leaves
// the record as it is.
func TestOvertaken(t *testing.T) {
	d := newDatabase(t)
	conn, other := d.open(), d.open()
	exec(t, conn, "CREATE TABLE t (id integer PRIMARY KEY, n integer)")
	exec(t, conn, "INSERT INTO t VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0)")
	f := &revision.File{ID: "a", Path: "a.hcl", Dialect: "sqlite", Upgrade: []revision.Step{
		each("UPDATE t SET n = n + 1 WHERE ${each.range}", revision.Each{Table: "t", Batch: 2}), step("b", "CREATE TABLE b (x)")}}
	o := options(conn, join(t, f), "head")
	overtaken := false
	o.Progress.Batch = func(*revision.File, revision.Step, execute.Batches) {
		if !overtaken {
			overtaken = true
			upgrade(t, options(other, join(t, f), "head"))
		}
	}
	_, err := execute.Upgrade(context.Background(), o)
	var failed *execute.StepError
	if !errors.As(err, &failed) || !strings.Contains(err.Error(), "another run") || failed.Unfinished {
		t.Fatalf("got %v", err)
	}
	if got := records(t, conn); len(got) != 1 || got[0].Finished.IsZero() || got[0].Steps != 2 {
		t.Errorf("got %+v", got)
	}
	if got := texts(t, conn, "SELECT group_concat(n) FROM t"); got[0] != "1,1,1,1,1" {
		t.Errorf("got %s", got)
	}
}

func TestEachErrors(t *testing.T) {
	conn := newDatabase(t).open()
	exec(t, conn, "CREATE TABLE t (id integer)")
	exec(t, conn, "INSERT INTO t VALUES (1), (NULL)")
	for want, batch := range map[string]revision.Each{"isn't there, or has no primary key": {Table: "t", Batch: 1}, "without a value in id": {Table: "t", Key: []string{"id"}, Batch: 1}} {
		f := &revision.File{ID: "a", Path: "a.hcl", Dialect: "sqlite", Upgrade: []revision.Step{each("DELETE FROM t WHERE ${each.range}", batch)}}
		_, err := execute.Upgrade(context.Background(), options(conn, join(t, f), "head"))
		var each *execute.EachError
		if !errors.As(err, &each) || each.Table != "t" || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		if len(records(t, conn)) > 0 {
			t.Error("something is recorded")
		}
	}
}

// programs remember what ran.
type programs struct {
	ran  []string
	fail error
}

// Find implements execute.Programs.
func (p *programs) Find(program execute.Program) error {
	if program.Args[0] == "missing" {
		return errors.New("not found")
	}
	return nil
}

// Run implements execute.Programs.
func (p *programs) Run(_ context.Context, program execute.Program) error {
	p.ran = append(p.ran, strings.Join(program.Args, " ")+program.Revision)
	return p.fail
}

// A program that isn't there is found before anything is committed. One that failed runs again where the step lets it.
func TestPrograms(t *testing.T) {
	ctx := context.Background()
	conn := newDatabase(t).open()
	f := file("a")
	f.Upgrade = append(f.Upgrade, revision.Step{Name: "run", Exec: []string{"missing"}})
	_, err := execute.Upgrade(ctx, options(conn, join(t, f), "head"))
	if err == nil || !strings.Contains(err.Error(), "programs can't be run from here") {
		t.Fatalf("got %v", err)
	}
	p := &programs{fail: errors.New("exit code 3")}
	run := func() error {
		o := options(conn, join(t, f), "head")
		o.Programs = p
		_, err := execute.Upgrade(ctx, o)
		return err
	}
	var failed *execute.StepError
	if err := run(); !errors.As(err, &failed) || failed.Unfinished || len(records(t, conn)) > 0 || relations(t, conn) != "" {
		t.Fatalf("got %v, %q", err, relations(t, conn))
	}
	f.Upgrade[1].Exec = []string{"there", "x"}
	if err := run(); !errors.As(err, &failed) || !failed.Unfinished || !strings.Contains(failed.State, "what its program did stays") {
		t.Fatalf("got %v", err)
	}
	p.fail = nil
	var unfinished *execute.UnfinishedError
	if err := run(); !errors.As(err, &unfinished) || !strings.Contains(unfinished.Why, "doesn't say again = true") {
		t.Fatalf("got %v", err)
	}
	f.Upgrade[1].Again = true
	if err := run(); err != nil || !slices.Equal(p.ran, []string{"there xa", "there xa"}) || relations(t, conn) != "a" {
		t.Fatalf("got %v, %q", err, p.ran)
	}
}

// Hooks run in order, the ones that run once only where there is something to run, and a failure says which it was.
func TestHooks(t *testing.T) {
	ctx := context.Background()
	conn := newDatabase(t).open()
	exec(t, conn, "CREATE TABLE did (what text)")
	did := func(what string) execute.Hook {
		return execute.Hook{SQL: "INSERT INTO did SELECT '" + what + "' || count(*) FROM sqlite_schema WHERE name LIKE 't_'", Place: what}
	}
	o := options(conn, join(t, line(2)...), "head")
	o.Hooks = execute.Hooks{BeforeUpgrade: []execute.Hook{did("before")}, AfterEach: []execute.Hook{did("each")}, AfterUpgrade: []execute.Hook{did("after"), {Exec: []string{"x"}}}}
	p := &programs{}
	o.Programs = p
	for range 2 {
		upgrade(t, o)
	}
	if got := strings.Join(texts(t, conn, "SELECT what FROM did"), " "); got != "before0 each1 each2 after2" || len(p.ran) != 1 {
		t.Errorf("got %s, %q", got, p.ran)
	}
	down := o
	down.Target = "base"
	downgrade(t, down)
	o.Hooks.AfterEach[0].SQL = "INSERT INTO nowhere VALUES (1)"
	_, err := execute.Upgrade(ctx, o)
	var hook *execute.HookError
	if !errors.As(err, &hook) || hook.Name != "after_each" || len(records(t, conn)) > 0 {
		t.Errorf("got %v", err)
	}
}

// A step for other environments is left out, and logged.
func TestSkip(t *testing.T) {
	conn := newDatabase(t).open()
	f := file("a")
	f.Upgrade = append(f.Upgrade, revision.Step{Name: "there", SQL: "CREATE TABLE b (x)", When: []string{"production"}, Transaction: true},
		revision.Step{Name: "run", Exec: []string{"x"}, When: []string{"production"}}, revision.Step{Name: "here", SQL: "CREATE TABLE c (x)", Unless: []string{"production"}, Transaction: true})
	upgrade(t, options(conn, join(t, f), "head"))
	if got := relations(t, conn); got != "a c" {
		t.Errorf("got %q", got)
	}
	if got := texts(t, conn, "SELECT detail FROM duo_orm_revisions_log WHERE action = 'skip'"); len(got) != 2 || got[1] != "step 3 of 4, run: only for production" {
		t.Errorf("got %q", got)
	}
	if got := records(t, conn); got[0].Steps != 4 {
		t.Errorf("got %+v", got)
	}
}

// A statement that stands alone, of which nobody can tell whether it ran, runs again where the step lets it.
func TestAgain(t *testing.T) {
	ctx := context.Background()
	conn := newDatabase(t).open()
	f := file("a")
	f.Upgrade = append(f.Upgrade, alone("vacuum", "VACUUM"), alone("count", "INSERT INTO counted VALUES (1)"))
	graph := join(t, f)
	if _, err := execute.Upgrade(ctx, options(conn, graph, "head")); err == nil {
		t.Fatal("it ran")
	}
	exec(t, conn, "CREATE TABLE counted (n)")
	var unfinished *execute.UnfinishedError
	if _, err := execute.Upgrade(ctx, options(conn, graph, "head")); !errors.As(err, &unfinished) {
		t.Fatalf("got %v", err)
	}
	f.Upgrade[2].Again = true
	upgrade(t, options(conn, graph, "head"))
	if got := texts(t, conn, "SELECT count(*) FROM counted"); got[0] != "1" {
		t.Errorf("it ran %s times", got)
	}
}
