package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/execute"
)

func newStampCommand(a *app) *cobra.Command {
	var accept bool
	cmd := &cobra.Command{
		Use: "stamp REVISION", Short: "Record a revision as applied, without running anything", Args: arguments(1, 1, "a revision"),
		Long: `Records that the database is at a revision, and changes nothing else in it: head, base, or any unique beginning of an id.
With --accept the file of an applied revision is taken as it is now, where it was changed after it was applied.`,
		Example:           "  duo-orm migration stamp head\n  duo-orm migration stamp 3f2a --accept",
		ValidArgsFunction: a.completeRevisions("head", "base"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.stamp(cmd.Context(), args[0], accept)
		},
	}
	cmd.Flags().BoolVar(&accept, "accept", false, "take the changed file of an applied revision as it is")
	return cmd
}

func (a *app) stamp(ctx context.Context, target string, accept bool) (err error) {
	s, err := a.session()
	if err != nil {
		return err
	}
	graph, err := s.graph()
	if err != nil {
		return err
	}
	if !relativeToDatabase(target) {
		if _, err := graph.Resolve(target, nil); err != nil {
			return err
		}
	}
	if err := s.open(ctx, drivers.OpenOptions{Create: !accept}); err != nil {
		return err
	}
	defer s.close(&err)
	result := views.Stamp{Where: s.conn.Where()}
	if result.From, err = s.current(ctx, graph); err != nil {
		return err
	}
	result.To = result.From
	options := s.options(graph, target)
	if accept {
		file, err := execute.Accept(ctx, options)
		if err != nil {
			return err
		}
		result.Accepted = []string{file.ID}
		return a.show(result)
	}
	stamped, err := execute.Stamp(ctx, options)
	if err != nil {
		return err
	}
	result.To, result.Made = stamped.Current, s.made()
	return a.show(result)
}
