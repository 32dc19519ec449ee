package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
)

// outputError is a result that could not be written where it should go.
type outputError struct{ cause error }

// Error implements error.
func (e *outputError) Error() string {
	return "the result can't be written to standard output: " + e.cause.Error()
}

// Unwrap is the system's error.
func (e *outputError) Unwrap() error { return e.cause }

// folderError is a current folder that can't be told.
type folderError struct{ cause error }

// Error implements error.
func (e *folderError) Error() string { return "the current folder can't be read: " + e.cause.Error() }

// Unwrap is the system's error.
func (e *folderError) Unwrap() error { return e.cause }

// The exit codes.
const (
	exitFailed     = 1
	exitUsage      = 2
	exitCheck      = 3
	exitRefused    = 4
	exitUnmanaged  = 5
	exitLocked     = 6
	exitUnfinished = 7
	exitInterrupt  = 130
)

// explain turns an error into what is shown and the exit code. It is the only place that does.
func (a *app) explain(err error) views.Failure {
	failure := a.explained(err)
	failure.Next = a.allAdvised(failure.Next)
	return failure
}

func (a *app) explained(err error) views.Failure {
	for _, area := range []func(*app, error) (views.Failure, bool){explainUsage, explainFleet, explainProject, explainFiles, explainRevisions, explainPlan, explainDatabase, explainTenants, explainCancelled} {
		if failure, ok := area(a, err); ok {
			return failure
		}
	}
	return views.Failure{Code: exitFailed, Kind: "failed", Message: err.Error(),
		Next: []string{"If this doesn't tell what to change, it is a fault of duo-orm: please report it with the command and this text."}}
}

func explainUsage(a *app, err error) (views.Failure, bool) {
	var usage *usageError
	if errors.As(err, &usage) {
		return views.Failure{Code: exitUsage, Kind: "usage", Message: usage.Message, Next: usage.Next}, true
	}
	var output *outputError
	if errors.As(err, &output) {
		return views.Failure{Code: exitFailed, Kind: "output", Message: output.Error(), Details: []string{"What the command was to do is done."},
			Next: []string{"Make room, or send the output elsewhere, and look at what was done with: duo-orm migration history"}}, true
	}
	var editor *editorError
	if errors.As(err, &editor) {
		failure := views.Failure{Code: exitFailed, Kind: "editor", Message: editor.Error(), Next: []string{"Name one: VISUAL=vi " + ownLine(a.args)}}
		if editor.editor == "" {
			failure.Details = []string{editor.cause.Error()}
		} else {
			failure.Next[0] = "Name another one: VISUAL=vi " + ownLine(a.args)
		}
		return failure, true
	}
	var folder *folderError
	if errors.As(err, &folder) {
		return views.Failure{Code: exitFailed, Kind: "folder", Message: folder.Error(), Next: []string{"Change to a folder that is there and that you may read."}}, true
	}
	return views.Failure{}, false
}

// explainCancelled comes last: what was being done when it ended says more.
func explainCancelled(_ *app, err error) (views.Failure, bool) {
	return views.Failure{Code: exitInterrupt, Kind: "interrupted", Message: "interrupted"}, errors.Is(err, context.Canceled)
}

// explainFiles explains faults of model and revision files.
func explainFiles(_ *app, err error) (views.Failure, bool) {
	var faults *diagnosticsError
	var differ *differError
	switch {
	case errors.As(err, &faults):
		return views.Failure{Code: exitFailed, Kind: "files", Diagnostics: faults.diagnostics, Files: faults.files,
			Message: faultCount(len(faults.diagnostics)) + faults.rest()}, true
	case errors.As(err, &differ):
		return views.Failure{Code: exitCheck, Kind: "differs", Message: differ.what, Next: differ.next}, true
	}
	return views.Failure{}, false
}

func faultCount(n int) string {
	if n == 1 {
		return "1 fault"
	}
	return fmt.Sprintf("%d faults", n)
}

func explainProject(_ *app, err error) (views.Failure, bool) {
	var (
		notFound    *project.NotFoundError
		dir         *project.DirError
		config      *project.ConfigError
		file        *project.FileError
		invalid     *project.InvalidError
		environment *project.UnknownEnvironmentError
	)
	failure := views.Failure{Code: exitFailed, Message: err.Error()}
	switch {
	case errors.As(err, &notFound):
		failure.Kind = "no_project"
		failure.Next = []string{"Make one here with: duo-orm init"}
	case errors.As(err, &dir):
		failure.Kind, failure.Code = "folder", exitUsage
		failure.Next = []string{"Give a folder below the project's root, such as: --dir db"}
	case errors.As(err, &config):
		failure.Kind, failure.Next = "configuration", []string{config.WayOut}
	case errors.As(err, &file):
		failure.Kind, failure.Next = "file", []string{file.WayOut}
	case errors.As(err, &invalid):
		return views.Failure{Code: exitFailed, Kind: "configuration", Diagnostics: invalid.Diagnostics, Files: invalid.Files}, true
	case errors.As(err, &environment):
		failure.Kind = "environment"
		failure.Next = environmentNext(environment)
	default:
		return views.Failure{}, false
	}
	return failure, true
}

func environmentNext(e *project.UnknownEnvironmentError) []string {
	if len(e.Candidates) == 0 {
		return []string{"Declare it there: environment " + quoted(e.Given) + " { url = … }, or run without --env."}
	}
	if near := hclschema.Nearest(e.Given, e.Candidates); near != "" {
		return []string{"Did you mean --env " + near + "?", "It has: " + quotedList(e.Candidates)}
	}
	return []string{"It has: " + quotedList(e.Candidates)}
}
