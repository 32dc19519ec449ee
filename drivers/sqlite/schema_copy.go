package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// schemaEntry is one row of the schema table.
type schemaEntry struct {
	kind, name, table string
	pageless          bool
	text              sql.NullString
}

// schemaCopy makes a database in memory that has all tables, indexes and views of this one, but no rows and no triggers.
// Statements can be compiled there, but not run: apart from virtual tables, which must be made for real, the entries are
// written into the schema table with pages that hold nothing. That is quick, and takes over what could not be made here,
// such as a table with a function that only its application has.
func (c *connection) schemaCopy(ctx context.Context) (*connection, error) {
	entries, err := c.schemaEntries(ctx)
	if err != nil {
		return nil, err
	}
	bench := &connection{where: "a copy of the schema in memory", lockWait: defaultLockWait}
	if err := bench.connect(ctx, "file::memory:?_error_rc=1"); err != nil {
		return nil, errors.Join(err, bench.Close())
	}
	if err := bench.takeSchema(ctx, entries); err != nil {
		return nil, errors.Join(err, bench.Close())
	}
	return bench, nil
}

func (c *connection) schemaEntries(ctx context.Context) ([]schemaEntry, error) {
	var entries []schemaEntry
	const query = `SELECT type, name, tbl_name, coalesce(rootpage, 0) = 0, sql FROM main.sqlite_schema WHERE type <> 'trigger' ORDER BY rowid`
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
	for _, text := range []string{"PRAGMA page_size = 512", "PRAGMA foreign_keys = OFF"} {
		if _, err := c.session.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if e.kind == "table" && e.pageless {
			// One whose module or shadow tables aren't here is taken over like the rest; using it is an error in both.
			if _, err := c.session.ExecContext(ctx, e.text.String); err != nil && worldly(err) != nil {
				return fmt.Errorf("make virtual table %s: %w", e.name, err)
			}
		}
	}
	there := map[string]bool{}
	err := c.rows(ctx, "SELECT name FROM sqlite_schema", nil, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		there[asciiLower(name)] = true
		return err
	})
	if err != nil {
		return err
	}
	// Every index of a table must have a page of its own, and no page may lie behind the end of the file.
	pages := fmt.Sprintf("INSERT INTO duo_orm_pages VALUES (zeroblob(%d))", 512*(len(entries)+1))
	for _, text := range []string{
		"CREATE TABLE duo_orm_pages (content)", pages, "PRAGMA writable_schema = ON",
	} {
		if _, err := c.session.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	if err := c.insertEntries(ctx, entries, there); err != nil {
		return err
	}
	for _, text := range []string{"PRAGMA schema_version = 1000000", "PRAGMA writable_schema = RESET"} {
		if _, err := c.session.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	var objects int
	return c.session.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&objects)
}

func (c *connection) insertEntries(ctx context.Context, entries []schemaEntry, there map[string]bool) error {
	insert, err := c.session.PrepareContext(ctx, "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	page := 2
	for _, e := range entries {
		if there[asciiLower(e.name)] {
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
