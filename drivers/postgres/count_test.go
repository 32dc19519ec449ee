package postgres_test

import (
	"errors"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
)

// A role that may not see the rows that a plan concerns is told so: nothing is counted in part.
func TestRowsThatCanNotBeCounted(t *testing.T) {
	t.Parallel()
	const table = "table \"t\" {\n  column \"a\" { type = int }\n  row_security {\n    enabled = true\n"
	for name, c := range map[string]struct{ secure, rest string }{
		"policies for the owner too": {"ALTER TABLE t FORCE ROW LEVEL SECURITY", "    enforced = true\n"},
		"no grant":                   {"REVOKE SELECT ON t FROM duo_orm_test_counter", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := live(t)
			defer func() {
				if err := conn.Close(); err != nil {
					t.Error(err)
				}
			}()
			source := hclschema.Source{Name: "t.hcl", Bytes: []byte(table + c.rest + "  }\n}\n")}
			models, diags := hclschema.Load([]hclschema.Source{source}, nil, postgres.Driver{})
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			for _, sql := range []string{
				"DO $$BEGIN CREATE ROLE duo_orm_test_counter; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END$$",
				"CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)", "ALTER TABLE t ENABLE ROW LEVEL SECURITY", "ALTER TABLE t OWNER TO duo_orm_test_counter",
				c.secure, "SET ROLE duo_orm_test_counter",
			} {
				if _, err := conn.Exec(t.Context(), sql); err != nil {
					t.Fatal(err)
				}
			}
			_, err := planner.Create(t.Context(), planner.Request{
				Driver: postgres.Driver{}, Live: conn, Desired: models, Managed: func(hclschema.Identity) bool { return true },
			})
			var uncounted *planner.CountError
			var around drivers.Circumstance
			if !errors.As(err, &uncounted) || !errors.As(err, &around) || !around.Circumstance() {
				t.Errorf("got %v", err)
			}
		})
	}
}
