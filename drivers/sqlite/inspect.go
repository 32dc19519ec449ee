package sqlite

import (
	"context"
	"errors"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// inspect reads everything through a fixed number of queries. query runs one query and calls row for each row.
//
// SQLite keeps the texts that made its objects. They are read strictly, and what was read is held against what SQLite reports
// about the same object; where a text isn't understood, or was read differently, the object is among the Unread.
func inspect(ctx context.Context, query queryFunc, versionTable string) (*drivers.Inspection, error) {
	c, err := readCatalogue(ctx, query)
	if err != nil {
		return nil, err
	}
	return c.objects(versionTable), nil
}

// objects makes objects of what SQLite says.
func (c *catalogue) objects(versionTable string) *drivers.Inspection {
	i := &inspection{
		catalogue: c, state: hclschema.NewState(Driver{}.Key), tables: map[string]*tableText{}, indexes: map[string][]entry{},
		hidden: map[string]bool{}, names: map[string]string{}, refused: map[string]bool{},
	}
	i.readTables(versionTable)
	for _, e := range c.entries {
		i.add(e)
	}
	state := Driver{}.Settle(i.state)
	Driver{}.Link(state)
	return &drivers.Inspection{State: state, Unread: i.unread}
}

// inspection is the work of one inspection. Its maps go by folded name.
type inspection struct {
	*catalogue
	state  *hclschema.State
	unread []drivers.Unread
	// tables are the ordinary tables that were read.
	tables  map[string]*tableText
	indexes map[string][]entry
	// hidden are tables that are no part of the state: SQLite's own, duo-orm's, those behind virtual tables.
	hidden map[string]bool
	// names are the names of all tables and views as they were declared; refused are those that can't be carried.
	names   map[string]string
	refused map[string]bool
}

// errTable is why the parts of a table that can't be carried can't be either.
var errTable = errors.New("its table can't be carried")

// readTables reads the ordinary tables, which indexes must know, and gathers the indexes of each.
func (i *inspection) readTables(versionTable string) {
	for _, e := range i.entries {
		key := fold(e.table)
		if e.kind == "table" || e.kind == "view" {
			i.names[key] = e.name
		}
		switch {
		case e.kind == "index" && e.sql != "":
			i.indexes[key] = append(i.indexes[key], e)
		case e.kind != "table":
		case i.catalogue.tables[key].kind == "shadow",
			Driver{}.Internal(hclschema.Identity{Kind: hclschema.KindTable, Name: e.name}, versionTable):
			i.hidden[key] = true
		case !e.virtual:
			t, err := parseTable(e.sql)
			if err == nil && t.name != e.name {
				err = misread("its text names %q", t.name)
			}
			if err == nil {
				err = i.compareTable(t)
			}
			if err != nil {
				i.refuse(hclschema.KindTable, "", e.name, err)
				continue
			}
			i.tables[key] = t
		}
	}
}

// add puts an object of the database into the state, a table with its parts and indexes.
func (i *inspection) add(e entry) {
	switch {
	case i.hidden[fold(e.table)] && e.kind != "trigger":
	case e.kind == "table" && e.virtual:
		i.addVirtualTable(e)
	case e.kind == "table":
		i.addTable(e)
	case e.kind == "view":
		i.addView(e)
	case e.kind == "trigger":
		i.addTrigger(e)
	case e.kind == "index" && e.sql != "" && i.tables[fold(e.table)] == nil:
		i.refuse(hclschema.KindIndex, i.names[fold(e.table)], e.name, errTable)
	case e.kind != "index":
		i.refuse(e.kind, "", e.name, errors.New("SQLite has no such kind of object"))
	}
}

func (i *inspection) addTable(e entry) {
	t := i.tables[fold(e.name)]
	if t == nil {
		return
	}
	for _, o := range t.objects() {
		i.state.AddNext(o)
	}
	for _, index := range i.indexes[fold(e.name)] {
		i.addIndex(index, t)
	}
}

func (i *inspection) addIndex(e entry, t *tableText) {
	x, err := parseIndex(e.sql, func(name string) bool { return t.byName[name] != nil })
	if err == nil && (fold(x.name) != fold(e.name) || fold(x.table) != fold(e.table)) {
		err = misread("its text names %q on %q", x.name, x.table)
	}
	if err == nil {
		err = i.compareIndex(x)
	}
	if err != nil {
		i.refuse(hclschema.KindIndex, t.name, e.name, err)
		return
	}
	i.put(hclschema.Identity{Kind: hclschema.KindIndex, Parent: t.name, Name: e.name}, x.properties)
}

func (i *inspection) addView(e entry) {
	name, properties, err := parseView(e.sql)
	i.addRelation(hclschema.KindView, e, name, properties, err)
}

func (i *inspection) addVirtualTable(e entry) {
	name, properties, err := parseVirtualTable(e.sql)
	i.addRelation(hclschema.KindVirtualTable, e, name, properties, err)
}

// addRelation adds a view or virtual table whose text was read under that name.
func (i *inspection) addRelation(kind string, e entry, name string, properties hclschema.Properties, err error) {
	if err == nil && name != e.name {
		err = misread("its text names %q", name)
	}
	if err != nil {
		i.refuse(kind, "", e.name, err)
		return
	}
	i.put(hclschema.Identity{Kind: kind, Name: e.name}, properties)
}

func (i *inspection) addTrigger(e entry) {
	key := fold(e.table)
	t, err := parseTrigger(e.sql)
	switch {
	case i.hidden[key]:
		err = errors.New("its table is not one that duo-orm carries")
	case i.refused[key] || i.names[key] == "":
		err = errTable
	case err == nil && (t.name != e.name || fold(t.table) != key):
		err = misread("its text names %q on %q", t.name, t.table)
	}
	if err != nil {
		i.refuse(hclschema.KindTrigger, i.names[key], e.name, err)
		return
	}
	i.put(hclschema.Identity{Kind: hclschema.KindTrigger, Parent: i.names[key], Name: e.name}, t.properties)
}

// put adds an object that the state doesn't have yet.
func (i *inspection) put(id hclschema.Identity, properties hclschema.Properties) {
	o := &hclschema.Object{Identity: id, Properties: properties, Detachable: id.Kind == hclschema.KindIndex}
	if err := i.state.Add(o); err != nil {
		i.refuse(id.Kind, id.Parent, id.Name, errors.New("there are two of that name"))
	}
}

// refuse notes an object that can't be carried.
func (i *inspection) refuse(kind, parent, name string, reason error) {
	if parent == "" {
		i.refused[fold(name)] = true
	}
	i.unread = append(i.unread, drivers.Unread{
		Identity: hclschema.Identity{Kind: kind, Parent: parent, Name: name}, Reason: reason.Error(),
	})
}
