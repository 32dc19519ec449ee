package project

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"time"
)

// FileChange is one file to be written or taken away.
type FileChange struct {
	// Path is relative to the root.
	Path    string
	Content []byte
	// New says that the file must not be there yet.
	New bool
	// Remove takes the file away; Content and New don't count then.
	Remove bool
}

// Write carries out all changes or, where one fails, as few as the system lets it: everything is first written beside
// its destination and synced, then moved into place. A full disk or a missing permission so leaves every file as it was.
// A New file that exists is an fs.ErrExist wrapped in a *FileError.
func (p *Project) Write(changes []FileChange) error {
	return p.write(nil, changes, func() error { return nil })
}

// write makes folders, carries out the changes, and then does what comes next; where that fails, files and folders are as
// they were before.
func (p *Project) write(folders []string, changes []FileChange, next func() error) error {
	root, err := p.open()
	if err != nil {
		return err
	}
	defer root.Close()
	w := &writer{project: p, root: root}
	for _, folder := range folders {
		if err := w.folders(folder); err != nil {
			return errors.Join(err, w.undo())
		}
	}
	if err := w.stage(changes); err != nil {
		return errors.Join(err, w.undo())
	}
	w.sweep()
	// New files first: they can be taken back if something after them fails.
	for _, turn := range []func(FileChange) bool{
		func(c FileChange) bool { return c.New && !c.Remove },
		func(c FileChange) bool { return !c.New && !c.Remove },
		func(c FileChange) bool { return c.Remove },
	} {
		for i, change := range changes {
			if !turn(change) {
				continue
			}
			if err := w.settle(change, w.temporary[i]); err != nil {
				return errors.Join(err, w.undo())
			}
			w.temporary[i] = ""
		}
	}
	if err := w.syncFolders(changes); err != nil {
		return errors.Join(err, w.undo())
	}
	if err := next(); err != nil {
		return errors.Join(err, w.undo())
	}
	return nil
}

// writer remembers what to take back.
type writer struct {
	project *Project
	root    *os.Root
	// temporary are the staged files by the index of their change, empty where there is none (any more).
	temporary []string
	// made are new files and folders in the order in which they were made.
	made []string
	// before are the contents of files that were replaced or removed.
	before map[string][]byte
}

func (w *writer) stage(changes []FileChange) error {
	w.temporary = make([]string, len(changes))
	for i, change := range changes {
		if err := inside(w.project.Root, change.Path); err != nil {
			return err
		}
		if change.Remove {
			continue
		}
		if err := w.folders(path.Dir(change.Path)); err != nil {
			return err
		}
		mode := fs.FileMode(0o644)
		info, err := w.root.Stat(change.Path)
		switch {
		case err == nil && change.New:
			return taken(change.Path)
		case err == nil && !info.Mode().IsRegular():
			return &FileError{Path: change.Path, Reason: "is not a regular file", WayOut: "Move it away."}
		case err == nil:
			mode = info.Mode().Perm()
		}
		name := path.Join(path.Dir(change.Path), "."+path.Base(change.Path)+"."+rand.Text()+temporaryEnd)
		w.temporary[i] = name
		if err := w.writeSynced(name, change.Content, mode); err != nil {
			return unwritable(change.Path, err)
		}
	}
	return nil
}

// temporaryEnd is how the names of staged files end; leftover are their names, and leftoverAge is how much older than what is staged now
// one must be so that nobody can be writing it any more.
const (
	temporaryEnd = ".tmp"
	leftoverAge  = time.Hour
)

var leftover = regexp.MustCompile(`^\..+\.[A-Z2-7]{26}\.tmp$`)

// sweep takes away what killed runs have left beside what is staged. Nobody reads it, so that what can't be taken away may stay.
func (w *writer) sweep() {
	swept := map[string]bool{}
	for _, name := range w.temporary {
		folder := path.Dir(name)
		now, err := w.root.Stat(name)
		if name == "" || swept[folder] || err != nil {
			continue
		}
		swept[folder] = true
		entries, err := fs.ReadDir(w.root.FS(), folder)
		if err != nil {
			continue
		}
		for _, entry := range entries {
			if !entry.Type().IsRegular() || !leftover.MatchString(entry.Name()) {
				continue
			}
			info, err := entry.Info()
			if err == nil && now.ModTime().Sub(info.ModTime()) > leftoverAge {
				err = w.root.Remove(path.Join(folder, entry.Name()))
			}
			if err != nil {
				return
			}
		}
	}
}

// folders makes a folder and those above it, and remembers which were missing.
func (w *writer) folders(folder string) error {
	if folder == "." {
		return nil
	}
	if info, err := w.root.Stat(folder); err == nil {
		if !info.IsDir() {
			return &FileError{Path: folder, Reason: "is not a folder", WayOut: "Move it away."}
		}
		return nil
	}
	if err := w.folders(path.Dir(folder)); err != nil {
		return err
	}
	if err := w.root.Mkdir(folder, 0o755); err != nil {
		return unwritable(folder, err)
	}
	w.made = append(w.made, folder)
	return nil
}

func (w *writer) writeSynced(name string, content []byte, mode fs.FileMode) (err error) {
	file, err := w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.Write(content); err != nil {
		return err
	}
	return file.Sync()
}

func (w *writer) settle(change FileChange, temporary string) error {
	if !change.New {
		w.remember(change.Path)
	}
	switch {
	case change.Remove:
		if err := w.root.Remove(change.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return unwritable(change.Path, err)
		}
		return nil
	case change.New:
		return w.settleNew(change, temporary)
	}
	// A link inside the project stays one: the file that it leads to is replaced.
	if target, err := w.project.resolve(change.Path); err == nil {
		change.Path = target
	}
	if err := w.root.Rename(temporary, change.Path); err != nil {
		return unwritable(change.Path, err)
	}
	return nil
}

// settleNew never replaces a file: a hard link fails where the name is taken. Where the file system has no links, the
// exclusive open does the same, only not at once.
func (w *writer) settleNew(change FileChange, temporary string) error {
	err := w.root.Link(temporary, change.Path)
	if errors.Is(err, fs.ErrExist) {
		return taken(change.Path)
	}
	if err != nil {
		err = w.writeSynced(change.Path, change.Content, 0o644)
		if errors.Is(err, fs.ErrExist) {
			return taken(change.Path)
		}
		if err != nil {
			return errors.Join(unwritable(change.Path, err), ignoreMissing(w.root.Remove(change.Path)))
		}
	}
	w.made = append(w.made, change.Path)
	return ignoreMissing(w.root.Remove(temporary))
}

// remember keeps what a file holds, to be put back. A file that can't be read can't be replaced either.
func (w *writer) remember(name string) {
	content, err := w.root.ReadFile(name)
	if err != nil {
		return
	}
	if w.before == nil {
		w.before = map[string][]byte{}
	}
	w.before[name] = content
}

func (w *writer) undo() error {
	var failed error
	for _, name := range slices.Sorted(maps.Keys(w.before)) {
		if now, err := w.root.ReadFile(name); err == nil && bytes.Equal(now, w.before[name]) {
			continue
		}
		failed = errors.Join(failed, w.root.WriteFile(name, w.before[name], 0o644))
	}
	for _, name := range w.temporary {
		if name != "" {
			failed = errors.Join(failed, ignoreMissing(w.root.Remove(name)))
		}
	}
	for i := len(w.made) - 1; i >= 0; i-- {
		err := w.root.Remove(w.made[i])
		if info, there := w.root.Lstat(w.made[i]); there == nil && info.IsDir() {
			err = nil // somebody else has put files into it meanwhile
		}
		failed = errors.Join(failed, ignoreMissing(err))
	}
	return failed
}

// syncFolders makes the new names last. Systems that can't sync a folder say so, and need no more.
func (w *writer) syncFolders(changes []FileChange) error {
	done := map[string]bool{}
	for _, change := range changes {
		folder := path.Dir(change.Path)
		if done[folder] {
			continue
		}
		done[folder] = true
		handle, err := w.root.Open(folder)
		if err != nil {
			continue
		}
		syncError := handle.Sync()
		if err := handle.Close(); err != nil && syncError == nil {
			return unwritable(folder, err)
		}
	}
	return nil
}

func taken(name string) error {
	return &takenError{FileError{Path: name, Reason: "exists already", WayOut: "Move it away first."}}
}

// takenError is a *FileError that is an fs.ErrExist too.
type takenError struct{ FileError }

func (e *takenError) Unwrap() []error { return []error{&e.FileError, fs.ErrExist} }

func unwritable(name string, err error) error {
	return &FileError{Path: name, Reason: "can't be written: " + cause(err).Error(), WayOut: "Check the folder's permissions and the space on the disk."}
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
