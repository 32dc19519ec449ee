package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/drivers"
)

// Schemes implements drivers.Connector.
func (Driver) Schemes() []string { return []string{"postgresql", "postgres"} }

// Open implements drivers.Connector.
func (Driver) Open(ctx context.Context, url string, options drivers.OpenOptions) (drivers.Connection, error) {
	p, err := locate(url, options.Root)
	if err != nil {
		return nil, err
	}
	c, err := open(ctx, p, options)
	if err != nil {
		return nil, err
	}
	return c, nil
}

// open connects to a place and settles the session.
func open(ctx context.Context, p place, options drivers.OpenOptions) (*connection, error) {
	c := newConnection(p, options)
	var err error
	if c.session, err = connect(ctx, p); err != nil {
		return nil, err
	}
	if err := c.settle(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// newConnection is a connection without a session.
func newConnection(p place, options drivers.OpenOptions) *connection {
	c := &connection{
		place: p, where: p.where(), versionTable: options.VersionTable,
		lockWait: options.LockWait, statementWait: options.LockTimeout, readOnly: options.ReadOnly, managesPrivileges: options.ManagePrivileges, alone: options.Alone,
	}
	if c.lockWait == 0 {
		c.lockWait = defaultLockWait
	}
	return c
}

// connect opens one session at the place. The error is an *drivers.UnreachableError unless the context has ended.
func connect(ctx context.Context, p place) (*pgx.Conn, error) {
	session, err := pgx.ConnectConfig(ctx, p.config.Copy())
	if err == nil {
		return session, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, p.unreachable(err)
}

// defaultLockWait is how long others' locks are waited for where nothing else was chosen, closeWait how long a session may
// take to say goodbye.
const (
	defaultLockWait = time.Minute
	closeWait       = 5 * time.Second
)

// errNoSchema completes an *drivers.UnreachableError.
var errNoSchema = errors.New("no schema of the search path is there, so that there is no default schema")

// settle is learn of a new session, which must be one.
func (c *connection) settle(ctx context.Context) error {
	if err := c.learn(ctx); err != nil {
		return err
	}
	return c.throughPooler(ctx)
}

// learn finds out what the session is connected to and gives it its settings.
func (c *connection) learn(ctx context.Context) error {
	if c.place.searchPath != "" {
		if err := c.set(ctx, "search_path", c.place.searchPath); err != nil {
			return fmt.Errorf("set the search path of the URL: %w", err)
		}
	}
	var schema *string
	var number, version string
	var pid uint32
	err := c.row(ctx, "SELECT pg_catalog.current_schema(), pg_catalog.current_setting('server_version_num'), pg_catalog.current_setting('server_version'),"+
		" pg_catalog.current_database(), pg_catalog.pg_backend_pid(), pg_catalog.current_setting('role'), current_user::pg_catalog.text", nil,
		&schema, &number, &version, &c.database, &pid, &c.role, &c.user)
	if err != nil {
		return fmt.Errorf("ask the server for its version: %w", c.explained(err))
	}
	if c.version, err = readVersion(number); err != nil {
		return err
	}
	c.server = "PostgreSQL " + shortVersion(version)
	if schema == nil {
		return c.withoutSchema(ctx)
	}
	c.defaultSchema, c.backend = *schema, pid
	if err := c.remember(ctx); err != nil {
		return err
	}
	return c.applySettings(ctx)
}

// withoutSchema is the error for a session that has no default schema: none of its search path is there, or the role may use none.
func (c *connection) withoutSchema(ctx context.Context) error {
	var closed *string
	err := c.row(ctx, `SELECT min(pg_catalog.quote_ident(n.nspname)) FROM pg_catalog.pg_namespace n
WHERE n.nspname = ANY (SELECT pg_catalog.btrim(s, ' "') FROM pg_catalog.regexp_split_to_table(pg_catalog.current_setting('search_path'), ',') s)`, nil, &closed)
	if err != nil {
		return c.explained(err)
	}
	if closed == nil {
		return &drivers.UnreachableError{Tried: c.place.tried, Cause: errNoSchema, Check: "Make the schema with CREATE SCHEMA, or name one that is there: ?search_path=public at the end of the URL."}
	}
	return &drivers.UnreachableError{Tried: c.place.tried, Cause: fmt.Errorf("the role %s may not use the schema %s", c.user, *closed),
		Check: fmt.Sprintf("Have its owner run: GRANT USAGE, CREATE ON SCHEMA %s TO %s", *closed, c.user)}
}
