package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/moving"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
)

// origin is the other tool that a project comes from, nil for none, with the folder that was named.
type origin struct {
	tool   *moving.Tool
	folder string
}

// originFlags adds a flag for each tool, and returns what was chosen when it is called.
func originFlags(cmd *cobra.Command) func(args []string) (origin, error) {
	chosen := map[string]*bool{}
	for _, tool := range moving.Tools() {
		chosen[tool.Name] = cmd.Flags().Bool("from-"+tool.Name, false, "the same for a database that "+tool.Title+" has brought up to date, with its files in PATH")
	}
	return func(args []string) (from origin, err error) {
		for _, tool := range moving.Tools() {
			if !*chosen[tool.Name] {
				continue
			}
			if from.tool != nil {
				return from, &usageError{Message: "--from-" + from.tool.Name + " and --from-" + tool.Name + " can't go together", Next: []string{"Name the tool that the database is kept with."}}
			}
			from.tool = &tool
		}
		switch {
		case len(args) > 0 && from.tool == nil:
			return from, &usageError{Message: "init takes a folder only behind the tool that it belongs to, but got " + quotedList(args), Next: []string{"See: duo-orm init --help"}}
		case len(args) > 0:
			from.folder = args[0]
		}
		return from, nil
	}
}

// versions are those that the database should have by the tool's files.
func (from origin) versions(a *app) ([]string, error) {
	places := from.tool.Places
	if from.folder != "" {
		places = []string{from.folder}
	}
	for _, place := range places {
		path, err := a.absolute(place)
		if err != nil {
			return nil, err
		}
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			continue
		}
		versions, err := from.tool.Versions(os.DirFS(path))
		if err != nil || len(versions) > 0 {
			return versions, err
		}
		if from.tool.Name == "alembic" { // the folder above is what alembic.ini names
			if versions, err = from.tool.Versions(os.DirFS(filepath.Join(path, "versions"))); err == nil && len(versions) > 0 {
				return versions, nil
			}
		}
	}
	return nil, &moving.FolderError{Reason: "there are no files of " + from.tool.Title + " in " + strings.Join(places, " or "),
		WayOut: "Name their folder: duo-orm init --from-" + from.tool.Name + " PATH"}
}

// checkOrigin makes sure that the database is where the tool's files end: one revision is written for all of it.
func (s *session) checkOrigin(ctx context.Context, from origin, versions []string) error {
	tool := from.tool
	kind, err := s.conn.Relation(ctx, tool.Table)
	if err != nil {
		return err
	}
	if kind != "table" {
		return &adoptError{Reason: "the " + s.conn.Where() + " has no table " + tool.Table + ", in which " + tool.Title + " records what was applied",
			WayOut: "Name the database that " + tool.Title + " keeps with --url, or take it as it is: duo-orm init --from-database"}
	}
	var rows []moving.Row
	err = s.conn.Query(ctx, tool.Rows, nil, func(scan func(...any) error) error {
		var row moving.Row
		if err := scan(&row.Version, &row.State); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return &adoptError{Reason: "the table " + tool.Table + " of the " + s.conn.Where() + " can't be read as one of " + tool.Title + ": " + err.Error(),
			WayOut: "Name the tool that made it."}
	}
	d := moving.Compare(versions, rows)
	switch {
	case len(d.Unsettled) > 0:
		return &adoptError{Reason: tool.Title + " has marked version " + strings.Join(d.Unsettled, ", ") + " as dirty: it failed half-way",
			WayOut: "Finish it or take it back by hand, tell " + tool.Title + " so (migrate force VERSION), and run init again."}
	case len(d.Unknown) > 0:
		return &adoptError{Reason: "the " + s.conn.Where() + " is at a version that the files don't have, or that isn't their last: " + strings.Join(d.Unknown, ", "),
			WayOut: "Bring the missing files back, apply what is pending with " + tool.Title + " (" + tool.Up + "), and run init again."}
	case len(d.Pending) > 0:
		return &adoptError{Reason: "the " + s.conn.Where() + " lacks what " + tool.Title + " has files for: " + strings.Join(d.Pending, ", "),
			WayOut: "Apply it first: " + tool.Up}
	}
	return nil
}

// leave has the tool's version table left alone from now on.
func (s *session) leave(setup *project.Setup, table string) error {
	file := setup.Project.MigrationsFile()
	if setup.Action(file) != project.Kept {
		s.migrations.Exclude = append(s.migrations.Exclude, table)
		return nil
	}
	if planner.Excluded(s.migrations.Exclude, hclschema.Identity{Name: table}) {
		return nil
	}
	return &adoptError{Reason: file + " is there already, and doesn't leave the table " + table + " alone", WayOut: "Write into it, beside what it leaves alone already: exclude = [\"" + table + "\"]"}
}
