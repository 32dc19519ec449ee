package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func newHistoryCommand(a *app) *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use: "history", Short: "List the revisions, newest first", Args: arguments(0, 0, ""),
		Long: `Lists the revisions, newest first, each as "parent -> id (markers), message". (current) marks what the database is at;
what stands above it is pending. -v tells when each was made and applied, where its file is, and its steps. Without a
database it says what it couldn't tell.`,
		Example: "  duo-orm migration history\n  duo-orm migration history -v",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.history(cmd.Context(), verbose)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "tell times, files and steps")
	return cmd
}

func (a *app) history(ctx context.Context, verbose bool) error {
	known, err := a.look(ctx)
	if err != nil {
		return err
	}
	if err := a.show(views.History{Revisions: known.revisions, Verbose: verbose, Database: known.where, Unknown: known.unknown}); err != nil {
		return err
	}
	if len(known.revisions) == 0 {
		a.note("There are no revisions yet. Write the first one with: duo-orm migration create \"…\"")
	}
	a.tellUnknown(known)
	return nil
}
