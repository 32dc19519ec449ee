package planner_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/planner"
)

var errInjected = errors.New("the connection was lost")

// faultyDriver is SQLite whose calls fail from a given one on, and which counts the scratch databases that are open.
type faultyDriver struct {
	sqlite.Driver
	calls  *int
	failAt int
	// cancel, if not nil, is called at the failing call, which then fails as a cancelled context makes it.
	cancel context.CancelFunc
	open   *int
}

// fail counts a call.
func (d faultyDriver) fail(ctx context.Context) error {
	*d.calls++
	if *d.calls < d.failAt {
		return nil
	}
	if d.cancel != nil {
		d.cancel()
		return ctx.Err()
	}
	return errInjected
}

func (d faultyDriver) Scratch(ctx context.Context, live drivers.Connection, url string) (drivers.Connection, error) {
	if err := d.fail(ctx); err != nil {
		return nil, err
	}
	conn, err := d.Driver.Scratch(ctx, live, url)
	if err != nil {
		return nil, err
	}
	*d.open++
	return faultyConnection{conn, d}, nil
}

type faultyConnection struct {
	drivers.Connection
	driver faultyDriver
}

func (c faultyConnection) Inspect(ctx context.Context) (*drivers.Inspection, error) {
	if err := c.driver.fail(ctx); err != nil {
		return nil, err
	}
	return c.Connection.Inspect(ctx)
}

func (c faultyConnection) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	if err := c.driver.fail(ctx); err != nil {
		return 0, err
	}
	return c.Connection.Exec(ctx, sql, args...)
}

func (c faultyConnection) Query(ctx context.Context, sql string, args []any, row func(scan func(...any) error) error) error {
	if err := c.driver.fail(ctx); err != nil {
		return err
	}
	return c.Connection.Query(ctx, sql, args, row)
}

func (c faultyConnection) Begin(ctx context.Context, options drivers.BeginOptions, waiting func()) error {
	if err := c.driver.fail(ctx); err != nil {
		return err
	}
	return c.Connection.Begin(ctx, options, waiting)
}

func (c faultyConnection) Commit(ctx context.Context) error {
	if err := c.driver.fail(ctx); err != nil {
		return errors.Join(err, c.Rollback())
	}
	return c.Connection.Commit(ctx)
}

func (c faultyConnection) Close() error {
	*c.driver.open--
	return c.Connection.Close()
}

// faultyLive fails with the driver, but its own connection stays open.
type faultyLive struct{ faultyConnection }

// Close is for whoever opened it.
func (c faultyLive) Close() error { return nil }

const faultsLive = `CREATE TABLE users (id integer PRIMARY KEY, mail text)
CREATE TRIGGER legacy_log AFTER INSERT ON users BEGIN DELETE FROM users WHERE mail IS NULL; END
CREATE VIEW mails AS SELECT mail FROM users
`

const faultsModels = `table "people" {
  renamed_from = "users"
  column "id" { type = int }
  column "mail" {
    type = text
    null = true
  }
  primary_key { columns = [column.id] }
}
view "mails" { as = "SELECT mail FROM people" }
`

// Wherever a connection fails, Create says so and leaves no scratch database open; where it is cancelled, it says just that.
func TestCreateClosesScratchOnEveryFault(t *testing.T) {
	for _, cancelled := range []bool{false, true} {
		for failAt := 1; ; failAt++ {
			done := faultAt(t, failAt, cancelled)
			if done {
				t.Logf("%d calls can fail", failAt-1)
				break
			}
		}
	}
}

// faultAt says whether the plan was made before that many calls.
func faultAt(t *testing.T, failAt int, cancelled bool) (done bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	calls, open := 0, 0
	driver := faultyDriver{calls: &calls, failAt: failAt, open: &open}
	want := errInjected
	if cancelled {
		driver.cancel, want = cancel, context.Canceled
	}
	_, err := planner.Create(ctx, planner.Request{
		Driver: driver, Live: faultyLive{faultyConnection{liveDatabase(t, faultsLive), driver}}, Desired: models(t, faultsModels),
		Exclude: []string{"legacy_*"}, Managed: everything,
	})
	if open != 0 {
		t.Errorf("call %d failed: %d scratch databases were left open", failAt, open)
	}
	if calls < failAt {
		if err != nil {
			t.Fatalf("without a fault: %v", err)
		}
		return true
	}
	if !errors.Is(err, want) {
		t.Errorf("call %d failed: got error %v", failAt, err)
	} else if cancelled && strings.TrimSpace(err.Error()) != context.Canceled.Error() {
		t.Errorf("call %d was cancelled: %v", failAt, err)
	}
	return false
}
