package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
)

// VersionTable implements drivers.Connector: the table and its log.
func (Driver) VersionTable(name string) []string {
	return []string{
		"CREATE TABLE IF NOT EXISTS main." + inQuotes(name) + " (\n" + drivers.VersionColumns + ")",
		"CREATE TABLE IF NOT EXISTS main." + inQuotes(name+drivers.LogSuffix) + " (\n  id integer PRIMARY KEY,\n" + drivers.LogColumns + ")",
	}
}

// inQuotes writes a name as SQL that people don't read: always quoted.
func inQuotes(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
