package planner

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
)

// normalise makes the scope's part of both states on scratch and reads them back, so that states are compared as the
// engine reports them.
func (m *maker) normalise(ctx context.Context) (err error) {
	defer m.Timing("scratch")()
	defer func() {
		if err != nil || m.settled {
			err = errors.Join(err, m.closeScratch())
		}
	}()
	if err := m.carryExcluded(ctx); err != nil {
		return err
	}
	declared := m.scope.cut(m.desired)
	m.atEnd, m.makeEnd, err = m.build(ctx, declared, true)
	var rejected *RejectedError
	if errors.As(err, &rejected) && m.scope.add(m.providers()) {
		declared = m.scope.cut(m.desired)
		m.atEnd, m.makeEnd, err = m.build(ctx, declared, true)
	}
	if err != nil {
		return err
	}
	if m.readEnd, err = inspectScratch(ctx, m.driver, m.atEnd); err != nil {
		return err
	}
	m.end = carried(m.readEnd, declared)
	broken, err := m.atEnd.Try(ctx, m.end)
	if err != nil {
		return err
	}
	broken = append(broken, unkept(declared, m.end)...)
	if len(broken) > 0 {
		for i := range broken {
			if m.excluded(broken[i].Identity) {
				broken[i].Message += "; exclude leaves it alone, so the models must keep what it needs"
			}
		}
		return &BrokenError{Objects: broken, State: declared, InModels: true}
	}
	live := m.scope.cut(m.current)
	m.atStart, m.makeStart, err = m.build(ctx, live, false)
	var irreproducible *IrreproducibleError
	if errors.As(err, &irreproducible) && m.widen() {
		if err := m.closeScratch(); err != nil {
			return err
		}
		return m.normalise(ctx)
	}
	if err != nil {
		return err
	}
	if m.readStart, err = inspectScratch(ctx, m.driver, m.atStart); err != nil {
		return err
	}
	m.start = carried(m.readStart, live)
	if differences := proof.Difference(live, m.start); len(differences) > 0 {
		return &IrreproducibleError{Differences: differences}
	}
	if err := m.planRows(ctx); err != nil {
		return err
	}
	m.server = m.atEnd.Server()
	m.settled = len(m.renames.list) == 0 && len(Diff(m.start, m.end)) == 0 && m.rows.Empty()
	return nil
}

// unkept are the named objects of the models that the engine took without an error and doesn't have: a difference that nobody
// would see.
func unkept(declared, read *hclschema.State) []drivers.Broken {
	var list []drivers.Broken
	for _, o := range declared.Objects() {
		if o.Identity.Name != "" && !o.Identity.Unnamed && read.Get(o.Identity) == nil {
			list = append(list, drivers.Broken{Identity: o.Identity, Message: "the engine takes it without an error and doesn't keep it under that name"})
		}
	}
	return list
}

// widen takes what texts of the live database seem to speak of into the scope, and what brings along more, once. Engines don't tell what the
// bodies of functions call, and to read them all is seldom worth it.
func (m *maker) widen() bool {
	if m.widened {
		return false
	}
	m.widened = true
	m.driver.Link(m.current)
	wider := newScope(m.driver, m.touched, newUnitSet(m.driver, m.current).graph(m.driver), newUnitSet(m.driver, m.desired).graph(m.driver))
	wider.add(slices.Collect(maps.Keys(m.scope.members)))
	wider.complete(m.scope.whole)
	wider.add(m.providers())
	m.scope = wider
	return true
}

// providers are the units of the models that bring along what their texts may need without naming it (see drivers.Provider).
func (m *maker) providers() []hclschema.Identity {
	provider, ok := m.driver.(drivers.Provider)
	if !ok {
		return nil
	}
	var keys []hclschema.Identity
	for _, unit := range drivers.Units(m.driver, m.desired) {
		if provider.Provides(unit.Identity().Kind) {
			keys = append(keys, m.desired.Key(unit.Identity()))
		}
	}
	return keys
}

// build makes a state on a new scratch database. In the models' state a statement that fails is the models' fault.
func (m *maker) build(ctx context.Context, state *hclschema.State, models bool) (drivers.Connection, []drivers.Step, error) {
	made, err := writeScript(m.driver, state.NewLike(), state, manner{})
	if err != nil {
		return nil, nil, err
	}
	conn, err := m.scratch(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := survey(ctx, conn, state); err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	steps := made.steps
	if postponer, ok := m.driver.(drivers.Postponer); ok && models {
		var divided bool
		steps, divided, err = patiently(ctx, conn, steps, postponer)
		if err == nil {
			return conn, steps, nil
		}
		if divided { // a part of them is there, and the step that can't run is found from the beginning
			if err := conn.Close(); err != nil {
				return nil, nil, err
			}
			if conn, err = m.scratch(ctx); err != nil {
				return nil, nil, err
			}
		}
	}
	if step, err := run(ctx, conn, steps); err != nil {
		err = m.blame(state, step, err, models)
		return nil, nil, errors.Join(err, conn.Close())
	}
	return conn, steps, nil
}

// patiently runs steps each for itself; those that came before something that they need are tried again after the others, as
// long as that helps. It returns the order in which they ran. On an error that is the order in which they ran with the step that
// can't run behind them, and the database is empty again unless the steps are divided into transactions.
func patiently(ctx context.Context, conn drivers.Connection, steps []drivers.Step, postponer drivers.Postponer) (order []drivers.Step, divided bool, err error) {
	if len(steps) == 0 {
		return nil, false, nil
	}
	if err := conn.Begin(ctx, drivers.BeginOptions{}, nil); err != nil {
		return steps, false, err
	}
	left := steps
	for len(left) > 0 {
		var late []drivers.Step
		var first error
		for i, step := range left {
			if step.OwnTransaction {
				divided = true
				if err := alone(ctx, conn, step); err != nil {
					return append(order, left[i:]...), divided, err
				}
				order = append(order, step)
				continue
			}
			if _, err := conn.Exec(ctx, "SAVEPOINT one_step"); err != nil {
				return append(order, left...), divided, errors.Join(err, conn.Rollback())
			}
			_, err := conn.Exec(ctx, step.SQL)
			if err == nil {
				order = append(order, step)
				if _, err = conn.Exec(ctx, "RELEASE SAVEPOINT one_step"); err != nil {
					return append(order, left[i+1:]...), divided, errors.Join(err, conn.Rollback())
				}
				continue
			}
			if _, back := conn.Exec(ctx, "ROLLBACK TO SAVEPOINT one_step"); back != nil || !postponer.Premature(err) {
				return append(order, left[i:]...), divided, errors.Join(err, conn.Rollback())
			}
			late = append(late, step)
			if first == nil {
				first = err
			}
		}
		if len(late) == len(left) {
			return append(order, late...), divided, errors.Join(first, conn.Rollback())
		}
		left = late
	}
	return order, divided, conn.Commit(ctx)
}

// alone runs a step outside of the transaction, which is committed before and begun again behind it.
func alone(ctx context.Context, conn drivers.Connection, step drivers.Step) error {
	if err := conn.Commit(ctx); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, step.SQL); err != nil {
		return err
	}
	return conn.Begin(ctx, drivers.BeginOptions{}, nil)
}

// blame finds the object whose statement failed.
func (m *maker) blame(state *hclschema.State, step *drivers.Step, err error, models bool) error {
	if !models {
		return &IrreproducibleError{Cause: err}
	}
	if step == nil {
		return err
	}
	for _, unit := range drivers.Units(m.driver, state) {
		steps, createErr := m.driver.Create(unit)
		if createErr != nil {
			return createErr
		}
		for _, s := range steps {
			if s.SQL == step.SQL {
				return &RejectedError{Object: unit[0], Step: *step, Cause: err}
			}
		}
	}
	return err
}

// run executes steps in one transaction, but for those that the engine wants alone, and returns the step that failed with its error.
func run(ctx context.Context, conn drivers.Connection, steps []drivers.Step) (*drivers.Step, error) {
	if len(steps) == 0 {
		return nil, nil
	}
	options := drivers.BeginOptions{}
	for _, step := range steps {
		options.ForeignKeysOff = options.ForeignKeysOff || step.ForeignKeysOff
	}
	if err := conn.Begin(ctx, options, nil); err != nil {
		return nil, err
	}
	for i := range steps {
		if steps[i].OwnTransaction {
			if err := conn.Commit(ctx); err != nil {
				return &steps[i], err
			}
		}
		if _, err := conn.Exec(ctx, steps[i].SQL); err != nil {
			return &steps[i], errors.Join(err, conn.Rollback())
		}
		if steps[i].OwnTransaction {
			if err := conn.Begin(ctx, options, nil); err != nil {
				return &steps[i], err
			}
		}
	}
	return nil, conn.Commit(ctx)
}

// inspectScratch reads a scratch database, which holds nothing that can't be carried. Engines don't know what the bodies of functions
// call, which the driver reads: a function that an index computes comes after those that it calls.
func inspectScratch(ctx context.Context, linker drivers.Linker, conn drivers.Connection) (*hclschema.State, error) {
	inspection, err := conn.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	if len(inspection.Unread) > 0 {
		return nil, &UnreadError{Objects: inspection.Unread}
	}
	linker.Link(inspection.State)
	return inspection.State, nil
}

// carried is what was read of a scratch database with what only its source knows: places and declared renames.
func carried(read, source *hclschema.State) *hclschema.State {
	state := read.NewLike()
	for _, o := range read.Objects() {
		o = o.Clone()
		if from := source.Get(o.Identity); from != nil {
			o.Range, o.RenamedFrom, o.RenamedElements = from.Range, from.RenamedFrom, from.RenamedElements
			recall(o, from)
		}
		state.AddNext(o)
	}
	return state
}

// recall gives an object what is known of it elsewhere and can't be read here: its privileges in the live database.
func recall(o, elsewhere *hclschema.Object) {
	for name, value := range elsewhere.Derived {
		if _, known := o.Derived[name]; !known {
			if o.Derived == nil {
				o.Derived = map[string]string{}
			}
			o.Derived[name] = value
		}
	}
}

func (m *maker) closeScratch() error {
	var err error
	for _, conn := range []*drivers.Connection{&m.atStart, &m.atEnd} {
		if *conn != nil {
			err = errors.Join(err, (*conn).Close())
			*conn = nil
		}
	}
	return err
}
