package main

import (
	"context"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
)

func newInspectCommand(a *app) *cobra.Command {
	var write bool
	var given, data []string
	cmd := &cobra.Command{
		Use: "inspect", Short: "Print the database as models", Args: arguments(0, 0, ""),
		Long: `Prints the database as models. With --write they go into the project's models: one file for each table, views and
triggers beside them. Models that say the same already keep their files as they are; what the database doesn't have is
taken out of the models, and told. Rows are written for the tables that --data names, as data blocks.`,
		Example: "  duo-orm schema inspect\n  duo-orm schema inspect --write\n  duo-orm schema inspect --url sqlite:///other.db\n  duo-orm schema inspect --write --data countries",
		RunE: func(cmd *cobra.Command, _ []string) error {
			values, err := variables(given)
			if err != nil {
				return err
			}
			return a.inspect(cmd.Context(), write, data, values)
		},
	}
	cmd.Flags().BoolVar(&write, "write", false, "write into the models instead of printing")
	cmd.Flags().StringArrayVar(&data, "data", nil, "a `table` whose rows are written too; may be given several times")
	cmd.Flags().StringArrayVar(&given, "var", nil, "value of a model's variable, as `name=value` (with --write)")
	return cmd
}

func (a *app) inspect(ctx context.Context, write bool, data []string, values map[string]string) (err error) {
	find := a.looseSession
	if write {
		find = a.session
	}
	s, err := find()
	if err != nil {
		return err
	}
	if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
		return err
	}
	defer s.close(&err)
	state, err := s.inspected(ctx)
	if err != nil {
		return err
	}
	rows, err := s.rowsOf(ctx, state, data)
	if err != nil {
		return err
	}
	result := views.Inspect{Where: s.conn.Where(), Write: write, Objects: state.Len()}
	if write {
		if result.Files, result.Removed, err = s.rewriteModels(state, rows, values); err != nil {
			return err
		}
	} else {
		text, err := hclschema.WriteText(state, s.driver)
		if err != nil {
			return err
		}
		for _, table := range rows {
			text = append(append(text, '\n'), table.text...)
		}
		result.Text = string(text)
	}
	return a.show(result)
}

// inspected is the database without what migrations.hcl excludes. An object that can't be carried is an error.
func (s *session) inspected(ctx context.Context) (*hclschema.State, error) {
	if s.conn.Missing() {
		return nil, &missingDatabaseError{Where: s.conn.Where()}
	}
	inspection, err := s.conn.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	var unread []drivers.Unread
	for _, u := range inspection.Unread {
		if !s.excluded(u.Identity) {
			unread = append(unread, u)
		}
	}
	if len(unread) > 0 {
		return nil, &planner.UnreadError{Objects: unread}
	}
	return s.withoutExcluded(inspection.State), nil
}

// withoutExcluded is a state without what migrations.hcl leaves alone.
func (s *session) withoutExcluded(state *hclschema.State) *hclschema.State {
	patterns := planner.ExcludedWith(s.migrations.Exclude, state)
	return state.Without(func(o *hclschema.Object) bool { return planner.Excluded(patterns, s.driver.Unit(o.Identity)) })
}

// excluded says whether the unit that an object belongs to matches a pattern of migrations.hcl.
func (s *session) excluded(id hclschema.Identity) bool {
	return planner.Excluded(s.migrations.Exclude, s.driver.Unit(id))
}

// missingDatabaseError is returned where a command needs a database that is there.
type missingDatabaseError struct{ Where string }

// Error implements error.
func (e *missingDatabaseError) Error() string { return "there is no " + e.Where }

// tellExcluded says which objects the models declare in vain.
func (s *session) tellExcluded(desired *hclschema.State) {
	if s.worker != nil { // it was told once for all
		return
	}
	var names []string
	for _, unit := range drivers.Units(s.driver, desired) {
		if id := unit.Identity(); s.excluded(id) {
			names = append(names, id.String())
		}
	}
	if len(names) > 0 {
		s.app.note("Note: the models declare " + strings.Join(names, ", ") + ", and exclude in " + s.project.Path("migrations/migrations.hcl") + " leaves that alone.")
	}
}

// rewriteModels makes the project's models say what a state is. What migrations.hcl excludes stays in them.
func (s *session) rewriteModels(state *hclschema.State, rows []tableRows, values map[string]string) (written, removed []string, err error) {
	folder := s.project.Path("models")
	existing, err := s.sources(folder)
	if err != nil {
		return nil, nil, err
	}
	now, err := s.load(existing, values)
	if err != nil {
		return nil, nil, err
	}
	if err := s.noRowsYet(now, rows); err != nil {
		return nil, nil, err
	}
	for _, o := range now.Objects() {
		if s.excluded(o.Identity) {
			state.AddNext(o)
		}
	}
	for i := range existing {
		existing[i].Name = strings.TrimPrefix(existing[i].Name, folder+"/")
	}
	files, gone, err := hclschema.Rewrite(existing, s.loadOptions(values), state, s.driver)
	if err != nil {
		return nil, nil, err
	}
	names := make([]string, 0, len(existing)+len(files))
	for _, source := range existing {
		names = append(names, source.Name)
	}
	for _, file := range files {
		names = append(names, file.Name)
	}
	for _, table := range rows {
		name := hclschema.RowsFileName(table.table, names)
		names = append(names, name)
		files = append(files, hclschema.WrittenFile{Name: name, Bytes: table.text})
	}
	var changes []project.FileChange
	for _, file := range files {
		changes = append(changes, project.FileChange{Path: path.Join(folder, file.Name), Content: file.Bytes})
		written = append(written, path.Join(folder, file.Name))
	}
	for _, name := range gone {
		changes = append(changes, project.FileChange{Path: path.Join(folder, name), Remove: true})
		removed = append(removed, path.Join(folder, name))
	}
	return written, removed, s.project.Write(changes)
}
