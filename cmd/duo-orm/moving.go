package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	// baseline leaves the history behind.
	baseline bool
	// files is the folder that was found; named says which configuration names it.
	files fs.FS
	named string
}

// originFlags adds a flag for each tool, and returns what was chosen when it is called.
func originFlags(cmd *cobra.Command) func(args []string) (origin, error) {
	chosen := map[string]*bool{}
	for _, tool := range moving.Tools() {
		chosen[tool.Name] = cmd.Flags().Bool("from-"+tool.Name, false, "take over what "+tool.Title+" has kept, with its files in PATH")
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

// find finds the folder of the tool's files.
func (from *origin) find(a *app) error {
	places := slices.Clone(from.tool.Places)
	if from.folder != "" {
		places = []string{from.folder}
	} else {
		root, err := a.folder()
		if err != nil {
			return err
		}
		folder, file, err := from.tool.Configured(os.DirFS(root))
		if err != nil {
			return err
		}
		if folder != "" {
			places, from.named = []string{folder}, ", which "+file+" names"
		}
	}
	asked := places
	if from.tool.Name == "alembic" { // the folder above is what alembic.ini names
		for _, place := range slices.Clone(places) {
			places = append(places, filepath.Join(place, "versions"))
		}
	}
	for _, place := range places {
		path, err := a.absolute(place)
		if err != nil {
			return err
		}
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			continue
		}
		versions, err := from.tool.Versions(os.DirFS(path))
		if err != nil {
			return err
		}
		if len(versions) > 0 {
			from.files = os.DirFS(path)
			return nil
		}
	}
	return &moving.FolderError{Reason: "there are no files of " + from.tool.Title + " in " + strings.Join(asked, " or ") + from.named,
		WayOut: "Name their folder: duo-orm init --from-" + from.tool.Name + " PATH"}
}

// rows are those of the tool's version table; found is false where there is no such table.
func (s *session) rows(ctx context.Context, tool *moving.Tool) (rows []moving.Row, found bool, err error) {
	for _, table := range tool.Tables {
		kind, err := s.conn.Relation(ctx, table)
		if err != nil {
			return nil, false, err
		}
		if kind != "table" {
			continue
		}
		err = s.conn.Query(ctx, fmt.Sprintf(tool.Rows, table), nil, func(scan func(...any) error) error {
			var row moving.Row
			if err := scan(&row.Version, &row.State); err != nil {
				return err
			}
			rows = append(rows, row)
			return nil
		})
		if err != nil {
			return nil, false, &adoptError{Reason: "the table " + table + " of the " + s.conn.Where() + " can't be read as one of " + tool.Title + ": " + err.Error(),
				WayOut: "Name the tool that made it."}
		}
		return rows, true, nil
	}
	return nil, false, nil
}

// noTable is the error for a database without the tool's version table.
func (s *session) noTable(tool *moving.Tool) error {
	return &adoptError{Reason: "the " + s.conn.Where() + " has no table " + tool.Table + ", in which " + tool.Title + " records what was applied",
		WayOut: "Name the database that " + tool.Title + " keeps with --url, or take it as it is: duo-orm init --from-database"}
}

// checkOrigin makes sure that the database is where the tool's files end: one revision is written for all of it.
func (s *session) checkOrigin(ctx context.Context, from origin) error {
	versions, err := from.tool.Versions(from.files)
	if err != nil {
		return err
	}
	rows, found, err := s.rows(ctx, from.tool)
	if err != nil {
		return err
	}
	if !found {
		return s.noTable(from.tool)
	}
	var d moving.Differences
	if from.tool.SQL() && !from.tool.Last {
		list, err := from.tool.List(from.files)
		if err != nil {
			return err
		}
		_, d = from.tool.Standing(list, rows)
	} else {
		d = moving.Compare(versions, rows)
	}
	if err := unsettled(from.tool, d); err != nil {
		return err
	}
	switch {
	case len(d.Unknown) > 0:
		return &adoptError{Reason: "the " + s.conn.Where() + " is at a version that the files don't have, or that isn't their last: " + strings.Join(d.Unknown, ", "),
			WayOut: "Bring the missing files back, apply what is pending with " + from.tool.Title + " (" + from.tool.Up + "), and run init again."}
	case len(d.Pending) > 0:
		return &adoptError{Reason: "the " + s.conn.Where() + " lacks what " + from.tool.Title + " has files for: " + strings.Join(d.Pending, ", "),
			WayOut: "Apply it first: " + from.tool.Up}
	}
	return nil
}

// unsettled is the error for versions that failed half-way.
func unsettled(tool *moving.Tool, d moving.Differences) error {
	if len(d.Unsettled) == 0 {
		return nil
	}
	versions := strings.Join(d.Unsettled, ", ")
	return &adoptError{Reason: fmt.Sprintf("%s has marked version %s as %s: it failed half-way", tool.Title, versions, tool.Unsettled),
		WayOut: "Finish it or take it back by hand, tell " + tool.Title + " so (" + tool.Settle + "), and run init again."}
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
