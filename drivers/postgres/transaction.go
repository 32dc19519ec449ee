package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
)

// transaction is what Begin has begun.
type transaction struct {
	readOnly bool
	// hold says that the lock outlives the transaction.
	hold bool
}

var (
	errNested     = errors.New("a transaction is open already")
	errNotOpen    = errors.New("no transaction is open")
	errRolledBack = errors.New("the server rolled the transaction back, since a statement in it had failed; nothing of it is kept")
)

// Begin implements drivers.Connection. Foreign keys are left on: no change of a table needs them off here.
//
// The lock is taken before the transaction and given back after it, so that what the transaction sees is what the one
// before has left.
func (c *connection) Begin(ctx context.Context, options drivers.BeginOptions, waiting func()) error {
	switch {
	case c.transaction != nil:
		return errNested
	case options.ReadOnly:
		return c.begin(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", &transaction{readOnly: true})
	case c.private:
		return c.begin(ctx, "BEGIN", &transaction{})
	case c.readOnly:
		return &drivers.NotWritableError{Where: c.where, Check: "It was opened for reading only."}
	}
	if err := c.writable(ctx); err != nil {
		return err
	}
	if err := c.lock(ctx, waiting); err != nil {
		return err
	}
	if err := c.begin(ctx, "BEGIN", &transaction{hold: options.Hold}); err != nil {
		return errors.Join(err, c.unlock())
	}
	if err := c.sameBackend(ctx); err != nil {
		return errors.Join(err, c.Rollback())
	}
	return nil
}

func (c *connection) begin(ctx context.Context, text string, t *transaction) error {
	if _, err := c.exec(ctx, text, nil); err != nil {
		return c.explained(err)
	}
	c.transaction = t
	return nil
}

// writable makes sure that a transaction may write. A standby gives the lock to everybody who asks, so that it is asked
// before.
func (c *connection) writable(ctx context.Context) error {
	var standby, readOnly bool
	err := c.row(ctx, "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only')::boolean", nil, &standby, &readOnly)
	switch {
	case err != nil:
		return c.explained(err)
	case standby:
		return &drivers.NotWritableError{Where: c.where, Check: "The server is a standby, which only follows another one: give the URL of the primary (?target_session_attrs=primary finds it among several hosts)."}
	case readOnly:
		return &drivers.NotWritableError{Where: c.where, Check: "default_transaction_read_only is on for this server, database or role; turn it off, or use another role."}
	}
	return nil
}

// Commit implements drivers.Connection.
func (c *connection) Commit(ctx context.Context) error {
	t := c.transaction
	if t == nil {
		return errNotOpen
	}
	if err := ctx.Err(); err != nil {
		return errors.Join(err, c.Rollback())
	}
	// Cut off in the middle of COMMIT, nobody would know whether it was done.
	whole := context.WithoutCancel(ctx)
	status := c.session.PgConn().TxStatus()
	if _, err := c.exec(whole, "COMMIT", nil); err != nil {
		return errors.Join(c.explained(err), c.Rollback())
	}
	c.transaction = nil
	if status != 'T' { // COMMIT of a failed transaction is a ROLLBACK without an error
		return errors.Join(errRolledBack, c.abandon(t))
	}
	return c.abandon(t)
}

// Rollback implements drivers.Connection.
func (c *connection) Rollback() error {
	t := c.transaction
	if t == nil {
		return nil
	}
	c.transaction = nil
	if c.session.IsClosed() {
		c.locked = false
		return nil // the server has rolled back and given the lock to others
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	var failed error
	if c.session.PgConn().TxStatus() != 'I' {
		if _, err := c.exec(ctx, "ROLLBACK", nil); err != nil {
			failed = fmt.Errorf("roll back: %w", c.explained(err))
		}
	}
	return errors.Join(failed, c.abandon(t))
}

// abandon leaves the session as it was before Begin.
func (c *connection) abandon(t *transaction) error {
	if c.session.IsClosed() {
		c.locked = false
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	err := c.restoreSettings(ctx)
	if !t.hold {
		err = errors.Join(err, c.unlock())
	}
	return err
}
