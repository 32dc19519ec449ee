package revision_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/planner/revision"
)

func Example() {
	file := &revision.File{
		Summary: "Add posts", ID: "3f2a9c1d4b7e", Message: "Add posts", Dialect: "sqlite", Created: time.Date(2026, 11, 24, 4, 12, 0, 0, time.UTC),
		Upgrade:   []revision.Step{{Name: "create table posts", Makes: []string{"table posts"}, SQL: "CREATE TABLE posts (\n  id integer PRIMARY KEY\n)", Transaction: true}},
		Downgrade: []revision.Step{{Name: "drop table posts", Drops: []string{"table posts"}, Destroys: "the rows of posts", SQL: "DROP TABLE posts", Transaction: true}},
	}
	fmt.Print(string(revision.Write(file)))
	// Output:
	// # Add posts
	//
	// revision "3f2a9c1d4b7e" {
	//   format  = 1
	//   message = "Add posts"
	//   parents = []
	//   created = "2026-11-24T04:12:00Z"
	//   dialect = "sqlite"
	// }
	//
	// upgrade {
	//   step "create table posts" {
	//     makes = ["table posts"]
	//     sql   = <<-SQL
	//       CREATE TABLE posts (
	//         id integer PRIMARY KEY
	//       )
	//     SQL
	//   }
	// }
	//
	// downgrade {
	//   step "drop table posts" {
	//     drops    = ["table posts"]
	//     destroys = "the rows of posts"
	//     sql      = <<-SQL
	//       DROP TABLE posts
	//     SQL
	//   }
	// }
}

// A downgrade leaves other branches alone.
func ExampleGraph_Downgrade() {
	file := func(id string, parents ...string) *revision.File { return &revision.File{ID: id, Parents: parents} }
	graph, _ := revision.Join([]*revision.File{file("a"), file("b", "a"), file("c", "b"), file("d", "a")})
	target, _ := graph.Resolve("b", []string{"c", "d"})
	way, _ := graph.Downgrade([]string{"a", "b", "c", "d"}, target)
	for _, f := range way {
		fmt.Println(f.ID)
	}
	// Output: c
}

// The example in the documents is a file as duo-orm writes it.
func TestDocumentedFile(t *testing.T) {
	page, err := os.ReadFile("../../docs/revisions.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```hcl\n")
	text, _, found := strings.Cut(rest, "```\n")
	if !found {
		t.Fatal("no example")
	}
	file, diags := revision.Read("docs/revisions.md", []byte(text))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if got := string(revision.Write(file)); got != text {
		t.Errorf("the page has\n%s\nand it is written\n%s", text, got)
	}
}
