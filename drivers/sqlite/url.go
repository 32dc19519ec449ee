package sqlite

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/duo-orm/duo-orm/drivers/dburl"
)

// place is where a URL leads.
type place struct {
	// tried is the URL without secrets, shown the path as people gave it.
	tried, shown string
	// file is the path to open; empty for a database in memory.
	file string
	// mode is the URL's mode parameter: ro, rw, rwc or empty. immutable says that nobody writes to the file.
	mode      string
	immutable bool
}

// inMemory says that the place is no file.
func (p place) inMemory() bool { return p.file == "" }

// where names the place for people.
func (p place) where() string {
	if p.inMemory() {
		return "SQLite database in memory"
	}
	return "SQLite database " + printable(p.shown)
}

// printable leaves a path as it is where a terminal shows it as such.
func printable(path string) string {
	if quoted := fmt.Sprintf("%q", path); quoted[1:len(quoted)-1] != path || strings.TrimSpace(path) != path {
		return quoted
	}
	return path
}

// locate reads a URL by SQLAlchemy's rules: sqlite:///relative.db, sqlite:////absolute.db, sqlite:// for memory.
func locate(url, root string) (place, error) {
	u, err := dburl.Parse(url)
	if err != nil {
		return place{}, err
	}
	p := place{tried: dburl.Redact(url), shown: u.Database}
	switch {
	case !strings.EqualFold(u.Scheme, "sqlite"):
		return place{}, p.malformed("what it names is no SQLite database", "A URL of a SQLite database looks like "+dburl.FileURL("app.db")+".")
	case u.DriverPart != "":
		return place{}, p.malformed(fmt.Sprintf("it names the driver %q, but duo-orm brings its own", u.DriverPart), "Write sqlite:// at its beginning.")
	case u.Host != "" || u.Port != "" || u.User != "" || u.HasPassword:
		return place{}, p.malformed("it has two slashes, so that a server stands where SQLite's path should be",
			"Write three for a relative path ("+dburl.FileURL("app.db")+"), four for an absolute one.")
	}
	for _, parameter := range u.Parameters {
		if err := p.set(parameter); err != nil {
			return place{}, err
		}
	}
	if u.Database == "" || u.Database == ":memory:" {
		return p, nil
	}
	p.file = filepath.FromSlash(u.Database)
	if !filepath.IsAbs(p.file) {
		p.file = filepath.Join(root, p.file)
	}
	if strings.HasSuffix(u.Database, "/") { // Join takes the slash away, which says that a folder was meant
		p.file += string(filepath.Separator)
	}
	return p, nil
}

// malformed is the error for a URL that leads to no SQLite database.
func (p place) malformed(reason, write string) error {
	return &dburl.MalformedError{Shown: p.tried, Reason: reason, Write: write}
}

// set takes one parameter of the URL. All others than the few here would change what SQL means, or which code reads the file.
func (p *place) set(parameter dburl.Parameter) error {
	fail := func(allowed string) error {
		return p.malformed(fmt.Sprintf("its parameter %s must be %s", parameter.Name, allowed), "Correct it, or take it away.")
	}
	switch parameter.Name {
	case "mode":
		switch parameter.Value {
		case "ro", "rw", "rwc":
		default:
			return fail("ro, rw or rwc")
		}
		if p.mode != "" && p.mode != parameter.Value {
			return fail("given once")
		}
		p.mode = parameter.Value
	case "immutable":
		if parameter.Value != "1" && parameter.Value != "0" {
			return fail("0 or 1")
		}
		p.immutable = parameter.Value == "1"
	default:
		return p.malformed(fmt.Sprintf("SQLite has no parameter %s", printable(parameter.Name)), "A sqlite URL takes mode=ro, mode=rw, mode=rwc and immutable=1; take this one away.")
	}
	return nil
}

// dsn is the name under which the engine opens the place, in one of the modes ro, rw, rwc. Every byte that could mean
// something in a URI is escaped, so that a path is never anything else.
//
// Defensive mode keeps steps from writing into the schema table behind the engine's back. The schema is trusted, as it is
// by default: otherwise views that use MATCH, bm25() or pragma_table_info() would not work, while the engine here has no
// function that could do harm.
func (p place) dsn(mode string) string {
	const settings = "_defensive=1&_error_rc=1"
	if p.inMemory() {
		return "file::memory:?" + settings
	}
	path := filepath.ToSlash(p.file)
	if filepath.IsAbs(p.file) && !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/data
	}
	uri := "file:"
	if strings.HasPrefix(path, "/") {
		uri += "//"
	}
	uri += dburl.Escape(path) + "?mode=" + mode + "&" + settings
	if p.immutable {
		uri += "&immutable=1"
	}
	return uri
}
