package duoorm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
)

// Handle is what leads to a database. It is used by one session at a time, is never closed, and may be shared with others, but
// for a *sql.Conn and a *pgx.Conn, which nobody else may use meanwhile.
type Handle interface {
	*sql.DB | *sql.Conn | *pgx.Conn | *pgxpool.Pool | *Database
}

// session is what the work on a database is done with.
type session struct {
	driver drivers.Driver
	conn   drivers.Connection
}

// with opens a session of the handle, and gives it back when the work is done. A handle of which no session is free is waited
// for as long as for a lock.
func with[H Handle](ctx context.Context, handle H, options drivers.OpenOptions, work func(session) error) error {
	switch handle := any(handle).(type) {
	case *sql.DB:
		if handle == nil {
			return errNoHandle
		}
		return withPool(ctx, handle, options, work)
	case *sql.Conn:
		if handle == nil {
			return errNoHandle
		}
		return withConn(ctx, nil, handle, options, work)
	case *pgx.Conn:
		if handle == nil {
			return errNoHandle
		}
		return withPostgres(ctx, handle, options, work)
	case *pgxpool.Pool:
		if handle == nil {
			return errNoHandle
		}
		return withPGXPool(ctx, handle, options, work)
	case *Database:
		if handle == nil {
			return errNoHandle
		}
		return handle.with(ctx, options, work)
	}
	return errNoHandle
}

// errNoHandle is returned for nil.
var errNoHandle = &HandleError{because: because{cause: errors.New("there is no database handle: it is nil"), next: "Open the database first"}}

// free gets a session out of a pool.
func free[S any](ctx context.Context, options drivers.OpenOptions, get func(context.Context) (S, error)) (S, error) {
	waiting, cancel := context.WithTimeoutCause(ctx, options.LockWait, errNoneFree)
	defer cancel()
	s, err := get(waiting)
	if err != nil && ctx.Err() == nil && errors.Is(context.Cause(waiting), errNoneFree) {
		return s, &HandleError{because: because{
			cause: fmt.Errorf("no connection of the pool became free within %s", options.LockWait),
			next:  "Let the pool have one connection more than the program holds while it upgrades"}}
	}
	if err != nil && ctx.Err() == nil {
		err = &UnreachableError{because: because{
			cause: fmt.Errorf("the handle can't open a connection: %w", err), next: "Check what it was opened with, and that the server runs"}}
	}
	return s, err
}

var errNoneFree = errors.New("none free")

func withPool(ctx context.Context, pool *sql.DB, options drivers.OpenOptions, work func(session) error) (err error) {
	conn, err := free(ctx, options, pool.Conn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closed(conn.Close())) }()
	return withConn(ctx, pool, conn, options, work)
}

// closed leaves out that a session was closed already: its server or its driver did so, and what went wrong then was told.
func closed(err error) error {
	if errors.Is(err, sql.ErrConnDone) {
		return nil
	}
	return err
}

// withConn works with one session, of a pool where that is not nil. What is done with a session of pgx is done while nobody else
// can get at it.
func withConn(ctx context.Context, pool *sql.DB, conn *sql.Conn, options drivers.OpenOptions, work func(session) error) error {
	postgres := false
	err := conn.Raw(func(raw any) error {
		c, ok := raw.(*stdlib.Conn)
		if postgres = ok; !ok {
			return nil
		}
		return withPostgres(ctx, c.Conn(), options, work)
	})
	if err != nil || postgres {
		return err
	}
	return withSQLite(ctx, pool, conn, options, work)
}

func withPostgres(ctx context.Context, conn *pgx.Conn, options drivers.OpenOptions, work func(session) error) error {
	driver := postgres.Driver{}
	borrowed, err := driver.Borrow(ctx, conn, options)
	return do(session{driver, borrowed}, err, work)
}

func withPGXPool(ctx context.Context, pool *pgxpool.Pool, options drivers.OpenOptions, work func(session) error) error {
	conn, err := free(ctx, options, pool.Acquire)
	if err != nil {
		return err
	}
	defer conn.Release()
	return withPostgres(ctx, conn.Conn(), options, work)
}

func withSQLite(ctx context.Context, pool *sql.DB, conn *sql.Conn, options drivers.OpenOptions, work func(session) error) error {
	if speaks, err := sqlite.Speaks(ctx, conn); !speaks {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return unknownDriver(conn, err)
	}
	driver := sqlite.Driver{}
	borrowed, err := driver.Borrow(ctx, conn, pool, options)
	return do(session{driver, borrowed}, err, work)
}

func unknownDriver(conn *sql.Conn, answer error) error {
	name := ""
	if err := conn.Raw(func(raw any) error { name = fmt.Sprintf("%T", raw); return nil }); err != nil {
		return err
	}
	return &HandleError{because: because{
		cause: fmt.Errorf("the handle's driver (%s) is none that duo-orm can work with, and the database isn't SQLite: %w", name, answer),
		next:  `For PostgreSQL open it with pgx: sql.Open("pgx", url), a *pgx.Conn or a *pgxpool.Pool; or give the URL with duoorm.Open`}}
}

// do works with an open session, and gives it back.
func do(s session, opened error, work func(session) error) (err error) {
	if opened != nil {
		return opened
	}
	defer func() { err = errors.Join(err, s.conn.Close()) }()
	return work(s)
}
