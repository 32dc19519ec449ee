package postgres

import (
	"context"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Try implements drivers.Connection. PostgreSQL keeps what a view or trigger refers to, so that none can be broken.
func (c *connection) Try(context.Context, *hclschema.State) ([]drivers.Broken, error) {
	return nil, nil
}
