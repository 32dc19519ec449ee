package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func newHistoryCommand(a *app) *cobra.Command {
	var verbose, indicate bool
	var span string
	var o tenantOptions
	cmd := &cobra.Command{
		Use: "history", Short: "List the revisions, newest first", Args: arguments(0, 0, ""),
		Long: `Lists the revisions, newest first, each as "parent -> id (markers), message", beside lines as of a graph where there are
branches. (current) marks what the database is at; what stands above it is pending. What a revision depends on stands in
parentheses behind its parent. -v tells when each was made and applied, where its file is, and its steps. -r takes the
first and the last revision, either of which may be left out. Without a database it says what it couldn't tell. Of an
environment with several databases it tells how many of them are where.`,
		Example: "  duo-orm migration history\n  duo-orm migration history -v\n  duo-orm migration history -r 3f2a:head\n  duo-orm migration history -r current:",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if s, err := a.several(&o); s != nil || err != nil {
				if err != nil {
					return err
				}
				return s.historyOfTenants(cmd.Context(), o, span, verbose)
			}
			return a.history(cmd.Context(), span, verbose)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "tell times, files and steps")
	cmd.Flags().StringVarP(&span, "rev-range", "r", "", "list the revisions `from:to` only")
	cmd.Flags().BoolVarP(&indicate, "indicate-current", "i", false, "mark where the database is, which is done anyway")
	o.flags(cmd, false)
	return cmd
}

func (a *app) history(ctx context.Context, span string, verbose bool) error {
	known, err := a.look(ctx)
	if err != nil {
		return err
	}
	revisions, err := known.within(span)
	if err != nil {
		return err
	}
	if err := a.show(views.History{Revisions: revisions, Verbose: verbose, Database: known.where, Unknown: known.unknown}); err != nil {
		return err
	}
	if len(known.revisions) == 0 {
		a.note("There are no revisions yet. Write the first one with: duo-orm migration create \"…\"")
	}
	a.tellUnknown(known)
	return nil
}

// within are the revisions of a range, all for none.
func (k *known) within(span string) ([]views.Revision, error) {
	if span == "" {
		return k.revisions, nil
	}
	among, err := k.between(span)
	return slices.DeleteFunc(slices.Clone(k.revisions), func(r views.Revision) bool { return !among[r.ID] }), err
}

// between are the revisions of a range: the first, the last, and all that needs the first and is needed by the last.
func (k *known) between(span string) (map[string]bool, error) {
	from, to, ok := strings.Cut(span, ":")
	if !ok || strings.Contains(to, ":") {
		return nil, &usageError{Message: "--rev-range takes from:to, not " + quoted(span), Next: []string{"Write from:to, from: or :to, such as: -r 3f2a:head"}}
	}
	if from == "" {
		from = "base"
	}
	if to == "" {
		to = "heads"
	}
	last, err := k.resolve(to)
	if err != nil {
		return nil, err
	}
	first, err := k.resolve(from)
	if err != nil {
		return nil, err
	}
	among := k.graph.Ancestors(last.Revisions...)
	if len(first.Revisions) == 0 {
		return among, nil
	}
	after := k.graph.Descendants(first.Revisions...)
	found := false
	for id := range among {
		if !after[id] {
			delete(among, id)
		}
		found = found || after[id]
	}
	if !found && len(k.graph.Revisions()) > 0 {
		return nil, &usageError{Message: fmt.Sprintf("%s comes neither before nor at %s", from, to), Next: []string{"Write the older revision first: -r " + to + ":" + from}}
	}
	return among, nil
}

// resolve is what a target means here.
func (k *known) resolve(target string) (revision.Target, error) {
	if revision.CountsFromDatabase(target) && k.failed != nil {
		return revision.Target{}, k.failed
	}
	return k.graph.Resolve(target, k.current)
}
