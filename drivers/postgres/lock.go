package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
)

// The first and the longest pause between two tries.
const (
	firstPause   = 5 * time.Millisecond
	longestPause = 100 * time.Millisecond
)

// lockKey is the same for everybody who keeps records in the same version table. Advisory locks are the database's own.
func (c *connection) lockKey() int64 {
	schema, table := c.split(c.versionTable)
	sum := sha256.Sum256([]byte("duo-orm upgrade\x00" + schema + "\x00" + table))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// lock takes the advisory lock of the session that keeps other upgraders out. It asks again and again instead of waiting
// in the server: CREATE INDEX CONCURRENTLY, run by the one who has the lock, would wait for a waiting statement's snapshot.
func (c *connection) lock(ctx context.Context, waiting func()) error {
	if c.locked {
		return nil
	}
	got, err := c.tryLock(ctx)
	if err != nil || got {
		return err
	}
	if waiting != nil {
		waiting()
	}
	over := time.NewTimer(c.lockWait)
	defer over.Stop()
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		next := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			next.Stop()
			return ctx.Err()
		case <-over.C:
			next.Stop()
			return &drivers.LockedError{Where: c.where, Waited: c.lockWait, By: c.lockHolder(ctx)}
		case <-next.C:
		}
		if got, err = c.tryLock(ctx); err != nil || got {
			return err
		}
	}
}

// tryLock also finds out whether this backend holds the lock already, though this session has not taken it: then somebody
// else's lock came with the backend from a pooler.
func (c *connection) tryLock(ctx context.Context) (bool, error) {
	var backend uint32
	var mine, got bool
	err := c.row(ctx, `WITH mine AS MATERIALIZED (
  SELECT EXISTS (`+heldByMe+`) AS held
)
SELECT pg_catalog.pg_backend_pid(), held, CASE WHEN NOT held THEN pg_catalog.pg_try_advisory_lock(?) ELSE false END
FROM mine`, append(c.lockParts(), c.lockKey()), &backend, &mine, &got)
	switch {
	case err != nil:
		return false, c.explained(err)
	case mine, backend != c.backend:
		if got {
			err = c.query(ctx, "SELECT pg_catalog.pg_advisory_unlock(?)", []any{c.lockKey()}, ignoreRow)
		}
		return false, errors.Join(&PoolerError{Where: c.where}, err)
	}
	c.locked = got
	return got, nil
}

// heldByMe finds the lock among those of this backend. objsubid 1 says that the key is one bigint
// (postgresql.org/docs/current/view-pg-locks.html).
const heldByMe = `SELECT FROM pg_catalog.pg_locks
  WHERE locktype = 'advisory' AND granted AND pid = pg_catalog.pg_backend_pid()
    AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
    AND classid = ?::oid AND objid = ?::oid AND objsubid = 1`

func (c *connection) lockParts() []any {
	key := uint64(c.lockKey())
	return []any{uint32(key >> 32), uint32(key)}
}

// sameBackend makes sure, inside the transaction, that the one who works for it is the one who holds the lock.
func (c *connection) sameBackend(ctx context.Context) error {
	var held bool
	if err := c.row(ctx, "SELECT EXISTS ("+heldByMe+")", c.lockParts(), &held); err != nil {
		return c.explained(err)
	}
	if !held {
		c.locked = false
		return &PoolerError{Where: c.where}
	}
	return nil
}

// lockHolder names the one who holds the lock, or is empty.
func (c *connection) lockHolder(ctx context.Context) string {
	who := ""
	err := c.row(ctx, "SELECT "+sessionText+` FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
  AND l.classid = ?::oid AND l.objid = ?::oid AND l.objsubid = 1 LIMIT 1`, c.lockParts(), &who)
	if err != nil {
		return "" // it is only said for help, and they may have gone
	}
	return who
}

// sessionText describes a row a of pg_stat_activity, whose statement isn't shown: it may hold a secret.
const sessionText = `pg_catalog.format('session %s of %s%s, %s since %s', a.pid, COALESCE(a.usename, 'somebody'),
  CASE WHEN COALESCE(a.application_name, '') <> '' THEN ' (' || a.application_name || ')' ELSE '' END, COALESCE(a.state, 'there'),
  COALESCE(pg_catalog.to_char(COALESCE(a.xact_start, a.state_change, a.backend_start), 'YYYY-MM-DD HH24:MI:SS "UTC"'), 'a while'))`

// unlock gives the lock back.
func (c *connection) unlock() error {
	if !c.locked || c.session.IsClosed() {
		c.locked = false
		return nil
	}
	c.locked = false
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	var had bool
	if err := c.row(ctx, "SELECT pg_catalog.pg_advisory_unlock(?)", []any{c.lockKey()}, &had); err != nil {
		return fmt.Errorf("give the lock back: %w", c.explained(err))
	}
	if !had {
		return &PoolerError{Where: c.where}
	}
	return nil
}
