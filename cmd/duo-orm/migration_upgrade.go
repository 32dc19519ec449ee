package main

import (
	"github.com/spf13/cobra"
)

func newUpgradeCommand(a *app) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use: "upgrade [REVISION|FROM:TO]", Short: "Apply revisions to the database, up to the head or a revision", Args: arguments(0, 1, "one revision at most"),
		Long: `Runs the revisions that the database lacks, each in one transaction with its record, up to the head or to the given
revision (any unique beginning of its id, head, or +1). Before the first step it checks that the database is as the
revisions expect. It stops at the first failure; what was committed before stays.

With --sql nothing is connected to: a script for sqlite3 or psql is printed that does the same and stops where the
database isn't at its beginning, from the base or, with FROM:TO, from a revision.

Of an environment with several databases all are upgraded, or those that --only names, --parallel of them at once. One that
fails stops no other; what is left is done when the command is run again.`,
		Example:           "  duo-orm migration upgrade\n  duo-orm migration upgrade 3f2a\n  duo-orm migration upgrade --dry-run\n  duo-orm migration upgrade 9b1c:head --sql > upgrade.sql\n  duo-orm migration upgrade --env tenants --parallel 8 --only 'acme*'",
		ValidArgsFunction: a.completeRevisions("head", "+1"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.sql {
				return a.migrateScript(target(args, "head"), o)
			}
			return a.migrate(cmd.Context(), target(args, "head"), o)
		},
	}
	o.flags(cmd)
	return cmd
}

func newDowngradeCommand(a *app) *cobra.Command {
	o := runOptions{down: true}
	cmd := &cobra.Command{
		Use: "downgrade [REVISION|FROM:TO]", Short: "Take revisions back, one by default", Args: arguments(0, 1, "one target at most"),
		Long: `Takes revisions back, newest first: one level by default, -2 for two, base for all, or down to a revision, which stays
applied. Look at what it would destroy with --dry-run.

With --sql nothing is connected to: a script for sqlite3 or psql is printed that does the same. It takes a range,
FROM:TO, and stops where the database isn't at its beginning.`,
		Example:           "  duo-orm migration downgrade\n  duo-orm migration downgrade -2\n  duo-orm migration downgrade base\n  duo-orm migration downgrade 3f2a:9b1c --sql > downgrade.sql",
		ValidArgsFunction: a.completeRevisions("base", "-1"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.sql {
				return a.migrateScript(target(args, ""), o)
			}
			return a.migrate(cmd.Context(), target(args, "-1"), o)
		},
	}
	o.flags(cmd)
	return cmd
}

// runOptions are what upgrade and downgrade are asked for.
type runOptions struct {
	down, dryRun, allowDrift, yes, sql bool
	tenants                            tenantOptions
}

func (o *runOptions) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "print the SQL that would run, and run nothing")
	cmd.Flags().BoolVar(&o.sql, "sql", false, "print a script for the engine's shell, and connect to nothing")
	cmd.Flags().BoolVar(&o.allowDrift, "allow-drift", false, "go on where the database is not as the revisions expect")
	cmd.Flags().BoolVar(&o.yes, "yes", false, "don't ask in a protected environment")
	o.tenants.flags(cmd, true)
}

func target(args []string, otherwise string) string {
	if len(args) == 0 {
		return otherwise
	}
	return args[0]
}
