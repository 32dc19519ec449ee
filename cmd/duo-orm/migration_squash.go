package main

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// squashOptions are what squash was asked for.
type squashOptions struct {
	span, message, id string
	remove            bool
}

func newSquashCommand(a *app) *cobra.Command {
	var o squashOptions
	cmd := &cobra.Command{
		Use: "squash A:B", Short: "Put one proved revision in place of many", Args: arguments(1, 1, "a range, such as base:head"),
		Long: `Makes one revision of those from A to B, both among them, or from the first one where A is base. It is the difference
between the state before A and that after B, proved there and back, and leads to the very state to which the many lead.
Steps by hand and renames stand in it as they were, in their order; so do steps whose rows a difference would not keep.

What followed B follows the new revision. A database that has all of the old ones is recognised, and its record rewritten at
its next upgrade; one that has only some of them must be upgraded with the old files first. The old files are moved to
migrations/squashed, where nothing reads them. The database is not touched.`,
		Example:           "  duo-orm migration squash base:3f2a -m \"schema of 2025\"\n  duo-orm migration squash 3f2a:head -m \"orders\" --delete",
		ValidArgsFunction: a.completeRevisions(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := filled(cmd, "rev-id"); err != nil {
				return err
			}
			o.span = args[0]
			return a.squash(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVarP(&o.message, "message", "m", "", "what the revisions do together")
	cmd.Flags().StringVar(&o.id, "rev-id", "", "`id` of the revision")
	cmd.Flags().BoolVar(&o.remove, "delete", false, "delete the old files instead of moving them")
	return cmd
}

func (a *app) squash(ctx context.Context, o squashOptions) (err error) {
	s, graph, err := a.sessionWithGraph()
	if err != nil {
		return err
	}
	q := squashing{graph: graph}
	if err := q.choose(o.span); err != nil {
		return err
	}
	if o.message == "" {
		o.message = fmt.Sprintf("squash %s to %s", q.files[0].ID, q.last.ID)
	}
	message, err := cleanMessage(o.message)
	if err != nil {
		return err
	}
	meta, err := a.newMeta(message, o.id, graph)
	if err != nil {
		return err
	}
	if err := q.place(&meta); err != nil {
		return err
	}
	if err := s.needsDialect(slices.Concat(q.before, q.files)); err != nil {
		return err
	}
	if err := s.openForScratch(ctx); err != nil {
		return err
	}
	defer s.close(&err)
	squashed, err := planner.Squash(ctx, planner.SquashRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch, Graph: graph,
		Before: q.before, Files: q.files, Meta: meta})
	if err != nil {
		return err
	}
	changes, err := s.squashed(q, squashed.File, o.remove)
	if err != nil {
		return err
	}
	if err := s.project.Write(changes); err != nil {
		return err
	}
	result := views.Squash{Revision: squashed.File.ID, Message: squashed.File.Message, Path: squashed.File.Path, Parents: squashed.File.Parents,
		Server: squashed.Server, Kept: ids(squashed.Kept), Children: ids(q.after), Steps: len(squashed.File.Upgrade)}
	for _, file := range q.files {
		result.Replaces = append(result.Replaces, described(graph, file))
	}
	if !o.remove {
		result.Moved = s.squashedFolder()
	}
	return a.show(result)
}

// squashing finds what is squashed, and what is around it.
type squashing struct {
	graph *revision.Graph
	// files are squashed, last is the last one, before run before them, after follow or depend on last.
	files, before, after []*revision.File
	last                 *revision.File
}

// choose finds the revisions of a range.
func (q *squashing) choose(span string) error {
	from, to, ranged := strings.Cut(span, ":")
	if !ranged {
		return &usageError{Message: quoted(span) + " is no range", Next: []string{"Write from which revision to which, both among them: duo-orm migration squash base:head"}}
	}
	if from == "" {
		from = "base"
	}
	if to == "" {
		to = "head"
	}
	var err error
	if q.last, err = named(q.graph, to, "squash"); err != nil {
		return err
	}
	line := q.graph.Line(q.last.ID)
	if from != "base" {
		first, err := named(q.graph, from, "squash")
		if err != nil {
			return err
		}
		if !line[first.ID] {
			return &usageError{Message: fmt.Sprintf("revision %s doesn't come before %s", first.ID, q.last.ID), Next: []string{"Write the older one first: duo-orm migration history lists them."}}
		}
		followers := q.graph.Followers(first.ID)
		for id := range line {
			if !followers[id] {
				delete(line, id)
			}
		}
	}
	for _, file := range q.graph.Upgrade(nil, []string{q.last.ID}) {
		if line[file.ID] {
			q.files = append(q.files, file)
		} else {
			q.before = append(q.before, file)
		}
	}
	if len(q.files) < 2 {
		return &usageError{Message: "there is only one revision to squash: " + q.files[0].ID, Next: []string{"Name a range of two or more."}}
	}
	return q.alone(line)
}

// alone makes sure that nothing but the last one is followed or needed by others, and that nothing joins on the way.
func (q *squashing) alone(squashed map[string]bool) error {
	for _, file := range q.files {
		for _, other := range slices.Concat(q.graph.Children(file.ID), q.graph.Dependents(file.ID)) {
			switch {
			case squashed[other.ID]:
			case file == q.last:
				if !slices.Contains(q.after, other) {
					q.after = append(q.after, other)
				}
			case slices.Contains(other.Parents, file.ID):
				return &squashedError{file: file, other: other, why: "follows"}
			default:
				return &squashedError{file: file, other: other, why: "depends on"}
			}
		}
		for _, parent := range file.Parents {
			if !squashed[parent] && file != q.files[0] {
				return &squashedError{file: q.graph.Get(parent), other: file, why: "joins the range with"}
			}
		}
	}
	return nil
}

// place gives the new revision its parents, its label and what it depends on.
func (q *squashing) place(meta *planner.Meta) error {
	meta.Parents = q.files[0].Parents
	squashed := map[string]bool{}
	for _, file := range q.files {
		squashed[file.ID] = true
	}
	below := q.graph.Ancestors(meta.Parents...)
	for _, file := range q.files {
		for _, id := range file.DependsOn {
			if !squashed[id] && !below[id] && !slices.Contains(meta.DependsOn, id) {
				meta.DependsOn = append(meta.DependsOn, id)
			}
		}
		if file.Branch != "" && file != q.files[0] {
			return &squashedError{file: file, other: file, why: "begins the branch " + file.Branch + " in"}
		}
	}
	meta.Branch = q.files[0].Branch
	return nil
}

// squashedError is why a range can't be squashed: one revision stands against it.
type squashedError struct {
	// other is of another line, or begins one, at file; why says how.
	file, other *revision.File
	why         string
}

// Error implements error.
func (e *squashedError) Error() string {
	if e.file == e.other {
		return fmt.Sprintf("revision %s %s the range, so that the label would get lost or change its place", e.other.ID, e.why)
	}
	return fmt.Sprintf("revision %s %s %s, so that the range isn't one piece", e.other.ID, e.why, e.file.ID)
}

// squashedFolder is where old files lie: nothing reads them there.
func (s *session) squashedFolder() string { return s.project.Path("migrations/squashed") }

// squashed are the changes of files.
func (s *session) squashed(q squashing, file *revision.File, remove bool) (changes []project.FileChange, err error) {
	file.Path = s.revisionPath(file)
	text, err := revision.Checked(file)
	if err != nil {
		return nil, err
	}
	if !remove {
		if changes, err = s.putAside(q.files); err != nil {
			return nil, err
		}
	}
	changes = append(changes, project.FileChange{Path: file.Path, Content: text, New: true})
	for _, other := range q.after {
		now := *other
		now.Parents, now.DependsOn = renamed(other.Parents, q.last.ID, file.ID), renamed(other.DependsOn, q.last.ID, file.ID)
		change, err := s.edited(other, &now)
		if err != nil {
			return nil, err
		}
		changes = append(changes, change)
	}
	for _, old := range q.files {
		changes = append(changes, project.FileChange{Path: old.Path, Remove: true})
	}
	return changes, nil
}

// putAside are the changes that copy old files to where nothing reads them. They come before all others: a squash that is cut off
// then says that the old files are to be taken away, and they lie there already. A copy that one left which was cut off is kept.
func (s *session) putAside(files []*revision.File) (changes []project.FileChange, err error) {
	for _, old := range files {
		content, err := s.project.ReadFile(old.Path)
		if err != nil {
			return nil, err
		}
		copied := s.squashedFolder() + "/" + path.Base(old.Path)
		if there, err := s.project.ReadFile(copied); err == nil && bytes.Equal(there, content) {
			continue
		}
		changes = append(changes, project.FileChange{Path: copied, Content: content, New: true})
	}
	return changes, nil
}

// renamed is a list of ids with one by its new name.
func renamed(list []string, old, now string) []string {
	list = slices.Clone(list)
	for i, id := range list {
		if id == old {
			list[i] = now
		}
	}
	return list
}
