package sqlite

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/google/go-cmp/cmp"
)

// tester is what a test and a drawn test have in common.
type tester interface {
	Helper()
	Error(...any)
	Fatal(...any)
	Fatalf(string, ...any)
}

func mustExec(t tester, db *sql.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%v\nin:\n%s", err, statement)
		}
	}
}

// results are the rows of a query, one a line.
func results(t tester, db *sql.DB, query string) string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%v\nin:\n%s", err, query)
	}
	defer func() {
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for rows.Next() {
		values, pointers := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			pointers[i] = &values[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		for i, value := range values {
			if i > 0 {
				b.WriteByte('|')
			}
			if value == nil {
				value = "NULL"
			}
			fmt.Fprintf(&b, "%v", value)
		}
		b.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// tableChanges are the changes of all tables that two states share.
func tableChanges(before, after *hclschema.State) []drivers.UnitChange {
	was := map[hclschema.Identity]drivers.Unit{}
	for _, unit := range drivers.Units(Driver{}, before) {
		was[before.Key(unit.Identity())] = unit
	}
	var changes []drivers.UnitChange
	for _, unit := range drivers.Units(Driver{}, after) {
		former, ok := was[after.Key(unit.Identity())]
		if !ok || unit.Identity().Kind != hclschema.KindTable {
			continue
		}
		if list := objectChanges(former, unit); list != nil {
			changes = append(changes, drivers.UnitChange{Before: former, After: unit, Changes: list})
		}
	}
	return changes
}

func objectChanges(before, after drivers.Unit) []drivers.Change {
	key := Driver{}.Key
	then, now := map[hclschema.Identity]*hclschema.Object{}, map[hclschema.Identity]*hclschema.Object{}
	for _, o := range before {
		then[key(o.Identity)] = o
	}
	var changes []drivers.Change
	for _, o := range after {
		now[key(o.Identity)] = o
		former := then[key(o.Identity)]
		if former == nil {
			changes = append(changes, drivers.Change{After: o})
		} else if names := former.Properties.Changed(o.Properties); len(names) > 0 {
			changes = append(changes, drivers.Change{Before: former, After: o, Properties: names})
		}
	}
	for _, o := range before {
		if now[key(o.Identity)] == nil {
			changes = append(changes, drivers.Change{Before: o})
		}
	}
	return changes
}

// migrate leads the tables of a database to those of a state, as a plan would: triggers in the way are dropped and made again,
// and foreign keys are unenforced where a step wants it. It fails the test where a change isn't claimed.
func migrate(t testing.TB, db *sql.DB, after *hclschema.State) (steps []drivers.Step, hazards []drivers.Hazard) {
	t.Helper()
	before := look(t, db).State
	for _, change := range tableChanges(before, after) {
		alteration, err := Driver{}.Alter(change)
		if err != nil {
			t.Fatal(err)
		}
		checkClaims(t, change, alteration)
		steps = append(steps, around(t, before, after, alteration)...)
		hazards = append(hazards, alteration.Hazards...)
	}
	countRows(t, db, hazards)
	if err := runSteps(db, steps); err != nil {
		t.Fatalf("%v\n%s", err, joinSteps(steps))
	}
	return steps, hazards
}

func checkClaims(t testing.TB, change drivers.UnitChange, alteration drivers.Alteration) {
	t.Helper()
	var want []drivers.Claim
	for _, c := range change.Changes {
		if c.Before == nil || c.After == nil {
			want = append(want, drivers.Claim{Identity: c.Identity()})
		}
		for _, name := range c.Properties {
			want = append(want, drivers.Claim{Identity: c.Identity(), Property: name})
		}
	}
	if diff := cmp.Diff(want, alteration.Claims); diff != "" {
		t.Fatal(diff)
	}
}

func around(t testing.TB, before, after *hclschema.State, alteration drivers.Alteration) (steps []drivers.Step) {
	t.Helper()
	keep := func(made []drivers.Step, err error) {
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, made...)
	}
	disturbed := func(o *hclschema.Object) bool {
		trigger := o.Identity.Kind == hclschema.KindTrigger
		return trigger && alteration.Disturbs != nil && alteration.Disturbs(o)
	}
	for _, o := range before.Objects() {
		if disturbed(o) {
			keep(Driver{}.Drop(drivers.Unit{o}))
		}
	}
	steps = append(steps, alteration.Steps...)
	for _, o := range after.Objects() {
		if disturbed(o) {
			keep(Driver{}.Create(drivers.Unit{o}))
		}
	}
	return steps
}

// runSteps runs steps in one transaction and checks foreign keys at its end.
func runSteps(db *sql.DB, steps []drivers.Step) error {
	var statements []string
	for _, step := range steps {
		if step.ForeignKeysOff {
			statements = []string{"PRAGMA foreign_keys = OFF"}
		}
	}
	statements = append(statements, "BEGIN IMMEDIATE")
	for _, step := range steps {
		statements = append(statements, step.SQL)
	}
	for _, statement := range append(statements, "COMMIT", "PRAGMA foreign_keys = ON") {
		if _, err := db.Exec(statement); err != nil {
			return fmt.Errorf("%w\nin:\n%s", err, statement)
		}
	}
	return nil
}

// countRows fills in the counts of hazards.
func countRows(t tester, db *sql.DB, hazards []drivers.Hazard) {
	t.Helper()
	count := func(query string, to *int64) {
		if query == "" {
			return
		}
		if err := db.QueryRow(query).Scan(to); err != nil {
			t.Fatalf("%v\nin:\n%s", err, query)
		}
	}
	for i := range hazards {
		count(hazards[i].CountSQL, &hazards[i].Rows)
		count(hazards[i].TotalSQL, &hazards[i].Total)
	}
}

// assertState compares what a database holds with a state.
func assertState(t testing.TB, db *sql.DB, want *hclschema.State) {
	t.Helper()
	if diff := cmp.Diff(describe(want), describe(look(t, db).State)); diff != "" {
		t.Fatalf("-want +got\n%s", diff)
	}
	for query, want := range map[string]string{"PRAGMA foreign_key_check": "", "PRAGMA integrity_check": "ok\n"} {
		if got := results(t, db, query); got != want {
			t.Fatalf("%s: %s", query, got)
		}
	}
}

// describe is everything that is compared, by folded identity.
func describe(state *hclschema.State) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, o := range state.Objects() {
		properties := map[string]string{}
		for name, value := range o.Properties {
			properties[name] = value.Key()
		}
		all[state.Key(o.Identity).String()] = properties
	}
	return all
}
