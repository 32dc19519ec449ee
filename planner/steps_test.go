package planner

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
)

// state reads a model as the SQLite driver does.
func state(t *testing.T, text string) *hclschema.State {
	t.Helper()
	s, diags := hclschema.Load([]hclschema.Source{{Name: "m.hcl", Bytes: []byte(text)}}, nil, sqlite.Driver{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	sqlite.Driver{}.Link(s)
	return s
}

const tableAndView = `
table "users" {
  column "id" {
    type = int
  }
}
view "ids" {
  as = "SELECT id FROM users"
}
`

// What no driver claims is never left out: a table is refused by name and property, a view is dropped and made again.
func TestUnclaimedProperties(t *testing.T) {
	for _, c := range []struct{ object, want string }{
		{"table users", "refused: wondrous of table users"},
		{"column users.id", "refused: wondrous of column users.id"},
	} {
		from, to := state(t, tableAndView), state(t, tableAndView)
		for _, o := range to.Objects() {
			if o.Identity.String() == c.object {
				o.Properties["wondrous"] = hclschema.Text("yes")
			}
		}
		_, err := writeScript(sqlite.Driver{}, from, to, manner{})
		var refused *UnplannableError
		if !errors.As(err, &refused) || "refused: "+refused.Property+" of "+refused.Object.Identity.String() != c.want {
			t.Errorf("%s: want %q, got %v", c.object, c.want, err)
		}
	}
	from, to := state(t, tableAndView), state(t, strings.Replace(tableAndView, "SELECT id", "SELECT id AS n", 1))
	plan, err := writeScript(sqlite.Driver{}, from, to, manner{})
	if err != nil {
		t.Fatal(err)
	}
	if difference := cmp.Diff([]string{"drop view ids", "create view ids"}, stepNames(plan.steps)); difference != "" {
		t.Errorf("(-want +got):\n%s", difference)
	}
}

func stepNames(steps []drivers.Step) []string {
	var names []string
	for _, step := range steps {
		names = append(names, step.Name)
	}
	return names
}

// A name is given up before another object takes it, and what depends on a table goes before it and comes after it.
func TestOrderOfSteps(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		want           []string
	}{
		{
			"table becomes view", `
table "a" {
  column "id" {
    type = int
  }
}
table "b" {
  column "id" {
    type = int
  }
}`, `
table "a" {
  column "id" {
    type = int
  }
}
view "b" {
  as = "SELECT id FROM a"
}`, []string{"drop table b", "create view b"},
		},
		{
			"index moves to another table", `
table "a" {
  column "id" {
    type = int
  }
}
table "b" {
  column "id" {
    type = int
  }
  index "i" {
    columns = [column.id]
  }
}`, `
table "a" {
  column "id" {
    type = int
  }
  index "i" {
    columns = [column.id]
  }
}
table "b" {
  column "id" {
    type = int
  }
}`, []string{"drop index b.i", "create index a.i"},
		},
	} {
		plan, err := writeScript(sqlite.Driver{}, state(t, c.from), state(t, c.to), manner{})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		got := stepNames(plan.steps)
		if len(got) != len(c.want) {
			t.Fatalf("%s: want %q, got %q", c.name, c.want, got)
		}
		for i, want := range c.want {
			if !strings.HasPrefix(got[i], strings.Fields(want)[0]) {
				t.Errorf("%s: step %d: want %q, got %q", c.name, i+1, want, got[i])
			}
		}
	}
}

// counted is a driver that counts its scratch databases, and fails when the nth is asked for.
type counted struct {
	sqlite.Driver
	made, open int
	failAt     int
}

func (c *counted) Scratch(ctx context.Context, live drivers.Connection, url string) (drivers.Connection, error) {
	if c.made++; c.made == c.failAt {
		return nil, errors.New("no more scratch databases")
	}
	conn, err := c.Driver.Scratch(ctx, live, url)
	if err != nil {
		return nil, err
	}
	c.open++
	return &countedConnection{conn, c}, nil
}

type countedConnection struct {
	drivers.Connection
	of *counted
}

func (c *countedConnection) Close() error {
	c.of.open--
	return c.Connection.Close()
}

// Whatever fails, no scratch database is left open.
func TestScratchIsClosed(t *testing.T) {
	ctx := context.Background()
	for failAt := range 8 {
		driver := &counted{failAt: failAt}
		live, err := sqlite.Driver{}.Open(ctx, "sqlite://", drivers.OpenOptions{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = Create(ctx, Request{Driver: driver, Live: live, Desired: state(t, tableAndView)})
		if (err != nil) != (failAt > 0 && driver.made >= failAt) || driver.open != 0 {
			t.Errorf("failing at %d: %d of %d left open, %v", failAt, driver.open, driver.made, err)
		}
		if err := live.Close(); err != nil {
			t.Error(err)
		}
	}
}

// The same input gives the same plan, whatever the order of the files.
func TestPlansAreDeterministic(t *testing.T) {
	ctx := context.Background()
	var first string
	for turn := range 6 {
		var sources []hclschema.Source
		for i := range 8 {
			n := (i*3 + turn) % 8
			text := fmt.Sprintf("table \"t%d\" {\n  column \"id\" {\n    type = int\n  }\n  column \"to\" {\n    type = int\n    null = true\n  }\n"+
				"  primary_key {\n    columns = [column.id]\n  }\n  foreign_key {\n    columns = [column.to]\n    ref_columns = [table.t%d.column.id]\n  }\n}\n"+
				"view \"v%d\" {\n  as = \"SELECT * FROM t%d\"\n}\n", n, (n+3)%8, n, (n+5)%8)
			sources = append(sources, hclschema.Source{Name: fmt.Sprintf("t%d.hcl", n), Bytes: []byte(text)})
		}
		desired, diags := hclschema.Load(sources, nil, sqlite.Driver{})
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		live, err := sqlite.Driver{}.Open(ctx, "sqlite://", drivers.OpenOptions{})
		if err != nil {
			t.Fatal(err)
		}
		plan, err := Create(ctx, Request{Driver: sqlite.Driver{}, Live: live, Desired: desired})
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("%s\n%+v\n%+v\n%v %v", Summarize(plan).Text(), plan.Upgrade, plan.Downgrade, plan.Start, plan.End)
		if turn == 0 {
			first = text
		}
		if difference := cmp.Diff(first, text); difference != "" {
			t.Fatalf("turn %d (-first +now):\n%s", turn, difference)
		}
		if err := live.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
