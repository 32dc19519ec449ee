package duoormtest_test

import (
	"database/sql"
	"fmt"
	"io/fs"
	"os"
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
		if len(databases(t, server, name)) != 0 {
			t.Errorf("%s is still there", name)
		}
	}
}

// What killed tests and old runs have left is dropped; what is in use, or somebody's own, is not.
func TestLeftovers(t *testing.T) {
	server := testserver.Postgres(t).URL("postgres")
	old, own := "duo_orm_test_1000000000_"+strings.Repeat("a", 16), "duo_orm_template_"+strings.Repeat("b", 32)
	aged := "duo_orm_template_" + strings.Repeat("c", 32)
	testserver.Exec(t, server, "DROP DATABASE IF EXISTS "+old, "DROP DATABASE IF EXISTS "+own, "DROP DATABASE IF EXISTS "+aged,
		"CREATE DATABASE "+old, "CREATE DATABASE "+own, "CREATE DATABASE "+aged,
		"COMMENT ON DATABASE "+aged+" IS 'made by duoormtest, and copied for tests; used at 1000000000'")
	t.Cleanup(func() { testserver.Exec(t, server, "DROP DATABASE "+own) })
	duoormtest.Postgres(t, server, library("postgres"), duoorm.WithTarget("head-1"))
	for name, want := range map[string]int{old: 0, own: 1, aged: 0} {
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

func BenchmarkPostgres(b *testing.B) {
	server := testserver.Postgres(b).URL("postgres")
	for b.Loop() {
		duoormtest.Postgres(b, server, library("postgres"))
	}
}
