package duoormtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // the driver of Database.DB

	"github.com/duo-orm/duo-orm/drivers/dburl"
	"github.com/duo-orm/duo-orm/duoorm"
)

// SQLite is a new SQLite file with the revisions of a file system, in a folder of the test. Its pool uses modernc.org/sqlite,
// enforces foreign keys, waits five seconds for locks, and doesn't sync: nobody needs the file after a power cut. For another
// driver open Database.File.
func SQLite(t testing.TB, files fs.FS, options ...duoorm.Option) *Database {
	t.Helper()
	sum, err := duoorm.Fingerprint(files, options...)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := templateOf("sqlite "+sum, func(kept *template) error {
		file := filepath.Join(t.TempDir(), "template.db")
		db, err := duoorm.Open(dburl.FileURL(filepath.ToSlash(file)))
		if err != nil {
			return err
		}
		if _, err := duoorm.Upgrade(t.Context(), db, files, options...); err != nil {
			return err
		}
		kept.content, err = os.ReadFile(file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(file, kept.content, 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.ToSlash(file)
	d := &Database{URL: dburl.FileURL(path), File: file}
	dsn := "file:" + dburl.Escape(path) + "?_pragma=foreign_keys(1)&_pragma=busy_timeout(5000)&_pragma=synchronous(0)"
	return open(t, d, "sqlite", dsn, func() error { return nil })
}
