package corpus

import (
	"fmt"
	"strings"
	"testing"
)

// TestVariantsOfPostgresObjects gives each file a schema of its own.
func TestVariantsOfPostgresObjects(t *testing.T) {
	engine := newPostgres(t)
	if version := engine.values(t, nil, engine.server.Database(t), []string{"SHOW server_version_num"}); version[0] < "150000" {
		t.Skipf("SKIPPED: the forms need PostgreSQL 15, and this is %s", version[0])
	}
	formToForm(t, engine, 4, 600)
}

func (postgres) script(v variants, form int) string {
	return fmt.Sprintf("CREATE SCHEMA \"%[1]s\"; SET search_path = \"%[1]s\";\n%[2]s\n%[3]s", v.name, v.shared, v.forms[form])
}

func (postgres) filled(t *testing.T, script string) string {
	return script + "\n" + readFile(t, "testdata/fill/postgres.sql")
}

func (postgres) keptQuery(table string, columns []string) string {
	return fmt.Sprintf("SELECT '%s', ROW(%s)::text FROM ONLY %s ORDER BY 2;", strings.ReplaceAll(table, "'", "''"), strings.Join(columns, ", "), table)
}
