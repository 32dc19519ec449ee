package postgres

// Driver is PostgreSQL. It has no state and can be shared.
type Driver struct{}

// Name implements hclschema.Dialect.
func (Driver) Name() string { return "postgres" }

// Title implements hclschema.Dialect.
func (Driver) Title() string { return "PostgreSQL" }

// DefaultSchema implements hclschema.Dialect: schema.public in models is the default schema of the connection, whatever it is
// called there.
func (Driver) DefaultSchema() string { return "public" }

// ChecksReferences implements drivers.Linker.
func (Driver) ChecksReferences() bool { return true }

// ScratchNeedsServer implements drivers.ServerScratch.
func (Driver) ScratchNeedsServer() bool { return true }
