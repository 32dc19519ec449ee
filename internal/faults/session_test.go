package faults

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/duo-orm/duo-orm/internal/oracle"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

var binary string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "duo-orm-faults")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(folder, "duo-orm")
	build := exec.Command("go", "build", "-o", binary, "../../cmd/duo-orm")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s", out)
		os.Exit(1)
	}
	testserver.Main(tests{m, folder})
}

// tests are those of this package; what they leave is removed.
type tests struct {
	*testing.M
	folder string
}

// Run runs them.
func (t tests) Run() int {
	code := t.M.Run()
	_ = os.RemoveAll(t.folder)
	return code
}

// often is how many times a hunt is repeated: more in the nightly run.
func often(usual, nightly int) int {
	if os.Getenv("DUO_ORM_NIGHTLY") != "" {
		return nightly
	}
	return usual
}

func command(folder string, args ...string) *exec.Cmd {
	c := exec.Command(binary, args...)
	c.Dir = folder
	return c
}

// try runs a command and returns what it printed.
func try(folder string, args ...string) (string, error) {
	c := command(folder, args...)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	return out.String(), err
}

func must(t *testing.T, folder string, args ...string) string {
	t.Helper()
	out, err := try(folder, args...)
	if err != nil {
		t.Fatalf("duo-orm %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func open(t *testing.T, folder string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(folder, "app.db"))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

func execute(t *testing.T, folder string, statements ...string) {
	t.Helper()
	db := open(t, folder)
	defer func() { _ = db.Close() }()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%v\n%s", err, statement)
		}
	}
}

// photograph is everything about a database: its schema, its rows, and which revisions it says are applied.
func photograph(t *testing.T, folder string) string {
	t.Helper()
	db := open(t, folder)
	defer func() { _ = db.Close() }()
	var sound string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Fatalf("integrity: %s %v", sound, err)
	}
	schema, err := oracle.Describe(db, "duo_orm_revisions", "duo_orm_revisions_log")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := oracle.Rows(db, "duo_orm_revisions", "duo_orm_revisions_log")
	if err != nil {
		t.Fatal(err)
	}
	recorded := ""
	if err := db.QueryRow("SELECT coalesce(group_concat(revision), '') FROM (SELECT revision FROM duo_orm_revisions ORDER BY revision)").Scan(&recorded); err != nil {
		recorded = "" // no version table yet
	}
	return strings.Join(schema, "\n") + "\n" + strings.Join(rows, "\n") + "\nrecorded " + recorded
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// copyTree copies a project to a new folder.
func copyTree(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

// exitCode is that of a command; -1 where it didn't end by itself.
func exitCode(err error) int {
	var ended *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &ended):
		return ended.ExitCode()
	}
	return -1
}

// own gives a folder to whoever owns another.
func own(t *testing.T, like, folder string) {
	t.Helper()
	info, err := os.Stat(like)
	if err != nil {
		t.Fatal(err)
	}
	if of, ok := info.Sys().(*syscall.Stat_t); ok {
		if err := os.Chown(folder, int(of.Uid), int(of.Gid)); err != nil {
			t.Fatal(err)
		}
	}
}
