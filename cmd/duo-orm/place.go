package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// placeOptions say where in the graph a new revision goes.
type placeOptions struct {
	head, branch string
	splice       bool
	dependsOn    []string
}

func (o *placeOptions) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&o.head, "head", "", "the `revision` that it follows, in place of the one head; base for none")
	flags.BoolVar(&o.splice, "splice", false, "follow a revision that others follow already: a new branch begins")
	flags.StringVar(&o.branch, "branch", "", "`label` of a branch that begins with it, for label@head")
	flags.StringArrayVar(&o.dependsOn, "depends-on", nil, "a `revision` that must be applied before it, without being its parent; may be given several times")
}

// put fills in what the new revision follows and depends on.
func (o placeOptions) put(meta *planner.Meta, graph *revision.Graph) error {
	var err error
	if meta.Parents, err = o.parents(graph); err != nil {
		return err
	}
	if meta.Branch, err = newLabel(o.branch, graph); err != nil {
		return err
	}
	followed := graph.Ancestors(meta.Parents...)
	for _, text := range o.dependsOn {
		file, err := named(graph, text, "--depends-on")
		switch {
		case err != nil:
			return err
		case followed[file.ID]:
			return &usageError{Message: fmt.Sprintf("--depends-on %s: revision %s comes before the new one anyway", text, file.ID), Next: []string{"Leave it out."}}
		case slices.Contains(meta.DependsOn, file.ID):
			return &usageError{Message: "--depends-on names " + file.ID + " twice", Next: []string{"Name it once."}}
		}
		meta.DependsOn = append(meta.DependsOn, file.ID)
	}
	return nil
}

func (o placeOptions) parents(graph *revision.Graph) ([]string, error) {
	switch heads := graph.Heads(); {
	case o.head == "" && o.splice:
		return nil, &usageError{Message: "--splice needs --head", Next: []string{"Say which revision the new one follows: --head REVISION --splice"}}
	case o.head == "" && len(heads) > 1:
		return nil, graph.MultipleHeads(heads)
	case o.head == "":
		return ids(heads), nil
	case o.head == "base":
		return nil, nil
	}
	file, err := named(graph, o.head, "--head")
	if err != nil {
		return nil, err
	}
	if children := graph.Children(file.ID); len(children) > 0 && !o.splice {
		return nil, &usageError{Message: fmt.Sprintf("revision %s is no head: %s", file.ID, following(children)),
			Next: []string{"To let a branch begin there, add --splice.", "See the heads with: duo-orm migration heads"}}
	}
	return []string{file.ID}, nil
}

// newLabel is a label that no branch has yet, or nothing.
func newLabel(label string, graph *revision.Graph) (string, error) {
	if label == "" {
		return "", nil
	}
	if err := revision.CheckLabel(label); err != nil {
		return "", &usageError{Message: "--branch: " + err.Error(), Next: []string{"Give another label, such as --branch billing."}}
	}
	if other := graph.Branch(label); other != nil {
		return "", &usageError{Message: fmt.Sprintf("--branch: revision %s (%s) has the label %q already", other.ID, other.Path, label), Next: []string{"Give another label."}}
	}
	if graph.Get(label) != nil {
		return "", &usageError{Message: fmt.Sprintf("--branch: %q is the id of a revision", label), Next: []string{"Give another label."}}
	}
	return label, nil
}

// named is the one revision that a flag names, whatever the database is at.
func named(graph *revision.Graph, text, flag string) (*revision.File, error) {
	if revision.CountsFromDatabase(text) {
		return nil, &usageError{Message: flag + " names a revision, not what counts from the database: " + quoted(text), Next: []string{"Give an id, a label or head."}}
	}
	target, err := graph.Resolve(text, nil)
	if err != nil {
		return nil, err
	}
	if len(target.Revisions) == 0 {
		if len(graph.Revisions()) == 0 {
			return nil, noRevisions()
		}
		return nil, &usageError{Message: fmt.Sprintf("%s takes a revision, and %q is what stands before all", flag, text), Next: []string{"Name one: duo-orm migration history lists them."}}
	}
	if len(target.Revisions) > 1 {
		return nil, &usageError{Message: fmt.Sprintf("%s takes one revision, and %q means %s", flag, text, strings.Join(target.Revisions, ", ")), Next: []string{"Name one. To follow several heads: duo-orm migration merge"}}
	}
	return graph.Get(target.Revisions[0]), nil
}

// apart says that there are other heads beside the new revision.
func apart(graph *revision.Graph, meta planner.Meta) bool {
	return slices.ContainsFunc(graph.Heads(), func(head *revision.File) bool { return !slices.Contains(meta.Parents, head.ID) })
}

// following says which revisions follow one.
func following(children []*revision.File) string {
	if len(children) == 1 {
		return children[0].ID + " follows it"
	}
	return strings.Join(ids(children), ", ") + " follow it"
}

// followError is an error about where a new revision stands. Of several heads one is followed then, not upgraded to.
type followError struct{ cause error }

// Error implements error.
func (e *followError) Error() string { return e.cause.Error() }

// Unwrap is the error itself.
func (e *followError) Unwrap() error { return e.cause }

// proveAlone proves a planned revision on what it follows and depends on, where the database has other branches besides: the
// plan began with all of them there.
func (s *session) proveAlone(ctx context.Context, graph *revision.Graph, file *revision.File) error {
	if len(graph.Ancestors(file.Needs()...)) == len(graph.Revisions()) {
		return nil
	}
	plan, err := s.alone(ctx, graph, file, file.Needs())
	var alone *aloneError
	if errors.As(err, &alone) && len(alone.units) == 0 {
		if needed := s.needed(ctx, graph, file); len(needed) > 0 {
			alone.others, alone.enough = needed, true
		}
	}
	if err != nil {
		return err
	}
	file.Start, file.End, file.Proved = plan.Start, plan.End, planner.ProvedOn(plan, file)
	return nil
}

// alone proves a planned revision on these others, and what they need, alone. An *aloneError where it rests on more than that.
func (s *session) alone(ctx context.Context, graph *revision.Graph, file *revision.File, needs []string) (*planner.Plan, error) {
	request := planner.ProveRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch, Ancestors: graph.Upgrade(nil, needs), File: file}
	plan, err := planner.Prove(ctx, request)
	if err != nil {
		return nil, s.aloneError(graph, file, nil, err)
	}
	var differ []string
	for unit, print := range file.Start {
		if plan.Start[unit] != print {
			differ = append(differ, unit)
		}
	}
	if len(differ) > 0 {
		slices.Sort(differ)
		return nil, s.aloneError(graph, file, differ, nil)
	}
	wanting, err := planner.Wanting(ctx, request, graph.Upgrade(nil, ids(graph.Heads())))
	if err == nil && len(wanting) > 0 {
		err = s.aloneError(graph, file, nil, errors.New(strings.Join(wanting, "; ")))
	}
	return plan, err
}

// needed are the revisions without which a plan doesn't hold, so many of those that it would not follow as it takes: nothing where that can't
// be told.
func (s *session) needed(ctx context.Context, graph *revision.Graph, file *revision.File) (needed []*revision.File) {
	all, needs := graph.Upgrade(nil, ids(graph.Heads())), file.Needs()
	for {
		followed := graph.Ancestors(needs...)
		missing := slices.DeleteFunc(slices.Clone(all), func(other *revision.File) bool { return followed[other.ID] })
		last := sort.Search(len(missing), func(last int) bool {
			_, err := s.alone(ctx, graph, file, slices.Concat(needs, ids(missing[:last+1])))
			return err == nil
		})
		if last == len(missing) {
			return nil
		}
		needed, needs = append(needed, missing[last]), append(needs, missing[last].ID)
		if _, err := s.alone(ctx, graph, file, needs); err == nil {
			return needed
		}
	}
}

// aloneError is a plan that rests on revisions which the new one would not follow.
type aloneError struct {
	file *revision.File
	// units are those that are as they are by others' doing; empty where the plan failed on scratch because of cause.
	units []string
	// others are the revisions that touch what the plan touches, or all that it doesn't follow.
	others []*revision.File
	// enough says that the plan holds with all of the others, and with none of them left out.
	enough bool
	cause  error
}

// Error implements error.
func (e *aloneError) Error() string {
	return "the plan rests on revisions that the new one would not follow: " + strings.Join(ids(e.others), ", ")
}

// Unwrap is why it fails without them.
func (e *aloneError) Unwrap() error { return e.cause }

func (s *session) aloneError(graph *revision.Graph, file *revision.File, units []string, cause error) error {
	e := &aloneError{file: file, units: units, cause: cause}
	followed := graph.Ancestors(file.Needs()...)
	var all []*revision.File
	for _, other := range graph.Revisions() {
		if followed[other.ID] {
			continue
		}
		all = append(all, other)
		for _, unit := range units {
			if other.Start[unit] != "" || other.End[unit] != "" {
				e.others = append(e.others, other)
				break
			}
		}
	}
	if len(e.others) == 0 {
		e.others = all
	}
	return e
}
