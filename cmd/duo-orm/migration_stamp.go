package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// stampOptions are what stamp was asked for.
type stampOptions struct {
	targets                 []string
	accept, purge, sql, yes bool
	tenants                 tenantOptions
}

func newStampCommand(a *app) *cobra.Command {
	var o stampOptions
	cmd := &cobra.Command{
		Use: "stamp REVISION...", Short: "Record revisions as applied, without running anything", Args: arguments(1, maxTargets, "a revision"),
		Long: `Records that the database is at a revision, and changes nothing else in it: head, heads, base, label@head, or any unique
beginning of an id; several where it is at several branches. With --purge all that the version table holds is forgotten
first, be it revisions that no file holds any more. With --accept the file of an applied revision is taken as it is now,
where it was changed after it was applied.

With --sql nothing is connected to: a script for sqlite3 or psql is printed that does the same, from the base or, with
FROM:TO, from a revision.`,
		Example:           "  duo-orm migration stamp head\n  duo-orm migration stamp 3f2a 9b1c --purge\n  duo-orm migration stamp 3f2a --accept",
		ValidArgsFunction: a.completeRevisions("head", "heads", "base"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.targets = args
			if o.sql {
				return a.stampScript(o)
			}
			return a.stamp(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&o.accept, "accept", false, "take the changed file of an applied revision as it is")
	cmd.Flags().BoolVar(&o.sql, "sql", false, "print a script for the engine's shell, and connect to nothing")
	cmd.Flags().BoolVar(&o.purge, "purge", false, "forget all that the version table holds first")
	cmd.Flags().BoolVar(&o.yes, "yes", false, "don't ask in a protected environment")
	o.tenants.flags(cmd, true)
	return cmd
}

// maxTargets is how many revisions a command takes that takes several.
const maxTargets = 1000

func (a *app) stamp(ctx context.Context, o stampOptions) (err error) {
	if o.accept && (o.purge || len(o.targets) > 1) {
		return &usageError{Message: "--accept takes one revision, and no --purge", Next: []string{"Write: duo-orm migration stamp REVISION --accept"}}
	}
	s, graph, err := a.sessionWithGraph()
	if err != nil {
		return err
	}
	for _, target := range o.targets {
		if revision.CountsFromDatabase(target) && !o.purge {
			continue
		}
		if _, err := graph.Resolve(target, nil); err != nil {
			return err
		}
	}
	if err := o.tenants.check(s); err != nil {
		return err
	}
	if s.database.Tenants != nil {
		if err := s.confirm(o.yes, "What its databases have recorded is about to be changed, to "+strings.Join(o.targets, ", ")+", without running anything."); err != nil {
			return err
		}
		return s.stampTenants(ctx, graph, o)
	}
	defer s.close(&err)
	if s.database.Protected && !o.yes {
		if err := s.confirmStamp(ctx, graph, o); err != nil {
			return err
		}
	}
	result, err := s.stamp(ctx, graph, o)
	if err != nil {
		return err
	}
	return a.show(result)
}

// stamp records where the database is.
func (s *session) stamp(ctx context.Context, graph *revision.Graph, o stampOptions) (result views.Stamp, err error) {
	if err := s.open(ctx, drivers.OpenOptions{Create: !o.accept}); err != nil {
		return result, err
	}
	result = views.Stamp{Where: s.conn.Where(), Purged: o.purge}
	if !o.purge { // else whatever is there need not be readable
		if result.From, err = s.current(ctx, graph); err != nil {
			return result, err
		}
	}
	result.To = result.From
	options := s.options(graph, o.targets[0])
	options.More, options.Purge = o.targets[1:], o.purge
	if o.accept {
		file, err := execute.Accept(ctx, options)
		if err != nil {
			return result, err
		}
		result.Accepted = []string{file.ID}
		return result, nil
	}
	stamped, err := execute.Stamp(ctx, options)
	if err != nil {
		return result, err
	}
	result.To, result.Made = stamped.Current, s.made()
	return result, nil
}

// confirmStamp asks whether a protected environment is to be recorded otherwise. Nothing is made, and nothing stays open.
func (s *session) confirmStamp(ctx context.Context, graph *revision.Graph, o stampOptions) (err error) {
	if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
		return err
	}
	defer func() {
		s.close(&err)
		s.conn = nil
	}()
	if o.purge { // whatever is there need not be readable
		return s.confirm(o.yes, "All that the "+s.conn.Where()+" has recorded is about to be forgotten, and "+strings.Join(o.targets, ", ")+" to be recorded, without running anything.")
	}
	current, err := s.current(ctx, graph)
	if err != nil {
		return err
	}
	if o.accept {
		return s.confirm(o.yes, "The file of "+o.targets[0]+" is about to be accepted as it is now, for the "+s.conn.Where()+".")
	}
	var ids []string
	for _, text := range o.targets {
		target, err := graph.Resolve(text, current)
		if err != nil {
			return err
		}
		ids = append(ids, target.Revisions...)
	}
	to := graph.Current(graph.Ancestors(ids...))
	if slices.Equal(to, current) {
		return nil
	}
	return s.confirm(o.yes, fmt.Sprintf("The %s is about to be recorded as being %s (it is %s), without running anything.", s.conn.Where(), at(to), at(current)))
}
