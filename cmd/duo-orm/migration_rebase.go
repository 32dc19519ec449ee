package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// rebaseOptions are what rebase was asked for.
type rebaseOptions struct {
	target, onto string
	variables    []string
}

func newRebaseCommand(a *app) *cobra.Command {
	var o rebaseOptions
	cmd := &cobra.Command{
		Use: "rebase [REVISION]", Short: "Move revisions that aren't applied on top of another head", Args: arguments(0, 1, "one revision at most"),
		Long: `Moves the branch of a revision on top of the other head, so that there is one line again: of the newest head that the
database doesn't have, where no revision is named. Parents are written anew, and every revision is proved on what it
follows then. Steps that hold are kept, with all comments; the last revision is planned anew where its steps don't lead to
what the models say any more. Steps by hand are never planned over. A revision that the database has is not moved. Nothing
in the database is changed.`,
		Example:           "  duo-orm migration rebase\n  duo-orm migration rebase 3f2a\n  duo-orm migration rebase 3f2a --onto billing@head",
		ValidArgsFunction: a.completeRevisions(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := filled(cmd, "onto"); err != nil {
				return err
			}
			o.target = target(args, "")
			return a.rebase(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.onto, "onto", "", "the `head` on top of which it goes, where there are several others")
	cmd.Flags().StringArrayVar(&o.variables, "var", nil, "value of a model's variable, as `name=value`; may be given several times")
	return cmd
}

func (a *app) rebase(ctx context.Context, o rebaseOptions) (err error) {
	values, err := variables(o.variables)
	if err != nil {
		return err
	}
	s, graph, err := a.sessionWithGraph()
	if err != nil {
		return err
	}
	desired, err := s.models(values)
	if err != nil {
		return err
	}
	if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
		return err
	}
	defer s.close(&err)
	records, err := s.records(ctx)
	if err != nil {
		return err
	}
	m := mover{graph: graph, applied: execute.Stand(graph, records).Applied}
	head, onto, err := m.choose(o)
	if err != nil {
		return err
	}
	moved, err := m.moved(head, onto)
	if err != nil {
		return err
	}
	if err := s.needsDialect(graph.Upgrade(nil, []string{head.ID, onto.ID})); err != nil {
		return err
	}
	rebased, left, err := planner.Rebase(ctx, planner.RebaseRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch, Graph: graph,
		Moved: moved, Onto: onto.ID, Desired: desired, Exclude: s.migrations.Exclude})
	if err != nil {
		return &headsError{mover: m, cause: &rebaseError{graph: graph, onto: onto, cause: err}}
	}
	result := views.Rebase{Onto: described(graph, onto), Left: left}
	for _, other := range graph.Heads() {
		if other != head && other != onto {
			result.Others = append(result.Others, described(graph, other))
		}
	}
	var changes []project.FileChange
	for _, r := range rebased {
		change, err := s.moved(r)
		if err != nil {
			return err
		}
		changes = append(changes, change)
		result.Server = r.Server
		result.Revisions = append(result.Revisions, views.MovedRevision{ID: r.After.ID, Message: r.After.Message, Path: r.After.Path, From: r.Before.Parents, To: r.After.Parents, Planned: r.Planned, Rows: r.Rows != nil})
	}
	// The last one is written first: where that is cut off between two files, the first one is where it was, and rebase has to be run again.
	slices.Reverse(changes)
	if err := s.project.Write(changes); err != nil {
		return err
	}
	return a.show(result)
}

// moved is the change of a revision's file.
func (s *session) moved(r planner.Rebased) (change project.FileChange, err error) {
	if r.Rows != nil {
		return s.splicedRows(r)
	}
	if !r.Planned {
		return s.edited(r.Before, r.After)
	}
	text, err := revision.Checked(r.After)
	return project.FileChange{Path: r.After.Path, Content: text}, err
}

// splicedRows is the change of the file of a revision whose steps for rows are other ones.
func (s *session) splicedRows(r planner.Rebased) (change project.FileChange, err error) {
	path := r.Before.Path
	content, err := s.project.ReadFile(path)
	if err != nil {
		return change, err
	}
	if content, err = revision.Splice(path, content, "upgrade", r.Rows.Up[0], r.Rows.Up[1], r.Rows.NewUp); err != nil {
		return change, err
	}
	if content, err = revision.Splice(path, content, "downgrade", r.Rows.Down[0], r.Rows.Down[1], r.Rows.NewDown); err != nil {
		return change, err
	}
	return s.editedText(content, r.Before, r.After)
}

// mover finds what is to be moved.
type mover struct {
	graph   *revision.Graph
	applied map[string]execute.Record
}

// choose is the head of the branch that moves, and the head that it goes on top of.
func (m mover) choose(o rebaseOptions) (head, onto *revision.File, err error) {
	heads := m.graph.Heads()
	if len(heads) < 2 {
		return nil, nil, &usageError{Message: "there is no second head to move a revision on top of", Next: []string{"See the heads with: duo-orm migration heads"}}
	}
	if o.onto != "" {
		if onto, err = named(m.graph, o.onto, "--onto"); err != nil {
			return nil, nil, err
		}
	}
	if o.target != "" {
		head, err = m.head(o.target, heads)
	} else {
		head, err = m.newest(onto, heads)
	}
	if err != nil {
		return nil, nil, err
	}
	others := slices.DeleteFunc(slices.Clone(heads), func(f *revision.File) bool { return f == head })
	if onto == nil {
		onto, err = m.other(head, others)
		return head, onto, err
	}
	if m.graph.Line(head.ID)[onto.ID] {
		return nil, nil, &usageError{Message: fmt.Sprintf("revision %s follows %s already", head.ID, onto.ID), Next: []string{"Name the other head: --onto " + strings.Join(ids(others), " or ")}}
	}
	return head, onto, nil
}

// other is the one head that another one goes on top of where none is named: the only one, or the only one that the database has.
func (m mover) other(head *revision.File, others []*revision.File) (*revision.File, error) {
	if len(others) == 1 {
		return others[0], nil
	}
	if applied := slices.DeleteFunc(slices.Clone(others), func(f *revision.File) bool { return !m.has(f) }); len(applied) == 1 {
		return applied[0], nil
	}
	return nil, &usageError{Message: fmt.Sprintf("revision %s could go on top of several heads: %s", head.ID, strings.Join(ids(others), ", ")),
		Next: []string{"Name one: duo-orm migration rebase " + head.ID + " --onto " + others[0].ID}}
}

// head is that of the branch of the revision that was named.
func (m mover) head(target string, heads []*revision.File) (*revision.File, error) {
	file, err := named(m.graph, target, "rebase")
	if err != nil {
		return nil, err
	}
	followers := m.graph.Followers(file.ID)
	candidates := slices.DeleteFunc(slices.Clone(heads), func(f *revision.File) bool { return !followers[f.ID] })
	if len(candidates) > 1 {
		e := m.graph.MultipleHeads(candidates)
		e.Branch = target
		return nil, &headsError{mover: m, cause: e}
	}
	return candidates[0], nil
}

// newest is the newest head that can be moved on top of another one, if that is known: one that isn't applied, and of whose branch nothing is.
func (m mover) newest(onto *revision.File, heads []*revision.File) (*revision.File, error) {
	var pinned *revision.File
	for _, head := range slices.Backward(heads) {
		if m.has(head) || onto != nil && m.graph.Line(head.ID)[onto.ID] {
			continue
		}
		others := []*revision.File{onto}
		if onto == nil {
			others = slices.DeleteFunc(slices.Clone(heads), func(f *revision.File) bool { return f == head })
		}
		if slices.ContainsFunc(others, func(other *revision.File) bool { _, err := m.moved(head, other); return err == nil }) {
			return head, nil
		}
		if pinned == nil {
			pinned = head
		}
	}
	if pinned != nil {
		return pinned, nil // why it stays is told of it
	}
	e := &usageError{Message: "every head is applied to the database, so that none can be moved", Next: []string{`Join them: duo-orm migration merge -m "…"`}}
	if onto != nil {
		e.Message = fmt.Sprintf("every head but %s is applied to the database, or follows it, so that none can be moved on top of it", onto.ID)
	}
	e.Next = append(e.Next, m.moveNext("or, ", heads)...)
	return nil, e
}

// moved are the revisions that go on top of another head, in the order in which they run.
func (m mover) moved(head, onto *revision.File) ([]*revision.File, error) {
	line, below := m.graph.Line(head.ID), m.graph.Ancestors(onto.ID)
	var files []*revision.File
	var all []string
	for _, file := range m.graph.Upgrade(nil, []string{head.ID}) {
		if line[file.ID] && !below[file.ID] {
			files, all = append(files, file), append(all, file.ID)
		}
	}
	e := &movedError{head: head, onto: onto}
	for _, file := range files {
		if _, applied := m.applied[file.ID]; applied {
			e.applied = append(e.applied, file)
		}
	}
	for id := range m.graph.Followers(all...) {
		if !slices.Contains(all, id) {
			e.followers = append(e.followers, m.graph.Get(id))
		}
	}
	if len(e.applied)+len(e.followers) > 0 {
		slices.SortFunc(e.followers, func(a, b *revision.File) int { return strings.Compare(a.ID, b.ID) })
		return nil, e
	}
	return files, nil
}

// movedError names revisions that must stay where they are.
type movedError struct {
	head, onto *revision.File
	// applied are in the database; followers follow what is to move and belong to another head.
	applied, followers []*revision.File
}

// Error implements error.
func (e *movedError) Error() string {
	if len(e.applied) > 0 {
		return "a revision that the database has can't be moved: " + strings.Join(ids(e.applied), ", ")
	}
	return "another branch follows what would be moved: " + strings.Join(ids(e.followers), ", ")
}

// rebaseError is why revisions can't be moved.
type rebaseError struct {
	graph *revision.Graph
	onto  *revision.File
	cause error
}

// Error implements error.
func (e *rebaseError) Error() string { return e.cause.Error() }

// Unwrap is what the proof said.
func (e *rebaseError) Unwrap() error { return e.cause }
