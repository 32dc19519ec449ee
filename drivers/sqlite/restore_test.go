package sqlite

import (
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
)

// On the way back, columns whose rows need a value get one that fits; on the way up nothing is made up.
func TestWayBackFillsColumns(t *testing.T) {
	for _, c := range []struct{ name, before, after, index, want string }{
		{"NOT NULL without a default", `CREATE TABLE t (a int)`, `CREATE TABLE t (a int, b text NOT NULL, c int NOT NULL)`, "", "1||0\n2||0\n"},
		{"unique", `CREATE TABLE t (a int)`, `CREATE TABLE t (a int, b int NOT NULL UNIQUE)`, "", "1|1\n2|2\n"},
		{
			"unique by an index, with a default", `CREATE TABLE t (a int)`, `CREATE TABLE t (a int, b text NOT NULL DEFAULT 'x')`,
			`CREATE UNIQUE INDEX i ON t (b)`, "1|1\n2|2\n",
		},
		{"nullable", `CREATE TABLE t (a int)`, `CREATE TABLE t (a int, b text UNIQUE)`, "", "1|NULL\n2|NULL\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := memory(t, c.before, `INSERT INTO t VALUES (1), (2)`)
			wanted := []string{c.after}
			if c.index != "" {
				wanted = append(wanted, c.index)
			}
			state := look(t, memory(t, wanted...)).State
			change := tableChanges(look(t, db).State, state)[0]
			change.Back = true
			alteration, err := Driver{}.Alter(change)
			if err != nil {
				t.Fatal(err)
			}
			if err := runSteps(db, alteration.Steps); err != nil {
				t.Fatal(err)
			}
			assertState(t, db, state)
			if got := results(t, db, "SELECT * FROM t ORDER BY a"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			assertReason(t, alteration.Steps, c.name != "nullable")
		})
	}
}

// assertReason makes sure that a value which was made up is told of.
func assertReason(t *testing.T, steps []drivers.Step, want bool) {
	t.Helper()
	told := false
	for _, step := range steps {
		told = told || strings.Contains(step.Because, "is lost")
	}
	if told != want {
		t.Errorf("told the reason: %v, want %v", told, want)
	}
}
