package dialects

import (
	"fmt"
	"sort"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
)

// All are the drivers of this build. A new dialect is a line here.
func All() []drivers.Driver { return []drivers.Driver{sqlite.Driver{}, postgres.Driver{}} }

// planned are schemes of engines that duo-orm is made for and this build lacks.
func planned() []string { return []string{"mariadb", "mysql"} }

// UnknownError is returned for a scheme or a name that no driver of this build has.
type UnknownError struct {
	// Given is the scheme or the name.
	Given string
	// Known are those that are there, sorted; Nearest is the one that was perhaps meant, or empty.
	Known   []string
	Nearest string
	// Planned says that the engine is known but that this build has no driver for it.
	Planned bool
}

// Error implements error.
func (e *UnknownError) Error() string {
	known := strings.Join(e.Known, ", ")
	if e.Planned {
		return fmt.Sprintf("this build has no driver for %s; it has: %s", e.Given, known)
	}
	text := fmt.Sprintf("unknown database %q; this build knows: %s", e.Given, known)
	if e.Nearest != "" {
		text += fmt.Sprintf(". Did you mean %s?", e.Nearest)
	}
	return text
}

// DriverPartError is returned for a scheme such as sqlite+pysqlite, which names a driver of another tool.
type DriverPartError struct {
	// Part is "pysqlite"; Write is the URL without it, its secrets hidden.
	Part, Write string
}

// Error implements error.
func (e *DriverPartError) Error() string {
	return fmt.Sprintf("the URL names the driver %q, but duo-orm brings its own: write %s", e.Part, e.Write)
}

// ByURL is the driver for a URL. Errors are *dburl.MalformedError, *DriverPartError or *UnknownError, none with a secret.
func ByURL(url string) (drivers.Driver, error) {
	parsed, err := dburl.Parse(url)
	if err != nil {
		return nil, err
	}
	driver, err := find(parsed.Scheme, drivers.Driver.Schemes)
	if parsed.DriverPart != "" && (err == nil || isPlanned(parsed.Scheme)) {
		_, rest, _ := strings.Cut(url, "://")
		return nil, &DriverPartError{Part: parsed.DriverPart, Write: dburl.Redact(parsed.Scheme + "://" + rest)}
	}
	return driver, err
}

// ByName is the driver of a dialect's name as revision files have it: "sqlite". The error is an *UnknownError.
func ByName(name string) (drivers.Driver, error) {
	return find(name, func(d drivers.Driver) []string { return []string{d.Name()} })
}

// Redact shows a URL, or what was meant to be one, without its secrets.
func Redact(url string) string { return dburl.Redact(url) }

func find(given string, names func(drivers.Driver) []string) (drivers.Driver, error) {
	var known []string
	for _, driver := range All() {
		for _, name := range names(driver) {
			if strings.EqualFold(name, given) {
				return driver, nil
			}
			known = append(known, name)
		}
	}
	sort.Strings(known)
	if isPlanned(given) {
		return nil, &UnknownError{Given: given, Known: known, Planned: true}
	}
	return nil, &UnknownError{Given: given, Known: known, Nearest: nearest(given, append(planned(), known...))}
}

func isPlanned(scheme string) bool {
	for _, p := range planned() {
		if strings.EqualFold(p, scheme) {
			return true
		}
	}
	return false
}

// nearest is the candidate with the fewest edits, if at most a third of the word must be edited.
func nearest(given string, candidates []string) string {
	best, fewest := "", max(1, len(given)/3)
	for _, candidate := range candidates {
		if edits := levenshtein.Distance(strings.ToLower(given), candidate, nil); edits <= fewest && (best == "" || edits < fewest) {
			best, fewest = candidate, edits
		}
	}
	return best
}
