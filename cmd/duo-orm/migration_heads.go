package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func newHeadsCommand(a *app) *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use: "heads", Short: "List the revisions that no other follows", Args: arguments(0, 0, ""),
		Long: `Lists the revisions that no other follows. There should be one: where there are more, two people made revisions with the
same parent.`,
		Example: "  duo-orm migration heads\n  duo-orm migration heads -v",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.heads(cmd.Context(), verbose)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "tell more of each revision")
	return cmd
}

func (a *app) heads(ctx context.Context, verbose bool) error {
	known, err := a.look(ctx)
	if err != nil {
		return err
	}
	result := views.Heads{Verbose: verbose, Unknown: known.unknown}
	for _, r := range known.revisions {
		if r.Head {
			result.Revisions = append(result.Revisions, r)
		}
	}
	if err := a.show(result); err != nil {
		return err
	}
	if len(result.Revisions) > 1 {
		a.note(fmt.Sprintf("There are %d heads. To join them, give one of the files the other head as its parent, and try it with: duo-orm migration prove", len(result.Revisions)))
	}
	a.tellUnknown(known)
	return nil
}
