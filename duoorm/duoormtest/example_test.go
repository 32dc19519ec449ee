package duoormtest_test

import (
	"os"
	"testing"

	"github.com/duo-orm/duo-orm/duoorm/duoormtest"
)

// A test has a database of its own. A program hands over the file system that it embeds.
func ExampleSQLite() {
	_ = func(t *testing.T) {
		db := duoormtest.SQLite(t, os.DirFS("db/migrations")).DB
		if _, err := db.Exec("INSERT INTO books (title) VALUES ('Emma')"); err != nil {
			t.Fatal(err)
		}
	}
}

// The same on PostgreSQL, beside any database of a server.
func ExamplePostgres() {
	_ = func(t *testing.T) {
		db := duoormtest.Postgres(t, "postgresql://localhost/postgres", os.DirFS("db/migrations")).DB
		if _, err := db.Exec("INSERT INTO books (title) VALUES ('Emma')"); err != nil {
			t.Fatal(err)
		}
	}
}
