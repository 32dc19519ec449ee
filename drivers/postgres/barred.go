package postgres

import (
	"context"
	"errors"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Barred implements drivers.Barrer. An extension that isn't trusted is a superuser's to bring in (CREATE EXTENSION, Notes), but many
// providers let other roles do so too, which only trying tells.
func (c *connection) Barred(ctx context.Context, state *hclschema.State) ([]hclschema.Identity, error) {
	var barred []hclschema.Identity
	for _, o := range state.Objects() {
		if o.Identity.Kind != hclschema.KindExtension {
			continue
		}
		if err := c.Begin(ctx, drivers.BeginOptions{}, nil); err != nil {
			return nil, err
		}
		_, err := c.Exec(ctx, "CREATE EXTENSION IF NOT EXISTS "+quoted(o.Identity.Name)+" CASCADE")
		if sqlState(err) == statePrivilege {
			barred = append(barred, o.Identity)
		}
		if err := c.Rollback(); err != nil {
			return nil, errors.Join(err, ctx.Err())
		}
	}
	return barred, nil
}

var _ drivers.Barrer = (*connection)(nil)
