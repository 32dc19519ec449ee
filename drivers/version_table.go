package drivers

// VersionColumns are the columns of the version table: a row for each applied revision. Times are UTC in RFC 3339 with
// milliseconds; makes and drops are JSON lists of units; parents are joined with commas.
const VersionColumns = `  revision text NOT NULL PRIMARY KEY,
  parents text NOT NULL,
  message text NOT NULL,
  checksum text NOT NULL,
  steps integer NOT NULL,
  makes text NOT NULL,
  drops text NOT NULL,
  started text NOT NULL,
  finished text NOT NULL,
  tool text NOT NULL
`

// LogSuffix makes the name of the version table's log of its own.
const LogSuffix = "_log"

// LogColumns are the columns of the log behind its number, which counts up; lines are only ever added.
const LogColumns = `  at text NOT NULL,
  action text NOT NULL,
  revision text NOT NULL,
  checksum text NOT NULL,
  tool text NOT NULL,
  detail text NOT NULL
`
