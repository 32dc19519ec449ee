package execute_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// squashed is t1 to t3 as one, and t4, which follows it, and needs it where it depends on it.
func squashed(depends bool) (before, after []*revision.File) {
	before = line(3)
	now := file("s")
	now.Replaces = []string{"t1", "t2", "t3"}
	for i := range before {
		now.Upgrade = append(now.Upgrade, before[i].Upgrade...)
		now.Downgrade = append(now.Downgrade, before[2-i].Downgrade...)
	}
	now.Upgrade, now.Downgrade = now.Upgrade[1:], now.Downgrade[1:]
	old, next := file("t4", "t3"), file("t4", "s")
	if depends {
		old.Parents, old.DependsOn, next.Parents, next.DependsOn = nil, []string{"t3"}, nil, []string{"s"}
	}
	return append(before, old), []*revision.File{now, next}
}

// A database that has all that a revision stands for has it, and what follows it stays applied: the next run records that.
func TestReplaced(t *testing.T) {
	for _, depends := range []bool{false, true} {
		before, after := squashed(depends)
		for _, upTo := range []string{"t3", "t4"} {
			conn := newDatabase(t).open()
			upgrade(t, options(conn, join(t, before...), upTo))
			graph := join(t, after...)
			standing := execute.Stand(graph, records(t, conn))
			if err := standing.Problem(graph); err != nil || len(standing.Replaced) != 1 || len(standing.Applied) != map[string]int{"t3": 1, "t4": 2}[upTo] {
				t.Fatalf("%v, %+v", err, standing)
			}
			told := 0
			o := options(conn, graph, "heads")
			o.Progress.Replaced = func(execute.Replaced) { told++ }
			want := map[string]string{"t3": "t4", "t4": ""}[upTo]
			if got := done(upgrade(t, o)); got != want || told != 1 {
				t.Errorf("up to %s: ran %q, told %d times", upTo, got, told)
			}
			if got := strings.Join(texts(t, conn, "SELECT revision FROM "+table+" ORDER BY 1"), " "); got != "s t4" {
				t.Errorf("recorded: %s", got)
			}
			if got := done(upgrade(t, o)); got != "" || told != 1 {
				t.Errorf("again: %q, told %d times", got, told)
			}
			if got := strings.Join(texts(t, conn, "SELECT action || ' ' || revision FROM "+table+"_log WHERE action LIKE 'replace%' ORDER BY id"), ", "); got != "replaced t1, replaced t2, replaced t3, replace s" {
				t.Errorf("log: %s", got)
			}
			if got := done(downgrade(t, options(conn, graph, "base"))); got != "t4 s" || relations(t, conn) != "" {
				t.Errorf("taken back: %s, left %s", got, relations(t, conn))
			}
		}
	}
}

// A second squash is recognised by what the first one replaced, whatever a database was upgraded with, and what depends on either.
func TestReplacedTwice(t *testing.T) {
	for _, depends := range []bool{false, true} {
		before, after := squashed(depends)
		twice, next := file("z"), file("t5", "z")
		twice.Replaces, twice.StoodFor = []string{"s", "t4"}, map[string][]string{"s": {"t1", "t2", "t3"}}
		old := file("t5", "t4")
		if depends { // t4 is of another line, which isn't squashed
			twice.Replaces, twice.StoodFor = []string{"r", "s"}, map[string][]string{"s": {"t1", "t2", "t3"}, "r": {"t0"}}
			old, next = before[3], file("t4")
			next.DependsOn = []string{"z"}
			before[0].Parents = []string{"t0"}
			before = append([]*revision.File{file("t0")}, before[:len(before)-1]...)
		}
		for _, first := range []bool{false, true} {
			conn := newDatabase(t).open()
			upgrade(t, options(conn, join(t, append(slices.Clone(before), old)...), "heads"))
			if first && !depends {
				upgrade(t, options(conn, join(t, append(slices.Clone(after), old)...), "heads"))
			}
			graph := join(t, twice, next)
			if err := execute.Stand(graph, records(t, conn)).Problem(graph); err != nil {
				t.Fatal(err)
			}
			if got := done(upgrade(t, options(conn, graph, "heads"))); got != "" {
				t.Errorf("ran %s", got)
			}
			if got := strings.Join(texts(t, conn, "SELECT revision FROM "+table+" ORDER BY 1"), " "); got != next.ID+" z" {
				t.Errorf("recorded: %s", got)
			}
		}
	}
}

// Of a second squash too it is told how far a database must come first: to the end of what the first one replaced, then to the end.
func TestPartlyReplacedTwice(t *testing.T) {
	before, _ := squashed(false)
	twice := file("z")
	twice.Replaces, twice.StoodFor = []string{"s", "t4"}, map[string][]string{"s": {"t1", "t2", "t3"}}
	conn := newDatabase(t).open()
	for at, want := range map[string]string{"t2": "t1 t2, not t3 t4: t3", "t3": "t1 t2 t3, not t4: t4"} {
		_, err := execute.Stamp(context.Background(), options(conn, join(t, before...), at))
		if err != nil {
			t.Fatal(err)
		}
		_, err = execute.Upgrade(context.Background(), options(conn, join(t, twice), "head"))
		var partly *execute.PartlyReplacedError
		if !errors.As(err, &partly) {
			t.Fatal(err)
		}
		if got := strings.Join(partly.Applied, " ") + ", not " + strings.Join(partly.Lacking, " ") + ": " + partly.Until; got != want {
			t.Errorf("at %s: %s, want %s", at, got, want)
		}
	}
}

// A downgrade and a stamp record it too.
func TestReplacedByOtherRuns(t *testing.T) {
	before, after := squashed(false)
	conn := newDatabase(t).open()
	upgrade(t, options(conn, join(t, before...), "t4"))
	if got := done(downgrade(t, options(conn, join(t, after...), "-1"))); got != "t4" {
		t.Errorf("taken back: %s", got)
	}
	conn = newDatabase(t).open()
	upgrade(t, options(conn, join(t, before...), "t4"))
	stamped, err := execute.Stamp(context.Background(), options(conn, join(t, after...), "s"))
	if err != nil || strings.Join(stamped.Removed, " ") != "t4" || strings.Join(stamped.Current, " ") != "s" {
		t.Errorf("%v, %+v", err, stamped)
	}
}

// What a database has only some of isn't guessed at, and a file that was edited besides is told.
func TestPartlyReplaced(t *testing.T) {
	before, after := squashed(false)
	conn := newDatabase(t).open()
	upgrade(t, options(conn, join(t, before...), "t2"))
	_, err := execute.Upgrade(context.Background(), options(conn, join(t, after...), "head"))
	var partly *execute.PartlyReplacedError
	if !errors.As(err, &partly) || strings.Join(partly.Applied, " ") != "t1 t2" || strings.Join(partly.Lacking, " ") != "t3" {
		t.Errorf("%v", err)
	}
	upgrade(t, options(conn, join(t, before...), "t4"))
	after[1].Upgrade[0].SQL += " STRICT"
	_, err = execute.Upgrade(context.Background(), options(conn, join(t, after...), "head"))
	var edited *execute.EditedError
	if !errors.As(err, &edited) || edited.File != after[1] {
		t.Errorf("%v", err)
	}
	if got := strings.Join(texts(t, conn, "SELECT revision FROM "+table+" ORDER BY 1"), " "); got != "t1 t2 t3 t4" {
		t.Errorf("recorded: %s", got)
	}
}
