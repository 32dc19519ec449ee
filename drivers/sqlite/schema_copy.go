package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/duo-orm/duo-orm/hclschema"
)

// schemaEntry is one row of the schema table.
type schemaEntry struct {
	kind, name, table string
	pageless          bool
	text              sql.NullString
}

// newBench makes a database in memory that has all tables, indexes and views of this one, no rows and no triggers.
//
// Statements can be compiled there, but not run: apart from virtual tables, which must be made for real, the entries are
// written into the schema table with pages that hold nothing. That is quick, and takes over what could not be made here,
// such as a table with a function that only its application has. Such functions have stand-ins.
func (c *connection) newBench(ctx context.Context) (*connection, error) {
	entries, err := c.schemaEntries(ctx)
	if err != nil {
		return nil, err
	}
	missing, err := c.standIns(ctx, entries)
	if err != nil {
		return nil, err
	}
	connector, err := missing.connector("file::memory:?_error_rc=1")
	if err != nil {
		return nil, err
	}
	bench := &connection{where: "a copy of the schema in memory", lockWait: defaultLockWait}
	if err := bench.connectBy(ctx, connector); err != nil {
		return nil, errors.Join(err, bench.Close())
	}
	if err := bench.takeSchema(ctx, entries); err != nil {
		return nil, errors.Join(err, bench.Close())
	}
	return bench, nil
}

// standIns are what the entries name and the engine lacks.
func (c *connection) standIns(ctx context.Context, entries []schemaEntry) (*standIns, error) {
	s := &standIns{scalar: map[string]bool{}, aggregate: map[string]bool{}, collations: map[string]bool{}, tables: c.foreign}
	for _, e := range entries {
		s.add(e.text.String)
	}
	functions, err := c.names(ctx, "SELECT DISTINCT name FROM pragma_function_list")
	if err != nil {
		return nil, err
	}
	collations, err := c.names(ctx, "SELECT name FROM pragma_collation_list")
	s.without(functions, collations)
	return s, err
}

// names is a query's one column.
func (c *connection) names(ctx context.Context, query string, args ...any) ([]string, error) {
	var names []string
	err := c.retried(ctx, func() error {
		names = nil
		return c.rows(ctx, query, args, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			names = append(names, name)
			return err
		})
	})
	return names, err
}

func (c *connection) schemaEntries(ctx context.Context) ([]schemaEntry, error) {
	var entries []schemaEntry
	const query = `SELECT type, name, tbl_name, coalesce(rootpage, 0) = 0, sql FROM main.sqlite_schema ORDER BY rowid`
	err := c.retried(ctx, func() error {
		entries = nil
		return c.rows(ctx, query, nil, func(scan func(...any) error) error {
			var e schemaEntry
			err := scan(&e.kind, &e.name, &e.table, &e.pageless, &e.text)
			entries = append(entries, e)
			return err
		})
	})
	return entries, err
}

// takeSchema fills the schema table.
func (c *connection) takeSchema(ctx context.Context, entries []schemaEntry) error {
	// Every index of a table must have a page of its own, and no page may lie behind the end of the file. A table whose
	// entry is then taken away leaves such pages.
	err := c.all(ctx,
		"PRAGMA page_size = 512", "PRAGMA foreign_keys = OFF", "CREATE TABLE pages (content)",
		fmt.Sprintf("INSERT INTO pages VALUES (zeroblob(%d))", 512*(len(entries)+1)),
		"PRAGMA writable_schema = ON", "DELETE FROM sqlite_schema", "PRAGMA schema_version = 1000000", "PRAGMA writable_schema = RESET")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.kind == hclschema.KindTable && e.pageless {
			// One whose module or shadow tables aren't here is taken over like the rest; using it is an error in both.
			if _, err := c.session.ExecContext(ctx, e.text.String); err != nil && worldly(err) != nil {
				return fmt.Errorf("make virtual table %s: %w", e.name, err)
			}
		}
	}
	if err := c.all(ctx, "PRAGMA writable_schema = ON"); err != nil {
		return err
	}
	if err := c.insertEntries(ctx, entries); err != nil {
		return err
	}
	if err := c.all(ctx, "PRAGMA schema_version = 2000000", "PRAGMA writable_schema = RESET"); err != nil {
		return err
	}
	_, err = c.names(ctx, "SELECT name FROM sqlite_schema") // which reads the schema again
	return err
}

// insertEntries writes the entries that virtual tables haven't brought along.
func (c *connection) insertEntries(ctx context.Context, entries []schemaEntry) error {
	names, err := c.names(ctx, "SELECT name FROM sqlite_schema")
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, name := range names {
		there[asciiLower(name)] = true
	}
	insert, err := c.session.PrepareContext(ctx, "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	page := 2
	for _, e := range entries {
		if there[asciiLower(e.name)] || e.kind == hclschema.KindTrigger {
			continue
		}
		root := 0
		if !e.pageless {
			root = page
			page++
		}
		if _, err := insert.ExecContext(ctx, e.kind, e.name, e.table, root, e.text); err != nil {
			return errors.Join(err, insert.Close())
		}
	}
	return insert.Close()
}

// all runs statements of the connection's own.
func (c *connection) all(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if _, err := c.session.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
