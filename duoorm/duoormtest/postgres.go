package duoormtest

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver of Database.DB

	"github.com/duo-orm/duo-orm/duoorm"
)

// Names of what is made on the server. That of a test's database goes on with the second at which it was taken and 64 random
// bits, that of a template with what it is made of, and that of a copy which nobody has taken yet with that and 64 random bits.
const (
	testPrefix     = "duo_orm_test_"
	templatePrefix = "duo_orm_template_"
	sparePrefix    = "duo_orm_spare_"
)

// templateMark begins the comment of a template that is whole; the second at which it was last asked for follows. What has another
// comment is nobody's leftover.
const templateMark = "made by duoormtest, and copied for tests; used at "

// How long ago a template was used, or a test's database made that nobody is in, when the next test drops it, and how long one
// of these may take to make or to go.
const (
	templateKept = 7 * 24 * time.Hour
	testKept     = time.Hour
	patience     = 5 * time.Minute
)

// Postgres is a new database on a server, with the revisions of a file system. The URL leads to any database there, and its role
// must have CREATEDB. It is copied from a template, which stays on the server for the next run, whose revisions are the same; one that
// hasn't been used for a week is dropped by whoever comes by, as are databases of tests that were killed. While a test runs, the
// database of the next one is copied, and those of tests that have ended are dropped: up to two copies that nobody has taken stay for the next
// run, or until tests with other revisions come by an hour later. Its pool uses github.com/jackc/pgx/v5.
func Postgres(t testing.TB, server string, files fs.FS, options ...duoorm.Option) *Database {
	t.Helper()
	sum, err := duoorm.Fingerprint(files, options...)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlace(server)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := templateOf(server+" "+sum, func(kept *template) error {
		return p.with(func(ctx context.Context, admin *pgx.Conn) error {
			name, err := p.template(ctx, admin, sum, func(url string) error {
				db, err := duoorm.Open(url)
				if err != nil {
					return err
				}
				_, err = duoorm.Upgrade(ctx, db, files, options...)
				return err
			})
			if err != nil {
				return err
			}
			kept.copies, err = newCopies(ctx, admin, p, name)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	taken, err := kept.copies.take()
	if err != nil {
		t.Fatal(err)
	}
	d := &Database{URL: p.url(taken.name)}
	return open(t, d, "pgx", d.URL, taken.giveBack)
}

// place is a server.
type place struct{ base *url.URL }

func newPlace(server string) (place, error) {
	base, err := url.Parse(server)
	if err != nil || base.Scheme != "postgresql" && base.Scheme != "postgres" {
		return place{}, errors.New("the server's URL isn't one of PostgreSQL: it looks like postgresql://user@host/postgres")
	}
	return place{base}, nil
}

// url leads to a database of the server.
func (p place) url(name string) string {
	u := *p.base
	u.Path, u.RawPath = "/"+name, ""
	return u.String()
}

// with works in a session of the database that the server's URL leads to.
func (p place) with(work func(context.Context, *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	admin, err := pgx.Connect(ctx, p.base.String())
	if err != nil {
		return err
	}
	return errors.Join(work(ctx, admin), admin.Close(ctx))
}

func drop(ctx context.Context, admin *pgx.Conn, name string, force bool) error {
	_, err := admin.Exec(ctx, dropStatement(name, force))
	return err
}

func dropStatement(name string, force bool) string {
	statement := "DROP DATABASE IF EXISTS " + quoted(name)
	if force {
		statement += " WITH (FORCE)"
	}
	return statement
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }
