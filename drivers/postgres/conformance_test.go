package postgres_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/conformance"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
	"github.com/duo-orm/duo-orm/planner"
)

func TestConformance(t *testing.T) {
	every := 4
	if os.Getenv("DUO_ORM_NIGHTLY") != "" {
		every = 1
	}
	conformance.Run(t, conformance.Target{Driver: postgres.Driver{}, Live: live, Managing: managing, Plan: plan, Every: every, Version: version(t)})
}

// version is the major version of the server.
func version(t testing.TB) (major int) {
	t.Helper()
	conn := live(t)
	if _, err := fmt.Sscanf(conn.Server(), "PostgreSQL %d", &major); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	return major
}

// live is a new database.
func live(t testing.TB) drivers.Connection {
	t.Helper()
	return opened(t, drivers.OpenOptions{})
}

// managing is the same where privileges are managed.
func managing(t testing.TB) drivers.Connection {
	t.Helper()
	return opened(t, drivers.OpenOptions{ManagePrivileges: true})
}

func opened(t testing.TB, options drivers.OpenOptions) drivers.Connection {
	t.Helper()
	conn, err := postgres.Driver{}.Open(t.Context(), testserver.Postgres(t).Database(t), options)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func plan(ctx context.Context, live drivers.Connection, desired *hclschema.State, renames []string) (*conformance.Plan, error) {
	made, err := planner.Create(ctx, planner.Request{
		Driver: postgres.Driver{}, Live: live, Desired: desired, Renames: renames,
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
