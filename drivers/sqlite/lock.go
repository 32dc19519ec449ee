package sqlite

import (
	"context"
	"time"

	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers"
)

// defaultLockWait is how long others' locks are waited for where nothing else was chosen.
const defaultLockWait = time.Minute

// The first and the longest pause between two tries.
const (
	firstPause   = 2 * time.Millisecond
	longestPause = 50 * time.Millisecond
)

// patiently runs try again while somebody else's lock is in its way, until it works, fails otherwise, the context ends or
// the lock wait is over, which is a *drivers.LockedError. waiting, if not nil, is called before the first pause.
//
// The engine's own busy timeout isn't used: it can't say that it waits, and it gives up at once where it sees a deadlock.
func (c *connection) patiently(ctx context.Context, waiting func(), try func() error) error {
	err := try()
	if !c.inTheWay(err) {
		return err
	}
	if waiting != nil {
		waiting()
	}
	wait := c.lockWait
	over := time.NewTimer(wait)
	defer over.Stop()
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		next := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			next.Stop()
			return ctx.Err()
		case <-over.C:
			next.Stop()
			return &drivers.LockedError{Where: c.where, Waited: wait}
		case <-next.C:
		}
		if err = try(); !c.inTheWay(err) {
			return err
		}
	}
}

// inTheWay says that an error is somebody else's lock, which will go away. SQLITE_BUSY_SNAPSHOT won't: a transaction that
// has read can't become a writing one after others have written.
func inTheWay(err error) bool {
	return primary(err) == code.SQLITE_BUSY && extended(err) != code.SQLITE_BUSY_SNAPSHOT
}

// inTheWay is the same for the connection. A lent handle's sessions may share a cache, in which the locks of others have a code that
// otherwise says that a session stands in its own way.
func (c *connection) inTheWay(err error) bool {
	return inTheWay(err) || c.lent != nil && primary(err) == code.SQLITE_LOCKED
}
