package duoorm

import (
	"fmt"
	"time"
)

// because is what every error of this package has: why, and what to do next.
type because struct {
	cause error
	next  string
}

// Error implements error.
func (b because) Error() string {
	if b.next == "" {
		return b.cause.Error()
	}
	return b.cause.Error() + ". " + b.next
}

// Unwrap is the error behind it.
func (b because) Unwrap() error { return b.cause }

// HandleError is returned for a handle that can't be worked with: an unknown driver, an open transaction, a database in memory for
// each connection, a pool without a free connection.
type HandleError struct{ because }

// URLError is returned by Open for a URL that leads to no database that duo-orm knows.
type URLError struct{ because }

// OptionError is returned for an option, or a setting of migrations.hcl, that can't be meant.
type OptionError struct {
	Option string
	because
}

// FolderError is returned for a file system in which no revisions are found, or that can't be read.
type FolderError struct {
	Folder string
	because
}

// FilesError holds all faults of the revision files and of migrations.hcl.
type FilesError struct {
	Faults []Fault
	because
}

// Fault is one fault of a file.
type Fault struct {
	// File is its path in the file system; Line and Column count from 1.
	File            string
	Line, Column    int
	Summary, Detail string
}

// String is the fault in one line.
func (f Fault) String() string {
	return fmt.Sprintf("%s:%d,%d: %s: %s", f.File, f.Line, f.Column, f.Summary, f.Detail)
}

// UnreachableError is returned where no database answers. A URL is shown without its password; a handle's database has no name.
type UnreachableError struct {
	Database string
	because
}

// NotWritableError is returned where a database can be read, and not written.
type NotWritableError struct {
	Database string
	because
}

// LockedError is returned where somebody else held the lock, or one that a statement needs, for too long. The same call may work in a while.
type LockedError struct {
	Database string
	Waited   time.Duration
	// By describes who holds it, as far as the engine tells.
	By string
	because
}

// VersionTableError is returned where the version table isn't one.
type VersionTableError struct {
	Table string
	because
}

// TargetError is returned for a target that can't be meant, that several revisions could be, or that lies on the other side.
type TargetError struct {
	Target string
	// Candidates are the revisions that could be meant, as far as there are some.
	Candidates []string
	because
}

// MultipleHeadsError is returned where one head is meant and there are several.
type MultipleHeadsError struct {
	Heads []Revision
	because
}

// EditedError names an applied revision whose file means something else now.
type EditedError struct {
	Revision Revision
	because
}

// MissingFileError names a revision that the database has and the file system lacks: a newer program has upgraded it.
type MissingFileError struct {
	Record Record
	because
}

// PartlyReplacedError names a revision that stands in place of others (migration squash) of which the database has only some.
type PartlyReplacedError struct {
	Revision Revision
	// Applied are those that the database has, Lacking those that it hasn't.
	Applied, Lacking []string
	because
}

// IrreversibleError names a revision that can't be taken back, since its file says so. Nothing was run.
type IrreversibleError struct {
	Revision Revision
	// Reason is what the file says.
	Reason string
	because
}

// UnfinishedError names a revision that stopped at a step that runs outside a transaction, and that can't be gone on with.
type UnfinishedError struct {
	Record Record
	// Step is the one that may have run or not; empty where that isn't known.
	Step string
	because
}

// DialectError names a revision that was made for another engine.
type DialectError struct {
	Revision Revision
	// Wanted is the revision's dialect, Have that of the database: sqlite, postgres.
	Wanted, Have string
	because
}

// DriftError names the objects that aren't as a revision expects them.
type DriftError struct {
	Revision Revision
	// Down says that it was to be taken back.
	Down bool
	// Objects are those that differ, such as "table users", Absent those of them that aren't there.
	Objects, Absent []string
	// Others are applied revisions of another branch that touch these objects.
	Others []string
	because
}

// StepError says which step of a revision failed, and what was left.
type StepError struct {
	Revision Revision
	// Step is the name of the one that failed, SQL its statement; both are empty where all ran and the commit failed. Number counts
	// from 1.
	Step, SQL  string
	Number, Of int
	// Objects are those that the steps didn't leave as they did when they were proved; none where a step itself failed.
	Objects []string
	// Interrupted says that the context ended between two steps.
	Interrupted bool
	// Unfinished says that steps before it are committed, so that the next run goes on with the revision.
	Unfinished bool
	because
}

// HookError says which hook of migrations.hcl failed: before_upgrade, after_each or after_upgrade.
type HookError struct {
	Name, Place string
	because
}

// VariableError is returned for a variable that a step uses and that has no value.
type VariableError struct {
	Revision Revision
	Name     string
	because
}

// ProgramRefusedError is returned for a step or a hook that runs a program, which WithPrograms didn't allow.
type ProgramRefusedError struct {
	Program Program
	// Step is empty for a hook.
	Step string
	because
}
