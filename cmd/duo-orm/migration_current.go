package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func newCurrentCommand(a *app) *cobra.Command {
	var verbose, heads bool
	var o tenantOptions
	cmd := &cobra.Command{
		Use: "current", Short: "Print the revision that the database is at", Args: arguments(0, 0, ""),
		Long: `Prints the id of the revision that the database is at, one a line: several where it is at several branches. It prints
nothing for a database at the base. With --check-heads the exit code is 3 where the database is not at every head. Of an
environment with several databases it prints the name of each and where it is.`,
		Example: "  duo-orm migration current\n  duo-orm migration current -v\n  duo-orm migration current --check-heads",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if s, err := a.several(&o); s != nil || err != nil {
				if err != nil {
					return err
				}
				return s.currentOfTenants(cmd.Context(), o, heads)
			}
			return a.current(cmd.Context(), verbose, heads)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "tell more of each revision")
	cmd.Flags().BoolVarP(&heads, "check-heads", "c", false, "exit with 3 where the database is not at every head")
	o.flags(cmd, false)
	return cmd
}

func (a *app) current(ctx context.Context, verbose, heads bool) error {
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
	var missing []string
	if heads {
		missing = known.headsMissing()
		at := len(missing) == 0
		result.AtHeads = &at
	}
	if err := a.show(result); err != nil {
		return err
	}
	if len(result.Revisions) == 0 && !a.json {
		a.note("No revision has been applied to the " + known.where + ".")
	}
	if len(missing) > 0 {
		return &differError{what: "the " + known.where + " is not at " + strings.Join(missing, ", "), next: []string{"Apply what is pending: duo-orm migration upgrade heads"}, quiet: a.json}
	}
	return nil
}

// headsMissing are the heads that haven't been applied, oldest first.
func (k *known) headsMissing() []string {
	var missing []string
	for _, r := range slices.Backward(k.revisions) {
		if r.Head && (!r.Applied || r.Unfinished) {
			missing = append(missing, r.ID)
		}
	}
	return missing
}
