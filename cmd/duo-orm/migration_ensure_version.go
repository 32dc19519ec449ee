package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func newEnsureVersionCommand(a *app) *cobra.Command {
	sql := false
	var o tenantOptions
	cmd := &cobra.Command{
		Use: "ensure-version", Aliases: []string{"ensure_version"}, Short: "Make the version table where it is missing", Args: arguments(0, 0, ""),
		Long: `Makes the table in which the database records its revisions, and the log beside it, where they are missing, and does
nothing else: for databases where who upgrades may not make tables. With --sql a script for sqlite3 or psql is printed
that does the same, and nothing is connected to.`,
		Example: "  duo-orm migration ensure-version",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if sql {
				return a.ensureVersionScript()
			}
			return a.ensureVersion(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&sql, "sql", false, "print a script for the engine's shell, and connect to nothing")
	o.flags(cmd, true)
	return cmd
}

func (a *app) ensureVersion(ctx context.Context, o tenantOptions) (err error) {
	s, err := a.session()
	if err != nil {
		return err
	}
	if err := o.check(s); err != nil {
		return err
	}
	if s.database.Tenants != nil {
		return s.ensureVersionOfTenants(ctx, o)
	}
	defer s.close(&err)
	result, err := s.ensureVersion(ctx)
	if err != nil {
		return err
	}
	return a.show(result)
}

// ensureVersion makes the version table where it is missing.
func (s *session) ensureVersion(ctx context.Context) (views.VersionTable, error) {
	if err := s.open(ctx, drivers.OpenOptions{Create: true}); err != nil {
		return views.VersionTable{}, err
	}
	nothing, _ := revision.Join(nil) // no files, no faults
	made, err := execute.EnsureVersion(ctx, s.options(nothing, "base"))
	if err != nil {
		return views.VersionTable{}, err
	}
	return views.VersionTable{Where: s.conn.Where(), Table: s.migrations.VersionTable, Made: made, MadeDatabase: s.made()}, nil
}
