package main

import (
	"github.com/spf13/cobra"
)

func newUpgradeCommand(a *app) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use: "upgrade [REVISION]", Short: "Apply revisions to the database, up to the head or a revision", Args: arguments(0, 1, "one revision at most"),
		Long: `Runs the revisions that the database lacks, each in one transaction with its record, up to the head or to the given
revision (any unique beginning of its id, head, or +1). Before the first step it checks that the database is as the
revisions expect. It stops at the first failure; what was committed before stays.`,
		Example:           "  duo-orm migration upgrade\n  duo-orm migration upgrade 3f2a\n  duo-orm migration upgrade --dry-run",
		ValidArgsFunction: a.completeRevisions("head", "+1"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.migrate(cmd.Context(), target(args, "head"), o)
		},
	}
	o.flags(cmd)
	return cmd
}

func newDowngradeCommand(a *app) *cobra.Command {
	o := runOptions{down: true}
	cmd := &cobra.Command{
		Use: "downgrade [REVISION]", Short: "Take revisions back, one by default", Args: arguments(0, 1, "one target at most"),
		Long: `Takes revisions back, newest first: one level by default, -2 for two, base for all, or down to a revision, which stays
applied. Look at what it would destroy with --dry-run.`,
		Example:           "  duo-orm migration downgrade\n  duo-orm migration downgrade -2\n  duo-orm migration downgrade base",
		ValidArgsFunction: a.completeRevisions("base", "-1"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.migrate(cmd.Context(), target(args, "-1"), o)
		},
	}
	o.flags(cmd)
	return cmd
}

// runOptions are what upgrade and downgrade are asked for.
type runOptions struct {
	down, dryRun, allowDrift, yes bool
}

func (o *runOptions) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "print the SQL that would run, and run nothing")
	cmd.Flags().BoolVar(&o.allowDrift, "allow-drift", false, "go on where the database is not as the revisions expect")
	cmd.Flags().BoolVar(&o.yes, "yes", false, "don't ask in a protected environment")
}

func target(args []string, otherwise string) string {
	if len(args) == 0 {
		return otherwise
	}
	return args[0]
}
