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
			return a.ensureVersion(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&sql, "sql", false, "print a script for the engine's shell, and connect to nothing")
	return cmd
}

func (a *app) ensureVersion(ctx context.Context) (err error) {
	s, err := a.session()
	if err != nil {
		return err
	}
	if err := s.open(ctx, drivers.OpenOptions{Create: true}); err != nil {
		return err
	}
	defer s.close(&err)
	nothing, _ := revision.Join(nil) // no files, no faults
	made, err := execute.EnsureVersion(ctx, s.options(nothing, "base"))
	if err != nil {
		return err
	}
	return a.show(views.VersionTable{Where: s.conn.Where(), Table: s.migrations.VersionTable, Made: made, MadeDatabase: s.made()})
}
