package planner_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// written is a revision whose upgrade is these statements.
func written(id string, parents []string, statements ...string) *revision.File {
	f := &revision.File{ID: id, Path: id + ".hcl", Message: id, Parents: parents, Dialect: "sqlite", Created: time.Unix(0, 0)}
	for _, sql := range statements {
		f.Upgrade = append(f.Upgrade, revision.Step{Name: sql, SQL: sql, Transaction: true})
	}
	return f
}

func after(ids ...string) []string { return ids }

func mergeOf(t *testing.T, heads []string, files ...*revision.File) (*planner.Merged, error) {
	t.Helper()
	graph, diags := revision.Join(files)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return planner.Merge(context.Background(), planner.MergeRequest{Driver: sqlite.Driver{}, Graph: graph, Heads: heads, Desired: hclschema.NewState(sqlite.Driver{}.Key)})
}

func TestMerge(t *testing.T) {
	root := written("r", nil, "CREATE TABLE t (id integer PRIMARY KEY)")
	merged, err := mergeOf(t, []string{"b2", "c2", "d1"}, root,
		written("b1", after("r"), "ALTER TABLE t ADD COLUMN b1 text"), written("b2", after("b1"), "CREATE INDEX t_b1 ON t (b1)"),
		written("c1", after("r"), "ALTER TABLE t ADD COLUMN c1 text"), written("c2", after("c1"), "CREATE TABLE u (id integer)"),
		written("d1", after("r"), "CREATE VIEW v AS SELECT id FROM t"))
	if err != nil {
		t.Fatal(err)
	}
	if len(merged.Prints) != 3 || merged.Left.Empty() {
		t.Errorf("prints of %v, and nothing is left to the empty models: %t", merged.Prints, merged.Left.Empty())
	}
}

// Sides that are applied whole in both orders may still differ in between: a revision that looks at what is there.
func TestMergeSeesOrdersInBetween(t *testing.T) {
	root := written("r", nil, "CREATE TABLE t (id integer PRIMARY KEY)")
	for name, c := range map[string]struct {
		files []*revision.File
		want  string
	}{
		"a revision of one side needs the other's last one": {
			[]*revision.File{written("b1", after("r"), "CREATE TABLE b (x)"), written("b2", after("b1"), "DROP TABLE b"), written("c1", after("r"), "CREATE TABLE b (x)"), written("c2", after("c1"), "DROP TABLE b")},
			`revision c1 fails after b1`,
		},
		"the first one wins": {
			[]*revision.File{written("b2", after("r"), "CREATE TABLE IF NOT EXISTS x (b)"), written("c2", after("r"), "CREATE TABLE IF NOT EXISTS x (c)")},
			"b2 and c2 lead to another state in another order",
		},
	} {
		_, err := mergeOf(t, []string{"b2", "c2"}, append(c.files, root)...)
		var conflict *planner.ConflictError
		if !errors.As(err, &conflict) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var replay *planner.ReplayError
	if _, err := mergeOf(t, []string{"b2", "c2"}, root, written("b2", after("r"), "CREATE TABLE t (x)"), written("c2", after("r"))); !errors.As(err, &replay) || replay.File.ID != "b2" {
		t.Errorf("a revision that fails on its own line: %v", err)
	}
}
