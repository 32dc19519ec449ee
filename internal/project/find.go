package project

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// The names of the files that make a folder a project's root.
const (
	ConfigFile    = "duo-orm.hcl"
	PyprojectFile = "pyproject.toml"
	// DefaultDir is where the files lie where nothing says otherwise.
	DefaultDir = "db"
)

// Project is a project on disk. Nothing of it is held open.
type Project struct {
	// Root is the absolute path of the project's root.
	Root string
	// Dir is the folder of the project's files, relative to Root, with slashes: "db".
	Dir string
	// Config is the file that says so, relative to Root; empty where a flag or the default does.
	Config string
}

// Find walks upwards from start to the nearest folder with a duo-orm.hcl, or with a pyproject.toml that has the table
// [tool.duo-orm]. A dir that isn't empty takes the place of the configured folder; without a configured project, start is
// the root then. A folder with db/database.hcl in it is a project without any configuration. *NotFoundError where there
// is none, *ConfigError, *InvalidError and *DirError where one is unusable.
func Find(start, dir string, lookup Lookup) (*Project, error) {
	p, err := walk(start, lookup)
	if err != nil {
		return nil, err
	}
	switch {
	case dir != "":
		if p == nil {
			p = &Project{Root: start}
		}
		if p.Dir, err = CleanDir(dir); err != nil {
			return nil, err
		}
	case p == nil:
		if _, err := os.Stat(filepath.Join(start, DefaultDir, "database.hcl")); err != nil {
			return nil, &NotFoundError{Start: start}
		}
		p = &Project{Root: start, Dir: DefaultDir}
	}
	if err := inside(p.Root, p.Dir); err != nil {
		return nil, err
	}
	return p, p.checkDir(p.Dir)
}

// Path of a file of the project, relative to the root: p.Path("models") is "db/models".
func (p *Project) Path(name string) string { return p.Dir + "/" + name }

// Versions is the folder of the revision files, relative to the root.
func (p *Project) Versions() string { return p.Path("migrations/versions") }

// Absolute is the path on this machine of a path relative to the root.
func (p *Project) Absolute(relative string) string {
	return filepath.Join(p.Root, filepath.FromSlash(relative))
}

func (p *Project) checkDir(relative string) error {
	info, err := os.Stat(p.Absolute(relative))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &FileError{Path: relative, Reason: "does not exist in " + p.Root,
			WayOut: "Make it with: duo-orm init --dir " + relative}
	case err != nil:
		return &FileError{Path: relative, Reason: "can't be read: " + cause(err).Error(), WayOut: "Check its permissions."}
	case !info.IsDir():
		return &FileError{Path: relative, Reason: "is not a folder", WayOut: "Move it away, or name another folder with --dir."}
	}
	return nil
}

// walk is the nearest configured project, nil where there is none.
func walk(start string, lookup Lookup) (*Project, error) {
	for folder := start; ; {
		p, err := configured(folder, lookup)
		if p != nil || err != nil {
			return p, err
		}
		above := filepath.Dir(folder)
		if above == folder {
			return nil, nil
		}
		folder = above
	}
}

// configured is the project whose root is this folder, nil where it is none.
func configured(folder string, lookup Lookup) (*Project, error) {
	own, err := readConfig(folder, lookup)
	if err != nil {
		return nil, err
	}
	python, err := readPyproject(folder)
	if err != nil {
		return nil, err
	}
	given, from := own, ConfigFile
	switch {
	case own == nil && python == nil:
		return nil, nil
	case own == nil:
		given, from = python, PyprojectFile
	}
	dir, err := CleanDir(*given)
	if err != nil {
		return nil, &ConfigError{Path: filepath.Join(folder, from), Reason: "duo_orm_dir: " + err.Error(),
			WayOut: `Write a folder below the project's root, such as duo_orm_dir = "db".`}
	}
	if own != nil && python != nil && filepath.Clean(*own) != filepath.Clean(*python) {
		return nil, &ConfigError{Path: folder,
			Reason: ConfigFile + " says duo_orm_dir = " + quote(*own) + ", " + PyprojectFile + " says " + quote(*python),
			WayOut: "Keep the line in one of the two files."}
	}
	return &Project{Root: folder, Dir: dir, Config: from}, nil
}

// readOptional reads a regular file that need not be there; nil, nil where it isn't.
func readOptional(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) && !exists(path) {
		return nil, nil
	}
	if err != nil {
		return nil, &FileError{Path: path, Reason: "can't be read: " + cause(err).Error(), WayOut: "Check its permissions."}
	}
	if !info.Mode().IsRegular() {
		return nil, &FileError{Path: path, Reason: "is not a regular file", WayOut: "Move it away."}
	}
	if info.Size() > MaxFileBytes {
		return nil, tooLarge(path, info.Size())
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, &FileError{Path: path, Reason: "can't be read: " + cause(err).Error(), WayOut: "Check its permissions."}
	}
	if content == nil {
		content = []byte{}
	}
	return content, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Above is the root of the nearest project above a folder, empty where there is none, or none that can be read.
func Above(folder string, lookup Lookup) string {
	above := filepath.Dir(folder)
	if above == folder {
		return ""
	}
	p, err := walk(above, lookup)
	if p == nil || err != nil {
		return ""
	}
	return p.Root
}
