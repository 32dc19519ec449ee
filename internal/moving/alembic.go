package moving

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
)

var (
	// assigned finds what a file says of its revision at the beginning of a line, with or without a type.
	assigned = regexp.MustCompile(`(?m)^(revision|down_revision|depends_on|branch_labels)[ \t]*(?::[^=\n]*)?=[ \t]*(\([^)]*\)|\[[^\]]*\]|[^\n#]*)`)
	quotes   = regexp.MustCompile(`"([^"\\\n]*)"|'([^'\\\n]*)'`)
)

// alembicFile is what a file of Alembic says of its revision. dependsOn may hold labels of branches, until they are looked up.
type alembicFile struct {
	name, id                   string
	follows, dependsOn, labels []string
}

// alembicFiles are revisions by their ids.
type alembicFiles map[string]*alembicFile

// readAlembic reads files, which aren't run.
func readAlembic(folder fs.FS, names []string) (alembicFiles, error) {
	files, labelled := alembicFiles{}, map[string]string{}
	for _, name := range names {
		file, err := readAlembicFile(folder, name)
		if err != nil {
			return nil, err
		}
		if other := files[file.id]; other != nil {
			return nil, &FolderError{Reason: fmt.Sprintf("%s and %s are both revision %s", other.name, name, file.id), WayOut: "Take one of them away."}
		}
		files[file.id] = file
		for _, label := range file.labels {
			labelled[label] = file.id
		}
	}
	for _, id := range slices.Sorted(maps.Keys(files)) {
		file := files[id]
		for i, other := range file.dependsOn {
			if files[other] == nil && labelled[other] != "" {
				file.dependsOn[i] = labelled[other]
			}
		}
		for _, other := range slices.Concat(file.follows, file.dependsOn) {
			if files[other] == nil {
				return nil, &FolderError{Reason: file.name + " follows or depends on the revision " + other + ", which has no file", WayOut: "Name the folder with all revision files."}
			}
		}
	}
	return files, nil
}

func readAlembicFile(folder fs.FS, name string) (*alembicFile, error) {
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, err
	}
	file := &alembicFile{name: name}
	for _, line := range assigned.FindAllStringSubmatch(string(content), -1) {
		var texts []string
		for _, match := range quotes.FindAllStringSubmatch(line[2], -1) {
			texts = append(texts, match[1]+match[2])
		}
		switch {
		case line[1] == "down_revision":
			file.follows = texts
		case line[1] == "depends_on":
			file.dependsOn = texts
		case line[1] == "branch_labels":
			file.labels = texts
		case len(texts) > 0:
			file.id = texts[0]
		}
	}
	if file.id == "" {
		return nil, &FolderError{Reason: name + ` doesn't say revision = "…" in a line of its own`, WayOut: "Take the file out of the folder where it is no revision, or write its id as a text."}
	}
	return file, nil
}

// heads are the revisions that no other follows or depends on.
func (files alembicFiles) heads() []string {
	before := map[string]bool{}
	for _, file := range files {
		for _, other := range slices.Concat(file.follows, file.dependsOn) {
			before[other] = true
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(id string) bool { return before[id] })
}

// compare says how the rows of the version table differ from the heads. As in Alembic, what another one depends on that is there may have
// a row of its own, which was stamped, and what another one follows may not.
func (files alembicFiles) compare(rows []Row) Differences {
	there := map[string]bool{}
	var enter func(id string)
	enter = func(id string) {
		if file := files[id]; file != nil && !there[id] {
			there[id] = true
			for _, other := range slices.Concat(file.follows, file.dependsOn) {
				enter(other)
			}
		}
	}
	for _, row := range rows {
		enter(row.Version)
	}
	needed := map[string]bool{}
	for id := range there {
		for _, other := range files[id].dependsOn {
			needed[other] = true
		}
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(row Row) bool { return needed[row.Version] })
	d := Compare(files.heads(), rows)
	if len(d.Pending) > 0 {
		d.Unknown = slices.DeleteFunc(d.Unknown, func(id string) bool { return files[id] != nil })
	}
	return d
}
