package postgres

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
)

// NotEmptyError is returned where scratch names a database that has something in it: it will not be touched.
type NotEmptyError struct {
	Where string
	// Found is one of the things, for people.
	Found string
}

// Error implements error.
func (e *NotEmptyError) Error() string {
	return fmt.Sprintf("scratch is the %s, which has %s in it: give scratch a database of its own, with nothing in it", e.Where, e.Found)
}

// schemaSet is a scratch in the database of the scratch URL itself, for roles that may make no database: a new schema is its
// default schema, and Close drops it with all other schemas that were made meanwhile. Several can be there at once as long
// as they keep to their default schemas; another schema, or an extension, is there only once in a database, and then the
// statement that makes it again fails.
func (m *maker) schemaSet(ctx context.Context) (_ *connection, err error) {
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	name := scratchPrefix + hex.EncodeToString(random)
	c, err := open(ctx, m.place, drivers.OpenOptions{ManagePrivileges: m.managesPrivileges})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.Close())
		}
	}()
	c.private = true
	if err := c.hasNothing(ctx); err != nil {
		return nil, err
	}
	if c.hidden, err = c.schemas(ctx); err != nil {
		return nil, err
	}
	if _, err := c.exec(ctx, "CREATE SCHEMA "+quoted(name), nil); err != nil {
		if sqlState(err) == statePrivilege {
			return nil, fmt.Errorf("the role %s may make neither databases on the server of scratch nor schemas in the %s. Grant it one of both: ALTER ROLE %s CREATEDB, or GRANT CREATE ON DATABASE %s TO %s: %w",
				printable(c.user), c.where, Driver{}.QuoteName(c.user), Driver{}.QuoteName(c.database), Driver{}.QuoteName(c.user), err)
		}
		return nil, c.explained(err)
	}
	if c.likePublic = m.managesPrivileges && m.like.defaultSchema() == "public"; c.likePublic {
		words := strings.Join(ofPublic(c.version).Privileges, ", ")
		if _, err := c.exec(ctx, "GRANT "+words+" ON SCHEMA "+quoted(name)+" TO PUBLIC", nil); err != nil {
			return nil, c.explained(err)
		}
	}
	c.where = "scratch schema " + name + " in the " + c.where
	c.defaultSchema = name
	if err := c.applySettings(ctx); err != nil {
		return nil, err
	}
	c.dispose = m.release
	c.sweep = func(ctx context.Context) error { return c.dropSchemas(ctx, name) }
	return c, nil
}

// hasNothing makes sure that nobody uses the database for anything else.
func (c *connection) hasNothing(ctx context.Context) error {
	found := ""
	err := c.query(ctx, `SELECT pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, r.oid, 0)
FROM pg_catalog.pg_class r
JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT pg_catalog.starts_with(n.nspname, ?)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = r.oid AND d.deptype = 'e')
ORDER BY r.oid LIMIT 1`, []any{scratchPrefix}, func(scan func(...any) error) error { return scan(&found) })
	if err != nil {
		return c.explained(err)
	}
	if found != "" {
		return &NotEmptyError{Where: c.where, Found: found}
	}
	return nil
}

// schemas are the names of the schemas that are there.
func (c *connection) schemas(ctx context.Context) ([]string, error) {
	var names []string
	err := c.query(ctx, "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'", nil, func(scan func(...any) error) error {
		names = append(names, "")
		return scan(&names[len(names)-1])
	})
	return names, c.explained(err)
}

// hides says that a schema of the database is none of this connection's business: those of other tenants, and for a scratch
// those that were there before it, and those of other scratches.
func (c *connection) hides(schema string) bool {
	switch {
	case schema == "", schema == c.defaultSchema:
		return false
	case c.alone:
		return true
	case c.sweep == nil:
		return false
	}
	if strings.HasPrefix(schema, scratchPrefix) {
		return true
	}
	for _, name := range c.hidden {
		if name == schema {
			return true
		}
	}
	return false
}

// dropSchemas empties the database again.
func (c *connection) dropSchemas(ctx context.Context, own string) error {
	all, err := c.schemas(ctx)
	if err != nil {
		return err
	}
	for _, name := range all {
		if name != own && c.hides(name) {
			continue
		}
		if err := c.dropRelations(ctx, name); err != nil {
			return err
		}
		if _, err := c.exec(ctx, "DROP SCHEMA IF EXISTS "+quoted(name)+" CASCADE", nil); err != nil {
			return fmt.Errorf("drop the scratch schema %s: %w", name, c.explained(err))
		}
	}
	return nil
}

// togetherDropped is how many relations one statement drops: each takes some locks more, for its indexes, types and defaults.
const togetherDropped = 50

// dropRelations drops the relations of a schema some at a time where there are many: at once they would take more locks than a
// server has room for.
func (c *connection) dropRelations(ctx context.Context, schema string) error {
	var kinds, names []string
	err := c.query(ctx, `SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
  pg_catalog.format('%I.%I', n.nspname, c.relname)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ? AND c.relkind IN ('v', 'm', 'f', 'S', 'r', 'p')
ORDER BY pg_catalog.array_position(ARRAY['v', 'm', 'f', 'r', 'p', 'S'], c.relkind::text), c.oid`, []any{schema}, func(scan func(...any) error) error {
		kinds, names = append(kinds, ""), append(names, "")
		return scan(&kinds[len(kinds)-1], &names[len(names)-1])
	})
	if err != nil || len(names) <= mostToClean {
		return err
	}
	for first, last := 0, 0; first < len(names); first = last {
		for last = first; last < len(names) && last-first < togetherDropped && kinds[last] == kinds[first]; last++ {
		}
		if _, err := c.exec(ctx, "DROP "+kinds[first]+" IF EXISTS "+strings.Join(names[first:last], ", ")+" CASCADE", nil); err != nil {
			return fmt.Errorf("empty the scratch schema %s: %w", schema, c.explained(err))
		}
	}
	return nil
}
