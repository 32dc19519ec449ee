package moving

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
)

func gooseFormat() format {
	return format{file: regexp.MustCompile(`^([0-9]+)_(.+)\.(?:sql|go)$`), key: number(0), compare: byNumber, read: goose}
}

// annotation is a line of goose's: "-- +goose Up".
var annotation = regexp.MustCompile(`^--\s*\+goose\s+(.*?)\s*$`)

// goose reads a file whose parts are told by annotations. A block of StatementBegin and StatementEnd is a text of its own.
func goose(folder fs.FS, m *Migration, _ Values) error {
	if path.Ext(m.File) == ".go" {
		return refuse(m.File, "is a program, which can't be kept as SQL")
	}
	content, err := text(folder, m.File)
	if err != nil {
		return err
	}
	var part *Part
	var lines []string
	alone := false
	flush := func() {
		if part != nil {
			part.Texts = append(part.Texts, strings.Join(lines, "\n"))
		}
		lines = nil
	}
	for _, line := range strings.Split(strings.ReplaceAll(content, "\r\n", "\n"), "\n") { // so goose has it
		found := annotation.FindStringSubmatch(line)
		if found == nil {
			if trimmed := strings.TrimSpace(line); part == nil && trimmed != "" && !strings.HasPrefix(trimmed, "--") {
				return &FolderError{Reason: m.File + " has statements before -- +goose Up, which goose doesn't take", WayOut: "Put them behind that line."}
			}
			lines = append(lines, line)
			continue
		}
		switch word := strings.ToUpper(strings.Join(strings.Fields(found[1]), " ")); word {
		case "UP":
			if m.Up.There {
				return refuse(m.File, "has two parts -- +goose Up")
			}
			lines, part = nil, &m.Up
			part.There = true
		case "DOWN":
			if m.Down.There || !m.Up.There {
				return refuse(m.File, "has a part -- +goose Down where goose doesn't take one")
			}
			flush()
			part = &m.Down
			part.There = true
		case "STATEMENTBEGIN", "STATEMENTEND":
			flush()
		case "NO TRANSACTION":
			alone = true
		case "ENVSUB ON", "ENVSUBST ON":
			return refuse(m.File, "takes values from environment variables (-- +goose "+found[1]+")")
		case "ENVSUB OFF", "ENVSUBST OFF":
		default:
			return refuse(m.File, "says -- +goose "+found[1]+", which isn't known")
		}
	}
	flush()
	if !m.Up.There {
		return &FolderError{Reason: m.File + " has no line -- +goose Up", WayOut: "Take the file out of the folder where it is no migration, or write that line before its statements."}
	}
	m.Up.Alone, m.Down.Alone = alone, alone
	return nil
}
