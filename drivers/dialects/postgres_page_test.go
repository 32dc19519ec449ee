package dialects

import (
	"os"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
)

// The models of docs/postgres.md load.
func TestPostgresPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/postgres.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, part := range strings.Split(string(page), "```hcl\n")[1:] {
		text, _, _ := strings.Cut(part, "```")
		found++
		_, diags := hclschema.LoadWith([]hclschema.Source{{Name: "postgres.hcl", Bytes: []byte(text)}}, hclschema.LoadOptions{ManagePrivileges: true}, postgres.Driver{})
		for _, d := range diags {
			t.Error(d)
		}
	}
	if found == 0 {
		t.Error("the page has no models")
	}
}
