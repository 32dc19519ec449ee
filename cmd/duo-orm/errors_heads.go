package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// headsError is an error about several heads, with what the database has of them, so that its advice fits.
type headsError struct {
	mover mover
	cause error
}

// Error implements error.
func (e *headsError) Error() string { return e.cause.Error() }

// Unwrap is the error itself.
func (e *headsError) Unwrap() error { return e.cause }

// withApplied adds to an error about several heads what the database has of them. Where the database can't tell, the error stays as it
// is: its advice then holds in every state.
func (s *session) withApplied(ctx context.Context, graph *revision.Graph, err error) error {
	var heads *revision.MultipleHeadsError
	var conflict *planner.ConflictError
	if s.database.Tenants != nil || !errors.As(err, &heads) && !errors.As(err, &conflict) {
		return err
	}
	look := *s
	if look.conn == nil {
		if failed := look.open(ctx, drivers.OpenOptions{ReadOnly: true}); failed != nil {
			return err
		}
		defer look.close(&err)
	}
	records, failed := look.records(ctx)
	if failed != nil {
		return err
	}
	return &headsError{mover: mover{graph: graph, applied: execute.Stand(graph, records).Applied}, cause: err}
}

func explainHeads(a *app, err error, e *revision.MultipleHeadsError) views.Failure {
	heads := revision.NewestFirst(e.Heads)
	failure := views.Failure{Code: exitFailed, Kind: "multiple_heads", Message: fmt.Sprintf("there are %d heads: %s", len(heads), strings.Join(ids(heads), ", "))}
	if e.Branch != "" {
		failure.Message = fmt.Sprintf("the branch %s has %d heads: %s", e.Branch, len(heads), strings.Join(ids(heads), ", "))
	}
	failure.Details = a.made(heads)
	switch len(e.Parting) {
	case 0:
		failure.Details = append(failure.Details, "They have no revision in common.")
	default:
		failure.Details = append(failure.Details, "They part after "+strings.Join(candidates(e.Parting), " and ")+".")
	}
	if !a.joinsHeads() {
		failure.Next = a.namesNext("head", heads)
		return failure
	}
	failure.Next = append([]string{`Join them: duo-orm migration merge -m "…"`}, apartNext(err, e.Heads)...)
	return failure
}

// apartNext are the ways on with several heads other than to join them, as far as they are open. A new revision follows one of them.
func apartNext(err error, heads []*revision.File) []string {
	next := movesNext(err, heads)
	heads = revision.NewestFirst(heads)
	pending := heads
	var known *headsError
	if errors.As(err, &known) {
		pending = slices.DeleteFunc(slices.Clone(heads), known.mover.has)
	}
	var follow *followError
	switch {
	case len(pending) > 0 && len(pending) < len(heads):
		next = append(next, fmt.Sprintf("To apply %s here as well, and leave them apart: duo-orm migration upgrade heads", strings.Join(ids(pending), ", ")))
	case errors.As(err, &follow):
		next = append(next, `To follow one of them only, name it: duo-orm migration create "…" --head `+strings.Join(ids(heads), " or "))
	case len(pending) > 0:
		next = append(next, "To go to one of them only, name it: duo-orm migration upgrade "+strings.Join(ids(pending), " or ")+"; to all of them: duo-orm migration upgrade heads")
	}
	return next
}

// movesNext says how one of these heads comes on top of another one: in every state where it isn't known what the database has.
func movesNext(err error, heads []*revision.File) []string {
	var known *headsError
	if errors.As(err, &known) {
		return known.mover.moveNext("or, ", heads)
	}
	return []string{"or, where one of them is yours and not applied anywhere yet, move it on top of the other: " + rebaseOf(heads[len(heads)-1], heads[0], len(heads))}
}

// moveNext says, after the word before it, how one of these heads comes on top of another one: the newest that can be moved, or one
// that is taken back first. Nothing where other branches hold them all.
func (m mover) moveNext(before string, heads []*revision.File) []string {
	var pinned *movedError
	count := len(m.graph.Heads())
	ontos := append(slices.DeleteFunc(slices.Clone(heads), func(f *revision.File) bool { return !m.has(f) }), heads...)
	for _, head := range slices.Backward(heads) {
		for _, onto := range ontos {
			if head == onto || m.has(head) {
				continue
			}
			_, err := m.moved(head, onto)
			if err == nil {
				return []string{before + fmt.Sprintf("where %s isn't applied anywhere yet, move it on top of %s: %s", head.ID, onto.ID, rebaseOf(head, onto, count))}
			}
			var e *movedError
			if errors.As(err, &e) && len(e.applied) > 0 && pinned == nil {
				pinned = e
			}
		}
	}
	if pinned != nil {
		return []string{before + m.takeBack(pinned.head, pinned.onto, pinned.applied[0], count)}
	}
	latest := slices.Clone(heads) // what came last is what its way back was made for
	slices.SortStableFunc(latest, func(a, b *revision.File) int { return m.applied[a.ID].Finished.Compare(m.applied[b.ID].Finished) })
	for _, head := range slices.Backward(latest) {
		for _, onto := range heads {
			var e *movedError
			if _, err := m.moved(head, onto); head != onto && errors.As(err, &e) && len(e.followers) == 0 {
				return []string{before + m.takeBack(head, onto, e.applied[0], count)}
			}
		}
	}
	return nil
}

// takeBack is the way for a head of which the database has something.
func (m mover) takeBack(head, onto, first *revision.File, heads int) string {
	return fmt.Sprintf("where no other database has %s, take it back here and move it on top of %s: duo-orm migration downgrade %s-1, then %s",
		head.ID, onto.ID, first.ID, rebaseNamed(head, onto, heads))
}

// has says that the database has a revision.
func (m mover) has(file *revision.File) bool {
	_, applied := m.applied[file.ID]
	return applied
}

// rebaseOf is the command that moves a head on top of another one. Where there are no others it names none: the command itself finds the
// head that is not in the database.
func rebaseOf(head, onto *revision.File, heads int) string {
	if heads == 2 {
		return "duo-orm migration rebase"
	}
	return rebaseNamed(head, onto, heads)
}

// rebaseNamed is the command that moves this very head.
func rebaseNamed(head, onto *revision.File, heads int) string {
	if heads == 2 {
		return "duo-orm migration rebase " + head.ID
	}
	return "duo-orm migration rebase " + head.ID + " --onto " + onto.ID
}
