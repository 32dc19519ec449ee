package revision

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// docs/revisions.md shows a file that reads, whose proof holds, and names every attribute.
func TestRevisionsPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/revisions.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?s)```hcl\n(# .*?)\n```").FindSubmatch(page)
	if shown == nil {
		t.Fatal("docs/revisions.md shows no file")
	}
	file, diags := Read("shown.hcl", append(shown[1], '\n'))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if file.ProvedState() != Proved {
		t.Errorf("the file shown is %s", file.ProvedState())
	}
	for _, name := range slices.Concat(revisionAttributes, stepAttributes, eachAttributes) {
		if !strings.Contains(string(page), "| `"+name+"` |") {
			t.Errorf("docs/revisions.md doesn't name %s", name)
		}
	}
}
