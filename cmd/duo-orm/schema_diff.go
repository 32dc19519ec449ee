package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
)

// differError ends a command with exit code 3 after its result was shown.
type differError struct {
	what string
	next []string
	// quiet says that the result has told it all.
	quiet bool
}

// Error implements error.
func (e *differError) Error() string { return e.what }

func newDiffCommand(a *app) *cobra.Command {
	var exitCode bool
	var given, renames []string
	cmd := &cobra.Command{
		Use: "diff", Short: "Print the way from the database to the models as SQL", Args: arguments(0, 0, ""),
		Long: `Prints the plan that leads from the database as it is to what the models say. Nothing is written, neither a file nor in
the database; rows that would stand against the plan don't stop it. The plan is not proved: "migration create" does that.`,
		Example: "  duo-orm schema diff\n  duo-orm schema diff --exit-code",
		RunE: func(cmd *cobra.Command, _ []string) error {
			values, err := variables(given)
			if err != nil {
				return err
			}
			return a.diff(cmd.Context(), values, renames, exitCode)
		},
	}
	cmd.Flags().BoolVar(&exitCode, "exit-code", false, "exit with 3 where there is a difference")
	cmd.Flags().StringArrayVar(&given, "var", nil, "value of a model's variable, as `name=value`")
	cmd.Flags().StringArrayVar(&renames, "rename", nil, "a rename, as `old=new`: users.mail=email")
	return cmd
}

func (a *app) diff(ctx context.Context, values map[string]string, renames []string, exitCode bool) (err error) {
	s, err := a.session()
	if err != nil {
		return err
	}
	desired, err := s.models(values)
	if err != nil {
		return err
	}
	if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
		return err
	}
	defer s.close(&err)
	plan, err := s.difference(ctx, desired, renames)
	if err != nil {
		return err
	}
	if err := a.show(views.Diff{Plan: plan, Where: s.conn.Where()}); err != nil {
		return err
	}
	if exitCode && !plan.Empty() {
		return &differError{what: "the database differs from the models", next: []string{`Plan the way with: duo-orm migration create "…"`}}
	}
	return nil
}

// difference is the unproved plan from the database to a state, unmanaged objects and rows in the way included.
func (s *session) difference(ctx context.Context, desired *hclschema.State, renames []string) (*planner.Plan, error) {
	s.tellExcluded(desired)
	return planner.Create(ctx, planner.Request{
		Driver: s.driver, Live: s.conn, Desired: desired, Renames: renames, Exclude: s.migrations.Exclude,
		DropUnmanaged: true, Unproven: true, AllowRows: true, ScratchURL: s.database.Scratch, Memory: s.memory,
	})
}
