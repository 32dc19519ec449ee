package moving

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

const flywayTable = "flyway_schema_history"

// flywayRows tells versions and repeatable migrations, which have no version and are known by their description; those that were
// undone are told in the order in which that happened.
const flywayRows = "SELECT COALESCE(CAST(version AS text), 'R ' || description), CASE WHEN NOT success THEN 'unsettled' WHEN type LIKE 'UNDO%%' OR type = 'DELETE' THEN 'undone' " +
	"WHEN type LIKE '%%BASELINE' THEN 'baseline' ELSE 'applied' END FROM %s WHERE type <> 'SCHEMA' ORDER BY installed_rank"

func flywayFormat() format {
	return format{file: regexp.MustCompile(`^(V|U|R|B)([^_]*(?:_[^_]+)*)__(.+)\.sql$`), compare: byFlyway, gather: flyway, read: flywayRead, deep: true, key: flywayVersion}
}

// flywayVersion is a version as Flyway compares it: numbers with dots, in which underlines stand for dots and zeros at the end
// make no difference.
func flywayVersion(text string) (string, error) {
	parts := strings.Split(strings.ReplaceAll(text, "_", "."), ".")
	for i, part := range parts {
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return "", fmt.Errorf("%s is no version", text)
		}
		if parts[i] = strings.TrimLeft(part, "0"); parts[i] == "" {
			parts[i] = "0"
		}
	}
	for len(parts) > 1 && parts[len(parts)-1] == "0" {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, "."), nil
}

// byFlyway puts versions before repeatable migrations, those by their descriptions.
func byFlyway(a, b Migration) int {
	if a.Again || b.Again {
		switch {
		case !a.Again:
			return -1
		case !b.Again:
			return 1
		}
		return strings.Compare(a.Version, b.Version)
	}
	x, y := strings.Split(a.Version, "."), strings.Split(b.Version, ".")
	for i := 0; i < len(x) && i < len(y); i++ {
		if c := byNumber(Migration{Version: x[i]}, Migration{Version: y[i]}); c != 0 {
			return c
		}
	}
	return len(x) - len(y)
}

// flyway joins versioned migrations with the ones that undo them. Java migrations and callbacks can't be kept.
func flyway(t Tool, names []string) ([]Migration, error) {
	var list []Migration
	undo := map[string]string{}
	for _, name := range names {
		base := path.Base(name)
		if flywayCallback.MatchString(base) {
			return nil, refuse(name, "is a callback of Flyway, whose place is none in a history: move what it does into hooks of migrations.hcl, and take it out of the folder")
		}
		if flywayProgram.MatchString(base) {
			return nil, refuse(name, "is a program, which can't be kept as SQL")
		}
		parts := t.format.file.FindStringSubmatch(base)
		if parts == nil {
			continue
		}
		if parts[1] == "R" {
			if parts[2] != "" {
				continue
			}
			words := message(parts[3], "")
			list = append(list, Migration{Version: "R " + strings.ReplaceAll(parts[3], "_", " "), ID: id("r_" + parts[3]), Message: words, File: name, Again: true})
			continue
		}
		m, err := t.migration(name, parts[2], parts[3])
		switch {
		case err != nil:
			return nil, err
		case parts[1] == "B":
			return nil, refuse(name, "is a baseline migration, which stands for all versions up to it")
		case parts[1] == "V":
			list = append(list, m)
			continue
		}
		if other, twice := undo[m.Version]; twice {
			return nil, &FolderError{Reason: fmt.Sprintf("%s and %s undo one version, %s", other, name, m.Version), WayOut: "Take one of them away."}
		}
		undo[m.Version] = name
	}
	for i := range list {
		list[i].Undo = undo[list[i].Version]
	}
	return list, nil
}

var (
	flywayCallback = regexp.MustCompile(`^(?:before|after|create|draft|deploy)[A-Z]\w*?(?:__.+)?\.sql$`)
	flywayProgram  = regexp.MustCompile(`^(?:V[0-9][^_]*(?:_[^_]+)*|R|U[0-9][^_]*(?:_[^_]+)*)__.+\.(?:java|kt|class|ps1|sh|bash|cmd|bat|py)$`)
)

// flywayRead reads the two files of a version, with the settings beside them, which go before those of all.
func flywayRead(folder fs.FS, m *Migration, values Values) error {
	if err := pair(folder, m, values); err != nil {
		return err
	}
	var unknown unknownError
	for _, one := range []struct {
		part *Part
		file string
	}{{&m.Up, m.File}, {&m.Down, m.Undo}} {
		if one.file == "" {
			continue
		}
		own, err := beside(folder, one.file+".conf")
		if err != nil {
			return err
		}
		set := func(name string, otherwise bool) bool {
			if value := own[name]; value != "" {
				return value == "true"
			}
			return otherwise
		}
		one.part.Alone = !set("executeInTransaction", !values.Alone)
		if !set("placeholderReplacement", !values.Off) {
			continue
		}
		text, placeholders, err := values.marked(one.file, one.part.Texts[0])
		if err != nil {
			if unknown.gather(err) {
				continue
			}
			return err
		}
		one.part.Texts[0], one.part.Placeholders = text, placeholders
	}
	if len(unknown.places) > 0 {
		return &unknown
	}
	return nil
}

// beside are the settings of a file, none where there is no such file.
func beside(folder fs.FS, name string) (map[string]string, error) {
	if _, err := fs.Stat(folder, name); err != nil {
		return nil, nil
	}
	content, err := text(folder, name)
	return settings(content), err
}

// settings are the lines key=value of a file.
func settings(content string) map[string]string {
	values := map[string]string{}
	for _, line := range strings.Split(content, "\n") {
		key, value, found := strings.Cut(line, "=")
		if key = strings.TrimSpace(key); found && key != "" && !strings.HasPrefix(key, "#") && !strings.HasPrefix(key, ";") {
			values[key] = strings.TrimSpace(value)
		}
	}
	return values
}
