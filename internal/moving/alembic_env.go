package moving

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"
)

var (
	// versionTable finds version_table and version_table_schema in env.py, as arguments and as entries of a dictionary.
	versionTable = regexp.MustCompile(`\bversion_table(_schema)?["']?\s*[=:]\s*(?:["']([^"'\n]*)["']|([A-Za-z_][\w.]*)(\(\s*(?:["']([^"'\n]+)["'])?[^)\n]*\)?)?)`)
	comment      = regexp.MustCompile(`(?m)(^|\s)#.*$`)
)

// AlembicTable is the version table that env.py of a folder names, as far as it is written there as a text, or as a name of one, or
// is taken from alembic.ini; the zero value where it names none. What it names and can't be found out that way is told by computed.
func AlembicTable(folder, root fs.FS) (table Table, computed string, err error) {
	content, err := fs.ReadFile(folder, "env.py")
	if errors.Is(err, fs.ErrNotExist) {
		return table, "", nil
	}
	if err != nil {
		return table, "", err
	}
	text := comment.ReplaceAllString(string(content), "")
	for _, found := range versionTable.FindAllStringSubmatch(text, -1) {
		value := found[2]
		if name := found[3]; name == "None" {
			continue
		} else if name != "" {
			var known bool
			if value, known = alembicName(text, name, found[4] != "", found[5], root); !known {
				computed = strings.TrimSpace(found[0])
				continue
			}
		}
		if found[1] != "" {
			table.Schema = value
		} else {
			table.Name = value
		}
	}
	if table.Schema != "" && table.Name == "" {
		table.Name = "alembic_version"
	}
	return table, computed, nil
}

// alembicName is what a name stands for: a text that is given to it in the same file, or an option of alembic.ini where it is a
// function that reads one.
func alembicName(text, name string, called bool, option string, root fs.FS) (string, bool) {
	if called {
		if option == "" || !strings.HasSuffix(name, "get_main_option") {
			return "", false
		}
		content, err := fs.ReadFile(root, "alembic.ini")
		if err != nil {
			return "", false
		}
		value, known := alembicSection([]byte(strings.ReplaceAll(string(content), "\r\n", "\n")))[option]
		return value, known
	}
	found := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + `(?:\s*:[^=\n]*)?\s*=\s*["']([^"'\n]*)["']`).FindStringSubmatch(text)
	if found == nil {
		return "", false
	}
	return found[1], true
}
