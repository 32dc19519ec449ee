package planner

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// dangling are the objects of a state that refer to what isn't there, with what is wrong with each: foreign keys, views and triggers. SQLite
// takes all of them, and fails when rows change or they are read. PostgreSQL lets none come about.
func dangling(ctx context.Context, conn drivers.Connection, state *hclschema.State) (map[string]string, error) {
	found := map[string]string{}
	for _, o := range state.Objects() {
		if o.Identity.Kind != hclschema.KindForeignKey {
			continue
		}
		if why := lacks(state, o); why != "" {
			name := o.Identity.String()
			if o.Identity.Name == "" {
				name = fmt.Sprintf("a foreign key of table %s on (%s)", o.Identity.Parent, strings.Join(columnNames(o.Properties.List(hclschema.PropColumns)), ", "))
			}
			found[name+" → "+why] = name + " refers to " + why
		}
	}
	broken, err := conn.Try(ctx, state)
	for _, b := range broken {
		found[b.Identity.String()] = fmt.Sprintf("%s doesn't work: %s", b.Identity, b.Message)
	}
	return found, err
}

// lacks says what a foreign key refers to that isn't there, nothing where all is.
func lacks(state *hclschema.State, key *hclschema.Object) string {
	schema, name := key.Properties.Text(hclschema.PropRefSchema), key.Properties.Text(hclschema.PropRefTable)
	table := state.Get(hclschema.Identity{Kind: hclschema.KindTable, Schema: schema, Name: name})
	if table == nil {
		return "table " + name + ", which is not there"
	}
	refs := columnNames(key.Properties.List(hclschema.PropRefColumns))
	for _, ref := range refs {
		if state.Get(hclschema.Identity{Kind: hclschema.KindColumn, Schema: schema, Parent: table.Identity.Name, Name: ref}) == nil {
			return fmt.Sprintf("column %s.%s, which is not there", name, ref)
		}
	}
	folded := func(names []string) []string {
		for i, column := range names {
			names[i] = state.Key(hclschema.Identity{Kind: hclschema.KindColumn, Schema: schema, Parent: table.Identity.Name, Name: column}).Name
		}
		slices.Sort(names)
		return names
	}
	for _, o := range state.Children(schema, table.Identity.Name) {
		unique := o.Identity.Kind == hclschema.KindPrimaryKey || o.Identity.Kind == hclschema.KindUnique ||
			o.Identity.Kind == hclschema.KindIndex && o.Properties.Bool(hclschema.PropUnique) && o.Properties[hclschema.PropWhere] == nil
		if !unique {
			continue
		}
		if refs == nil && o.Identity.Kind == hclschema.KindPrimaryKey || slices.Equal(folded(columnNames(o.Properties.List(hclschema.PropColumns))), folded(slices.Clone(refs))) {
			return ""
		}
	}
	if refs == nil {
		return "the primary key of table " + name + ", which has none"
	}
	return fmt.Sprintf("columns of table %s that no key or unique index is on (%s)", name, strings.Join(refs, ", "))
}

// columnNames are the names of a list of columns, whatever else it says of each.
func columnNames(list hclschema.List) []string {
	var names []string
	for _, part := range list {
		if record, ok := part.(hclschema.Record); ok && record["column"] != nil {
			part = record["column"]
		}
		names = append(names, part.String())
	}
	return names
}

// parted says what refers to something that isn't there where both sides ran, and not where one of them did alone.
func (c *corner) parted(alone ...*corner) []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(c.dangling)) {
		if !slices.ContainsFunc(alone, func(other *corner) bool { return other.dangling[name] != "" }) {
			list = append(list, c.dangling[name])
		}
	}
	return list
}

// Wanting says what refers, after a revision on its ancestors alone, to something that isn't there, and has all that it refers to where
// the whole history ran before: what the revision rests on without following it. Only engines that take such references have any.
func Wanting(ctx context.Context, r ProveRequest, whole []*revision.File) ([]string, error) {
	m := &merger{MergeRequest: MergeRequest{Driver: r.Driver, Live: r.Live, ScratchURL: r.ScratchURL}}
	behind := func(files []*revision.File) []*revision.File { return append(slices.Clone(files), r.File) }
	return m.wanting(ctx, behind(r.Ancestors), r.Ancestors, behind(whole))
}

// wanting says what refers to something that isn't there behind some revisions, and not behind either of the others.
func (m *merger) wanting(ctx context.Context, files []*revision.File, others ...[]*revision.File) ([]string, error) {
	var corners []*corner
	for _, files := range append([][]*revision.File{files}, others...) {
		conn, state, err := m.replayed(ctx, files)
		if err != nil {
			return nil, err
		}
		at := &corner{state: state}
		at.dangling, err = dangling(ctx, conn, state)
		if err = errors.Join(err, conn.Close()); err != nil {
			return nil, err
		}
		if corners = append(corners, at); len(corners[0].dangling) == 0 {
			return nil, nil
		}
	}
	return corners[0].parted(corners[1:]...), nil
}
