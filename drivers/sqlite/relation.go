package sqlite

import "context"

// Relation implements drivers.Connection.
func (c *connection) Relation(ctx context.Context, name string) (string, error) {
	kind := ""
	err := c.Query(ctx, "SELECT type FROM main.sqlite_schema WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE", []any{name},
		func(scan func(...any) error) error { return scan(&kind) })
	return kind, err
}
