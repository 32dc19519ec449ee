package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

// TestRandomPostgresPairs takes drawn schemas with rows to a changed one and back. Columns that are in both keep their values.
// DUO_ORM_PAIRS=SEED:NUMBER draws others.
func TestRandomPostgresPairs(t *testing.T) {
	engine := newPostgres(t)
	seed, number := draws(t, "DUO_ORM_PAIRS", 6, 3000)
	results := &table{engine: engine.name(), what: "drawn pairs"}
	t.Run("pairs", func(t *testing.T) {
		for i := range number {
			name := fmt.Sprintf("%d-%d", seed, i)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewPCG(seed, uint64(i)))
				from := draw(random, nil, 100)
				drawnPair(t, engine, from, draw(random, from, 20), results.add(t, name))
			})
		}
	})
	results.print(t)
	refusals := 0
	for _, r := range results.rows {
		if r.up == refused {
			refusals++
		}
	}
	if refusals*2 > number {
		t.Errorf("%d of %d were refused: nearly nothing was tested", refusals, number)
	}
}

// draws are how many cases are drawn, by day or by night, and from what: SEED:NUMBER of an environment variable, where it is set.
func draws(t *testing.T, variable string, day, night int) (seed uint64, number int) {
	t.Helper()
	number, seed = day, 20261128
	if os.Getenv("DUO_ORM_NIGHTLY") != "" {
		number, seed = night, rand.Uint64()
	}
	if given := os.Getenv(variable); given != "" {
		if _, err := fmt.Sscanf(given, "%d:%d", &seed, &number); err != nil {
			t.Fatalf("%s=%s: %v", variable, given, err)
		}
	}
	return seed, number
}

func drawnPair(t *testing.T, engine postgres, from, to choice, o *outcome) {
	before, after := from.write(false), to.write(true)
	folder := t.TempDir()
	for name, d := range map[string]drawn{"old.sql": before, "new.sql": after} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(d.sql), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept := keptQueries(before, after)
	took := there(t, engine, folder, o, func(s *session) []string { return engine.values(t, s, s.url, kept) })
	if t.Failed() || o.up == refused {
		t.Logf("from\n%s\nto\n%s", before.sql, after.sql)
	}
	sameRows(t, took, o)
}

// keptQueries ask for the columns that both schemas have. What a cast writes in another way is brought to one form.
func keptQueries(before, after drawn) []string {
	var queries []string
	for _, table := range tables() {
		var both []string
		for _, column := range before.columns[table] {
			if slices.Contains(after.columns[table], column) {
				both = append(both, fmt.Sprintf(`regexp_replace(%s::text, '(\.00| 00:00:00|\+00)+$', '')`, column))
			}
		}
		if len(both) > 0 {
			queries = append(queries, "SELECT "+strings.Join(both, ", ")+" FROM ONLY "+table+" ORDER BY id;")
		}
	}
	return queries
}

// values are what queries return, one line a row.
func (e postgres) values(t *testing.T, _ *session, url string, queries []string) []string {
	t.Helper()
	command := exec.CommandContext(t.Context(), testserver.Program("psql"), "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", url)
	command.Stdin = strings.NewReader("SET TimeZone = 'UTC';\n" + strings.Join(queries, "\n"))
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return strings.Split(string(out), "\n")
}
