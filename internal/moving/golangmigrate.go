package moving

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
)

func golangMigrateFormat() format {
	return format{file: regexp.MustCompile(`^([0-9]+)_(.*)\.(up|down)\.(.*)$`), compare: byNumber, gather: golangMigrate, read: pair,
		key: func(digits string) (string, error) {
			n, err := strconv.ParseUint(digits, 10, 64)
			if err != nil {
				return "", fmt.Errorf("%s is no number of 64 bits", digits)
			}
			return strconv.FormatUint(n, 10), nil
		}}
}

// GolangMigrateURL is a database URL without the parameters that golang-migrate takes for itself, which begin with "x-", and the
// version table that they name; the zero value where they name none. Without x-migrations-table-quoted a dot is part of the name.
func GolangMigrateURL(text string) (string, Table) {
	before, query, found := strings.Cut(text, "?")
	if !found {
		return text, Table{}
	}
	var kept []string
	name, quoted := "", false
	for _, parameter := range strings.Split(query, "&") {
		key, value, _ := strings.Cut(parameter, "=")
		if !strings.HasPrefix(key, "x-") {
			kept = append(kept, parameter)
			continue
		}
		if unescaped, err := url.QueryUnescape(value); err == nil {
			value = unescaped
		}
		switch key {
		case "x-migrations-table":
			name = value
		case "x-migrations-table-quoted":
			quoted, _ = strconv.ParseBool(value)
		}
	}
	if text = before; len(kept) > 0 {
		text += "?" + strings.Join(kept, "&")
	}
	if quoted {
		return text, ParseTable(name)
	}
	return text, Table{Name: name}
}

// golangMigrate joins the two files of each version.
func golangMigrate(t Tool, names []string) ([]Migration, error) {
	var ups []Migration
	downs := map[string]string{}
	for _, name := range names {
		parts := t.format.file.FindStringSubmatch(name)
		if parts == nil {
			continue
		}
		m, err := t.migration(name, parts[1], parts[2])
		if err != nil {
			return nil, err
		}
		if path.Ext(name) != ".sql" {
			return nil, &FolderError{Reason: name + " is no SQL", WayOut: "Take the file out of the folder where it is no migration of this database."}
		}
		if parts[3] == "up" {
			ups = append(ups, m)
			continue
		}
		if other, twice := downs[m.Version]; twice {
			return nil, &FolderError{Reason: fmt.Sprintf("%s and %s have one version, %s", other, name, m.Version), WayOut: "Take the one away that was not applied."}
		}
		downs[m.Version] = name
	}
	for i := range ups {
		ups[i].Undo = downs[ups[i].Version]
		delete(downs, ups[i].Version)
	}
	for version, name := range downs {
		return nil, &FolderError{Reason: fmt.Sprintf("%s has no .up. file of version %s beside it", name, version), WayOut: "Bring that file back, or take this one away."}
	}
	return ups, nil
}
