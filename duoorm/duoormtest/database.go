package duoormtest

import (
	"database/sql"
	"errors"
	"sync"
	"testing"
)

// Database is a throwaway database.
type Database struct {
	// URL leads to it, as duoorm.Open and the command line take it, and for PostgreSQL pgx too.
	URL string
	// File is the path of a SQLite database, empty for PostgreSQL.
	File string
	// DB is a pool of connections, closed when the test ends.
	DB *sql.DB
}

// open gives the database its pool; drop is called when the test has ended and the pool is closed.
func open(t testing.TB, d *Database, driver, dsn string, drop func() error) *Database {
	t.Helper()
	var err error
	d.DB, err = sql.Open(driver, dsn)
	t.Cleanup(func() {
		var closed error
		if d.DB != nil {
			closed = d.DB.Close()
		}
		if err := errors.Join(closed, drop()); err != nil {
			t.Errorf("drop the database of the test: %v", err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// templates are what tests of this process have made already, by what they are made of. It is the one thing that the package keeps:
// tests share nothing else in which it could be.
var templates struct {
	lock sync.Mutex
	made map[string]*template
}

// template is made once, by the first test that wants it, while others wait.
type template struct {
	once sync.Once
	// content is that of a SQLite file; copies are those of a PostgreSQL database.
	content []byte
	copies  *copies
	err     error
}

func templateOf(key string, made func(*template) error) (*template, error) {
	templates.lock.Lock()
	if templates.made == nil {
		templates.made = map[string]*template{}
	}
	kept, known := templates.made[key]
	if !known {
		kept = &template{}
		templates.made[key] = kept
	}
	templates.lock.Unlock()
	kept.once.Do(func() {
		kept.err = errors.New("another test was ended while it made the template")
		kept.err = made(kept)
	})
	return kept, kept.err
}
