package postgres

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

func TestPooler(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("pgbouncer"); err != nil {
		t.Skip("SKIPPED: this machine has no pgbouncer; install Debian's pgbouncer")
	}
	server := testserver.Postgres(t)
	url := server.Database(t)
	name := url[strings.LastIndexByte(url, '/')+1:]
	for _, roundRobin := range []int{0, 1} {
		pool := testserver.Pgbouncer(t, server, "transaction", fmt.Sprintf("server_round_robin = %d", roundRobin))
		// Sessions of others lie in the pool already.
		for range 3 {
			testserver.Exec(t, pool.URL(name)+"?default_query_exec_mode=simple_protocol", "SELECT pg_sleep(0.01)")
		}
		_, err := Driver{}.Open(t.Context(), pool.URL(name), drivers.OpenOptions{VersionTable: "v"})
		var pooler *PoolerError
		if !errors.As(err, &pooler) || !strings.Contains(err.Error(), "pool_mode = session") {
			t.Fatalf("round robin %d: %v", roundRobin, err)
		}
	}

	pool := testserver.Pgbouncer(t, server, "session", "")
	first, second := opened(t, pool.URL(name), drivers.OpenOptions{}), opened(t, pool.URL(name), drivers.OpenOptions{LockWait: 50 * time.Millisecond})
	if err := first.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	execute(t, first, "CREATE TABLE t (i integer)")
	var locked *drivers.LockedError
	if err := second.Begin(t.Context(), drivers.BeginOptions{}, nil); !errors.As(err, &locked) {
		t.Error(err)
	}
	if err := errors.Join(first.Commit(t.Context()), second.Begin(t.Context(), drivers.BeginOptions{}, nil), second.Commit(t.Context())); err != nil {
		t.Error(err)
	}
	s := scratched(t, first, "")
	execute(t, s, "CREATE TABLE t (i integer)")
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// Should the look at the pool not have found it out, the lock does.
func TestLockOnAnotherBackend(t *testing.T) {
	t.Parallel()
	c := empty(t)
	var pooler *PoolerError
	values(t, c, "SELECT pg_advisory_lock(?)", 1, c.lockKey())
	if err := c.Begin(t.Context(), drivers.BeginOptions{}, nil); !errors.As(err, &pooler) {
		t.Error("somebody's lock came with the backend:", err)
	}
	values(t, c, "SELECT pg_advisory_unlock_all()", 1)
	c.locked = true // as if another backend had it
	if err := c.Begin(t.Context(), drivers.BeginOptions{}, nil); !errors.As(err, &pooler) {
		t.Error("the lock is on another backend:", err)
	}
	if c.transaction != nil || c.locked {
		t.Error("left open")
	}
}
