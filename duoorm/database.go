package duoorm

import (
	"context"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
	"github.com/duo-orm/duo-orm/drivers/dialects"
)

// Database is a database by its URL. It holds no connection: each function that is given one opens a session and closes it, so
// that there is nothing to close. It may be shared by goroutines.
type Database struct {
	url    string
	driver drivers.Driver
}

// Open reads a URL as the command line does: sqlite:///relative.db, sqlite:////absolute.db, postgresql://user@host/name. A
// relative path starts from the program's working folder. Nothing is connected to yet. The error is a *URLError.
//
// An upgrade makes a SQLite file where it isn't there yet; everything else takes a missing one for an empty database.
func Open(url string) (*Database, error) {
	driver, err := dialects.ByURL(url)
	if err != nil {
		return nil, &URLError{because{cause: err}}
	}
	return &Database{url: url, driver: driver}, nil
}

// String is the URL without its secrets.
func (d *Database) String() string { return dburl.Redact(d.url) }

// with opens a session and closes it when the work is done.
func (d *Database) with(ctx context.Context, options drivers.OpenOptions, work func(session) error) error {
	conn, err := d.driver.Open(ctx, d.url, options)
	return do(session{d.driver, conn}, err, work)
}
