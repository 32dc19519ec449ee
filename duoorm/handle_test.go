package duoorm_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	engine "modernc.org/sqlite"

	"github.com/duo-orm/duo-orm/duoorm"
)

// A session is given back as it was, and the handle stays open.
func TestSessionAsItWas(t *testing.T) {
	db := open(t)
	db.SetMaxOpenConns(1)
	ask := func() string {
		return text(t, db, `SELECT (SELECT foreign_keys FROM pragma_foreign_keys) || (SELECT recursive_triggers FROM pragma_recursive_triggers)
  || (SELECT legacy_alter_table FROM pragma_legacy_alter_table) || (SELECT query_only FROM pragma_query_only) || (SELECT timeout FROM pragma_busy_timeout)`)
	}
	for _, set := range []string{"", "PRAGMA recursive_triggers = 1", "PRAGMA legacy_alter_table = 1", "PRAGMA foreign_keys = 1", "PRAGMA busy_timeout = 77", "PRAGMA foreign_keys = 0"} {
		run(t, db, set)
		before := ask()
		upgrade(t, db, library())
		if _, err := duoorm.Downgrade(context.Background(), db, library(), "base"); err != nil {
			t.Fatal(err)
		}
		if _, err := duoorm.Check(context.Background(), db, library()); err != nil {
			t.Fatal(err)
		}
		_, failed := duoorm.Upgrade(context.Background(), db, files("x:upgrade {\n  step \"s\" {\n    sql = \"SELEKT\"\n  }\n}\ndowngrade {}"))
		as[*duoorm.StepError](t, failed)
		if after := ask(); after != before {
			t.Errorf("%s: before %s, after %s", set, before, after)
		}
	}
	// Foreign keys are enforced meanwhile, whatever the handle does otherwise.
	_, err := duoorm.Upgrade(context.Background(), db, files(`x:upgrade {
  step "one" {
    sql = "CREATE TABLE one (id integer PRIMARY KEY, other integer REFERENCES one (id))"
  }
  step "two" {
    sql = "INSERT INTO one VALUES (1, 2)"
  }
}
downgrade {}`))
	if !strings.Contains(as[*duoorm.StepError](t, err).Error(), "FOREIGN KEY") {
		t.Errorf("got %v", err)
	}
	run(t, db, "PRAGMA query_only = 1")
	_, err = duoorm.Upgrade(context.Background(), db, library())
	as[*duoorm.NotWritableError](t, err)
	if status, err := duoorm.Check(context.Background(), db, library()); err != nil || len(status.Pending) != 2 {
		t.Errorf("got %+v, %v", status, err)
	}
}

// In memory each connection of a pool has a database of its own, unless it is shared or alone.
func TestInMemory(t *testing.T) {
	private := openDSN(t, "sqlite", ":memory:")
	_, err := duoorm.Upgrade(context.Background(), private, library())
	if e := as[*duoorm.HandleError](t, err); !strings.Contains(e.Error(), "SetMaxOpenConns(1)") {
		t.Errorf("got %v", e)
	}
	_, err = duoorm.Check(context.Background(), private, library())
	as[*duoorm.HandleError](t, err)
	private.SetMaxOpenConns(1)
	if result := upgrade(t, private, library()); len(result.Ran) != 2 || result.Database != "SQLite database in memory" {
		t.Errorf("got %+v", result)
	}
	shared := openDSN(t, "sqlite", "file:shared_by_test?mode=memory&cache=shared")
	run(t, shared, "PRAGMA user_version = 7")
	if result := upgrade(t, shared, library()); len(result.Ran) != 2 {
		t.Errorf("got %+v", result)
	}
	if got := text(t, shared, "PRAGMA user_version"); got != "7" {
		t.Errorf("user_version is %s", got)
	}
}

func TestConn(t *testing.T) {
	db := open(t)
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := conn.ExecContext(context.Background(), "BEGIN"); err != nil {
		t.Fatal(err)
	}
	_, err = duoorm.Upgrade(context.Background(), conn, library())
	if e := as[*duoorm.HandleError](t, err); !strings.Contains(e.Error(), "a transaction is open") {
		t.Errorf("got %v", e)
	}
	if _, err := conn.ExecContext(context.Background(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if result := upgrade(t, conn, library()); len(result.Ran) != 2 {
		t.Errorf("got %+v", result)
	}
	if err := conn.PingContext(context.Background()); err != nil {
		t.Error(err)
	}
}

// A pool whose connections are all in use is waited for, not for ever.
func TestNoneFree(t *testing.T) {
	db := open(t)
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	_, err = duoorm.Upgrade(context.Background(), db, library(), duoorm.WithLockWait(50*time.Millisecond))
	if e := as[*duoorm.HandleError](t, err); !strings.Contains(e.Error(), "became free within 50ms") {
		t.Errorf("got %v", e)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	upgrade(t, db, library())
}

func TestNil(t *testing.T) {
	var none *sql.DB
	_, err := duoorm.Upgrade(context.Background(), none, library())
	as[*duoorm.HandleError](t, err)
}

// strange is a driver of an engine that nobody knows.
type strange struct{}

func (strange) Connect(context.Context) (driver.Conn, error) { return strange{}, nil }
func (strange) Driver() driver.Driver                        { return nil }
func (strange) Prepare(string) (driver.Stmt, error)          { return nil, errors.New("no such thing") }
func (strange) Close() error                                 { return nil }
func (strange) Begin() (driver.Tx, error)                    { return nil, errors.New("no such thing") }

func TestUnknownDriver(t *testing.T) {
	db := sql.OpenDB(strange{})
	_, err := duoorm.Upgrade(context.Background(), db, library())
	if e := as[*duoorm.HandleError](t, err); !strings.Contains(e.Error(), "duoorm_test.strange") || !strings.Contains(e.Error(), "duoorm.Open") {
		t.Errorf("got %v", e)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

// foreign is another package's driver for SQLite: it hides what modernc's has besides, and its errors are a struct with the
// fields that those of github.com/mattn/go-sqlite3 have.
type foreign struct {
	dsn   string
	blind bool
}

type foreignError struct {
	Code, ExtendedCode int
	text               string
}

func (e foreignError) Error() string { return e.text }

func (f foreign) Connect(context.Context) (driver.Conn, error) {
	conn, err := (&engine.Driver{}).Open(f.dsn)
	return foreignConn{conn, f.blind}, err
}
func (f foreign) Driver() driver.Driver { return nil }

type foreignConn struct {
	driver.Conn
	blind bool
}

func (c foreignConn) translate(err error) error {
	var e *engine.Error
	switch {
	case !errors.As(err, &e):
		return err
	case c.blind:
		return errors.New("something went wrong")
	}
	return foreignError{e.Code() & 0xff, e.Code(), e.Error()}
}

func (c foreignConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	result, err := c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
	return result, c.translate(err)
}

func (c foreignConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
	return rows, c.translate(err)
}

// Any driver for SQLite will do whose errors tell the engine's codes: without them a lock couldn't be told from a fault.
func TestOtherDriver(t *testing.T) {
	file := filepath.Join(t.TempDir(), "app.db")
	blind := sql.OpenDB(foreign{"file:" + file, true})
	_, err := duoorm.Upgrade(context.Background(), blind, library())
	if e := as[*duoorm.HandleError](t, err); !strings.Contains(e.Error(), "result codes") {
		t.Errorf("got %v", e)
	}
	db := sql.OpenDB(foreign{"file:" + file, false})
	upgrade(t, db, library(), duoorm.WithTarget(first))
	locked, other := openFile(t, file), make(chan error)
	conn, err := locked.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(context.Background(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	_, err = duoorm.Upgrade(context.Background(), db, library(), duoorm.WithLockWait(20*time.Millisecond))
	if e := as[*duoorm.LockedError](t, err); e.Waited != 20*time.Millisecond || !strings.Contains(e.Error(), "duoorm.WithLockWait") {
		t.Errorf("got %+v", e)
	}
	go func() {
		_, err := duoorm.Upgrade(context.Background(), db, library())
		other <- err
	}()
	time.Sleep(30 * time.Millisecond)
	if _, err := conn.ExecContext(context.Background(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := <-other; err != nil {
		t.Error(err)
	}
	_, err = duoorm.Upgrade(context.Background(), db, files("x:upgrade {\n  step \"s\" {\n    sql = \"SELEKT\"\n  }\n}\ndowngrade {}"), duoorm.WithVersionTable("v"))
	if !strings.Contains(as[*duoorm.StepError](t, err).Error(), "syntax error") {
		t.Errorf("got %v", err)
	}
	if err := errors.Join(conn.Close(), db.Close(), blind.Close()); err != nil {
		t.Error(err)
	}
}

func TestOpen(t *testing.T) {
	for _, url := range []string{"", "mysql://root:hidden@host/db", "sqlite+pysqlite:///x", "nonsense"} {
		_, err := duoorm.Open(url)
		if e := as[*duoorm.URLError](t, err); strings.Contains(e.Error(), "hidden") {
			t.Errorf("got %v", e)
		}
	}
	file := filepath.Join(t.TempDir(), "app.db")
	db, err := duoorm.Open("sqlite:///" + file)
	if err != nil {
		t.Fatal(err)
	}
	if status, err := duoorm.Check(context.Background(), db, library()); err != nil || len(status.Pending) != 2 {
		t.Errorf("got %+v, %v", status, err)
	}
	if result := upgrade(t, db, library()); len(result.Ran) != 2 {
		t.Errorf("got %+v", result)
	}
	if got := text(t, openFile(t, file), "SELECT count(*) FROM duo_orm_revisions"); got != "2" {
		t.Errorf("got %s", got)
	}
	nowhere, err := duoorm.Open("sqlite:////nowhere/at/all.db")
	if err != nil {
		t.Fatal(err)
	}
	_, err = duoorm.Upgrade(context.Background(), nowhere, library())
	as[*duoorm.UnreachableError](t, err)
	if shown := nowhere.String(); shown != "sqlite:////nowhere/at/all.db" {
		t.Errorf("shown as %s", shown)
	}
}
