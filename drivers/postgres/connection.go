package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/drivers"
)

// connection is one session with one database; it implements drivers.Connection.
type connection struct {
	session *pgx.Conn
	place   place

	// where and server are for people; database is the database's name.
	where, server, database string
	// user is the role of the session.
	user string
	// version is the server's version as a number: 150018 is 15.18.
	version int
	// defaultSchema is the schema of names that have none.
	defaultSchema string
	versionTable  string
	// lockWait is how long the lock of others is waited for, statementWait how long one statement waits for a lock of a table.
	lockWait, statementWait time.Duration
	readOnly                bool
	// private says that nobody else uses the database, so that nothing is locked.
	private bool
	// managesPrivileges makes owners and privileges part of states. likePublic says that the default schema, of a scratch, stands for
	// one that is public.
	managesPrivileges, likePublic bool
	// backend is the process of the server that works for the session.
	backend uint32

	// role is the session's role in its beginning, "none" for that of its login. unsettled says that a step may have changed it
	// or other settings.
	role      string
	unsettled bool

	// alone says that other schemas than the default one are left out of inspections. stepsRan says that statements ran that may
	// have left anything in the session.
	alone, stepsRan bool

	// lent is what a session of somebody else's had; nil for one that was opened here.
	lent *lent

	// transaction is what is open, nil where nothing is.
	transaction *transaction
	// locked says that the session holds the lock that keeps other upgraders out.
	locked bool

	// dispose drops a scratch database after the session is closed, sweep a scratch schema before; nil for others. hidden are
	// schemas that aren't the scratch schema's.
	dispose func() error
	// recycle, if not nil, takes the session over when a scratch database is done with, and says whether it did.
	recycle func(*connection) bool
	// content is what the scratch database held when it was new (see scratch_content.sql).
	content string
	sweep   func(context.Context) error
	hidden  []string
	// maker makes the scratch databases for this one; nil where none was needed.
	maker *maker
}

// Where implements drivers.Connection.
func (c *connection) Where() string { return c.where }

// Server implements drivers.Connection.
func (c *connection) Server() string { return c.server }

// Missing implements drivers.Connection: a database that isn't there can't be opened.
func (c *connection) Missing() bool { return false }

// ManagesPrivileges implements drivers.PrivilegeManager.
func (c *connection) ManagesPrivileges() bool { return c.managesPrivileges }

// Inspect implements drivers.Connection.
func (c *connection) Inspect(ctx context.Context) (*drivers.Inspection, error) {
	return inspect(ctx, c)
}

// Exec implements drivers.Connection. Several statements in one text are a *sqltext.SeveralError, and nothing is run. The number
// of rows is 0 for statements that change none. Transactions are begun and ended by Begin, Commit and Rollback alone.
//
// Parameters are sent as text without a type, as literals are written, so that the server reads each as what stands there
// needs. Without parameters a ? stays what it is: an operator of jsonb.
//
// A statement without parameters is taken for a step, whose settings hold for the steps behind it; before everything else
// they are taken back.
func (c *connection) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	s, err := readStatement(text)
	if err != nil {
		return 0, err
	}
	if err := s.allowed(); err != nil {
		return 0, err
	}
	if len(args) > 0 {
		if err := c.restoreSettings(ctx); err != nil {
			return 0, err
		}
	}
	c.unsettled = c.unsettled || s.unsettles()
	c.stepsRan = c.stepsRan || len(args) == 0
	restore, err := c.prepareFor(ctx, s)
	if err != nil {
		return 0, err
	}
	rows, err := c.watched(ctx, func() (int64, error) { return c.exec(ctx, text, args) })
	if err == nil && s.word(0) == "DEALLOCATE" {
		err = c.session.DeallocateAll(ctx) // the queries of inspections may have gone with it
	}
	return rows, errors.Join(err, restore())
}

// allowed refuses what would end or change the transaction behind Commit's back, or give up the lock.
func (s sqlText) allowed() error {
	switch first := s.word(0); {
	case first == "ROLLBACK" && (s.begins("ROLLBACK", "TO") || s.word(2) == "TO"):
		return nil
	case first == "COMMIT", first == "ROLLBACK", first == "BEGIN", first == "END", first == "ABORT", s.begins("START", "TRANSACTION"), s.begins("PREPARE", "TRANSACTION"):
		return fmt.Errorf("%s can't be a step: each revision is one transaction, which duo-orm begins and ends itself; take the statement out", s.shown())
	case first == "DISCARD":
		return errors.New("DISCARD can't be a step: it would give up the lock that keeps other upgraders out; take the statement out")
	case first == "COPY" && (s.has("STDIN") || s.has("STDOUT")):
		return errors.New("COPY can't be a step with STDIN or STDOUT: nobody stands at the other end; write the rows as INSERT")
	}
	return nil
}

// Query implements drivers.Connection. All rows are read before the first one is handed on, so that row may use the
// connection. A destination of type *any gets int64, float64, bool, []byte, nil, or for all other types the server's text.
func (c *connection) Query(ctx context.Context, text string, args []any, row func(scan func(...any) error) error) error {
	s, err := readStatement(text)
	if err != nil {
		return err
	}
	if err := s.allowed(); err != nil {
		return err
	}
	if err := c.restoreSettings(ctx); err != nil {
		return err
	}
	_, err = c.watched(ctx, func() (int64, error) { return 0, c.query(ctx, text, args, row) })
	return err
}

// Relation implements drivers.Connection. The name may have a schema before it: meta.revisions. Each of ten thousand schemas may
// have something of that name, so that the index is asked for both.
func (c *connection) Relation(ctx context.Context, name string) (string, error) {
	schema, table := c.split(name)
	kind := ""
	err := c.query(ctx, `SELECT CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
  WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type' ELSE 'index' END
FROM pg_catalog.pg_class r
WHERE r.relname = ? AND r.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = ?)`, []any{table, schema}, func(scan func(...any) error) error { return scan(&kind) })
	return kind, c.explained(err)
}

// Close implements drivers.Connection. An open transaction is rolled back, and the server forgets the lock. A session of somebody
// else's is given back open.
func (c *connection) Close() error {
	if c.session == nil {
		return nil
	}
	if c.recycle != nil && c.recycle(c) {
		c.session, c.transaction, c.dispose, c.recycle = nil, nil, nil, nil
		return nil
	}
	var errs []error
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	// What was open on a session that broke is over already.
	if !c.session.IsClosed() {
		errs = append(errs, c.Rollback())
		if c.sweep != nil {
			sweeping, done := context.WithTimeout(context.Background(), sweepWait)
			errs = append(errs, c.sweep(sweeping))
			done()
		}
		if c.lent == nil {
			errs = append(errs, c.session.Close(ctx))
		} else {
			errs = append(errs, c.giveBack())
		}
	}
	c.session, c.transaction, c.locked = nil, nil, false
	if c.dispose != nil {
		errs = append(errs, c.dispose())
	}
	if c.maker != nil {
		errs = append(errs, c.maker.close())
	}
	return errors.Join(errs...)
}
