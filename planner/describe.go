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
		renamed[key] = !rename.From.Retyped(rename.To)
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
		case old == nil || m.start.Get(old[0].Live()) == nil: // a schema is made before what is moved to it
			m.plan.Units = append(m.plan.Units, wholeUnit(Add, unit))
		case len(changes[key]) > 0 || renamed[key]:
			plan := changedUnit(unit, old, changes[key], renamedParts, m.end.Key)
			if renamed[key] {
				plan.From = m.renames.units[key]
			}
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

// callAsBefore gives the parts that go the names that they had before others got them.
func (m *maker) callAsBefore() {
	if len(m.renames.moved) == 0 {
		return
	}
	for u := range m.plan.Units {
		for p := range m.plan.Units[u].Parts {
			part := &m.plan.Units[u].Parts[p]
			if part.Action != Drop {
				continue
			}
			if was, ok := m.renames.moved[m.end.Key(part.Before.Identity)]; ok {
				part.Before = part.Before.Clone()
				part.Before.Identity.Name = was.Name
				for h := range part.Hazards {
					part.Hazards[h].Object = part.Before.Identity
				}
			}
		}
	}
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
