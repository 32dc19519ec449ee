package postgres

import (
	"context"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Survey implements drivers.Surveyor: roles belong to the server, and no plan makes one.
func (c *connection) Survey(ctx context.Context, state *hclschema.State) error {
	uses := hclschema.Roles(state)
	if len(uses) == 0 {
		return nil
	}
	there := map[string]bool{}
	err := c.query(ctx, "SELECT rolname FROM pg_catalog.pg_roles", nil, func(scan func(...any) error) error {
		name := ""
		err := scan(&name)
		there[name] = true
		return err
	})
	if err != nil {
		return c.explained(err)
	}
	missing := &drivers.MissingRolesError{Where: c.Where()}
	for _, use := range uses {
		if !there[use.Name] {
			missing.Roles = append(missing.Roles, use)
		}
	}
	if len(missing.Roles) > 0 {
		return missing
	}
	return nil
}
