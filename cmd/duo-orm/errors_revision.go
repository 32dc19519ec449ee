package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/moving"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// explainRevisions explains errors about revision files, targets and the record.
func explainRevisions(a *app, err error) (views.Failure, bool) {
	for _, explain := range []func(*app, error) (views.Failure, bool){explainTarget, explainAlone, explainMerge, explainRebase, explainSquash, explainRecord, explainForms, explainRun, explainProve} {
		if failure, ok := explain(a, err); ok {
			return failure, true
		}
	}
	return views.Failure{}, false
}

// explainRecord explains what is wrong between the files and what the database has recorded.
func explainRecord(a *app, err error) (views.Failure, bool) {
	var (
		behind     *behindError
		edited     *execute.EditedError
		missing    *execute.MissingFileError
		partly     *execute.PartlyReplacedError
		unfinished *execute.UnfinishedError
		table      *execute.VersionTableError
		dialect    *execute.DialectError
		oneWay     *execute.IrreversibleError
		adopt      *adoptError
		folder     *moving.FolderError
	)
	failure := views.Failure{Code: exitFailed, Message: err.Error()}
	switch {
	case errors.As(err, &behind):
		failure.Kind, failure.Next = "behind", []string{"Apply what is pending first: duo-orm migration upgrade"}
		if behind.Heads > 1 {
			failure.Next = []string{"Apply what is pending first, of every branch: duo-orm migration upgrade heads"}
		}
	case errors.As(err, &edited):
		failure.Kind = "edited"
		failure.Next = []string{
			"Take the edit back (comments and formatting don't count),",
			"or, where the database is as the file says now, accept it: duo-orm migration stamp " + edited.File.ID + " --accept",
		}
		if edited.Moved {
			failure.Next = []string{
				"Bring the file back as it was, take the revision back (duo-orm migration downgrade " + edited.File.ID + "-1), and apply it in its new place;",
				"or keep it where it was, and join the heads instead: duo-orm migration merge",
			}
		}
	case errors.As(err, &partly):
		failure.Kind = "partly_replaced"
		failure.Next = []string{
			"Upgrade that database to " + partly.Until + " with the files that were squashed: check out the last commit that has its file among the versions, and run duo-orm migration upgrade there.",
			"Then come back to these files: it is recognised from then on.",
		}
	case errors.As(err, &missing):
		failure.Kind = "missing_file"
		failure.Next = []string{
			"Bring the file back: it may be in another branch, or not pulled yet,",
			"or, where it is gone for good, record where the database is: duo-orm migration stamp REVISION",
		}
	case errors.As(err, &unfinished):
		failure.Kind, failure.Code = "unfinished", exitUnfinished
		failure.Next = []string{"Look at what the database has of it, finish or take back the step by hand, then record where the database is: duo-orm migration stamp REVISION"}
		switch {
		case unfinished.Opposite && unfinished.Record.Down:
			failure.Next = []string{"Finish it first: duo-orm migration downgrade"}
		case unfinished.Opposite:
			failure.Next = []string{"Finish it first: duo-orm migration upgrade"}
		case unfinished.Step != nil && len(unfinished.Step.Exec) > 0 && !unfinished.Step.Again:
			failure.Next = programNext
		case unfinished.Why == "":
			failure.Next = append([]string{"Run the command that stopped again: it goes on where it can tell what is left to do."}, failure.Next...)
		}
	case errors.As(err, &table):
		failure.Kind = "version_table"
		failure.Next = []string{"Move that table away, or choose another name in " + a.file("migrations/migrations.hcl") + ": version_table = \"…\""}
	case errors.As(err, &dialect):
		failure.Kind = "dialect"
		failure.Next = []string{"Name a database of that engine with --url or --env."}
	case errors.As(err, &oneWay):
		failure.Kind, failure.Code, failure.Details = "irreversible", exitRefused, []string{candidate(oneWay.File)}
		failure.Next = []string{
			"Write a new revision that makes what is wanted, and go forward: duo-orm migration create",
			"or, where you know a way back, write its steps into the downgrade block in place of irreversible, and prove them: duo-orm migration prove " + oneWay.File.ID,
		}
	case errors.As(err, &adopt):
		failure.Kind, failure.Details, failure.Next = "adopt", adopt.Details, []string{adopt.WayOut}
	case errors.As(err, &folder):
		failure.Kind, failure.Next = "adopt", []string{folder.WayOut}
	default:
		return views.Failure{}, false
	}
	return failure, true
}

// explainRun explains why an upgrade or a downgrade stopped.
func explainRun(_ *app, err error) (views.Failure, bool) {
	var (
		run   *runError
		step  *execute.StepError
		drift *execute.DriftError
	)
	before := ""
	if errors.As(err, &run) {
		before = doneBefore(run.result)
	}
	switch {
	case errors.As(err, &step):
		return explainStep(step, before), true
	case errors.As(err, &drift):
		failure := views.Failure{Code: exitFailed, Kind: "drift", Message: err.Error()}
		if run != nil {
			failure.Details = append(failure.Details, run.differences...)
		}
		if before != "" {
			failure.Details = append(failure.Details, before)
		}
		failure.Next = driftNext(drift)
		return failure, true
	}
	return views.Failure{}, false
}

// driftNext tells what another branch changed from what somebody changed by hand.
func driftNext(drift *execute.DriftError) []string {
	if len(drift.Others) > 0 && !drift.Down {
		return append(withoutOthers(drift.File, drift.Others), "or go on all the same: --allow-drift")
	}
	if len(drift.Others) > 0 {
		return []string{
			fmt.Sprintf("The way back was planned without %s. Let them be proved to go together, and take it back then: duo-orm migration merge -m \"…\",", strings.Join(drift.Others, ", ")),
			"or go on all the same: --allow-drift",
		}
	}
	return []string{
		"Somebody changed the database by hand: take that back, or take it into the models with duo-orm schema inspect --write and a new revision,",
		"or go on all the same: --allow-drift",
	}
}

// withoutOthers are the ways on for a revision that was planned without those of another branch.
func withoutOthers(file *revision.File, others []string) []string {
	return []string{
		fmt.Sprintf("The revision was planned without %s. Let the two be proved to go together: duo-orm migration merge -m \"…\",", strings.Join(others, ", ")),
		"or plan it anew on top of the other: duo-orm migration rebase " + file.ID + ",",
	}
}

func explainStep(e *execute.StepError, before string) views.Failure {
	failure := views.Failure{Code: exitFailed, Kind: "step"}
	failure.Message = fmt.Sprintf("revision %s could not be committed", e.File.ID)
	if e.Step != nil {
		failure.Message = fmt.Sprintf("step %d of %d of revision %s failed: %s", e.Number, e.Of, e.File.ID, e.Step.Name)
		failure.SQL = e.Step.Shown()
	}
	if e.Cause != nil && !errors.Is(e.Cause, context.Canceled) {
		failure.Details = append(failure.Details, e.Cause.Error())
	}
	failure.Details = append(failure.Details, e.State)
	if before != "" {
		failure.Details = append(failure.Details, before)
	}
	failure.Next = []string{"Correct the step in " + e.File.Path + ", or what stands against it in the database, and run the command again."}
	if len(e.Others) > 0 && !e.Interrupted {
		failure.Details = append(failure.Details, fmt.Sprintf("What it touches was changed by %s, which it doesn't follow.", strings.Join(e.Others, ", ")))
		failure.Next = append(withoutOthers(e.File, e.Others), "or correct the step in "+e.File.Path+", and run the command again.")
	}
	var around drivers.Circumstance
	if errors.As(e.Cause, &around) && around.Circumstance() {
		failure.Next = []string{"Mend that, and run the command again; no step is at fault."}
	}
	var locked *drivers.LockedError
	if errors.As(e.Cause, &locked) {
		failure.Code = exitLocked
		failure.Next = []string{"Wait until they are done and run the command again; no step is at fault."}
	}
	if e.Step != nil && len(e.File.Parents) == 0 && len(e.Step.Makes) > 0 && e.Cause != nil && strings.Contains(e.Cause.Error(), "already exists") {
		failure.Next = append(failure.Next, "If the database has all that the revision makes already, record it without running it: duo-orm migration stamp "+e.File.ID)
	}
	if e.Unfinished {
		failure.Next = []string{
			"Mend what stands in the way (rows, rights, locks) and run the command again: it goes on with what is left,",
			"or take back by hand what the steps did that stay, or run the rest of them by hand, then record where the database is: duo-orm migration stamp REVISION",
		}
	}
	if e.Unfinished && e.Step != nil && len(e.Step.Exec) > 0 && !e.Step.Again {
		failure.Next = programNext
	}
	var outcome *execute.OutcomeError
	if errors.As(e, &outcome) {
		failure.Next = []string{"Look for what the database has that the plan did not know of, and prove the revision again: duo-orm migration prove " + e.File.ID + ",",
			"or take what the steps leave: --allow-drift"}
	}
	return failure
}

// doneBefore says what was committed before a run stopped.
func doneBefore(result views.Run) string {
	var ids []string
	for _, r := range result.Revisions {
		if r.Finished {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	verb := "Applied"
	if result.Down {
		verb = "Taken back"
	}
	return verb + " before it, and kept so: " + strings.Join(ids, ", ") + "."
}

// explainProve explains why a revision's steps don't hold.
func explainProve(_ *app, err error) (views.Failure, bool) {
	var prove *proveError
	var replay *planner.ReplayError
	switch {
	case errors.As(err, &replay):
		return views.Failure{Code: exitFailed, Kind: "replay", Message: fmt.Sprintf("revision %s can't be replayed on scratch", replay.File.ID),
			Details: []string{"step: " + replay.Step.Name, replay.Cause.Error()}, SQL: replay.Step.Shown(),
			Next: []string{"Correct the steps of " + replay.File.Path + "."}}, true
	case errors.As(err, &prove):
		var failed *proof.Failure
		if !errors.As(err, &failed) {
			return views.Failure{}, false
		}
		failure, _ := explainProof(failed)
		failure.Message = fmt.Sprintf("revision %s does not hold: its proof failed at the %s", prove.file.ID, failed.Stage)
		failure.Next = []string{"Correct the steps in " + prove.file.Path + " and prove it again."}
		if failed.OfRows {
			failure.Next = append(failure.Next, `Where a step changes rows on purpose, say in it which tables' they are: changes = ["table users"]`)
		}
		return failure, true
	}
	return views.Failure{}, false
}
