package moving

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

// Atlas takes the files in the order of their names; the version is what stands before the first line below.
func atlasFormat() format {
	return format{file: regexp.MustCompile(`^([^_/]+?)(?:_([^/]*))?\.sql$`), key: func(text string) (string, error) { return text, nil }, compare: byFile, read: atlas}
}

// directive is a line at the head of a file of Atlas': "-- atlas:txmode none".
var directive = regexp.MustCompile(`^-- *atlas:(\w+)(?: +(.*?))? *$`)

// atlas reads a file with its directives. It has no way back: Atlas plans that anew when it is asked for.
func atlas(folder fs.FS, m *Migration) error {
	content, err := text(folder, m.File)
	if err != nil {
		return err
	}
	m.Up = Part{There: true}
	delimiter := ""
	rest := content
	for {
		line, after, more := strings.Cut(rest, "\n")
		found := directive.FindStringSubmatch(line)
		if found == nil && strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "--") || !more {
			break
		}
		rest = after
		if found == nil {
			continue
		}
		switch found[1] {
		case "delimiter":
			if delimiter, err = strconv.Unquote(`"` + strings.ReplaceAll(found[2], `"`, `\"`) + `"`); err != nil || delimiter == "" {
				return refuse(m.File, "has a delimiter that can't be read: "+found[2])
			}
		case "txmode":
			m.Up.Alone = found[2] == "none"
		case "checkpoint":
			return refuse(m.File, "is a checkpoint, which stands for all files before it")
		case "sum", "nolint", "assert":
		default:
			return refuse(m.File, "says atlas:"+found[1]+", which isn't known")
		}
	}
	if strings.HasPrefix(strings.TrimSpace(content), "-- txtar") || strings.Contains(content, "\n-- migration.sql --\n") {
		return refuse(m.File, "is an archive of several files")
	}
	m.Up.Texts = []string{content}
	if delimiter != "" && delimiter != ";" {
		m.Up.Texts = strings.Split(content, delimiter)
	}
	return nil
}
