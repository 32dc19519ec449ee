package project

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
)

// NotFoundError is returned when no folder upwards holds a project.
type NotFoundError struct{ Start string }

// Error implements error.
func (e *NotFoundError) Error() string {
	return fmt.Sprintf("no duo-orm project in %s or any folder above it", e.Start)
}

// DirError is returned for a folder that can't hold a project's files.
type DirError struct {
	Given  string
	Reason string
}

// Error implements error.
func (e *DirError) Error() string {
	return fmt.Sprintf("%q can't be the folder of the project's files: %s", e.Given, e.Reason)
}

// ConfigError is returned where the project's configuration contradicts itself or can't be used as it is.
type ConfigError struct {
	// Path is the file, Reason what is wrong with it, WayOut what to change.
	Path, Reason, WayOut string
}

// Error implements error.
func (e *ConfigError) Error() string { return e.Path + ": " + e.Reason }

// FileError is returned for a path that isn't what it must be: missing, a link that leads out, a folder, a pipe.
type FileError struct {
	Path, Reason, WayOut string
}

// Error implements error.
func (e *FileError) Error() string { return e.Path + " " + e.Reason }

// InvalidError holds the faults of a configuration file with the text to show them in.
type InvalidError struct {
	Diagnostics hcl.Diagnostics
	Files       map[string]*hcl.File
}

// Error implements error.
func (e *InvalidError) Error() string { return e.Diagnostics.Error() }

// UnknownEnvironmentError is returned for an environment that database.hcl doesn't have.
type UnknownEnvironmentError struct {
	Given      string
	Path       string
	Candidates []string
}

// Error implements error.
func (e *UnknownEnvironmentError) Error() string {
	return fmt.Sprintf("%s has no environment %q", e.Path, e.Given)
}
