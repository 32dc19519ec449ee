package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// connection is one session with one database; it implements drivers.Connection.
type connection struct {
	db      *sql.DB
	session *sql.Conn

	where, server string
	versionTable  string
	lockWait      time.Duration
	// waiting, if not nil, is called when reading has to wait.
	waiting func()
	// readOnly sessions write nothing. missing says that an empty database in memory stands in for a file that isn't
	// there, made that the file wasn't there and is now.
	readOnly, missing, made bool

	// foreign are the virtual tables that have stand-ins for their modules.
	foreign foreignTables

	// lent is what a session of somebody else's had; nil for one that was opened here.
	lent *lent

	// transaction is what is open, nil where nothing is.
	transaction *transaction
}

// Where implements drivers.Connection.
func (c *connection) Where() string { return c.where }

// Server implements drivers.Connection.
func (c *connection) Server() string { return c.server }

// Missing implements drivers.Connection.
func (c *connection) Missing() bool { return c.missing }

// Made says that Open made the file of the database, which wasn't there.
func (c *connection) Made() bool { return c.made }

// Exec implements drivers.Connection. Several statements in one text are a *sqltext.SeveralError, and nothing is run. The number
// of rows is 0 for statements that change none. Transactions are begun and ended by Begin, Commit and Rollback alone.
func (c *connection) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	s, err := readStatement(text)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(c.allowed(s), c.foreign.refuse(text)); err != nil {
		return 0, err
	}
	var result sql.Result
	err = c.retried(ctx, func() error {
		var err error
		result, err = c.session.ExecContext(ctx, text, args...)
		return err
	})
	if err != nil {
		return 0, errors.Join(c.explained(err), c.lost())
	}
	if !s.changesRows() {
		return 0, nil
	}
	return result.RowsAffected()
}

// allowed refuses what can't be run on the connection as it is.
func (c *connection) allowed(s statement) error {
	if err := s.allowed(c.transaction != nil); err != nil {
		return err
	}
	if c.transaction != nil && c.transaction.lost && !s.begins("ROLLBACK") {
		return errLost
	}
	return nil
}

// allowed refuses what would end or change the transaction behind Commit's back, and what SQLite would ignore in it.
func (s statement) allowed(inTransaction bool) error {
	switch first := s.words[0]; {
	case first == "ROLLBACK" && (s.begins("ROLLBACK", "TO") || s.begins("ROLLBACK", "TRANSACTION", "TO")):
		return nil
	case first == "BEGIN" || first == "COMMIT" || first == "END" || first == "ROLLBACK":
		return fmt.Errorf("%s can't be a step: each revision is one transaction, which duo-orm begins and ends itself; take the statement out", first)
	case first == "ATTACH" || first == "DETACH" || s.begins("VACUUM", "INTO") || len(s.words) > 2 && first == "VACUUM" && s.words[2] == "INTO":
		return fmt.Errorf("%s can't be a step: a revision works on the one database that it is run for, and on no other file; take the statement out", otherFile(s))
	case !inTransaction:
		return nil
	case first == "VACUUM":
		return errors.New("SQLite can't VACUUM inside a transaction: write transaction = false in the step")
	case s.setsJournal():
		return errors.New("SQLite can't change the journal mode inside a transaction: write transaction = false in the step")
	case s.setsForeignKeys():
		return errors.New("SQLite ignores PRAGMA foreign_keys inside a transaction: write foreign_keys = false in the revision block instead")
	}
	return nil
}

// otherFile names a statement that reaches for another file than the database's.
func otherFile(s statement) string {
	if s.words[0] == "VACUUM" {
		return "VACUUM INTO"
	}
	return s.words[0]
}

// Query implements drivers.Connection. Text in columns declared DATE, DATETIME or TIMESTAMP is handed to row as a
// time.Time where it reads as one; a query that wants the text as it is says CAST(x AS TEXT).
func (c *connection) Query(ctx context.Context, text string, args []any, row func(scan func(...any) error) error) error {
	s, err := readStatement(text)
	if err != nil {
		return err
	}
	if err := c.allowed(s); err != nil {
		return err
	}
	var late error // what happened after rows were handed on: the query must not be run again
	err = c.retried(ctx, func() error {
		rows, err := c.session.QueryContext(ctx, text, args...)
		if err != nil {
			return err
		}
		begun := false
		for late == nil && rows.Next() {
			begun = true
			late = row(rows.Scan)
		}
		closed := rows.Close()
		if late != nil {
			return nil
		}
		if err = rows.Err(); err == nil {
			err = closed
		}
		if begun {
			late, err = err, nil
		}
		return err
	})
	if err == nil {
		err = late
	}
	if err != nil {
		return errors.Join(c.explained(err), c.lost())
	}
	return nil
}

// retried runs try again while somebody else's lock is in its way. Inside a writing transaction nobody's can be.
func (c *connection) retried(ctx context.Context, try func() error) error {
	if c.transaction != nil && !c.transaction.readOnly {
		return try()
	}
	return c.patiently(ctx, c.waiting, try)
}

// Close implements drivers.Connection. An open transaction is rolled back. A session of somebody else's is given back open.
func (c *connection) Close() error {
	if c.lent != nil && c.session != nil {
		return c.giveBack()
	}
	var errs []error
	if c.session != nil {
		errs = append(errs, c.Rollback(), c.session.Close())
		c.session = nil
	}
	if c.db != nil {
		errs = append(errs, c.db.Close())
		c.db = nil
	}
	return errors.Join(errs...)
}

// errEnough ends rows early.
var errEnough = errors.New("enough")

// rows runs a query of the connection's own, without looking at its text.
func (c *connection) rows(ctx context.Context, text string, args []any, row func(scan func(...any) error) error) error {
	rows, err := c.session.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	if err := rows.Err(); err != nil {
		return errors.Join(err, rows.Close())
	}
	return rows.Close()
}
