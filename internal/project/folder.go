package project

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

var segment = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)

// CleanDir checks the name of the folder for a project's files and returns it without "./" and a slash at the end. A
// name that isn't a relative path below the root is a *DirError.
func CleanDir(given string) (string, error) {
	refuse := func(reason string) (string, error) { return "", &DirError{Given: given, Reason: reason} }
	if given == "" {
		return refuse("it is empty")
	}
	if path.IsAbs(given) || filepath.IsAbs(given) || filepath.VolumeName(given) != "" {
		return refuse("it is an absolute path; give one relative to the project's root, such as src/app/db")
	}
	for _, part := range strings.Split(strings.TrimSuffix(given, "/"), "/") {
		switch {
		case part == "..":
			return refuse(`it leaves the project with ".."; give a folder below the project's root`)
		case part == "":
			return refuse(`it has an empty name between two slashes`)
		case part != "." && !segment.MatchString(part):
			return refuse("its parts may hold letters A to Z, digits, _ . and - only")
		case strings.HasPrefix(part, "-"):
			return refuse("a name that begins with - would be taken for a flag")
		case part != "." && strings.Trim(part, ".") == "":
			return refuse("a name of dots alone is no folder name")
		}
	}
	clean := path.Clean(given)
	if clean == "." {
		return refuse("it is the project's root itself; give a folder below it, such as db")
	}
	return clean, nil
}

// inside checks that what exists of a path below root lies below it once links are followed.
func inside(root, relative string) error {
	realRoot, err := filepath.EvalSymlinks(root)
	if err != nil {
		return err
	}
	parts := strings.Split(relative, "/")
	for i := range parts {
		part := strings.Join(parts[:i+1], "/")
		real, err := filepath.EvalSymlinks(filepath.Join(root, filepath.FromSlash(part)))
		if errors.Is(err, fs.ErrNotExist) {
			if _, err := os.Lstat(filepath.Join(root, filepath.FromSlash(part))); err == nil {
				return &FileError{Path: part, Reason: "is a link that leads nowhere", WayOut: "Remove it or mend it."}
			}
			return nil
		}
		if err != nil {
			return &FileError{Path: part, Reason: "can't be followed: " + cause(err).Error(), WayOut: "Replace it by a plain folder."}
		}
		rest, err := filepath.Rel(realRoot, real)
		if err != nil || rest == ".." || strings.HasPrefix(rest, ".."+string(filepath.Separator)) {
			return &FileError{Path: part, Reason: "is a link that leads out of the project", WayOut: "Use a folder that lies in the project."}
		}
	}
	return nil
}

// cause strips the path that the system's errors repeat.
func cause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	var linkError *os.LinkError
	if errors.As(err, &linkError) {
		return linkError.Err
	}
	return err
}

// resolve is the path, relative to the root, of what a link below the root leads to; the path itself where it is no link.
func (p *Project) resolve(relative string) (string, error) {
	realRoot, err := filepath.EvalSymlinks(p.Root)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(p.Absolute(relative))
	if err != nil {
		return "", err
	}
	rest, err := filepath.Rel(realRoot, real)
	return filepath.ToSlash(rest), err
}
