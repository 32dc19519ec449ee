package postgres_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// What exists and isn't carried is named with its kind.
func TestUnreadObjects(t *testing.T) {
	t.Parallel()
	inspection := inspected(t,
		`CREATE TABLE t (a int, b int)`,
		`CREATE TEXT SEARCH CONFIGURATION words (COPY = simple)`,
		`CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple)`,
		`CREATE FOREIGN DATA WRAPPER wrapper`,
		`CREATE SERVER elsewhere FOREIGN DATA WRAPPER wrapper`,
		`CREATE USER MAPPING FOR PUBLIC SERVER elsewhere`,
		`CREATE OPERATOR CLASS numbers FOR TYPE int USING btree AS OPERATOR 1 <`,
	)
	var names []string
	for _, u := range inspection.Unread {
		names = append(names, u.Identity.String()+": "+u.Reason)
	}
	slices.Sort(names)
	want := []string{
		"foreign_data_wrapper wrapper: foreign data wrappers are not carried yet",
		"operator_class numbers: operator classes are not carried yet",
		"server elsewhere: servers are not carried yet",
		"text_search_configuration words: text search configurations are not carried yet",
		"text_search_dictionary plain: text search dictionaries are not carried yet",
		`user_mapping "elsewhere for public": user mappings are not carried yet`,
	}
	if d := cmp.Diff(want, names); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
