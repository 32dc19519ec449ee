// Package moving reads what other migration tools have left: their folders, the files in them, and what their version tables say.
package moving

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Tool is another migration tool. Its fields are what it is known by.
type Tool struct {
	// Name is the one in flags, Title the one for people.
	Name, Title string
	// Table is the usual name of its version table, Tables are where that may be, Columns some by which the table is known, and Rows
	// a query for versions with their states, in which %s stands for it.
	Table   string
	Tables  []Table
	Columns []string
	Rows    string
	// Up is the command that applies all that is pending.
	Up string
	// Unsettled is what the tool calls a version that failed half-way, Settle the command that says that it was settled by hand.
	Unsettled, Settle string
	// Places are the usual folders.
	Places []string
	// Last says that the table holds the last version alone.
	Last bool
	// format knows its files.
	format format
}

// format is how a tool names and writes its files.
type format struct {
	// file matches their names; the first group is the version, the second the words of the name.
	file *regexp.Regexp
	// key is a version as the table has it, an error for one that the tool can't have.
	key func(digits string) (string, error)
	// compare puts two in the order in which they run.
	compare func(a, b Migration) int
	// deep says that the folders below belong to it too.
	deep bool
	// gather, if not nil, stands in for all of the above.
	gather func(t Tool, names []string) ([]Migration, error)
	// check, if not nil, makes sure that the files are as the tool left them.
	check func(folder fs.FS, list []Migration) error
	// read reads the statements; nil where the files aren't SQL.
	read func(folder fs.FS, m *Migration, values Values) error
}

// The states that Rows tells.
const (
	Applied   = "applied"
	Undone    = "undone"
	Unsettled = "unsettled"
	// Baseline stands for all versions up to it.
	Baseline = "baseline"
)

// Tools are all that can be moved from.
func Tools() []Tool {
	return []Tool{
		{Name: "alembic", Title: "Alembic", Table: "alembic_version", Tables: []Table{{Name: "alembic_version"}}, Columns: []string{"version_num"}, Up: "alembic upgrade heads", Last: true,
			Rows:   "SELECT version_num, 'applied' FROM %s ORDER BY version_num",
			Places: []string{"alembic/versions", "migrations/versions"}, format: format{file: regexp.MustCompile(`^[^_.][^/]*\.py$`)}},
		{Name: "atlas", Title: "Atlas", Table: "atlas_schema_revisions", Tables: []Table{{Schema: "atlas_schema_revisions", Name: "atlas_schema_revisions"}, {Name: "atlas_schema_revisions"}}, Columns: []string{"version", "applied", "total", "operator_version"}, Up: "atlas migrate apply", Unsettled: "partially applied", Settle: "atlas migrate set VERSION",
			Rows:   "SELECT CAST(version AS text), CASE WHEN applied < total THEN 'unsettled' WHEN type = 1 THEN 'baseline' ELSE 'applied' END FROM %s WHERE version NOT LIKE '.atlas%%' ORDER BY version",
			Places: []string{"migrations", "db/migrations"}, format: atlasFormat()},
		{Name: "goose", Title: "goose", Table: "goose_db_version", Tables: []Table{{Name: "goose_db_version"}}, Columns: []string{"version_id", "is_applied", "tstamp"}, Up: "goose up",
			Rows:   "SELECT CAST(version_id AS text), CASE WHEN is_applied THEN 'applied' ELSE 'undone' END FROM %s WHERE version_id > 0 ORDER BY id",
			Places: []string{"migrations", "db/migrations"}, format: gooseFormat()},
		{Name: "golang-migrate", Title: "golang-migrate", Table: "schema_migrations", Tables: []Table{{Name: "schema_migrations"}}, Columns: []string{"version", "dirty"}, Up: "migrate up", Last: true, Unsettled: "dirty", Settle: "migrate force VERSION",
			Rows:   "SELECT CAST(version AS text), CASE WHEN dirty THEN 'unsettled' ELSE 'applied' END FROM %s",
			Places: []string{"migrations", "db/migrations"}, format: golangMigrateFormat()},
		{Name: "flyway", Title: "Flyway", Table: flywayTable, Tables: []Table{{Name: flywayTable}}, Columns: []string{"installed_rank", "version", "description", "script", "checksum"}, Up: "flyway migrate", Unsettled: "failed", Settle: "flyway repair",
			Rows:   flywayRows,
			Places: []string{"src/main/resources/db/migration", "db/migration", "sql", "migrations"}, format: flywayFormat()},
		{Name: "dbmate", Title: "dbmate", Table: "schema_migrations", Tables: []Table{{Name: "schema_migrations"}}, Columns: []string{"version"}, Up: "dbmate up",
			Rows:   "SELECT CAST(version AS text), 'applied' FROM %s ORDER BY version",
			Places: []string{"db/migrations"}, format: dbmateFormat()},
	}
}

// Row is one of a version table.
type Row struct{ Version, State string }

// FolderError is returned for a folder that can't be taken over.
type FolderError struct{ Reason, WayOut string }

// Error implements error.
func (e *FolderError) Error() string { return e.Reason }

// SQL says that the tool's files hold SQL, so that its history can be kept.
func (t Tool) SQL() bool { return t.format.read != nil }

// List are the migrations of a folder in the order in which they run, not read yet. A folder without the tool's files has none.
func (t Tool) List(folder fs.FS) ([]Migration, error) {
	names, err := t.names(folder)
	if err != nil {
		return nil, err
	}
	gather := gatherOne
	if t.format.gather != nil {
		gather = t.format.gather
	}
	list, err := gather(t, names)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, t.format.compare)
	byVersion, byID := map[string]string{}, map[string]string{}
	for i := range list {
		m := &list[i]
		if other, twice := byVersion[m.Version]; twice {
			return nil, &FolderError{Reason: fmt.Sprintf("%s and %s have one version, %s", other, m.File, m.Version), WayOut: "Take the one away that was not applied."}
		}
		byVersion[m.Version] = m.File
		if other, twice := byID[m.ID]; twice {
			return nil, &FolderError{Reason: fmt.Sprintf("%s and %s would have one id, %s", other, m.File, m.ID), WayOut: "Rename one of them."}
		}
		byID[m.ID] = m.File
	}
	return list, nil
}

// names are the files of a folder, those below it too where the tool takes them, in the order of their names.
func (t Tool) names(folder fs.FS) (names []string, err error) {
	err = fs.WalkDir(folder, ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && !t.format.deep:
			return fs.SkipDir
		case !entry.IsDir():
			names = append(names, path)
		}
		return nil
	})
	return names, err
}

// gatherOne takes each file that has the right name as a migration.
func gatherOne(t Tool, names []string) (list []Migration, err error) {
	for _, name := range names {
		parts := t.format.file.FindStringSubmatch(name)
		if parts == nil {
			continue
		}
		m, err := t.migration(name, parts[1], parts[2])
		if err != nil {
			return nil, err
		}
		if m.Version != "" {
			list = append(list, m)
		}
	}
	return list, nil
}

// migration is one by the parts of its file's name.
func (t Tool) migration(name, digits, words string) (Migration, error) {
	version, err := t.format.key(digits)
	if err != nil {
		return Migration{}, &FolderError{Reason: fmt.Sprintf("%s has a version that %s can't have: %v", name, t.Title, err), WayOut: "Give the file the name that " + t.Title + " knows it by."}
	}
	return Migration{Version: version, ID: id("v" + digits), Message: message(words, digits), File: name}, nil
}

// Versions are those of a folder that a database should have: all of them, or only the last ones where the table holds no more.
func (t Tool) Versions(folder fs.FS) ([]string, error) {
	if t.Name == "alembic" {
		files, err := t.alembic(folder)
		return files.heads(), err
	}
	list, err := t.List(folder)
	if err != nil {
		return nil, err
	}
	var versions []string
	for _, m := range list {
		versions = append(versions, m.Version)
	}
	if t.Last && len(versions) > 1 {
		versions = versions[len(versions)-1:]
	}
	return versions, nil
}

// Compare says how the rows of the version table, in their order, differ from the versions that a database should have.
func (t Tool) Compare(folder fs.FS, rows []Row) (Differences, error) {
	if t.Name == "alembic" {
		files, err := t.alembic(folder)
		return files.compare(rows), err
	}
	versions, err := t.Versions(folder)
	return Compare(versions, rows), err
}

// alembic are the revisions of Alembic's files.
func (t Tool) alembic(folder fs.FS) (alembicFiles, error) {
	names, err := t.names(folder)
	if err != nil {
		return nil, err
	}
	return readAlembic(folder, slices.DeleteFunc(names, func(name string) bool { return !t.format.file.MatchString(name) }))
}

// number is the key of tools whose versions are numbers of 64 bits, the first one being above least.
func number(least int64) func(string) (string, error) {
	return func(digits string) (string, error) {
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return "", fmt.Errorf("%s is no number of 64 bits", digits)
		}
		if n <= least {
			return "", nil
		}
		return strconv.FormatInt(n, 10), nil
	}
}

// byNumber puts numbers in their order, of whatever length.
func byNumber(a, b Migration) int {
	x, y := strings.TrimLeft(a.Version, "0"), strings.TrimLeft(b.Version, "0")
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(x, y)
}

func byFile(a, b Migration) int { return strings.Compare(a.File, b.File) }

// text reads a file as SQL: UTF-8, without a byte order mark. Line ends stay as they are, since they may stand in bodies of functions.
func text(folder fs.FS, name string) (string, error) {
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return "", err
	}
	if !utf8.Valid(content) || strings.ContainsRune(string(content), 0) {
		return "", &FolderError{Reason: name + " is not UTF-8", WayOut: "Save it as UTF-8, or take the database as it is: --baseline"}
	}
	return strings.TrimPrefix(string(content), "\uFEFF"), nil
}
