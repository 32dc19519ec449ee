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
)

// origin is the other tool that a project comes from, nil for none, with the folder and the version table that were named.
type origin struct {
	tool          *moving.Tool
	folder, table string
	// baseline leaves the history behind.
	baseline bool
	// files is the folder that was found; configuration is what the tool's own says.
	files         fs.FS
	configuration moving.Configuration
	// computed is how the tool's configuration names the version table where only running it tells the name.
	computed string
	// found is the version table of the database.
	found hclschema.Identity
}

// originFlags adds a flag for each tool, and returns what was chosen when it is called.
func originFlags(cmd *cobra.Command) func(args []string) (*origin, error) {
	table := cmd.Flags().String("from-table", "", "`name` of that tool's version table, where it isn't the usual one")
	chosen := map[string]*bool{}
	for _, tool := range moving.Tools() {
		chosen[tool.Name] = cmd.Flags().Bool("from-"+tool.Name, false, "take over what "+tool.Title+" has kept, with its files in PATH")
	}
	return func(args []string) (*origin, error) {
		from := &origin{table: *table}
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
		case *table != "" && from.tool == nil:
			return from, &usageError{Message: "--from-table goes with the tool whose table it is", Next: []string{"Name the tool: duo-orm init --from-goose --from-table " + *table}}
		case len(args) > 0:
			from.folder = args[0]
		}
		return from, nil
	}
}

// configure reads the tool's own configuration.
func (from *origin) configure(a *app) error {
	root, err := a.folder()
	if err != nil {
		return err
	}
	from.configuration, err = from.tool.Configured(os.DirFS(root), moving.Lookup(a.lookup))
	return err
}

// ownURL takes out of the given URL what only the tool understands.
func (from *origin) ownURL(a *app) {
	if from.tool.Name != "golang-migrate" || !a.urlGiven {
		return
	}
	url, table := moving.GolangMigrateURL(a.url)
	if a.url = url; table.Name != "" {
		from.configuration.Table, from.configuration.TableFrom = table, "x-migrations-table of the URL"
	}
}

// find finds the folder of the tool's files.
func (from *origin) find(a *app) error {
	places, named := slices.Clone(from.tool.Places), ""
	switch configured := from.configuration; {
	case from.folder != "":
		places = []string{from.folder}
	case configured.Folder != "":
		places, named = []string{configured.Folder}, ", which "+configured.FolderFrom+" names"
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
			return from.findAlembicTable(a, path)
		}
	}
	return &moving.FolderError{Reason: "there are no files of " + from.tool.Title + " in " + strings.Join(asked, " or ") + named,
		WayOut: "Name their folder: duo-orm init --from-" + from.tool.Name + " PATH"}
}

// checkBaseline is checkOrigin where there is a database, and has the tool's version table left alone.
func (s *session) checkBaseline(ctx context.Context, setup *project.Setup, from *origin) error {
	if s.conn.Missing() {
		return s.leave(setup, from, nil, true)
	}
	if err := s.checkOrigin(ctx, from); err != nil {
		return err
	}
	inspection, err := s.conn.Inspect(ctx)
	if err != nil {
		return err
	}
	return s.leave(setup, from, inspection.State, true)
}

// checkOrigin makes sure that the database is where the tool's files end: one revision is written for all of it.
func (s *session) checkOrigin(ctx context.Context, from *origin) error {
	rows, found, err := s.rows(ctx, from)
	if err != nil {
		return err
	}
	if !found {
		return s.noTable(ctx, from)
	}
	var d moving.Differences
	if from.tool.SQL() && !from.tool.Last {
		list, err := from.tool.List(from.files)
		if err != nil {
			return err
		}
		if err := from.tool.Check(from.files, list); err != nil {
			return err
		}
		_, d = from.tool.Standing(list, rows)
	} else if d, err = from.tool.Compare(from.files, rows); err != nil {
		return err
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
