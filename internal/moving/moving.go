// Package moving reads what other migration tools have left: the versions in their folders, and what their version tables say.
package moving

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Tool is another migration tool. Its fields are what it is known by.
type Tool struct {
	// Name is the one in flags, Title the one for people.
	Name, Title string
	// Table is its version table, Rows a query for versions with their states.
	Table, Rows string
	// Up is the command that applies all that is pending.
	Up string
	// Places are the usual folders.
	Places []string
	// Last says that the table holds the last version alone.
	Last bool
	file *regexp.Regexp
}

// The states that Rows tells.
const (
	Applied   = "applied"
	Undone    = "undone"
	Unsettled = "unsettled"
)

// Tools are all that can be moved from.
func Tools() []Tool {
	return []Tool{
		{Name: "alembic", Title: "Alembic", Table: "alembic_version", Up: "alembic upgrade heads", Last: true,
			Rows:   "SELECT version_num, 'applied' FROM alembic_version ORDER BY version_num",
			Places: []string{"alembic/versions", "migrations/versions"}, file: regexp.MustCompile(`^[^_.][^/]*\.py$`)},
		{Name: "goose", Title: "goose", Table: "goose_db_version", Up: "goose up",
			Rows:   "SELECT CAST(version_id AS text), CASE WHEN is_applied THEN 'applied' ELSE 'undone' END FROM goose_db_version WHERE version_id > 0 ORDER BY id",
			Places: []string{"migrations", "db/migrations"}, file: regexp.MustCompile(`^([0-9]+)_.+\.(?:sql|go)$`)},
		{Name: "golang-migrate", Title: "golang-migrate", Table: "schema_migrations", Up: "migrate up", Last: true,
			Rows:   "SELECT CAST(version AS text), CASE WHEN dirty THEN 'unsettled' ELSE 'applied' END FROM schema_migrations",
			Places: []string{"migrations", "db/migrations"}, file: regexp.MustCompile(`^([0-9]+)_.*\.up\.[^.]+$`)},
		{Name: "dbmate", Title: "dbmate", Table: "schema_migrations", Up: "dbmate up",
			Rows:   "SELECT CAST(version AS text), 'applied' FROM schema_migrations ORDER BY version",
			Places: []string{"db/migrations"}, file: regexp.MustCompile(`^([0-9]+).*\.sql$`)},
	}
}

// Row is one of a version table.
type Row struct{ Version, State string }

// FolderError is returned for a folder that can't be taken over.
type FolderError struct{ Reason, WayOut string }

// Error implements error.
func (e *FolderError) Error() string { return e.Reason }

// Versions are those of a folder that a database should have: all of them, or only the last ones where the table holds no more.
// A folder without the tool's files has none.
func (t Tool) Versions(folder fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, err
	}
	byVersion := map[string]string{}
	var names []string
	for _, entry := range entries {
		if !entry.IsDir() && t.file.MatchString(entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	if t.Name == "alembic" {
		return heads(folder, names)
	}
	var versions []string
	for _, name := range names {
		version, err := t.version(t.file.FindStringSubmatch(name)[1])
		if err != nil {
			return nil, &FolderError{Reason: fmt.Sprintf("%s has a version that is no number of 64 bits", name), WayOut: "Give the file the name that " + t.Title + " knows it by."}
		}
		if version == "0" && t.Name == "goose" {
			continue
		}
		if other, twice := byVersion[version]; twice {
			return nil, &FolderError{Reason: fmt.Sprintf("%s and %s have one version, %s", other, name, version), WayOut: "Take the one away that was not applied."}
		}
		byVersion[version] = name
		versions = append(versions, version)
	}
	slices.SortFunc(versions, compare)
	if t.Last && len(versions) > 1 {
		versions = versions[len(versions)-1:]
	}
	return versions, nil
}

// version is how the tool compares one: dbmate keeps it as text.
func (t Tool) version(digits string) (string, error) {
	if t.Name == "dbmate" {
		return digits, nil
	}
	number, err := strconv.ParseInt(digits, 10, 64)
	return strconv.FormatInt(number, 10), err
}

// compare puts numbers in their order, of whatever length.
func compare(a, b string) int {
	x, y := strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(x, y)
}

// Differences are what stands between a database and the versions of the folder.
type Differences struct {
	// Unsettled are versions that failed half-way, Pending those of the folder that aren't applied, Unknown those that were
	// applied and aren't in the folder.
	Unsettled, Pending, Unknown []string
}

// Compare says how the rows of the version table, in their order, differ from the versions.
func Compare(versions []string, rows []Row) Differences {
	var d Differences
	states := map[string]string{}
	var order []string
	for _, row := range rows {
		if _, seen := states[row.Version]; !seen {
			order = append(order, row.Version)
		}
		states[row.Version] = row.State
	}
	for _, version := range order {
		switch {
		case states[version] == Unsettled:
			d.Unsettled = append(d.Unsettled, version)
		case states[version] == Applied && !slices.Contains(versions, version):
			d.Unknown = append(d.Unknown, version)
		}
	}
	for _, version := range versions {
		if states[version] != Applied {
			d.Pending = append(d.Pending, version)
		}
	}
	return d
}
