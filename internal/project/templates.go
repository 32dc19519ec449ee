package project

import (
	_ "embed"
	"strings"
)

// DefaultURL is the database of a project that says nothing else.
const DefaultURL = "sqlite:///app.db"

// The files that init writes, as their readers see them. DIR and URL stand for the project's folder and database.
var (
	//go:embed templates/database.hcl
	databaseTemplate string
	//go:embed templates/migrations.hcl
	migrationsTemplate string
	//go:embed templates/example.hcl
	exampleTemplate string
	//go:embed templates/schemas.md
	schemasTemplate string
)

func fill(template, dir, url string) []byte {
	return []byte(strings.NewReplacer("@DIR@", dir, "@URL@", url).Replace(template))
}
