package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

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
}

// oldest is the oldest engine that a session of somebody else's may have: pragma_table_list and STRICT came with it
// (sqlite.org/changes.html).
const oldest = 3037

// Borrow makes a connection of a session that somebody else has opened, with whatever package for database/sql. Close gives
// the session back as it was: its switches are those that it had, and no transaction is open. Nobody else may use it
// meanwhile. A session that can't be worked with is a *LentError. Of the options Root and Create mean nothing here.
func (Driver) Borrow(ctx context.Context, session *sql.Conn, options drivers.OpenOptions) (drivers.Connection, error) {
	c := &connection{session: session, lent: &lent{}, versionTable: options.VersionTable, lockWait: options.LockWait, readOnly: options.ReadOnly}
	if c.lockWait == 0 {
		c.lockWait = defaultLockWait
	}
	if err := c.learn(ctx); err != nil {
		return nil, err
	}
	if options.Waiting != nil {
		c.waiting = func() { options.Waiting(c.where) }
	}
	if err := c.remember(ctx); err != nil {
		return nil, c.explained(err)
	}
	if err := c.abandon(); err != nil {
		return nil, errors.Join(c.explained(err), c.Close())
	}
	return c, nil
}

// learn finds out what the session is, and refuses what can't be worked with.
func (c *connection) learn(ctx context.Context) error {
	var version, file string
	if err := c.session.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return err
	}
	c.server = "SQLite " + version
	if number(version) < oldest {
		return &LentError{Reason: fmt.Sprintf("the handle's engine is %s, and duo-orm works with 3.37 and later", c.server), WayOut: "Use a newer package for SQLite."}
	}
	if _, err := c.session.ExecContext(ctx, "SELECT duo_orm_wants_an_error"); primary(err) != code.SQLITE_ERROR {
		return &LentError{Reason: fmt.Sprintf("the errors of the handle's driver don't tell SQLite's result codes (%T)", err),
			WayOut: `Open the handle with modernc.org/sqlite or github.com/mattn/go-sqlite3, or give the URL of the database.`}
	}
	err := c.session.QueryRowContext(ctx, "SELECT coalesce(file, '') FROM pragma_database_list WHERE name = 'main'").Scan(&file)
	if err != nil {
		return err
	}
	if c.where = "SQLite database in memory"; file != "" {
		c.where = "SQLite database " + printable(file)
	}
	// A transaction can't begin in another one. This one takes no lock.
	if _, err := c.session.ExecContext(ctx, "BEGIN"); primary(err) == code.SQLITE_ERROR {
		return &LentError{Reason: "a transaction is open on the handle", WayOut: "End it first: each revision is a transaction of its own."}
	} else if err != nil {
		return err
	}
	_, err = c.session.ExecContext(ctx, "ROLLBACK")
	return err
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
		if err := c.session.QueryRowContext(ctx, "PRAGMA "+name).Scan(&on); err != nil {
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
