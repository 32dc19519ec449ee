package execute_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// narrow is PostgreSQL with little room for locks.
type narrow struct{ postgres.Driver }

// Room implements drivers.Divider.
func (narrow) Room() int { return 40 }

// ring is a schema of twelve tables, each under a view, that refer to each other in a ring.
func ring(columns string) (statements []string) {
	for i := range 12 {
		statements = append(statements, fmt.Sprintf("CREATE TABLE t%d (id int PRIMARY KEY, next int, %s)", i, columns),
			fmt.Sprintf("CREATE VIEW w%d AS SELECT id, v FROM t%d", i, i))
	}
	for i := range 12 {
		statements = append(statements, fmt.Sprintf("ALTER TABLE t%d ADD FOREIGN KEY (next) REFERENCES t%d (id)", i, (i+1)%12))
	}
	return statements
}

// A plan that locks more objects than a server has room for is divided into transactions, and one that was cut off is gone on
// with. While something is out of the way of what changes, no transaction ends.
func TestDividedPlans(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	conn := onPostgres(t, server.Database(t), "duo_orm_version", 0)
	everything := func(hclschema.Identity) bool { return true }
	var files []*revision.File
	for i, c := range []struct {
		columns string
		divided bool
	}{{"v varchar(10) DEFAULT '1'", true}, {"v varchar(10) DEFAULT '2', p int CHECK (p > 0)", true}, {"v text, p int CHECK (p > 0)", false}} {
		other := onPostgres(t, server.Database(t), "duo_orm_version", 0)
		for _, statement := range ring(c.columns) {
			exec(t, other, statement)
		}
		plan, err := planner.Create(t.Context(), planner.Request{Driver: narrow{}, Live: conn, Desired: inspected(t, other), Managed: everything})
		if err != nil {
			t.Fatal(err)
		}
		for _, way := range [][]drivers.Step{plan.Upgrade, plan.Downgrade} {
			if n := strings.Count(names(way), "\ncommit"); c.divided != (n > 2) {
				t.Errorf("%d transactions end between the steps of %q:\n%s", n, c.columns, names(way))
			}
		}
		meta := planner.Meta{ID: fmt.Sprintf("00000000000%d", i), Message: c.columns, Created: time.Unix(0, 0)}
		if i > 0 {
			meta.Parents = []string{files[i-1].ID}
		}
		files = append(files, planner.Revision(plan, meta))
		twice(t, postgresOptions(conn, join(t, files...), "duo_orm_version", 0), execute.Upgrade, len(plan.Upgrade))
		if differ := planner.Diff(inspected(t, conn), inspected(t, other)); len(differ) > 0 {
			t.Errorf("the upgrade to %q leaves differences: %+v", c.columns, differ)
		}
	}
	for i := len(files) - 1; i >= 0; i-- {
		o := postgresOptions(conn, join(t, files...), "duo_orm_version", 0)
		o.Target = "-1"
		twice(t, o, execute.Downgrade, len(files[i].Downgrade))
	}
	if left := inspected(t, conn).Objects(); len(left) > 1 {
		t.Errorf("the downgrade leaves %v", left)
	}
}

// twice runs a revision of so many steps that is cut off behind most of them, and goes on.
func twice(t *testing.T, o execute.Options, run func(context.Context, execute.Options) (execute.Result, error), steps int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	o.Progress.Step = func(_ *revision.File, _ revision.Step, number, _ int, _ time.Duration) {
		if number == steps*3/4 {
			cancel()
		}
	}
	var cut *execute.StepError
	if _, err := run(ctx, o); !errors.As(err, &cut) || !cut.Interrupted {
		t.Fatalf("the run that is cut off says %v", err)
	}
	o.Progress.Step = nil
	done := -1
	o.Progress.Begin = func(_ *revision.File, _ bool, before int) { done = before }
	if cut.Unfinished {
		o.Target = "current"
	}
	if _, err := run(t.Context(), o); err != nil {
		t.Fatalf("the run that goes on says %v", err)
	}
	if cut.Unfinished != (done > 0) {
		t.Errorf("%s, and the next run begins behind %d steps", cut.State, done)
	}
}

func inspected(t *testing.T, conn drivers.Connection) *hclschema.State {
	t.Helper()
	inspection, err := conn.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return inspection.State
}

func names(steps []drivers.Step) string {
	var b strings.Builder
	for _, step := range steps {
		b.WriteString("\n" + step.Name)
	}
	return b.String()
}
