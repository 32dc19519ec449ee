package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
)

// Scratch implements drivers.Connector: a new database beside the live one, or on the server of the URL. Where a URL is
// given and its role may make no databases, the database that it names is used, which must be empty and is again after Close.
func (Driver) Scratch(ctx context.Context, live drivers.Connection, url string) (drivers.Connection, error) {
	l, ok := live.(*connection)
	if live != nil && !ok {
		return nil, fmt.Errorf("make a scratch database: the live database is no PostgreSQL database but %s", live.Where())
	}
	m, err := scratchMaker(l, url)
	if err != nil {
		return nil, err
	}
	c, err := m.scratch(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make a scratch database: %w", err), m.release())
	}
	return c, nil
}

// scratchMaker is the live connection's own, so that one session makes and drops all databases of a plan.
func scratchMaker(live *connection, url string) (*maker, error) {
	if live == nil && url == "" {
		return nil, errors.New("a scratch database of PostgreSQL is made on a server: give a live connection or a URL")
	}
	if live != nil && live.maker != nil && live.maker.url == url {
		return live.maker, nil
	}
	m := &maker{url: url, managesPrivileges: live != nil && live.managesPrivileges}
	var err error
	if url == "" {
		m.place = live.place
	} else if m.place, err = locate(url, ""); err != nil {
		return nil, fmt.Errorf("scratch: %w", err)
	}
	if live != nil {
		m.like = &likeness{version: live.version, schema: live.defaultSchema, read: live.readLikeness}
		if live.maker != nil {
			err = live.maker.close()
		}
		live.maker, m.kept = m, true
	}
	return m, err
}

// scratch makes one scratch database.
func (m *maker) scratch(ctx context.Context) (*connection, error) {
	c, err := m.next(ctx)
	if sqlState(err) == statePrivilege {
		return m.instead(ctx, err)
	}
	return c, err
}

// connect opens a session with a new scratch database and makes it what a scratch database is.
func (m *maker) connect(ctx context.Context, name string) (_ *connection, err error) {
	c := &connection{where: "PostgreSQL scratch database " + name, private: true, lockWait: defaultLockWait, dispose: m.dropLater(name),
		managesPrivileges: m.managesPrivileges}
	c.place = m.place.in(name)
	c.place.searchPath = ""
	if c.session, err = connect(ctx, c.place); err != nil {
		return nil, errors.Join(err, c.dispose())
	}
	if schema := m.like.defaultSchema(); schema != "public" {
		// Extensions may lie in public all the same.
		c.place.searchPath = quoted(schema)
		if _, err := c.exec(ctx, "CREATE SCHEMA "+quoted(schema), nil); err != nil {
			return nil, errors.Join(c.explained(err), c.Close())
		}
	}
	if err := c.settle(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if m.kept {
		if err := c.session.QueryRow(ctx, contentSQL).Scan(&c.content); err != nil {
			return nil, errors.Join(c.explained(err), c.Close())
		}
		c.recycle = m.recycle
	}
	return c, nil
}

// instead is what becomes of a scratch where the role may make no database.
func (m *maker) instead(ctx context.Context, refused error) (*connection, error) {
	if m.url != "" {
		return m.schemaSet(ctx)
	}
	return nil, &GrantError{Role: m.role, Where: m.place.where(), Cause: refused}
}

// GrantError says that a plan can't be tried, since the role may make no database.
type GrantError struct {
	Role, Where string
	Cause       error
}

// Error implements error.
func (e *GrantError) Error() string {
	return fmt.Sprintf("the role %s may make no database beside the %s. Grant it that: ALTER ROLE %s CREATEDB. Or set scratch in the database block to the URL of a server on which it may, or of an empty database that is its own",
		printable(e.Role), e.Where, Driver{}.QuoteName(e.Role))
}

// Unwrap is the server's error.
func (e *GrantError) Unwrap() error { return e.Cause }
