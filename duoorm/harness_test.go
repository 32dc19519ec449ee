package duoorm_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	_ "modernc.org/sqlite"

	"github.com/duo-orm/duo-orm/duoorm"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// TestMain stops the server that the tests shared, or upgrades one database where another test has started this program for that.
func TestMain(m *testing.M) {
	if file := os.Getenv("DUO_ORM_TEST_UPGRADE"); file != "" {
		os.Exit(upgradeAlone(file))
	}
	testserver.Main(m)
}

// The two revisions of examples/library.
const (
	first, second = "7fae22773e74", "93409c2a4423"
	pgFirst       = "bf123cc73f57"
	pgSecond      = "da71895bfd73"
)

func library() fs.FS  { return os.DirFS("../examples/library/sqlite") }
func postgres() fs.FS { return os.DirFS("../examples/library/postgres") }

// open is a new SQLite file through database/sql.
func open(t testing.TB) *sql.DB {
	t.Helper()
	return openFile(t, filepath.Join(t.TempDir(), "app.db"))
}

func openFile(t testing.TB, file string) *sql.DB {
	t.Helper()
	return openDSN(t, "sqlite", "file:"+file)
}

func openDSN(t testing.TB, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func run(t testing.TB, db *sql.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func text(t testing.TB, db *sql.DB, query string) string {
	t.Helper()
	var got sql.NullString
	if err := db.QueryRow(query).Scan(&got); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return got.String
}

func upgrade[H duoorm.Handle](t testing.TB, db H, files fs.FS, options ...duoorm.Option) duoorm.Result {
	t.Helper()
	result, err := duoorm.Upgrade(context.Background(), db, files, options...)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// ran are the ids of the revisions that were run.
func ran(result duoorm.Result) string {
	var ids []string
	for _, r := range result.Ran {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

// as makes sure that an error is of a type, and returns it.
func as[E error](t testing.TB, err error) E {
	t.Helper()
	var e E
	if !errors.As(err, &e) {
		t.Fatalf("got %T: %v, want a %T", err, err, e)
	}
	return e
}

// files makes a file system of revision files by their ids; of a value that is empty a revision that makes a table of its name.
func files(revisions ...string) fstest.MapFS {
	system := fstest.MapFS{}
	parent := ""
	for _, text := range revisions {
		id, steps, _ := strings.Cut(text, ":")
		if steps == "" {
			steps = fmt.Sprintf(`upgrade {
  step "make" {
    makes = ["table %[1]s"]
    sql   = "CREATE TABLE %[1]s (id integer PRIMARY KEY)"
  }
}
downgrade {
  step "drop" {
    drops = ["table %[1]s"]
    sql   = "DROP TABLE %[1]s"
  }
}`, id)
		}
		parents := ""
		if parent != "" {
			parents = fmt.Sprintf("parents = [%q]\n", parent)
		}
		system["db/migrations/versions/"+id+".hcl"] = &fstest.MapFile{Data: fmt.Appendf(nil, "revision %q {\n  message = \"add %s\"\n  dialect = \"sqlite\"\n  %s}\n%s\n", id, id, parents, steps)}
		parent = id
	}
	return system
}
