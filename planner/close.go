package planner

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
)

// maxRounds bounds how often a plan is written on from where the engine came out, maxStages how many states it may go through
// on the way.
const (
	maxRounds = 3
	maxStages = 20
)

// script writes the steps of both directions and closes the loop by the engine: the steps run on scratch, and what still
// differs then is planned again from there.
func (m *maker) script(ctx context.Context) (err error) {
	defer m.Timing("plan")()
	defer func() { err = errors.Join(err, m.closeScratch()) }()
	up, err := m.direction(ctx, m.atStart, m.readStart, m.renames.upwards(), m.end, true)
	if err != nil {
		return fmt.Errorf("plan the upgrade: %w", err)
	}
	down, err := m.direction(ctx, m.atEnd, m.readEnd, m.renames.inverse(), m.start, false)
	if err != nil {
		return fmt.Errorf("plan the downgrade: %w", err)
	}
	for key := range down.touched {
		up.touched[key] = true
	}
	if m.scope.complete(up.touched) {
		if err := m.closeScratch(); err != nil {
			return err
		}
		if err := m.normalise(ctx); err != nil || m.settled {
			return err
		}
		return m.script(ctx)
	}
	m.plan.Upgrade, m.plan.Downgrade = up.steps, down.steps
	m.plan.UpgradeHazards, m.plan.DowngradeHazards = up.hazards, down.hazards
	m.plan.Renames = m.renames.list
	m.addRows(up.touched)
	if arranger, ok := m.driver.(drivers.Arranger); ok {
		m.plan.Upgrade, m.plan.Downgrade = arranger.Arrange(m.plan.Upgrade), arranger.Arrange(m.plan.Downgrade)
	}
	m.upgrade, m.downgrade = m.plan.Upgrade[:len(up.steps)], m.plan.Downgrade[len(m.plan.Downgrade)-len(down.steps):]
	m.fingerprint(up.touched)
	m.describe()
	m.describeRows()
	return nil
}

// direction plans one way on a scratch database that is in the state where the way begins.
func (m *maker) direction(ctx context.Context, conn drivers.Connection, state *hclschema.State, renames []drivers.Rename, target *hclschema.State, up bool) (_ script, err error) {
	result := script{touched: map[hclschema.Identity]bool{}}
	// ahead runs steps that nothing else is planned with.
	ahead := func(steps []drivers.Step) error {
		if len(steps) == 0 {
			return nil
		}
		if step, err := run(ctx, conn, steps); err != nil {
			return failed(step, err)
		}
		result.steps = append(result.steps, steps...)
		if state, err = inspectScratch(ctx, m.driver, conn); err != nil {
			return err
		}
		state = carried(state, m.start)
		return nil
	}
	err = m.carryOut(renames, target, func() *hclschema.State { return state }, func(steps []drivers.Step) error {
		if up {
			m.renames.noteMoved(steps)
		}
		return ahead(steps)
	})
	if err != nil {
		return script{}, err
	}
	if exchanger, ok := m.driver.(drivers.Exchanger); ok {
		steps, err := exchanger.Exchange(state, target)
		if err != nil {
			return script{}, err
		}
		for i := range steps {
			steps[i].Because = "others have the names that these give up"
		}
		if err := ahead(steps); err != nil {
			return script{}, err
		}
	}
	if up {
		m.renamed = state
		m.renames.markFormer(state)
	}
	begin := state
	if stager, ok := m.driver.(drivers.Stager); ok && up {
		result.hazards = stager.Obstacles(m.current, state, target)
	}
	for round, stages := 0, 0; ; round++ {
		if up {
			m.renames.recallLive(state)
		}
		if len(Diff(state, target)) == 0 {
			if stages > 0 && round == 0 { // there was no last stage
				result.tell(m.added(begin, target, result.touched)...)
			}
			return result, nil
		}
		if round == maxRounds {
			return script{}, &proof.Failure{Stage: "plan", Differences: proof.Difference(target, state)}
		}
		next := m.stage(state, target)
		if next != target && stages < maxStages {
			stages, round = stages+1, round-1
		} else {
			next = target
		}
		how := manner{back: !up, keepTexts: m.keepTexts, whole: stages > 0}
		if stages > 0 {
			how.begin = begin
		}
		more, err := writeScript(m.driver, state, next, how)
		if err != nil {
			return script{}, err
		}
		if step, err := run(ctx, conn, more.steps); err != nil {
			return script{}, failed(step, err)
		}
		passing := func(id hclschema.Identity) bool { return begin.Get(id) == nil && target.Get(id) == nil }
		for _, step := range more.steps {
			if passing(step.Unit) {
				step.Destroys = ""
			}
			result.steps = append(result.steps, step)
		}
		if next != target || round == 0 && stages == 0 {
			for _, hazard := range more.hazards {
				if !passing(m.driver.Unit(hazard.Object)) {
					result.hazards = append(result.hazards, hazard)
				}
			}
		} else if round == 0 { // what the last stage adds has to be right of the rows, too
			result.tell(m.added(begin, target, result.touched)...)
			for _, hazard := range more.hazards {
				if hazard.Kind == drivers.Violates && !staged(m.driver, target, hazard.Object, result.touched) {
					result.tell(hazard)
				}
			}
		}
		if round > 0 || stages > 0 {
			for _, hazard := range more.hazards {
				if adopted(begin.Get(m.driver.Unit(hazard.Object)), target.Get(m.driver.Unit(hazard.Object))) {
					hazard.IfCounted = true
					result.tell(hazard)
				}
			}
		}
		for key := range more.touched {
			result.touched[key] = true
		}
		if state, err = inspectScratch(ctx, m.driver, conn); err != nil {
			return script{}, err
		}
		if next != target { // what is made again on the way keeps its privileges
			state = carried(state, m.start)
		}
	}
}

// adopted says that a table gets other parents: what it has of the old ones, and other than the new ones, changes in the rounds after that,
// and was there before under the same names.
func adopted(before, after *hclschema.Object) bool {
	return before != nil && after != nil && (!hclschema.Equal(before.Properties[hclschema.PropInherits], after.Properties[hclschema.PropInherits]) ||
		!hclschema.Equal(before.Properties[hclschema.PropPartitionOf], after.Properties[hclschema.PropPartitionOf]))
}

// stage is the state to go for next: the target itself, or one that the driver wants between.
func (m *maker) stage(state, target *hclschema.State) *hclschema.State {
	if stager, ok := m.driver.(drivers.Stager); ok {
		if next := stager.Stage(state, target); next != nil && len(Diff(state, next)) > 0 {
			return next
		}
	}
	return target
}

func failed(step *drivers.Step, err error) error {
	return &proof.Failure{Stage: "plan", Step: step, Cause: err}
}

// fingerprint notes the units that the plan rests on, as they are and as it leaves them.
func (m *maker) fingerprint(touched map[hclschema.Identity]bool) {
	m.plan.Start, m.plan.End = map[string]string{}, map[string]string{}
	// Units that swap names may be equal, and so may those whose names differ in case only.
	for _, rename := range m.renames.list {
		unit := m.driver.Unit(rename.To)
		touched[m.start.Key(unit)] = true
		if old, ok := m.renames.units[m.start.Key(unit)]; ok {
			touched[m.start.Key(old)] = true
		}
	}
	start, end := newUnitSet(m.driver, m.start), newUnitSet(m.driver, m.end)
	prints := func(set unitSet, to map[string]string, other unitSet) {
		for _, unit := range set.list {
			key := set.state.Key(unit.Identity())
			print := drivers.Fingerprint(m.driver, unit, set.state.Key)
			counterpart, both := other.byKey[key]
			if touched[key] || m.touched[key] && !both || both && drivers.Fingerprint(m.driver, counterpart, set.state.Key) != print {
				to[unit.Identity().String()] = print
			}
		}
	}
	prints(start, m.plan.Start, end)
	prints(end, m.plan.End, start)
}

// staged says that an object, or what it needs, was changed by a stage already, so that the live database can't be asked about it.
func staged(driver drivers.Driver, state *hclschema.State, id hclschema.Identity, touched map[hclschema.Identity]bool) bool {
	o := state.Get(id)
	if o == nil || touched[state.Key(driver.Unit(id))] {
		return true
	}
	return slices.ContainsFunc(o.DependsOn, func(id hclschema.Identity) bool { return touched[state.Key(driver.Unit(id))] })
}

// added are the rows that stand against what the end adds to units that were changed by a stage, or that needs such: the live database
// is asked as if the way led straight from the start to the end.
func (m *maker) added(start, end *hclschema.State, touched map[hclschema.Identity]bool) []drivers.Hazard {
	var list []drivers.Hazard
	before := newUnitSet(m.driver, start)
	for _, unit := range drivers.Units(m.driver, end) {
		was := before.byKey[end.Key(unit.Identity())]
		isAdded := func(o *hclschema.Object) bool {
			return start.Get(o.Identity) == nil && staged(m.driver, end, o.Identity, touched)
		}
		if was == nil || !slices.ContainsFunc(unit, isAdded) {
			continue
		}
		// What happens to the whole, such as another way of being partitioned, is what the stages are there for.
		parts := slices.DeleteFunc(unitChanges(end, was, unit), func(c drivers.Change) bool { return c.Identity() == unit.Identity() })
		alteration, err := m.driver.Alter(drivers.UnitChange{Before: was, After: unit, Whole: unit, Changes: parts, Start: start.Get, End: end.Get})
		if err != nil { // so is this
			continue
		}
		for _, hazard := range alteration.Hazards {
			if o := end.Get(hazard.Object); hazard.Kind == drivers.Violates && o != nil && isAdded(o) {
				list = append(list, hazard)
			}
		}
	}
	return list
}
