package sqlite

import (
	"context"
	"errors"
	"fmt"

	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers"
)

// transaction is what Begin has begun.
type transaction struct {
	readOnly       bool
	foreignKeysOff bool
	// lost says that the engine has rolled back the transaction by itself, on a full disk or a RAISE(ROLLBACK).
	lost bool
	// violations are the rows that referred to nothing when the transaction began; nil where foreign keys are enforced.
	violations violations
}

var (
	errLost    = errors.New("SQLite has rolled back the transaction because of the error before; nothing of it is kept")
	errNested  = errors.New("a transaction is open already")
	errNotOpen = errors.New("no transaction is open")
)

// switches are those that a step may have turned on and that must not outlive its transaction.
var switches = []string{"legacy_alter_table", "ignore_check_constraints", "recursive_triggers", "writable_schema"}

// Begin implements drivers.Connection. The lock is SQLite's own: BEGIN IMMEDIATE.
func (c *connection) Begin(ctx context.Context, options drivers.BeginOptions, waiting func()) error {
	switch {
	case c.transaction != nil:
		return errNested
	case options.ReadOnly:
		return c.beginReading(ctx, waiting)
	case c.missing:
		return fmt.Errorf("%s isn't there yet: nothing can be written to it", c.where)
	case c.readOnly:
		return &drivers.NotWritableError{Where: c.where, Check: "It was opened for reading only: take mode=ro or immutable=1 out of the URL."}
	}
	if err := c.writable(); err != nil {
		return err
	}
	t := &transaction{foreignKeysOff: options.ForeignKeysOff}
	if t.foreignKeysOff {
		// Inside a transaction the pragma has no effect (sqlite.org/pragma.html#pragma_foreign_keys).
		if err := c.pragma(ctx, "foreign_keys", false); err != nil {
			return c.explained(err)
		}
	}
	err := c.patiently(ctx, waiting, func() error {
		_, err := c.session.ExecContext(ctx, "BEGIN IMMEDIATE")
		return err
	})
	if err != nil {
		return errors.Join(c.explained(err), c.abandon())
	}
	c.transaction = t
	if t.foreignKeysOff {
		if t.violations, err = c.violations(ctx); err != nil {
			return errors.Join(fmt.Errorf("check the foreign keys before the transaction: %w", c.explained(err)), c.Rollback())
		}
	}
	return nil
}

// beginReading begins a transaction that sees one state of the database until it ends, and writes nothing.
func (c *connection) beginReading(ctx context.Context, waiting func()) error {
	if err := c.pragma(ctx, "query_only", true); err != nil {
		return c.explained(err)
	}
	if _, err := c.session.ExecContext(ctx, "BEGIN"); err != nil {
		return errors.Join(c.explained(err), c.abandon())
	}
	c.transaction = &transaction{readOnly: true}
	err := c.patiently(ctx, waiting, func() error { // the first reading takes the snapshot
		var objects int
		return c.session.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&objects)
	})
	if err != nil {
		return errors.Join(c.explained(err), c.Rollback())
	}
	return nil
}

// writable makes sure that the file can be written: on one that can't, BEGIN IMMEDIATE begins to read without a word.
func (c *connection) writable() error {
	var readOnly bool
	err := c.session.Raw(func(driver any) error {
		asked, ok := driver.(interface {
			IsReadOnly(schema string) (bool, error)
		})
		if !ok && c.lent != nil {
			return nil // then the first statement that writes tells
		}
		if !ok {
			return fmt.Errorf("%T can't tell whether the file can be written", driver)
		}
		var err error
		readOnly, err = asked.IsReadOnly("main")
		return err
	})
	if err == nil && readOnly {
		return &drivers.NotWritableError{Where: c.where, Check: "Check the permissions of the file and its folder, and that the file system isn't read-only."}
	}
	return err
}

// Commit implements drivers.Connection. A commit that readers keep waiting is tried again until the lock wait is over.
func (c *connection) Commit(ctx context.Context) error {
	t := c.transaction
	if t == nil {
		return errNotOpen
	}
	if err := c.commit(ctx, t); err != nil {
		return errors.Join(err, c.Rollback())
	}
	c.transaction = nil
	return c.abandon()
}

func (c *connection) commit(ctx context.Context, t *transaction) error {
	if t.lost {
		return errLost
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if t.foreignKeysOff {
		now, err := c.violations(ctx)
		if err != nil {
			return fmt.Errorf("check the foreign keys: %w", c.explained(err))
		}
		if fresh := now.since(t.violations); len(fresh) > 0 {
			return &drivers.ForeignKeyError{Violations: fresh}
		}
	}
	// Cut off in the middle of COMMIT, the engine's Go package would report a failure for what has been committed.
	whole := context.WithoutCancel(ctx)
	err := c.patiently(ctx, nil, func() error {
		_, err := c.session.ExecContext(whole, "COMMIT")
		return err
	})
	if extended(err) == code.SQLITE_CONSTRAINT_FOREIGNKEY {
		return c.deferredViolations(ctx, err)
	}
	return c.explained(err)
}

// deferredViolations names the rows for which the engine refuses to commit.
func (c *connection) deferredViolations(ctx context.Context, refused error) error {
	now, err := c.violations(ctx)
	if err != nil {
		return errors.Join(c.explained(refused), err)
	}
	if fresh := now.since(violations{}); len(fresh) > 0 {
		return &drivers.ForeignKeyError{Violations: fresh}
	}
	return c.explained(refused)
}

// Rollback implements drivers.Connection.
func (c *connection) Rollback() error {
	if c.transaction == nil {
		return nil
	}
	c.transaction = nil
	ctx := context.Background()
	var failed error
	if _, err := c.session.ExecContext(ctx, "ROLLBACK"); err != nil {
		// It fails where the engine has rolled back already, which is what was wanted.
		if _, begun := c.session.ExecContext(ctx, "BEGIN"); begun != nil {
			failed = fmt.Errorf("roll back: %w", c.explained(err))
		} else if _, err := c.session.ExecContext(ctx, "ROLLBACK"); err != nil {
			failed = fmt.Errorf("roll back: %w", c.explained(err))
		}
	}
	return errors.Join(failed, c.abandon())
}

// abandon leaves the session as it was before Begin.
func (c *connection) abandon() error {
	ctx := context.Background()
	errs := []error{c.pragma(ctx, "foreign_keys", true), c.pragma(ctx, "query_only", c.readOnly || c.missing)}
	for _, name := range switches {
		errs = append(errs, c.pragma(ctx, name, false))
	}
	return errors.Join(errs...)
}

// lost finds out after an error whether the engine has rolled back the open transaction: only then a new one can begin.
// What follows would otherwise run without any.
func (c *connection) lost() error {
	if c.transaction == nil || c.transaction.lost {
		return nil
	}
	ctx := context.Background()
	if _, err := c.session.ExecContext(ctx, "BEGIN"); err != nil {
		return nil
	}
	c.transaction.lost = true
	if _, err := c.session.ExecContext(ctx, "ROLLBACK"); err != nil {
		return c.explained(err)
	}
	return nil
}
