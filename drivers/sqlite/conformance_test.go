package sqlite_test

import (
	"context"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/conformance"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
)

func TestConformance(t *testing.T) {
	conformance.Run(t, conformance.Target{Driver: sqlite.Driver{}, Live: live, Plan: plan})
}

// live is a database in memory.
func live(t testing.TB) drivers.Connection {
	t.Helper()
	conn, err := sqlite.Driver{}.Open(t.Context(), "sqlite://", drivers.OpenOptions{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func plan(ctx context.Context, live drivers.Connection, desired *hclschema.State, renames []string) (*conformance.Plan, error) {
	made, err := planner.Create(ctx, planner.Request{
		Driver: sqlite.Driver{}, Live: live, Desired: desired, Renames: renames,
		Managed: func(hclschema.Identity) bool { return true },
	})
	if err != nil {
		return nil, err
	}
	p := &conformance.Plan{Upgrade: made.Upgrade, Downgrade: made.Downgrade, ForeignKeysOff: made.ForeignKeysOff(),
		Start: made.Start, End: made.End}
	if made.Proof != nil {
		p.WithoutRows, p.NotBack = made.Proof.WithoutRows, made.Proof.NotBack
	}
	return p, nil
}
