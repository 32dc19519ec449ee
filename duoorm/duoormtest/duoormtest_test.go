package duoormtest_test

import (
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/duoorm"
	"github.com/duo-orm/duo-orm/duoorm/duoormtest"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

func TestMain(m *testing.M) { testserver.Main(m) }

func library(dialect string) fs.FS { return os.DirFS("../../examples/library/" + dialect) }

// lends makes sure that a database is empty and has all that it should, and puts something in.
func lends(t *testing.T, db *sql.DB) {
	t.Helper()
	for _, statement := range []string{"INSERT INTO books (title) VALUES ('Emma')", "INSERT INTO loans (book_id, reader) VALUES (1, 'Ada')"} {
		if _, err := db.Exec(statement); err != nil {
			t.Error(err)
		}
	}
	if _, err := db.Exec("INSERT INTO loans (book_id, reader) VALUES (2, 'Ada')"); err == nil {
		t.Error("a book that isn't there was lent")
	}
}

func TestSQLite(t *testing.T) {
	runs := 0
	files := library("sqlite")
	counting := duoorm.WithClock(func() time.Time { runs++; return time.Date(2026, 11, 28, 19, 0, 0, 0, time.UTC) })
	var all []*duoormtest.Database
	t.Run("tests", func(t *testing.T) {
		for i := range 5 {
			t.Run(fmt.Sprint("test ", i, "%"), func(t *testing.T) {
				d := duoormtest.SQLite(t, files, counting)
				lends(t, d.DB)
				all = append(all, d)
				url, err := duoorm.Open(d.URL)
				if err != nil {
					t.Fatal(err)
				}
				if status, err := duoorm.Check(t.Context(), url, files); err != nil || status.Err() != nil {
					t.Errorf("%v %v", err, status.Err())
				}
			})
		}
	})
	for _, d := range all {
		if _, err := os.Stat(d.File); !os.IsNotExist(err) {
			t.Errorf("%s is still there", d.File)
		}
		if err := d.DB.Ping(); err == nil {
			t.Error("the pool is still open")
		}
	}
	before := runs
	duoormtest.SQLite(t, files, counting)
	if runs != before {
		t.Error("the revisions ran again")
	}
	if d := duoormtest.SQLite(t, files, counting, duoorm.WithTarget("head-1")); runs == before {
		t.Error("another target got the same template")
	} else if _, err := d.DB.Exec("SELECT count(*) FROM loans"); err == nil {
		t.Error("another target has the tables of the head")
	}
}

func TestPostgres(t *testing.T) {
	server := testserver.Postgres(t).URL("postgres")
	files := library("postgres")
	table := duoorm.WithVersionTable("records")
	var made []string
	var lock sync.Mutex
	t.Run("tests", func(t *testing.T) {
		for i := range 3 {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				d := duoormtest.Postgres(t, server, files, table)
				lends(t, d.DB)
				if status, err := duoorm.Check(t.Context(), d.DB, files, table); err != nil || status.Err() != nil {
					t.Errorf("%v %v", err, status.Err())
				}
				name := d.URL[strings.LastIndex(d.URL, "/")+1:]
				if len(databases(t, server, name)) != 1 {
					t.Errorf("no database %s", name)
				}
				lock.Lock()
				defer lock.Unlock()
				made = append(made, name)
			})
		}
	})
	if len(made) != 3 {
		t.Errorf("%d databases were made", len(made))
	}
	if len(databases(t, server, "duo_orm_template_%")) == 0 {
		t.Error("no template was kept")
	}
	for _, name := range made {
		gone(t, server, name)
	}
}

// A test whose session for its end was ended by somebody gets rid of its database all the same.
func TestPostgresEndedSession(t *testing.T) {
	server := testserver.Postgres(t).URL("postgres")
	name := ""
	t.Run("test", func(t *testing.T) {
		d := duoormtest.Postgres(t, server+"?application_name=ended", library("postgres"))
		name, _, _ = strings.Cut(d.URL[strings.LastIndex(d.URL, "/")+1:], "?")
		if _, err := d.DB.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ended' AND datname = 'postgres'"); err != nil {
			t.Fatal(err)
		}
	})
	gone(t, server, name)
}

// gone waits until a database isn't there any more.
func gone(t *testing.T, server, name string) {
	t.Helper()
	for begun := time.Now(); len(databases(t, server, name)) != 0; {
		if time.Since(begun) > time.Minute {
			t.Fatalf("%s is still there", name)
		}
	}
}

// Several programs that test at once get a database each.
func TestPostgresPrograms(t *testing.T) {
	server := testserver.Postgres(t).URL("postgres")
	files, table := library("postgres"), duoorm.WithVersionTable("programs")
	var made sync.Map
	t.Run("tests", func(t *testing.T) {
		for i := range 12 {
			program := server + "?application_name=" + fmt.Sprint(i%3)
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				d := duoormtest.Postgres(t, program, files, table)
				lends(t, d.DB)
				name, _, _ := strings.Cut(d.URL[strings.LastIndex(d.URL, "/")+1:], "?")
				if _, twice := made.LoadOrStore(name, true); twice {
					t.Errorf("%s was given twice", name)
				}
			})
		}
	})
	made.Range(func(name, _ any) bool { gone(t, server, name.(string)); return true })
}

// What killed tests and old runs have left is dropped; what is in use, or somebody's own, is not.
func TestLeftovers(t *testing.T) {
	server := testserver.Postgres(t).URL("postgres")
	old, own := "duo_orm_test_1000000000_"+strings.Repeat("a", 16), "duo_orm_template_"+strings.Repeat("b", 32)
	spare := "duo_orm_spare_" + strings.Repeat("c", 32) + "_" + strings.Repeat("d", 16)
	aged := "duo_orm_template_" + strings.Repeat("c", 32)
	testserver.Exec(t, server, "DROP DATABASE IF EXISTS "+old, "DROP DATABASE IF EXISTS "+own, "DROP DATABASE IF EXISTS "+aged, "DROP DATABASE IF EXISTS "+spare,
		"CREATE DATABASE "+old, "CREATE DATABASE "+own, "CREATE DATABASE "+aged, "CREATE DATABASE "+spare,
		"COMMENT ON DATABASE "+aged+" IS 'made by duoormtest, and copied for tests; used at 1000000000'")
	t.Cleanup(func() { testserver.Exec(t, server, "DROP DATABASE "+own) })
	duoormtest.Postgres(t, server, library("postgres"), duoorm.WithTarget("head-1"))
	for name, want := range map[string]int{old: 0, own: 1, aged: 0, spare: 0} {
		if got := len(databases(t, server, name)); got != want {
			t.Errorf("%s: %d databases, want %d", name, got, want)
		}
	}
}

// databases are those of the server whose names are like that.
func databases(t *testing.T, server, like string) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := conn.Query(t.Context(), "SELECT datname FROM pg_database WHERE datname LIKE $1 ORDER BY datname", like)
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return names
}

func BenchmarkSQLite(b *testing.B) {
	for b.Loop() {
		duoormtest.SQLite(b, library("sqlite"))
	}
}

// within is a test inside a benchmark, which ends before the benchmark does.
type within struct {
	testing.TB
	cleanups []func()
}

func (w *within) Cleanup(cleanup func()) { w.cleanups = append(w.cleanups, cleanup) }

func (w *within) end() {
	for _, cleanup := range slices.Backward(w.cleanups) {
		cleanup()
	}
}

// What tests of some length wait for their databases, one after the other: ms/database is the time before and after the test.
func BenchmarkPostgres(b *testing.B) {
	server := testserver.Postgres(b).URL("postgres")
	for _, test := range []time.Duration{0, 100 * time.Millisecond, 500 * time.Millisecond} {
		b.Run(fmt.Sprint("tests of ", test), func(b *testing.B) {
			var waited time.Duration
			for b.Loop() {
				begun := time.Now()
				w := &within{TB: b}
				d := duoormtest.Postgres(w, server, library("postgres"))
				if err := d.DB.Ping(); err != nil {
					b.Fatal(err)
				}
				waited += time.Since(begun)
				time.Sleep(test)
				begun = time.Now()
				w.end()
				waited += time.Since(begun)
			}
			b.ReportMetric(waited.Seconds()*1000/float64(b.N), "ms/database")
		})
	}
}
