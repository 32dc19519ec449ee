package planner

import (
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// detach sets those parts of a unit with rows aside that are in the way of the work on another.
func (w *scriptWriter) detach(detacher drivers.Detacher, work *unitWork, unit hclschema.Identity) error {
	dropped := work.drop && work.create
	if !dropped && (!work.alter || work.alteration.Disturbs == nil) || w.to.byKey[unit] == nil {
		return nil
	}
	for _, part := range w.partsOn(w.from, unit, work.key) {
		if !dropped && !work.alteration.Disturbs(part) {
			continue
		}
		rest, ok := detacher.Without(part, work.key, dropped)
		switch {
		case !ok:
			return &UnplannableError{Object: part, Reason: fmt.Sprintf("%s has to be dropped and made again, and %s can't be without it", work.after.Identity(), part.Identity)}
		case rest != part:
			w.workOn(unit).putAside(w.from.state.Key(part.Identity), rest)
		}
	}
	return nil
}

// setAside finds the parts that can be added later, such as foreign keys, whose turn can't come with the rest of their unit:
// they change on both sides of a reference, or their units wait for each other.
func (w *scriptWriter) setAside() {
	if !w.driver.ChecksReferences() {
		return
	}
	for _, work := range w.order {
		for _, change := range work.changes {
			for _, o := range []*hclschema.Object{change.Before, change.After} {
				if o != nil && o.Detachable && work.before != nil && work.after != nil && w.leadsToWork(o, work) {
					work.putAside(w.from.state.Key(o.Identity), nil)
				}
			}
		}
	}
	// Only what comes or goes as a whole is put aside here; the rings lead over units that change, too.
	for _, side := range []struct {
		set      unitSet
		graph    graph
		here     func(*unitWork) bool
		movement func(*unitWork) drivers.Unit
	}{
		{w.from, w.fromGraph, func(work *unitWork) bool { return work.before != nil }, func(work *unitWork) drivers.Unit { return only(work.before, work.after) }},
		{w.to, w.toGraph, func(work *unitWork) bool { return work.after != nil }, func(work *unitWork) drivers.Unit { return only(work.after, work.before) }},
	} {
		rings := w.rings(side.graph, side.here)
		for _, work := range w.order {
			for _, o := range side.movement(work) {
				for _, id := range o.DependsOn {
					other := side.set.state.Key(w.driver.Unit(id))
					if o.Detachable && other != work.key && rings[work.key] != 0 && rings[other] == rings[work.key] {
						work.putAside(side.set.state.Key(o.Identity), nil)
					}
				}
			}
		}
	}
}

// only is a unit that the other side doesn't have.
func only(unit, other drivers.Unit) drivers.Unit {
	if other != nil {
		return nil
	}
	return unit
}

// leadsToWork says whether something happens to a unit that the object refers to, its own aside.
func (w *scriptWriter) leadsToWork(o *hclschema.Object, own *unitWork) bool {
	for _, id := range o.DependsOn {
		if other := w.work[w.from.state.Key(w.driver.Unit(id))]; other != nil && other != own {
			return true
		}
	}
	return false
}

// rings numbers the units with work that need each other; a unit that is in no ring has no number.
func (w *scriptWriter) rings(g graph, here func(*unitWork) bool) map[hclschema.Identity]int {
	r := ringFinder{at: map[hclschema.Identity]int{}, low: map[hclschema.Identity]int{}, in: map[hclschema.Identity]bool{}, ring: map[hclschema.Identity]int{}}
	r.next = func(key hclschema.Identity) []hclschema.Identity {
		var list []hclschema.Identity
		for _, n := range g.needs[key] {
			if work := w.work[n.unit]; work != nil && !n.mentioned && here(work) {
				list = append(list, n.unit)
			}
		}
		return list
	}
	for _, work := range w.order {
		if here(work) && r.at[work.key] == 0 {
			r.visit(work.key)
		}
	}
	return r.ring
}

func (work *unitWork) putAside(key hclschema.Identity, rest *hclschema.Object) {
	if work.aside == nil {
		work.aside = map[hclschema.Identity]*hclschema.Object{}
	}
	work.aside[key] = rest
}

// without is a unit without what is set aside.
func (work *unitWork) without(key func(hclschema.Identity) hclschema.Identity, unit drivers.Unit) drivers.Unit {
	if len(work.aside) == 0 || unit == nil {
		return unit
	}
	rest := make(drivers.Unit, 0, len(unit))
	for _, o := range unit {
		switch instead, aside := work.aside[key(o.Identity)]; {
		case !aside:
			rest = append(rest, o)
		case instead != nil:
			o = o.Clone()
			for name := range o.Properties {
				if instead.Properties[name] == nil {
					delete(o.Properties, name)
				}
			}
			rest = append(rest, o)
		}
	}
	return rest
}

// step asks the driver for the ways to the units without what is set aside, and back to the whole ones.
func (w *scriptWriter) step() error {
	for _, work := range w.order {
		if len(work.aside) == 0 {
			continue
		}
		before, after := work.without(w.from.state.Key, work.before), work.without(w.to.state.Key, work.after)
		if work.before != nil {
			if err := w.stepBetween(&work.early, work.before, before); err != nil {
				return err
			}
		}
		if work.after != nil {
			if err := w.stepBetween(&work.late, after, work.after); err != nil {
				return err
			}
		}
		if work.before != nil && work.after != nil && !work.drop && !work.create {
			if err := w.alterOrReplace(work); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *scriptWriter) stepBetween(into *drivers.Alteration, before, after drivers.Unit) error {
	alteration, object, property, err := w.alteration(before, after, unitChanges(w.from.state, before, after))
	if err != nil {
		return err
	}
	if object != nil {
		return &UnplannableError{Object: object, Property: property, Reason: w.driver.Name() + " can't take it out of the way and bring it back"}
	}
	*into = alteration
	return nil
}
