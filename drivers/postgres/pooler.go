package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

// PoolerError is returned where a pooler between duo-orm and the server gives each transaction another session, so that
// neither the lock nor the settings of a session hold.
type PoolerError struct{ Where string }

// Error implements error.
func (e *PoolerError) Error() string {
	return e.Where + " is reached through a pooler in transaction mode, in which no lock and no setting holds: connect to the server directly, or to a pool in session mode (pgbouncer: pool_mode = session)"
}

// Circumstance implements drivers.Circumstance.
func (e *PoolerError) Circumstance() bool { return true }

// mostProbes is how many sessions of a pool are looked at, more than pools usually have; probeWait is how long. A pool in
// session mode whose sessions are all in use makes the probe wait, and so gives itself away.
const (
	mostProbes = 30
	probeWait  = 2 * time.Second
)

// throughPooler refuses a pooler in transaction mode. A pooler shows in that the server's own process number isn't the one
// that was told when the session began. In session mode this session keeps its backend to itself; in transaction mode a
// backend that has nothing to do goes to the next who asks, and so a second session meets it.
func (c *connection) throughPooler(ctx context.Context) error {
	if c.session.PgConn().PID() == c.backend {
		return nil
	}
	probing, cancel := context.WithTimeout(ctx, probeWait)
	defer cancel()
	config := c.place.config.Copy()
	config.DefaultQueryExecMode = pgx.QueryExecModeExec // a prepared statement stays with its backend
	// A cancel request would wait for the pool too.
	config.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.DeadlineContextWatcherHandler{Conn: conn.Conn()}
	}
	probe, err := pgx.ConnectConfig(probing, config)
	if err != nil {
		return ctx.Err()
	}
	defer func() {
		quickly, cancel := context.WithTimeout(context.Background(), closeWait)
		defer cancel()
		_ = probe.Close(quickly) //nolint:errcheck // it has only looked; the pooler ends it either way
	}()
	for range mostProbes {
		var backend, own uint32
		if err := probe.QueryRow(probing, "SELECT pg_catalog.pg_backend_pid()").Scan(&backend); err != nil {
			return ctx.Err()
		}
		if err := c.row(ctx, "SELECT pg_catalog.pg_backend_pid()", nil, &own); err != nil {
			return c.explained(err)
		}
		if backend == c.backend || own != c.backend {
			return &PoolerError{Where: c.where}
		}
	}
	return nil
}
