package offline

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

func TestMain(m *testing.M) { testserver.Main(m) }

// postgresEngine is PostgreSQL with psql. Each name is a database of its own, made when it is first spoken of.
func postgresEngine(t *testing.T, flags ...string) engine {
	t.Helper()
	server := testserver.Postgres(t)
	if _, err := exec.LookPath(testserver.Program("psql")); err != nil {
		t.Skip("psql is missing")
	}
	var lock sync.Mutex
	urls := map[string]string{}
	url := func(name string) string {
		lock.Lock()
		defer lock.Unlock()
		if urls[name] == "" {
			urls[name] = server.Database(t)
		}
		return urls[name]
	}
	run := func(program string, input string, arguments ...string) (string, error) {
		command := exec.Command(testserver.Program(program), arguments...)
		command.Env = append(os.Environ(), "PGOPTIONS=") // what a person's shell would have
		command.Stdin = strings.NewReader(input)
		out, err := command.CombinedOutput()
		return string(out), err
	}
	return engine{
		driver: postgres.Driver{}, url: url,
		shell: func(name, script string) (string, error) {
			return run("psql", script, append(append([]string{"-X", "-q", "-f", "-", "-d", url(name)}, "-v", "USERS=no", "-v", "2=no"), flags...)...)
		},
		dump: func(t *testing.T, name string) string {
			t.Helper()
			out, err := run("pg_dump", "", url(name))
			if err != nil {
				t.Fatal(err, out)
			}
			return restrict.ReplaceAllString(out, "")
		},
	}
}

// restrict is a line that pg_dump writes with another word each time.
var restrict = regexp.MustCompile(`(?m)^\\(un)?restrict .*$`)

func TestPostgresCases(t *testing.T) {
	every := 90
	if nightly() {
		every = 3
	}
	cases(t, postgresEngine(t), every)
}
