package sqlite

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// corpusFiles are files of real schemas beside the repository; the test is skipped where they aren't there.
func corpusFiles(t *testing.T, pattern ...string) []string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared", "corpus"}, pattern...)...)
	files, err := filepath.Glob(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("SKIPPED: no real schemas in %s", path)
	}
	return files
}

func loadSchema(t *testing.T, file string) *sql.DB {
	t.Helper()
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return memory(t, string(script))
}

// unitsInOrder are the units of a state, each after what it stands on.
func unitsInOrder(state *hclschema.State) []drivers.Unit {
	var ordered []drivers.Unit
	units := drivers.Units(Driver{}, state)
	for _, kind := range []string{hclschema.KindTable, hclschema.KindVirtualTable, hclschema.KindView, hclschema.KindTrigger} {
		for _, unit := range units {
			if unit.Identity().Kind == kind {
				ordered = append(ordered, unit)
			}
		}
	}
	return ordered
}

func createAll(t *testing.T, db *sql.DB, units []drivers.Unit) {
	t.Helper()
	for _, unit := range units {
		steps, err := Driver{}.Create(unit)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range steps {
			mustExec(t, db, step.SQL)
		}
	}
}

// What is read from a real schema and written again is the same schema.
func TestCorpusIsWrittenBack(t *testing.T) {
	for _, file := range corpusFiles(t, "schemas", "sqlite", "*.sql") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			state := look(t, loadSchema(t, file)).State
			db := memory(t)
			createAll(t, db, unitsInOrder(state))
			assertState(t, db, state)
		})
	}
}

// The tables of one real schema become those of its next version, and back.
func TestCorpusTablesAreAltered(t *testing.T) {
	for _, file := range corpusFiles(t, "pairs", "sqlite", "*", "*", "old.sql") {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			t.Parallel()
			db := loadSchema(t, file)
			before := look(t, db).State
			after := look(t, loadSchema(t, filepath.Join(filepath.Dir(file), "new.sql"))).State
			become(t, db, after)
			assertState(t, db, after)
			become(t, db, before)
			assertState(t, db, before)
		})
	}
}

// become drops views, triggers and tables that are not in the state, alters the tables that are, and makes the rest.
func become(t *testing.T, db *sql.DB, after *hclschema.State) {
	t.Helper()
	before := look(t, db).State
	units := unitsInOrder(before)
	for i := len(units) - 1; i >= 0; i-- {
		id := units[i].Identity()
		if id.Kind == hclschema.KindTable && after.Get(id) != nil {
			continue
		}
		steps, err := Driver{}.Drop(units[i])
		if err != nil {
			t.Fatal(err)
		}
		mustExec(t, db, steps[0].SQL)
	}
	migrate(t, db, after)
	var rest []drivers.Unit
	for _, unit := range unitsInOrder(after) {
		if unit.Identity().Kind != hclschema.KindTable || before.Get(unit.Identity()) == nil {
			rest = append(rest, unit)
		}
	}
	createAll(t, db, rest)
}
