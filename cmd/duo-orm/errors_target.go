package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// explainTarget explains why a revision that was named can't be meant.
func explainTarget(a *app, err error) (views.Failure, bool) {
	var (
		unknown   *revision.UnknownRevisionError
		ambiguous *revision.AmbiguousRevisionError
		heads     *revision.MultipleHeadsError
		distance  *revision.DistanceError
		ground    *revision.GroundError
		target    *execute.TargetError
		several   *severalError
	)
	failure := views.Failure{Code: exitFailed, Message: err.Error()}
	switch {
	case errors.As(err, &unknown):
		failure.Kind, failure.Code = "unknown_revision", exitUsage
		failure.Message = fmt.Sprintf("there is no revision %q", unknown.Given)
		if unknown.Nearest != "" {
			failure.Details = []string{fmt.Sprintf("did you mean %s?", unknown.Nearest)}
		} else if len(unknown.Candidates) > 0 {
			failure.Details = []string{"the newest are: " + strings.Join(unknown.Candidates, ", ")}
		}
		failure.Next = []string{"List the revisions with: duo-orm migration history"}
	case errors.As(err, &ambiguous):
		failure.Kind, failure.Code = "ambiguous_revision", exitUsage
		failure.Message = fmt.Sprintf("%q is the beginning of %d revisions", ambiguous.Given, len(ambiguous.Candidates))
		failure.Details = candidates(ambiguous.Candidates)
		failure.Next = []string{"Give more of the id."}
	case errors.As(err, &several):
		failure.Kind, failure.Code = "ambiguous_revision", exitUsage
		failure.Details, failure.Next = candidates(several.files), a.namesNext(several.given, several.files)
	case errors.As(err, &heads):
		return explainHeads(a, err, heads), true
	case errors.As(err, &distance):
		return explainDistance(distance), true
	case errors.As(err, &ground):
		return explainGround(ground), true
	case errors.As(err, &target):
		failure.Kind, failure.Code = "target", exitUsage
		failure.Next = []string{"See where the database is with: duo-orm migration history"}
		if next := a.reverseNext(); target.Reverse && len(next) > 1 { // a range counts from no database
			failure.Next = next
		} else if target.Reverse {
			failure.Next = append(next, failure.Next...)
		}
	default:
		return views.Failure{}, false
	}
	return failure, true
}

// candidates are revisions as an error names them, one a line.
func candidates(files []*revision.File) []string {
	var lines []string
	for _, file := range files {
		lines = append(lines, candidate(file))
	}
	return lines
}

// candidate is a revision with what tells people which one it is, and when and where it was made.
func candidate(file *revision.File) string {
	text := file.ID
	if file.Branch != "" {
		text += " (" + file.Branch + ")"
	}
	text += "  " + strings.Join(strings.Fields(file.Message), " ")
	if !file.Created.IsZero() {
		text += ", made " + file.Created.UTC().Format("2006-01-02 15:04")
	}
	return text + ", " + file.Path
}

func explainDistance(e *revision.DistanceError) views.Failure {
	failure := views.Failure{Code: exitUsage, Kind: "target", Message: e.Given + ": " + e.Reason,
		Details: candidates(e.Candidates), Next: []string{"See where the database is with: duo-orm migration history"}}
	if len(e.Candidates) == 0 {
		return failure
	}
	count := ""
	if at := strings.LastIndexAny(e.Given, "+-"); at >= 0 && e.Back {
		count = e.Given[at:]
	}
	var words []string
	for _, file := range e.Candidates {
		words = append(words, file.ID+count)
	}
	failure.Next = []string{"Name the one that is meant: " + strings.Join(words, " or ")}
	return failure
}

// explainGround explains why a downgrade would take more away than was asked for.
func explainGround(e *revision.GroundError) views.Failure {
	failure := views.Failure{Code: exitRefused, Kind: "ground", Message: e.Error(), Details: []string{candidate(e.Needed)}}
	if e.Merged != nil {
		failure.Next = []string{"Take the merge back first, with what follows it: duo-orm migration downgrade " + e.Needed.ID + "-1"}
		return failure
	}
	failure.Next = []string{"Take that back first, with what follows it: duo-orm migration downgrade " + e.Needed.ID + "-1"}
	return failure
}

// explainAlone explains why a plan can't be a revision of a branch of its own.
func explainAlone(_ *app, err error) (views.Failure, bool) {
	var alone *aloneError
	if !errors.As(err, &alone) {
		return views.Failure{}, false
	}
	failure := views.Failure{Code: exitFailed, Kind: "branch", Message: "the plan rests on revisions that the new one would not follow"}
	failure.Details = candidates(alone.others)
	if len(alone.units) > 0 {
		failure.Details = append(failure.Details, "They touch "+strings.Join(alone.units, ", ")+", which the plan changes.")
	}
	if alone.cause != nil {
		failure.Details = append(failure.Details, "Without them: "+alone.cause.Error())
	}
	depended := ids(alone.others)
	if !alone.enough {
		depended = depended[:1]
	}
	failure.Next = []string{
		"Let it depend on them: --depends-on " + strings.Join(depended, " --depends-on "),
		`or join the heads first: duo-orm migration merge -m "…"`,
	}
	return failure, true
}

// explainMerge explains why heads can't be joined.
func explainMerge(a *app, err error) (views.Failure, bool) {
	var merge *mergeError
	var rebase *rebaseError
	var conflict *planner.ConflictError
	var graph *revision.Graph
	switch {
	case !errors.As(err, &conflict):
		return views.Failure{}, false
	case errors.As(err, &merge):
		graph = merge.graph
	case errors.As(err, &rebase): // what a merge joins that is to move
		graph = rebase.graph
	default:
		return views.Failure{}, false
	}
	failure := views.Failure{Code: exitFailed, Kind: "conflict", Message: fmt.Sprintf("%s and %s can't be joined: the order in which they are applied makes a difference", conflict.First, conflict.Second)}
	switch {
	case conflict.Back != nil:
		failure.Message = fmt.Sprintf("%s and %s can't be joined: they go up together, and not back", conflict.First, conflict.Second)
		text := fmt.Sprintf("After %s, the way back of revision %s doesn't lead to where it began", strings.Join(conflict.After, ", "), conflict.Back.ID)
		if conflict.File != nil {
			text += fmt.Sprintf(": it fails at step %q: %v", conflict.Step.Name, conflict.Cause)
			failure.SQL = conflict.Step.SQL
		} else {
			text += ":"
		}
		failure.Details = append(failure.Details, text)
	case len(conflict.Gone) > 0:
		failure.Message = fmt.Sprintf("%s and %s can't be joined: what one of them refers to, the other one takes away", conflict.First, conflict.Second)
		failure.Details = append(failure.Details, "After both:")
		for _, gone := range conflict.Gone {
			failure.Details = append(failure.Details, "  "+gone)
		}
	case conflict.File != nil:
		failure.Details = append(failure.Details, fmt.Sprintf("After %s, revision %s fails at step %q: %v", strings.Join(conflict.After, ", "), conflict.File.ID, conflict.Step.Name, conflict.Cause))
		failure.SQL = conflict.Step.SQL
	}
	if len(conflict.Differences) > 0 && conflict.Back == nil {
		failure.Details = append(failure.Details, fmt.Sprintf("Where %s comes first, compared with %s first:", conflict.Second, conflict.First))
	}
	for _, difference := range conflict.Differences {
		failure.Details = append(failure.Details, "  "+difference)
	}
	if len(conflict.Both) > 0 {
		failure.Details = append(failure.Details, "Both touch "+strings.Join(conflict.Both, ", ")+".")
	}
	failure.Details = append(failure.Details, a.made([]*revision.File{graph.Get(conflict.First), graph.Get(conflict.Second)})...)
	failure.Next = conflictNext(err, graph, conflict)
	if conflict.Back != nil {
		failure.Next = append(failure.Next, fmt.Sprintf("Where both are applied already: write into %s that it can't be taken back, downgrade { irreversible = \"…\" }, and accept that edit: duo-orm migration stamp %s --accept",
			conflict.Back.Path, conflict.Back.ID))
	}
	return failure, true
}

// conflictNext are the ways out of a conflict, as far as they are open.
func conflictNext(err error, graph *revision.Graph, conflict *planner.ConflictError) []string {
	const correct = "Correct the models so that both are meant, and let one of the two follow the other, planned anew: "
	first, second := graph.Get(conflict.First), graph.Get(conflict.Second)
	var known *headsError
	if !errors.As(err, &known) {
		return []string{correct + rebaseOf(second, first, len(graph.Heads())), "Which of them can move: one that isn't applied anywhere yet."}
	}
	if next := known.mover.moveNext("Correct the models so that both are meant; then, ", []*revision.File{first, second}); len(next) > 0 {
		return next
	}
	return []string{"Correct the models so that both are meant, and plan one of the two anew on top of the other."}
}
