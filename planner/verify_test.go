package planner_test

import (
	"context"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// back gives a revision its downgrade.
func back(f *revision.File, statements ...string) *revision.File {
	for _, sql := range statements {
		f.Downgrade = append(f.Downgrade, revision.Step{Name: sql, SQL: sql, Transaction: true})
	}
	return f
}

// Every fault is named with its revision and its part, and what comes after it is looked at as long as that can be.
func TestVerify(t *testing.T) {
	good := back(written("a", nil, "CREATE TABLE t (id integer PRIMARY KEY)"), "DROP TABLE t")
	column := back(written("b", after("a"), "ALTER TABLE t ADD COLUMN b text"), "ALTER TABLE t DROP COLUMN b")
	strange := back(written("s", after("b"), "CREATE VIEW v AS SELECT b FROM t"), "DROP VIEW v")
	strange.Start = map[string]string{"table t": "0000000000000000", "table gone": "0000000000000000"}
	strange.End = map[string]string{"view v": "0000000000000000"}
	strange.Proved = "SQLite, with rows, " + revision.StepsSum(strange.Upgrade, strange.Downgrade, false)
	for name, c := range map[string]struct {
		files []*revision.File
		want  string
	}{
		"all hold":                           {[]*revision.File{good, column}, ""},
		"fingerprints":                       {[]*revision.File{good, column, strange}, "s start: table gone is missing, table t isn't as the file's fingerprint says|s end: view v isn't as the file's fingerprint says"},
		"down fails":                         {[]*revision.File{good, back(written("b", after("a"), "CREATE VIEW v AS SELECT 1"), "DROP VIEW w"), strangeFree("c", "b")}, "b downgrade: no such view: w"},
		"down leads elsewhere":               {[]*revision.File{good, back(written("b", after("a"), "CREATE VIEW v AS SELECT 1")), strangeFree("c", "b")}, "b downgrade: view v is not wanted but there"},
		"up again fails":                     {[]*revision.File{back(written("a", nil, "CREATE TABLE t (id integer PRIMARY KEY)", "INSERT INTO t VALUES (1)"), "DROP TABLE t"), back(written("b", after("a"), "UPDATE t SET id = 1/(SELECT max(id) FROM t)", "DELETE FROM t", "SELECT 1"), "SELECT abs(-9223372036854775807 - 1)"), strangeFree("c", "b")}, "b downgrade: integer overflow"},
		"up fails, and nothing is after it":  {[]*revision.File{good, written("b", after("a"), "NONSENSE"), strangeFree("c", "b")}, `b upgrade: near "NONSENSE": syntax error`},
		"two heads in the order of the time": {[]*revision.File{good, column, strangeFree("c", "a")}, ""},
	} {
		graph, diags := revision.Join(c.files)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		heads := []string{}
		for _, head := range graph.Heads() {
			heads = append(heads, head.ID)
		}
		verified, err := planner.Verify(context.Background(), planner.VerifyRequest{Driver: sqlite.Driver{}, Graph: graph, Files: graph.Upgrade(nil, heads)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, fault := range verified.Faults {
			text := strings.Join(fault.Differences, ", ")
			if fault.Cause != nil {
				text = fault.Cause.Error()
			}
			got = append(got, fault.File.ID+" "+string(fault.Part)+": "+text)
		}
		if text := strings.Join(got, "|"); text != c.want && (c.want == "" || !strings.Contains(text, c.want)) {
			t.Errorf("%s: %s", name, text)
		}
		if stopped := verified.Stopped != nil; stopped != strings.Contains(c.want, " upgrade:") {
			t.Errorf("%s: stopped %t", name, stopped)
		}
	}
}

// strangeFree is a revision that holds wherever table t is.
func strangeFree(id, parent string) *revision.File {
	return back(written(id, after(parent), "CREATE INDEX t_"+id+" ON t (id)"), "DROP INDEX t_"+id)
}
