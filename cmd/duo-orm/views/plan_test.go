package views

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/planner"
)

// A plan is printed as it stands at the head of its file, letter for letter, however long its lines.
func TestPlanTreeIsTheHeadOfTheFile(t *testing.T) {
	summary := planner.Summary{Adds: 2, Changes: 1, Lines: []planner.SummaryLine{
		{Sign: "+", What: "table posts", Detail: "3 columns", Place: "db/models/posts.hcl:1"},
		{Sign: "+", What: "trigger " + strings.Repeat("long", 20), Detail: strings.Repeat("said ", 20), Place: "db/models/posts.hcl:9"},
		{Sign: "~", What: "table users"},
		{Depth: 1, Sign: "+", What: "column größe", Detail: "text, null", Place: "db/models/users.hcl:3"},
		{Depth: 2, Sign: "!", What: strings.Repeat("a warning ", 9), Warning: true},
		{Depth: 1, Sign: "-", What: "column mail", Detail: "destroys data: 1,204 of 1,310 rows held a value", Warning: true},
	}}
	var b bytes.Buffer
	PlanTree(NewPrinter(&b, false, false), summary)
	if diff := cmp.Diff(summary.Text()+"\n", b.String()); diff != "" {
		t.Errorf("in the file, and printed:\n%s", diff)
	}
}
