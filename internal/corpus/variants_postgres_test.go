package corpus

import (
	"fmt"
	"strings"
	"testing"
)

// TestVariantsOfPostgresObjects gives each file a schema of its own.
func TestVariantsOfPostgresObjects(t *testing.T) {
	engine := newPostgres(t)
	engine.since15(t)
	formToForm(t, engine, 4, 600,
		"rename_like 5 4", "domains 5 7", "generated 0 4", "policies 1 4", "identity 3 2", "functions 10 6",
		"enums 5 3", "rename_like 4 5", "inheritance 5 3", "enums 5 1", "foreign_keys 5 7", "ranges 3 1",
		"enums 2 5", "chains 3 1", "partition_keys 0 5", "foreign_keys 6 5", "unique 2 10", "across 3 0",
		"partition_keys 3 0", "indexes 8 6", "foreign 0 2", "identity 2 7", "table_properties 1 2", "composites 4 8", "events 2 0", "storage 1 2", "opclasses 2 1",
		"events 4 1", "gen_chain 2 0", "domain_tower 3 5", "events 2 4", "ext_types 2 0", "hostile 0 3", "inheritance 2 4", "composites 4 6", "partition_keys 5 4",
		"inheritance 6 3", "fdw 0 3")
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
