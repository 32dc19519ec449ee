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

// keeper is an engine whose rows are followed from one schema to another.
type keeper interface {
	engine
	// script makes one of the forms of a file of testdata/variants.
	script(v variants, form int) string
	// filled is a script with rows for the tables that it makes.
	filled(t *testing.T, script string) string
	// values are what queries return, one line a row.
	values(t *testing.T, s *session, url string, queries []string) []string
	// keptQuery asks for some columns of a table, as testdata/kept names both.
	keptQuery(table string, columns []string) string
}

// formToForm takes objects from one form to another and back. Each file of testdata/variants is about some objects, of which it shows
// several forms behind what all of them have; a case takes three files at once from a form to another, every other case without rows.
// Columns that are the same at both ends keep their values. DUO_ORM_VARIANTS=SEED:NUMBER draws others, DUO_ORM_ONLY from files with
// these names. The mended ones, each "file from to", failed once: they run always, without rows, and are equal.
func formToForm(t *testing.T, engine keeper, day, night int, mended ...string) {
	seed, number := draws(t, "DUO_ORM_VARIANTS", day, night)
	all := readVariants(t, engine)
	results := &table{engine: engine.name(), what: "variants"}
	run := func(t *testing.T, transitions []transition, filled, mended bool) {
		var names, old, new []string
		for _, v := range transitions {
			names = append(names, fmt.Sprintf("%s-%d-%d", v.name, v.from, v.to))
			old, new = append(old, engine.script(v.variants, v.from)), append(new, engine.script(v.variants, v.to))
		}
		name := strings.Join(names, "_")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := results.add(t, name)
			keptPair(t, engine, strings.Join(old, "\n"), strings.Join(new, "\n"), filled, o)
			if mended && (o.up != equal || o.down != equal) {
				t.Errorf("up %s, down %s: %s", o.up, o.down, o.reason)
			}
		})
	}
	t.Run("variants", func(t *testing.T) {
		for i := range number {
			random := rand.New(rand.NewPCG(seed, uint64(i)))
			random.Shuffle(len(all), func(a, b int) { all[a], all[b] = all[b], all[a] })
			var transitions []transition
			for _, v := range all[:min(3, len(all))] {
				forms := random.Perm(len(v.forms))
				transitions = append(transitions, transition{v, forms[0], forms[1]})
			}
			run(t, transitions, i%2 == 0, false)
		}
		var again []transition
		for _, text := range mended {
			var name string
			var from, to int
			if _, err := fmt.Sscan(text, &name, &from, &to); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if i := slices.IndexFunc(all, func(v variants) bool { return v.name == name }); i >= 0 {
				again = append(again, transition{all[i], from, to})
			}
		}
		for transitions := range slices.Chunk(again, 3) {
			run(t, transitions, false, true)
		}
	})
	results.print(t)
}

// variants are the forms that a file of testdata/variants shows, and what all of them have.
type variants struct {
	name   string
	shared string
	forms  []string
}

// transition leads from one form to another.
type transition struct {
	variants
	from, to int
}

func readVariants(t *testing.T, engine engine) (all []variants) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join("testdata", "variants", engine.name(), "*.sql"))
	if err != nil || len(found) < 3 {
		t.Fatal("no variants to draw from", err)
	}
	sort.Strings(found)
	only := strings.Fields(os.Getenv("DUO_ORM_ONLY"))
	for _, path := range found {
		name := strings.TrimSuffix(filepath.Base(path), ".sql")
		if len(only) > 0 && !slices.Contains(only, name) {
			continue
		}
		parts := strings.Split(readFile(t, path), "----\n")
		all = append(all, variants{name, parts[0], parts[1:]})
	}
	return all
}

// keptPair takes a database that a script made, filled with rows or not, to what another script makes, and back.
func keptPair(t *testing.T, engine keeper, before, after string, filled bool, o *outcome) {
	folder := t.TempDir()
	if filled {
		before = engine.filled(t, before)
	}
	for name, text := range map[string]string{"old.sql": before, "new.sql": after} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list := readFile(t, filepath.Join("testdata", "kept", engine.name()+".sql"))
	columns := func(name string) []string {
		s := &session{t: t, engine: engine, folder: t.TempDir()}
		url := s.fresh(name)
		s.load(url, filepath.Join(folder, name+".sql"))
		return engine.values(t, s, url, []string{list})
	}
	kept := keptColumns(engine, columns("old"), columns("new"))
	took := there(t, engine, folder, o, func(s *session) []string { return engine.values(t, s, s.url, kept) })
	sameRows(t, took, o)
	if t.Failed() || o.up == refused {
		t.Logf("from\n%s\nto\n%s", before, after)
	}
}

// sameRows compares the rows of both legs with those before.
func sameRows(t *testing.T, took legs, o *outcome) {
	t.Helper()
	if took.after != nil && !slices.Equal(took.before, took.after) {
		o.up = different
		t.Errorf("rows before and after the upgrade (-before +after):\n%s", differing(took.before, took.after))
	}
	if took.back != nil && !slices.Equal(took.before, took.back) {
		o.down = different
		t.Errorf("rows before and after the downgrade (-before +after):\n%s", differing(took.before, took.back))
	}
}

// keptColumns ask for the columns that are the same in two lists of testdata/kept.
func keptColumns(engine keeper, before, after []string) []string {
	var tables []string
	columns := map[string][]string{}
	for _, line := range before {
		parts := strings.Split(line, "|")
		if len(parts) != 3 || !slices.Contains(after, line) {
			continue
		}
		if columns[parts[1]] == nil {
			tables = append(tables, parts[1])
		}
		columns[parts[1]] = append(columns[parts[1]], parts[2])
	}
	var queries []string
	for _, table := range tables {
		queries = append(queries, engine.keptQuery(table, columns[table]))
	}
	return queries
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
