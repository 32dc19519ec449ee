package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
)

// database is a file that tests open several times.
type database struct {
	t    testing.TB
	path string
}

// newDatabase makes a file with these statements run in it.
func newDatabase(t testing.TB, statements ...string) database {
	t.Helper()
	d := database{t: t, path: filepath.Join(t.TempDir(), "app.db")}
	c := d.open(drivers.OpenOptions{Create: true})
	run(t, c, statements...)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d database) url() string { return dburl.FileURL(d.path) }

// open opens the file; it is closed with the test.
func (d database) open(options drivers.OpenOptions) *connection {
	d.t.Helper()
	c, err := open(context.Background(), d.url(), options)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		if err := c.Close(); err != nil {
			d.t.Error(err)
		}
	})
	return c
}

// newScratch is a database in memory with these statements run in it.
func newScratch(t testing.TB, statements ...string) *connection {
	t.Helper()
	c, err := scratch(context.Background(), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	run(t, c, statements...)
	return c
}

// run runs statements that must work.
func run(t testing.TB, c *connection, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := c.Exec(context.Background(), statement); err != nil {
			t.Fatalf("%s\n%v", statement, err)
		}
	}
}

// begin begins a transaction that must begin.
func begin(t testing.TB, c *connection, options drivers.BeginOptions) {
	t.Helper()
	if err := c.Begin(context.Background(), options, nil); err != nil {
		t.Fatal(err)
	}
}

// commit commits a transaction that must be sound.
func commit(t testing.TB, c *connection) {
	t.Helper()
	if err := c.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// wantRows compares what a query returns, values joined with |.
func wantRows(t testing.TB, c *connection, query string, want ...string) {
	t.Helper()
	var got []string
	err := c.Query(context.Background(), query, nil, func(scan func(...any) error) error {
		values := make([]any, strings.Count(query, ",")+1)
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		err := scan(into...)
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = fmt.Sprint(v)
		}
		got = append(got, strings.Join(texts, "|"))
		return err
	})
	if err != nil {
		t.Fatalf("%s\n%v", query, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s\n%s", query, diff)
	}
}

// wantError makes sure that an error says all of these.
func wantError(t testing.TB, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one that says %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q doesn't say %q", err, part)
		}
	}
}

// shortly is a lock wait for tests that wait in vain.
const shortly = 80 * time.Millisecond
