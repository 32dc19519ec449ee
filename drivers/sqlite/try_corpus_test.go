package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
)

// Real schemas: a view or a trigger that Try calls broken is one for which the engine refuses to rename a table, and the
// other way round.
func TestTryAgreesWithTheEngineOnTheCorpus(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "corpus")
	var files []string
	for _, pattern := range []string{"schemas/sqlite/*.sql", "pairs/sqlite/*/*.sql", "pairs/*/old.sql"} {
		found, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skipf("SKIPPED: no real schemas in %s", folder)
	}
	for _, file := range files {
		t.Run(strings.TrimPrefix(file, folder), func(t *testing.T) {
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c := newScratch(t)
			if _, err := c.session.ExecContext(context.Background(), string(script)); err != nil {
				t.Skipf("the schema can't be made: %v", err)
			}
			found := broken(t, c)
			run(t, c, "CREATE TABLE duo_orm_probe (a)")
			begin(t, c, drivers.BeginOptions{})
			_, err = c.Exec(context.Background(), "ALTER TABLE duo_orm_probe RENAME TO duo_orm_probed")
			if (err != nil) != (found != nil) {
				t.Errorf("Try found %q, the engine says %v", found, err)
			}
		})
	}
}
