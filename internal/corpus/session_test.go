package corpus

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// session is a project in a folder of its own, with a database of its engine.
type session struct {
	t      *testing.T
	engine engine
	folder string
	// url is the project's database.
	url string
	// output is what the last command said.
	output string
}

// newSession makes a project and an empty database for it.
func newSession(t *testing.T, engine engine) *session {
	s := &session{t: t, engine: engine, folder: t.TempDir()}
	s.url = s.fresh("app")
	s.must("init", "--url", s.url)
	return s
}

func (s *session) fresh(label string) string {
	s.t.Helper()
	return s.engine.fresh(s.t, s, label)
}

func (s *session) load(url, file string) {
	s.t.Helper()
	s.engine.load(s.t, s, url, file)
}

func (s *session) describe(url string) []string {
	s.t.Helper()
	return s.engine.describe(s.t, s, url)
}

func (s *session) rows(url string) []string {
	s.t.Helper()
	return s.engine.rows(s.t, s, url)
}

// compare tells how the project's database differs from the facts.
func (s *session) compare(when string, want []string) string {
	s.t.Helper()
	got := s.describe(s.url)
	if difference := cmp.Diff(want, got); difference != "" && len(want)+len(got) > 0 {
		s.t.Errorf("%s (-want +got):\n%s", when, difference)
		return different
	}
	return equal
}

// compareRows logs rows that there and back changed: a column that was dropped on the way loses its values, so the
// eye has to judge.
func (s *session) compareRows(before []string) {
	if difference := cmp.Diff(before, s.rows(s.url)); difference != "" {
		s.t.Logf("rows there and back (-before +after):\n%s", difference)
	}
}

// run runs a command and logs what it says when it fails.
func (s *session) run(args ...string) bool {
	command := exec.CommandContext(s.t.Context(), binary, args...)
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

// said is the first line of what the last command said.
func (s *session) said() string {
	for line := range strings.Lines(s.output) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}
