package sqlite

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Alter implements drivers.Renderer. It claims changes of tables and full text indexes: a view or a trigger is dropped and made
// again, and other virtual tables have no statement for it.
func (Driver) Alter(change drivers.UnitChange) (drivers.Alteration, error) {
	switch change.After.Identity().Kind {
	case hclschema.KindTable:
	case hclschema.KindVirtualTable:
		return alterFullText(change)
	default:
		return drivers.Alteration{}, nil
	}
	claims, all := claim(change.Changes)
	if !all || len(claims) == 0 {
		return drivers.Alteration{Claims: claims}, nil
	}
	a, err := newTableChange(change)
	if err != nil {
		return drivers.Alteration{}, err
	}
	answer, err := a.steps()
	if err != nil {
		return drivers.Alteration{}, err
	}
	answer.Claims = claims
	answer.Hazards = append(answer.Hazards, a.hazards()...)
	return answer, nil
}

// claim lists what this package writes of the changes. all says that it is all of them.
func claim(changes []drivers.Change) (claims []drivers.Claim, all bool) {
	all = true
	for _, c := range changes {
		id := c.Identity()
		if c.Before == nil || c.After == nil {
			if known(c.Before) && known(c.After) {
				claims = append(claims, drivers.Claim{Identity: id})
			} else {
				all = false
			}
			continue
		}
		for _, property := range c.Properties {
			if isRendered(id.Kind, property) {
				claims = append(claims, drivers.Claim{Identity: id, Property: property})
			} else {
				all = false
			}
		}
	}
	return claims, all
}

// known says that an object that is made or dropped holds nothing that this package doesn't write.
func known(o *hclschema.Object) bool { return o == nil || checkRendered(o) == nil }

// tableChange is the change of one table.
type tableChange struct {
	before, after *tableUnit
	changes       []drivers.Change
	// added and dropped are columns; madeIndexes and droppedIndexes hold a changed index as well.
	added, dropped              []*hclschema.Object
	madeIndexes, droppedIndexes []*hclschema.Object
	// addedConstraints are the foreign keys and checks that are added.
	addedConstraints []*hclschema.Object
	// back says that the change leads back to where the rows came from.
	back bool
	// keepTexts says that DROP COLUMN would rewrite texts of other objects.
	keepTexts bool
	// start and end find objects of other tables before the change and after it.
	start, end func(hclschema.Identity) *hclschema.Object
	// other says that something else changes, for which SQLite has no statement.
	other bool
}

func newTableChange(change drivers.UnitChange) (*tableChange, error) {
	before, err := newTableUnit(change.Before)
	if err != nil {
		return nil, err
	}
	after, err := newTableUnit(change.After)
	if err != nil {
		return nil, err
	}
	for _, o := range change.After {
		if err := checkRendered(o); err != nil {
			return nil, err
		}
	}
	a := &tableChange{before: before, after: after, changes: change.Changes, back: change.Back, keepTexts: change.KeepTexts, start: change.Start, end: change.End}
	for _, c := range change.Changes {
		a.sort(c)
	}
	// A computed column may speak of a column that is added with it.
	slices.SortStableFunc(a.added, func(x, y *hclschema.Object) int { return order(isGenerated(x)) - order(isGenerated(y)) })
	return a, nil
}

func order(later bool) int {
	if later {
		return 1
	}
	return 0
}

func (a *tableChange) sort(c drivers.Change) {
	switch kind := c.Identity().Kind; {
	case c.Before != nil && c.After != nil && len(c.Properties) == 0:
	case kind == hclschema.KindIndex:
		if c.Before != nil {
			a.droppedIndexes = append(a.droppedIndexes, c.Before)
		}
		if c.After != nil {
			a.madeIndexes = append(a.madeIndexes, c.After)
		}
	case kind == hclschema.KindColumn && c.Before == nil:
		a.added = append(a.added, c.After)
	case kind == hclschema.KindColumn && c.After == nil:
		a.dropped = append(a.dropped, c.Before)
	case (kind == hclschema.KindForeignKey || kind == hclschema.KindCheck) && c.Before == nil:
		a.addedConstraints = append(a.addedConstraints, c.After)
	default:
		a.other = true
	}
}

// steps alters in place where SQLite can, and rebuilds the table otherwise.
func (a *tableChange) steps() (drivers.Alteration, error) {
	inline, ok := a.inlineConstraints()
	if restored, _ := a.restoredValues(); a.other || !ok || restored != nil {
		return a.rebuild()
	}
	for i, c := range a.added {
		if !a.canAddColumn(c, inline[c], a.added[i+1:]) {
			return a.rebuild()
		}
	}
	for _, c := range a.dropped {
		if !a.canDropColumn(c) {
			return a.rebuild()
		}
	}
	return a.alterInPlace(inline)
}

// alterInPlace drops the indexes first, since a column with an index can't be dropped, and adds columns before it drops any,
// since a table can't lose its last one.
func (a *tableChange) alterInPlace(inline map[*hclschema.Object][]*hclschema.Object) (drivers.Alteration, error) {
	var steps []drivers.Step
	add := func(step drivers.Step, err error) error {
		steps = append(steps, step)
		return err
	}
	for _, index := range a.droppedIndexes {
		if err := add(dropIndex(index)); err != nil {
			return drivers.Alteration{}, err
		}
	}
	for _, c := range a.added {
		if err := add(addColumn(a.after, c, inline[c])); err != nil {
			return drivers.Alteration{}, err
		}
	}
	for _, c := range a.dropped {
		if err := add(dropColumn(a.before, c)); err != nil {
			return drivers.Alteration{}, err
		}
	}
	indexes, err := createIndexes(a.madeIndexes)
	return drivers.Alteration{Steps: append(steps, indexes...)}, err
}
