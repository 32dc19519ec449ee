package planner_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// The order in which model files are read doesn't reach a byte of the revision.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	sources := []hclschema.Source{
		{Name: "a.hcl", Bytes: []byte(`table "posts" {
  column "id" { type = int }
  column "writer" { type = int }
  primary_key { columns = [column.id] }
  foreign_key {
    columns = [column.writer]
    ref_columns = [table.people.column.id]
  }
}
`)},
		{Name: "b.hcl", Bytes: []byte(`view "writers" { as = "SELECT DISTINCT writer FROM posts" }
view "names" { as = "SELECT name FROM people JOIN writers ON id = writer" }
`)},
		{Name: "c.hcl", Bytes: []byte(`table "people" {
  renamed_from = "users"
  column "id" { type = int }
  column "name" { type = text }
  primary_key { columns = [column.id] }
}
trigger "log" {
  on = table.people
  after { delete = true }
  as = "BEGIN DELETE FROM posts WHERE writer = old.id; END"
}
`)},
	}
	orders := [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
	var first string
	for _, order := range orders {
		var shuffled []hclschema.Source
		for _, i := range order {
			shuffled = append(shuffled, sources[i])
		}
		desired, diags := hclschema.Load(shuffled, nil, sqlite.Driver{})
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		live := liveDatabase(t, "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, mail text)\nCREATE VIEW mails AS SELECT mail FROM users\n")
		plan, err := planner.Create(t.Context(), planner.Request{Driver: sqlite.Driver{}, Live: live, Desired: desired, Managed: everything})
		if err != nil {
			t.Fatal(err)
		}
		text := string(revision.Write(planner.Revision(plan, planner.Meta{ID: "0123456789ab", Message: "Shuffled", Created: time.Unix(0, 0)})))
		if slices.Equal(order, orders[0]) {
			first = text
		}
		if diff := cmp.Diff(first, text); diff != "" {
			t.Errorf("files in the order %v (-in order +got):\n%s", order, diff)
		}
	}
}
