package seed_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/seed"
)

func TestMain(m *testing.M) { testserver.Main(m) }

// engine is a database that tests work on.
type engine struct {
	driver drivers.Driver
	live   drivers.Connection
}

func open(t *testing.T, driver drivers.Driver, url string) *engine {
	t.Helper()
	live, err := driver.Open(t.Context(), url, drivers.OpenOptions{Create: true, Root: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := live.Close(); err != nil {
			t.Error(err)
		}
	})
	return &engine{driver: driver, live: live}
}

// engines runs a test on each engine, with how often it is to draw.
func engines(t *testing.T, test func(t *testing.T, e *engine, times int)) {
	t.Run("SQLite", func(t *testing.T) {
		test(t, open(t, sqlite.Driver{}, "sqlite:///"+filepath.ToSlash("rows.db")), 20)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		if testing.Short() {
			t.Skip("needs a server")
		}
		test(t, open(t, postgres.Driver{}, testserver.Postgres(t).Database(t)), 3)
	})
}

func (e *engine) create(t *testing.T, models string) (*planner.Plan, error) {
	t.Helper()
	state, diags := hclschema.Load([]hclschema.Source{{Name: "m.hcl", Bytes: []byte(models)}}, nil, e.driver)
	if diags.HasErrors() {
		t.Fatalf("%v in\n%s", diags, models)
	}
	return planner.Create(t.Context(), planner.Request{Driver: e.driver, Live: e.live, Desired: state, Managed: func(hclschema.Identity) bool { return true }})
}

func (e *engine) run(t *testing.T, plan *planner.Plan, steps []drivers.Step) {
	t.Helper()
	if err := e.live.Begin(t.Context(), drivers.BeginOptions{ForeignKeysOff: plan.ForeignKeysOff()}, nil); err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		if _, err := e.live.Exec(t.Context(), step.SQL); err != nil {
			t.Fatalf("%v in %s", errors.Join(err, e.live.Rollback()), step.SQL)
		}
	}
	if err := e.live.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (e *engine) exec(t *testing.T, sql string) {
	t.Helper()
	if _, err := e.live.Exec(t.Context(), sql); err != nil {
		t.Fatalf("%v in %s", err, sql)
	}
}

// rows are those of the table, sorted, each as a line.
func (e *engine) rows(t *testing.T) []string {
	t.Helper()
	lines := []string{}
	err := e.live.Query(context.Background(), "SELECT id, CAST(name AS text), CAST(price AS text), CAST(parent AS text) FROM things", nil, func(scan func(...any) error) error {
		var id int64
		var name, price, parent *string
		err := scan(&id, &name, &price, &parent)
		text := func(s *string) string {
			if s == nil {
				return "NULL"
			}
			return strconv.Quote(*s)
		}
		lines = append(lines, fmt.Sprintf("%d %s %s %s", id, text(name), text(price), text(parent)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(lines)
	return lines
}

const things = `
table "things" {
  column "id" {
    type = int
  }
  column "name" {
    type = text
    null = true
  }
  column "price" {
    type    = decimal(10, 2)
    default = 1.5
  }
  column "parent" {
    type = int
    null = true
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "things_parent" {
    columns     = [column.parent]
    ref_columns = [column.id]
  }
}
`

// hostile are texts that have broken a writer of SQL or HCL somewhere.
var hostile = []string{
	"", "'", "''", `\`, `\'`, "a'b\"c`d", "$$", "${x}", "%{ if }", "--", "/* ;", ";DROP TABLE things", "line\nbreak", "a\r\nb\rc", "\ttab ", " 1 ", "01", "1e5", "NULL", "true",
	"😀 ẞ é é", "\u2028", "x'ff'", "E'\\n'", "?", "$1", "SQL\n", "\x01\x7f", "{a,b}", "null",
}

// drawRows makes rows of the table, with parents among those before.
func drawRows(r *rand.Rand, mode string) string {
	ids := r.Perm(12)[:r.Intn(10)]
	var b strings.Builder
	b.WriteString("data {\n  table = table.things\n  mode = " + mode + "\n  rows = [\n")
	for i, id := range ids {
		fmt.Fprintf(&b, "    { id = %d", id)
		switch r.Intn(4) {
		case 0:
			b.WriteString(", name = null")
		case 1:
		default:
			text := strings.NewReplacer("${", "$${", "%{", "%%{", `\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\x01", `\u0001`, "\x7f", `\u007f`, "\u2028", `\u2028`).Replace(hostile[r.Intn(len(hostile))])
			b.WriteString(`, name = "` + text + `"`)
		}
		if r.Intn(2) == 0 {
			fmt.Fprintf(&b, ", price = %s", []string{"1", "2.50", "0.1", "\"3\"", "1e3"}[r.Intn(5)])
		}
		switch {
		case i > 0 && r.Intn(2) == 0:
			fmt.Fprintf(&b, ", parent = %d", ids[r.Intn(len(ids))])
		case r.Intn(2) == 0:
			b.WriteString(", parent = null")
		}
		b.WriteString(" },\n")
	}
	return b.String() + "  ]\n}\n"
}

// Whatever rows are declared and whatever somebody did to the table: the way up leads to what the models say, where nothing is left
// to do, and the way down to exactly what was there.
func TestRandomRowsThereAndBack(t *testing.T) {
	engines(t, func(t *testing.T, e *engine, times int) {
		plan, err := e.create(t, things)
		if err != nil {
			t.Fatal(err)
		}
		e.run(t, plan, plan.Upgrade)
		for n := range times {
			r := rand.New(rand.NewSource(int64(n)))
			for range r.Intn(4) {
				e.exec(t, fmt.Sprintf("UPDATE things SET name = 'changed %d', price = price + 1 WHERE id = %d", n, r.Intn(12)))
				e.exec(t, fmt.Sprintf("INSERT INTO things (id, name) SELECT %[1]d, 'mine' WHERE NOT EXISTS (SELECT 1 FROM things WHERE id = %[1]d)", r.Intn(16)))
			}
			before := e.rows(t)
			models := things + drawRows(r, []string{"INSERT", "UPSERT", "UPSERT", "SYNC"}[r.Intn(4)])
			plan, err := e.create(t, models)
			var refused *seed.RowError
			if errors.As(err, &refused) {
				t.Fatalf("%v in\n%s", err, models)
			}
			if err != nil {
				// A row that goes may have children that stay.
				t.Logf("seed %d: %v", n, err)
				continue
			}
			e.run(t, plan, plan.Upgrade)
			after := e.rows(t)
			again, err := e.create(t, models)
			if err != nil {
				t.Fatal(err)
			}
			if !again.Empty() {
				t.Fatalf("seed %d: there is still something to do: %s after\n%s", n, again.Upgrade[0].SQL, models)
			}
			e.run(t, plan, plan.Downgrade)
			if diff := cmp.Diff(before, e.rows(t)); diff != "" {
				t.Fatalf("seed %d: the way back doesn't lead back:\n%s%s", n, diff, models)
			}
			e.run(t, plan, plan.Upgrade)
			if diff := cmp.Diff(after, e.rows(t)); diff != "" {
				t.Fatalf("seed %d: the second way up leads elsewhere:\n%s%s", n, diff, models)
			}
		}
	})
}

const ring = `
table "teams" {
  column "id" {
    type = int
  }
  column "lead" {
    type = int
    null = true
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "teams_lead" {
    columns     = [column.lead]
    ref_columns = [table.members.column.id]
  }
}
table "members" {
  column "id" {
    type = int
  }
  column "team" {
    type = int
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "members_team" {
    columns     = [column.team]
    ref_columns = [table.teams.column.id]
  }
}
`

// Rows of two tables that refer to each other are inserted with NULL and get their values when both are there.
func TestRingOfTables(t *testing.T) {
	engines(t, func(t *testing.T, e *engine, _ int) {
		plan, err := e.create(t, ring)
		if err != nil {
			t.Fatal(err)
		}
		e.run(t, plan, plan.Upgrade)
		models := ring + "data {\n table = table.teams\n rows = [{ id = 1, lead = 7 }, { id = 2 }]\n}\ndata {\n table = table.members\n rows = [{ id = 7, team = 1 }]\n}\n"
		if plan, err = e.create(t, models); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			e.run(t, plan, plan.Upgrade)
			if again, err := e.create(t, models); err != nil || !again.Empty() {
				t.Fatal(again, err)
			}
			e.run(t, plan, plan.Downgrade)
		}
	})
}

// A new row may have the unique value of one that is deleted.
func TestDeletedRowsMakeRoom(t *testing.T) {
	engines(t, func(t *testing.T, e *engine, _ int) {
		models := func(id int) string {
			return fmt.Sprintf(`
table "codes" {
  column "id" {
    type = int
  }
  column "code" {
    type = text
  }
  primary_key {
    columns = [column.id]
  }
  unique "codes_code" {
    columns = [column.code]
  }
}
data {
  table = table.codes
  mode  = SYNC
  rows  = [{ id = %d, code = "x" }]
}
`, id)
		}
		for _, id := range []int{1, 2} {
			plan, err := e.create(t, models(id))
			if err != nil {
				t.Fatal(err)
			}
			e.run(t, plan, plan.Upgrade)
			if id == 2 {
				e.run(t, plan, plan.Downgrade)
				e.run(t, plan, plan.Upgrade)
			}
		}
	})
}
