package sqlite

import (
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/google/go-cmp/cmp"
)

// While a plan renames a table and a column, rows are counted under the names that they have now.
func TestHazardsCountUnderLiveNames(t *testing.T) {
	live := memory(t,
		`CREATE TABLE users (id integer PRIMARY KEY, mail text, age int)`,
		`INSERT INTO users VALUES (1, 'a', 5), (2, 'a', -1), (3, NULL, NULL)`)
	before := unitOf(t, `CREATE TABLE people (id integer PRIMARY KEY, email text, age int)`)
	before[0].Former = hclschema.Identity{Kind: hclschema.KindTable, Name: "users"}
	for _, o := range before {
		if o.Identity.Name == "email" {
			o.Former = hclschema.Identity{Kind: hclschema.KindColumn, Parent: "users", Name: "mail"}
		}
	}
	after := unitOf(t, `CREATE TABLE people (
		id integer PRIMARY KEY, email text NOT NULL UNIQUE, boss int DEFAULT 9 REFERENCES people,
		CHECK (people.email <> 'a'), CHECK (boss > 9)
	)`)
	alteration, err := Driver{}.Alter(drivers.UnitChange{Before: before, After: after, Changes: objectChanges(before, after)})
	if err != nil {
		t.Fatal(err)
	}
	countRows(t, live, alteration.Hazards)
	want := `rewrites table people: is made again and its rows are copied (-1 of 3)
violates column people.email: becomes NOT NULL (1 of 3)
violates foreign_key people (boss) references people: wants each row to refer to a row of people (3 of 3)
destroys column people.age: the values of people.age (2 of 3)
violates check people (people.email <> 'a'): must hold in every row (2 of 3)
violates check people (boss > 9): must hold in every row (3 of 3)
violates unique people (email): allows no two rows with the same values (2 of 3)
`
	if diff := cmp.Diff(want, joinHazards(alteration.Hazards)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	drop := Driver{}.DropHazards(drivers.UnitDrop{Unit: before})
	countRows(t, live, drop)
	if diff := cmp.Diff("destroys table people: the rows of users (3 of 3)\n", joinHazards(drop)); diff != "" {
		t.Error(diff)
	}
	for _, h := range alteration.Hazards {
		if h.Kind == drivers.Violates && len(h.WaysOut) == 0 {
			t.Errorf("%s %s: no way out", h.Object, h.Text)
		}
	}
}

// unitOf is the unit of the one table that a statement makes.
func unitOf(t *testing.T, statement string) drivers.Unit {
	t.Helper()
	return drivers.Units(Driver{}, look(t, memory(t, statement)).State)[0]
}

// A property that this package doesn't write is never claimed, and no step is planned beside it.
func TestUnknownPropertiesAreNotClaimed(t *testing.T) {
	before, after := unitOf(t, `CREATE TABLE t (a int)`), unitOf(t, `CREATE TABLE t (a text)`)
	after[1].Properties["tablespace"] = hclschema.Text("fast")
	alteration, err := Driver{}.Alter(drivers.UnitChange{Before: before, After: after, Changes: objectChanges(before, after)})
	if err != nil {
		t.Fatal(err)
	}
	want := drivers.Alteration{Claims: []drivers.Claim{{Identity: after[1].Identity, Property: "type"}}}
	if diff := cmp.Diff(want, alteration); diff != "" {
		t.Error(diff)
	}
}

// Views, triggers and virtual tables are replaced, which is the planner's business.
func TestOnlyTablesAreAltered(t *testing.T) {
	for _, kind := range []string{hclschema.KindView, hclschema.KindTrigger, hclschema.KindVirtualTable} {
		before, after := drivers.Unit{part(kind, "", "x", "as", "SELECT 1")}, drivers.Unit{part(kind, "", "x", "as", "SELECT 2")}
		alteration, err := Driver{}.Alter(drivers.UnitChange{Before: before, After: after, Changes: objectChanges(before, after)})
		if err != nil || alteration.Claims != nil || alteration.Steps != nil {
			t.Errorf("%s: %v, %v", kind, alteration, err)
		}
	}
}

func TestDropOfTableThatRowsReferTo(t *testing.T) {
	live := memory(t, "CREATE TABLE Parent (id INTEGER PRIMARY KEY)",
		"CREATE TABLE child (a, b, FOREIGN KEY (a, b) REFERENCES parent, FOREIGN KEY (b) REFERENCES other)",
		"PRAGMA foreign_keys = OFF", "INSERT INTO child VALUES (1, 2), (1, NULL), (NULL, NULL)")
	state := look(t, live).State
	Driver{}.Link(state)
	drop := drivers.UnitDrop{Start: state.Get}
	for _, unit := range drivers.Units(Driver{}, state) {
		if unit.Identity().Name == "Parent" {
			drop.Unit = unit
		}
	}
	for _, o := range state.Objects() {
		if o.Identity.Kind == hclschema.KindForeignKey {
			drop.Left = append(drop.Left, o)
		}
	}
	hazards := Driver{}.DropHazards(drop)
	countRows(t, live, hazards)
	want := "destroys table Parent: the rows of Parent (0 of 0)\n" +
		"violates foreign_key child (a, b) references parent: stays, but the table Parent that its rows refer to goes (1 of 3)\n"
	if diff := cmp.Diff(want, joinHazards(hazards)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
