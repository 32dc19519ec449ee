package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func newBranchesCommand(a *app) *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use: "branches", Short: "List the revisions that several others follow", Args: arguments(0, 0, ""),
		Long:    `Lists the revisions where branches part, newest first, each with the revisions that follow it.`,
		Example: "  duo-orm migration branches\n  duo-orm migration branches -v",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.branches(cmd.Context(), verbose)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "tell more of each revision")
	return cmd
}

func (a *app) branches(ctx context.Context, verbose bool) error {
	known, err := a.look(ctx)
	if err != nil {
		return err
	}
	byID := map[string]views.Revision{}
	for _, r := range known.revisions {
		byID[r.ID] = r
	}
	result := views.Branches{Verbose: verbose, Database: known.where, Unknown: known.unknown}
	for _, r := range known.revisions {
		if !r.Branchpoint {
			continue
		}
		point := views.Branchpoint{Revision: r}
		for _, child := range r.Children {
			point.Into = append(point.Into, byID[child])
		}
		result.Revisions = append(result.Revisions, point)
	}
	if err := a.show(result); err != nil {
		return err
	}
	if len(result.Revisions) == 0 {
		a.note("There are no branches: every revision is followed by one at most.")
	}
	a.tellUnknown(known)
	return nil
}
