package moving

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
)

var (
	// assigned finds revision and down_revision at the beginning of a line, with or without a type.
	assigned = regexp.MustCompile(`(?m)^(revision|down_revision|depends_on)[ \t]*(?::[^=\n]*)?=[ \t]*(\([^)]*\)|\[[^\]]*\]|[^\n#]*)`)
	quotes   = regexp.MustCompile(`"([^"\\\n]*)"|'([^'\\\n]*)'`)
)

// heads are the revisions of Alembic's files that no other names as the one before it. The files aren't run.
func heads(folder fs.FS, names []string) ([]string, error) {
	files, before := map[string]string{}, map[string]bool{}
	var ids []string
	for _, name := range names {
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		id := ""
		for _, line := range assigned.FindAllStringSubmatch(string(content), -1) {
			for _, match := range quotes.FindAllStringSubmatch(line[2], -1) {
				if line[1] == "revision" {
					id = match[1] + match[2]
				} else {
					before[match[1]+match[2]] = true
				}
			}
		}
		if id == "" {
			return nil, &FolderError{Reason: name + ` doesn't say revision = "…" in a line of its own`, WayOut: "Take the file out of the folder where it is no revision, or write its id as a text."}
		}
		if other, twice := files[id]; twice {
			return nil, &FolderError{Reason: fmt.Sprintf("%s and %s are both revision %s", other, name, id), WayOut: "Take one of them away."}
		}
		files[id] = name
		ids = append(ids, id)
	}
	for id := range before {
		if _, there := files[id]; !there {
			return nil, &FolderError{Reason: "a file follows the revision " + id + ", which has no file", WayOut: "Name the folder with all revision files."}
		}
	}
	heads := slices.DeleteFunc(ids, func(id string) bool { return before[id] })
	slices.Sort(heads)
	return heads, nil
}
