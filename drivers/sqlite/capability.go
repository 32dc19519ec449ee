package sqlite

// ChecksReferences implements drivers.Linker: SQLite resolves the tables of foreign keys, views and triggers on use
// (sqlite.org/foreignkeys.html, section 3), so these can be made in any order.
func (Driver) ChecksReferences() bool { return false }
