package postgres

import (
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Create implements drivers.Renderer.
func (Driver) Create(unit drivers.Unit) ([]drivers.Step, error) {
	id := unit.Identity()
	k, ok := kindOf(id.Kind)
	if !ok {
		return nil, fmt.Errorf("%s can't be made: models of PostgreSQL have no objects of the kind %s", id, id.Kind)
	}
	for _, o := range unit {
		if err := k.carries(o); err != nil {
			return nil, err
		}
	}
	steps, err := k.createManaged(unit)
	if err != nil {
		return nil, err
	}
	steps[0].Makes = []hclschema.Identity{id}
	return steps, nil
}

// carries is an error for an object with a property that the kind doesn't write.
func (k kind) carries(o *hclschema.Object) error {
	known, ok := k.properties[o.Identity.Kind]
	if !ok {
		return fmt.Errorf("%s can't be made: it is no part of a %s", o.Identity, k.name)
	}
	for _, name := range o.Properties.Names() {
		if !slices.Contains(known, name) && !slices.Contains(managed(), name) {
			return fmt.Errorf("%s can't be made: PostgreSQL has no property %s for it; take it away", o.Identity, name)
		}
	}
	return nil
}

// Drop implements drivers.Renderer.
func (Driver) Drop(unit drivers.Unit) ([]drivers.Step, error) {
	id := unit.Identity()
	k, ok := kindOf(id.Kind)
	if !ok {
		return nil, fmt.Errorf("%s can't be dropped: PostgreSQL's driver has no objects of the kind %s", id, id.Kind)
	}
	steps, err := k.drop(unit)
	if err != nil {
		return nil, err
	}
	steps[0].Drops = []hclschema.Identity{id}
	return steps, nil
}

// DropHazards implements drivers.Renderer.
func (Driver) DropHazards(drop drivers.UnitDrop) []drivers.Hazard {
	if k, ok := kindOf(drop.Unit.Identity().Kind); ok && k.dropHazards != nil {
		return k.dropHazards(drop)
	}
	return nil
}

// Alter implements drivers.Renderer.
func (Driver) Alter(change drivers.UnitChange) (drivers.Alteration, error) {
	k, ok := kindOf(change.After.Identity().Kind)
	if !ok {
		return drivers.Alteration{}, nil
	}
	for _, o := range change.After {
		if err := k.carries(o); err != nil {
			return drivers.Alteration{}, err
		}
	}
	return k.alterManaged(change)
}

// Rename implements drivers.Renderer.
func (d Driver) Rename(renames []drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
	renames, steps, err := outOfTheWay(renames, state, d)
	if err != nil {
		return nil, err
	}
	for _, rename := range renames {
		more, err := d.renameOne(rename, state)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	return steps, nil
}

func (d Driver) renameOne(rename drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
	k, ok := kindOf(d.Unit(rename.To).Kind)
	if !ok || k.rename == nil {
		return nil, fmt.Errorf("%s can't be renamed: PostgreSQL has no statement for it", rename.From)
	}
	steps, err := k.rename(rename, state)
	if err != nil {
		return nil, err
	}
	if d.Unit(rename.To) == rename.To {
		steps[0].Drops = []hclschema.Identity{rename.From}
		steps[0].Makes = []hclschema.Identity{rename.To}
	}
	return steps, nil
}

// outOfTheWay gives objects whose new name another one still has, which is renamed later, a name in between: a swap.
func outOfTheWay(renames []drivers.Rename, state *hclschema.State, d Driver) (rest []drivers.Rename, steps []drivers.Step, err error) {
	leaving := map[hclschema.Identity]int{}
	for i, r := range renames {
		leaving[r.From] = i
	}
	rest = slices.Clone(renames)
	for i, r := range renames {
		if later, taken := leaving[r.To]; taken && later > i {
			between := renames[later].From
			between.Name = fmt.Sprintf("%.40s_between_%d", between.Name, later)
			more, err := d.renameOne(drivers.Rename{From: renames[later].From, To: between}, state)
			if err != nil {
				return nil, nil, err
			}
			for n := range more {
				more[n].Makes, more[n].Drops = nil, nil
			}
			steps = append(steps, more...)
			rest[later].From = between
		}
	}
	return rest, steps, nil
}
