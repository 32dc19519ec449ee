package execute_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func TestUpAndDown(t *testing.T) {
	conn := newDatabase(t).open()
	graph := join(t, line(3)...)
	for _, c := range []struct {
		down                    bool
		target, done, is, heads string
	}{
		{false, "t2", "t1 t2", "t1 t2", "t2"},
		{false, "t1", "", "t1 t2", "t2"},
		{false, "head", "t3", "t1 t2 t3", "t3"},
		{false, "head", "", "t1 t2 t3", "t3"},
		{true, "-1", "t3", "t1 t2", "t2"},
		{true, "current", "", "t1 t2", "t2"},
		{false, "+1", "t3", "t1 t2 t3", "t3"},
		{true, "t1", "t3 t2", "t1", "t1"},
		{true, "base", "t1", "", ""},
		{true, "base", "", "", ""},
		{true, "-1", "", "", ""},
		{false, "heads", "t1 t2 t3", "t1 t2 t3", "t3"},
	} {
		run := upgrade
		if c.down {
			run = downgrade
		}
		o := options(conn, graph, c.target)
		way, err := execute.Preview(context.Background(), o, c.down)
		if err != nil {
			t.Fatal(err)
		}
		result := run(t, o)
		if got := done(result); got != c.done || len(way) != len(result.Done) {
			t.Errorf("%s: ran %q, want %q; %d were foreseen", c.target, got, c.done, len(way))
		}
		if got := relations(t, conn); got != c.is {
			t.Errorf("%s: the database holds %q, want %q", c.target, got, c.is)
		}
		if got := strings.Join(result.Current, " "); got != c.heads {
			t.Errorf("%s: current %q, want %q", c.target, got, c.heads)
		}
	}
	log := strings.Join(texts(t, conn, "SELECT action || ' ' || revision FROM duo_orm_revisions_log ORDER BY id"), ", ")
	want := "upgrade t1, upgrade t2, upgrade t3, downgrade t3, upgrade t3, downgrade t3, downgrade t2, downgrade t1, upgrade t1, upgrade t2, upgrade t3"
	if difference := cmp.Diff(want, log); difference != "" {
		t.Errorf("log (-want +got):\n%s", difference)
	}
}

func TestRecordsHoldWhatWasRun(t *testing.T) {
	conn := newDatabase(t).open()
	f := file("a1")
	f.Upgrade = append(f.Upgrade, step("copy", "CREATE TABLE copy (x)", "table copy"), revision.Step{Name: "drop copy", SQL: "DROP TABLE copy", Drops: []string{"table copy"}, Transaction: true})
	f.Message = "it's \"quoted\", with ü"
	merge := &revision.File{ID: "m", Path: "m.hcl", Parents: []string{"a1", "b1"}, Dialect: "sqlite"}
	upgrade(t, options(conn, join(t, f, file("b1"), merge), "head"))
	want := []execute.Record{
		{Revision: "a1", Message: f.Message, Checksum: revision.Checksum(f), Steps: 3, Makes: []string{"table a1"}, Drops: []string{"table copy"}, Tool: "duo-orm test"},
		{Revision: "b1", Message: "add b1", Checksum: revision.Checksum(file("b1")), Steps: 1, Makes: []string{"table b1"}, Drops: []string{}, Tool: "duo-orm test"},
		{Revision: "m", Checksum: revision.Checksum(merge), Parents: []string{"a1", "b1"}, Makes: []string{}, Drops: []string{}, Tool: "duo-orm test"},
	}
	got := records(t, conn)
	for i := range got {
		if !got[i].Started.Before(got[i].Finished) {
			t.Errorf("%s: started %s, finished %s", got[i].Revision, got[i].Started, got[i].Finished)
		}
		got[i].Started, got[i].Finished = time.Time{}, time.Time{}
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("(-want +got):\n%s", difference)
	}
}

func TestFailureLeavesNothingOfTheRevision(t *testing.T) {
	conn := newDatabase(t).open()
	files := line(3)
	files[1].Upgrade = append(files[1].Upgrade, step("break it", "INSERT INTO t2 VALUES ('x', 'y', 'z')"), step("more", "SELECT 1"))
	result, err := execute.Upgrade(context.Background(), options(conn, join(t, files...), "head"))
	var failed *execute.StepError
	if !errors.As(err, &failed) {
		t.Fatalf("want a *StepError, got %v", err)
	}
	if failed.Number != 2 || failed.Of != 3 || failed.Step.Name != "break it" || failed.File.ID != "t2" {
		t.Errorf("got %+v", failed)
	}
	if want := "Nothing of revision t2 was applied; the database is at t1."; failed.State != want {
		t.Errorf("state %q, want %q", failed.State, want)
	}
	if done(result) != "t1" || relations(t, conn) != "t1" || len(records(t, conn)) != 1 || result.Current[0] != "t1" {
		t.Errorf("done %q, holds %q, current %v", done(result), relations(t, conn), result.Current)
	}
	files[1].Upgrade = files[1].Upgrade[:1]
	if got := done(upgrade(t, options(conn, join(t, files...), "head"))); got != "t2 t3" {
		t.Errorf("after the repair: %q", got)
	}
}

func TestForeignKeysAreCheckedBeforeCommit(t *testing.T) {
	conn := newDatabase(t).open()
	f := file("a")
	f.ForeignKeysOff = true
	f.Upgrade = append(f.Upgrade, step("child", "CREATE TABLE child (a REFERENCES a)"), step("row", "INSERT INTO child VALUES (7)"))
	_, err := execute.Upgrade(context.Background(), options(conn, join(t, f), "head"))
	var violated *drivers.ForeignKeyError
	var failed *execute.StepError
	if !errors.As(err, &violated) || !errors.As(err, &failed) || failed.Step != nil {
		t.Fatalf("got %v", err)
	}
	if relations(t, conn) != "" || len(records(t, conn)) != 0 {
		t.Errorf("holds %q", relations(t, conn))
	}
}

func TestInterruptedBetweenSteps(t *testing.T) {
	conn := newDatabase(t).open()
	ctx, cancel := context.WithCancel(context.Background())
	files := line(2)
	files[1].Upgrade = append(files[1].Upgrade, step("later", "CREATE TABLE later (x)"))
	o := options(conn, join(t, files...), "head")
	o.Progress.Step = func(f *revision.File, _ revision.Step, number, _ int, _ time.Duration) {
		if f.ID == "t2" && number == 1 {
			cancel()
		}
	}
	_, err := execute.Upgrade(ctx, o)
	var failed *execute.StepError
	if !errors.Is(err, context.Canceled) || !errors.As(err, &failed) || !failed.Interrupted || failed.Number != 2 {
		t.Fatalf("got %v", err)
	}
	if got := relations(t, conn); got != "t1" {
		t.Errorf("holds %q", got)
	}
	if got := done(upgrade(t, options(conn, join(t, files...), "head"))); got != "t2" {
		t.Errorf("then ran %q", got)
	}
}

// Each of many upgraders runs at once; each step runs exactly once, and all end at the head.
func TestConcurrentUpgraders(t *testing.T) {
	d := newDatabase(t)
	files := line(6)
	for i, f := range files {
		if i > 0 {
			f.Upgrade = append(f.Upgrade, step("count", "INSERT INTO t1 DEFAULT VALUES"))
		}
	}
	graph := join(t, files...)
	var wait sync.WaitGroup
	results := make([]execute.Result, 4)
	errs := make([]error, len(results))
	for i := range results {
		conn := d.open()
		wait.Go(func() { results[i], errs[i] = execute.Upgrade(context.Background(), options(conn, graph, "head")) })
	}
	wait.Wait()
	ran := map[string]int{}
	for i := range results {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		if got := strings.Join(results[i].Current, " "); got != "t6" {
			t.Errorf("upgrader %d ends at %q", i, got)
		}
		for _, r := range results[i].Done {
			ran[r.File.ID]++
		}
	}
	if difference := cmp.Diff(map[string]int{"t1": 1, "t2": 1, "t3": 1, "t4": 1, "t5": 1, "t6": 1}, ran); difference != "" {
		t.Errorf("(-want +got):\n%s", difference)
	}
	if got := texts(t, d.open(), "SELECT count(*) FROM t1"); got[0] != "5" {
		t.Errorf("%s rows, want 5", got[0])
	}
}

func TestWaitingIsTold(t *testing.T) {
	d := newDatabase(t)
	first, second := d.open(), d.open()
	graph := join(t, line(1)...)
	if err := first.Begin(context.Background(), drivers.BeginOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	o := options(second, graph, "head")
	o.Progress.Waiting = func() {
		if err := first.Rollback(); err != nil {
			t.Error(err)
		}
	}
	if got := done(upgrade(t, o)); got != "t1" {
		t.Errorf("ran %q", got)
	}
}

// Any walk up and down any graph leaves the tables of exactly the revisions that are recorded, whose parents all are.
func TestAnyWalk(t *testing.T) {
	conn := newDatabase(t).open()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "revisions")
		var files []*revision.File
		var ids []string
		for i := range n {
			f := file("r" + string(rune('a'+i)))
			if i > 0 {
				for _, p := range rapid.SliceOfNDistinct(rapid.IntRange(0, i-1), 0, 2, rapid.ID[int]).Draw(t, "parents") {
					f.Parents = append(f.Parents, files[p].ID)
				}
			}
			files, ids = append(files, f), append(ids, f.ID)
		}
		graph, diags := revision.Join(files)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		targets := append([]string{"head", "heads", "base", "current", "-1", "-2", "+1"}, ids...)
		for range rapid.IntRange(1, 6).Draw(t, "moves") {
			o, run := options(conn, graph, rapid.SampledFrom(targets).Draw(t, "target")), execute.Upgrade
			if rapid.Bool().Draw(t, "down") {
				run = execute.Downgrade
			}
			_, err := run(context.Background(), o)
			var heads *revision.MultipleHeadsError
			var distance *revision.DistanceError
			var target *execute.TargetError
			if err != nil && !errors.As(err, &heads) && !errors.As(err, &distance) && !errors.As(err, &target) {
				t.Fatal(err)
			}
			list, err := execute.ReadRecords(context.Background(), sqlite.Driver{}, conn, table)
			if err != nil {
				t.Fatal(err)
			}
			applied := map[string]bool{}
			for _, r := range list {
				applied[r.Revision] = true
				for _, parent := range r.Parents {
					if !applied[parent] {
						t.Fatalf("%s is applied and comes without its parent %s", r.Revision, parent)
					}
				}
			}
			var want []string
			for _, id := range ids {
				if applied[id] {
					want = append(want, id)
				}
			}
			inspection, err := conn.Inspect(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			managed := execute.Managed(sqlite.Driver{}, list)
			for _, id := range ids {
				unit := hclschema.Identity{Kind: "table", Name: id}
				if there := inspection.State.Get(unit) != nil; there != applied[id] || managed(unit) != applied[id] {
					t.Fatalf("%s: applied %t, there %t, managed %t; want %v", id, applied[id], there, managed(unit), want)
				}
			}
		}
		if _, err := execute.Downgrade(context.Background(), options(conn, graph, "base")); err != nil {
			t.Fatal(err)
		}
	})
}
