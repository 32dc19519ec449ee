package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/seed"
)

// tableRows is the data block of one table.
type tableRows struct {
	table hclschema.Identity
	text  []byte
}

// rowsOf reads the rows of tables that --data names.
func (s *session) rowsOf(ctx context.Context, state *hclschema.State, names []string) ([]tableRows, error) {
	var list []tableRows
	seen := map[hclschema.Identity]bool{}
	for _, name := range names {
		table, err := tableNamed(state, name)
		if err != nil {
			return nil, err
		}
		if seen[table] {
			continue
		}
		seen[table] = true
		seeder, ok := s.driver.(drivers.Seeder)
		if !ok {
			return nil, fmt.Errorf("%s takes no rows from models so far; leave --data out", s.driver.Title())
		}
		dump, err := seed.Read(ctx, s.conn, s.driver, seeder, state, table)
		var keyless *seed.KeyError
		if errors.As(err, &keyless) {
			return nil, &usageError{Message: "--data " + name + ": " + keyless.Error(), Next: []string{"Give the table a key, or leave it out of --data."}}
		}
		if err != nil {
			return nil, err
		}
		text, err := hclschema.WriteRows(table, dump.Key, dump.Columns, dump.Rows)
		if err != nil {
			return nil, err
		}
		list = append(list, tableRows{table, text})
	}
	return list, nil
}

// tableNamed is the table of a state that somebody typed: countries, or sales.countries.
func tableNamed(state *hclschema.State, name string) (hclschema.Identity, error) {
	id := hclschema.Identity{Kind: hclschema.KindTable, Name: name}
	o := state.Get(id)
	if o == nil {
		if schema, table, ok := strings.Cut(name, "."); ok {
			o = state.Get(hclschema.Identity{Kind: hclschema.KindTable, Schema: schema, Name: table})
		}
	}
	if o != nil {
		return o.Identity, nil
	}
	var names []string
	for _, o := range state.Objects() {
		if o.Identity.Kind == hclschema.KindTable {
			names = append(names, o.Identity.Path())
		}
	}
	return id, &usageError{Message: fmt.Sprintf("--data: there is no table %q.%s", name, hclschema.DidYouMean(name, names)), Next: []string{"Name a table of the database, as sales.countries where it lies in another schema than the default one."}}
}

// noRowsYet refuses to write rows of a table for which the models declare some.
func (s *session) noRowsYet(models *hclschema.State, rows []tableRows) error {
	for _, table := range rows {
		for _, set := range models.RowSets() {
			if models.Key(set.Table) == models.Key(table.table) {
				return &usageError{Message: fmt.Sprintf("the models declare rows of %s already, at %s:%d", table.table, set.Range.Filename, set.Range.Start.Line),
					Next: []string{"Take those data blocks away first, or leave the table out of --data."}}
			}
		}
	}
	return nil
}
