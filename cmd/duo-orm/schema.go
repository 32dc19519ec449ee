package main

import "github.com/spf13/cobra"

func newSchemaCommand(a *app) *cobra.Command {
	return group(&cobra.Command{
		Use: "schema", Short: "Look at the database's schema and at the models",
		Example: "  duo-orm schema inspect\n  duo-orm schema diff\n  duo-orm schema fmt",
	}, newInspectCommand(a), newDiffCommand(a), newFormatCommand(a))
}
