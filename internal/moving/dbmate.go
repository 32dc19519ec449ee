package moving

import (
	"io/fs"
	"regexp"
	"strings"
)

// dbmate keeps versions as texts, and runs files in the order of their names.
func dbmateFormat() format {
	return format{file: regexp.MustCompile(`^([0-9]+)(.*)\.sql$`), key: func(digits string) (string, error) { return digits, nil }, compare: byFile, read: dbmate}
}

// section is a line of dbmate's: "-- migrate:up transaction:false".
var section = regexp.MustCompile(`^--\s*migrate:(up|down)(?:\s+(.*))?$`)

// dbmate reads a file whose parts are told by comments; there may be several pairs.
func dbmate(folder fs.FS, m *Migration, _ Values) error {
	content, err := text(folder, m.File)
	if err != nil {
		return err
	}
	var part *Part
	var lines []string
	flush := func() {
		if part != nil {
			part.Texts = append(part.Texts, strings.Join(lines, "\n"))
		}
		lines = nil
	}
	for _, line := range strings.Split(content, "\n") {
		found := section.FindStringSubmatch(strings.TrimRight(line, " \t\r"))
		if found == nil {
			if trimmed := strings.TrimSpace(line); part == nil && trimmed != "" && !strings.HasPrefix(trimmed, "--") {
				return &FolderError{Reason: m.File + " has statements before -- migrate:up, which dbmate doesn't take", WayOut: "Put them behind that line."}
			}
			lines = append(lines, line)
			continue
		}
		flush()
		if part = &m.Up; found[1] == "down" {
			part = &m.Down
		}
		if found[1] == "down" && !m.Up.There {
			return refuse(m.File, "has a part -- migrate:down before its -- migrate:up")
		}
		alone := false
		for _, option := range strings.Fields(found[2]) {
			alone = alone || option == "transaction:false"
		}
		if part.There && part.Alone != alone {
			return refuse(m.File, "has parts within a transaction and parts without one")
		}
		part.There, part.Alone = true, alone
	}
	flush()
	if !m.Up.There {
		return &FolderError{Reason: m.File + " has no line -- migrate:up", WayOut: "Take the file out of the folder where it is no migration, or write that line before its statements."}
	}
	return nil
}
