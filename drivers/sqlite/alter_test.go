package sqlite

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into the golden files")

// Each file is one change: the schema and its rows before, the schema after, the steps and hazards that this makes, and what
// a query sees at the end. Statements are separated by empty lines.
func TestAlter(t *testing.T) {
	files, err := filepath.Glob("testdata/alter/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			testAlterFile(t, file)
		})
	}
}

func testAlterFile(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	for _, f := range archive.Files {
		in[f.Name] = string(f.Data)
	}
	db := memory(t, append([]string{"PRAGMA foreign_keys = ON"}, statements(in["before.sql"]+"\n\n"+in["rows.sql"])...)...)
	after := look(t, memory(t, statements(in["after.sql"])...)).State
	steps, hazards := migrate(t, db, after)
	assertState(t, db, after)
	assertRebuiltTexts(t, db, after, steps)
	out := map[string]string{"steps.sql": joinSteps(steps), "hazards": joinHazards(hazards)}
	if in["query.sql"] != "" {
		out["result"] = results(t, db, in["query.sql"])
	}
	var got txtar.Archive
	got.Comment = archive.Comment
	for _, name := range []string{"before.sql", "rows.sql", "after.sql", "query.sql", "steps.sql", "hazards", "result"} {
		data, made := out[name]
		if !made {
			data = in[name]
		}
		if data != "" || made {
			got.Files = append(got.Files, txtar.File{Name: name, Data: []byte(data)})
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(txtar.Format(archive)), string(txtar.Format(&got))); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func statements(text string) []string {
	var list []string
	for _, statement := range strings.Split(text, "\n\n") {
		if statement = strings.TrimSpace(statement); statement != "" {
			list = append(list, statement)
		}
	}
	return list
}

func joinHazards(hazards []drivers.Hazard) string {
	var b strings.Builder
	for _, h := range hazards {
		fmt.Fprintf(&b, "%s %s: %s (%d of %d)\n", h.Kind, h.Object, h.Text, h.Rows, h.Total)
	}
	return b.String()
}

// memoryOf makes a state in an empty database.
func memoryOf(t testing.TB, state *hclschema.State) *sql.DB {
	t.Helper()
	db := memory(t)
	for _, unit := range drivers.Units(Driver{}, state) {
		steps, err := Driver{}.Create(unit)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range steps {
			mustExec(t, db, step.SQL)
		}
	}
	return db
}

// assertRebuiltTexts makes sure that a rebuilt table reads in sqlite_schema as if it had just been made.
func assertRebuiltTexts(t testing.TB, db *sql.DB, after *hclschema.State, steps []drivers.Step) {
	t.Helper()
	fresh := memoryOf(t, after)
	for _, step := range steps {
		name, ok := strings.CutPrefix(step.Name, "rebuild table ")
		if name, _, _ = strings.Cut(name, ":"); !ok {
			continue
		}
		query := "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = '" + strings.Trim(name, `"`) + "' AND type <> 'trigger' ORDER BY name"
		if diff := cmp.Diff(results(t, fresh, query), results(t, db, query)); diff != "" {
			t.Fatalf("-created +rebuilt\n%s", diff)
		}
	}
}
