package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers"
)

var journalModes = []string{"DELETE", "WAL"}

func TestBeginWaitsAndGivesUp(t *testing.T) {
	for _, mode := range journalModes {
		d := newDatabase(t, "PRAGMA journal_mode = "+mode, "CREATE TABLE t (a)")
		holder, other := d.open(drivers.OpenOptions{}), d.open(drivers.OpenOptions{LockWait: shortly})
		begin(t, holder, drivers.BeginOptions{})
		run(t, holder, "INSERT INTO t VALUES (1)")
		waited := 0
		err := other.Begin(context.Background(), drivers.BeginOptions{ForeignKeysOff: true}, func() { waited++ })
		var locked *drivers.LockedError
		if !errors.As(err, &locked) || locked.Waited != shortly || locked.Where != other.Where() || waited != 1 {
			t.Fatalf("%s: %v, waiting called %d times", mode, err, waited)
		}
		wantRows(t, other, "PRAGMA foreign_keys", "1")

		other.lockWait = time.Minute
		free, done := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			<-free
			if err := holder.Commit(context.Background()); err != nil {
				t.Error(err)
			}
		}()
		if err := other.Begin(context.Background(), drivers.BeginOptions{}, func() { close(free) }); err != nil {
			t.Fatal(err)
		}
		<-done // the holder is used until then, though the lock is free already
		wantRows(t, other, "SELECT a FROM t", "1")
		if err := other.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	d := newDatabase(t, "CREATE TABLE t (a)")
	holder, other := d.open(drivers.OpenOptions{}), d.open(drivers.OpenOptions{})
	begin(t, holder, drivers.BeginOptions{})
	ctx, cancel := context.WithCancel(context.Background())
	if err := other.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: true}, cancel); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	wantRows(t, other, "PRAGMA foreign_keys", "1")
	if err := holder.Rollback(); err != nil {
		t.Fatal(err)
	}
	begin(t, other, drivers.BeginOptions{})
}

// In a rollback journal a commit must wait for readers; in a write-ahead log it needn't.
func TestCommitWaitsForReaders(t *testing.T) {
	for _, mode := range journalModes {
		d := newDatabase(t, "PRAGMA journal_mode = "+mode, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
		reader, writer := d.open(drivers.OpenOptions{ReadOnly: true}), d.open(drivers.OpenOptions{LockWait: shortly})
		begin(t, reader, drivers.BeginOptions{ReadOnly: true})
		write := func() error {
			begin(t, writer, drivers.BeginOptions{})
			run(t, writer, "UPDATE t SET a = a + 1")
			return writer.Commit(context.Background())
		}
		if err := write(); mode == "WAL" && err != nil {
			t.Fatal(err)
		} else if mode == "DELETE" {
			var locked *drivers.LockedError
			if !errors.As(err, &locked) {
				t.Fatal(err)
			}
			wantRows(t, writer, "SELECT a FROM t", "1")
			writer.lockWait = time.Minute
			time.AfterFunc(shortly, func() {
				if err := reader.Rollback(); err != nil {
					t.Error(err)
				}
			})
			if err := write(); err != nil {
				t.Fatal(err)
			}
		} else {
			wantRows(t, reader, "SELECT a FROM t", "1") // the reader sees one state until it ends
		}
		wantRows(t, writer, "SELECT a FROM t", "2")
	}
}

func TestReadingWaitsForACommit(t *testing.T) {
	d := newDatabase(t, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
	writer := d.open(drivers.OpenOptions{})
	if _, err := writer.session.ExecContext(context.Background(), "BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	_, err := open(context.Background(), d.url(), drivers.OpenOptions{ReadOnly: true, LockWait: shortly})
	var locked *drivers.LockedError
	if !errors.As(err, &locked) {
		t.Fatal(err)
	}
	time.AfterFunc(shortly, func() {
		if _, err := writer.session.ExecContext(context.Background(), "COMMIT"); err != nil {
			t.Error(err)
		}
	})
	wantRows(t, d.open(drivers.OpenOptions{ReadOnly: true}), "SELECT a FROM t", "1")
}

// Many at once: each is alone in its transaction, and all get their turn.
func TestTransactionsAreAlone(t *testing.T) {
	for _, mode := range journalModes {
		d := newDatabase(t, "PRAGMA journal_mode = "+mode, "CREATE TABLE t (a)", "INSERT INTO t VALUES (0)")
		var inside atomic.Int32
		var group sync.WaitGroup
		for range 8 {
			c := d.open(drivers.OpenOptions{})
			group.Add(1)
			go func() {
				defer group.Done()
				for range 5 {
					begin(t, c, drivers.BeginOptions{})
					if inside.Add(1) != 1 {
						t.Error("two are in")
					}
					run(t, c, "UPDATE t SET a = a + 1")
					inside.Add(-1)
					commit(t, c)
				}
			}()
		}
		group.Wait()
		wantRows(t, d.open(drivers.OpenOptions{}), "SELECT a FROM t", "40")
	}
}

// childEnvironment makes the test binary play another process.
const childEnvironment = "DUO_ORM_TEST_CHILD"

func TestMain(m *testing.M) {
	if job := os.Getenv(childEnvironment); job != "" {
		os.Exit(child(job, os.Args[1:]))
	}
	os.Exit(m.Run())
}

// child does a job in a process of its own.
func child(job string, args []string) int {
	ctx := context.Background()
	fail := func(err error) int {
		fmt.Println("error:", err)
		return 1
	}
	switch job {
	case "write": // url: holds the lock with rows written until it is killed
		c, err := open(ctx, args[0], drivers.OpenOptions{})
		if err != nil {
			return fail(err)
		}
		if err := c.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: true}, nil); err != nil {
			return fail(err)
		}
		for _, sql := range []string{"PRAGMA cache_size = 2", "CREATE TABLE half (a)", "UPDATE t SET a = a || randomblob(20000)", "DELETE FROM t WHERE rowid % 2"} {
			if _, err := c.Exec(ctx, sql); err != nil {
				return fail(err)
			}
		}
		fmt.Println("ready")
		time.Sleep(time.Minute)
	case "add": // url, times: adds one to a counter, each time in a transaction
		c, err := open(ctx, args[0], drivers.OpenOptions{})
		if err != nil {
			return fail(err)
		}
		times, err := strconv.Atoi(args[1])
		if err != nil {
			return fail(err)
		}
		for range times {
			if err := c.Begin(ctx, drivers.BeginOptions{}, nil); err != nil {
				return fail(err)
			}
			if _, err := c.Exec(ctx, "UPDATE t SET a = a + 1"); err != nil {
				return fail(err)
			}
			if err := c.Commit(ctx); err != nil {
				return fail(err)
			}
		}
		if err := c.Close(); err != nil {
			return fail(err)
		}
	case "open": // url, ro or rw: says whether it can read and begin
		c, err := open(ctx, args[0], drivers.OpenOptions{ReadOnly: args[1] == "ro", LockWait: shortly})
		if err != nil {
			var unreachable *drivers.UnreachableError
			if errors.As(err, &unreachable) {
				fmt.Println(unreachable.Check)
			}
			return fail(err)
		}
		fmt.Println("opened")
		if args[1] != "ro" {
			err := c.Begin(ctx, drivers.BeginOptions{}, nil)
			if err == nil {
				_, err = c.Exec(ctx, "CREATE TABLE more (a)")
			}
			if err == nil {
				err = c.Commit(ctx)
			}
			if err != nil {
				return fail(err)
			}
		}
		if err := c.Close(); err != nil {
			return fail(err)
		}
	}
	return 0
}

// startChild starts a job; its output is read through the pipe.
func startChild(t testing.TB, job string, args ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), childEnvironment+"="+job)
	return cmd
}

func TestProcessesTakeTurns(t *testing.T) {
	d := newDatabase(t, "CREATE TABLE t (a)", "INSERT INTO t VALUES (0)")
	var group sync.WaitGroup
	for range 4 {
		cmd := startChild(t, "add", d.url(), "10")
		group.Add(1)
		go func() {
			defer group.Done()
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		}()
	}
	group.Wait()
	wantRows(t, d.open(drivers.OpenOptions{}), "SELECT a FROM t", "40")
}

// A killed writer leaves the database as it was, its lock is free at once, and readers put right what it left.
func TestKilledWriter(t *testing.T) {
	for _, mode := range journalModes {
		for _, readOnly := range []bool{true, false} {
			d := newDatabase(t, "PRAGMA journal_mode = "+mode, "CREATE TABLE t (a)", "INSERT INTO t VALUES ('x'), ('y'), ('z')")
			cmd := startChild(t, "write", d.url())
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			line := make([]byte, 100)
			n, err := out.Read(line)
			if err != nil || !strings.HasPrefix(string(line[:n]), "ready") {
				t.Fatalf("%q, %v", line[:n], err)
			}
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err == nil {
				t.Fatal("the writer wasn't killed")
			}
			c := d.open(drivers.OpenOptions{ReadOnly: readOnly, LockWait: shortly})
			wantRows(t, c, "SELECT a FROM t", "x", "y", "z")
			wantRows(t, c, "SELECT name FROM sqlite_schema", "t")
			wantRows(t, c, "PRAGMA integrity_check", "ok")
			if !readOnly {
				begin(t, c, drivers.BeginOptions{})
				run(t, c, "DELETE FROM t")
				commit(t, c)
			}
		}
	}
}

func TestSnapshotsAreNotWaitedFor(t *testing.T) {
	if inTheWay(nil) || primary(nil) != code.SQLITE_OK || inTheWay(errors.New("x")) {
		t.Error("no error is taken for a lock")
	}
}

// Whoever must wait before anything can be read says so, too: a writer whose changes don't fit its memory locks readers out.
func TestOpenSaysThatItWaits(t *testing.T) {
	d := newDatabase(t, "CREATE TABLE t (a)")
	holder := d.open(drivers.OpenOptions{})
	if _, err := holder.session.ExecContext(context.Background(), "BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	var told []string
	_, err := open(context.Background(), d.url(), drivers.OpenOptions{LockWait: shortly, ReadOnly: true, Waiting: func(where string) { told = append(told, where) }})
	var locked *drivers.LockedError
	if !errors.As(err, &locked) || len(told) != 1 || told[0] != holder.Where() {
		t.Errorf("%v, told %q", err, told)
	}
	if _, err := holder.session.ExecContext(context.Background(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
}
