package examples

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

// TestScripts takes the examples up and down, one database by the command and one by scripts, and finds no difference.
func TestScripts(t *testing.T) {
	t.Run("blog", func(t *testing.T) {
		if _, err := exec.LookPath("sqlite3"); err != nil {
			t.Skip("sqlite3 is missing")
		}
		p := open(t, "blog")
		p.byScript("sqlite:///app.db", func(script string) string { return p.shell(script, "sqlite3", "script.db") },
			func() (string, string) {
				return p.shell(".dump", "sqlite3", "app.db"), p.shell(".dump", "sqlite3", "script.db")
			})
	})
	t.Run("shop", func(t *testing.T) {
		server := testserver.Postgres(t)
		command, script := server.Database(t), server.Database(t)
		p := open(t, "shop")
		p.byScript(command, func(text string) string {
			return p.shell(text, testserver.Program("psql"), "-X", "-q", "-f", "-", "-d", script)
		},
			func() (string, string) {
				return p.shell("", testserver.Program("pg_dump"), command), p.shell("", testserver.Program("pg_dump"), script)
			})
	})
}

// changing is what differs between two dumps of the same: times, and a word that pg_dump makes up.
var changing = regexp.MustCompile(`20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ|(?m)^\\(un)?restrict .*$`)

func (e example) byScript(url string, run func(script string) string, dumps func() (command, script string)) {
	e.t.Helper()
	e.t.Setenv("DATABASE_URL", url)
	for _, way := range [][2]string{{"upgrade", ":head-1"}, {"upgrade", "head-1:head"}, {"downgrade", "head:base"}} {
		_, target, _ := strings.Cut(way[1], ":")
		e.run("migration", way[0], target)
		run(e.run("migration", way[0], way[1], "--sql"))
		command, script := dumps()
		if diff := cmp.Diff(changing.ReplaceAllString(command, ""), changing.ReplaceAllString(script, "")); diff != "" {
			e.t.Errorf("%s %s: the script leaves something else:\n%s", way[0], way[1], diff)
		}
	}
}

// shell runs a program with an input in the example's folder.
func (e example) shell(input, program string, args ...string) string {
	e.t.Helper()
	command := exec.Command(program, args...)
	command.Dir, command.Stdin = e.folder, strings.NewReader(input)
	text, err := command.CombinedOutput()
	if err != nil {
		e.t.Fatalf("%s: %v\n%s", filepath.Base(program), err, text)
	}
	return string(text)
}
