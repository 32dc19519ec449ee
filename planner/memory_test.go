package planner_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/planner"
)

// countingDriver is SQLite that counts the scratch databases that are made, and has none to give as long as it is told so.
type countingDriver struct {
	sqlite.Driver
	made *atomic.Int64
	fail *atomic.Bool
}

var errNoScratch = errors.New("no scratch")

func (d countingDriver) Scratch(ctx context.Context, live drivers.Connection, url string) (drivers.Connection, error) {
	if d.fail.Load() {
		return nil, errNoScratch
	}
	d.made.Add(1)
	return d.Driver.Scratch(ctx, live, url)
}

// Databases that are alike share what scratch told of the first, whatever rows are in each; others are looked at themselves.
func TestMemory(t *testing.T) {
	const text = `table "users" {
  column "id" { type = int }
  column "mail" { type = text }
  primary_key { columns = [column.id] }
  check "given" { expr = "mail <> ''" }
}
`
	const users = "CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL, old text)\n"
	const rows = "INSERT INTO users VALUES (1, '', 'x')\nINSERT INTO users VALUES (2, 'm', NULL)\n"
	const checked = "CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL, CONSTRAINT given CHECK (mail <> ''))\n"
	driver := countingDriver{made: &atomic.Int64{}, fail: &atomic.Bool{}}
	create := func(memory *planner.Memory, script string) (*planner.Plan, int64) {
		t.Helper()
		before := driver.made.Load()
		plan, err := planner.Create(t.Context(), planner.Request{Driver: driver, Live: liveDatabase(t, script), Desired: models(t, text), Managed: everything,
			Unproven: true, AllowRows: true, Memory: memory})
		if err != nil {
			t.Fatal(err)
		}
		return plan, driver.made.Load() - before
	}
	memory := &planner.Memory{}
	for _, c := range []struct {
		script string
		shared bool
	}{{script: users}, {script: users, shared: true}, {script: users + rows, shared: true}, {script: users, shared: true}, {script: checked + "CREATE VIEW v AS SELECT 1 AS one\n"}, {script: checked}} {
		alone, asked := create(nil, c.script)
		plan, askedNow := create(memory, c.script)
		if got, want := planner.Summarize(plan).Text(), planner.Summarize(alone).Text(); got != want {
			t.Errorf("%s is planned otherwise where others were planned before:\n%s", c.script, cmp.Diff(want, got))
		}
		if diff := cmp.Diff(alone.Upgrade, plan.Upgrade); diff != "" {
			t.Errorf("%s has other steps where others were planned before:\n%s", c.script, diff)
		}
		if want := asked; askedNow != want && !c.shared || c.shared && askedNow != 0 {
			t.Errorf("%s was asked of scratch %d times, shared %t, and %d times alone", c.script, askedNow, c.shared, want)
		}
	}
	if plan, _ := create(memory, users+rows); !strings.Contains(planner.Summarize(plan).Text(), "1 of 2 rows") {
		t.Errorf("the rows of a database with a shared plan aren't counted in it:\n%s", planner.Summarize(plan).Text())
	}
}

// What failed for one is tried again for the next, and many at once ask scratch as often as one.
func TestMemoryAtOnce(t *testing.T) {
	driver := countingDriver{made: &atomic.Int64{}, fail: &atomic.Bool{}}
	memory := &planner.Memory{}
	const text = `table "users" {
  column "id" { type = int }
}
`
	create := func(memory *planner.Memory) (*planner.Plan, error) {
		return planner.Create(t.Context(), planner.Request{Driver: driver, Live: liveDatabase(t, ""), Desired: models(t, text), Managed: everything, Unproven: true, Memory: memory})
	}
	if _, err := create(nil); err != nil {
		t.Fatal(err)
	}
	once := driver.made.Swap(0)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if plan, err := create(memory); err != nil || len(plan.Upgrade) != 1 {
				t.Errorf("of many at once one got %v, %v", plan, err)
			}
		})
	}
	all.Wait()
	if made := driver.made.Load(); made != once {
		t.Errorf("many at once made %d scratch databases, one makes %d", made, once)
	}
	driver.fail.Store(true)
	memory = &planner.Memory{}
	if _, err := create(memory); !errors.Is(err, errNoScratch) {
		t.Errorf("without scratch: %v", err)
	}
	driver.fail.Store(false)
	if plan, err := create(memory); err != nil || len(plan.Upgrade) != 1 {
		t.Errorf("after a failure: %v, %v", plan, err)
	}
}
