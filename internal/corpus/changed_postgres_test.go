package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestChangedPostgresSchemas takes a schema with something of every kind to what random statements make of it, and back; at night real
// ones, too. Columns that are the same at both ends keep their values. DUO_ORM_CHANGES=SEED:NUMBER draws others.
func TestChangedPostgresSchemas(t *testing.T) {
	engine := newPostgres(t)
	engine.since15(t)
	all := readChanges(t)
	seed, number := draws(t, "DUO_ORM_CHANGES", 2, 600)
	schemas := []string{"testdata/kitchen_sink.sql"}
	if number > 2 {
		more, _ := filepath.Glob(filepath.Join(root(), "schemas", engine.name(), "*.sql")) // where there is a corpus
		schemas = append(schemas, more...)
	}
	results := &table{engine: engine.name(), what: "changed schemas"}
	t.Run("schemas", func(t *testing.T) {
		for i := range number {
			schema := schemas[0]
			if i%2 == 1 {
				schema = schemas[i/2%len(schemas)]
			}
			name := fmt.Sprintf("%s-%d-%d", strings.TrimSuffix(filepath.Base(schema), ".sql"), seed, i)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				changedSchema(t, engine, schema, all, rand.New(rand.NewPCG(seed, uint64(i))), results.add(t, name))
			})
		}
	})
	results.print(t)
}

func changedSchema(t *testing.T, engine postgres, schema string, all changes, random *rand.Rand, o *outcome) {
	folder := t.TempDir()
	write := func(name string, parts ...string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(strings.Join(parts, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	before := readFile(t, schema)
	if !strings.HasPrefix(schema, "testdata") {
		before += "\n" + readFile(t, "testdata/fill/postgres.sql")
	}
	old := write("old.sql", before)
	url := engine.server.Database(t)
	engine.load(t, nil, url, old)
	was := engine.values(t, nil, url, []string{readFile(t, "testdata/kept/postgres.sql")})
	statements := all.draw(t, url, random, 1+random.IntN(9))
	kept := keptColumns(engine, was, engine.values(t, nil, url, []string{readFile(t, "testdata/kept/postgres.sql")}))
	write("new.sql", before, strings.Join(statements, ";\n")+";")
	took := there(t, engine, folder, o, func(s *session) []string { return engine.values(t, s, s.url, kept) })
	if t.Failed() || o.up == refused {
		t.Logf("%s changed by\n%s", schema, strings.Join(statements, ";\n"))
	}
	sameRows(t, took, o)
}
