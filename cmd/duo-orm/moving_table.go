package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/moving"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
)

// findAlembicTable looks for the version table's name where Alembic has it, in env.py beside the folder of the files.
func (from *origin) findAlembicTable(a *app, folder string) error {
	if from.tool.Name != "alembic" {
		return nil
	}
	root, err := a.folder()
	if err != nil {
		return err
	}
	for _, place := range []string{filepath.Dir(folder), folder} {
		table, computed, err := moving.AlembicTable(os.DirFS(place), os.DirFS(root))
		if err != nil {
			return err
		}
		if table.Name != "" {
			from.configuration.Table, from.configuration.TableFrom = table, "env.py"
		}
		if from.computed = computed; table.Name != "" || computed != "" {
			return nil
		}
	}
	return nil
}

// tables are where the version table may be, and who says so: a flag, the tool's configuration, or nobody.
func (from *origin) tables() (tables []moving.Table, named string) {
	switch {
	case from.table != "":
		return []moving.Table{moving.ParseTable(from.table)}, "--from-table"
	case from.configuration.Table.Name != "":
		return []moving.Table{from.configuration.Table}, from.configuration.TableFrom
	}
	return from.tool.Tables, ""
}

// originTable is the tool's version table; nil where there is none. A name that was written without quotes can be one in small
// letters to the engine.
func (s *session) originTable(ctx context.Context, from *origin) (*hclschema.Identity, error) {
	inspection, err := s.conn.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	tables, _ := from.tables()
	for _, fold := range []func(string) string{func(name string) string { return name }, strings.ToLower} {
		for _, table := range tables {
			schema, name := fold(table.Schema), fold(table.Name)
			if schema != "" { // the default one has no name in a state
				kind, err := s.conn.Relation(ctx, schema+"."+name)
				if err != nil {
					return nil, err
				}
				if kind != hclschema.KindTable {
					continue
				}
			}
			for _, at := range []string{schema, ""} {
				if o := inspection.State.Get(hclschema.Identity{Kind: hclschema.KindTable, Schema: at, Name: name}); o != nil {
					return &o.Identity, nil
				}
			}
		}
	}
	return nil, nil
}

// rows are those of the tool's version table; found is false where there is no such table.
func (s *session) rows(ctx context.Context, from *origin) (rows []moving.Row, found bool, err error) {
	table, err := s.originTable(ctx, from)
	if err != nil || table == nil {
		return nil, false, err
	}
	from.found = *table
	name := s.driver.QuoteName(table.Name)
	if table.Schema != "" {
		name = s.driver.QuoteName(table.Schema) + "." + name
	}
	err = s.conn.Query(ctx, fmt.Sprintf(from.tool.Rows, name), nil, func(scan func(...any) error) error {
		var row moving.Row
		if err := scan(&row.Version, &row.State); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return nil, false, &adoptError{Reason: "the table " + written(*table) + " of the " + s.conn.Where() + " can't be read as one of " + from.tool.Title + ": " + err.Error(),
			WayOut: "Name the tool that made it, or another table: --from-table NAME"}
	}
	return rows, true, nil
}

// written is a table's name as --from-table takes it.
func written(table hclschema.Identity) string {
	return moving.Table{Schema: table.Schema, Name: table.Name}.String()
}

// noTable is the error for a database without the tool's version table. Tables that have its columns are named.
func (s *session) noTable(ctx context.Context, from *origin) error {
	inspection, err := s.conn.Inspect(ctx)
	if err != nil {
		return err
	}
	var similar []string
	for _, o := range inspection.State.Objects() {
		if o.Identity.Kind != hclschema.KindTable {
			continue
		}
		var columns []string
		for _, child := range inspection.State.Children(o.Identity.Schema, o.Identity.Name) {
			if child.Identity.Kind == hclschema.KindColumn {
				columns = append(columns, child.Identity.Name)
			}
		}
		if from.tool.Looks(columns) {
			similar = append(similar, written(o.Identity))
		}
	}
	tables, named := from.tables()
	if named != "" {
		named = " (" + named + ")"
	}
	e := &adoptError{Reason: "the " + s.conn.Where() + " has no table " + tables[len(tables)-1].String() + named + ", in which " + from.tool.Title + " records what was applied"}
	if from.computed != "" {
		e.Details = append(e.Details, "env.py says "+from.computed+", which only running it can tell")
	}
	if slices.Sort(similar); len(similar) > 0 {
		e.Details = append(e.Details, "it has the columns of one in: "+strings.Join(similar, ", "))
		e.WayOut = "Where the table has another name, say so: --from-table " + similar[0]
		return e
	}
	e.WayOut = "Name the database that " + from.tool.Title + " keeps with --url, the table with --from-table where it has another name, or take the database as it is: duo-orm init --from-database"
	return e
}

// leave has the tool's version table left alone from now on, and its schema where that is none of the state's. The state is the whole
// database's, where such a schema holds that table alone, or that of what duo-orm keeps.
func (s *session) leave(setup *project.Setup, from *origin, state *hclschema.State, whole bool) error {
	table := from.found
	if table.Name == "" { // there is no database yet
		tables, _ := from.tables()
		table = hclschema.Identity{Kind: hclschema.KindTable, Name: tables[len(tables)-1].Name}
	}
	patterns := []string{planner.ExactPattern(table.Name)}
	var own []string
	if state != nil {
		own = planner.ExcludedWith(patterns, state)
	}
	if table.Schema != "" && state != nil && !slices.ContainsFunc(state.Objects(), func(o *hclschema.Object) bool {
		return !planner.Excluded(own, s.driver.Unit(o.Identity)) && (o.Identity.Schema == table.Schema || !whole && o.Identity.Kind == hclschema.KindSchema && o.Identity.Name == table.Schema)
	}) {
		patterns = append(patterns, planner.ExactPattern(table.Schema))
	}
	patterns = slices.Compact(patterns)
	file := setup.Project.MigrationsFile()
	if setup.Action(file) != project.Kept {
		s.migrations.Exclude = append(s.migrations.Exclude, patterns...)
		setup.LeaveAlone(patterns)
		return nil
	}
	for _, pattern := range patterns {
		if !slices.Contains(s.migrations.Exclude, pattern) && !planner.Excluded(s.migrations.Exclude, hclschema.Identity{Name: pattern}) {
			return &adoptError{Reason: file + " is there already, and doesn't leave the table " + written(table) + " alone", WayOut: fmt.Sprintf("Write into it, beside what it leaves alone already: exclude = [%q]", pattern)}
		}
	}
	return nil
}
