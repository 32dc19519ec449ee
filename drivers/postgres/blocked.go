package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/drivers"
)

// defaultLockTimeout is how long one statement waits for a lock where nothing else was chosen: all who come after it wait behind it, readers too.
const defaultLockTimeout = 3 * time.Second

// lookEvery is how often a statement that takes long is looked after. A wait that is ended by lock_timeout lasts longer, so
// that it is always seen.
const lookEvery = time.Second

func (c *connection) lockTimeout() time.Duration {
	if c.private {
		return 0
	}
	if c.statementWait > 0 {
		return c.statementWait
	}
	return defaultLockTimeout
}

// watched runs a statement of the live database. Where it fails for a lock that others hold, the error names them: whoever
// blocks is known to the server only while somebody waits, so that a second session looks while the statement runs.
func (c *connection) watched(ctx context.Context, run func() (int64, error)) (int64, error) {
	if c.private {
		rows, err := run()
		return rows, c.explained(err)
	}
	watching, stop := context.WithCancel(ctx)
	seen := make(chan string, 1)
	go func() { seen <- c.watch(watching) }()
	rows, err := run()
	stop()
	by := <-seen
	if sqlState(err) == stateLockNotAvailable {
		return rows, &drivers.LockedError{Where: c.where, Waited: c.lockTimeout(), By: by, Cause: c.explained(err)}
	}
	return rows, c.explained(err)
}

// watch returns who was last seen blocking the connection's backend, until the context ends.
func (c *connection) watch(ctx context.Context) (by string) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var observer *pgx.Conn
	defer func() {
		if observer != nil {
			quickly, cancel := context.WithTimeout(context.Background(), closeWait)
			defer cancel()
			_ = observer.Close(quickly) //nolint:errcheck // it has only looked; the server ends it either way
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return by
		case <-tick.C:
		}
		if observer == nil {
			var err error
			if observer, err = connect(ctx, c.place); err != nil {
				return by // then it can't be told
			}
		}
		text := ""
		err := observer.QueryRow(ctx, "SELECT "+sessionText+" FROM pg_catalog.pg_stat_activity a WHERE a.pid = ANY (pg_catalog.pg_blocking_pids($1)) ORDER BY a.xact_start LIMIT 1", c.backend).Scan(&text)
		if err == nil {
			by = text
		}
	}
}

// prepareFor lets a statement that waits without being in anybody's way wait for as long as it takes: CREATE INDEX
// CONCURRENTLY waits for the transactions that are there, and cut off it leaves an invalid index.
func (c *connection) prepareFor(ctx context.Context, s sqlText) (restore func() error, err error) {
	if c.transaction != nil || c.private || !s.has("CONCURRENTLY") {
		return func() error { return nil }, nil
	}
	if err := c.set(ctx, "lock_timeout", "0"); err != nil {
		return nil, err
	}
	return func() error {
		if c.session.IsClosed() {
			return nil
		}
		return c.set(context.WithoutCancel(ctx), "lock_timeout", milliseconds(c.lockTimeout()))
	}, nil
}
