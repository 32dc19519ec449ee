package main

import (
	"errors"
	"fmt"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// programNext are the ways out where a program was cut off, or failed.
var programNext = []string{
	"Find out how far the program got. Where it can be run again, write again = true in the step (that is no edit), and run the command again,",
	"or finish it by hand, and record where the database is then: duo-orm migration stamp REVISION",
}

// explainForms explains what can be wrong with steps by hand and with hooks, beside their statements.
func explainForms(a *app, err error) (views.Failure, bool) {
	var (
		unset *revision.UnsetVariableError
		hook  *execute.HookError
		run   *runError
		off   *execute.ScriptError
	)
	failure := views.Failure{Code: exitFailed, Message: err.Error()}
	if errors.As(err, &run) {
		if before := doneBefore(run.result); before != "" {
			failure.Details = append(failure.Details, before)
		}
	}
	switch {
	case errors.As(err, &unset):
		failure.Kind, failure.Message = "variable", unset.Error()
		failure.Next = []string{fmt.Sprintf("Give it a value in %s: variables = { %s = \"…\" }, in the migrations block or that of an environment.%s",
			a.file("migrations/migrations.hcl"), unset.Name, hclschema.DidYouMean(unset.Name, unset.Known))}
	case errors.As(err, &hook):
		failure.Kind, failure.Message = "hook", hook.Error()
		failure.SQL = hook.Hook.SQL
		failure.Details = append(failure.Details, hookState(hook, err))
		failure.Next = []string{"Correct the hook, or what stands against it, and run the command again."}
		if hook.Name == "after_upgrade" {
			failure.Next = []string{"Correct the hook. It runs when there is something to apply, so that what it was to do has to be done by hand this time."}
		}
	case errors.As(err, &off):
		failure.Kind, failure.Next = "script", []string{"Correct the hook, or run the command with a connection, without --sql."}
		if off.Step != nil {
			failure.SQL = off.Step.Shown()
			failure.Next = []string{"Correct the step in " + off.File.Path + ","}
			if len(off.Step.Exec) > 0 {
				failure.Next = []string{"Write scripts for what lies before and behind it, as in FROM:TO, and run this one with a connection: duo-orm migration upgrade " + off.File.ID + ","}
			}
			failure.Next = append(failure.Next, "or run the command with a connection, without --sql.")
		}
	default:
		return views.Failure{}, false
	}
	return failure, true
}

// hookState is what the database is in after a hook failed.
func hookState(hook *execute.HookError, err error) string {
	var step *execute.StepError
	switch {
	case errors.As(err, &step):
		return step.State
	case hook.Name == "before_upgrade":
		return "No revision was run."
	}
	return "The revisions are applied, and stay so."
}
