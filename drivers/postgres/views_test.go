package postgres_test

import (
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// inspected is what a new database holds after some statements.
func inspected(t *testing.T, statements ...string) *drivers.Inspection {
	t.Helper()
	url := testserver.Postgres(t).Database(t)
	testserver.Exec(t, url, statements...)
	conn, err := postgres.Driver{}.Open(t.Context(), url, drivers.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	inspection, err := conn.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return inspection
}

// What was inspected is written as models that say the same to the letter.
func TestModelsOfViews(t *testing.T) {
	t.Parallel()
	inspection := inspected(t,
		`CREATE SCHEMA "odd one"`,
		`CREATE TABLE t (a int PRIMARY KEY, b text)`,
		`CREATE VIEW v WITH (security_barrier, check_option = local) AS SELECT a, b FROM t WHERE b <> E'it''s ${x} \\ %{y}'`,
		`COMMENT ON VIEW v IS 'two
lines'`,
		`COMMENT ON COLUMN v.b IS 'a "quoted" one'`,
		`ALTER VIEW v ALTER COLUMN b SET DEFAULT 'x'`,
		`CREATE VIEW "odd one"."V 2" AS SELECT v.a AS "A b", row_number() OVER (ORDER BY v.b) FROM v`,
		`CREATE MATERIALIZED VIEW m WITH (fillfactor = 70, toast.autovacuum_enabled = off) AS SELECT a, count(*) AS n, min(b) AS b FROM t GROUP BY a WITH NO DATA`,
		`CREATE UNIQUE INDEX m_a ON m (a)`,
		`CREATE INDEX m_n ON m ((n + 1) DESC) WHERE a > 0`,
		`COMMENT ON INDEX m_n IS 'by number'`,
		`CLUSTER m USING m_a`,
		`CREATE RULE "R 1" AS ON UPDATE TO v WHERE old.b = 'DO' DO ALSO (INSERT INTO t VALUES (new.a, 'DO'); DELETE FROM t WHERE a = old.a)`,
		`CREATE RULE nothing AS ON DELETE TO "odd one"."V 2" DO INSTEAD NOTHING`,
		`CREATE RULE off AS ON DELETE TO t DO INSTEAD NOTHING`,
		`ALTER TABLE t DISABLE RULE off`,
	)
	if len(inspection.Unread) > 0 {
		t.Errorf("unread: %v", inspection.Unread)
	}
	text, err := hclschema.WriteText(inspection.State, postgres.Driver{})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, want := range []string{`rule "off"`, `enabled = DISABLED`, `view "odd one" "V 2"`, `check_option = LOCAL`, `index "m_n"`, `toast {`} {
		if !strings.Contains(strings.Join(strings.Fields(string(text)), " "), want) {
			t.Errorf("no %s in the models:\n%s", want, text)
		}
	}
}
