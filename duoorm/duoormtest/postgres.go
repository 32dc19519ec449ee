package duoormtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver of Database.DB

	"github.com/duo-orm/duo-orm/duoorm"
)

// Names of what is made on the server. That of a test's database goes on with the second at which it was made and 64 random
// bits, that of a template with what it is made of.
const (
	testPrefix     = "duo_orm_test_"
	templatePrefix = "duo_orm_template_"
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
// hasn't been used for a week is dropped by whoever comes by, as are databases of tests that were killed. Its pool uses
// github.com/jackc/pgx/v5.
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
			var err error
			kept.name, err = p.template(ctx, admin, sum, func(url string) error {
				db, err := duoorm.Open(url)
				if err != nil {
					return err
				}
				_, err = duoorm.Upgrade(ctx, db, files, options...)
				return err
			})
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	name := ""
	if err := p.with(func(ctx context.Context, admin *pgx.Conn) error {
		var err error
		name, err = create(ctx, admin, kept.name)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	d := &Database{URL: p.url(name)}
	return open(t, d, "pgx", d.URL, func() error {
		return p.with(func(ctx context.Context, admin *pgx.Conn) error { return drop(ctx, admin, name, true) })
	})
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

// template is the name of a database that the function has filled, now or in an earlier run. Tests of several programs ask for
// it at once: one makes it, the others wait.
func (p place) template(ctx context.Context, admin *pgx.Conn, sum string, fill func(url string) error) (name string, err error) {
	var role, now string
	if err := admin.QueryRow(ctx, "SELECT current_user::text, floor(extract(epoch FROM clock_timestamp()))::bigint::text").Scan(&role, &now); err != nil {
		return "", err
	}
	id := sha256.Sum256([]byte(role + "\x00" + sum))
	name = templatePrefix + hex.EncodeToString(id[:16])
	key := int64(binary.BigEndian.Uint64(id[:8]))
	if _, err := admin.Exec(ctx, "SELECT pg_advisory_lock($1)", key); err != nil {
		return "", err
	}
	defer func() {
		_, failed := admin.Exec(ctx, "SELECT pg_advisory_unlock($1)", key)
		err = errors.Join(err, failed)
	}()
	if err := dropLeftovers(ctx, admin, name); err != nil {
		return "", err
	}
	var comment string
	err = admin.QueryRow(ctx, "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = $1", name).Scan(&comment)
	switch {
	case err != nil && !errors.Is(err, pgx.ErrNoRows):
		return "", err
	case err != nil || !strings.HasPrefix(comment, templateMark):
		if err := p.makeTemplate(ctx, admin, name, fill); err != nil {
			return "", err
		}
	}
	_, err = admin.Exec(ctx, "COMMENT ON DATABASE "+quoted(name)+" IS '"+templateMark+now+"'")
	return name, err
}

// makeTemplate makes the database anew. Whoever is in it keeps it from being copied, so that nobody may connect from then on.
func (p place) makeTemplate(ctx context.Context, admin *pgx.Conn, name string, fill func(url string) error) error {
	if err := drop(ctx, admin, name, true); err != nil {
		return err
	}
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+quoted(name)); err != nil {
		return fmt.Errorf("make a database for the template: %w", err)
	}
	err := fill(p.url(name))
	if err == nil {
		_, err = admin.Exec(ctx, "ALTER DATABASE "+quoted(name)+" ALLOW_CONNECTIONS false")
	}
	if err != nil {
		return errors.Join(err, drop(ctx, admin, name, true))
	}
	return nil
}

// create copies a template. From version 15 on a server copies blocks through its log, which is quicker than copying files, as it
// did before, where the two checkpoints of that must reach the disk: measured with 8 MB, 0.5 s against 1.6 s with fsync, 0.35 s
// against 0.09 s without it, as servers for tests often are.
func create(ctx context.Context, admin *pgx.Conn, template string) (string, error) {
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	var second string
	var byFiles bool
	if err := admin.QueryRow(ctx, "SELECT floor(extract(epoch FROM clock_timestamp()))::bigint::text, current_setting('server_version_num')::int >= 150000 AND current_setting('fsync') = 'off'").Scan(&second, &byFiles); err != nil {
		return "", err
	}
	name := testPrefix + second + "_" + hex.EncodeToString(random)
	statement := "CREATE DATABASE " + quoted(name) + " TEMPLATE " + quoted(template)
	if byFiles {
		statement += " STRATEGY file_copy"
	}
	_, err := admin.Exec(ctx, statement)
	if err != nil {
		return "", fmt.Errorf("copy the template %s: %w", template, err)
	}
	return name, nil
}

func drop(ctx context.Context, admin *pgx.Conn, name string, force bool) error {
	statement := "DROP DATABASE IF EXISTS " + quoted(name)
	if force {
		statement += " WITH (FORCE)"
	}
	_, err := admin.Exec(ctx, statement)
	return err
}

// dropLeftovers drops what nobody uses any more, but for one. What others drop at the same time, or use again, is theirs.
func dropLeftovers(ctx context.Context, admin *pgx.Conn, but string) error {
	rows, err := admin.Query(ctx, `SELECT d.datname
FROM pg_database d, extract(epoch FROM clock_timestamp()) now,
  LATERAL (SELECT coalesce(shobj_description(d.oid, 'pg_database'), '') AS comment) c
WHERE pg_has_role(d.datdba, 'USAGE') AND d.datname <> $1
  AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
  AND (d.datname ~ '^`+testPrefix+`[0-9]{10}_[0-9a-f]{16}$' AND substr(d.datname, $2::integer, 10)::bigint < now - $3::integer
    OR d.datname ~ '^`+templatePrefix+`[0-9a-f]{32}$' AND c.comment ~ ('^' || $4::text || '[0-9]+$')
      AND substr(c.comment, length($4::text) + 1)::bigint < now - $5::integer)`,
		but, len(testPrefix)+1, int(testKept.Seconds()), templateMark, int(templateKept.Seconds()))
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		var refused interface{ SQLState() string }
		if err := drop(ctx, admin, name, false); err != nil && !errors.As(err, &refused) {
			return err
		}
	}
	return nil
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }
