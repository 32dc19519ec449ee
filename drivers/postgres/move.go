package postgres

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
)

// plainSchema are names of schemas that mean themselves in a search path without quotes.
var plainSchema = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)

// SchemaURL implements drivers.Housing.
func (Driver) SchemaURL(url, schema string) (string, error) {
	u, err := dburl.Parse(url)
	if err != nil {
		return "", err
	}
	p := place{tried: dburl.Redact(url)}
	for _, parameter := range u.Parameters {
		if parameter.Name == "search_path" {
			return "", p.malformed("it has a search_path, while the schemas are told beside it", "Take the parameter away.")
		}
	}
	switch {
	case schema == "" || strings.ContainsRune(schema, 0) || len(schema) > longestName:
		return "", fmt.Errorf("%q can't be the name of a schema: PostgreSQL's names have 1 to %d bytes", schema, longestName)
	case strings.HasPrefix(schema, "pg_") || schema == "information_schema":
		return "", fmt.Errorf("the schema %s is PostgreSQL's own", schema)
	}
	mark := "?"
	if len(u.Parameters) > 0 {
		mark = "&"
	}
	if strings.HasSuffix(url, "?") || strings.HasSuffix(url, "&") {
		mark = ""
	}
	return url + mark + "search_path=" + dburl.Escape(searchPathOf(schema)), nil
}

// searchPathOf is the search path of one schema.
func searchPathOf(schema string) string {
	if plainSchema.MatchString(schema) {
		return schema
	}
	return quoted(schema)
}

// Move implements drivers.Mover.
func (c *connection) Move(ctx context.Context, schema string) error {
	if c.transaction != nil {
		return errNested
	}
	if c.maker != nil {
		err := c.maker.close()
		if c.maker = nil; err != nil {
			return err
		}
	}
	if err := c.unlock(); err != nil {
		return err
	}
	if c.stepsRan {
		if err := c.forget(ctx); err != nil {
			return c.explained(err)
		}
		if err := c.set(ctx, "role", c.role); err != nil {
			return err
		}
		c.stepsRan = false
	}
	c.unsettled = false
	c.place.searchPath = searchPathOf(schema)
	if err := c.learn(ctx); err != nil {
		var missing *drivers.UnreachableError
		if errors.As(err, &missing) {
			missing.Tried = c.place.where() + ", schema " + printable(schema)
		}
		return err
	}
	c.where = c.place.where() + ", schema " + printable(schema)
	return nil
}

// forgetting is what steps may have left in a session: settings that nobody knows, temporary tables, locks, cursors, and what they
// listen to. DISCARD ALL would do it, and would also take the queries that are prepared already, which cost more than all the rest.
const forgetting = `RESET SESSION AUTHORIZATION; RESET ALL; CLOSE ALL; UNLISTEN *; DISCARD TEMP; DISCARD SEQUENCES;
DO $$ DECLARE statement text; BEGIN
  PERFORM pg_catalog.pg_advisory_unlock_all();
  FOR statement IN SELECT name FROM pg_catalog.pg_prepared_statements WHERE from_sql LOOP
    EXECUTE 'DEALLOCATE ' || pg_catalog.quote_ident(statement);
  END LOOP;
END $$`

// forget makes the session as it was when it was new.
func (c *connection) forget(ctx context.Context) error {
	_, err := c.session.PgConn().Exec(ctx, forgetting).ReadAll()
	return err
}
