package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every line of docs/alembic.md names the sessions that show it, and every session that is called after Alembic is named.
func TestAlembicPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/alembic.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	rows := 0
	for line := range strings.Lines(string(page)) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") || strings.HasSuffix(line, "| session |") {
			continue
		}
		rows++
		cells := strings.Split(strings.Trim(line, "|"), " | ")
		sessions := regexp.MustCompile("`(\\w+)`").FindAllStringSubmatch(cells[len(cells)-1], -1)
		if len(sessions) == 0 {
			t.Errorf("no session is named: %s", line)
		}
		for _, session := range sessions {
			named[session[1]] = true
			if _, err := os.Stat("testdata/script/" + session[1] + ".txtar"); err != nil {
				t.Errorf("there is no session %s: %s", session[1], line)
			}
		}
	}
	if rows < 30 {
		t.Errorf("only %d rows were found", rows)
	}
	scripts, err := filepath.Glob("testdata/script/alembic_*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		if name := strings.TrimSuffix(filepath.Base(script), ".txtar"); !named[name] {
			t.Errorf("docs/alembic.md doesn't name %s", name)
		}
	}
}
