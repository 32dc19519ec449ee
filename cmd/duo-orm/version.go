package main

import (
	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func newVersionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: arguments(0, 0, ""),
		Example: "  duo-orm version\n  duo-orm version --json",
		RunE: func(*cobra.Command, []string) error {
			return a.show(views.Version{Version: a.build.version, Revision: a.build.revision, Go: a.build.goVersion, Platform: a.build.platform})
		},
	}
}
