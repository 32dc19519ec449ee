package drivers

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/hclschema"
)

// UnreachableError is returned by Open when no database answers.
type UnreachableError struct {
	// Tried is the URL with its password hidden.
	Tried string
	// Check is what to look at, a sentence.
	Check string
	Cause error
	// Full says that the server is there and has no connection to give: the same works when another one ends.
	Full bool
}

// Error implements error.
func (e *UnreachableError) Error() string {
	return fmt.Sprintf("can't reach the database %s: %v", e.Tried, e.Cause)
}

// Unwrap is the engine's or the system's error.
func (e *UnreachableError) Unwrap() error { return e.Cause }

// NotWritableError is returned when a database that can be read must be written to and can't be.
type NotWritableError struct {
	Where string
	// Check is what to look at, a sentence.
	Check string
}

// Error implements error.
func (e *NotWritableError) Error() string { return e.Where + " can't be written" }

// Forbidden says that an error has its reason in what the role may not do.
func Forbidden(err error) bool {
	var forbidden interface{ Forbidden() bool }
	return errors.As(err, &forbidden) && forbidden.Forbidden()
}

// Circumstance is an error that has its reason around the database, such as a full disk: no statement is at fault, and once
// the reason is gone the same command can be run again.
type Circumstance interface {
	error
	Circumstance() bool
}

// LockedError is returned when somebody else holds the lock for too long.
type LockedError struct {
	Where  string
	Waited time.Duration
	// By describes the one who holds it, as far as the engine tells; empty where it doesn't.
	By string
	// Cause, if not nil, is what the engine said of the statement that waited in vain.
	Cause error
}

// Error implements error.
func (e *LockedError) Error() string {
	by, what := "somebody else", e.Where
	if e.By != "" {
		by = e.By
	}
	if e.Cause != nil {
		what = "what the statement needs of " + e.Where
	}
	return fmt.Sprintf("%s is locked by %s; gave up after %s", what, by, e.Waited)
}

// Unwrap is the engine's error.
func (e *LockedError) Unwrap() error { return e.Cause }

// Circumstance implements Circumstance.
func (e *LockedError) Circumstance() bool { return true }

// Retryable says that the same may work in a while: the error is that of one statement, which waits for a short time only.
func (e *LockedError) Retryable() bool { return e.Cause != nil }

// ForeignKeyError is returned by Commit when rows refer to rows that are not there, and did not before.
type ForeignKeyError struct {
	// Violations are sentences: "posts: row 3 refers to a row of users that is not there".
	Violations []string
}

// Error implements error.
func (e *ForeignKeyError) Error() string {
	return fmt.Sprintf("%d rows would refer to nothing; first: %s", len(e.Violations), e.Violations[0])
}

// MissingRolesError is returned where models or a database speak of roles that a server doesn't have.
type MissingRolesError struct {
	// Where is the database on whose server they were looked for.
	Where string
	Roles []hclschema.RoleUse
}

// Error implements error.
func (e *MissingRolesError) Error() string {
	names := make([]string, len(e.Roles))
	for i, use := range e.Roles {
		names[i] = strconv.Quote(use.Name)
	}
	return fmt.Sprintf("the server of the %s has no role %s", e.Where, strings.Join(names, ", "))
}
