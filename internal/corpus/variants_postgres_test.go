package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
)

// TestVariantsOfPostgresObjects takes objects from one form to another and back. Each file of testdata/variants is a schema, of which it
// shows several forms behind what all of them have; a case takes three schemas at once from a form to another, every other case without
// rows. Columns that are the same at both ends keep their values. DUO_ORM_VARIANTS=SEED:NUMBER draws others.
func TestVariantsOfPostgresObjects(t *testing.T) {
	engine := newPostgres(t)
	if version := engine.values(t, engine.server.Database(t), []string{"SHOW server_version_num"}); version[0] < "150000" {
		t.Skipf("SKIPPED: the forms need PostgreSQL 15, and this is %s", version[0])
	}
	seed, number := draws(t, "DUO_ORM_VARIANTS", 4, 600)
	all := readVariants(t)
	results := &table{engine: engine.name(), what: "variants"}
	run := func(t *testing.T, transitions []transition, filled bool) {
		var names, old, new []string
		for _, v := range transitions {
			names = append(names, fmt.Sprintf("%s-%d-%d", v.schema, v.from, v.to))
			old, new = append(old, v.script(v.from)), append(new, v.script(v.to))
		}
		name := strings.Join(names, "_")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keptPair(t, engine, strings.Join(old, "\n"), strings.Join(new, "\n"), filled, results.add(t, name))
		})
	}
	t.Run("variants", func(t *testing.T) {
		for i := range number {
			random := rand.New(rand.NewPCG(seed, uint64(i)))
			random.Shuffle(len(all), func(a, b int) { all[a], all[b] = all[b], all[a] })
			var transitions []transition
			for _, v := range all[:3] {
				forms := random.Perm(len(v.forms))
				transitions = append(transitions, transition{v, forms[0], forms[1]})
			}
			run(t, transitions, i%2 == 0)
		}
	})
	results.print(t)
}

// variants are the forms that a file of testdata/variants shows of the objects in its schema.
type variants struct {
	schema string
	shared string
	forms  []string
}

// transition leads from one form to another.
type transition struct {
	variants
	from, to int
}

func (v variants) script(form int) string {
	return fmt.Sprintf("CREATE SCHEMA \"%[1]s\"; SET search_path = \"%[1]s\";\n%[2]s\n%[3]s", v.schema, v.shared, v.forms[form])
}

func readVariants(t *testing.T) (all []variants) {
	t.Helper()
	found, err := filepath.Glob("testdata/variants/*.sql")
	if err != nil || len(found) < 3 {
		t.Fatal("no variants to draw from", err)
	}
	sort.Strings(found)
	only := strings.Fields(os.Getenv("DUO_ORM_ONLY"))
	for _, path := range found {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		parts := strings.Split(string(text), "----\n")
		schema := strings.TrimSuffix(filepath.Base(path), ".sql")
		if len(only) > 0 && !slices.Contains(only, schema) {
			continue
		}
		all = append(all, variants{schema, parts[0], parts[1:]})
	}
	return all
}

// keptPair takes a database that a script made, filled with rows or not, to what another script makes, and back.
func keptPair(t *testing.T, engine postgres, before, after string, filled bool, o *outcome) {
	folder := t.TempDir()
	fill, err := os.ReadFile("testdata/fill.sql")
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("testdata/kept.sql")
	if err != nil {
		t.Fatal(err)
	}
	if filled {
		before += "\n" + string(fill)
	}
	for name, text := range map[string]string{"old.sql": before, "new.sql": after} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	columns := func(file string) []string {
		url := engine.server.Database(t)
		engine.load(t, nil, url, filepath.Join(folder, file))
		return engine.values(t, url, []string{string(list)})
	}
	kept := keptColumns(columns("old.sql"), columns("new.sql"))
	took := there(t, engine, folder, o, func(s *session) []string { return engine.values(t, s.url, kept) })
	if took.after != nil && !slices.Equal(took.before, took.after) {
		o.up = different
		t.Errorf("rows before and after the upgrade (-before +after):\n%s", differing(took.before, took.after))
	}
	if took.back != nil && !slices.Equal(took.before, took.back) {
		o.down = different
		t.Errorf("rows before and after the downgrade (-before +after):\n%s", differing(took.before, took.back))
	}
}
