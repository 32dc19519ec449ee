package planner_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// What steps make, drop and destroy is found by running them; a way back that leads elsewhere is told, and what follows it is run
// from where it should be.
func TestFollow(t *testing.T) {
	files := []*revision.File{
		back(written("a", nil, "CREATE TABLE t (id integer PRIMARY KEY)", "CREATE TABLE u (id integer PRIMARY KEY)"), "DROP TABLE t"),
		back(written("b", after("a"), "CREATE TABLE t_new (id integer PRIMARY KEY, b text)", "DROP TABLE t", "ALTER TABLE t_new RENAME TO t"), "ALTER TABLE t DROP COLUMN b"),
		written("c", after("b"), "DROP TABLE u"),
		written("d", after("c"), "UPDATE t SET b = 'x'"),
		written("e", after("d"), "INSERT INTO t VALUES (1, 'x')"),
	}
	for _, file := range files { // nothing but the statements is known
		for _, steps := range [][]revision.Step{file.Upgrade, file.Downgrade} {
			for i := range steps {
				steps[i].Makes, steps[i].Drops = nil, nil
			}
		}
	}
	followed, err := planner.Follow(context.Background(), planner.FollowRequest{Driver: sqlite.Driver{}, Files: files,
		NoWayBack: func(file *revision.File) string { return file.ID + " has none" }})
	if err != nil {
		t.Fatal(err)
	}
	if len(followed.Faults) != 1 || followed.Faults[0].Sentence() != "downgrade of a leads elsewhere: table u is not wanted but there; column u.id is not wanted but there; primary_key u is not wanted but there" {
		t.Errorf("%+v", followed.Faults)
	}
	a, b, c, d, e := files[0], files[1], files[2], files[3], files[4]
	if !slices.Equal(a.Upgrade[0].Makes, []string{"table t"}) || a.Downgrade[0].Destroys != "the rows of t" || a.Proved != "" || a.End["table u"] == "" || len(a.Start) > 0 {
		t.Errorf("%+v", a)
	}
	if b.Upgrade[1].Destroys != "" || !slices.Equal(b.Upgrade[2].Drops, []string{"table t_new"}) || b.ProvedState() != revision.Proved || len(b.End) != 1 {
		t.Errorf("%+v", b)
	}
	if c.Upgrade[0].Destroys != "the rows of u" || c.Irreversible != "c has none" || c.ProvedState() != revision.Proved {
		t.Errorf("%+v", c)
	}
	if d.Irreversible != "" || d.ProvedState() != revision.Proved {
		t.Errorf("the schema is the same: %+v", d)
	}
	if e.Irreversible != "e has none" || e.ProvedState() != revision.Proved {
		t.Errorf("its rows are there already on the way up again: %+v", e)
	}
	var failed *planner.ReplayError
	if _, err := planner.Follow(context.Background(), planner.FollowRequest{Driver: sqlite.Driver{}, Files: []*revision.File{a, written("e", after("a"), "NONSENSE")}}); !errors.As(err, &failed) || failed.File.ID != "e" {
		t.Errorf("%v", err)
	}
}

// What a way back leaves otherwise is in no fingerprint of the file and of those before it, which would never run again.
func TestFollowLeft(t *testing.T) {
	files := []*revision.File{
		back(written("a", nil, "CREATE TABLE t (id integer PRIMARY KEY)", "CREATE TABLE u (id integer PRIMARY KEY)"), "DROP TABLE t", "DROP TABLE u"),
		back(written("b", after("a"), "CREATE INDEX IF NOT EXISTS i ON t (id)", "CREATE INDEX j ON u (id)"), "DROP INDEX j"),
	}
	followed, err := planner.Follow(context.Background(), planner.FollowRequest{Driver: sqlite.Driver{}, Files: files})
	if err != nil {
		t.Fatal(err)
	}
	if len(followed.Faults) != 1 || followed.Faults[0].File.ID != "b" {
		t.Errorf("%+v", followed.Faults)
	}
	a, b := files[0], files[1]
	if a.End["table t"] != "" || a.End["table u"] == "" || b.Start["table t"] != "" || b.Start["table u"] == "" || b.End["table t"] == "" {
		t.Errorf("%v, %v, %v", a.End, b.Start, b.End)
	}
}
