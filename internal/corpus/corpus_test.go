package corpus

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

// root is where the corpus lies: beside the project, or where DUO_ORM_CORPUS says.
func root() string {
	if folder := os.Getenv("DUO_ORM_CORPUS"); folder != "" {
		return folder
	}
	return "../../../shared/corpus"
}

// ours are the tables that duo-orm keeps for itself.
func ours() []string { return []string{"duo_orm_revisions", "duo_orm_revisions_log"} }

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
	testserver.Main(cleaning{m, folder})
}

// cleaning removes the program after the tests.
type cleaning struct {
	m      *testing.M
	folder string
}

func (c cleaning) Run() int {
	code := c.m.Run()
	_ = os.RemoveAll(c.folder)
	return code
}

func schemas(t *testing.T, engine engine, every int) {
	cases(t, engine, every, "schemas", filepath.Join(root(), "schemas", engine.name(), "*.sql"), schema)
}

func pairs(t *testing.T, engine engine, every int) {
	cases(t, engine, every, "pairs", filepath.Join(root(), "pairs", engine.name(), "*", "*"), pair)
}

// cases runs one of the tests on files or folders of the corpus, and prints the table: on all of them in make corpus and at
// night, else on every so-manieth, so that the tests of each change don't take too long.
func cases(t *testing.T, engine engine, every int, what, pattern string, run func(*testing.T, engine, string, *outcome)) {
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		t.Skipf("SKIPPED: no corpus at %s", root())
	}
	results := &table{engine: engine.name(), what: what}
	t.Run(what, func(t *testing.T) {
		for i, path := range found {
			if i%every != 0 && os.Getenv("DUO_ORM_CORPUS_ALL") == "" && os.Getenv("DUO_ORM_NIGHTLY") == "" {
				continue
			}
			name := strings.TrimSuffix(filepath.Base(path), ".sql")
			if what == "pairs" {
				name = filepath.Base(filepath.Dir(path)) + "/" + name
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				run(t, engine, path, results.add(t, name))
			})
		}
	})
	results.print(t)
}

// schema makes the models of a real database and from them a new one, which must be the same; then takes it down again.
func schema(t *testing.T, engine engine, file string, o *outcome) {
	s := newSession(t, engine)
	original := s.fresh("original")
	s.load(original, file)
	empty := s.describe(s.url)
	o.up, o.down = refused, refused
	if !s.run("schema", "inspect", "--url", original, "--write") || !s.run("migration", "create", "all of it") {
		o.reason = s.said()
		return
	}
	o.up, o.down = different, different
	if !s.run("migration", "upgrade") {
		o.reason = s.said()
		t.Errorf("upgrade failed: %s", s.output)
		return
	}
	o.up = s.like("after the upgrade", original)
	s.must("migration", "create", "nothing")
	if !strings.Contains(s.output, "No ") && !strings.Contains(s.output, "no ") && !strings.Contains(s.output, "Nothing") {
		t.Errorf("a second create found something: %s", s.output)
		o.up = different
	}
	if !s.run("migration", "downgrade", "base") {
		o.reason = s.said()
		t.Errorf("downgrade failed: %s", s.output)
		return
	}
	o.down = s.again("after the downgrade", empty)
}

// pair takes a database from the old schema to the models of the new one and back.
func pair(t *testing.T, engine engine, folder string, o *outcome) {
	took := there(t, engine, folder, o, func(s *session) []string { return s.rows(s.url) })
	if took.back != nil && !slices.Equal(took.before, took.back) {
		// A column that was dropped on the way loses its values, so the eye has to judge.
		t.Logf("rows there and back (-before +after):\n%s", differing(took.before, took.back))
	}
}

// legs are what was looked at before the upgrade, after it and after the downgrade; nil where it didn't come to that.
type legs struct{ before, after, back []string }

// there takes a database from old.sql to the models of new.sql and back, and looks at it at each point.
func there(t *testing.T, engine engine, folder string, o *outcome, look func(*session) []string) (took legs) {
	s := newSession(t, engine)
	target := s.fresh("new")
	o.up, o.down, o.reason = unusable, unusable, "its scripts don't run by themselves"
	s.load(s.url, filepath.Join(folder, "old.sql"))
	s.load(target, filepath.Join(folder, "new.sql"))
	o.up, o.down, o.reason = broken, broken, ""
	old := s.describe(s.url)
	took.before = look(s)
	o.up, o.down = refused, refused
	if !s.run("schema", "inspect", "--url", target, "--write") || !s.run("migration", "create", "to the new", "--drop-unmanaged") {
		o.reason = s.said()
		return took
	}
	stops := strings.Contains(s.output, "The way back stops at rows in")
	told := strings.Contains(s.output, "the upgrade fails if a row is against it")
	o.up, o.down = different, different
	if !s.run("migration", "upgrade") {
		if o.reason = s.said(); told {
			o.up, o.down = refused, refused
			return took
		}
		t.Errorf("upgrade failed: %s", s.output)
		return took
	}
	o.up = s.like("after the upgrade", target)
	took.after = look(s)
	if !s.run("migration", "downgrade", "base") {
		if o.reason = s.said(); stops {
			o.down = refused
			return took
		}
		t.Errorf("downgrade failed: %s", s.output)
		return took
	}
	o.down = s.again("after the downgrade", old)
	took.back = look(s)
	return took
}
