package planner

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
)

// drawState makes tables with columns and foreign keys, and views of them.
func drawState(t *rapid.T, label string) *hclschema.State {
	state := hclschema.NewState(sqlite.Driver{}.Key)
	names := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"}), 1, 5, rapid.ID[string]).Draw(t, label+" tables")
	for i, table := range names {
		state.AddNext(&hclschema.Object{Identity: hclschema.Identity{Kind: hclschema.KindTable, Name: table}, Properties: hclschema.Properties{}})
		for _, column := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"x", "y", "z"}), 1, 3, rapid.ID[string]).Draw(t, label+" columns") {
			state.AddNext(&hclschema.Object{Identity: hclschema.Identity{Kind: hclschema.KindColumn, Parent: table, Name: column}, Properties: hclschema.Properties{
				hclschema.PropType: hclschema.Spelled{Text: "int", Canonical: "int"}, hclschema.PropNull: hclschema.Bool(rapid.Bool().Draw(t, "null")),
			}})
		}
		if rapid.Bool().Draw(t, label+" key") {
			to := rapid.SampledFrom(names).Draw(t, label+" target")
			state.AddNext(&hclschema.Object{Identity: hclschema.Identity{Kind: hclschema.KindForeignKey, Parent: table, Name: fmt.Sprint("k", i)}, Detachable: true, Properties: hclschema.Properties{
				hclschema.PropRefTable: hclschema.Spelled{Text: to, Canonical: to},
			}})
		}
		if rapid.Bool().Draw(t, label+" view") {
			state.AddNext(&hclschema.Object{Identity: hclschema.Identity{Kind: hclschema.KindView, Name: "v" + table}, Properties: hclschema.Properties{
				hclschema.PropAs: hclschema.Spelled{Text: "SELECT 1 FROM " + table, Canonical: "SELECT 1 FROM " + table},
			}})
		}
	}
	sqlite.Driver{}.Link(state)
	return state
}

// The difference of equal states is empty, and each change there has its counterpart on the way back.
func TestDiffIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawState(t, "a"), drawState(t, "b")
		if changes := Diff(a, a.Without(func(*hclschema.Object) bool { return false })); len(changes) > 0 {
			t.Fatalf("a state differs from itself: %v", changes)
		}
		there, back := map[hclschema.Identity]string{}, map[hclschema.Identity]string{}
		for _, c := range Diff(a, b) {
			there[c.Identity()] = fmt.Sprint(c.Before == nil, c.After == nil, c.Properties)
		}
		for _, c := range Diff(b, a) {
			back[c.Identity()] = fmt.Sprint(c.After == nil, c.Before == nil, c.Properties)
		}
		if diff := cmp.Diff(there, back); diff != "" {
			t.Fatalf("there and back differ:\n%s", diff)
		}
	})
}

// A scope holds what its units need, in both states, and leaves out of the rest only keys of units that don't change.
func TestScopeHoldsWhatItNeeds(t *testing.T) {
	driver := sqlite.Driver{}
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawState(t, "a"), drawState(t, "b")
		touched := map[hclschema.Identity]bool{}
		for _, c := range Diff(a, b) {
			touched[a.Key(driver.Unit(c.Identity()))] = true
		}
		s := newScope(driver, touched, newUnitSet(driver, a).graph(driver), newUnitSet(driver, b).graph(driver))
		for key := range touched {
			if !s.members[key] {
				t.Fatalf("%s changes and isn't in scope", key)
			}
		}
		before, after := s.cut(a), s.cut(b)
		if diff := cmp.Diff(Diff(a, b), Diff(before, after)); diff != "" {
			t.Fatalf("the scope has other changes than the states:\n%s", diff)
		}
		for _, pair := range [][2]*hclschema.State{{before, a}, {after, b}} {
			for _, o := range pair[0].Objects() {
				for _, id := range o.DependsOn {
					if pair[0].Get(id) == nil && pair[1].Get(id) != nil {
						t.Fatalf("%s is in scope without %s", o.Identity, id)
					}
				}
			}
			for _, o := range pair[1].Objects() {
				unit := a.Key(driver.Unit(o.Identity))
				if s.members[unit] && pair[0].Get(o.Identity) == nil && (touched[unit] || !o.Detachable) {
					t.Fatalf("%s was left out", o.Identity)
				}
			}
		}
	})
}

// The way back of the way back is the way.
func TestRenamesAndTheirInverse(t *testing.T) {
	driver := sqlite.Driver{}
	rapid.Check(t, func(t *rapid.T) {
		live := drawState(t, "live")
		models := live.NewLike()
		marks := rapid.Bool()
		name := map[string]string{}
		for _, o := range live.Objects() {
			o = o.Clone()
			if o.Identity.Kind == hclschema.KindTable && marks.Draw(t, "rename") {
				name[o.Identity.Name] = "new_" + o.Identity.Name
			}
			if to, ok := name[o.Identity.Parent]; ok {
				o.Identity.Parent = to
			}
			if o.Identity.Kind == hclschema.KindTable && name[o.Identity.Name] != "" || o.Identity.Kind == hclschema.KindColumn && marks.Draw(t, "rename") {
				o.RenamedFrom, o.Identity.Name = o.Identity.Name, "new_"+o.Identity.Name
			}
			models.AddNext(o)
		}
		there, err := findRenames(driver, live, models, nil, past{})
		if err != nil {
			t.Fatal(err)
		}
		var asked []string
		for _, r := range there.inverse() {
			text := fmt.Sprintf("%s %s=%s", r.From.Kind, r.From.Path(), r.To.Name)
			if r.From.Parent != "" {
				text = fmt.Sprintf("%s %s.%s=%s", r.From.Kind, r.From.Parent, r.From.Name, r.To.Name)
			}
			asked = append(asked, text)
		}
		again, err := findRenames(driver, models, live, asked, past{})
		if err != nil {
			t.Fatalf("%v: %v", asked, err)
		}
		if diff := cmp.Diff(there.inverse(), again.list); diff != "" {
			t.Fatalf("asked %v (-inverse +asked):\n%s", asked, diff)
		}
		if diff := cmp.Diff(there.list, again.inverse()); diff != "" {
			t.Fatalf("the inverse of the inverse (-want +got):\n%s", diff)
		}
	})
}
