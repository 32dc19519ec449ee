package planner

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Lookalike is something dropped and something added that look alike: perhaps a rename was meant.
type Lookalike struct {
	drivers.Rename
	// Former is what renamed_from would say, Asked what --rename would.
	Former, Asked string
}

// lookRenamed notes pairs of one dropped and one added part of a unit that are alike in everything but the name, and
// such pairs of units; of units also those that are alike in everything but the schema.
func (m *maker) lookRenamed() {
	for _, unit := range m.plan.Units {
		if unit.Action == Alter {
			m.pair(unit.Parts)
		}
	}
	used := map[int]bool{}
	for _, alike := range []func(dropped, added UnitPlan) bool{looksRenamed, looksMoved} {
		for i, added := range m.plan.Units {
			if added.Action != Add || used[i] {
				continue
			}
			for j, dropped := range m.plan.Units {
				if dropped.Action == Drop && !used[j] && dropped.Identity.Kind == added.Identity.Kind && alike(dropped, added) {
					used[i], used[j] = true, true
					m.looks(dropped.Identity, added.Identity)
					break
				}
			}
		}
	}
}

func (m *maker) looks(dropped, added hclschema.Identity) {
	rename := drivers.Rename{From: dropped, To: added}
	schema := defaultSchema(m.driver, m.models)
	former := dropped.Bare()
	if rename.Moves() {
		former = inSchema(hclschema.Identity{Schema: dropped.Schema, Name: former}, schema)
	}
	m.plan.LooksRenamed = append(m.plan.LooksRenamed, Lookalike{Rename: rename, Former: former, Asked: renameText(rename, schema)})
}

// looksRenamed says that units of one schema have the same properties, and the same parts by name.
func looksRenamed(dropped, added UnitPlan) bool {
	return dropped.Identity.Schema == added.Identity.Schema && len(dropped.Parts) > 0 && alikeParts(dropped.Parts, added.Parts) && alikeInProperties(dropped, added)
}

// looksMoved says that units of one name in two schemas have the same parts by name and, where they have none, the same properties.
func looksMoved(dropped, added UnitPlan) bool {
	return dropped.Identity.Schema != added.Identity.Schema && dropped.Identity.Parent == "" && dropped.Identity.Name == added.Identity.Name &&
		alikeParts(dropped.Parts, added.Parts) && (len(dropped.Parts) > 0 || alikeInProperties(dropped, added))
}

func alikeInProperties(dropped, added UnitPlan) bool {
	return len(dropped.Before.Properties.Changed(added.After.Properties)) == 0
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
				m.looks(dropped.Before.Identity, added.After.Identity)
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
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Before.Identity.Name != b[i].After.Identity.Name || a[i].Before.Identity.Kind != b[i].After.Identity.Kind {
			return false
		}
	}
	return true
}
