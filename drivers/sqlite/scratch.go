package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
)

func scratch(ctx context.Context, live drivers.Connection, url string) (*connection, error) {
	p := place{tried: "sqlite://"}
	if url != "" {
		var err error
		if p, err = locate(url, ""); err != nil {
			return nil, err
		}
		if !p.inMemory() {
			return nil, fmt.Errorf("scratch is %s, but SQLite's plans are proved in memory: take scratch out of the database block, or write sqlite://", p.tried)
		}
	}
	c := &connection{where: "SQLite scratch database in memory", lockWait: defaultLockWait}
	if err := c.connect(ctx, p.dsn("rwc")); err != nil {
		return nil, errors.Join(fmt.Errorf("make a scratch database: %w", c.explained(err)), c.Close())
	}
	if l, ok := live.(*connection); ok && len(l.foreign) > 0 {
		if err := c.reconnect(ctx, p.dsn("rwc"), l.foreign, false); err != nil {
			return nil, errors.Join(fmt.Errorf("make a scratch database: %w", c.explained(err)), c.Close())
		}
	}
	if live != nil {
		if err := c.takeEncoding(ctx, live); err != nil {
			return nil, errors.Join(fmt.Errorf("make a scratch database: %w", err), c.Close())
		}
	}
	return c, nil
}

// takeEncoding gives the empty database the text encoding of the live one, which decides what casts and lengths of blobs
// come to.
func (c *connection) takeEncoding(ctx context.Context, live drivers.Connection) error {
	var encoding string
	err := live.Query(ctx, "PRAGMA encoding", nil, func(scan func(...any) error) error { return scan(&encoding) })
	if err != nil {
		return err
	}
	switch encoding {
	case "UTF-16le", "UTF-16be":
		_, err = c.session.ExecContext(ctx, "PRAGMA encoding = '"+encoding+"'")
	}
	return err
}
