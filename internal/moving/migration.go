package moving

import (
	"io/fs"
	"strings"
)

// Migration is one of a folder.
type Migration struct {
	// Version is the one of the version table, ID the one that its revision gets.
	Version, ID, Message string
	// File is the path in the folder, Undo that of the file with its way back where that is another one.
	File, Undo string
	// Again says that the tool runs it again whenever it changes, behind all others.
	Again bool
	// Up and Down are read by Read.
	Up, Down Part
}

// Part is one direction of a migration.
type Part struct {
	// Texts are SQL, each of one or more statements, with marks where Placeholders stood.
	Texts        []string
	Placeholders []Placeholder
	// There says that the tool's file has this part, empty or not.
	There bool
	// Alone says that the tool runs it outside of a transaction.
	Alone bool
}

// Check makes sure that the files are as the tool left them, where it tells. *FolderError where they aren't.
func (t Tool) Check(folder fs.FS, list []Migration) error {
	if t.format.check == nil {
		return nil
	}
	return t.format.check(folder, list)
}

// Read reads the statements of migrations, of which the values are what placeholders stand for. *FolderError for one that can't be
// kept as SQL.
func (t Tool) Read(folder fs.FS, list []Migration, values Values) error {
	if err := t.Check(folder, list); err != nil {
		return err
	}
	var unknown unknownError
	for i := range list {
		if err := t.format.read(folder, &list[i], values); err != nil && !unknown.gather(err) {
			return err
		}
	}
	if len(unknown.places) > 0 {
		return values.refuseUnknown(unknown)
	}
	return nil
}

// UnixLines takes the carriage returns before line ends out of the texts, and says whether there were some.
func UnixLines(list []Migration) (changed bool) {
	for i := range list {
		for _, part := range []*Part{&list[i].Up, &list[i].Down} {
			for j, text := range part.Texts {
				part.Texts[j] = strings.ReplaceAll(text, "\r\n", "\n")
				changed = changed || part.Texts[j] != text
			}
		}
	}
	return changed
}

// refuse is an error for a file whose statements can't be kept.
func refuse(file, reason string) error {
	return &FolderError{Reason: file + " " + reason, WayOut: "Take the database as it is in place of the history: the same command with --baseline"}
}

// message is the words of a file's name; its version where there are none.
func message(words, version string) string {
	text := strings.Join(strings.FieldsFunc(words, func(r rune) bool { return r == '_' || r == '-' || r == ' ' }), " ")
	if text == "" {
		return version
	}
	return text
}

// mostID is how long the id of a revision may be.
const mostID = 64

// id is a text as a revision's id.
func id(text string) string {
	id := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(text))
	return id[:min(len(id), mostID)]
}

// pair reads a file for each way: the whole of it is SQL.
func pair(folder fs.FS, m *Migration, _ Values) error {
	up, err := text(folder, m.File)
	if err != nil {
		return err
	}
	m.Up = Part{Texts: []string{up}, There: true}
	if m.Undo == "" {
		return nil
	}
	down, err := text(folder, m.Undo)
	m.Down = Part{Texts: []string{down}, There: true}
	return err
}
