package planner

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// UnmanagedError lists units of the database that neither a revision made nor a model declares.
type UnmanagedError struct{ Units []hclschema.Identity }

// Error implements error.
func (e *UnmanagedError) Error() string {
	return fmt.Sprintf("%d objects of the database are in no model and were made by no revision", len(e.Units))
}

// UnreadError lists objects that can't be carried.
type UnreadError struct{ Objects []drivers.Unread }

// Error implements error.
func (e *UnreadError) Error() string {
	lines := make([]string, len(e.Objects))
	for i, o := range e.Objects {
		lines[i] = fmt.Sprintf("%s can't be carried: %s", o.Identity, o.Reason)
	}
	return strings.Join(lines, "\n")
}

// BrokenError lists views and triggers that the engine can't compile. InModels tells whether the models make them so or
// the database has them so already.
type BrokenError struct {
	Objects  []drivers.Broken
	State    *hclschema.State
	InModels bool
}

// Error implements error.
func (e *BrokenError) Error() string {
	lines := make([]string, len(e.Objects))
	for i, o := range e.Objects {
		lines[i] = fmt.Sprintf("%s is broken: %s", o.Identity, o.Message)
		if found := e.State.Get(o.Identity); found != nil && found.Range.Filename != "" {
			lines[i] = fmt.Sprintf("%s:%d: %s", found.Range.Filename, found.Range.Start.Line, lines[i])
		}
	}
	return strings.Join(lines, "\n")
}

// RowsError is returned when rows of the live database would break the target: Violates hazards with rows.
type RowsError struct{ Hazards []drivers.Hazard }

// Error implements error.
func (e *RowsError) Error() string {
	lines := make([]string, len(e.Hazards))
	for i, h := range e.Hazards {
		lines[i] = fmt.Sprintf("%s: %s, but %d rows stand against it", h.Object, h.Text, h.Rows)
	}
	return strings.Join(lines, "\n")
}

// UnplannableError is returned for a change that no driver claims and that can't be a replacement, since rows would be lost.
type UnplannableError struct {
	Object   *hclschema.Object
	Property string
	Reason   string
}

// Error implements error.
func (e *UnplannableError) Error() string {
	what := e.Object.Identity.String()
	if e.Property != "" {
		what = e.Property + " of " + what
	}
	return fmt.Sprintf("can't change %s: %s", what, e.Reason)
}

// RenameError is returned for a rename that can't be: an unknown old name, a new name that isn't declared.
type RenameError struct {
	Given      string
	Reason     string
	Candidates []string
}

// Error implements error.
func (e *RenameError) Error() string { return fmt.Sprintf("can't rename %s: %s", e.Given, e.Reason) }
