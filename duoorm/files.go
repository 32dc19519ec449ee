package duoorm

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// migrations are the revisions and settings of a file system.
type migrations struct {
	graph    *revision.Graph
	settings project.Migrations
}

// The names that a folder of migrations has.
const (
	versionsFolder = "versions"
	settingsFile   = "migrations.hcl"
)

// read reads the folder of migrations. Faults of its files are a *FilesError with all of them.
func read(files fs.FS, o options) (*migrations, error) {
	if files == nil {
		return nil, &FolderError{Folder: ".", because: because{cause: errors.New("there is no file system: it is nil"), next: advice}}
	}
	folder, err := find(files, o.folder)
	if err != nil {
		return nil, err
	}
	m := &migrations{}
	if m.settings, err = readSettings(files, path.Join(folder, settingsFile), o); err != nil {
		return nil, err
	}
	if m.graph, err = readRevisions(files, path.Join(folder, versionsFolder), m.settings.Variables); err != nil {
		return nil, err
	}
	if len(m.graph.Revisions()) == 0 {
		// An upgrade to nothing would seem to have worked.
		return nil, &FolderError{Folder: folder, because: because{cause: fmt.Errorf("the folder %s of the file system holds no revision", folder), next: advice}}
	}
	return m, nil
}

const advice = "Embed the whole folder: //go:embed db/migrations"

// deepest is how many folders deep the folder of migrations is looked for, and most how many folders are looked at: an
// embedded project is far smaller.
const (
	deepest = 6
	most    = 10_000
)

// find is the folder that was named, or the one that holds versions or migrations.hcl.
func find(files fs.FS, named string) (string, error) {
	if named != "" {
		info, err := fs.Stat(files, path.Clean(named))
		if err == nil && !info.IsDir() {
			err = errors.New("it is a file")
		}
		if err != nil {
			return "", &FolderError{Folder: named, because: because{cause: fmt.Errorf("the folder %s isn't in the file system: %w", named, err), next: advice}}
		}
		return path.Clean(named), nil
	}
	var found []string
	looked := 0
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (hidden(name) || strings.Count(name, "/") >= deepest):
			return fs.SkipDir
		case entry.IsDir():
			if looked++; looked > most {
				return fs.SkipAll
			}
		}
		if entry.IsDir() && path.Base(name) == versionsFolder || !entry.IsDir() && path.Base(name) == settingsFile {
			if folder := path.Dir(name); !slices.Contains(found, folder) {
				found = append(found, folder)
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return "", &FolderError{Folder: ".", because: because{cause: fmt.Errorf("the file system can't be read: %w", err), next: advice}}
	case len(found) == 0:
		return "", &FolderError{Folder: ".", because: because{cause: errors.New("the file system has no folder of migrations, which holds versions and migrations.hcl"), next: advice}}
	case len(found) > 1:
		return "", &FolderError{Folder: ".", because: because{cause: fmt.Errorf("the file system has several folders of migrations: %s", strings.Join(found, ", ")),
			next: fmt.Sprintf("Name the one that is meant: duoorm.WithFolder(%q)", found[0])}}
	}
	return found[0], nil
}

func hidden(name string) bool { return strings.HasPrefix(path.Base(name), ".") }

func readSettings(files fs.FS, name string, o options) (project.Migrations, error) {
	settings := project.DefaultMigrations()
	content, err := fs.ReadFile(files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return settings, unreadable(name, err)
	default:
		settings, err = project.ReadMigrations(name, content, o.environment, o.lookup)
		var invalid *project.InvalidError
		if errors.As(err, &invalid) {
			return settings, faults(invalid.Diagnostics)
		}
		if err != nil {
			return settings, err
		}
	}
	return settings, o.override(&settings)
}

// readRevisions reads all revision files of a folder and of those below it, as the command line does.
func readRevisions(files fs.FS, folder string, variables map[string]string) (*revision.Graph, error) {
	names, err := revisionFiles(files, folder)
	if err != nil {
		return nil, err
	}
	var list []*revision.File
	var diagnostics hcl.Diagnostics
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, unreadable(name, err)
		}
		file, more := revision.ReadBeside(name, content, func(other string) ([]byte, error) {
			return fs.ReadFile(files, path.Join(path.Dir(name), other))
		})
		diagnostics = append(diagnostics, more...)
		if file != nil {
			file.Variables = variables
			list = append(list, file)
		}
	}
	if diagnostics.HasErrors() {
		return nil, faults(diagnostics)
	}
	graph, diagnostics := revision.Join(list)
	if diagnostics.HasErrors() {
		return nil, faults(diagnostics)
	}
	return graph, nil
}

func revisionFiles(files fs.FS, folder string) (names []string, err error) {
	err = fs.WalkDir(files, folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == folder:
			return fs.SkipAll
		case err != nil:
			return unreadable(name, err)
		case hidden(name) && entry.IsDir():
			return fs.SkipDir
		case !hidden(name) && !entry.IsDir() && path.Ext(name) == ".hcl":
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

func unreadable(name string, err error) error {
	return &FolderError{Folder: path.Dir(name), because: because{cause: fmt.Errorf("%s can't be read: %w", name, err)}}
}
