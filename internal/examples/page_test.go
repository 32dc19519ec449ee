package examples

import (
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// TestPostgresPage makes what docs/postgres.md shows under "Every block", which is one of each.
func TestPostgresPage(t *testing.T) {
	url := testserver.Postgres(t).Database(t)
	page, err := os.ReadFile("../../docs/postgres.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "\n## Every block\n")
	_, rest, shown := strings.Cut(rest, "```hcl\n")
	models, rest, closed := strings.Cut(rest, "```\n")
	if !found || !shown || !closed {
		t.Fatal("the page shows no blocks")
	}
	file, diags := hclsyntax.ParseConfig([]byte(models), "postgres.md", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	seen := map[string]bool{}
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		seen[block.Type] = true
		for _, part := range block.Body.Blocks {
			seen[part.Type] = true
		}
	}
	for _, kind := range hclschema.Language() {
		// Rows have a part of docs/models.md, and owners and privileges one of this page.
		elsewhere := kind.Name == "data" || strings.Contains(rest, "\n"+kind.Name+" ") || kind.Name == "virtual_table"
		if !seen[kind.Name] && !elsewhere {
			t.Errorf("the page lacks a block %s", kind.Name)
		}
	}
	p := build(t)
	p.run("init", "--url", url)
	p.model("page", models)
	p.run("migration", "create", "one of each")
	p.run("migration", "upgrade")
	p.run("migration", "check")
	p.run("migration", "downgrade", "base")
}
