package execute

import (
	"fmt"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/planner/revision"
)

// VersionTableError is returned when the version table isn't one.
type VersionTableError struct {
	Table, Reason string
	Cause         error
}

// Error implements error.
func (e *VersionTableError) Error() string {
	text := fmt.Sprintf("the version table %s can't be used: %s", e.Table, e.Reason)
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap is the engine's error.
func (e *VersionTableError) Unwrap() error { return e.Cause }

// EditedError names an applied revision whose file means something else now.
type EditedError struct {
	File *revision.File
	// Followed are the parents that it was applied with; Moved says that it has others now.
	Followed []string
	Moved    bool
}

// Error implements error.
func (e *EditedError) Error() string {
	if e.Moved {
		return fmt.Sprintf("revision %s (%s) was moved after it was applied: it followed %s, and follows %s now", e.File.ID, e.File.Path, orBase(e.Followed), orBase(e.File.Parents))
	}
	return fmt.Sprintf("revision %s (%s) was edited after it was applied", e.File.ID, e.File.Path)
}

func orBase(ids []string) string {
	if len(ids) == 0 {
		return "<base>"
	}
	return strings.Join(ids, ", ")
}

// MissingFileError names a revision that the database has recorded and no file holds.
type MissingFileError struct{ Record Record }

// Error implements error.
func (e *MissingFileError) Error() string {
	return fmt.Sprintf("the database has revision %s (%s, applied %s), and no file holds it", e.Record.Revision, e.Record.Message,
		e.Record.Finished.Format(time.DateTime))
}

// PartlyReplacedError names a revision that stands in place of others of which a database has only some.
type PartlyReplacedError struct {
	File *revision.File
	// Applied are those that it has, Lacking those that it hasn't. Upgraded to Until with the files that were squashed, it is
	// taken for what it is by the revision that stands in their place.
	Applied, Lacking []string
	Until            string
}

// Error implements error.
func (e *PartlyReplacedError) Error() string {
	return fmt.Sprintf("revision %s (%s) stands in place of revisions of which the database has some: it has %s, and lacks %s", e.File.ID, e.File.Path,
		strings.Join(e.Applied, ", "), strings.Join(e.Lacking, ", "))
}

// UnfinishedError names a revision that stopped at a step that runs outside a transaction, and that can't be gone on with.
type UnfinishedError struct {
	Record Record
	// Step is the one that may have run or not; nil where the file is missing or shorter than it was.
	Step *revision.Step
	// Why it can't be gone on with; empty where nobody has tried.
	Why string
	// Opposite says that the other direction can go on with it.
	Opposite bool
}

// Error implements error.
func (e *UnfinishedError) Error() string {
	what := "upgrade"
	if e.Record.Down {
		what = "downgrade"
	}
	text := fmt.Sprintf("the %s of revision %s stopped after %d step", what, e.Record.Revision, e.Record.Steps)
	if e.Record.Steps != 1 {
		text += "s"
	}
	if e.Step != nil {
		text += fmt.Sprintf("; step %q may have run or not", e.Step.Name)
	}
	if e.Why != "" {
		text += "; " + e.Why
	}
	return text
}

// IrreversibleError names a revision that a downgrade would have to take back, and that has no way back. Nothing was run.
type IrreversibleError struct{ File *revision.File }

// Error implements error.
func (e *IrreversibleError) Error() string {
	return fmt.Sprintf("revision %s (%s) can't be taken back: %s", e.File.ID, e.File.Path, e.File.Irreversible)
}

// DialectError names a revision that was made for another engine.
type DialectError struct {
	File    *revision.File
	Dialect string
}

// Error implements error.
func (e *DialectError) Error() string {
	return fmt.Sprintf("revision %s (%s) was made for %s, and the database is %s", e.File.ID, e.File.Path, e.File.Dialect, e.Dialect)
}

// DriftError names the units that aren't as a revision expects them.
type DriftError struct {
	File *revision.File
	Down bool
	// Units are those that differ; Absent those of them that aren't there.
	Units, Absent []string
	// Others are applied revisions that touch these units and that the file doesn't follow: those of another branch.
	Others []string
}

// Error implements error.
func (e *DriftError) Error() string {
	text := fmt.Sprintf("the database isn't as revision %s (%s) expects: %s", e.File.ID, e.File.Path, strings.Join(e.Units, ", "))
	if len(e.Others) > 0 {
		text += "; changed by " + strings.Join(e.Others, ", ") + ", which it doesn't follow"
	}
	return text
}

// OutcomeError names the units that a revision didn't leave as its proof did. It was rolled back.
type OutcomeError struct {
	File  *revision.File
	Units []string
}

// Error implements error.
func (e *OutcomeError) Error() string {
	return fmt.Sprintf("its steps didn't leave these objects as they did when the plan was proved: %s", strings.Join(e.Units, ", "))
}

// StepError says which step failed and what was left.
type StepError struct {
	File *revision.File
	// Step is the one that failed, or that was next when the run was interrupted; nil where all ran and the commit failed.
	// Number counts from 1.
	Step       *revision.Step
	Number, Of int
	// Interrupted says that the run was stopped before the step, which is not at fault.
	Interrupted bool
	// Unfinished says that steps before it are committed, so that the next run stops at the revision.
	Unfinished bool
	Cause      error
	// Others are applied revisions of another branch that touch what the file touches, that it doesn't follow and that no proved
	// merge joins with it: it was planned without them.
	Others []string
	// State says what the database is in, in sentences.
	State string
}

// Error implements error.
func (e *StepError) Error() string {
	switch {
	case e.Step == nil:
		return fmt.Sprintf("revision %s (%s) could not be committed: %v", e.File.ID, e.File.Path, e.Cause)
	case e.Interrupted:
		return fmt.Sprintf("stopped before step %d of %d of revision %s (%s), %q: %v", e.Number, e.Of, e.File.ID, e.File.Path, e.Step.Name, e.Cause)
	}
	return fmt.Sprintf("step %d of %d of revision %s (%s) failed, %q: %v", e.Number, e.Of, e.File.ID, e.File.Path, e.Step.Name, e.Cause)
}

// Unwrap is the engine's error.
func (e *StepError) Unwrap() error { return e.Cause }

// TargetError is returned for a target that lies on the other side: an upgrade to what is applied would be a downgrade.
type TargetError struct {
	Given  string
	Reason string
	// Reverse says that the other one leads there: a downgrade, or an upgrade where a downgrade was asked for.
	Reverse bool
}

// Error implements error.
func (e *TargetError) Error() string { return fmt.Sprintf("%s: %s", e.Given, e.Reason) }
