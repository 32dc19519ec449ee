package postgres

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// What kinds have in common whose objects stand by themselves and are called by their kind and name: DROP SERVER s,
// ALTER SERVER s RENAME TO t, COMMENT ON SERVER s.

// describedAs is what stands behind COMMENT ON.
func describedAs(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return w.described(o) }
}

func dropStanding(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", w.described(unit[0]))
	return one(w.step("drop "+unit.Identity().String(), ""))
}

func renameStanding(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER ", sqlWords(rename.From.Kind), " ", w.called(rename.From), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, ""))
}

// inPlaceChange is a property that changes in place, with the steps that change it.
type inPlaceChange struct {
	property string
	steps    func(before, after *hclschema.Object) ([]drivers.Step, error)
}

// alterStanding changes an object by the properties that change in place; its comment is one of them. Where another property
// differs the unit isn't claimed in full, and is made again.
func alterStanding(changes ...inPlaceChange) func(drivers.UnitChange) (drivers.Alteration, error) {
	changes = append(changes, inPlaceChange{hclschema.PropComment, func(_, after *hclschema.Object) ([]drivers.Step, error) {
		return one(commentStep(after, describedAs(after)))
	}})
	return func(change drivers.UnitChange) (drivers.Alteration, error) {
		before, after := change.Before[0], change.After[0]
		changed := before.Properties.Changed(after.Properties)
		var alteration drivers.Alteration
		for _, c := range changes {
			if !slices.Contains(changed, c.property) {
				continue
			}
			steps, err := c.steps(before, after)
			if err != nil {
				return alteration, err
			}
			alteration.Steps = append(alteration.Steps, steps...)
			alteration.Claims = append(alteration.Claims, claimAll(after.Identity, c.property)...)
		}
		return alteration, nil
	}
}
