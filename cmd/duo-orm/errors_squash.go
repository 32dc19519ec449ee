package main

import (
	"errors"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/proof"
)

// explainSquash explains why one revision can't stand for many.
func explainSquash(_ *app, err error) (views.Failure, bool) {
	var (
		outside *squashedError
		squash  *planner.SquashError
	)
	switch {
	case errors.As(err, &outside):
		failure := views.Failure{Code: exitFailed, Kind: "squash_range", Message: err.Error(), Details: []string{candidate(outside.other)},
			Next: []string{"Squash up to it, and from it, as two ranges; or join the lines first and squash from where they part."}}
		if outside.file == outside.other {
			failure.Next = []string{"Where nobody needs the label, take \"branch\" out of " + outside.file.Path + ", which is no edit to a database that has it,",
				"or squash up to it, and from it, as two ranges."}
		}
		return failure, true
	case errors.As(err, &squash):
		failure := views.Failure{Code: exitFailed, Kind: "squash", Message: err.Error(), Details: squash.Differences}
		var failed *proof.Failure
		if errors.As(squash.Cause, &failed) {
			failure, _ = explainProof(failed)
			message := "the revisions can't be squashed: the one that would stand for them does not hold, its proof failed at the " + failed.Stage
			if squash.File != nil {
				message = "revision " + squash.File.ID + " can't be squashed: " + squash.Why
			}
			failure.Code, failure.Kind, failure.Message = exitFailed, "squash", message
		}
		failure.Next = []string{"Squash a shorter range, such as the revisions before and after that one. Nothing was written."}
		return failure, true
	}
	return views.Failure{}, false
}
