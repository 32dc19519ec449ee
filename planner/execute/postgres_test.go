package execute_test

import (
	"context"
	"errors"
	neturl "net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/internal/testserver"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func TestMain(m *testing.M) { testserver.Main(m) }

func onPostgres(t *testing.T, url, table string, lockTimeout time.Duration) drivers.Connection {
	t.Helper()
	conn, err := postgres.Driver{}.Open(t.Context(), url, drivers.OpenOptions{VersionTable: table, LockWait: time.Minute, LockTimeout: lockTimeout})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

// postgresOptions run revisions that make tables of t1, t2, …; wait is how long a blocked revision is tried again.
func postgresOptions(conn drivers.Connection, graph *revision.Graph, table string, wait time.Duration) execute.Options {
	o := options(conn, graph, "head")
	o.Driver, o.VersionTable, o.LockWait = postgres.Driver{}, table, wait
	return o
}

func postgresLine(n int) []*revision.File {
	files := line(n)
	for _, f := range files {
		f.Dialect = "postgres"
	}
	return files
}

// Eight at once, with a step that stands alone, through which the lock must be kept: each revision runs once.
func TestConcurrentUpgradersOnPostgres(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	const name = "meta.revisions"
	files := postgresLine(3)
	files[1].Upgrade = append(files[1].Upgrade, alone("index t2", "CREATE INDEX CONCURRENTLY t2_index ON t2 (id)"), step("mark t2", "CREATE TABLE t2_mark ()"))
	var all sync.WaitGroup
	for range 8 {
		conn := onPostgres(t, url, name, 0)
		all.Add(1)
		go func() {
			defer all.Done()
			if _, err := execute.Upgrade(t.Context(), postgresOptions(conn, join(t, files...), name, 0)); err != nil {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	conn := onPostgres(t, url, name, 0)
	list, err := execute.ReadRecords(t.Context(), postgres.Driver{}, conn, name)
	if err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	if got := texts(t, conn, "SELECT count(*) FROM meta.revisions_log WHERE action = 'upgrade'"); got[0] != "3" {
		t.Error(got)
	}
	o := postgresOptions(conn, join(t, files[:1]...), name, 0)
	o.Target = "base"
	files[1].Downgrade = append([]revision.Step{step("drop mark", "DROP TABLE t2_mark")}, files[1].Downgrade...)
	if _, err := execute.Downgrade(t.Context(), o); err == nil {
		t.Error("a graph without the applied revisions was taken")
	}
}

// A revision whose statement others keep from a lock is rolled back and tried again until they are done.
func TestBlockedRevisionIsTriedAgain(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	conn, other := onPostgres(t, url, table, 100*time.Millisecond), onPostgres(t, url, "another", 0)
	files := postgresLine(1)
	files[0].Upgrade = append(files[0].Upgrade, step("change u", "ALTER TABLE u ADD COLUMN j integer"))
	exec(t, other, "CREATE TABLE u (i integer)")
	if err := other.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	exec(t, other, "LOCK TABLE u IN ACCESS SHARE MODE")

	_, err := execute.Upgrade(t.Context(), postgresOptions(conn, join(t, files...), table, 0))
	var failed *execute.StepError
	var locked *drivers.LockedError
	if !errors.As(err, &failed) || failed.Number != 2 || !errors.As(err, &locked) || !strings.Contains(failed.State, "Nothing of revision t1") {
		t.Fatal(err)
	}

	tries := 0
	o := postgresOptions(conn, join(t, files...), table, time.Minute)
	o.Progress.Again = func(*revision.File, error) {
		if tries++; tries == 2 {
			if err := other.Rollback(); err != nil {
				t.Error(err)
			}
		}
	}
	if result, err := execute.Upgrade(t.Context(), o); err != nil || done(result) != "t1" || tries != 2 {
		t.Error(tries, result, err)
	}
}

// A version table that somebody keeps locked is told as that.
func TestLockedVersionTable(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	conn, other := onPostgres(t, url, table, 100*time.Millisecond), onPostgres(t, url, "another", 0)
	files := join(t, postgresLine(1)...)
	if _, err := execute.Upgrade(t.Context(), postgresOptions(conn, files, table, 0)); err != nil {
		t.Fatal(err)
	}
	if err := other.Begin(t.Context(), drivers.BeginOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	exec(t, other, "LOCK TABLE "+table)
	_, err := execute.Upgrade(t.Context(), postgresOptions(conn, files, table, 0))
	var locked *drivers.LockedError
	var unusable *execute.VersionTableError
	if !errors.As(err, &locked) || errors.As(err, &unusable) {
		t.Fatal(err)
	}
}

// A role that may make nothing where the version table lies can use one that is there.
func TestVersionTableOfAnotherRole(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	url := server.Database(t)
	admin := onPostgres(t, url, "another", 0)
	role := "deployer_" + strings.ReplaceAll(texts(t, admin, "SELECT current_database()")[0], "-", "_")
	const name = "meta.revisions"
	for _, statement := range (postgres.Driver{}).VersionTable(name) {
		exec(t, admin, statement)
	}
	exec(t, admin, "CREATE ROLE "+role+" LOGIN")
	t.Cleanup(func() {
		exec(t, admin, "DROP OWNED BY "+role)
		exec(t, admin, "DROP ROLE "+role)
	})
	exec(t, admin, "CREATE SCHEMA app AUTHORIZATION "+role)
	exec(t, admin, "GRANT USAGE ON SCHEMA meta TO "+role)
	exec(t, admin, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA meta TO "+role)
	as, err := neturl.Parse(url)
	if err != nil {
		t.Fatal(err)
	}
	as.User = neturl.User(role)
	conn := onPostgres(t, as.String(), name, 0)
	files := join(t, &revision.File{ID: "a1", Dialect: "postgres", Upgrade: []revision.Step{step("create t", "CREATE TABLE app.t (i integer)")}, Downgrade: []revision.Step{step("drop t", "DROP TABLE app.t")}})
	if result, err := execute.Upgrade(t.Context(), postgresOptions(conn, files, name, 0)); err != nil || done(result) != "a1" {
		t.Fatal(result, err)
	}
}

// What is interrupted in the server is rolled back there.
func TestInterruptedOnPostgres(t *testing.T) {
	t.Parallel()
	conn := onPostgres(t, testserver.Postgres(t).Database(t), table, 0)
	files := postgresLine(1)
	files[0].Upgrade = append(files[0].Upgrade, step("sleep", "SELECT pg_sleep(60)"))
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err := execute.Upgrade(ctx, postgresOptions(conn, join(t, files...), table, time.Minute))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if kind, err := conn.Relation(t.Context(), "t1"); kind != "" || err != nil {
		t.Error(kind, err)
	}
}

// A step's settings end with the steps: the record is written where it belongs.
func TestStepsThatSetTheSearchPath(t *testing.T) {
	t.Parallel()
	conn := onPostgres(t, testserver.Postgres(t).Database(t), table, 0)
	files := postgresLine(1)
	files[0].Upgrade = append([]revision.Step{step("forget the path", "SELECT pg_catalog.set_config('search_path', '', false)")}, files[0].Upgrade...)
	files[0].Upgrade[1].SQL = "CREATE TABLE public.t1 (id integer)"
	if _, err := execute.Upgrade(t.Context(), postgresOptions(conn, join(t, files...), table, 0)); err != nil {
		t.Error(err)
	}
}

// CREATE INDEX CONCURRENTLY that fails leaves an invalid index behind: the next run takes it away and builds it again, and goes
// on with the steps that come after it.
func TestInvalidIndexIsBuiltAgain(t *testing.T) {
	t.Parallel()
	conn := onPostgres(t, testserver.Postgres(t).Database(t), table, 0)
	files := postgresLine(2)
	files[0].Upgrade = append(files[0].Upgrade, step("rows", "INSERT INTO t1 VALUES (1), (2)"), step("another", "ALTER TABLE t1 ADD n integer DEFAULT 7"),
		alone("index t1", "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_each ON t1 (n)"), step("mark", "CREATE TABLE mark ()"))
	graph := join(t, files...)
	_, err := execute.Upgrade(t.Context(), postgresOptions(conn, graph, table, time.Minute))
	var failed *execute.StepError
	if !errors.As(err, &failed) || !failed.Unfinished || failed.Number != 4 {
		t.Fatal(err)
	}
	valid := "SELECT indisvalid::text FROM pg_index WHERE indexrelid = to_regclass('one_each')"
	if got := texts(t, conn, valid); len(got) != 1 || got[0] != "false" {
		t.Fatal(got)
	}
	if _, err = execute.Upgrade(t.Context(), postgresOptions(conn, graph, table, 0)); !errors.As(err, &failed) || failed.Number != 4 {
		t.Fatal(err)
	}
	exec(t, conn, "UPDATE t1 SET n = id")
	result, err := execute.Upgrade(t.Context(), postgresOptions(conn, graph, table, 0))
	if err != nil || done(result) != "t1 t2" || result.Done[0].Steps != 2 {
		t.Fatal(result, err)
	}
	if got := texts(t, conn, valid); len(got) != 1 || got[0] != "true" {
		t.Error(got)
	}
	if kind, err := conn.Relation(t.Context(), "mark"); kind != "table" || err != nil {
		t.Error(kind, err)
	}
}
