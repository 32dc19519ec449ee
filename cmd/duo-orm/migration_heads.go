package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func newHeadsCommand(a *app) *cobra.Command {
	var verbose, resolve bool
	cmd := &cobra.Command{
		Use: "heads", Short: "List the revisions that no other follows", Args: arguments(0, 0, ""),
		Long: `Lists the revisions that no other follows. There should be one: where there are more, two people made revisions with the
same parent, and "migration merge" joins them. With --resolve-dependencies those are left out on which others depend.`,
		Example: "  duo-orm migration heads\n  duo-orm migration heads -v",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.heads(cmd.Context(), verbose, resolve)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "tell more of each revision")
	cmd.Flags().BoolVar(&resolve, "resolve-dependencies", false, "leave out revisions on which others depend")
	return cmd
}

func (a *app) heads(ctx context.Context, verbose, resolve bool) error {
	known, err := a.look(ctx)
	if err != nil {
		return err
	}
	result := views.Heads{Verbose: verbose, Database: known.where, Unknown: known.unknown}
	for _, r := range known.revisions {
		if r.Head && !(resolve && len(r.Dependents) > 0) {
			result.Revisions = append(result.Revisions, r)
		}
	}
	if verbose || a.json {
		origins := a.origins(ctx, known.graph.Heads())
		for i := range result.Revisions {
			result.Revisions[i].Origin = origins[result.Revisions[i].ID]
		}
	}
	if err := a.show(result); err != nil {
		return err
	}
	if len(known.revisions) == 0 {
		a.note("There are no revisions yet. Write the first one with: duo-orm migration create \"…\"")
	}
	if heads := known.graph.Heads(); len(heads) > 1 && !deliberate(known.graph, heads) {
		a.note(fmt.Sprintf("There are %d heads. Join them with: duo-orm migration merge -m \"…\"", len(heads)))
	}
	a.tellUnknown(known)
	return nil
}
