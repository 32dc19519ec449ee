package duoorm

import (
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// explain gives an error of the packages below the type that this package promises, and a way out. Errors that have one already,
// and those of a context, stay as they are.
func explain(err error) error {
	if err == nil {
		return nil
	}
	var own interface{ promised() }
	if errors.As(err, &own) {
		return err
	}
	for _, area := range []func(error) error{explainStep, explainRecord, explainTarget, explainForms, explainDatabase} {
		if explained := area(err); explained != nil {
			return explained
		}
	}
	return err
}

// promised marks the errors of this package.
func (because) promised() {}

// explainStep explains a step that failed, whose cause may be one of the others.
func explainStep(err error) error {
	var step *execute.StepError
	if !errors.As(err, &step) {
		return nil
	}
	e := &StepError{Revision: toRevision(step.File), Number: step.Number, Of: step.Of, Interrupted: step.Interrupted, Unfinished: step.Unfinished}
	cause := err
	for _, area := range []func(error) error{explainForms, explainDatabase} {
		if explained := area(err); explained != nil {
			cause = explained
			break
		}
	}
	e.because = because{cause: cause, next: step.State}
	if step.Step != nil {
		e.Step, e.SQL = step.Step.Name, step.Step.Shown()
	}
	var outcome *execute.OutcomeError
	if errors.As(err, &outcome) {
		e.Objects = outcome.Units
	}
	return e
}

// explainRecord explains what is wrong between the files and what the database has recorded.
func explainRecord(err error) error {
	var (
		edited     *execute.EditedError
		missing    *execute.MissingFileError
		partly     *execute.PartlyReplacedError
		unfinished *execute.UnfinishedError
		table      *execute.VersionTableError
		dialect    *execute.DialectError
		drift      *execute.DriftError
		oneWay     *execute.IrreversibleError
	)
	switch {
	case errors.As(err, &oneWay):
		return &IrreversibleError{toRevision(oneWay.File), oneWay.File.Irreversible, because{err, "Write a revision that makes what is wanted, and go forward"}}
	case errors.As(err, &edited):
		return &EditedError{toRevision(edited.File), because{err, "Take the edit back (comments and formatting don't count), or, where the database is as the file says now, accept it: duo-orm migration stamp " + edited.File.ID + " --accept"}}
	case errors.As(err, &partly):
		return &PartlyReplacedError{toRevision(partly.File), partly.Applied, partly.Lacking,
			because{err, "Upgrade with a program that has the revisions in whose place it stands, then with this one"}}
	case errors.As(err, &missing):
		return &MissingFileError{toRecord(missing.Record), because{err, "Run the program that has it: a newer one has upgraded the database; or bring the file back"}}
	case errors.As(err, &unfinished):
		e := &UnfinishedError{Record: toRecord(unfinished.Record), because: because{err, "Finish it or take it back by hand, then record where the database is: duo-orm migration stamp REVISION"}}
		if unfinished.Step != nil {
			e.Step = unfinished.Step.Name
		}
		return e
	case errors.As(err, &table):
		return &VersionTableError{table.Table, because{err, "Move that table away, or choose another name with version_table in migrations.hcl"}}
	case errors.As(err, &dialect):
		return &DialectError{toRevision(dialect.File), dialect.File.Dialect, dialect.Dialect, because{err, "Give a database of that engine, or the revisions of this one: duoorm.WithFolder"}}
	case errors.As(err, &drift):
		return &DriftError{toRevision(drift.File), drift.Down, drift.Units, drift.Absent, drift.Others, because{err, driftNext(drift)}}
	}
	return nil
}

func driftNext(drift *execute.DriftError) string {
	if len(drift.Others) > 0 && !drift.Down {
		return "The revision was planned without them: delete " + drift.File.Path + " and plan it again with duo-orm migration create, or go on all the same with duoorm.WithDriftAllowed"
	}
	return "Take back what somebody changed by hand (duo-orm migration upgrade --dry-run shows it), or go on all the same with duoorm.WithDriftAllowed"
}

// explainTarget explains targets that can't be meant.
func explainTarget(err error) error {
	var (
		unknown   *revision.UnknownRevisionError
		ambiguous *revision.AmbiguousRevisionError
		heads     *revision.MultipleHeadsError
		distance  *revision.DistanceError
		ground    *revision.GroundError
		target    *execute.TargetError
	)
	switch {
	case errors.As(err, &heads):
		return &MultipleHeadsError{toRevisions(heads.Heads), because{err, `Join them with duo-orm migration merge, or apply all: duoorm.WithTarget("heads")`}}
	case errors.As(err, &unknown):
		return &TargetError{unknown.Given, unknown.Candidates, because{cause: err}}
	case errors.As(err, &ambiguous):
		return &TargetError{ambiguous.Given, idsOf(ambiguous.Candidates), because{err, "Give more of the one that is meant"}}
	case errors.As(err, &distance):
		return &TargetError{distance.Given, idsOf(distance.Candidates), because{cause: err}}
	case errors.As(err, &ground):
		return &TargetError{ground.Revision.ID, []string{ground.Needed.ID}, because{err, "Take that one back first"}}
	case errors.As(err, &target):
		return &TargetError{Target: target.Given, because: because{cause: err}}
	}
	return nil
}

func idsOf(files []*revision.File) (ids []string) {
	for _, file := range files {
		ids = append(ids, file.ID)
	}
	return ids
}

// explainForms explains hooks, and variables of steps.
func explainForms(err error) error {
	var (
		hook  *execute.HookError
		unset *revision.UnsetVariableError
	)
	switch {
	case errors.As(err, &hook):
		return &HookError{hook.Name, hook.Hook.Place, because{cause: err}}
	case errors.As(err, &unset):
		return &VariableError{toRevision(unset.File), unset.Name, because{err, fmt.Sprintf("Give it a value in migrations.hcl: variables = { %s = \"…\" }", unset.Name)}}
	}
	return nil
}

// explainDatabase explains what stands around the database.
func explainDatabase(err error) error {
	var (
		locked      *drivers.LockedError
		unreachable *drivers.UnreachableError
		readOnly    *drivers.NotWritableError
		malformed   *dburl.MalformedError
		ofSQLite    *sqlite.LentError
		ofPostgres  *postgres.LentError
	)
	switch {
	case errors.As(err, &locked):
		return &LockedError{locked.Where, locked.Waited, locked.By, because{err, "Try again when they are done, or wait for longer: duoorm.WithLockWait"}}
	case errors.As(err, &unreachable):
		return &UnreachableError{unreachable.Tried, because{err, unreachable.Check}}
	case errors.As(err, &readOnly):
		return &NotWritableError{readOnly.Where, because{err, readOnly.Check}}
	case errors.As(err, &malformed):
		return &URLError{because{cause: err}}
	case errors.As(err, &ofSQLite), errors.As(err, &ofPostgres):
		return &HandleError{because{cause: err}}
	}
	return nil
}

// faults are the faults of files as an error.
func faults(diagnostics hcl.Diagnostics) *FilesError {
	e := &FilesError{}
	text := ""
	for _, d := range diagnostics {
		if d.Severity != hcl.DiagError {
			continue
		}
		fault := Fault{Summary: d.Summary, Detail: d.Detail}
		if d.Subject != nil {
			fault.File, fault.Line, fault.Column = d.Subject.Filename, d.Subject.Start.Line, d.Subject.Start.Column
		}
		e.Faults = append(e.Faults, fault)
		text += "\n  " + fault.String()
	}
	e.cause = fmt.Errorf("the files of the migrations have %d faults:%s", len(e.Faults), text)
	if len(e.Faults) == 1 {
		e.cause = errors.New(e.Faults[0].String())
	}
	return e
}
