package planner

import (
	"errors"
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// script is the ordered way from one state to another, before anything has run.
type script struct {
	steps   []drivers.Step
	hazards []drivers.Hazard
	// touched are the units that the steps change, drop or make, by folded identity.
	touched map[hclschema.Identity]bool
}

// unitWork is what is done with one unit.
type unitWork struct {
	key                 hclschema.Identity
	before, after       drivers.Unit
	drop, create, alter bool
	changes             []drivers.Change
	alteration          drivers.Alteration
	// replaced are the hazards of dropping it and making it again.
	replaced []drivers.Hazard
	// aside are the parts that are out of the way while others change, by folded identity.
	aside map[hclschema.Identity]putAway
	// early and late lead to the unit without them and from it.
	early, late drivers.Alteration
}

// manner is how steps are planned: on the way back, with texts in the database that statements could rewrite, and as a stage that
// others follow, which must not be divided: rows that one has set aside are what the next rests on.
type manner struct {
	back, keepTexts, whole bool
	// begin is the state where the way begins that these steps are a stage of, nil where they are all of it: what was there then is made
	// again, although an earlier stage dropped it.
	begin *hclschema.State
}

// writeScript plans the steps that lead from one state to the other.
func writeScript(driver drivers.Driver, from, to *hclschema.State, how manner) (script, error) {
	ways := cycleWays{replaced: map[hclschema.Identity]bool{}, left: map[hclschema.Identity]bool{}}
	for {
		w, result, err := writeScriptOf(driver, from, to, how, ways)
		var cycle *CycleError
		if !errors.As(err, &cycle) {
			return result, err
		}
		if unit, ok := w.replaceable(cycle); ok {
			ways.replaced[unit] = true
		} else if unit, ok := w.leavable(cycle); ok {
			ways.left[unit] = true
		} else if !ways.lenient {
			ways.lenient = true
		} else {
			return result, err
		}
	}
}

// cycleWays are what is done about units that need each other: those dropped and made again although they could change in place, and
// those that go, which others are rid of before they change. A lenient way hopes that an order holds which isn't known to.
type cycleWays struct {
	replaced, left map[hclschema.Identity]bool
	lenient        bool
}

// writeScriptOf plans the steps, with ways out of the cycles that were met so far.
func writeScriptOf(driver drivers.Driver, from, to *hclschema.State, how manner, ways cycleWays) (*scriptWriter, script, error) {
	w := &scriptWriter{driver: driver, manner: how, cycleWays: ways, from: newUnitSet(driver, from), to: newUnitSet(driver, to), work: map[hclschema.Identity]*unitWork{}}
	w.fromGraph, w.toGraph = w.from.graph(driver), w.to.graph(driver)
	w.assign(Diff(from, to))
	w.setAside()
	if err := w.decide(); err != nil {
		return w, script{}, err
	}
	if err := w.surround(); err != nil {
		return w, script{}, err
	}
	if err := w.step(); err != nil {
		return w, script{}, err
	}
	result, err := w.render()
	var cycle *CycleError
	if errors.As(err, &cycle) {
		if fewer := w.withoutTakenNames(); fewer.Len() < to.Len() {
			// What is left for later is dangerous now as well.
			hazards := result.hazards
			if result, err = writeScript(driver, from, fewer, how); err == nil {
				result.hazards = hazards
			}
		}
	}
	return w, result, err
}

// replaceable is a unit of a ring that would change in place, and of which nothing is lost, nor of what needs it, where it is made again
// instead: a publication that gives up one table and takes another, a view of a view that becomes a table.
func (w *scriptWriter) replaceable(ring *CycleError) (hclschema.Identity, bool) {
	for _, key := range ring.Path {
		work := w.work[key]
		if work != nil && work.alter && !work.drop && len(work.aside) == 0 && !w.driver.HoldsRows(key) && !w.rowsNeed(key, map[hclschema.Identity]bool{}) {
			return key, true
		}
	}
	return hclschema.Identity{}, false
}

// rowsNeed says that something with rows needs a unit, or what needs that.
func (w *scriptWriter) rowsNeed(key hclschema.Identity, seen map[hclschema.Identity]bool) bool {
	seen[key] = true
	return slices.ContainsFunc(w.fromGraph.dependents[key], func(n need) bool {
		return !n.mentioned && !seen[n.unit] && (w.driver.HoldsRows(n.unit) || w.rowsNeed(n.unit, seen))
	})
}

// leavable is a unit of a ring that goes, and that another one needs which stays with its rows: the sequence of a default in a column that
// gets a type of the sequence's name.
func (w *scriptWriter) leavable(ring *CycleError) (hclschema.Identity, bool) {
	for _, key := range ring.Path {
		work := w.work[key]
		if work == nil || !work.drop || work.create || w.left[key] {
			continue
		}
		for _, n := range w.fromGraph.dependents[key] {
			if slices.Contains(ring.Path, n.unit) && !n.mentioned && w.driver.HoldsRows(n.unit) && w.to.byKey[n.unit] != nil {
				return key, true
			}
		}
	}
	return hclschema.Identity{}, false
}

// withoutTakenNames is the target without the parts whose names others still have and that can be added afterwards: two
// tables that swap the names of their indexes would wait for each other. What refers to such a part waits with it. The next round
// adds them.
func (w *scriptWriter) withoutTakenNames() *hclschema.State {
	holder := map[string]hclschema.Identity{}
	for _, o := range w.from.state.Objects() {
		for _, name := range drivers.Names(w.driver, o) {
			holder[name] = w.from.state.Key(o.Identity)
		}
	}
	waits := map[hclschema.Identity]bool{}
	for _, o := range w.to.state.Objects() {
		waits[o.Identity] = w.waits(o) && slices.ContainsFunc(drivers.Names(w.driver, o), func(name string) bool {
			held, ok := holder[name]
			return ok && held != w.to.state.Key(o.Identity)
		})
	}
	for more := true; more; {
		more = false
		for _, o := range w.to.state.Objects() {
			if !waits[o.Identity] && w.waits(o) && slices.ContainsFunc(o.DependsOn, func(id hclschema.Identity) bool { return waits[id] }) {
				waits[o.Identity], more = true, true
			}
		}
	}
	return w.to.state.Without(func(o *hclschema.Object) bool { return waits[o.Identity] })
}

// waits says that a part can be added after all else.
func (w *scriptWriter) waits(part *hclschema.Object) bool {
	if detacher, ok := w.driver.(drivers.Detacher); ok && !part.Detachable && w.driver.Unit(part.Identity) != part.Identity {
		rest, ok := detacher.Without(part, hclschema.Identity{}, false)
		return ok && rest == nil
	}
	return part.Detachable
}

type scriptWriter struct {
	driver drivers.Driver
	manner
	cycleWays
	from, to           unitSet
	fromGraph, toGraph graph
	work               map[hclschema.Identity]*unitWork
	order              []*unitWork // in the order of the target, then of the start
}

// assign gives each change to the work on its unit.
func (w *scriptWriter) assign(changes []drivers.Change) {
	for _, change := range changes {
		key := w.from.state.Key(w.driver.Unit(change.Identity()))
		work := w.workOn(key)
		work.changes = append(work.changes, change)
	}
}

func (w *scriptWriter) workOn(key hclschema.Identity) *unitWork {
	if work, ok := w.work[key]; ok {
		return work
	}
	work := &unitWork{key: key, before: w.from.byKey[key], after: w.to.byKey[key]}
	w.work[key] = work
	w.order = append(w.order, work)
	return work
}

// decide chooses for each unit between making, dropping, altering and replacing it.
func (w *scriptWriter) decide() error {
	for _, work := range w.order {
		switch {
		case work.before == nil && work.after == nil:
			object := work.changes[0].After
			if object == nil {
				object = work.changes[0].Before
			}
			return &UnplannableError{Object: object, Reason: "what it belongs to is not there"}
		case work.before == nil:
			work.create = true
		case work.after == nil:
			work.drop = true
		case w.replaced[work.key]:
			work.drop, work.create = true, true
		default:
			if err := w.alterOrReplace(work); err != nil {
				return err
			}
		}
	}
	return nil
}

// alterOrReplace asks the driver to alter a unit. What it doesn't claim is done by a replacement, unless rows would be lost.
func (w *scriptWriter) alterOrReplace(work *unitWork) error {
	before, after := work.without(w.from.state.Key, work.before), work.without(w.to.state.Key, work.after)
	changes := work.changes
	if len(work.aside) > 0 {
		changes = unitChanges(w.from.state, before, after)
	}
	alteration, object, property, err := w.alteration(before, after, changes)
	if err != nil {
		return err
	}
	if object == nil {
		work.alter, work.alteration = len(changes) > 0, alteration
		return nil
	}
	if w.driver.HoldsRows(work.key) && !w.bare(work) {
		return &UnplannableError{Object: object, Property: property, Reason: fmt.Sprintf(
			"%s can't do it in place, and %s can't be dropped and made again without losing its rows", w.driver.Name(), work.after.Identity())}
	}
	work.drop, work.create, work.replaced = true, true, alteration.Replaced
	return nil
}

// bare says that a unit of a kind that holds rows has none.
func (w *scriptWriter) bare(work *unitWork) bool {
	stager, ok := w.driver.(drivers.Stager)
	return ok && stager.Bare(work.before, w.from.state, w.to.state)
}

// saved says that the rows of a unit that goes are held by another one.
func (w *scriptWriter) saved(work *unitWork) bool {
	stager, ok := w.driver.(drivers.Stager)
	return ok && stager.Saved(work.before, w.from.state)
}

// alteration is the driver's, with the first change that it doesn't claim. Without a change there is none.
func (w *scriptWriter) alteration(before, after drivers.Unit, changes []drivers.Change) (drivers.Alteration, *hclschema.Object, string, error) {
	if len(changes) == 0 {
		return drivers.Alteration{}, nil, "", nil
	}
	alteration, err := w.driver.Alter(drivers.UnitChange{Before: before, After: after, Whole: w.to.byKey[w.to.state.Key(after.Identity())], Changes: changes, Dependents: w.dependents(before.Identity()),
		Back: w.back, KeepTexts: w.keepTexts, Start: w.from.state.Get, End: w.to.state.Get})
	if err != nil {
		return alteration, nil, "", &UnplannableError{Object: after[0], Reason: err.Error()}
	}
	object, property := w.unclaimed(changes, alteration.Claims)
	return alteration, object, property, nil
}

// dependents are the parts of other units of the start that depend on the unit.
func (w *scriptWriter) dependents(unit hclschema.Identity) []*hclschema.Object {
	key := w.from.state.Key(unit)
	var parts []*hclschema.Object
	for _, n := range w.fromGraph.dependents[key] {
		if !n.mentioned && w.to.byKey[n.unit] != nil { // what is dropped goes first
			parts = append(parts, w.partsOn(w.from, n.unit, key)...)
		}
	}
	return parts
}

// partsOn are the objects of a unit that depend on another unit.
func (w *scriptWriter) partsOn(in unitSet, unit, on hclschema.Identity) []*hclschema.Object {
	var parts []*hclschema.Object
	for _, o := range in.byKey[unit] {
		for _, id := range o.DependsOn {
			if in.state.Key(w.driver.Unit(id)) == on {
				parts = append(parts, o)
				break
			}
		}
	}
	return parts
}

// unclaimed is the first change that no claim covers.
func (w *scriptWriter) unclaimed(changes []drivers.Change, claims []drivers.Claim) (*hclschema.Object, string) {
	claimed := make(map[drivers.Claim]bool, len(claims))
	for _, claim := range claims {
		claimed[drivers.Claim{Identity: w.from.state.Key(claim.Identity), Property: claim.Property}] = true
	}
	for _, change := range changes {
		id := w.from.state.Key(change.Identity())
		object := change.After
		if object == nil {
			object = change.Before
		}
		names := change.Properties
		if len(names) == 0 {
			names = []string{""}
		}
		for _, name := range names {
			if !claimed[drivers.Claim{Identity: id, Property: name}] {
				return object, name
			}
		}
	}
	return nil, ""
}

// surround has the units dropped and made again that don't survive what happens to others, and sets the parts aside that don't.
func (w *scriptWriter) surround() error {
	detacher, detaches := w.driver.(drivers.Detacher)
	queue := append([]*unitWork(nil), w.order...)
	for len(queue) > 0 {
		work := queue[0]
		queue = queue[1:]
		for _, n := range w.fromGraph.dependents[work.key] {
			if n.mentioned || w.to.byKey[n.unit] == nil {
				continue
			}
			if w.driver.HoldsRows(n.unit) {
				if detaches {
					moved, err := w.detach(detacher, work, n.unit)
					if err != nil {
						return err
					}
					if moved {
						queue = append(queue, w.workOn(n.unit))
					}
				}
				continue
			}
			dependent := w.from.byKey[n.unit]
			if n.detachable {
				continue
			}
			disturbed := work.drop && (work.create || w.outlives(n.unit) || w.followed(work, n.unit)) || work.disturbs(dependent[0])
			if !disturbed || w.work[n.unit] != nil && w.work[n.unit].drop {
				continue
			}
			other := w.workOn(n.unit)
			other.drop, other.create, other.alter = true, true, false
			other.alteration = drivers.Alteration{}
			queue = append(queue, other)
		}
	}
	return nil
}

// leftBehind are the parts that stay although a unit of the start that they depend on goes, by that unit.
func (w *scriptWriter) leftBehind() map[hclschema.Identity][]*hclschema.Object {
	left := map[hclschema.Identity][]*hclschema.Object{}
	for _, o := range w.from.state.Objects() {
		after := w.to.state.Get(o.Identity)
		if !o.Detachable || after == nil {
			continue
		}
		for _, id := range o.DependsOn {
			key := w.from.state.Key(w.driver.Unit(id))
			if w.to.byKey[key] == nil {
				left[key] = append(left[key], after)
			}
		}
	}
	return left
}

// node is one half of the work on a unit: dropping it, altering it, or making it.
type node struct {
	work  *unitWork
	steps []drivers.Step
}
