package postgres

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

func TestEightLockersWorkOneAfterTheOther(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	testserver.Exec(t, url, "CREATE TABLE counter (n integer)", "INSERT INTO counter VALUES (0)")
	const lockers, rounds = 8, 5
	var all sync.WaitGroup
	for range lockers {
		c := opened(t, url, drivers.OpenOptions{LockWait: time.Minute})
		all.Add(1)
		go func() {
			defer all.Done()
			for range rounds {
				if err := countUp(t.Context(), c); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	all.Wait()
	if got := values(t, opened(t, url, drivers.OpenOptions{}), "SELECT n FROM counter", 1); got[0][0] != int64(lockers*rounds) {
		t.Error("steps ran beside each other:", got)
	}
}

// countUp reads and writes in such a way that two of it at once lose one.
func countUp(ctx context.Context, c *connection) error {
	if err := c.Begin(ctx, drivers.BeginOptions{}, nil); err != nil {
		return err
	}
	n := 0
	if err := c.Query(ctx, "SELECT n FROM counter", nil, func(scan func(...any) error) error { return scan(&n) }); err != nil {
		return errors.Join(err, c.Rollback())
	}
	if _, err := c.Exec(ctx, "UPDATE counter SET n = ?", n+1); err != nil {
		return errors.Join(err, c.Rollback())
	}
	return c.Commit(ctx)
}

func TestLockedBySomebodyElse(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	holder, late := opened(t, url, drivers.OpenOptions{}), opened(t, url, drivers.OpenOptions{LockWait: 50 * time.Millisecond})
	if err := holder.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	waited := 0
	err := late.Begin(t.Context(), drivers.BeginOptions{}, func() { waited++ })
	var locked *drivers.LockedError
	if !errors.As(err, &locked) || waited != 1 || locked.Retryable() || !strings.Contains(err.Error(), "(duo-orm)") {
		t.Fatalf("waited %d times: %v", waited, err)
	}
	if err := late.Begin(t.Context(), drivers.BeginOptions{ReadOnly: true}, nil); err != nil {
		t.Error("reading needs no lock:", err)
	}
	if err := errors.Join(late.Rollback(), holder.Rollback(), late.Begin(t.Context(), drivers.BeginOptions{}, nil), late.Commit(t.Context())); err != nil {
		t.Error(err)
	}
}

func TestVersionTablesOfTheirOwnDontLockEachOther(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	for _, table := range []string{"one", "two", "schema.one"} {
		c := opened(t, url, drivers.OpenOptions{VersionTable: table, LockWait: time.Millisecond})
		if err := c.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
			t.Error(table, err)
		}
	}
}

func TestHeldLockOutlivesTheTransaction(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	first, second := opened(t, url, drivers.OpenOptions{}), opened(t, url, drivers.OpenOptions{LockWait: time.Millisecond})
	if err := errors.Join(first.Begin(t.Context(), drivers.BeginOptions{Hold: true}, nil), first.Commit(t.Context())); err != nil {
		t.Fatal(err)
	}
	execute(t, first, "CREATE TABLE alone (i integer)", "CREATE INDEX CONCURRENTLY i ON alone (i)", "VACUUM alone")
	var locked *drivers.LockedError
	if err := second.Begin(t.Context(), drivers.BeginOptions{}, nil); !errors.As(err, &locked) {
		t.Fatal(err)
	}
	err := errors.Join(first.Begin(t.Context(), drivers.BeginOptions{}, nil), first.Commit(t.Context()),
		second.Begin(t.Context(), drivers.BeginOptions{}, nil), second.Commit(t.Context()))
	if err != nil {
		t.Error(err)
	}
}

func TestLockOfAClosedOrLostSessionIsFree(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	conn, err := Driver{}.Open(t.Context(), url, drivers.OpenOptions{VersionTable: "duo_orm_revisions"})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(conn.Begin(t.Context(), drivers.BeginOptions{Hold: true}, nil), conn.Close()); err != nil {
		t.Fatal(err)
	}
	c := opened(t, url, drivers.OpenOptions{LockWait: 5 * time.Second})
	if err := errors.Join(c.Begin(t.Context(), drivers.BeginOptions{}, nil), c.Commit(t.Context())); err != nil {
		t.Error(err)
	}
}

// A statement that others keep from a lock waits for a short time only, and names them.
func TestBlockedStatement(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	testserver.Exec(t, url, "CREATE TABLE t (i integer)")
	holder, c := opened(t, url+"?application_name=the+holder", drivers.OpenOptions{VersionTable: "other"}), opened(t, url, drivers.OpenOptions{})
	if err := errors.Join(holder.Begin(t.Context(), drivers.BeginOptions{}, nil), c.Begin(t.Context(), drivers.BeginOptions{}, nil)); err != nil {
		t.Fatal(err)
	}
	execute(t, holder, "LOCK TABLE t")
	_, err := c.Exec(t.Context(), "ALTER TABLE t ADD COLUMN j integer")
	var locked *drivers.LockedError
	if !errors.As(err, &locked) || !locked.Retryable() || !strings.Contains(locked.By, "(the holder)") {
		t.Errorf("%T %v", err, err)
	}
	if err := errors.Join(c.Rollback(), holder.Rollback()); err != nil {
		t.Error(err)
	}
}

func TestNotWritable(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	var readOnly *drivers.NotWritableError
	for _, c := range []*connection{
		opened(t, url, drivers.OpenOptions{ReadOnly: true}),
		opened(t, url+"?options=-c%20default_transaction_read_only=on", drivers.OpenOptions{}),
	} {
		if err := c.Begin(t.Context(), drivers.BeginOptions{}, nil); !errors.As(err, &readOnly) {
			t.Error(err)
		}
		if _, err := c.Exec(t.Context(), "CREATE TABLE t (i integer)"); sqlState(err) != stateReadOnly {
			t.Error(err)
		}
	}
}

func TestTransactions(t *testing.T) {
	t.Parallel()
	c := empty(t)
	if err := errors.Join(c.Rollback(), c.Begin(t.Context(), drivers.BeginOptions{}, nil)); err != nil {
		t.Fatal(err)
	}
	if err := c.Begin(t.Context(), drivers.BeginOptions{}, nil); !errors.Is(err, errNested) {
		t.Error(err)
	}
	execute(t, c, "CREATE TABLE t (i integer)", "SAVEPOINT s", "DROP TABLE t", "ROLLBACK TO SAVEPOINT s", "RELEASE s")
	if err := c.Commit(t.Context()); err != nil {
		t.Error(err)
	}
	if err := c.Commit(t.Context()); !errors.Is(err, errNotOpen) {
		t.Error(err)
	}
	if err := c.Begin(t.Context(), drivers.BeginOptions{ReadOnly: true}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Exec(t.Context(), "DROP TABLE t"); sqlState(err) != stateReadOnly {
		t.Error(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Commit(gone); !errors.Is(err, context.Canceled) || c.transaction != nil {
		t.Error(err)
	}
	if kind, err := c.Relation(t.Context(), "t"); kind != "table" || err != nil {
		t.Error(kind, err)
	}
}
