package proof

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the engine

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
)

// appFunctions is how many tables can't have rows, since their triggers call functions that only the application has.
var appFunctions = map[string]int{"calibre_metadata.sql": 13}

// Real schemas get rows in every table that takes some without its application.
func TestCorpusGetsRows(t *testing.T) {
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
			t.Parallel()
			list := statements(t, file)
			state := inspectedAfter(t, list)
			request := Request{Driver: sqlite.Driver{}, Scratch: scratch, Start: state, End: state, MakeStart: list, MakeEnd: list}
			result, err := Check(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			tables := len(pair(request).tables)
			t.Logf("%d tables, %d rows", tables, result.Rows)
			for _, without := range result.WithoutRows {
				t.Log("without rows: ", without)
			}
			if len(result.WithoutRows) > appFunctions[filepath.Base(file)] {
				t.Errorf("%d of %d tables are without rows", len(result.WithoutRows), tables)
			}
		})
	}
}

// statements are those that make a schema, as SQLite keeps them; what a virtual table makes by itself is left out.
func statements(t *testing.T, file string) []drivers.Step {
	t.Helper()
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	defer db.Close()
	if _, err := db.Exec(string(script)); err != nil {
		t.Fatal(err)
	}
	rows, err := db.Query(`SELECT m.name, m.sql FROM sqlite_master m LEFT JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main'
		WHERE m.sql IS NOT NULL AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND coalesce(l.type, '') <> 'shadow' ORDER BY m.rowid`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []drivers.Step
	for rows.Next() {
		var step drivers.Step
		if err := rows.Scan(&step.Name, &step.SQL); err != nil {
			t.Fatal(err)
		}
		list = append(list, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
