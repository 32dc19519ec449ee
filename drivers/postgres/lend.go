package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/drivers"
)

// LentError says why a session of somebody else's can't be worked with, and what to do instead.
type LentError struct{ Reason, WayOut string }

// Error implements error.
func (e *LentError) Error() string { return e.Reason + ". " + e.WayOut }

// lent is what a session of somebody else's had, to be given back with it.
type lent struct {
	settings []setting
	// user is the session's user where that isn't the one who logged in, otherwise empty.
	user string
}

// Borrow makes a connection of a session that somebody else has opened. Close gives the session back as it was: with the
// settings and the role that it had, without a transaction and without the lock. Its default schema is the first one of its
// search path. Nobody else may use it meanwhile. A session that can't be worked with is a *LentError. Of the options Root and
// Create mean nothing here.
//
// Where the context ends in the middle of a statement, the server is asked to end it, and the session stays usable, whatever
// its own configuration would do.
func (Driver) Borrow(ctx context.Context, session *pgx.Conn, options drivers.OpenOptions) (drivers.Connection, error) {
	switch {
	case session.IsClosed():
		return nil, &LentError{Reason: "the handle's connection is closed", WayOut: "Open it again first."}
	case session.PgConn().IsBusy():
		return nil, &LentError{Reason: "a query is running on the handle", WayOut: "Read its rows to the end, or close them, first."}
	case session.PgConn().TxStatus() != 'I':
		return nil, &LentError{Reason: "a transaction is open on the handle", WayOut: "End it first: each revision is a transaction of its own."}
	}
	p := place{config: session.Config()}
	p.tried = p.where()
	c := newConnection(p, options)
	c.session, c.lent = session, &lent{}
	if err := c.settle(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// remember reads the settings that are about to be changed. There are none to remember in a session of one's own.
func (c *connection) remember(ctx context.Context) error {
	if c.lent == nil {
		return nil
	}
	list := append(c.settings(), c.checkInterval()...)
	calls, args, into := make([]string, len(list)), make([]any, len(list)), make([]any, len(list))
	for i := range list {
		calls[i], args[i], into[i] = "pg_catalog.current_setting(?)", list[i].name, &list[i].value
	}
	var user string
	err := c.row(ctx, "SELECT "+strings.Join(calls, ", ")+", session_user::pg_catalog.text", args, append(into, &user)...)
	if err != nil {
		return fmt.Errorf("read the settings of the session: %w", c.explained(err))
	}
	c.lent.settings = list
	if user != c.place.config.User {
		c.lent.user = user
	}
	return nil
}

// giveBack leaves the session as it was when it was lent.
func (c *connection) giveBack() error {
	if c.session.IsClosed() {
		return nil // the server has forgotten it
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	errs := []error{c.Rollback(), c.restoreSettings(ctx), c.unlock()}
	if len(c.lent.settings) > 0 {
		errs = append(errs, c.give(ctx, c.lent.settings))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("give the handle of the %s back as it was: %w", c.where, err)
	}
	return nil
}

// cancelSettles is how long a cancelled statement is waited for behind its end: the server may get the request to cancel
// late, and would then end the next statement.
const cancelSettles = 100 * time.Millisecond

// kept is a context for one statement of a session that may not be lost: when the given one ends, the server is asked to end
// the statement. Done must be called when it has. For a session of one's own its configuration does the same.
func (c *connection) kept(ctx context.Context) (inner context.Context, done func()) {
	if c.lent == nil || c.session == nil || ctx.Err() != nil {
		return ctx, func() {}
	}
	session, finished := c.session.PgConn(), make(chan struct{})
	var giveUp *time.Timer
	stop := context.AfterFunc(ctx, func() {
		defer close(finished)
		// A server that doesn't answer is given up; the statement then fails.
		giveUp = time.AfterFunc(cancelWait, func() { _ = session.Conn().Close() })
		asking, cancel := context.WithTimeout(context.WithoutCancel(ctx), cancelWait)
		defer cancel()
		if session.CancelRequest(asking) == nil {
			time.Sleep(cancelSettles)
		}
	})
	return context.WithoutCancel(ctx), func() {
		if !stop() {
			<-finished
			giveUp.Stop()
		}
	}
}
