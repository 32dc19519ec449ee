package corpus

import (
	"bytes"
	"os/exec"
	"slices"
	"sort"
	"strings"
	"testing"
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

// like tells how the project's database differs from another, what was granted aside.
func (s *session) like(when, url string) string {
	s.t.Helper()
	ungranted := func(url string) []string { return slices.DeleteFunc(s.describe(url), s.engine.granted) }
	return s.judge(when, ungranted(url), ungranted(s.url))
}

// again tells how the project's database differs from what it was, grants and all.
func (s *session) again(when string, want []string) string {
	s.t.Helper()
	return s.judge(when, want, s.describe(s.url))
}

func (s *session) judge(when string, want, got []string) string {
	s.t.Helper()
	if difference := differing(want, got); difference != "" {
		s.t.Errorf("%s (-want +got):\n%s", when, difference)
		return different
	}
	return equal
}

// differing are the facts that only one of two databases has, each whole: two texts are either the same or not.
func differing(want, got []string) string {
	number := map[string]int{}
	for _, fact := range want {
		number[fact]--
	}
	for _, fact := range got {
		number[fact]++
	}
	var all []string
	for fact, n := range number {
		for ; n < 0; n++ {
			all = append(all, "- "+strings.ReplaceAll(fact, "\n", "\n- "))
		}
		for ; n > 0; n-- {
			all = append(all, "+ "+strings.ReplaceAll(fact, "\n", "\n+ "))
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i][1:] < all[j][1:] })
	return strings.Join(all, "\n")
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
