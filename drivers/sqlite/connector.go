package sqlite

import (
	"context"

	"github.com/duo-orm/duo-orm/drivers"
)

var _ drivers.Driver = Driver{}

// Open implements drivers.Connector. Reading never makes a file: what SQLite itself keeps beside a database in WAL mode
// is taken away again by the last one who closes it.
func (Driver) Open(ctx context.Context, url string, options drivers.OpenOptions) (drivers.Connection, error) {
	return open(ctx, url, options)
}

// Scratch implements drivers.Connector: a private database in memory, gone when it is closed. A URL may only say the same.
func (Driver) Scratch(ctx context.Context, live drivers.Connection, url string) (drivers.Connection, error) {
	return scratch(ctx, live, url)
}

// Inspect implements drivers.Connection.
func (c *connection) Inspect(ctx context.Context) (*drivers.Inspection, error) {
	return inspect(ctx, c.Query, c.versionTable)
}
