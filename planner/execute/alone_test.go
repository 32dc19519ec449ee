package execute_test

import (
	"context"
	"errors"
	"testing"

	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func TestStepThatStandsAlone(t *testing.T) {
	conn := newDatabase(t).open()
	f := file("a")
	f.Upgrade = append(f.Upgrade, alone("vacuum", "VACUUM"), step("b", "CREATE TABLE b (x)"))
	f.Downgrade = append([]revision.Step{alone("vacuum", "VACUUM"), step("drop b", "DROP TABLE b")}, f.Downgrade...)
	graph := join(t, f)
	upgrade(t, options(conn, graph, "head"))
	if got := records(t, conn); len(got) != 1 || got[0].Steps != 3 || got[0].Finished.IsZero() || relations(t, conn) != "a b" {
		t.Errorf("got %+v", got)
	}
	downgrade(t, options(conn, graph, "base"))
	if got := records(t, conn); len(got) != 0 || relations(t, conn) != "" {
		t.Errorf("got %+v, holds %q", got, relations(t, conn))
	}
}

// What runs alone can't be rolled back: the record says how far it got, and the next run goes on from there where the driver
// can tell what is left; else nothing goes on until somebody says what is so.
func TestUnfinished(t *testing.T) {
	ctx := context.Background()
	conn := newDatabase(t).open()
	f := file("a")
	f.Upgrade = append(f.Upgrade, alone("vacuum", "VACUUM"), step("b", "CREATE TABLE b (x)"), step("fails", "SELECT x FROM nowhere"))
	f.Downgrade = []revision.Step{step("drop b", "DROP TABLE b"), alone("vacuum", "VACUUM"), step("fails", "DROP TABLE nowhere")}
	graph := join(t, f)
	_, err := execute.Upgrade(ctx, options(conn, graph, "head"))
	var failed *execute.StepError
	if !errors.As(err, &failed) || failed.State != "Revision a is unfinished: 2 of 4 steps are done and stay, the rest was rolled back." {
		t.Fatalf("got %v", err)
	}
	if _, err := execute.Upgrade(ctx, options(conn, graph, "head")); !errors.As(err, &failed) || !failed.Unfinished || failed.Number != 4 {
		t.Fatalf("got %v", err)
	}
	var unfinished *execute.UnfinishedError
	if _, err := execute.Downgrade(ctx, options(conn, graph, "base")); !errors.As(err, &unfinished) || !unfinished.Opposite {
		t.Fatalf("got %v", err)
	}
	if got := relations(t, conn); got != "a" {
		t.Errorf("holds %q", got)
	}
	edited := *f
	edited.Upgrade = f.Upgrade[:3]
	if _, err := execute.Upgrade(ctx, options(conn, join(t, &edited), "head")); !errors.As(err, &unfinished) || unfinished.Why != "versions/a.hcl was edited since" {
		t.Fatalf("got %v", err)
	}
	exec(t, conn, "CREATE TABLE nowhere (x)")
	result, err := execute.Upgrade(ctx, options(conn, graph, "head"))
	if err != nil || len(result.Done) != 1 || result.Done[0].Steps != 2 {
		t.Fatal(result, err)
	}
	if got := records(t, conn); len(got) != 1 || got[0].Steps != 4 || got[0].Finished.IsZero() || relations(t, conn) != "a b nowhere" {
		t.Errorf("got %+v, holds %q", got, relations(t, conn))
	}
	exec(t, conn, "DROP TABLE nowhere")
	_, err = execute.Downgrade(ctx, options(conn, graph, "base"))
	if !errors.As(err, &failed) || failed.Number != 3 {
		t.Fatalf("got %v", err)
	}
	if _, err := execute.Upgrade(ctx, options(conn, graph, "head")); !errors.As(err, &unfinished) || !unfinished.Record.Down || unfinished.Record.Steps != 2 || unfinished.Step.Name != "fails" {
		t.Fatalf("got %v", err)
	}
	if _, err := execute.Stamp(ctx, options(conn, graph, "base")); err != nil || len(records(t, conn)) > 0 {
		t.Fatal(err)
	}
}

// Where the very first step stands alone and fails, nothing is left, and nothing says otherwise.
func TestFailedAloneAtOnce(t *testing.T) {
	ctx := context.Background()
	conn := newDatabase(t).open()
	f := file("a")
	f.Upgrade = append([]revision.Step{alone("fails", "VACUUM INTO '/nowhere/at/all'")}, f.Upgrade...)
	_, err := execute.Upgrade(ctx, options(conn, join(t, f), "head"))
	var failed *execute.StepError
	if !errors.As(err, &failed) || failed.State != "Nothing of revision a was applied; the database is at base." {
		t.Fatalf("got %v", err)
	}
	if got := records(t, conn); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
	f.Upgrade = f.Upgrade[1:]
	f.Downgrade = append([]revision.Step{alone("fails", "VACUUM INTO '/nowhere/at/all'")}, f.Downgrade...)
	upgrade(t, options(conn, join(t, f), "head"))
	before := records(t, conn)
	if _, err := execute.Downgrade(ctx, options(conn, join(t, f), "base")); !errors.As(err, &failed) {
		t.Fatalf("got %v", err)
	}
	if after := records(t, conn); len(after) != 1 || !after[0].Finished.Equal(before[0].Finished) || after[0].Steps != 1 {
		t.Errorf("got %+v, want %+v", after, before)
	}
}

// Of a step that the driver knows nothing about nobody can tell whether it ran.
func TestUnfinishedForGood(t *testing.T) {
	ctx := context.Background()
	conn := newDatabase(t).open()
	f := file("a")
	f.Upgrade = append(f.Upgrade, alone("vacuum", "VACUUM"), alone("copy", "VACUUM INTO '/nowhere/at/all'"))
	graph := join(t, f)
	var failed *execute.StepError
	if _, err := execute.Upgrade(ctx, options(conn, graph, "head")); !errors.As(err, &failed) || !failed.Unfinished {
		t.Fatalf("got %v", err)
	}
	var unfinished *execute.UnfinishedError
	_, err := execute.Upgrade(ctx, options(conn, graph, "head"))
	if !errors.As(err, &unfinished) || err.Error() != `the upgrade of revision a stopped after 2 steps; step "copy" may have run or not; whether that step ran can't be told` {
		t.Fatalf("got %v", err)
	}
	if _, err := execute.Stamp(ctx, options(conn, graph, "head")); err != nil {
		t.Fatal(err)
	}
}
