package seed

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/hclschema"
)

// RowError is returned for a declared row that the engine refuses.
type RowError struct {
	Table hclschema.Identity
	// Row is where it is declared.
	Row   hcl.Range
	Cause error
}

// Error implements error.
func (e *RowError) Error() string {
	return fmt.Sprintf("a row of %s can't be had (%s:%d,%d): %v", e.Table, e.Row.Filename, e.Row.Start.Line, e.Row.Start.Column, e.Cause)
}

// Unwrap is the engine's error.
func (e *RowError) Unwrap() error { return e.Cause }

// AmbiguousError is returned where several rows of the live table have the key of one declared row.
type AmbiguousError struct {
	Table hclschema.Identity
	Row   hcl.Range
	Key   []string
}

// Error implements error.
func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("several rows of %s have the key of the row at %s:%d,%d", e.Table, e.Row.Filename, e.Row.Start.Line, e.Row.Start.Column)
}

// TooManyError is returned where the mode SYNC would delete so many rows that the table can hardly be meant.
type TooManyError struct {
	Table hclschema.Identity
	Rows  int64
}

// Error implements error.
func (e *TooManyError) Error() string {
	return fmt.Sprintf("the mode SYNC would delete %d rows of %s that no data block has", e.Rows, e.Table)
}
