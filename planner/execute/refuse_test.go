package execute_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func TestEditedFile(t *testing.T) {
	conn := newDatabase(t).open()
	files := line(2)
	upgrade(t, options(conn, join(t, files[:1]...), "head"))
	files[0].Summary, files[0].Message, files[0].Upgrade[0].Name = "other words", "other", "other"
	upgrade(t, options(conn, join(t, files[:1]...), "head")) // words don't count
	files[0].Upgrade[0].SQL = "CREATE TABLE t1 (id integer PRIMARY KEY, more)"
	graph := join(t, files...)
	for _, run := range []func(context.Context, execute.Options) (execute.Result, error){execute.Upgrade, execute.Downgrade} {
		var edited *execute.EditedError
		if _, err := run(context.Background(), options(conn, graph, "heads")); !errors.As(err, &edited) || edited.File.ID != "t1" {
			t.Fatalf("got %v", err)
		}
	}
	accepted, err := execute.Accept(context.Background(), options(conn, graph, "t1"))
	if err != nil || accepted.ID != "t1" {
		t.Fatal(accepted, err)
	}
	if got := done(upgrade(t, options(conn, graph, "head"))); got != "t2" {
		t.Errorf("ran %q", got)
	}
	if got := texts(t, conn, "SELECT group_concat(action) FROM duo_orm_revisions_log"); got[0] != "upgrade,accept,upgrade" {
		t.Errorf("log %q", got)
	}
	var target *execute.TargetError
	if _, err := execute.Accept(context.Background(), options(conn, join(t, line(3)...), "t3")); !errors.As(err, &target) {
		t.Errorf("accepted what isn't applied: %v", err)
	}
}

func TestMissingFile(t *testing.T) {
	conn := newDatabase(t).open()
	files := line(2)
	upgrade(t, options(conn, join(t, files...), "head"))
	older := join(t, files[0])
	var missing *execute.MissingFileError
	for _, run := range []func(context.Context, execute.Options) (execute.Result, error){execute.Upgrade, execute.Downgrade} {
		if _, err := run(context.Background(), options(conn, older, "heads")); !errors.As(err, &missing) || missing.Record.Revision != "t2" {
			t.Fatalf("got %v", err)
		}
	}
	if relations(t, conn) != "t1 t2" {
		t.Errorf("holds %q", relations(t, conn))
	}
	standing := execute.Stand(older, records(t, conn))
	if len(standing.Missing) != 1 || len(standing.Pending) != 0 || standing.Current[0] != "t2" {
		t.Errorf("got %+v", standing)
	}
}

func TestOtherDialect(t *testing.T) {
	conn := newDatabase(t).open()
	files := line(2)
	files[1].Dialect = "postgres"
	var dialect *execute.DialectError
	if _, err := execute.Upgrade(context.Background(), options(conn, join(t, files...), "head")); !errors.As(err, &dialect) {
		t.Fatalf("got %v", err)
	}
	if got := relations(t, conn); got != "" {
		t.Errorf("holds %q: it should have been seen before anything ran", got)
	}
}

func TestSeveralHeads(t *testing.T) {
	conn := newDatabase(t).open()
	graph := join(t, file("a"), file("b", "a"), file("c", "a"))
	var heads *revision.MultipleHeadsError
	if _, err := execute.Upgrade(context.Background(), options(conn, graph, "head")); !errors.As(err, &heads) {
		t.Fatalf("got %v", err)
	}
	upgrade(t, options(conn, graph, "heads"))
	// Taking back one branch leaves the other alone.
	if got := done(downgrade(t, options(conn, graph, "b-1"))); got != "b" {
		t.Errorf("ran %q", got)
	}
	upgrade(t, options(conn, graph, "b"))
	merged := join(t, file("a"), file("b", "a"), file("c", "a"), file("d", "c"), file("m", "b", "d"))
	upgrade(t, options(conn, merged, "head"))
	if got := done(downgrade(t, options(conn, merged, "c"))); got != "m d" {
		t.Errorf("ran %q", got)
	}
	if got := relations(t, conn); got != "a b c" {
		t.Errorf("holds %q", got)
	}
}

func TestDrift(t *testing.T) {
	conn := newDatabase(t).open()
	exec(t, conn, "CREATE TABLE Users (id integer PRIMARY KEY)")
	exec(t, conn, "CREATE TABLE other (x)")
	f := file("a")
	f.Start = map[string]string{"table users": fingerprints(t, conn)["table Users"]}
	graph := join(t, f)
	exec(t, conn, "DROP TABLE other") // nobody rests on it
	exec(t, conn, "ALTER TABLE Users ADD COLUMN surprise text")
	var drift *execute.DriftError
	if _, err := execute.Upgrade(context.Background(), options(conn, graph, "head")); !errors.As(err, &drift) {
		t.Fatalf("got %v", err)
	}
	if difference := cmp.Diff([]string{"table users"}, drift.Units); difference != "" || len(drift.Absent) > 0 {
		t.Errorf("%s %v", difference, drift.Absent)
	}
	if got := relations(t, conn); got != "Users" {
		t.Errorf("holds %q", got)
	}
	allowed := options(conn, graph, "head")
	allowed.AllowDrift = true
	if result := upgrade(t, allowed); done(result) != "a" || len(result.Drift) != 1 {
		t.Errorf("got %+v", result)
	}
	downgrade(t, options(conn, graph, "base"))
	exec(t, conn, "ALTER TABLE Users DROP COLUMN surprise")
	upgrade(t, options(conn, graph, "head"))
	downgrade(t, options(conn, graph, "base"))
	exec(t, conn, "DROP TABLE Users")
	if _, err := execute.Upgrade(context.Background(), options(conn, graph, "head")); !errors.As(err, &drift) || len(drift.Absent) != 1 {
		t.Fatalf("got %v", err)
	}
}

func TestDriftBeforeDowngrade(t *testing.T) {
	conn := newDatabase(t).open()
	f := file("a")
	upgrade(t, options(conn, join(t, f), "head"))
	f.End = fingerprints(t, conn)
	exec(t, conn, "CREATE INDEX i ON a (id)")
	var drift *execute.DriftError
	if _, err := execute.Downgrade(context.Background(), options(conn, join(t, f), "base")); !errors.As(err, &drift) || !drift.Down {
		t.Fatalf("got %v", err)
	}
	exec(t, conn, "DROP INDEX i")
	downgrade(t, options(conn, join(t, f), "base"))
}

// A branch that changed the same table is named.
func TestDriftByABranch(t *testing.T) {
	conn := newDatabase(t).open()
	root := file("users")
	upgrade(t, options(conn, join(t, root), "head"))
	print := fingerprints(t, conn)
	branch := func(id string) *revision.File {
		return &revision.File{ID: id, Path: id + ".hcl", Parents: []string{"users"}, Dialect: "sqlite", Start: print,
			Upgrade: []revision.Step{step("add", "ALTER TABLE users ADD COLUMN "+id)}}
	}
	_, err := execute.Upgrade(context.Background(), options(conn, join(t, root, branch("b"), branch("c")), "heads"))
	var drift *execute.DriftError
	if !errors.As(err, &drift) || drift.File.ID != "c" || strings.Join(drift.Others, " ") != "b" {
		t.Fatalf("got %v", err)
	}
}

// Steps that don't leave what was proved are rolled back.
func TestOutcome(t *testing.T) {
	d := newDatabase(t)
	conn := d.open()
	f := file("a")
	f.End = map[string]string{"table a": "0123456789abcdef"}
	prove(f)
	graph := join(t, f)
	var outcome *execute.OutcomeError
	if _, err := execute.Upgrade(context.Background(), options(conn, graph, "head")); !errors.As(err, &outcome) || outcome.Units[0] != "table a" {
		t.Fatalf("got %v", err)
	}
	if relations(t, conn) != "" || len(records(t, conn)) > 0 {
		t.Errorf("holds %q", relations(t, conn))
	}
	f.Proved = ""
	upgrade(t, options(conn, graph, "head"))
	f.End = fingerprints(t, conn)
	downgrade(t, options(conn, graph, "base"))
	prove(f)
	upgrade(t, options(conn, graph, "head"))
}

func TestUpgradeDoesNotLeadBack(t *testing.T) {
	conn := newDatabase(t).open()
	graph := join(t, line(3)...)
	upgrade(t, options(conn, graph, "t2"))
	var target *execute.TargetError
	for _, given := range []string{"base", "-1"} {
		if _, err := execute.Upgrade(context.Background(), options(conn, graph, given)); !errors.As(err, &target) {
			t.Errorf("%s: %v", given, err)
		}
	}
	if _, err := execute.Downgrade(context.Background(), options(conn, graph, "t3")); !errors.As(err, &target) {
		t.Errorf("downgrade to what isn't applied: %v", err)
	}
}

func TestVersionTablesThatAreNone(t *testing.T) {
	ctx := context.Background()
	for name, statements := range map[string][]string{
		"other columns": {"CREATE TABLE duo_orm_revisions (x)"},
		"a view":        {"CREATE VIEW duo_orm_revisions AS SELECT 1 AS revision"},
		"garbage":       {sqlite.Driver{}.VersionTable(table)[0], "INSERT INTO duo_orm_revisions VALUES ('a', '', '', '', 1, 'no list', '[]', '', '', '')"},
		"no time":       {sqlite.Driver{}.VersionTable(table)[0], "INSERT INTO duo_orm_revisions VALUES ('a', '', '', '', 1, '[]', '[]', 'now', '', '')"},
		"log is a view": {"CREATE VIEW duo_orm_revisions_log AS SELECT 1 AS id"},
		"other log":     {"CREATE TABLE duo_orm_revisions_log (x)"},
	} {
		t.Run(name, func(t *testing.T) {
			conn := newDatabase(t).open()
			for _, statement := range statements {
				exec(t, conn, statement)
			}
			var wrong *execute.VersionTableError
			if _, err := execute.Upgrade(ctx, options(conn, join(t, line(1)...), "head")); !errors.As(err, &wrong) {
				t.Errorf("upgrade: %v", err)
			}
			if _, err := execute.Stamp(ctx, options(conn, join(t, line(1)...), "head")); !errors.As(err, &wrong) {
				t.Errorf("stamp: %v", err)
			}
			if got := relations(t, conn); got != "" {
				t.Errorf("holds %q", got)
			}
		})
	}
}

func TestRecordsOfRingsAreRead(t *testing.T) {
	conn := newDatabase(t).open()
	exec(t, conn, sqlite.Driver{}.VersionTable(table)[0])
	for _, row := range []string{"'a', 'b,c'", "'b', 'c,a'", "'c', 'a,b'"} {
		exec(t, conn, "INSERT INTO duo_orm_revisions VALUES ("+row+", '', '', 0, '[]', '[]', '2026-11-24T04:12:00Z', '2026-11-24T04:12:00Z', '')")
	}
	if got := records(t, conn); len(got) != 3 {
		t.Errorf("got %v", got)
	}
}

func TestStamp(t *testing.T) {
	ctx := context.Background()
	conn := newDatabase(t).open()
	graph := join(t, line(3)...)
	for _, c := range []struct{ target, added, removed, current string }{
		{"t2", "t1 t2", "", "t2"}, {"t2", "", "", "t2"}, {"head", "t3", "", "t3"}, {"t1", "", "t3 t2", "t1"}, {"base", "", "t1", ""}, {"heads", "t1 t2 t3", "", "t3"},
	} {
		got, err := execute.Stamp(ctx, options(conn, graph, c.target))
		if err != nil {
			t.Fatal(err)
		}
		have := [3]string{strings.Join(got.Added, " "), strings.Join(got.Removed, " "), strings.Join(execute.Stand(graph, records(t, conn)).Current, " ")}
		if have != [3]string{c.added, c.removed, c.current} {
			t.Errorf("%s: got %q", c.target, have)
		}
	}
	if got := relations(t, conn); got != "" {
		t.Errorf("holds %q: something ran", got)
	}
	// The record of a revision whose file is gone goes with a stamp.
	got, err := execute.Stamp(ctx, options(conn, join(t, line(2)...), "head"))
	if err != nil || strings.Join(got.Removed, " ") != "t3" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestNothingIsWrittenWhereNothingIsThere(t *testing.T) {
	d := newDatabase(t)
	conn, err := sqlite.Driver{}.Open(context.Background(), "sqlite:///app.db", drivers.OpenOptions{Root: d.folder, VersionTable: table})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	graph := join(t, line(2)...)
	for _, target := range []string{"-1", "base"} {
		if result := downgrade(t, options(conn, graph, target)); !result.NothingToDo() {
			t.Errorf("ran %q", done(result))
		}
	}
	if way, err := execute.Preview(context.Background(), options(conn, graph, "head"), false); err != nil || len(way) != 2 {
		t.Errorf("%v, %v", way, err)
	}
}
