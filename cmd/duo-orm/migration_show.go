package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func newShowCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "show REVISION", Short: "Print one revision with its steps", Args: arguments(1, 1, "a revision"),
		Long:              `Prints a revision with its SQL. It can be given by any unique beginning of its id, or as head, current, head-1.`,
		Example:           "  duo-orm migration show head\n  duo-orm migration show 3f2a",
		ValidArgsFunction: a.completeRevisions("head", "current"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.showRevision(cmd.Context(), args[0])
		},
	}
}

func (a *app) showRevision(ctx context.Context, target string) error {
	known, err := a.look(ctx)
	if err != nil {
		return err
	}
	id, err := known.one(target)
	if err != nil {
		return err
	}
	for _, r := range known.revisions {
		if r.ID != id {
			continue
		}
		if err := a.show(views.Detail{Revision: r, Database: known.where, Unknown: known.unknown}); err != nil {
			return err
		}
	}
	a.tellUnknown(known)
	return nil
}
