package planner

import (
	"context"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
)

// made is the state that statements make.
func made(t *testing.T, statements ...string) *hclschema.State {
	t.Helper()
	ctx := context.Background()
	conn, err := sqlite.Driver{}.Scratch(ctx, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, sql := range statements {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	inspection, err := conn.Inspect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return inspection.State
}

func TestCombined(t *testing.T) {
	const table = "CREATE TABLE t (id integer PRIMARY KEY, a text, b text)"
	start := made(t, table)
	for name, c := range map[string]struct {
		end, theirs, want []string
		conflict          string
	}{
		"both add":         {[]string{table, "ALTER TABLE t ADD COLUMN c text"}, []string{table, "CREATE TABLE u (x)"}, []string{table, "ALTER TABLE t ADD COLUMN c text", "CREATE TABLE u (x)"}, ""},
		"one drops":        {[]string{table, "ALTER TABLE t DROP COLUMN a"}, []string{table, "ALTER TABLE t DROP COLUMN b"}, []string{"CREATE TABLE t (id integer PRIMARY KEY)"}, ""},
		"both do the same": {[]string{table, "ALTER TABLE t ADD COLUMN c text"}, []string{table, "ALTER TABLE t ADD COLUMN c text"}, []string{table, "ALTER TABLE t ADD COLUMN c text"}, ""},
		"both differ":      {[]string{table, "ALTER TABLE t ADD COLUMN c text"}, []string{table, "ALTER TABLE t ADD COLUMN c int"}, nil, "both change column t.c"},
		"one changes what the other drops": {[]string{"CREATE TABLE t (id integer PRIMARY KEY, a int, b text)"}, []string{table, "ALTER TABLE t DROP COLUMN a"}, nil,
			"both change column t.a"},
		"one drops what the other adds to": {[]string{table, "ALTER TABLE t ADD COLUMN c text"}, nil, nil, "t is gone, and column t.c belongs to it"},
	} {
		got, err := combined(start, made(t, c.end...), made(t, c.theirs...))
		switch {
		case c.conflict != "" && (err == nil || err.Error() != c.conflict), c.conflict == "" && err != nil:
			t.Errorf("%s: got %v, want %s", name, err, c.conflict)
		case c.conflict == "":
			for _, difference := range proof.Difference(made(t, c.want...), got) {
				t.Errorf("%s: %s", name, difference)
			}
		}
	}
}
