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
type RowsError struct {
	Hazards []drivers.Hazard
	// LooksRenamed are as in Plan: a rename would perhaps keep the rows.
	LooksRenamed []Lookalike
}

// Error implements error.
func (e *RowsError) Error() string {
	lines := make([]string, len(e.Hazards))
	for i, h := range e.Hazards {
		lines[i] = fmt.Sprintf("%s: %s; against it: %s", h.Object, h.Text, Against(h))
	}
	return strings.Join(lines, "\n")
}

// CountError is returned where the live database doesn't count the rows that a plan concerns: a role that may not see them.
type CountError struct {
	Object hclschema.Identity
	Cause  error
}

// Error implements error.
func (e *CountError) Error() string {
	return fmt.Sprintf("count the rows of %s: %v", e.Object, e.Cause)
}

// Unwrap is the engine's error.
func (e *CountError) Unwrap() error { return e.Cause }

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

// UnwritableError is returned for an object that the driver can't write as SQL: a name with a NUL, an expression that isn't one.
type UnwritableError struct {
	Object *hclschema.Object
	Cause  error
}

// Error implements error.
func (e *UnwritableError) Error() string {
	return fmt.Sprintf("%scan't write %s: %v", place(e.Object), e.Object.Identity, e.Cause)
}

// Unwrap is the driver's error.
func (e *UnwritableError) Unwrap() error { return e.Cause }

// RejectedError is returned when the scratch engine rejects what a model declares.
type RejectedError struct {
	Object *hclschema.Object
	Step   drivers.Step
	Cause  error
}

// Error implements error.
func (e *RejectedError) Error() string {
	return fmt.Sprintf("%sthe engine rejects %s: %v", place(e.Object), e.Object.Identity, e.Cause)
}

// Unwrap is the engine's error.
func (e *RejectedError) Unwrap() error { return e.Cause }

// IrreproducibleError is returned when an object of the live database comes out otherwise when it is made again on
// scratch, so that nothing could be proved about it.
type IrreproducibleError struct {
	Differences []string
	Cause       error
}

// Error implements error.
func (e *IrreproducibleError) Error() string {
	text := "the database can't be reproduced on scratch"
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	for _, d := range e.Differences {
		text += "\n  " + d
	}
	return text
}

// Unwrap is the engine's error, if a statement failed.
func (e *IrreproducibleError) Unwrap() error { return e.Cause }

// place is "file:line: " for an object that was declared in a file.
func place(o *hclschema.Object) string {
	if o == nil || o.Range.Filename == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d: ", o.Range.Filename, o.Range.Start.Line)
}
