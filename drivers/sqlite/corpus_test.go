package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCorpusIsReadWhole reads real schemas: every object is carried, and what was read agrees with SQLite's own report, which
// inspect checks for each table and index.
func TestCorpusIsReadWhole(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "corpus", "schemas", "sqlite")
	files, err := filepath.Glob(filepath.Join(folder, "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("SKIPPED: no real schemas in %s", folder)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".sql"), func(t *testing.T) {
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			db := memory(t, string(script))
			inspection := look(t, db)
			for _, unread := range inspection.Unread {
				t.Errorf("%s can't be carried: %s", unread.Identity, unread.Reason)
			}
			t.Log(inspection.State.Len(), "objects")
		})
	}
}
