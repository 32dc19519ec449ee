package postgres_test

import (
	"errors"
	neturl "net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
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
			server := testserver.Postgres(t)
			url := server.Database(t)
			testserver.Exec(t, url,
				"DO $$BEGIN CREATE ROLE duo_orm_test_counter LOGIN CREATEDB; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END$$",
				"CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)", "ALTER TABLE t ENABLE ROW LEVEL SECURITY", "ALTER TABLE t OWNER TO duo_orm_test_counter", c.secure)
			at, err := neturl.Parse(url)
			if err != nil {
				t.Fatal(err)
			}
			at.User = neturl.User("duo_orm_test_counter")
			conn := openedAt(t, at.String())
			source := hclschema.Source{Name: "t.hcl", Bytes: []byte(table + c.rest + "  }\n}\n")}
			models, diags := hclschema.Load([]hclschema.Source{source}, nil, postgres.Driver{})
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			defer func() {
				if err := conn.Close(); err != nil {
					t.Error(err)
				}
			}()
			_, err = planner.Create(t.Context(), planner.Request{
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

func openedAt(t *testing.T, url string) drivers.Connection {
	t.Helper()
	conn, err := postgres.Driver{}.Open(t.Context(), url, drivers.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// Values that the engine alone can read are counted to the last one, on each version, also where nothing may be written.
func TestUnfitValuesAreCounted(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	url := server.Database(t)
	testserver.Exec(t, url, `CREATE TABLE t (value text, "a b" text[], unfit jsonb)`, `INSERT INTO t VALUES
		('10.0.0.1', '{10.0.0.1}', '1'), ('x', '{10.0.0.1,y}', '2'), ('y', NULL, '"z"'), (NULL, '{}', '{}'), ('::1', '{z,z}', '[]')`)
	conn, err := postgres.Driver{}.Open(t.Context(), url, drivers.OpenOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	text := "table \"t\" {\n"
	for name, kind := range map[string]string{"value": "inet", "a b": "inet[]", "unfit": "int"} {
		text += "  column \"" + name + "\" {\n    type = sql(\"" + kind + "\")\n    null = true\n  }\n"
	}
	models, diags := hclschema.Load([]hclschema.Source{{Name: "t.hcl", Bytes: []byte(text + "}\n")}}, nil, postgres.Driver{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	_, err = planner.Create(t.Context(), planner.Request{Driver: postgres.Driver{}, Live: conn, Desired: models, Managed: func(hclschema.Identity) bool { return true }})
	var against *planner.RowsError
	if !errors.As(err, &against) {
		t.Fatalf("got %v", err)
	}
	got := map[string]string{}
	for _, h := range against.Hazards {
		got[h.Object.Name] = planner.Against(h)
	}
	want := map[string]string{"value": "2 rows of 5", "a b": "2 rows of 5", "unfit": "3 rows of 5"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("rows against the plan (-want +got):\n%s", d)
	}
}
