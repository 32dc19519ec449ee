package proof

import (
	"context"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
)

// way is a plan written by hand, as SQL: statements end in a semicolon at the end of a line.
type way struct {
	start, end         string
	upgrade, downgrade string
	foreignKeysOff     bool
	renames            []drivers.Rename
}

func (w way) check(t *testing.T) (*Result, error) {
	t.Helper()
	return Check(t.Context(), w.request(t))
}

func (w way) request(t testing.TB) Request {
	t.Helper()
	return Request{
		Driver:         sqlite.Driver{},
		Scratch:        scratch,
		Start:          inspected(t, w.start),
		End:            inspected(t, w.end),
		MakeStart:      stepsOf(w.start),
		MakeEnd:        stepsOf(w.end),
		Upgrade:        stepsOf(w.upgrade),
		Downgrade:      stepsOf(w.downgrade),
		ForeignKeysOff: w.foreignKeysOff,
		Renames:        w.renames,
	}
}

func scratch(ctx context.Context) (drivers.Connection, error) {
	return sqlite.Driver{}.Scratch(ctx, nil, "")
}

func stepsOf(script string) []drivers.Step {
	var list []drivers.Step
	for _, text := range strings.Split(script, ";\n") {
		if text = strings.TrimSuffix(strings.TrimSpace(text), ";"); text != "" {
			name, _, _ := strings.Cut(text, "\n")
			list = append(list, drivers.Step{Name: name, SQL: text})
		}
	}
	return list
}

func inspected(t testing.TB, script string) *hclschema.State {
	t.Helper()
	return inspectedAfter(t, stepsOf(script))
}

func inspectedAfter(t testing.TB, list []drivers.Step) *hclschema.State {
	t.Helper()
	conn, err := scratch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, step := range list {
		if _, err := conn.Exec(t.Context(), step.SQL); err != nil {
			t.Fatalf("%s: %v", step.SQL, err)
		}
	}
	inspection, err := conn.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(inspection.Unread) > 0 {
		t.Fatalf("unread: %v", inspection.Unread)
	}
	sqlite.Driver{}.Link(inspection.State)
	return inspection.State
}
