package postgres_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
)

// An index that was left invalid counts as missing: a plan takes it away and builds it again.
func TestInvalidIndexIsPlannedAgain(t *testing.T) {
	t.Parallel()
	conn := live(t)
	for _, text := range []string{`CREATE TABLE t (n integer NOT NULL)`, "INSERT INTO t VALUES (1), (1)"} {
		if _, err := conn.Exec(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.Exec(t.Context(), `CREATE UNIQUE INDEX CONCURRENTLY "T's" ON t (n)`); err == nil {
		t.Fatal("an index that rows violate was built")
	}
	load := func(text string) *hclschema.State {
		state, diagnostics := hclschema.Load([]hclschema.Source{{Name: "t.hcl", Bytes: []byte(text)}}, nil, postgres.Driver{})
		if diagnostics.HasErrors() {
			t.Fatal(diagnostics)
		}
		return state
	}
	const without = "table \"t\" {\n  column \"n\" {\n    type = integer\n  }\n}\n"
	with := strings.TrimSuffix(without, "}\n") + "  index \"T's\" {\n    unique  = true\n    columns = [column.n]\n  }\n}\n"
	var invalid *postgres.InvalidIndexError
	if _, err := plan(t.Context(), conn, load(without), nil); !errors.As(err, &invalid) || invalid.Index != "T's" {
		t.Error(err)
	}
	if _, err := conn.Exec(t.Context(), "DELETE FROM t WHERE ctid IN (SELECT max(ctid) FROM t)"); err != nil {
		t.Fatal(err)
	}
	made, err := plan(t.Context(), conn, load(with), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range made.Upgrade {
		if _, err := conn.Exec(t.Context(), step.SQL); err != nil {
			t.Fatal(err)
		}
	}
	if made, err = plan(t.Context(), conn, load(with), nil); err != nil || len(made.Upgrade) > 0 {
		t.Error(made, err)
	}
}
