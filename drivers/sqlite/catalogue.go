package sqlite

import (
	"context"
	_ "embed" // the queries are files
	"fmt"
)

//go:embed inspect_objects.sql
var objectsQuery string

//go:embed inspect_tables.sql
var tablesQuery string

//go:embed inspect_columns.sql
var columnsQuery string

//go:embed inspect_keys.sql
var keysQuery string

//go:embed inspect_references.sql
var referencesQuery string

// queryFunc runs one query and calls row for each row.
type queryFunc func(ctx context.Context, sql string, args []any, row func(scan func(...any) error) error) error

// catalogue is all that SQLite says about a database, read with one query for each of its parts. Its maps go by folded name.
type catalogue struct {
	entries    []entry
	tables     map[string]engineTable
	columns    map[string][]engineColumn
	keys       map[string][]*engineKey
	references map[string][]*engineReference
	// indexes are the keys by their own folded names.
	indexes map[string]*engineKey
}

// entry is a row of sqlite_schema.
type entry struct {
	kind, name, table, sql string
	// virtual says that the object has no pages of its own: a view, a trigger, a virtual table.
	virtual bool
}

type engineTable struct {
	kind                 string
	withoutRowid, strict bool
}

type engineColumn struct {
	name, typeText, value string
	notNull               bool
	key, hidden           int
}

// engineKey is an index, also one that a constraint made.
type engineKey struct {
	name, origin    string
	unique, partial bool
	columns         []engineKeyColumn
}

type engineKeyColumn struct {
	name, collation  string
	desc, expression bool
}

type engineReference struct {
	id                        int
	table, onUpdate, onDelete string
	columns, referred         []string
}

// readCatalogue runs the queries.
func readCatalogue(ctx context.Context, query queryFunc) (*catalogue, error) {
	c := &catalogue{
		tables: map[string]engineTable{}, columns: map[string][]engineColumn{}, keys: map[string][]*engineKey{},
		references: map[string][]*engineReference{}, indexes: map[string]*engineKey{},
	}
	for _, part := range []struct {
		what, sql string
		row       func(scan func(...any) error) error
	}{
		{"the schema", objectsQuery, c.entry},
		{"the tables", tablesQuery, c.table},
		{"the columns", columnsQuery, c.column},
		{"the indexes", keysQuery, c.key},
		{"the foreign keys", referencesQuery, c.reference},
	} {
		if err := query(ctx, part.sql, nil, part.row); err != nil {
			return nil, fmt.Errorf("read %s: %w", part.what, err)
		}
	}
	return c, nil
}

func (c *catalogue) entry(scan func(...any) error) error {
	var e entry
	err := scan(&e.kind, &e.name, &e.table, &e.sql, &e.virtual)
	c.entries = append(c.entries, e)
	return err
}

func (c *catalogue) table(scan func(...any) error) error {
	var name string
	var t engineTable
	err := scan(&name, &t.kind, &t.withoutRowid, &t.strict)
	c.tables[fold(name)] = t
	return err
}

func (c *catalogue) column(scan func(...any) error) error {
	var table string
	var column engineColumn
	err := scan(&table, &column.name, &column.typeText, &column.notNull, &column.value, &column.key, &column.hidden)
	c.columns[fold(table)] = append(c.columns[fold(table)], column)
	return err
}

func (c *catalogue) key(scan func(...any) error) error {
	var table string
	var k engineKey
	var column engineKeyColumn
	var place int
	err := scan(&table, &k.name, &k.origin, &k.unique, &k.partial, &place, &column.name, &column.desc, &column.collation)
	column.expression = place == -2
	keys := c.keys[fold(table)]
	if len(keys) == 0 || keys[len(keys)-1].name != k.name {
		keys = append(keys, &k)
		c.keys[fold(table)] = keys
		c.indexes[fold(k.name)] = &k
	}
	last := keys[len(keys)-1]
	last.columns = append(last.columns, column)
	return err
}

func (c *catalogue) reference(scan func(...any) error) error {
	var table, from, to string
	var r engineReference
	err := scan(&table, &r.id, &r.table, &from, &to, &r.onUpdate, &r.onDelete)
	references := c.references[fold(table)]
	if len(references) == 0 || references[len(references)-1].id != r.id {
		references = append(references, &r)
		c.references[fold(table)] = references
	}
	last := references[len(references)-1]
	last.columns = append(last.columns, from)
	if to != "" {
		last.referred = append(last.referred, to)
	}
	return err
}
