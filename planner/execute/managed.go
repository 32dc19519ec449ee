package execute

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// folder folds the text of an identity as the engine folds names, so that "table Users" is "table users" where it is to
// the engine.
func folder(driver drivers.Driver) func(string) string {
	return func(text string) string { return driver.Key(hclschema.Identity{Name: text}).Name }
}

// Managed says which units the applied revisions made and didn't drop again.
func Managed(driver drivers.Driver, records []Record) func(hclschema.Identity) bool {
	fold := folder(driver)
	made := map[string]bool{}
	for _, r := range records {
		for _, unit := range r.Drops {
			delete(made, fold(unit))
		}
		for _, unit := range r.Makes {
			made[fold(unit)] = true
		}
	}
	return func(id hclschema.Identity) bool { return made[fold(id.String())] }
}

// net are the units that the steps leave behind, and those that are gone after them.
func net(steps []revision.Step) (makes, drops []string) {
	state := map[string]int{}
	var order []string
	for _, step := range steps {
		for _, unit := range step.Drops {
			if _, known := state[unit]; !known {
				order = append(order, unit)
			}
			state[unit] = -1
		}
		for _, unit := range step.Makes {
			if _, known := state[unit]; !known {
				order = append(order, unit)
			}
			state[unit] = 1
		}
	}
	for _, unit := range order {
		if state[unit] > 0 {
			makes = append(makes, unit)
		} else {
			drops = append(drops, unit)
		}
	}
	return makes, drops
}
