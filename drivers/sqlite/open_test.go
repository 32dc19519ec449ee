package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
)

func TestURLs(t *testing.T) {
	root := t.TempDir()
	for url, file := range map[string]string{
		"sqlite://":                      "",
		"sqlite:///":                     "",
		"sqlite:///:memory:":             "",
		"sqlite:///app.db":               filepath.Join(root, "app.db"),
		"sqlite:///./data/../app.db":     filepath.Join(root, "app.db"),
		"sqlite:////srv/app.db":          "/srv/app.db",
		"sqlite:///a%20b%3Fc%25d%23e.db": filepath.Join(root, "a b?c%d#e.db"),
		"sqlite:///100%.db?mode=ro":      filepath.Join(root, "100%.db"),
		"SQLITE:///app.db?immutable=1":   filepath.Join(root, "app.db"),
		"sqlite:///file:app.db?mode=rwc": filepath.Join(root, "file:app.db"),
		"sqlite:///dir/?mode=rw":         filepath.Join(root, "dir") + "/",
	} {
		p, err := locate(url, root)
		if err != nil || p.file != file {
			t.Errorf("%s leads to %q, %v; want %q", url, p.file, err, file)
		}
	}
}

func TestURLsRefused(t *testing.T) {
	for url, want := range map[string]string{
		"sqlite://app.db":                  "two slashes",
		"sqlite://user:QuXz@/app.db":       "sqlite://user:***@/app.db",
		"sqlite+pysqlite:///app.db":        `"pysqlite"`,
		"postgresql://u:QuXz@h/db":         "is no SQLite database",
		"sqlite:///app.db?cache=shared":    "parameter cache",
		"sqlite:///app.db?key=QuXz":        "parameter key",
		"sqlite:///app.db?mode=memory":     "must be ro, rw or rwc",
		"sqlite:///app.db?mode=ro&mode=rw": "given once",
		"sqlite:///app.db?immutable=yes":   "must be 0 or 1",
		"sqlite:///a%00b":                  "NUL",
		"app.db":                           "write sqlite:///app.db",
	} {
		_, err := Driver{}.Open(context.Background(), url, drivers.OpenOptions{})
		wantError(t, err, want)
		if strings.Contains(err.Error(), "QuXz") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestUnreachable(t *testing.T) {
	folder := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("text", strings.Repeat("this is no database\n", 100))
	write("head", "SQLite format 3\x00"+strings.Repeat("x", 4096))
	write("short", "SQLite")
	if err := os.Symlink("loop", filepath.Join(folder, "loop")); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]string{
		"sqlite:///.":                           "is a folder",
		"sqlite:///text":                        "not a database",
		"sqlite:///head":                        "",
		"sqlite:///short":                       "not a database",
		"sqlite:///loop":                        "",
		"sqlite:///no/app.db":                   "the folder no isn't there",
		"sqlite:///text/app.db":                 "",
		"sqlite:///new/":                        "ends with a slash",
		"sqlite:///" + strings.Repeat("x", 300): "",
	} {
		for _, options := range []drivers.OpenOptions{{}, {ReadOnly: true}, {Create: true}} {
			options.Root = folder
			start := time.Now()
			_, err := open(context.Background(), url, options)
			var unreachable *drivers.UnreachableError
			if !errors.As(err, &unreachable) || unreachable.Check == "" || unreachable.Tried != url {
				t.Errorf("%s: %v", url, err)
				continue
			}
			wantError(t, err, url, want)
			if time.Since(start) > 5*time.Second {
				t.Errorf("%s took %s", url, time.Since(start))
			}
		}
	}
}

func TestMissingFile(t *testing.T) {
	root := t.TempDir()
	for _, options := range []drivers.OpenOptions{{Root: root}, {Root: root, ReadOnly: true}, {Root: root, ReadOnly: true, Create: true}} {
		c, err := open(context.Background(), "sqlite:///app.db", options)
		if err != nil {
			t.Fatal(err)
		}
		if !c.Missing() || c.Where() != "SQLite database app.db" {
			t.Errorf("Missing() = %v, Where() = %q", c.Missing(), c.Where())
		}
		_, err = c.Exec(context.Background(), "CREATE TABLE t (a)")
		wantError(t, err, "upgrade makes it")
		wantError(t, c.Begin(context.Background(), drivers.BeginOptions{}, nil), "isn't there yet")
		wantRows(t, c, "SELECT count(*) FROM sqlite_schema", "0")
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	wantFiles(t, root)
}

func TestCreateMakesTheFile(t *testing.T) {
	root := t.TempDir()
	c, err := open(context.Background(), "sqlite:///app.db", drivers.OpenOptions{Root: root, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if c.Missing() || !c.Made() {
		t.Errorf("Missing() = %v, Made() = %v", c.Missing(), c.Made())
	}
	run(t, c, "CREATE TABLE t (a)")
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, root, "app.db")
	_, err = open(context.Background(), "sqlite:///other.db?mode=rw", drivers.OpenOptions{Root: root, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	wantFiles(t, root, "app.db")
}

// A path is a path, whatever it is made of, and no other file is touched.
func TestHostileFileNames(t *testing.T) {
	root := t.TempDir()
	names := []string{"a?mode=memory", "a?x", "a#b", "a%41", "100%", "%3Fx", "a b", " a ", "a'b", `a"b`, "a;b", "a&b=c", "é", "日本", "file:x", "file:x?mode=ro", ":memory: ",
		"a:b@c", "a\\b", "-", "~", "a\nb", "\x1b[31m", "\xff\xfe", "sqlite_", "a//b"}
	for _, name := range names {
		if strings.Contains(name, "/") {
			continue
		}
		testName(t, root, name)
	}
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.StringOfN(rapid.RuneFrom([]rune("ab?#%&;:@ '\"\\=+é\n\x7f.~[]{}$!")), 1, 12, -1).Draw(rt, "name")
		if name != "." && name != ".." {
			testName(rt, root, name)
		}
	})
}

func testName(t interface {
	Helper()
	Fatalf(string, ...any)
}, root, name string) {
	t.Helper()
	c, err := open(context.Background(), dburl.FileURL(name), drivers.OpenOptions{Root: root, Create: true})
	if err != nil {
		t.Fatalf("%q: %v", name, err)
	}
	if _, err := c.Exec(context.Background(), "CREATE TABLE IF NOT EXISTS t (a)"); err != nil {
		t.Fatalf("%q: %v", name, err)
	}
	if strings.ContainsAny(c.Where(), "\n\x1b") {
		t.Fatalf("%q shows as %q", name, c.Where())
	}
	if err := c.Close(); err != nil {
		t.Fatalf("%q: %v", name, err)
	}
	entries, err := os.ReadDir(root)
	if err != nil || len(entries) != 1 || entries[0].Name() != name {
		t.Fatalf("%q made %v, %v", name, entries, err)
	}
	if err := os.Remove(filepath.Join(root, name)); err != nil {
		t.Fatalf("%q: %v", name, err)
	}
}

func wantFiles(t testing.TB, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("files %q, want %q", got, want)
	}
}

func TestReadingLeavesNothingBehind(t *testing.T) {
	for _, mode := range []string{"DELETE", "WAL"} {
		d := newDatabase(t, "PRAGMA journal_mode = "+mode, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
		before, err := os.ReadFile(d.path)
		if err != nil {
			t.Fatal(err)
		}
		c := d.open(drivers.OpenOptions{ReadOnly: true})
		wantRows(t, c, "SELECT a FROM t", "1")
		_, err = c.Exec(context.Background(), "INSERT INTO t VALUES (2)")
		wantError(t, err, "opened for reading only")
		wantError(t, c.Begin(context.Background(), drivers.BeginOptions{}, nil), "can't be written")
		begin(t, c, drivers.BeginOptions{ReadOnly: true})
		wantRows(t, c, "SELECT a FROM t", "1")
		commit(t, c)
		_, err = c.Exec(context.Background(), "INSERT INTO t VALUES (2)")
		wantError(t, err, "opened for reading only")
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile(d.path)
		if err != nil || string(after) != string(before) {
			t.Errorf("%s: the file was changed (%v)", mode, err)
		}
		wantFiles(t, filepath.Dir(d.path), "app.db")
	}
}

func TestJournalModeIsKept(t *testing.T) {
	for _, mode := range []string{"delete", "wal", "truncate"} {
		d := newDatabase(t, "PRAGMA journal_mode = "+mode, "CREATE TABLE t (a)")
		c := d.open(drivers.OpenOptions{})
		begin(t, c, drivers.BeginOptions{})
		run(t, c, "INSERT INTO t VALUES (1)")
		commit(t, c)
		if mode != "truncate" { // which isn't kept in the file
			wantRows(t, c, "PRAGMA journal_mode", mode)
		}
	}
}

func TestServerAndSettings(t *testing.T) {
	c := newDatabase(t).open(drivers.OpenOptions{})
	if !strings.HasPrefix(c.Server(), "SQLite 3.") {
		t.Errorf("Server() = %q", c.Server())
	}
	wantRows(t, c, "PRAGMA foreign_keys", "1")
	wantRows(t, c, "PRAGMA legacy_alter_table", "0")
	run(t, c, `CREATE TABLE t (a CHECK (a <> "x"))`) // strings in double quotes, as real schemas have them
	_, err := c.Exec(context.Background(), "SELECT load_extension('x')")
	wantError(t, err, "not authorized")
}
