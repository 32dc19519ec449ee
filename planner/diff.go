package planner

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Diff returns what must happen to the objects of one state to become the other: changes and additions in the order of
// the target, then drops in the order of the start. Objects are matched by identity and compared by all their properties.
func Diff(from, to *hclschema.State) []drivers.Change {
	var changes []drivers.Change
	for _, after := range to.Objects() {
		before := from.Get(after.Identity)
		if before == nil {
			changes = append(changes, drivers.Change{After: after})
			continue
		}
		if names := before.Properties.Changed(after.Properties); len(names) > 0 {
			changes = append(changes, drivers.Change{Before: before, After: after, Properties: names})
		}
	}
	for _, before := range from.Objects() {
		if to.Get(before.Identity) == nil {
			changes = append(changes, drivers.Change{Before: before})
		}
	}
	return changes
}

// unitSet is the units of a state by their folded identity.
type unitSet struct {
	state *hclschema.State
	list  []drivers.Unit
	byKey map[hclschema.Identity]drivers.Unit
	// position is the place of each unit in the list.
	position map[hclschema.Identity]int
	// named finds the unit that parts and triggers name as their parent.
	named map[hclschema.Identity]hclschema.Identity
}

func newUnitSet(linker drivers.Linker, state *hclschema.State) unitSet {
	set := unitSet{
		state: state, list: drivers.Units(linker, state), byKey: map[hclschema.Identity]drivers.Unit{},
		position: map[hclschema.Identity]int{}, named: map[hclschema.Identity]hclschema.Identity{},
	}
	for i, unit := range set.list {
		id := unit.Identity()
		key := state.Key(id)
		set.byKey[key] = unit
		set.position[key] = i
		if id.Parent == "" {
			set.named[parentName(state, id.Schema, id.Name)] = key
		}
	}
	return set
}

// parentName is the key under which a table or view is found by those that belong to it.
func parentName(state *hclschema.State, schema, name string) hclschema.Identity {
	return state.Key(hclschema.Identity{Schema: schema, Name: name})
}

// need is one unit that another one needs: as its parent, for a detachable part only, because a text mentions it, or otherwise.
// Of one with rows that another one with rows itself needs, it has parts: a partition has the keys of its table.
type need struct {
	unit       hclschema.Identity
	detachable bool
	parent     bool
	mentioned  bool
	shared     bool
	// beside are all the units that each detachable part needs which needs this one: a foreign key to a partitioned table is
	// there for the table and for each of its partitions.
	beside [][]hclschema.Identity
}

// needs are the units that a unit can't be without, its parent included, in a stable order and without itself.
func (s unitSet) needs(linker drivers.Linker, unit drivers.Unit) []need {
	self := s.state.Key(unit.Identity())
	var list []need
	at := map[hclschema.Identity]int{}
	mentioning := false
	add := func(key hclschema.Identity, detachable bool) {
		if _, known := s.byKey[key]; !known || key == self {
			return
		}
		if i, ok := at[key]; ok {
			list[i].detachable = list[i].detachable && (detachable || mentioning)
			return
		}
		at[key] = len(list)
		list = append(list, need{unit: key, detachable: detachable})
	}
	if id := unit.Identity(); id.Parent != "" {
		if add(s.named[parentName(s.state, id.Schema, id.Parent)], false); len(list) > 0 {
			list[0].parent = true
		}
	}
	for _, o := range unit {
		var units []hclschema.Identity
		for _, id := range o.DependsOn {
			key := s.state.Key(linker.Unit(id))
			add(key, o.Detachable)
			units = append(units, key)
		}
		if !o.Detachable || len(units) < 2 {
			continue
		}
		for _, key := range units {
			if i, ok := at[key]; ok {
				list[i].beside = append(list[i].beside, units)
			}
		}
	}
	if linker.HoldsRows(unit.Identity()) {
		for _, id := range unit[0].DependsOn {
			if i, ok := at[s.state.Key(linker.Unit(id))]; ok {
				list[i].shared = linker.HoldsRows(list[i].unit)
			}
		}
	}
	certain := len(list)
	mentioning = true
	for _, o := range unit {
		for _, id := range o.Mentions {
			add(s.state.Key(linker.Unit(id)), false)
		}
	}
	for i := certain; i < len(list); i++ {
		list[i].mentioned = true
	}
	return list
}

// graph holds the dependencies between the units of a state, both ways.
type graph struct {
	needs      map[hclschema.Identity][]need
	dependents map[hclschema.Identity][]need
}

func (s unitSet) graph(linker drivers.Linker) graph {
	g := graph{needs: map[hclschema.Identity][]need{}, dependents: map[hclschema.Identity][]need{}}
	for _, unit := range s.list {
		key := s.state.Key(unit.Identity())
		g.needs[key] = s.needs(linker, unit)
		for _, n := range g.needs[key] {
			needed := n.unit
			n.unit = key
			g.dependents[needed] = append(g.dependents[needed], n)
		}
	}
	return g
}

// sameUnit says whether two units are the same in every property and in the spelling of their names.
func sameUnit(key func(hclschema.Identity) hclschema.Identity, a, b drivers.Unit) bool {
	if len(a) != len(b) {
		return false
	}
	parts := make(map[hclschema.Identity]*hclschema.Object, len(a))
	for _, o := range a {
		parts[key(o.Identity)] = o
	}
	for _, after := range b {
		before := parts[key(after.Identity)]
		if before == nil || !before.Identity.Unnamed && before.Identity.Name != after.Identity.Name {
			return false
		}
		if len(before.Properties) != len(after.Properties) {
			return false
		}
		for name, value := range before.Properties {
			if !hclschema.Equal(value, after.Properties[name]) {
				return false
			}
		}
	}
	return true
}
