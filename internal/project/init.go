package project

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Action is what init does with a file or folder.
type Action string

// The actions.
const (
	Made    Action = "made"
	Kept    Action = "kept"
	Changed Action = "changed"
)

// Entry is a file or folder of a project as init leaves it.
type Entry struct {
	// Path is relative to the root.
	Path   string
	Folder bool
	Action Action
	// Note says in a few words what it is for.
	Note string
}

// InitOptions are chosen by the user.
type InitOptions struct {
	// Dir is the folder for the project's files; empty for the configured one or the default.
	Dir string
	// URL is the database's; empty for the default. With URLFromEnvironment it is not written: it holds a password.
	URL                string
	URLFromEnvironment bool
	// Scratch is the URL of the place where plans are proved; empty for the driver's own way. With ScratchFromEnvironment it is
	// not written.
	Scratch                string
	ScratchFromEnvironment bool
}

// Setup is what init is about to do: nothing is written before Write.
type Setup struct {
	Project *Project
	Entries []Entry
	changes []FileChange
	// leftAlone are the literals of the patterns that migrations.hcl excludes.
	leftAlone []string
}

// Prepare looks at the folder root and decides what is missing. Everything that would make init fail half-way and can be
// known before is an error here: *DirError, *ConfigError, *FileError, *InvalidError.
func Prepare(root string, options InitOptions, lookup Lookup) (*Setup, error) {
	p, err := configured(root, lookup)
	if err != nil {
		return nil, err
	}
	if options.Dir != "" {
		if options.Dir, err = CleanDir(options.Dir); err != nil {
			return nil, err
		}
		if p != nil && p.Dir != options.Dir {
			return nil, &ConfigError{Path: p.Config, Reason: "says duo_orm_dir = " + quote(p.Dir) + ", and --dir says " + quote(options.Dir),
				WayOut: "Change that line, or run init without --dir."}
		}
	}
	dir := options.Dir
	switch {
	case p != nil:
		dir = p.Dir
	case dir == "":
		dir = DefaultDir
	}
	s := &Setup{Project: &Project{Root: root, Dir: dir, Config: ConfigFile}}
	if p != nil {
		s.Project.Config = p.Config
	}
	if err := inside(root, dir); err != nil {
		return nil, err
	}
	if err := s.configuration(p != nil); err != nil {
		return nil, err
	}
	return s, s.files(options)
}

// configuration decides where duo_orm_dir is saved.
func (s *Setup) configuration(there bool) error {
	p := s.Project
	note := `duo_orm_dir = ` + quote(p.Dir)
	if there {
		s.Entries = append(s.Entries, Entry{Path: p.Config, Action: Kept, Note: note})
		return nil
	}
	content, err := readOptional(filepath.Join(p.Root, PyprojectFile))
	if err != nil {
		return err
	}
	if content == nil {
		s.add(Entry{Path: ConfigFile, Action: Made, Note: note}, configText(p.Dir))
		return nil
	}
	p.Config = PyprojectFile
	if err := inside(p.Root, PyprojectFile); err != nil {
		return err
	}
	edited, err := editPyproject(PyprojectFile, content, p.Dir)
	if err != nil {
		return err
	}
	s.add(Entry{Path: PyprojectFile, Action: Changed, Note: "[" + pythonTable + "] " + note}, edited)
	return nil
}

func (s *Setup) files(options InitOptions) error {
	p := s.Project
	url := `env("DATABASE_URL", "` + DefaultURL + `")`
	switch {
	case options.URLFromEnvironment:
		url = `env("DATABASE_URL")`
	case options.URL != "":
		url = literal(options.URL)
	}
	if err := s.folder(p.Dir, ""); err != nil {
		return err
	}
	database := fill(databaseTemplate, p.Dir, url)
	switch {
	case options.ScratchFromEnvironment:
		database = withScratch(database, `env("SCRATCH_DATABASE_URL")`)
	case options.Scratch != "":
		database = withScratch(database, literal(options.Scratch))
	}
	if err := s.file(p.DatabaseFile(), "the database entrypoint", database); err != nil {
		return err
	}
	if err := s.models(); err != nil {
		return err
	}
	if err := s.folder(p.Path("schemas"), "DTOs that match the models"); err != nil {
		return err
	}
	if err := s.file(p.Path("schemas/README.md"), "", fill(schemasTemplate, p.Dir, url)); err != nil {
		return err
	}
	if err := s.folder(p.Path("migrations"), ""); err != nil {
		return err
	}
	if err := s.file(p.MigrationsFile(), "the migration environment", fill(migrationsTemplate, p.Dir, url)); err != nil {
		return err
	}
	return s.folder(p.Versions(), "one file for each change plan")
}

// withScratch puts a scratch URL where the template has an example of one.
func withScratch(database []byte, url string) []byte {
	return bytes.Replace(database, []byte(`  # scratch = "sqlite://"`), []byte("  scratch = "+url), 1)
}

// models writes the example only where there are no models: one that was taken away stays away.
func (s *Setup) models() error {
	p := s.Project
	if err := s.folder(p.Path("models"), "the desired state"); err != nil {
		return err
	}
	existing, err := p.HCLFiles(p.Path("models"))
	if err != nil {
		return err
	}
	example := p.Path("models/example.hcl")
	if len(existing) > 0 && !slices.Contains(existing, example) {
		return nil
	}
	return s.file(example, "a first model, commented out", fill(exampleTemplate, p.Dir, ""))
}

func (s *Setup) folder(relative, note string) error {
	action, err := s.action(relative, true)
	if err == nil {
		s.Entries = append(s.Entries, Entry{Path: relative, Folder: true, Action: action, Note: note})
	}
	return err
}

func (s *Setup) file(relative, note string, content []byte) error {
	action, err := s.action(relative, false)
	if err == nil {
		s.add(Entry{Path: relative, Action: action, Note: note}, content)
	}
	return err
}

func (s *Setup) action(relative string, folder bool) (Action, error) {
	if err := inside(s.Project.Root, relative); err != nil {
		return "", err
	}
	root, err := s.Project.open()
	if err != nil {
		return "", err
	}
	defer root.Close()
	info, err := root.Stat(relative)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Made, nil
	case err != nil:
		return "", &FileError{Path: relative, Reason: "can't be read: " + cause(err).Error(), WayOut: "Move it away, or choose another folder with --dir."}
	case folder && !info.IsDir():
		return "", &FileError{Path: relative, Reason: "is not a folder", WayOut: "Move it away, or choose another folder with --dir."}
	case !folder && !info.Mode().IsRegular():
		return "", &FileError{Path: relative, Reason: "is not a regular file", WayOut: "Move it away, or choose another folder with --dir."}
	}
	return Kept, nil
}

func (s *Setup) add(entry Entry, content []byte) {
	s.Entries = append(s.Entries, entry)
	if entry.Action != Kept {
		s.changes = append(s.changes, FileChange{Path: entry.Path, Content: content, New: entry.Action == Made})
	}
}

// Add puts a further new file into the setup, behind the other files of its folder. A file that exists is a *FileError.
func (s *Setup) Add(relative, note string, content []byte) error {
	action, err := s.action(relative, false)
	if err != nil {
		return err
	}
	if action == Kept {
		return taken(relative)
	}
	s.changes = append(s.changes, FileChange{Path: relative, Content: content, New: true})
	at := len(s.Entries)
	for i, entry := range s.Entries {
		if entry.Path == path.Dir(relative) || strings.HasPrefix(entry.Path, path.Dir(relative)+"/") {
			at = i + 1
		}
	}
	s.Entries = slices.Insert(s.Entries, at, Entry{Path: relative, Action: Made, Note: note})
	return nil
}

// Leave takes a file that was to be made out of the setup again.
func (s *Setup) Leave(relative string) {
	s.Entries = slices.DeleteFunc(s.Entries, func(e Entry) bool { return e.Path == relative && e.Action == Made })
	s.changes = slices.DeleteFunc(s.changes, func(c FileChange) bool { return c.Path == relative && c.New })
}

// Unchanged says that there is nothing to do.
func (s *Setup) Unchanged() bool {
	return !slices.ContainsFunc(s.Entries, func(e Entry) bool { return e.Action != Kept })
}

// Action is what happens to a path of the setup; empty where it isn't part of it.
func (s *Setup) Action(relative string) Action {
	for _, entry := range s.Entries {
		if entry.Path == relative {
			return entry.Action
		}
	}
	return ""
}

// Write makes what is missing, and then does what comes next. On an error, of next too, everything is as it was before.
func (s *Setup) Write(next func() error) error {
	var folders []string
	for _, entry := range s.Entries {
		if entry.Folder {
			folders = append(folders, entry.Path)
		}
	}
	return s.Project.write(folders, s.changes, next)
}
