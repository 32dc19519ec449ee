package offline

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
)

// sqliteEngine is SQLite with sqlite3; tests are skipped where a machine hasn't got that.
func sqliteEngine(t *testing.T) engine {
	t.Helper()
	program, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("sqlite3 is missing")
	}
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name+".db") }
	shell := func(name, script string) (string, error) {
		command := exec.Command(program, path(name))
		command.Stdin = strings.NewReader(script)
		out, err := command.CombinedOutput()
		return string(out), err
	}
	return engine{
		driver: sqlite.Driver{}, shell: shell,
		url: func(name string) string { return "sqlite:///" + path(name) },
		dump: func(t *testing.T, name string) string {
			t.Helper()
			out, err := shell(name, ".dump\n")
			if err != nil {
				t.Fatal(err, out)
			}
			return out
		},
	}
}

func TestSQLiteCases(t *testing.T) {
	every := 8
	if nightly() {
		every = 1
	}
	cases(t, sqliteEngine(t), every)
}
