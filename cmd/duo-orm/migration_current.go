package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func newCurrentCommand(a *app) *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use: "current", Short: "Print the revision that the database is at", Args: arguments(0, 0, ""),
		Long:    `Prints the id of the revision that the database is at, one a line. It prints nothing for a database at the base.`,
		Example: "  duo-orm migration current\n  duo-orm migration current -v",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.current(cmd.Context(), verbose)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "tell more of each revision")
	return cmd
}

func (a *app) current(ctx context.Context, verbose bool) error {
	known, err := a.look(ctx)
	if err != nil {
		return err
	}
	if known.failed != nil {
		return known.failed
	}
	result := views.Current{Verbose: verbose, Database: known.where}
	for _, r := range known.revisions {
		if r.Current {
			result.Revisions = append(result.Revisions, r)
		}
	}
	if err := a.show(result); err != nil {
		return err
	}
	if len(result.Revisions) == 0 && !a.json {
		a.note("No revision has been applied to the " + known.where + ".")
	}
	return nil
}
