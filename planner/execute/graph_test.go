package execute_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// model is what a revision declares: a table of its own, or a column of another one's table.
type model struct {
	file  *revision.File
	table string
}

// column makes a revision that adds a column of its name to a table.
func column(f *revision.File, table string) *revision.File {
	f.Upgrade = []revision.Step{step("add "+f.ID, "ALTER TABLE "+table+" ADD COLUMN "+f.ID+" text")}
	f.Downgrade = []revision.Step{step("drop "+f.ID, "ALTER TABLE "+table+" DROP COLUMN "+f.ID)}
	return f
}

// randomModels is a graph of up to most revisions with merges, labels and dependencies.
func randomModels(t *rapid.T, most int) ([]model, *revision.Graph) {
	var models []model
	var files []*revision.File
	for i := range rapid.IntRange(1, most).Draw(t, "revisions") {
		f := file(fmt.Sprintf("r%02d", i))
		if i > 0 {
			for j, at := range rapid.SliceOfNDistinct(rapid.IntRange(max(0, i-5), i-1), 0, 3, rapid.ID[int]).Draw(t, "needs") {
				if j == 0 || rapid.Bool().Draw(t, "is parent") {
					f.Parents = append(f.Parents, files[at].ID)
				} else {
					f.DependsOn = append(f.DependsOn, files[at].ID)
				}
			}
		}
		if rapid.IntRange(0, 4).Draw(t, "labelled") == 0 {
			f.Branch = "branch" + f.ID
		}
		m := model{file: f, table: f.ID}
		if needs := f.Needs(); len(needs) > 0 && rapid.Bool().Draw(t, "adds a column") {
			at := slices.IndexFunc(models, func(m model) bool { return m.file.ID == needs[len(needs)-1] })
			m.table = models[at].table
			column(f, m.table)
		}
		models, files = append(models, m), append(files, f)
	}
	graph, diags := revision.Join(files)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return models, graph
}

// says is what the models of these revisions declare: tables with their columns, sorted.
func says(models []model, applied map[string]bool) []string {
	var declared []string
	for _, m := range models {
		switch {
		case !applied[m.file.ID]:
		case m.table == m.file.ID:
			declared = append(declared, m.table+".id")
		default:
			declared = append(declared, m.table+"."+m.file.ID)
		}
	}
	slices.Sort(declared)
	return declared
}

// holds is the same of a database.
func holds(t *rapid.T, conn drivers.Connection) []string {
	inspection, err := conn.Inspect(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, o := range inspection.State.Objects() {
		if o.Identity.Kind == "column" {
			found = append(found, o.Identity.Parent+"."+o.Identity.Name)
		}
	}
	slices.Sort(found)
	return found
}

// In any graph, whatever target an upgrade or a downgrade is given at whatever state, the database is as the models of the
// revisions that it has then say, and these are the ones that were asked for. Nightly the graphs have up to 60 revisions.
func TestAnyTargetGivesItsModels(t *testing.T) {
	most, moves := 12, 5
	if os.Getenv("DUO_ORM_NIGHTLY") != "" {
		most, moves = 60, 20
	}
	conn := newDatabase(t).open()
	rapid.Check(t, func(t *rapid.T) {
		models, graph := randomModels(t, most)
		var targets []string
		for _, m := range models {
			targets = append(targets, m.file.ID, m.file.ID+"-1", m.file.ID+"@head", m.file.ID+"@base", m.file.ID+"@-1", m.file.ID+"@+1")
			if m.file.Branch != "" {
				targets = append(targets, m.file.Branch+"@head", m.file.Branch+"@base", m.file.Branch+"@+2")
			}
		}
		for range rapid.IntRange(1, moves).Draw(t, "moves") {
			target := rapid.SampledFrom(append([]string{"heads", "base", "-1", "+1", "head"}, targets...)).Draw(t, "target")
			down := rapid.Bool().Draw(t, "down")
			move(t, conn, models, graph, target, down)
		}
		if _, err := execute.Downgrade(context.Background(), options(conn, graph, "base")); err != nil {
			t.Fatal(err)
		}
		if left := holds(t, conn); len(left) > 0 {
			t.Fatalf("left at the base: %v", left)
		}
	})
}

func move(t *rapid.T, conn drivers.Connection, models []model, graph *revision.Graph, target string, down bool) {
	run := execute.Upgrade
	if down {
		run = execute.Downgrade
	}
	result, err := run(context.Background(), options(conn, graph, target))
	if err != nil && !isRefusal(err) {
		t.Fatal(err)
	}
	list, readErr := execute.ReadRecords(context.Background(), sqlite.Driver{}, conn, table)
	if readErr != nil {
		t.Fatal(readErr)
	}
	applied := map[string]bool{}
	for _, r := range list {
		applied[r.Revision] = true
	}
	for _, m := range models {
		for _, id := range m.file.Needs() {
			if applied[m.file.ID] && !applied[id] {
				t.Fatalf("%s is applied without %s", m.file.ID, id)
			}
		}
	}
	if want, got := strings.Join(says(models, applied), " "), strings.Join(holds(t, conn), " "); want != got {
		t.Fatalf("after %s (down %t) the models say %s, the database has %s", target, down, want, got)
	}
	if err != nil {
		return
	}
	if current := graph.Current(applied); len(result.Done) > 0 && !sameIDs(current, result.Current) {
		t.Fatalf("after %s (down %t) the database is at %v, and the run says %v", target, down, current, result.Current)
	}
	if reached, err := graph.Resolve(target, nil); err == nil && !revision.CountsFromDatabase(target) {
		for _, id := range reached.Revisions {
			if !applied[id] {
				t.Fatalf("%s (down %t) doesn't lead to %s", target, down, id)
			}
		}
	}
}

// isRefusal says that a target couldn't be meant or reached.
func isRefusal(err error) bool {
	var heads *revision.MultipleHeadsError
	var distance *revision.DistanceError
	var ground *revision.GroundError
	var target *execute.TargetError
	return errors.As(err, &heads) || errors.As(err, &distance) || errors.As(err, &ground) || errors.As(err, &target)
}

func sameIDs(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func TestPurgeAndEnsureVersion(t *testing.T) {
	conn := newDatabase(t).open()
	graph := join(t, file("a"), file("b", "a"), file("c", "a"))
	for i, want := range []bool{true, false} {
		if made, err := execute.EnsureVersion(context.Background(), options(conn, graph, "base")); err != nil || made != want {
			t.Errorf("%d: made %t, %v", i, made, err)
		}
	}
	exec(t, conn, "INSERT INTO "+table+" (revision, parents, message, checksum, steps, makes, drops, started, finished, tool) VALUES ('gone', '', '', '', 0, 'no JSON', '[]', '', '', '')")
	if _, err := execute.Stamp(context.Background(), options(conn, graph, "b")); err == nil {
		t.Error("a row that can't be read was taken")
	}
	o := options(conn, graph, "b")
	o.More, o.Purge = []string{"c"}, true
	stamped, err := execute.Stamp(context.Background(), o)
	if err != nil || strings.Join(stamped.Current, " ") != "b c" {
		t.Errorf("%v %v", stamped, err)
	}
	if list := records(t, conn); len(list) != 3 {
		t.Errorf("recorded: %v", list)
	}
	if got := texts(t, conn, "SELECT action FROM "+table+"_log ORDER BY id"); strings.Join(got, " ") != "purge stamp stamp stamp" {
		t.Errorf("logged: %v", got)
	}
}
