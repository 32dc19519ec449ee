package corpus

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"

	"github.com/duo-orm/duo-orm/internal/oracle"
)

// root is where the corpus lies: beside the project, or where DUO_ORM_CORPUS says.
func root() string {
	if folder := os.Getenv("DUO_ORM_CORPUS"); folder != "" {
		return folder
	}
	return "../../../shared/corpus"
}

var binary string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "duo-orm-corpus")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(folder, "duo-orm")
	build := exec.Command("go", "build", "-o", binary, "../../cmd/duo-orm")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s", out)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// outcome is one line of the table.
type outcome struct{ name, up, down string }

type table struct {
	mu   sync.Mutex
	rows []outcome
}

func (t *table) add(o outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = append(t.rows, o)
}

func (t *table) print(test *testing.T) {
	sort.Slice(t.rows, func(i, j int) bool { return t.rows[i].name < t.rows[j].name })
	number := map[string]int{}
	for _, r := range t.rows {
		fmt.Printf("%-60s up %-9s down %s\n", r.name, r.up, r.down)
		number[r.up]++
		number[r.down]++
	}
	fmt.Printf("equal %d, different %d, refused %d\n", number["equal"], number["different"], number["refused"])
	if number["different"] > 0 {
		test.Errorf("%d came out different", number["different"])
	}
}

func TestCorpusSchemas(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root(), "schemas/sqlite/*.sql"))
	if err != nil || len(files) == 0 {
		t.Skipf("SKIPPED: no corpus at %s", root())
	}
	results := &table{}
	t.Run("schemas", func(t *testing.T) {
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				results.add(schema(t, file))
			})
		}
	})
	results.print(t)
}

// schema makes the models of a real database and from them a new one, which must be the same; then takes it down again.
func schema(t *testing.T, file string) outcome {
	s := newSession(t)
	s.load("original.db", file)
	o := outcome{name: strings.TrimSuffix(filepath.Base(file), ".sql"), up: "refused", down: "refused"}
	s.must("init")
	if !s.run("schema", "inspect", "--url", "sqlite:///original.db", "--write") || !s.run("migration", "create", "all of it") {
		return o
	}
	if !s.run("migration", "upgrade") {
		o.up, o.down = "different", "different"
		t.Errorf("upgrade failed: %s", s.output)
		return o
	}
	o.up = compare(t, "after the upgrade", s.describe("original.db"), s.describe("app.db"))
	s.must("migration", "create", "nothing")
	if !strings.Contains(s.output, "No ") && !strings.Contains(s.output, "no ") {
		t.Errorf("a second create found something: %s", s.output)
		o.up = "different"
	}
	if !s.run("migration", "downgrade", "base") {
		o.down = "different"
		t.Errorf("downgrade failed: %s", s.output)
		return o
	}
	o.down = compare(t, "after the downgrade", nil, s.describe("app.db"))
	return o
}

func TestCorpusPairs(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join(root(), "pairs/sqlite/*/*"))
	if err != nil || len(folders) == 0 {
		t.Skipf("SKIPPED: no corpus at %s", root())
	}
	results := &table{}
	t.Run("pairs", func(t *testing.T) {
		for _, folder := range folders {
			t.Run(filepath.Base(folder), func(t *testing.T) {
				t.Parallel()
				results.add(pair(t, folder))
			})
		}
	})
	results.print(t)
}

// pair takes a database from the old schema to the models of the new one and back.
func pair(t *testing.T, folder string) outcome {
	s := newSession(t)
	s.load("app.db", filepath.Join(folder, "old.sql"))
	s.load("new.db", filepath.Join(folder, "new.sql"))
	old, before := s.describe("app.db"), s.rows("app.db")
	o := outcome{name: filepath.Base(folder), up: "refused", down: "refused"}
	s.must("init")
	if !s.run("schema", "inspect", "--url", "sqlite:///new.db", "--write") || !s.run("migration", "create", "to the new", "--drop-unmanaged") {
		return o
	}
	if !s.run("migration", "upgrade") {
		t.Errorf("upgrade failed: %s", s.output)
		o.up, o.down = "different", "different"
		return o
	}
	o.up = compare(t, "after the upgrade", s.describe("new.db"), s.describe("app.db"))
	if s.run("migration", "downgrade", "base") {
		o.down = compare(t, "after the downgrade", old, s.describe("app.db"))
		s.compareRows(before)
	} else {
		t.Errorf("downgrade failed: %s", s.output)
		o.down = "different"
	}
	return o
}

func compare(t *testing.T, when string, want, got []string) string {
	t.Helper()
	if difference := cmp.Diff(want, got); difference != "" && len(want)+len(got) > 0 {
		t.Errorf("%s (-want +got):\n%s", when, difference)
		return "different"
	}
	return "equal"
}

// compareRows logs rows that there and back changed: a column that was dropped on the way loses its values, so the
// eye has to judge.
func (s *session) compareRows(before []string) {
	if difference := cmp.Diff(before, s.rows("app.db")); difference != "" {
		s.t.Logf("rows there and back (-before +after):\n%s", difference)
	}
}

// session is a project in a folder of its own.
type session struct {
	t      *testing.T
	folder string
	output string
}

func newSession(t *testing.T) *session { return &session{t: t, folder: t.TempDir()} }

func (s *session) open(name string) *sql.DB {
	db, err := sql.Open("sqlite", filepath.Join(s.folder, name))
	if err != nil {
		s.t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

func (s *session) load(name, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	db := s.open(name)
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(string(text)); err != nil {
		s.t.Fatalf("load %s: %v", file, err)
	}
}

func (s *session) describe(name string) []string {
	db := s.open(name)
	defer func() { _ = db.Close() }()
	facts, err := oracle.Describe(db, "duo_orm_revisions", "duo_orm_revisions_log")
	if err != nil {
		s.t.Fatal(err)
	}
	return facts
}

func (s *session) rows(name string) []string {
	db := s.open(name)
	defer func() { _ = db.Close() }()
	lines, err := oracle.Rows(db, "duo_orm_revisions", "duo_orm_revisions_log")
	if err != nil {
		s.t.Fatal(err)
	}
	return lines
}

// run runs a command and logs what it says when it fails.
func (s *session) run(args ...string) bool {
	command := exec.Command(binary, args...)
	command.Dir = s.folder
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Run()
	s.output = out.String()
	if err != nil {
		s.t.Logf("duo-orm %s: %v\n%s", strings.Join(args, " "), err, s.output)
	}
	return err == nil
}

func (s *session) must(args ...string) {
	s.t.Helper()
	if !s.run(args...) {
		s.t.Fatalf("duo-orm %s failed", strings.Join(args, " "))
	}
}
