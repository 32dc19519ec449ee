package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"
)

const (
	// MaxFileBytes is how large a file may be that duo-orm reads.
	MaxFileBytes = 16 << 20
	// MaxFiles is how many model files a project may have.
	MaxFiles = 10_000
)

// ReadFile reads a regular file below the root. The error of a file that isn't there is an fs.ErrNotExist; everything
// else that hinders is a *FileError.
func (p *Project) ReadFile(relative string) ([]byte, error) {
	contents, err := p.ReadFiles([]string{relative})
	if err != nil {
		return nil, err
	}
	return contents[0], nil
}

// ReadFiles reads several files as ReadFile does, in their order.
func (p *Project) ReadFiles(paths []string) ([][]byte, error) {
	root, err := p.open()
	if err != nil {
		return nil, err
	}
	defer root.Close()
	contents := make([][]byte, len(paths))
	for i, path := range paths {
		if contents[i], err = p.read(root, path); err != nil {
			return nil, err
		}
	}
	return contents, nil
}

func (p *Project) open() (*os.Root, error) {
	root, err := os.OpenRoot(p.Root)
	if err != nil {
		return nil, &FileError{Path: p.Root, Reason: "can't be opened: " + cause(err).Error(), WayOut: "Check its permissions."}
	}
	return root, nil
}

func (p *Project) read(root *os.Root, relative string) ([]byte, error) {
	// A link that leads out fails here too; why is looked into only then.
	info, err := root.Stat(relative)
	if err != nil {
		if err := inside(p.Root, relative); err != nil {
			return nil, err
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err != nil:
		return nil, &FileError{Path: relative, Reason: "can't be read: " + cause(err).Error(), WayOut: "Check its permissions."}
	case !info.Mode().IsRegular():
		return nil, &FileError{Path: relative, Reason: "is not a regular file", WayOut: "Move it away, or put a plain file in its place."}
	case info.Size() > MaxFileBytes:
		return nil, tooLarge(relative, info.Size())
	}
	content, err := root.ReadFile(relative)
	if err != nil {
		return nil, &FileError{Path: relative, Reason: "can't be read: " + cause(err).Error(), WayOut: "Check its permissions."}
	}
	return content, nil
}

func tooLarge(path string, size int64) error {
	return &FileError{Path: path, Reason: fmt.Sprintf("is %d MB large; a file may have %d MB", size>>20, MaxFileBytes>>20),
		WayOut: "Split it: all .hcl files of a folder are read together."}
}

// HCLFiles are the paths of all .hcl files below a folder, relative to the root, sorted. Hidden files and what editors
// leave behind are left out. A folder that isn't there has none. A file that is no regular file, or a link to a folder,
// is a *FileError, since leaving it out in silence would drop what it declares.
func (p *Project) HCLFiles(folder string) ([]string, error) {
	root, err := p.open()
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if err := inside(p.Root, folder); err != nil {
		return nil, err
	}
	if _, err := root.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err := p.checkDir(folder); err != nil {
		return nil, err
	}
	var paths []string
	if err := p.collect(root, folder, &paths); err != nil {
		return nil, err
	}
	sort.Strings(paths)
	return paths, nil
}

func (p *Project) collect(root *os.Root, folder string, paths *[]string) error {
	entries, err := fs.ReadDir(root.FS(), folder)
	if err != nil {
		return &FileError{Path: folder, Reason: "can't be read: " + cause(err).Error(), WayOut: "Check its permissions."}
	}
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if entry.IsDir() {
			if err := p.collect(root, name, paths); err != nil {
				return err
			}
			continue
		}
		if entry.Type()&fs.ModeSymlink != 0 {
			if err := inside(p.Root, name); err != nil {
				return err
			}
			if info, err := root.Stat(name); err == nil && info.IsDir() {
				return &FileError{Path: name, Reason: "is a link to a folder", WayOut: "Put the folder itself in its place; links to folders aren't followed."}
			}
		}
		if path.Ext(name) != ".hcl" {
			continue
		}
		if *paths = append(*paths, name); len(*paths) > MaxFiles {
			return &FileError{Path: folder, Reason: fmt.Sprintf("holds more than %d .hcl files", MaxFiles), WayOut: "Put several objects into one file."}
		}
	}
	return nil
}
