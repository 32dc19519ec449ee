package planner

import (
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// putAway is a part that is out of the way while others change, and what is there of it meanwhile: nil for nothing, or a copy
// without some of its properties or with others.
type putAway struct {
	part, rest *hclschema.Object
	// bound says that what is there meanwhile may need what the part needs.
	bound bool
}

// detach sets those parts of a unit with rows aside that are in the way of the work on another, and says whether it did.
func (w *scriptWriter) detach(detacher drivers.Detacher, work *unitWork, unit hclschema.Identity) (bool, error) {
	moved := false
	for _, part := range w.partsOn(w.from, unit, work.key) {
		if !work.drop && !work.disturbs(part) {
			continue
		}
		rest, ok := detacher.Without(part, work.key, work.drop)
		if work.drop && !work.create {
			after := w.to.state.Get(part.Identity)
			if after == nil && w.left[work.key] { // it goes first
				moved = w.putAside(detacher, w.workOn(unit), part, nil) || moved
				continue
			}
			if !ok || after == nil || rest != part && !w.left[work.key] && !keepsTexts(part, rest, after) {
				continue // it goes, or doesn't need the other any longer
			}
		}
		switch {
		case !ok:
			return moved, &UnplannableError{Object: part, Reason: fmt.Sprintf("%s has to be dropped and made again, and %s can't be without it", work.after.Identity(), part.Identity)}
		case rest != part:
			moved = w.putAside(detacher, w.workOn(unit), part, rest) || moved
		}
	}
	if !moved {
		return false, nil
	}
	other := w.workOn(unit)
	return true, w.stepBetween(&other.early, other.before, other.without(w.from.state.Key, other.before))
}

// keepsTexts says that a part stays as it is in all that would be taken from it.
func keepsTexts(part, rest, after *hclschema.Object) bool {
	for name, value := range part.Properties {
		if (rest == nil || !hclschema.Equal(rest.Properties[name], value)) && !hclschema.Equal(value, after.Properties[name]) {
			return false
		}
	}
	return true
}

// outlives says that a unit stays as it is although something goes for good that it needs, as far as the engine knows: it may
// call another function by the same words.
func (w *scriptWriter) outlives(unit hclschema.Identity) bool {
	work := w.work[unit]
	if work == nil {
		return true
	}
	return !slices.ContainsFunc(work.changes, func(change drivers.Change) bool { return len(change.Properties) > 0 && !onlyComments(change) })
}

// followed says that a unit goes that another one needs, which needs another of its name then: a domain over a composite type that becomes a
// range.
func (w *scriptWriter) followed(work *unitWork, unit hclschema.Identity) bool {
	names := drivers.Names(w.driver, work.before[0])
	return slices.ContainsFunc(w.toGraph.needs[unit], func(n need) bool {
		other := w.work[n.unit]
		return !n.mentioned && other != nil && other.before == nil && slices.ContainsFunc(drivers.Names(w.driver, other.after[0]), func(name string) bool {
			return slices.Contains(names, name)
		})
	})
}

// onlyComments says that an object differs in nothing but what is said of it.
func onlyComments(change drivers.Change) bool {
	return len(change.Properties) > 0 && !slices.ContainsFunc(change.Properties, func(name string) bool {
		return name != hclschema.PropComment && name != hclschema.PropIndexComment
	})
}

// disturbs says that an object doesn't survive what happens to the unit.
func (work *unitWork) disturbs(dependent *hclschema.Object) bool {
	return work.alter && work.alteration.Disturbs != nil && work.alteration.Disturbs(dependent) || work.early.Disturbs != nil && work.early.Disturbs(dependent)
}

// disturbed says that a unit that is dropped can't survive what is set aside of another one.
func (w *scriptWriter) disturbed(work *unitWork, by hclschema.Identity) bool {
	other := w.work[by]
	return other != nil && other.early.Disturbs != nil && len(work.before) > 0 && other.early.Disturbs(work.before[0])
}

// putAside sets a part aside, and with it what its own unit can't have meanwhile: the indexes of a column that has another type.
// It says whether that is news.
func (w *scriptWriter) putAside(detacher drivers.Detacher, work *unitWork, part, rest *hclschema.Object) bool {
	key := w.from.state.Key(part.Identity)
	if old, done := work.aside[key]; done {
		if old.rest == nil {
			return false
		}
		if rest != nil {
			rest = old.from(rest)
			if len(old.rest.Properties.Changed(rest.Properties)) == 0 {
				return false
			}
		}
	}
	work.putAside(key, putAway{part: part, rest: rest})
	for _, unit := range []drivers.Unit{work.before, work.after} {
		for _, o := range unit {
			if slices.Contains(o.DependsOn, part.Identity) && (rest == nil || !detacher.Bears(o, part, rest)) {
				w.putAside(detacher, work, o, nil)
			}
		}
	}
	return true
}

// setAside finds the parts that can be added later, such as foreign keys, whose turn can't come with the rest of their unit:
// they change on both sides of a reference, or their units wait for each other.
func (w *scriptWriter) setAside() {
	if !w.driver.ChecksReferences() {
		return
	}
	for _, work := range w.order {
		for _, change := range work.changes {
			if onlyComments(change) {
				continue // it can stay, unless the other can't change while it is there
			}
			for _, o := range []*hclschema.Object{change.Before, change.After} {
				if o != nil && o.Detachable && work.before != nil && work.after != nil && w.leadsToWork(o, work) {
					work.putAside(w.from.state.Key(o.Identity), putAway{part: o})
				}
			}
		}
	}
	w.displace()
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
			if rings[work.key] == 0 {
				continue
			}
			whole := map[hclschema.Identity]bool{} // what the unit needs without its detachable parts, too
			for _, n := range side.graph.needs[work.key] {
				whole[n.unit] = !n.detachable
			}
			for _, o := range side.movement(work) {
				for _, id := range o.DependsOn {
					other := side.set.state.Key(w.driver.Unit(id))
					if o.Detachable && other != work.key && !whole[other] && rings[other] == rings[work.key] {
						work.putAside(side.set.state.Key(o.Identity), putAway{part: o})
					}
				}
			}
		}
	}
}

// displace has the units that change places leave theirs first. Where something happens to the whole as well they stay, since
// they change with it.
func (w *scriptWriter) displace() {
	placer, ok := w.driver.(drivers.Placer)
	if !ok {
		return
	}
	for _, work := range w.order {
		if work.before == nil || work.after == nil {
			continue
		}
		for _, change := range work.changes {
			whole := change.Before != nil && w.from.state.Key(change.Before.Identity) == work.key
			if change.Before == nil || change.After == nil || whole && w.needsWork(work.key) {
				continue
			}
			if rest := placer.Displaced(change.Before, change.After, w.to.state.Get); rest != nil {
				work.putAside(w.from.state.Key(change.Before.Identity), putAway{part: change.Before, rest: rest, bound: true})
			}
		}
	}
}

// needsWork says that something happens to what a unit needs.
func (w *scriptWriter) needsWork(key hclschema.Identity) bool {
	for _, n := range append(slices.Clip(w.fromGraph.needs[key]), w.toGraph.needs[key]...) {
		if !n.mentioned && w.work[n.unit] != nil {
			return true
		}
	}
	return false
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
	r := newRingFinder(func(key hclschema.Identity) []hclschema.Identity {
		var list []hclschema.Identity
		for _, n := range g.needs[key] {
			if work := w.work[n.unit]; work != nil && !n.mentioned && here(work) {
				list = append(list, n.unit)
			}
		}
		return list
	})
	for _, work := range w.order {
		if here(work) && r.at[work.key] == 0 {
			r.visit(work.key)
		}
	}
	return r.ring
}

func (work *unitWork) putAside(key hclschema.Identity, away putAway) {
	if work.aside == nil {
		work.aside = map[hclschema.Identity]putAway{}
	}
	work.aside[key] = away
}

// without is a unit without what is set aside.
func (work *unitWork) without(key func(hclschema.Identity) hclschema.Identity, unit drivers.Unit) drivers.Unit {
	if len(work.aside) == 0 || unit == nil {
		return unit
	}
	rest := make(drivers.Unit, 0, len(unit))
	for _, o := range unit {
		switch away, aside := work.aside[key(o.Identity)]; {
		case !aside:
			rest = append(rest, o)
		case away.rest != nil:
			rest = append(rest, away.from(o))
		}
	}
	return rest
}

// from is what is there meanwhile of the part as it is at either end.
func (away putAway) from(o *hclschema.Object) *hclschema.Object {
	o = o.Clone()
	for name, value := range o.Properties {
		switch was, is := away.part.Properties[name], away.rest.Properties[name]; {
		case is == nil:
			delete(o.Properties, name)
		case !hclschema.Equal(was, is) && hclschema.Equal(was, value):
			o.Properties[name] = is
		}
	}
	return o
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
