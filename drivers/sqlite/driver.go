package sqlite

// Driver is the SQLite dialect. Its zero value is ready for use and safe for concurrent use.
type Driver struct{}

// Name implements hclschema.Dialect.
func (Driver) Name() string { return "sqlite" }
