package planner_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// statements of sides, some of which go together and some of which don't: they look at what is there, make it and take it away.
var statements = []string{
	"ALTER TABLE t ADD COLUMN a text", "ALTER TABLE t ADD COLUMN b text", "ALTER TABLE t DROP COLUMN c", "CREATE INDEX t_c ON t (c)", "DROP INDEX t_d", "CREATE TABLE u (x)",
	"CREATE TABLE u (y)", "CREATE TABLE IF NOT EXISTS u (x)", "CREATE TABLE IF NOT EXISTS u (y)", "DROP TABLE IF EXISTS u", "CREATE TABLE w AS SELECT * FROM t",
	"CREATE VIEW v AS SELECT id FROM t", "ALTER TABLE t RENAME TO s", "ALTER TABLE t RENAME COLUMN c TO e", "DROP TABLE IF EXISTS w", "CREATE TABLE x (id integer)",
}

// A merge is let exactly where all interleavings of the two sides work and agree wherever they meet.
func TestMergeHoldsForEveryInterleaving(t *testing.T) {
	most := 2
	if os.Getenv("DUO_ORM_NIGHTLY") != "" {
		most = 3
	}
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		root := written("r", nil, "CREATE TABLE t (id integer PRIMARY KEY, c text, d text)", "CREATE INDEX t_d ON t (d)")
		side := func(name string) (files []*revision.File) {
			parent := "r"
			for i, sql := range rapid.SliceOfN(rapid.SampledFrom(statements), 1, most).Draw(t, name) {
				files = append(files, written(fmt.Sprintf("%s%d", name, i), after(parent), sql))
				parent = files[i].ID
			}
			return files
		}
		a, b := side("a"), side("b")
		graph, diags := revision.Join(append(append([]*revision.File{root}, a...), b...))
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		err := planner.InOrders(ctx, planner.MergeRequest{Driver: sqlite.Driver{}, Graph: graph, Heads: []string{a[len(a)-1].ID, b[len(b)-1].ID}})
		var replay *planner.ReplayError
		var conflict *planner.ConflictError
		switch {
		case errors.As(err, &replay):
			t.Skip("a side that doesn't work on its own")
		case err != nil && !errors.As(err, &conflict):
			t.Fatal(err)
		}
		o := orders{t: t, a: a, b: b, states: map[[2]int]*hclschema.State{}}
		o.walk(ctx, []*revision.File{root}, 0, 0)
		if o.agree() != (err == nil) {
			t.Fatalf("the merge says %v, trying everything says that they agree: %t (%s)", err, o.agree(), o.why)
		}
	})
}

// orders tries all interleavings, each from an empty database.
type orders struct {
	t      *rapid.T
	a, b   []*revision.File
	states map[[2]int]*hclschema.State
	why    string
}

func (o *orders) agree() bool { return o.why == "" }

// walk goes on from the place where i of the one and j of the other side were run in this order.
func (o *orders) walk(ctx context.Context, done []*revision.File, i, j int) {
	state, err := run(ctx, done)
	if err != nil {
		o.why = fmt.Sprintf("%s fails: %v", done[len(done)-1].ID, err)
		return
	}
	if known := o.states[[2]int{i, j}]; known == nil {
		o.states[[2]int{i, j}] = state
	} else if differences := proof.Difference(known, state); len(differences) > 0 {
		o.why = differences[0]
	}
	if i < len(o.a) {
		o.walk(ctx, append(append([]*revision.File(nil), done...), o.a[i]), i+1, j)
	}
	if j < len(o.b) {
		o.walk(ctx, append(append([]*revision.File(nil), done...), o.b[j]), i, j+1)
	}
}

// run is the state after these revisions.
func run(ctx context.Context, files []*revision.File) (state *hclschema.State, err error) {
	conn, err := sqlite.Driver{}.Scratch(ctx, nil, "")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, file := range files {
		for _, step := range file.Upgrade {
			if _, err := conn.Exec(ctx, step.SQL); err != nil {
				return nil, err
			}
		}
	}
	inspection, err := conn.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	return inspection.State, nil
}
