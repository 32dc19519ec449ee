package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers"
)

// LentError says why a session of somebody else's can't be worked with, and what to hand over instead.
type LentError struct{ Reason, WayOut string }

// Error implements error.
func (e *LentError) Error() string { return e.Reason + ". " + e.WayOut }

// lent is what a session of somebody else's had, to be given back with it.
type lent struct {
	// switches are the values of pragmas by name.
	switches map[string]bool
	// inMemory says that its database is no file.
	inMemory bool
}

// oldest is the oldest engine that a session of somebody else's may have: pragma_table_list and STRICT came with it
// (sqlite.org/changes.html).
const oldest = 3037

// Speaks says whether a session leads to SQLite, by the engine's answer: the type of its driver doesn't tell, since drivers are
// wrapped to be watched. Where it doesn't, the error is the answer.
func Speaks(ctx context.Context, session *sql.Conn) (bool, error) {
	var version string
	err := session.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version)
	return err == nil || extended(err) != code.SQLITE_OK, err
}

// Borrow makes a connection of a session that somebody else has opened, with whatever package for database/sql. Close gives
// the session back as it was: its switches are those that it had, and no transaction is open. Nobody else may use it
// meanwhile. The pool, if not nil, is where it comes from. A session that can't be worked with is a *LentError. Of the options
// Root and Create mean nothing here.
func (Driver) Borrow(ctx context.Context, session *sql.Conn, pool *sql.DB, options drivers.OpenOptions) (drivers.Connection, error) {
	c := &connection{session: session, lent: &lent{}, where: "SQLite database", versionTable: options.VersionTable, lockWait: options.LockWait, readOnly: options.ReadOnly}
	if c.lockWait == 0 {
		c.lockWait = defaultLockWait
	}
	if options.Waiting != nil {
		c.waiting = func() { options.Waiting(c.where) }
	}
	for _, step := range []func(context.Context) error{c.learn, func(ctx context.Context) error { return c.alike(ctx, pool) }, c.remember} {
		if err := step(ctx); err != nil {
			return nil, c.explained(err)
		}
	}
	if err := c.abandon(); err != nil {
		return nil, errors.Join(c.explained(err), c.Close())
	}
	return c, nil
}

// ask reads one value, patiently: a session that is new reads the whole schema first.
func (c *connection) ask(ctx context.Context, query string, into any) error {
	return c.patiently(ctx, c.waiting, func() error { return c.session.QueryRowContext(ctx, query).Scan(into) })
}

// learn finds out what the session is, and refuses what can't be worked with.
func (c *connection) learn(ctx context.Context) error {
	if _, err := c.session.ExecContext(ctx, "SELECT FROM nothing"); extended(err) == code.SQLITE_OK && ctx.Err() == nil {
		return &LentError{Reason: fmt.Sprintf("the errors of the handle's driver don't tell SQLite's result codes (%T)", err),
			WayOut: `Open the handle with modernc.org/sqlite or github.com/mattn/go-sqlite3, or give the URL of the database.`}
	}
	var version, file string
	if err := c.ask(ctx, "SELECT sqlite_version()", &version); err != nil {
		return err
	}
	c.server = "SQLite " + version
	if number(version) < oldest {
		return &LentError{Reason: fmt.Sprintf("the handle's engine is %s, and duo-orm works with 3.37 and later", c.server), WayOut: "Use a newer package for SQLite."}
	}
	if err := c.ask(ctx, "SELECT coalesce(file, '') FROM pragma_database_list WHERE name = 'main'", &file); err != nil {
		return err
	}
	if c.where += " in memory"; file != "" {
		c.where = "SQLite database " + printable(file)
	}
	// A transaction can't begin in another one. This one takes no lock.
	if _, err := c.session.ExecContext(ctx, "BEGIN"); primary(err) == code.SQLITE_ERROR {
		return &LentError{Reason: "a transaction is open on the handle", WayOut: "End it first: each revision is a transaction of its own."}
	} else if err != nil {
		return err
	}
	c.lent.inMemory = file == ""
	_, err := c.session.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	return err
}

// alikeWait is how long a second session of a pool is waited for, to compare.
const alikeWait = 2 * time.Second

// alike makes sure that the sessions of a pool lead to one database. In memory each has its own, unless they share a cache.
func (c *connection) alike(ctx context.Context, pool *sql.DB) error {
	if pool == nil || !c.lent.inMemory || pool.Stats().MaxOpenConnections == 1 {
		return nil
	}
	waiting, cancel := context.WithTimeout(ctx, alikeWait)
	defer cancel()
	second, err := pool.Conn(waiting)
	if err != nil {
		return ctx.Err() // all others are in use, so that nothing can be told
	}
	shared, err := c.shares(ctx, second)
	if err = errors.Join(err, second.Close()); err != nil || shared {
		return err
	}
	return &LentError{Reason: "each connection of the pool has a database in memory of its own, of which one would be used",
		WayOut: `Call SetMaxOpenConns(1) before, or open one that they share: "file:name?mode=memory&cache=shared".`}
}

// shares says whether another session with a database in memory has the same one, which stays as it is: what one writes the other
// sees, even before it is committed, and one that is locked for the other is no database of its own.
func (c *connection) shares(ctx context.Context, other *sql.Conn) (shared bool, err error) {
	one := c.session
	if _, err := one.ExecContext(ctx, "BEGIN IMMEDIATE"); c.inTheWay(err) {
		return true, nil
	} else if err != nil {
		return false, err
	}
	defer func() {
		_, failed := one.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		err = errors.Join(err, failed)
	}()
	// Nobody else writes until then, so that only this can change what the other sees.
	var before, after int64
	for _, seen := range []*int64{&before, &after} {
		err := other.QueryRowContext(ctx, "PRAGMA user_version").Scan(seen)
		if c.inTheWay(err) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		if _, err := one.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", before+1)); err != nil {
			return false, err
		}
	}
	return before != after, nil
}

// number is a version's major and minor number as one: 3037 of "3.37.2".
func number(version string) int {
	var major, minor int
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil {
		return 0
	}
	return major*1000 + minor
}

// remember reads the switches that a revision needs in one position.
func (c *connection) remember(ctx context.Context) error {
	c.lent.switches = map[string]bool{}
	for _, name := range append([]string{"foreign_keys", "query_only"}, switches...) {
		var on bool
		if err := c.ask(ctx, "PRAGMA "+name, &on); err != nil {
			return fmt.Errorf("read PRAGMA %s: %w", name, err)
		}
		c.lent.switches[name] = on
	}
	c.readOnly = c.readOnly || c.lent.switches["query_only"]
	return nil
}

// giveBack leaves the session as it was when it was lent.
func (c *connection) giveBack() error {
	errs := []error{c.Rollback()}
	ctx := context.Background()
	for _, name := range append([]string{"foreign_keys", "query_only"}, switches...) {
		if on, known := c.lent.switches[name]; known {
			errs = append(errs, c.pragma(ctx, name, on))
		}
	}
	c.session = nil
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("give the handle of the %s back as it was: %w", strings.TrimPrefix(c.where, "SQLite "), err)
	}
	return nil
}
