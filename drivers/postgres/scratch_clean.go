package postgres

import (
	"context"
	_ "embed"
	"errors"
)

//go:embed scratch_clean.sql
var cleanSQL string

//go:embed scratch_content.sql
var contentSQL string

// mostToClean is how many relations a scratch database may hold to be emptied: beyond that a new one is made sooner.
const mostToClean = 400

// recycle has a database that is done with emptied in the background, for the next who asks. One that can't be is dropped.
func (m *maker) recycle(c *connection) bool {
	if m.closed.Load() || c.session.IsClosed() {
		return false
	}
	old := *c
	m.prepare(func() spare {
		ctx, cancel := context.WithTimeout(context.Background(), dropWait)
		defer cancel()
		if old.clean(ctx) == nil {
			return spare{conn: &old}
		}
		return spare{err: m.discard(&old)}
	})
	return true
}

// discard drops a database that nobody uses.
func (m *maker) discard(c *connection) error {
	c.dispose, c.recycle = nil, nil
	ctx, cancel := context.WithTimeout(context.Background(), dropWait)
	defer cancel()
	return errors.Join(c.Close(), m.use(ctx, func(admin *connection) error { return admin.drop(ctx, c.database) }))
}

var errNotClean = errors.New("something stays in the scratch database")

// clean empties a scratch database, and makes sure that it is as it was when it was new. On an error it isn't.
func (c *connection) clean(ctx context.Context) error {
	if err := c.Rollback(); err != nil {
		return err
	}
	c.unsettled = true
	if err := c.restoreSettings(ctx); err != nil {
		return err
	}
	many := 0
	if err := c.row(ctx, "SELECT count(*) FROM pg_catalog.pg_class WHERE oid >= 16384", nil, &many); err != nil || many > mostToClean {
		return errors.Join(err, errNotClean)
	}
	for _, text := range []string{"DISCARD TEMP", "DISCARD SEQUENCES", cleanSQL} {
		if _, err := c.exec(ctx, text, nil); err != nil {
			return err
		}
	}
	content := ""
	if err := c.session.QueryRow(ctx, contentSQL).Scan(&content); err != nil {
		return err
	}
	if content != c.content {
		return errNotClean
	}
	return nil
}
