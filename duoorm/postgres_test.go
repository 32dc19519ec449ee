package duoorm_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/duo-orm/duo-orm/duoorm"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// connect opens a session with a new database.
func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return conn
}

func newPool(t *testing.T, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := pgxpool.New(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// Every kind of handle leads there and back, and is open afterwards.
func TestPostgresHandles(t *testing.T) {
	server := testserver.Postgres(t)
	both := func(t *testing.T, there func(fs.FS) (duoorm.Result, error), back func(fs.FS) (duoorm.Result, error), url string) {
		t.Helper()
		result, err := there(postgres())
		if err != nil || ran(result) != pgFirst+" "+pgSecond || !strings.HasPrefix(result.Database, "PostgreSQL database duo_test_") {
			t.Fatalf("got %+v, %v", result, err)
		}
		testserver.Exec(t, url, "INSERT INTO books (title) VALUES ('Emma')", "INSERT INTO loans (book_id, reader) VALUES (1, 'Ada')")
		if result, err = back(postgres()); err != nil || ran(result) != pgSecond+" "+pgFirst {
			t.Fatalf("got %+v, %v", result, err)
		}
	}
	ctx := context.Background()
	t.Run("sql.DB", func(t *testing.T) {
		url := server.Database(t)
		db := openDSN(t, "pgx", url)
		db.SetMaxOpenConns(1)
		both(t, func(f fs.FS) (duoorm.Result, error) { return duoorm.Upgrade(ctx, db, f) },
			func(f fs.FS) (duoorm.Result, error) { return duoorm.Downgrade(ctx, db, f, "base") }, url)
		if got := text(t, db, "SELECT current_setting('search_path')"); got != `"$user", public` {
			t.Errorf("search_path is %s", got)
		}
	})
	t.Run("sql.Conn", func(t *testing.T) {
		url := server.Database(t)
		conn, err := openDSN(t, "pgx", url).Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		both(t, func(f fs.FS) (duoorm.Result, error) { return duoorm.Upgrade(ctx, conn, f) },
			func(f fs.FS) (duoorm.Result, error) { return duoorm.Downgrade(ctx, conn, f, "base") }, url)
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("pgx.Conn", func(t *testing.T) {
		url := server.Database(t)
		conn := connect(t, url)
		both(t, func(f fs.FS) (duoorm.Result, error) { return duoorm.Upgrade(ctx, conn, f) },
			func(f fs.FS) (duoorm.Result, error) { return duoorm.Downgrade(ctx, conn, f, "base") }, url)
	})
	t.Run("pgxpool.Pool", func(t *testing.T) {
		url := server.Database(t)
		pool := newPool(t, url)
		both(t, func(f fs.FS) (duoorm.Result, error) { return duoorm.Upgrade(ctx, pool, f) },
			func(f fs.FS) (duoorm.Result, error) { return duoorm.Downgrade(ctx, pool, f, "base") }, url)
		if used := pool.Stat().AcquiredConns(); used != 0 {
			t.Errorf("%d connections weren't given back", used)
		}
	})
	t.Run("URL", func(t *testing.T) {
		url := server.Database(t)
		db, err := duoorm.Open(url)
		if err != nil {
			t.Fatal(err)
		}
		both(t, func(f fs.FS) (duoorm.Result, error) { return duoorm.Upgrade(ctx, db, f) },
			func(f fs.FS) (duoorm.Result, error) { return duoorm.Downgrade(ctx, db, f, "base") }, url)
	})
}

// settings are all settings of a session, its role among them.
func settings(t *testing.T, conn *pgx.Conn) string {
	t.Helper()
	var all string
	err := conn.QueryRow(context.Background(), `SELECT string_agg(name || '=' || setting, E'\n' ORDER BY name)
  || E'\n' || current_user || ' ' || session_user || ' ' || (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())
FROM pg_settings WHERE name NOT LIKE 'transaction%' AND name NOT IN ('in_hot_standby')`, pgx.QueryExecModeSimpleProtocol).Scan(&all)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A session is given back with the settings that it had, whatever they were, and its default schema is the one that counts.
func TestPostgresSessionAsItWas(t *testing.T) {
	url := testserver.Postgres(t).Database(t)
	conn := connect(t, url)
	ctx := context.Background()
	role := "role_" + testserver.Name()
	for _, statement := range []string{"CREATE ROLE " + role, "CREATE SCHEMA app AUTHORIZATION " + role, "CREATE SCHEMA other", "SET search_path = app, other", "SET TimeZone = 'Asia/Tokyo'",
		"SET lock_timeout = '17s'", "SET statement_timeout = '5min'", "SET check_function_bodies = on", "SET bytea_output = 'escape'", "SET ROLE " + role} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { testserver.Exec(t, url, "DROP OWNED BY "+role+" CASCADE", "DROP ROLE "+role) })
	before := settings(t, conn)
	same := func(when string) {
		t.Helper()
		if after := settings(t, conn); after != before {
			t.Errorf("%s: before\n%s\nafter\n%s", when, before, after)
		}
	}
	upgrade(t, conn, postgres())
	same("upgrade")
	var owner string
	err := conn.QueryRow(ctx, "SELECT tableowner FROM pg_tables WHERE schemaname = 'app' AND tablename = 'loans'").Scan(&owner)
	if err != nil || owner != role {
		t.Errorf("loans of app belongs to %q, %v", owner, err)
	}
	if status, err := duoorm.Check(ctx, conn, postgres()); err != nil || status.Err() != nil {
		t.Errorf("got %+v, %v", status, err)
	}
	same("check")
	_, err = duoorm.Upgrade(ctx, conn, postgresFiles("SET LOCAL search_path = pg_catalog", "SET TimeZone = 'UTC'", "SELEKT"), duoorm.WithVersionTable("other_records"))
	as[*duoorm.StepError](t, err)
	same("failed upgrade")
	if _, err := conn.Exec(ctx, "BEGIN"); err != nil {
		t.Fatal(err)
	}
	_, err = duoorm.Upgrade(ctx, conn, postgres())
	if e := as[*duoorm.HandleError](t, err); !strings.Contains(e.Error(), "a transaction is open") {
		t.Errorf("got %v", e)
	}
	if _, err := conn.Exec(ctx, "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
}

// postgresFiles is one revision with these statements.
func postgresFiles(statements ...string) fstest.MapFS {
	var steps strings.Builder
	for _, statement := range statements {
		steps.WriteString("  step \"s\" {\n    sql = \"" + statement + "\"\n  }\n")
	}
	return fstest.MapFS{"versions/x.hcl": {Data: []byte("revision \"x\" {\n  dialect = \"postgres\"\n}\nupgrade {\n" + steps.String() + "}\ndowngrade {}\n")}}
}

// A run that is cut off in the middle of a statement ends at once, its lock is free, and the session can be used.
func TestPostgresCancelled(t *testing.T) {
	url := testserver.Postgres(t).Database(t)
	conn := connect(t, url)
	before := settings(t, conn)
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	result, err := duoorm.Upgrade(ctx, conn, postgresFiles("CREATE TABLE one ()", "SELECT pg_sleep(60)"))
	if step := as[*duoorm.StepError](t, err); step.Number != 2 || !errors.Is(err, context.DeadlineExceeded) || len(result.Ran) != 0 {
		t.Errorf("got %+v, %v", result, err)
	}
	if conn.IsClosed() {
		t.Fatal("the session was lost")
	}
	if after := settings(t, conn); after != before {
		t.Errorf("before\n%s\nafter\n%s", before, after)
	}
	upgrade(t, connect(t, url), postgresFiles("CREATE TABLE one ()"), duoorm.WithLockWait(time.Second))
}

func TestPostgresManyAtOnce(t *testing.T) {
	server := testserver.Postgres(t)
	t.Run("one pool", func(t *testing.T) {
		db := openDSN(t, "pgx", server.Database(t))
		atOnce(t, 8, func() *sql.DB { return db }, postgres(), pgSecond)
	})
	t.Run("sessions", func(t *testing.T) {
		url := server.Database(t)
		atOnce(t, 8, func() *pgx.Conn { return connect(t, url) }, postgres(), pgSecond)
	})
	t.Run("small pool", func(t *testing.T) {
		config, err := pgxpool.ParseConfig(server.Database(t))
		if err != nil {
			t.Fatal(err)
		}
		config.MaxConns = 2
		pool, err := pgxpool.NewWithConfig(context.Background(), config)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(pool.Close)
		atOnce(t, 8, func() *pgxpool.Pool { return pool }, postgres(), pgSecond)
	})
}

// The lock of somebody else's upgrade is waited for, not for ever.
func TestPostgresLocked(t *testing.T) {
	url := testserver.Postgres(t).Database(t)
	slow, err := duoorm.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		_, err := duoorm.Upgrade(ctx, slow, postgresFiles("SELECT pg_sleep(60)"))
		done <- err
	}()
	conn := connect(t, url)
	for held := false; !held; time.Sleep(5 * time.Millisecond) {
		if err := conn.QueryRow(context.Background(), "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE locktype = 'advisory' AND granted AND datname = current_database())").Scan(&held); err != nil {
			t.Fatal(err)
		}
	}
	_, err = duoorm.Upgrade(context.Background(), conn, postgres(), duoorm.WithLockWait(50*time.Millisecond))
	if e := as[*duoorm.LockedError](t, err); !strings.Contains(e.By, "session") || e.Waited != 50*time.Millisecond {
		t.Errorf("got %+v", e)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Passwords of URLs and handles are in no error.
func TestPostgresUnreachable(t *testing.T) {
	db, err := duoorm.Open("postgresql://ada:hidden@127.0.0.1:1/app?connect_timeout=2")
	if err != nil {
		t.Fatal(err)
	}
	_, err = duoorm.Upgrade(context.Background(), db, postgres())
	if e := as[*duoorm.UnreachableError](t, err); strings.Contains(e.Error(), "hidden") || !strings.Contains(e.Error(), "port 1") {
		t.Errorf("got %v", e)
	}
	if shown := db.String(); strings.Contains(shown, "hidden") {
		t.Errorf("shown as %s", shown)
	}
	pool := openDSN(t, "pgx", "postgresql://ada:hidden@127.0.0.1:1/app?connect_timeout=2")
	_, err = duoorm.Upgrade(context.Background(), pool, postgres())
	if e := as[*duoorm.UnreachableError](t, err); strings.Contains(e.Error(), "hidden") {
		t.Errorf("got %v", e)
	}
}
