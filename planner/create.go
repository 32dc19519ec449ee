package planner

import (
	"context"
	"maps"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/seed"
)

// Create plans the way from the live database to the models and back, and proves it. An empty plan means that they agree.
// Nothing is written to the live database.
//
// Errors that callers act on: *UnreadError, *UnmanagedError, *BrokenError, *RenameError, *RowsError, *UnplannableError,
// *CycleError, *UnwritableError, *RejectedError, *IrreproducibleError, *proof.Failure.
func Create(ctx context.Context, request Request) (*Plan, error) {
	m := &maker{Request: request, driver: request.Driver, plan: &Plan{Dialect: request.Driver.Name()}}
	if m.Timing == nil {
		m.Timing = func(string) func() { return func() {} }
	}
	for _, part := range []func(context.Context) error{m.inspect, m.compare, m.inspectBroken, m.onScratch, m.evidence, m.prove} {
		if err := part(ctx); err != nil {
			if ctx.Err() != nil {
				// The engine or the models are not to blame for a statement that was broken off.
				return nil, ctx.Err()
			}
			return nil, err
		}
		if m.settled {
			break
		}
	}
	return m.plan, nil
}

// maker carries a plan from one part of its making to the next.
type maker struct {
	Request
	driver drivers.Driver
	plan   *Plan
	// settled is set when it is known that there is nothing to do.
	settled bool

	// current is the live state; desired what the models say, with unchanged units taken from current and the units that
	// are left alone added.
	current, desired *hclschema.State
	// models is what the models say without what is excluded.
	models  *hclschema.State
	renames *renames
	scope   scope

	// start and end are the scope's parts of both, as scratch reports them; renamed is start after the renames.
	start, end, renamed *hclschema.State
	makeStart, makeEnd  []drivers.Step
	// readStart and readEnd are start and end as scratch gave them, without what only their sources know.
	readStart, readEnd *hclschema.State
	// atStart and atEnd are scratch databases in these states.
	atStart, atEnd drivers.Connection
	touched        map[hclschema.Identity]bool
	// sets are the declared rows that may differ from the live ones, rows what happens to them. upgrade and downgrade are the steps
	// without those for rows; server is the scratch engine.
	sets               []*hclschema.RowSet
	rows               *seed.Plan
	upgrade, downgrade []drivers.Step
	server             string
	// widened says that the live database is linked, and the scope with it.
	widened bool
	// keepTexts says that there are texts that the engine would rewrite.
	keepTexts bool
}

// inspect reads the live database and sets aside what is excluded.
func (m *maker) inspect(ctx context.Context) error {
	defer m.Timing("inspect")()
	inspection, err := m.Live.Inspect(ctx)
	if err != nil {
		return err
	}
	m.Exclude = ExcludedWith(m.Exclude, inspection.State)
	var unread []drivers.Unread
	for _, u := range inspection.Unread {
		if !m.excluded(u.Identity) {
			unread = append(unread, u)
		}
	}
	if len(unread) > 0 {
		return &UnreadError{Objects: unread}
	}
	m.current = inspection.State
	return nil
}

// compare finds the units that differ, without scratch, and with them the scope of the plan.
func (m *maker) compare(ctx context.Context) error {
	defer m.Timing("diff")()
	if err := survey(ctx, m.Live, m.Desired); err != nil {
		return err
	}
	models := m.Desired.Without(func(o *hclschema.Object) bool { return m.excluded(o.Identity) })
	m.models = models
	if judge, ok := m.driver.(drivers.Judge); ok {
		if err := judge.Judge(m.current, models); err != nil {
			return err
		}
	}
	var err error
	if m.renames, err = findRenames(m.driver, m.current, models, m.Renames, past{m.driver, m.Managed, m.Applied}); err != nil {
		return err
	}
	if follower, ok := m.driver.(drivers.Follower); ok && len(m.renames.list) > 0 {
		m.renames.follow(follower.Follow(m.renames.lived(), m.current, models))
	}
	if err := m.excludedStay(); err != nil {
		return err
	}
	currentUnits, modelUnits := newUnitSet(m.driver, m.current), newUnitSet(m.driver, models)
	m.touched = map[hclschema.Identity]bool{}
	m.desired = m.current.NewLike()
	for _, unit := range modelUnits.list {
		key := models.Key(unit.Identity())
		live := currentUnits.byKey[key]
		if live != nil && sameUnit(models.Key, live, unit) {
			m.declareAgain(unit, live)
			continue
		}
		m.touched[key] = true
		addCopies(m.desired, unit)
	}
	if err := m.settleTheRest(currentUnits, modelUnits); err != nil {
		return err
	}
	for _, rename := range m.renames.list {
		m.touched[m.current.Key(m.driver.Unit(rename.To))] = true
	}
	if err := m.findRows(ctx); err != nil {
		return err
	}
	if len(m.touched) == 0 {
		m.settled = true
		return nil
	}
	m.findRewritten()
	m.spread()
	m.driver.Link(m.desired)
	desiredUnits := newUnitSet(m.driver, m.desired)
	m.scope = newScope(m.driver, m.touched, currentUnits.graph(m.driver), desiredUnits.graph(m.driver))
	return nil
}

// spread adds the units that are the same at both ends and concerned all the same.
func (m *maker) spread() {
	spreader, ok := m.driver.(drivers.Spreader)
	if !ok {
		return
	}
	for key := range maps.Clone(m.touched) {
		for _, id := range spreader.Spread(key, m.current, m.desired) {
			m.touched[m.current.Key(id)] = true
		}
	}
}

// findRewritten notes whether the engine would rewrite texts that have nothing to do with the change. The rename of a column
// can't be had without that; then what isn't a table is looked at again, and made again as it should be.
func (m *maker) findRewritten() {
	rewriter, ok := m.driver.(drivers.Rewriter)
	if !ok {
		return
	}
	rewritten := rewriter.Rewritten(m.current)
	m.keepTexts = len(rewritten) > 0 || len(rewriter.Rewritten(m.desired)) > 0
	partsRenamed := slices.ContainsFunc(m.renames.list, func(r drivers.Rename) bool { return r.To.Parent != "" })
	for _, unit := range rewritten {
		if partsRenamed && !m.driver.HoldsRows(unit) && m.desired.Get(unit) != nil {
			m.touched[m.current.Key(unit)] = true
		}
	}
}

// declareAgain takes an unchanged unit as it is in the database, with the places of the models.
func (m *maker) declareAgain(declared, live drivers.Unit) {
	places := map[hclschema.Identity]*hclschema.Object{}
	for _, o := range declared {
		places[m.current.Key(o.Identity)] = o
	}
	// The two states link them to different objects, and so can't share them.
	for _, o := range live {
		o = o.Clone()
		o.Range = places[m.current.Key(o.Identity)].Range
		m.desired.AddNext(o)
	}
}

// settleTheRest decides about the units of the database that no model has.
func (m *maker) settleTheRest(current, models unitSet) error {
	former := map[hclschema.Identity]bool{}
	for _, old := range m.renames.units {
		former[m.current.Key(old)] = true
	}
	unmanaged := &UnmanagedError{}
	for _, d := range m.renames.going() { // its name stays, and it goes all the same
		if unit := m.driver.Unit(d.was); m.Managed == nil || !m.Managed(unit) {
			if m.current.Key(unit) == m.current.Key(d.was) {
				unmanaged.Units = append(unmanaged.Units, unit)
			}
		}
	}
	for _, unit := range current.list {
		key := m.current.Key(unit.Identity())
		switch {
		case models.byKey[key] != nil:
		case m.excluded(unit.Identity()):
			if err := m.leaveAlone(unit, current); err != nil {
				return err
			}
		default:
			m.touched[key] = true
			managed := former[key] || m.Managed != nil && m.Managed(unit.Identity())
			if parent := unit.Identity().Parent; parent != "" && !managed {
				managed = former[current.named[parentName(m.current, unit.Identity().Schema, parent)]]
			}
			if !managed {
				unmanaged.Units = append(unmanaged.Units, unit.Identity())
			}
		}
	}
	if len(unmanaged.Units) > 0 && !m.DropUnmanaged {
		return unmanaged
	}
	return nil
}

// addCopies adds copies of a unit's objects: the two states depend on different things, and so share no object.
func addCopies(state *hclschema.State, unit drivers.Unit) {
	for _, o := range unit {
		state.AddNext(o.Clone())
	}
}

// inspectBroken names views and triggers of the database that don't work and that the plan leaves as they are: with them
// in place, engines refuse to alter other objects.
func (m *maker) inspectBroken(ctx context.Context) error {
	broken, err := m.Live.Try(ctx, m.current)
	if err != nil {
		return err
	}
	var left []drivers.Broken
	for _, b := range broken {
		if !m.touched[m.current.Key(m.driver.Unit(b.Identity))] {
			left = append(left, b)
		}
	}
	if len(left) > 0 {
		return &BrokenError{Objects: left, State: m.current}
	}
	return nil
}

// prove runs the plan both ways on scratch, with rows.
func (m *maker) prove(ctx context.Context) error {
	if m.Unproven {
		return nil
	}
	defer m.Timing("prove")()
	result, err := m.proveStructure(ctx)
	m.plan.Proof = result
	if err != nil || m.rows.Empty() {
		return err
	}
	return m.proveRows(ctx)
}

// survey looks whether what a state refers to and no plan makes is there.
func survey(ctx context.Context, conn drivers.Connection, state *hclschema.State) error {
	if surveyor, ok := conn.(drivers.Surveyor); ok {
		return surveyor.Survey(ctx, state)
	}
	return nil
}

func (m *maker) scratch(ctx context.Context) (drivers.Connection, error) {
	if m.Beside != nil {
		return m.driver.Scratch(ctx, m.Beside, m.ScratchURL)
	}
	return m.driver.Scratch(ctx, m.Live, m.ScratchURL)
}
