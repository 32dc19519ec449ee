package planner

import (
	"fmt"
	"slices"
	"sync"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// tell adds hazards that weren't told before.
func (s *script) tell(hazards ...drivers.Hazard) {
	for _, hazard := range hazards {
		if !slices.ContainsFunc(s.hazards, func(told drivers.Hazard) bool {
			return told.Kind == hazard.Kind && told.Object == hazard.Object && told.Text == hazard.Text
		}) {
			s.hazards = append(s.hazards, hazard)
		}
	}
}

// render writes the statements and orders them.
func (w *scriptWriter) render() (script, error) {
	result := script{touched: map[hclschema.Identity]bool{}}
	var drops, alters, creates []*unitWork
	for _, work := range w.order {
		if work.drop {
			drops = append(drops, work)
		}
		if work.alter {
			alters = append(alters, work)
		}
		if work.create {
			creates = append(creates, work)
		}
		if work.drop || work.alter || work.create {
			result.touched[work.key] = true
		}
	}
	byPosition(drops, func(work *unitWork) int { return -w.from.position[work.key] })
	byPosition(alters, func(work *unitWork) int { return w.to.position[work.key] })
	byPosition(creates, func(work *unitWork) int { return w.to.position[work.key] })
	referrers := w.leftBehind()
	for _, work := range drops {
		if !work.create && !w.saved(work) {
			drop := drivers.UnitDrop{Unit: work.before, Left: referrers[work.key], Start: w.from.state.Get}
			result.hazards = append(result.hazards, w.driver.DropHazards(drop)...)
		}
	}
	for _, work := range alters {
		result.hazards = append(result.hazards, work.alteration.Hazards...)
	}
	for _, work := range drops {
		result.hazards = append(result.hazards, work.replaced...)
	}
	for _, work := range w.order {
		result.tell(w.hazardsAside(work)...)
	}
	for _, work := range w.order {
		for _, hazard := range work.early.Hazards {
			if hazard.Kind == drivers.Rewrites {
				result.tell(hazard)
			}
		}
	}
	var nodes []node
	at := places{drop: map[hclschema.Identity]int{}, alter: map[hclschema.Identity]int{}, create: map[hclschema.Identity]int{}, early: map[hclschema.Identity]int{}, late: map[hclschema.Identity]int{}}
	for _, work := range w.order {
		if len(work.early.Steps) > 0 {
			at.early[work.key] = len(nodes)
			nodes = append(nodes, node{work, work.early.Steps})
			result.touched[work.key] = true
		}
	}
	for _, work := range drops {
		steps, err := w.driver.Drop(work.without(w.from.state.Key, work.before))
		if err != nil {
			return result, fmt.Errorf("plan to drop %s: %w", work.before.Identity(), err)
		}
		if work.create || w.saved(work) { // what holds rows and is made again has none to lose
			for i := range steps {
				steps[i].Destroys = ""
			}
		}
		at.drop[work.key] = len(nodes)
		nodes = append(nodes, node{work, steps})
	}
	for _, work := range alters {
		at.alter[work.key] = len(nodes)
		steps, err := w.restored(work)
		if err != nil {
			return result, err
		}
		nodes = append(nodes, node{work, append(slices.Clip(work.alteration.Steps), steps...)})
	}
	begun := w.from
	if w.begin != nil {
		begun = newUnitSet(w.driver, w.begin)
	}
	gone := sync.OnceValue(func() map[string]drivers.Unit { return w.namesOfGone(begun) })
	for _, work := range creates {
		steps, err := w.driver.Create(work.without(w.to.state.Key, work.after))
		if err != nil {
			return result, &UnwritableError{Object: work.after[0], Cause: err}
		}
		was := work.before
		if was == nil {
			was = begun.byKey[work.key]
		}
		for _, name := range drivers.Names(w.driver, work.after[0]) {
			if was == nil {
				was = gone()[name]
			}
		}
		if keeper, ok := w.driver.(drivers.Keeper); ok && (work.drop || w.back || was != nil) {
			kept, err := keeper.Keep(was, work.after)
			if err != nil {
				return result, &UnwritableError{Object: work.after[0], Cause: err}
			}
			steps = append(steps, kept...)
		}
		at.create[work.key] = len(nodes)
		nodes = append(nodes, node{work, steps})
	}
	for _, work := range w.order {
		if len(work.late.Steps) > 0 {
			at.late[work.key] = len(nodes)
			nodes = append(nodes, node{work, work.late.Steps})
			result.touched[work.key] = true
		}
	}
	s := newSorter(len(nodes))
	w.follow(s, at)
	w.freeNames(s, nodes, at)
	order, left, ok := s.sort()
	if !ok {
		cycle := &CycleError{}
		for _, i := range s.ring(left) {
			if key := nodes[i].work.key; !slices.Contains(cycle.Path, key) {
				cycle.Path = append(cycle.Path, key)
			}
		}
		return result, cycle
	}
	result.steps = w.divided(nodes, order)
	return result, nil
}

// hazardsAside are the hazards of what changes while it is set aside. The driver is asked about the whole change, since only that
// leads from what the live database has.
func (w *scriptWriter) hazardsAside(work *unitWork) []drivers.Hazard {
	if len(work.aside) == 0 || work.before == nil || work.after == nil || len(work.changes) == 0 {
		return nil
	}
	whole, _, _, err := w.alteration(work.before, work.after, work.changes)
	if err != nil {
		return nil // it can't be had in one; the parts of it were asked about
	}
	return whole.Hazards
}

// namesOfGone are the units of where the way begins that go, by the names that they take: what comes as another kind succeeds them.
func (w *scriptWriter) namesOfGone(begun unitSet) map[string]drivers.Unit {
	names := map[string]drivers.Unit{}
	for _, unit := range begun.list {
		if w.to.byKey[begun.state.Key(unit.Identity())] == nil {
			for _, name := range drivers.Names(w.driver, unit[0]) {
				names[name] = unit
			}
		}
	}
	return names
}

// restored are the steps that give the parts that a way back adds to a unit what models don't tell of them.
func (w *scriptWriter) restored(work *unitWork) ([]drivers.Step, error) {
	keeper, ok := w.driver.(drivers.Keeper)
	if !ok || !w.back {
		return nil, nil
	}
	var steps []drivers.Step
	for _, change := range work.changes {
		if change.Before != nil {
			continue
		}
		kept, err := keeper.Keep(nil, drivers.Unit{change.After})
		if err != nil {
			return nil, &UnwritableError{Object: change.After, Cause: err}
		}
		steps = append(steps, kept...)
	}
	return steps, nil
}

// places are the nodes of the halves of the work on units.
type places struct{ drop, alter, create, early, late map[hclschema.Identity]int }

// follow adds the edges that dependencies ask for.
func (w *scriptWriter) follow(s *sorter, at places) {
	checked := w.driver.ChecksReferences()
	edge := func(first, second map[hclschema.Identity]int, a, b hclschema.Identity, soft bool) {
		i, ok := first[a]
		j, also := second[b]
		if ok && also {
			s.before(i, j, soft)
		}
	}
	for key, i := range at.drop {
		if j, ok := at.create[key]; ok {
			s.before(i, j, false)
		}
	}
	for _, work := range w.order {
		main := []map[hclschema.Identity]int{at.drop, at.alter, at.create}
		for _, places := range main {
			edge(at.early, places, work.key, work.key, false)
			edge(places, at.late, work.key, work.key, false)
		}
		edge(at.early, at.late, work.key, work.key, false)
		for _, n := range w.fromGraph.needs[work.key] {
			soft := (!checked || n.detachable || n.mentioned) && !n.parent
			hard := checked && n.detachable && !n.mentioned && !w.allAside(w.from, work, n.unit)
			edge(at.drop, at.drop, work.key, n.unit, soft && !hard)
			edge(at.drop, at.alter, work.key, n.unit, soft || w.adds(n.unit))
			edge(at.alter, at.drop, work.key, n.unit, soft || w.allAside(w.from, work, n.unit))
			edge(at.drop, at.early, work.key, n.unit, !w.disturbed(work, n.unit))
			edge(at.early, at.early, work.key, n.unit, true)
			for _, places := range main {
				edge(at.early, places, work.key, n.unit, n.mentioned)
			}
		}
		for _, n := range w.toGraph.needs[work.key] {
			soft := (!checked || n.detachable || n.mentioned) && !n.parent
			hard := checked && n.detachable && !n.mentioned && !w.allAside(w.to, work, n.unit)
			edge(at.create, at.create, n.unit, work.key, soft && !hard)
			edge(at.create, at.alter, n.unit, work.key, soft || w.allAside(w.to, work, n.unit))
			edge(at.alter, at.create, n.unit, work.key, soft)
			edge(at.alter, at.alter, n.unit, work.key, !w.comesToNeed(work, n.unit) && (n.mentioned || n.detachable || !w.adds(n.unit)))
			edge(at.late, at.create, n.unit, work.key, !w.disturbed(work, n.unit))
			for _, places := range main {
				edge(places, at.late, n.unit, work.key, n.mentioned)
			}
			edge(at.late, at.late, n.unit, work.key, true)
		}
	}
}

// adds says that the change of a unit only adds to it.
func (w *scriptWriter) adds(unit hclschema.Identity) bool {
	other := w.work[unit]
	return other != nil && other.alter && other.alteration.Adds
}

// comesToNeed says that a part of a unit that changes itself needs another one which changes as a whole, and takes along only what stays as
// it is: the column that becomes one of an enum whose values are reordered, or gets a default of it.
func (w *scriptWriter) comesToNeed(work *unitWork, unit hclschema.Identity) bool {
	other := w.work[unit]
	if w.lenient || other == nil || !other.alter || other.alteration.Disturbs == nil {
		return false
	}
	return slices.ContainsFunc(w.partsOn(w.to, work.key, unit), func(part *hclschema.Object) bool {
		key := w.from.state.Key(part.Identity)
		away, aside := work.aside[key]
		if part.Detachable || aside && away.rest == nil {
			return false
		}
		return slices.ContainsFunc(work.changes, func(c drivers.Change) bool {
			if c.After == nil || w.from.state.Key(c.After.Identity) != key || onlyComments(c) {
				return false
			}
			return !aside || c.Before == nil || len(away.from(c.Before).Properties.Changed(away.from(c.After).Properties)) > 0
		})
	})
}

// allAside says that the parts of a unit that depend on another one are out of the way: they are in a ring.
func (w *scriptWriter) allAside(in unitSet, work *unitWork, on hclschema.Identity) bool {
	for _, o := range w.partsOn(in, work.key, on) {
		if away, aside := work.aside[in.state.Key(o.Identity)]; !aside || away.bound || w.needs(away.rest, on) {
			return false
		}
	}
	return true
}

// needs says that what is there meanwhile of a part still has to be rid of another unit.
func (w *scriptWriter) needs(rest *hclschema.Object, on hclschema.Identity) bool {
	detacher, ok := w.driver.(drivers.Detacher)
	if !ok || rest == nil {
		return false
	}
	free, ok := detacher.Without(rest, on, true)
	return ok && free != rest
}

// freeNames has a name given up before another object takes it.
func (w *scriptWriter) freeNames(s *sorter, nodes []node, at places) {
	givenUp := map[string]int{}
	for i, n := range nodes {
		if making, ok := at.create[n.work.key]; ok && making == i {
			continue
		}
		early, displaces := at.early[n.work.key]
		for _, o := range n.work.before {
			var kept []string
			if after := w.to.state.Get(o.Identity); after != nil && (at.drop[n.work.key] != i || !n.work.drop) {
				kept = drivers.Names(w.driver, after)
			}
			var meanwhile []string
			away, aside := n.work.aside[w.from.state.Key(o.Identity)]
			if aside && away.rest != nil {
				meanwhile = drivers.Names(w.driver, away.rest)
			}
			for _, name := range drivers.Names(w.driver, o) {
				if slices.Contains(kept, name) {
					continue
				}
				givenUp[name] = i
				if aside && displaces && !slices.Contains(meanwhile, name) {
					givenUp[name] = early
				}
			}
		}
	}
	for i, n := range nodes {
		if early, ok := at.early[n.work.key]; ok && early == i || n.work.drop && at.drop[n.work.key] == i {
			continue
		}
		for _, o := range n.work.after {
			for _, name := range drivers.Names(w.driver, o) {
				first, ok := givenUp[name]
				if !ok || first == i || nodes[first].work == n.work || at.drop[nodes[first].work.key] == first && w.holdsOn(n.work, nodes[first].work.key) {
					continue
				}
				s.before(first, i, false)
			}
		}
	}
}

// holdsOn says that something can only go when a unit has let it go, which can't wait then for the name of it: the sequence of a
// default that becomes an identity. What the engine calls it meanwhile is mended in the next round.
func (w *scriptWriter) holdsOn(work *unitWork, unit hclschema.Identity) bool {
	return work.alter && slices.ContainsFunc(w.fromGraph.needs[work.key], func(n need) bool { return n.unit == unit && !n.detachable && !n.mentioned })
}
