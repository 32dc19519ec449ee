package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	engine "modernc.org/sqlite"
	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers"
)

// Schemes implements drivers.Connector.
func (Driver) Schemes() []string { return []string{"sqlite"} }

func open(ctx context.Context, url string, options drivers.OpenOptions) (*connection, error) {
	p, err := locate(url, options.Root)
	if err != nil {
		return nil, err
	}
	c := &connection{
		where: p.where(), versionTable: options.VersionTable, lockWait: options.LockWait,
		readOnly: options.ReadOnly || p.mode == "ro" || p.immutable,
	}
	if options.Waiting != nil {
		c.waiting = func() { options.Waiting(c.where) }
	}
	if c.lockWait == 0 {
		c.lockWait = defaultLockWait
	}
	modes := []string{"rw"}
	if !p.inMemory() {
		there, err := p.look()
		if err != nil {
			return nil, err
		}
		switch {
		case there:
		case options.Create && !c.readOnly && p.mode != "rw":
			modes, c.made = []string{"rwc"}, true
		default:
			c.missing = true
			p.file = ""
		}
		if c.readOnly {
			// Opened for writing, SQLite can finish what a killed writer has left and take its own files away again;
			// query_only then sees to it that nothing is written. Only where it may not write at all, it opens for reading.
			modes = []string{"rw", "ro"}
		}
	}
	if err := c.openInOneOf(ctx, p, modes); err != nil {
		return nil, err
	}
	return c, nil
}

// look says whether the file is there, and refuses what can't be a database without opening it: opening a pipe would
// hang, and closing a file that the engine has open elsewhere in this process would take its locks away.
func (p place) look() (there bool, err error) {
	fail := func(cause error, check string) (bool, error) {
		return false, &drivers.UnreachableError{Tried: p.tried, Check: check, Cause: cause}
	}
	info, err := os.Stat(p.file)
	switch {
	case err == nil && info.IsDir():
		return fail(fmt.Errorf("%s is a folder", printable(p.shown)), "Give the path of a file in it.")
	case err == nil && !info.Mode().IsRegular():
		return fail(fmt.Errorf("%s is no regular file", printable(p.shown)), "Give the path of a database file.")
	case err == nil:
		return true, nil
	case !errors.Is(err, os.ErrNotExist):
		return fail(system(err), "Check the path and the permissions of its folders.")
	}
	folder := filepath.Dir(strings.TrimRight(p.file, `/\`))
	info, err = os.Stat(folder)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fail(fmt.Errorf("the folder %s isn't there", printable(filepath.Dir(p.shown))), "Make the folder, or correct the path.")
	case err != nil:
		return fail(system(err), "Check the path and the permissions of its folders.")
	case !info.IsDir():
		return fail(fmt.Errorf("%s is no folder", printable(filepath.Dir(p.shown))), "Correct the path.")
	case strings.HasSuffix(p.shown, "/"):
		return fail(fmt.Errorf("the path ends with a slash, as a folder's"), "Give the path of a file.")
	}
	return false, nil
}

// system is the system's reason without the call and the path, which the message around it has.
func system(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// openInOneOf opens the place in the first of the modes in which it can be read.
func (c *connection) openInOneOf(ctx context.Context, p place, modes []string) error {
	var err error
	for _, mode := range modes {
		if p.immutable {
			mode = "ro"
		}
		if err = c.connect(ctx, p.dsn(mode)); err == nil {
			return nil
		}
		if closed := c.Close(); closed != nil {
			return errors.Join(err, closed)
		}
		switch primary(err) {
		case code.SQLITE_CANTOPEN, code.SQLITE_READONLY, code.SQLITE_PERM, code.SQLITE_IOERR:
			continue
		}
		break
	}
	var locked *drivers.LockedError
	if errors.As(err, &locked) || ctx.Err() != nil {
		return err
	}
	cause := message(err)
	if primary(err) == code.SQLITE_READONLY {
		cause = "SQLite can't make the files that it needs beside it, even for reading"
	}
	return &drivers.UnreachableError{Tried: p.tried, Check: c.check(err), Cause: errors.New(cause)}
}

// check is what to look at when a file that is there can't be opened.
func (c *connection) check(err error) string {
	switch primary(err) {
	case code.SQLITE_NOTADB:
		return "Check that the path is right: the file is no SQLite database, or an encrypted one, which duo-orm can't read."
	case code.SQLITE_CORRUPT:
		return hint(code.SQLITE_CORRUPT) + "."
	case code.SQLITE_CANTOPEN, code.SQLITE_READONLY, code.SQLITE_PERM:
		text := "Check that the file can be read, and that SQLite may write to its folder"
		if c.readOnly {
			text += ", which it must for a database in WAL mode even for reading; if nobody writes to the file, add ?immutable=1 to the URL"
		}
		return text + "."
	}
	if text := hint(primary(err)); text != "" {
		return text + "."
	}
	return "Check the file."
}

// connect opens one session and settles it. The first query reads the file's head and schema, so that a file that is no
// database shows now.
func (c *connection) connect(ctx context.Context, dsn string) error {
	plain, err := engine.NewConnector(dsn)
	if err != nil {
		return err
	}
	if err := c.connectBy(ctx, plain); err != nil {
		return err
	}
	foreign, err := c.foreignTables(ctx)
	if err != nil || len(foreign) == 0 {
		return err
	}
	return c.reconnect(ctx, dsn, foreign, true)
}

// reconnect opens the session again, with stand-ins for the modules of virtual tables.
func (c *connection) reconnect(ctx context.Context, dsn string, foreign foreignTables, live bool) error {
	d := &engine.Driver{}
	if err := errors.Join(c.session.Close(), c.db.Close(), foreign.register(d, live)); err != nil {
		return err
	}
	c.foreign = foreign
	return c.connectBy(ctx, connector{d: d, dsn: dsn})
}

func (c *connection) connectBy(ctx context.Context, connector driver.Connector) (err error) {
	c.db = sql.OpenDB(connector)
	c.db.SetMaxOpenConns(1)
	if c.session, err = c.db.Conn(ctx); err != nil {
		return err
	}
	if err := c.pragma(ctx, "foreign_keys", true); err != nil {
		return err
	}
	if c.readOnly || c.missing {
		if err := c.pragma(ctx, "query_only", true); err != nil {
			return err
		}
	}
	var version string
	var objects int
	return c.patiently(ctx, c.waiting, func() error {
		row := c.session.QueryRowContext(ctx, "SELECT sqlite_version(), count(*) FROM sqlite_schema")
		err := row.Scan(&version, &objects)
		c.server = "SQLite " + version
		return err
	})
}

// pragma sets a switch of the session and makes sure that the engine has taken it: inside a transaction some are ignored
// without a word.
func (c *connection) pragma(ctx context.Context, name string, on bool) error {
	number := 0
	if on {
		number = 1
	}
	if _, err := c.session.ExecContext(ctx, fmt.Sprintf("PRAGMA %s = %d", name, number)); err != nil {
		return err
	}
	var got int
	if err := c.session.QueryRowContext(ctx, "PRAGMA "+name).Scan(&got); err != nil {
		return err
	}
	if got != number {
		return fmt.Errorf("SQLite didn't take PRAGMA %s = %d", name, number)
	}
	return nil
}
