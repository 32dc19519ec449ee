package examples

import (
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

// TestLibrary runs the revisions that the library carries through the commands, on SQLite.
func TestLibrary(t *testing.T) { library(t, open(t, "library")) }

// TestLibraryOnPostgres does so on PostgreSQL, with the folder that its page names.
func TestLibraryOnPostgres(t *testing.T) {
	t.Setenv("DATABASE_URL", testserver.Postgres(t).Database(t))
	library(t, open(t, "library"), "--dir", "postgres")
}

func library(t *testing.T, p example, folder ...string) {
	run := func(args ...string) string { return p.run(append(folder, args...)...) }
	run("schema", "fmt", "--check")
	run("migration", "upgrade")
	run("migration", "check")
	run("migration", "verify")
	run("migration", "prove", "head")
	run("migration", "downgrade", "base")
	run("migration", "upgrade")
	if left := run("migration", "create", "nothing", "--dry-run"); !strings.Contains(left, "Nothing to do") {
		t.Errorf("the models and the revisions differ:\n%s", left)
	}
}
