package moving

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

// Atlas takes the files in the order of their names; the version is what stands before the first line below.
func atlasFormat() format {
	return format{file: regexp.MustCompile(`^([^_/]+?)(?:_([^/]*))?\.sql$`), key: func(text string) (string, error) { return text, nil }, compare: byFile, read: atlas, check: atlasSum}
}

var (
	// directive is a line at the head of a file of Atlas': "-- atlas:txmode none".
	directive = regexp.MustCompile(`^-- *atlas:(\w+)(?: +(.*?))? *$`)
	// otherName and otherText tell files of other tools, which Atlas can run too.
	otherName = regexp.MustCompile(`\.(?:up|down)\.sql$|^(?:[VUB][0-9][^/]*|R)__`)
	otherText = regexp.MustCompile(`(?m)^--\s*(?:\+goose\s|migrate:(?:up|down)|rollback\b|liquibase formatted)`)
	// entry begins a file of an archive: "-- migration.sql --".
	entry = regexp.MustCompile(`^-- ([^ ]+) --$`)
)

// atlas reads a file with its directives. It has a way back only where it is an archive with one: otherwise Atlas plans it anew when
// it is asked for.
func atlas(folder fs.FS, m *Migration, _ Values) error {
	content, err := text(folder, m.File)
	if err != nil {
		return err
	}
	if otherName.MatchString(m.File) || otherText.MatchString(content) {
		return &FolderError{Reason: m.File + " is no file of Atlas' own format: it would be run with its way back behind it",
			WayOut: "Name the tool in whose format it is, such as --from-goose; where Atlas has run such files, take the database as it is: duo-orm init --from-database"}
	}
	head, sql := atlasHead(content)
	delimiter, archive, alone := "", false, false
	for _, found := range head {
		switch found[1] {
		case "delimiter":
			if delimiter, err = strconv.Unquote(`"` + strings.ReplaceAll(found[2], `"`, `\"`) + `"`); err != nil || delimiter == "" {
				return refuse(m.File, "has a delimiter that can't be read: "+found[2])
			}
		case "txmode":
			alone = found[2] == "none"
		case "checkpoint":
			return refuse(m.File, "is a checkpoint, which stands for all files before it")
		case "txtar":
			archive = true
		case "sum", "nolint", "import":
		default:
			return refuse(m.File, "says atlas:"+found[1]+", which isn't known")
		}
	}
	if archive {
		return m.atlasArchive(sql, alone)
	}
	m.Up = Part{Texts: []string{sql}, There: true, Alone: alone}
	if delimiter != "" && delimiter != ";" {
		m.Up.Texts = strings.Split(sql, delimiter)
	}
	return nil
}

// atlasHead are the directives before the first statement, and the text without them.
func atlasHead(content string) (head [][]string, sql string) {
	lines := strings.Split(content, "\n")
	for i, line := range lines {
		found := directive.FindStringSubmatch(strings.TrimRight(line, "\r"))
		if found == nil && strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "--") {
			break
		}
		if found != nil {
			head = append(head, found)
			lines[i] = ""
		}
	}
	return head, strings.Join(lines, "\n")
}

// atlasArchive reads the parts of a file that holds several.
func (m *Migration) atlasArchive(content string, alone bool) error {
	parts, name := map[string][]string{}, ""
	for _, line := range strings.Split(content, "\n") {
		if found := entry.FindStringSubmatch(strings.TrimRight(line, "\r")); found != nil {
			name = found[1]
			if name != "migration.sql" && name != "down.sql" {
				return refuse(m.File, "holds "+name+", for which there is no place in a history")
			}
			continue
		}
		parts[name] = append(parts[name], line)
	}
	if len(parts["migration.sql"]) == 0 {
		return refuse(m.File, "is an archive without migration.sql")
	}
	for _, one := range []struct {
		part *Part
		name string
	}{{&m.Up, "migration.sql"}, {&m.Down, "down.sql"}} {
		if lines, there := parts[one.name]; there {
			*one.part = Part{Texts: []string{strings.Join(lines, "\n")}, There: true, Alone: alone}
		}
	}
	return nil
}
