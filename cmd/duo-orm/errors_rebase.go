package main

import (
	"errors"
	"fmt"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/planner"
)

// explainRebase explains why revisions can't be moved.
func explainRebase(_ *app, err error) (views.Failure, bool) {
	var (
		stays   *movedError
		kept    *planner.KeptError
		nothing *planner.NothingLeftError
		rebase  *rebaseError
	)
	failure := views.Failure{Code: exitFailed, Message: err.Error()}
	switch {
	case errors.As(err, &stays) && len(stays.applied) > 0:
		failure.Kind, failure.Details = "applied", candidates(stays.applied)
		failure.Next = []string{
			`Join the heads instead: duo-orm migration merge -m "…"`,
			"or, where no other database has it, take it back first: duo-orm migration downgrade " + stays.applied[0].ID + "-1",
		}
	case errors.As(err, &stays):
		failure.Kind, failure.Details = "followed", candidates(stays.followers)
		failure.Next = []string{`Join the heads instead: duo-orm migration merge -m "…"`}
	case errors.As(err, &nothing):
		failure.Kind, failure.Details = "nothing_left", []string{candidate(nothing.File)}
		failure.Next = []string{"Delete " + nothing.File.Path + "; the other head does it all."}
		if errors.As(err, &rebase) {
			if children := rebase.graph.Children(nothing.File.ID); len(children) > 0 {
				failure.Next = []string{fmt.Sprintf("Delete %s, and write parents = [%s] into %s; the other head does it all.", nothing.File.Path, quotedList(nothing.File.Parents), children[0].Path)}
			}
		}
	case errors.As(err, &kept):
		failure.Kind = "kept"
		failure.Message = fmt.Sprintf("the steps of revision %s don't hold on top of %s, and can't be planned anew", kept.File.ID, kept.Onto)
		failure.Details = []string{kept.Why, kept.Cause.Error()}
		failure.Next = []string{
			fmt.Sprintf("Move it by hand: write parents = [%q] into %s, correct its steps, and prove them: duo-orm migration prove %s,", kept.Onto, kept.File.Path, kept.File.ID),
			"or delete the files that are to move, apply the other head, and plan what the models say beyond it: duo-orm migration create \"…\"",
		}
	default:
		return views.Failure{}, false
	}
	return failure, true
}
