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
	steps[len(steps)-1].Drops = []hclschema.Identity{id}
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

func (d Driver) renameOne(rename drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
	k, ok := kindOf(d.Unit(rename.To).Kind)
	if !ok || k.rename == nil {
		return nil, fmt.Errorf("%s can't be renamed: PostgreSQL has no statement for it", rename.From)
	}
	write := k.rename
	if rename.Moves() {
		write = func(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) { return setSchema(rename) }
	}
	steps, err := write(rename, state)
	if err != nil {
		return nil, err
	}
	if d.Unit(rename.To) == rename.To {
		steps[0].Drops = []hclschema.Identity{rename.From}
		steps[0].Makes = []hclschema.Identity{rename.To}
	}
	return steps, nil
}
