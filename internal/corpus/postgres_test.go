package corpus

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/internal/oracle"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

func TestCorpusPostgresSchemas(t *testing.T) { schemas(t, newPostgres(t), 3) }

func TestCorpusPostgresPairs(t *testing.T) { pairs(t, newPostgres(t), 8) }

// postgres makes a database on the shared server for each that a session asks for, and uses psql and pg_dump.
type postgres struct{ server *testserver.Server }

func newPostgres(t *testing.T) postgres {
	for _, program := range []string{"psql", "pg_dump"} {
		if _, err := exec.LookPath(testserver.Program(program)); err != nil {
			t.Skipf("SKIPPED: this machine has no %s; install Debian's postgresql-client", program)
		}
	}
	return postgres{testserver.Postgres(t)}
}

// since15 skips a test of what PostgreSQL 15 brought on an older server.
func (e postgres) since15(t *testing.T) {
	t.Helper()
	if version := e.values(t, nil, e.server.Database(t), []string{"SHOW server_version_num"}); version[0] < "150000" {
		t.Skipf("SKIPPED: the schemas need PostgreSQL 15, and this is %s", version[0])
	}
}

func (postgres) name() string { return "postgres" }

func (e postgres) fresh(t *testing.T, _ *session, _ string) string { return e.server.Database(t) }

// roles keeps scripts that make roles apart: a role belongs to the whole server.
var roles sync.Mutex //nolint:gochecknoglobals // so does this lock

func (e postgres) load(t *testing.T, _ *session, url, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(bytes.ToUpper(text), []byte("CREATE ROLE")) || bytes.Contains(bytes.ToUpper(text), []byte("CREATE USER")) {
		roles.Lock()
		defer roles.Unlock()
	}
	command := exec.CommandContext(t.Context(), testserver.Program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", file)
	if out, err := command.CombinedOutput(); err != nil {
		if needsSetup[filepath.Base(filepath.Dir(file))] {
			t.Skipf("SKIPPED: its scripts need another that the corpus doesn't have: psql: %v\n%s", err, out)
		}
		t.Fatalf("psql: %v\n%s", err, out)
	}
}

// needsSetup are the pairs whose scripts don't run by themselves.
var needsSetup = map[string]bool{
	"create_table__add_column_cross_schema_custom_type": true,
	"create_function__alter_function_same_signature":    true,
}

func (e postgres) describe(t *testing.T, _ *session, url string) []string {
	t.Helper()
	return e.ask(t, database(url).Describe)
}

func (postgres) granted(fact string) bool {
	return strings.HasPrefix(fact, "GRANT ") || strings.HasPrefix(fact, "REVOKE ") || strings.HasPrefix(fact, "ALTER DEFAULT PRIVILEGES ")
}

func (e postgres) rows(t *testing.T, _ *session, url string) []string {
	t.Helper()
	return e.ask(t, database(url).Rows)
}

func database(url string) oracle.Postgres {
	return oracle.Postgres{URL: url, Program: testserver.Program, Leave: ours()}
}

func (postgres) ask(t *testing.T, question func(context.Context) ([]string, error)) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	lines, err := question(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
