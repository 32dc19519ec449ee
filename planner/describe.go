package planner

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// describe lists what the plan does, unit by unit, for showing.
func (m *maker) describe() {
	before, after := newUnitSet(m.driver, m.renamed), newUnitSet(m.driver, m.end)
	changes := map[hclschema.Identity][]drivers.Change{}
	for _, change := range Diff(m.renamed, m.end) {
		key := m.end.Key(m.driver.Unit(change.Identity()))
		changes[key] = append(changes[key], change)
	}
	renamedParts := map[hclschema.Identity]hclschema.Identity{}
	renamed := map[hclschema.Identity]bool{}
	for _, rename := range m.renames.list {
		key := m.end.Key(m.driver.Unit(rename.To))
		renamed[key] = true
		if !m.renames.isUnit(rename.To) {
			renamedParts[m.end.Key(rename.To)] = rename.From
		}
	}
	again := m.madeAgain()
	gone := m.goneByRenames(before)
	for _, unit := range after.list {
		key := m.end.Key(unit.Identity())
		old := before.byKey[key]
		if old == nil && gone[key] != nil {
			old = gone[key]
			changes[key] = unitChanges(m.end, old, unit)
		}
		switch {
		case old == nil:
			m.plan.Units = append(m.plan.Units, wholeUnit(Add, unit))
		case len(changes[key]) > 0 || renamed[key]:
			plan := changedUnit(unit, old, changes[key], renamedParts, m.end.Key)
			plan.From = m.renames.units[key]
			m.plan.Units = append(m.plan.Units, plan)
		case again[key]:
			m.plan.Units = append(m.plan.Units, UnitPlan{Action: Replace, Identity: unit.Identity(), Before: old[0], After: unit[0]})
		}
	}
	for _, unit := range before.list {
		if after.byKey[m.end.Key(unit.Identity())] == nil {
			plan := wholeUnit(Drop, unit)
			if old, ok := m.renames.moved[m.end.Key(unit.Identity())]; ok {
				plan.Identity = old
			}
			m.plan.Units = append(m.plan.Units, plan)
		}
	}
	for _, unit := range newUnitSet(m.driver, m.start).list {
		if key := m.end.Key(unit.Identity()); gone[key] != nil && after.byKey[key] == nil {
			m.plan.Units = append(m.plan.Units, wholeUnit(Drop, unit))
		}
	}
	m.lookRenamed()
}

// madeAgain are the units that the upgrade drops and makes again under the same name.
func (m *maker) madeAgain() map[hclschema.Identity]bool {
	dropped, again := map[hclschema.Identity]bool{}, map[hclschema.Identity]bool{}
	for _, step := range m.plan.Upgrade {
		for _, id := range step.Drops {
			dropped[m.end.Key(id)] = true
		}
		for _, id := range step.Makes {
			if key := m.end.Key(id); dropped[key] {
				again[key] = true
			}
		}
	}
	return again
}

// goneByRenames are the units that stood in the way of a rename, such as a view that names a renamed one: the renames have
// dropped them.
func (m *maker) goneByRenames(renamed unitSet) map[hclschema.Identity]drivers.Unit {
	moved := map[hclschema.Identity]bool{}
	for _, unit := range renamed.list {
		moved[m.start.Key(unit[0].Live())] = true
	}
	gone := map[hclschema.Identity]drivers.Unit{}
	for _, unit := range newUnitSet(m.driver, m.start).list {
		if key := m.start.Key(unit.Identity()); !moved[key] {
			gone[key] = unit
		}
	}
	return gone
}

// unitChanges are the changes between two states of one unit.
func unitChanges(like *hclschema.State, before, after drivers.Unit) []drivers.Change {
	from, to := like.NewLike(), like.NewLike()
	addCopies(from, before)
	addCopies(to, after)
	return Diff(from, to)
}

// wholeUnit is a unit that is added or dropped with all its parts.
func wholeUnit(action Action, unit drivers.Unit) UnitPlan {
	plan := UnitPlan{Action: action, Identity: unit.Identity()}
	for i, o := range unit {
		before, after := o, (*hclschema.Object)(nil)
		if action == Add {
			before, after = nil, o
		}
		if i == 0 {
			plan.Before, plan.After = before, after
			continue
		}
		plan.Parts = append(plan.Parts, PartPlan{Action: action, Before: before, After: after})
	}
	return plan
}

// changedUnit is a unit that stays, with the parts that don't stay as they are in the order of the unit.
func changedUnit(after, before drivers.Unit, changes []drivers.Change, renamedParts map[hclschema.Identity]hclschema.Identity, key func(hclschema.Identity) hclschema.Identity) UnitPlan {
	plan := UnitPlan{Action: Alter, Identity: after.Identity(), Before: before[0], After: after[0]}
	self := key(after.Identity())
	shown := map[hclschema.Identity]bool{}
	// What an engine can't rename is dropped and added, and told as the rename that it is.
	former := map[hclschema.Identity]*hclschema.Object{}
	for _, change := range changes {
		if from, ok := renamedParts[key(change.Identity())]; ok && change.Before == nil {
			former[key(from)] = nil
		}
	}
	for _, change := range changes {
		if _, ok := former[key(change.Identity())]; ok && change.After == nil {
			former[key(change.Identity())] = change.Before
		}
	}
	for _, change := range changes {
		id := key(change.Identity())
		if id == self {
			plan.Properties = change.Properties
			continue
		}
		if change.After == nil && former[id] != nil {
			continue
		}
		part := PartPlan{Action: Alter, Before: change.Before, After: change.After, Properties: change.Properties, From: renamedParts[id]}
		switch {
		case change.Before == nil && former[key(part.From)] != nil:
			part.Action, part.Before = Renamed, former[key(part.From)]
			part.Properties = part.Before.Properties.Changed(part.After.Properties)
		case change.Before == nil:
			part.Action = Add
		case change.After == nil:
			part.Action = Drop
		}
		shown[id] = true
		plan.Parts = append(plan.Parts, part)
	}
	for _, o := range after {
		if from, ok := renamedParts[key(o.Identity)]; ok && !shown[key(o.Identity)] {
			plan.Parts = append(plan.Parts, PartPlan{Action: Renamed, Before: o, After: o, From: from})
		}
	}
	return plan
}

// lookRenamed notes pairs of one dropped and one added part of a unit that are alike in everything but the name, and
// such pairs of units: perhaps a rename was meant.
func (m *maker) lookRenamed() {
	for _, unit := range m.plan.Units {
		if unit.Action == Alter {
			m.pair(unit.Parts)
		}
	}
	var dropped []UnitPlan
	for _, unit := range m.plan.Units {
		if unit.Action == Drop {
			dropped = append(dropped, unit)
		}
	}
	used := map[int]bool{}
	for _, added := range m.plan.Units {
		if added.Action != Add {
			continue
		}
		for i, d := range dropped {
			if !used[i] && d.Identity.Kind == added.Identity.Kind && d.Identity.Schema == added.Identity.Schema && alikeParts(d.Parts, added.Parts) && len(d.Before.Properties.Changed(added.After.Properties)) == 0 {
				used[i] = true
				m.plan.LooksRenamed = append(m.plan.LooksRenamed, drivers.Rename{From: d.Identity, To: added.Identity})
				break
			}
		}
	}
}

// pair finds the lookalikes among the parts of one unit. The first that fits is taken; each part is used once.
func (m *maker) pair(parts []PartPlan) {
	used := map[int]bool{}
	for _, added := range parts {
		if added.Action != Add || added.After.Identity.Unnamed || added.After.Identity.Name == "" {
			continue
		}
		for i, dropped := range parts {
			if dropped.Action == Drop && !used[i] && alike(dropped.Before, added.After) {
				used[i] = true
				m.plan.LooksRenamed = append(m.plan.LooksRenamed, drivers.Rename{From: dropped.Before.Identity, To: added.After.Identity})
				break
			}
		}
	}
}

// alike says whether two objects of one kind have the same properties.
func alike(a, b *hclschema.Object) bool {
	return a.Identity.Kind == b.Identity.Kind && !a.Identity.Unnamed && len(a.Properties.Changed(b.Properties)) == 0
}

// alikeParts says whether two units have the same parts, names included. Their position counts.
func alikeParts(a, b []PartPlan) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	for i := range a {
		if a[i].Before.Identity.Name != b[i].After.Identity.Name || a[i].Before.Identity.Kind != b[i].After.Identity.Kind {
			return false
		}
	}
	return true
}
