package sqlite

import "strings"

// VersionTable implements drivers.Connector: the table has a row for each applied revision; the log beside it, named
// like it with _log behind, is only ever added to. Times are UTC in RFC 3339 with milliseconds; makes and drops are JSON
// lists of units; parents are joined with commas.
func (Driver) VersionTable(name string) []string {
	return []string{
		"CREATE TABLE IF NOT EXISTS main." + inQuotes(name) + ` (
  revision text NOT NULL PRIMARY KEY,
  parents text NOT NULL,
  message text NOT NULL,
  checksum text NOT NULL,
  steps integer NOT NULL,
  makes text NOT NULL,
  drops text NOT NULL,
  started text NOT NULL,
  finished text NOT NULL,
  tool text NOT NULL
)`,
		"CREATE TABLE IF NOT EXISTS main." + inQuotes(name+"_log") + ` (
  id integer PRIMARY KEY,
  at text NOT NULL,
  action text NOT NULL,
  revision text NOT NULL,
  checksum text NOT NULL,
  tool text NOT NULL,
  detail text NOT NULL
)`,
	}
}

// inQuotes writes a name as SQL that people don't read: always quoted.
func inQuotes(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
