package examples

import (
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"

	"github.com/duo-orm/duo-orm/internal/oracle"
)

// TestBlog takes the blog up, fills it, takes it down and up again, and has it checked and proved.
func TestBlog(t *testing.T) {
	p := open(t, "blog")
	p.run("schema", "fmt", "--check")
	p.run("migration", "upgrade")
	p.script("rows.sql")
	before := p.rows()
	if len(before) < 6 {
		t.Fatalf("rows.sql left %d rows", len(before))
	}
	p.run("migration", "downgrade")
	p.expect("ada@example.org,grace@example.org", `SELECT group_concat(mail) FROM users`)
	p.run("migration", "upgrade")
	if diff := cmp.Diff(before, p.rows()); diff != "" {
		t.Errorf("one revision down and up again changed rows:\n%s", diff)
	}
	p.expect("Ada", `SELECT author FROM post_overview WHERE comments = 1`)
	p.expect("On engines", `SELECT posts.title FROM posts JOIN post_search ON post_search.rowid = posts.id WHERE post_search MATCH 'patterns'`)
	p.run("migration", "check")
	p.run("migration", "downgrade", "base")
	if facts := p.schema(); len(facts) > 0 {
		t.Errorf("the base is not empty: %q", facts)
	}
	p.run("migration", "upgrade")
	p.run("migration", "check")
	for _, revision := range []string{"head", "head-1", "head-2"} {
		p.run("migration", "prove", revision)
	}
	if left := p.run("migration", "create", "nothing", "--dry-run"); !strings.Contains(left, "Nothing to do") {
		t.Errorf("the models and the revisions differ:\n%s", left)
	}
}

// TestBlogNames looks at what its page names: files, revisions, steps.
func TestBlogNames(t *testing.T) {
	page, err := os.ReadFile("../../examples/blog/README.md")
	if err != nil {
		t.Fatal(err)
	}
	known := ""
	files, err := filepath.Glob("../../examples/blog/db/migrations/versions/*.hcl")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d revisions, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		known += file + string(text)
	}
	for _, word := range regexp.MustCompile(`\b[0-9a-f]{12}\b|[0-9]{14}_\w+\.hcl`).FindAllString(string(page), -1) {
		if !strings.Contains(known, word) {
			t.Errorf("README.md names %s, which is no revision", word)
		}
	}
	steps := regexp.MustCompile(`(?m)^ +\d+/\d+  (.*?) {2,}\S+ (?:ms|s)`).FindAllStringSubmatch(string(page), -1)
	if len(steps) < 50 {
		t.Errorf("README.md shows %d steps, fewer than its sessions ran", len(steps))
	}
	for _, step := range steps {
		if !strings.Contains(known, `step "`+step[1]+`"`) {
			t.Errorf("README.md shows the step %q, which no revision has", step[1])
		}
	}
}

// example is a copy of an example with the program that runs in it.
type example struct {
	t               *testing.T
	program, folder string
}

// build makes the program, and an empty folder for it.
func build(t *testing.T) example {
	t.Helper()
	e := example{t: t, program: filepath.Join(t.TempDir(), "duo-orm"), folder: t.TempDir()}
	if runtime.GOOS == "windows" {
		e.program += ".exe"
	}
	made := exec.Command("go", "build", "-o", e.program, "../../cmd/duo-orm")
	if text, err := made.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, text)
	}
	return e
}

// open is an example in a folder of its own.
func open(t *testing.T, name string) example {
	t.Helper()
	e := build(t)
	if err := os.CopyFS(e.folder, os.DirFS("../../examples/"+name)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(e.folder, "app.db")); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return e
}

func (e example) run(args ...string) string {
	e.t.Helper()
	command := exec.Command(e.program, args...)
	command.Dir = e.folder
	text, err := command.CombinedOutput()
	if err != nil {
		e.t.Fatalf("duo-orm %s: %v\n%s", strings.Join(args, " "), err, text)
	}
	return string(text)
}

func (e example) database(use func(*sql.DB) error) {
	e.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(e.folder, "app.db"))
	if err != nil {
		e.t.Fatal(err)
	}
	if err := use(db); err != nil {
		e.t.Error(err)
	}
	if err := db.Close(); err != nil {
		e.t.Error(err)
	}
}

func (e example) script(name string) {
	e.t.Helper()
	text, err := os.ReadFile(filepath.Join(e.folder, name))
	if err != nil {
		e.t.Fatal(err)
	}
	e.database(func(db *sql.DB) error { _, err := db.Exec(string(text)); return err })
}

func (e example) expect(want, query string) {
	e.t.Helper()
	e.database(func(db *sql.DB) error {
		var got string
		err := db.QueryRow(query).Scan(&got)
		if got != want {
			e.t.Errorf("%s: got %q, want %q", query, got, want)
		}
		return err
	})
}

// rows are all rows of ordinary tables.
func (e example) rows() (rows []string) {
	e.t.Helper()
	e.database(func(db *sql.DB) error {
		var err error
		rows, err = oracle.Rows(db, "duo_orm_revisions", "duo_orm_revisions_log")
		return err
	})
	return rows
}

func (e example) schema() (facts []string) {
	e.t.Helper()
	e.database(func(db *sql.DB) error {
		var err error
		facts, err = oracle.Describe(db, "duo_orm_revisions", "duo_orm_revisions_log")
		return err
	})
	return facts
}
