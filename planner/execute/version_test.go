package execute_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
)

// A revision that was proved on another major version, which words a view otherwise, runs there and back; on the same version
// other words are a difference.
func TestRevisionOfAnotherVersion(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	models := onPostgres(t, server.Database(t), "duo_orm_version", 0)
	exec(t, models, "CREATE TABLE t (id int CHECK (id > 0))")
	exec(t, models, "CREATE VIEW v AS SELECT id FROM t")
	conn := onPostgres(t, server.Database(t), "duo_orm_version", 0)
	plan, err := planner.Create(t.Context(), planner.Request{Driver: postgres.Driver{}, Live: conn, Desired: inspected(t, models)})
	if err != nil {
		t.Fatal(err)
	}
	for unit, print := range plan.End {
		if unit == "view v" || unit == "table t" {
			plan.End[unit] = "0000000000000000" + print[strings.IndexByte(print, '~'):]
		}
	}
	here := conn.Server()
	for _, c := range []struct {
		server string
		fails  bool
	}{{here, true}, {"PostgreSQL 9.6.24", false}} {
		plan.Proof.Server = c.server
		file := planner.Revision(plan, planner.Meta{ID: "000000000001", Message: "a view", Created: time.Unix(0, 0)})
		o := postgresOptions(conn, join(t, file), "duo_orm_version", 0)
		_, err := execute.Upgrade(t.Context(), o)
		var outcome *execute.OutcomeError
		if errors.As(err, &outcome) != c.fails || err != nil && !c.fails {
			t.Fatalf("the upgrade of what was proved on %s says %v", c.server, err)
		}
		if c.fails {
			continue
		}
		if adrift, err := execute.Adrift(t.Context(), o); err != nil || len(adrift) > 0 {
			t.Errorf("adrift are %v, %v", adrift, err)
		}
		exec(t, conn, "ALTER TABLE t ADD COLUMN more int")
		if adrift, err := execute.Adrift(t.Context(), o); err != nil || len(adrift) != 1 || adrift[0] != "table t" {
			t.Errorf("adrift are %v, %v", adrift, err)
		}
		exec(t, conn, "ALTER TABLE t DROP COLUMN more")
		o.Target = "base"
		if _, err := execute.Downgrade(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	if left := inspected(t, conn).Get(hclschema.Identity{Kind: hclschema.KindView, Name: "v"}); left != nil {
		t.Error("the view stays")
	}
}
