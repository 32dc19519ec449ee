package planner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// ProveRequest is a revision whose steps are to be proved again, whoever wrote them.
type ProveRequest struct {
	Driver drivers.Driver
	// Live is a database of the same engine and version; nil where the engine needs no server for scratch.
	Live       drivers.Connection
	ScratchURL string
	// Ancestors lead from the base to the revision's parents, in the order in which they run.
	Ancestors []*revision.File
	File      *revision.File
	// MadeEmpty gives tables that the revision makes no rows but those of its steps. Where it stands for many revisions, a row that the
	// last of them takes may be one that the way back of an earlier one has no place for.
	MadeEmpty bool
}

// ReplayError is returned when a revision that was taken for granted fails on scratch.
type ReplayError struct {
	File  *revision.File
	Step  revision.Step
	Cause error
}

// Error implements error.
func (e *ReplayError) Error() string {
	return fmt.Sprintf("revision %s can't be replayed on scratch: step %q: %v", e.File.ID, e.Step.Name, e.Cause)
}

// Unwrap is the engine's error.
func (e *ReplayError) Unwrap() error { return e.Cause }

// Prove replays the ancestors on scratch, runs the revision's steps, and proves that they lead back and up again with rows
// in the tables. The result's ProvedOn text goes into the file. *ReplayError for an ancestor that fails, *proof.Failure for
// the revision itself.
func Prove(ctx context.Context, r ProveRequest) (*Plan, error) {
	start, end, renames, err := r.states(ctx)
	if err != nil {
		return nil, err
	}
	units := r.units(start, end)
	plan := &Plan{Dialect: r.Driver.Name()}
	if plan.Upgrade, err = driverSteps(r.File, r.File.Upgrade, units); err != nil {
		return nil, err
	}
	if plan.Downgrade, err = driverSteps(r.File, r.File.Downgrade, units); err != nil {
		return nil, err
	}
	makeStart, err := r.make(ctx, start)
	if err != nil {
		return nil, err
	}
	makeEnd, err := r.make(ctx, end)
	if err != nil {
		return nil, err
	}
	plan.Start, plan.End = fingerprintsOf(r.Driver, start), fingerprintsOf(r.Driver, end)
	r.keepTouched(plan)
	request := proof.Request{
		Driver: r.Driver, Scratch: r.scratch, Start: start, End: end, MakeStart: makeStart, MakeEnd: makeEnd,
		Upgrade: plan.Upgrade, Downgrade: plan.Downgrade, ForeignKeysOff: r.File.ForeignKeysOff, OneWay: r.File.Irreversible != "", Renames: renames,
	}
	if r.MadeEmpty {
		request.Unfilled, request.UnfilledBecause = madeTables(start, end), "the revision makes and changes it"
	}
	plan.Proof, err = proof.Check(ctx, request)
	var failure *proof.Failure
	if errors.As(err, &failure) && failure.Step != nil && len(failure.Step.Changes) > 0 {
		if request.MakeStart, err = r.replayed(units); err != nil {
			return nil, err
		}
		request.StartUnenforced = true
		request.Unfilled = append(request.Unfilled, changedTables(request.MakeStart, plan.Upgrade, plan.Downgrade)...)
		plan.Proof, err = proof.Check(ctx, request)
	}
	return plan, err
}

// replayed makes the start state with the rows that the ancestors' steps put in: those of the revision may rest on them, and rows
// that are made up may stand against both.
func (r ProveRequest) replayed(units map[string]hclschema.Identity) ([]drivers.Step, error) {
	var all []drivers.Step
	for _, file := range r.Ancestors {
		steps, err := driverSteps(file, file.Upgrade, units)
		if err != nil {
			return nil, err
		}
		// Each revision is a transaction of its own.
		all = append(append(all, steps...), drivers.Step{Name: "end of " + file.ID, SQL: "SELECT 1", OwnTransaction: true})
	}
	return all, nil
}

// madeTables are the tables of the end that the start doesn't have.
func madeTables(start, end *hclschema.State) (tables []hclschema.Identity) {
	for _, o := range end.Objects() {
		if o.Identity.Kind == hclschema.KindTable && start.Get(o.Identity) == nil {
			tables = append(tables, o.Identity)
		}
	}
	return tables
}

// changedTables are those whose rows steps change on purpose.
func changedTables(ways ...[]drivers.Step) []hclschema.Identity {
	var tables []hclschema.Identity
	for _, steps := range ways {
		for _, step := range steps {
			tables = append(tables, step.Changes...)
		}
	}
	return tables
}

// keepTouched leaves the fingerprints of units that the revision changes, or names as what it rests on.
func (r ProveRequest) keepTouched(plan *Plan) {
	for name, print := range plan.Start {
		_, start := r.File.Start[name]
		_, end := r.File.End[name]
		if print == plan.End[name] && !start && !end {
			delete(plan.Start, name)
			delete(plan.End, name)
		}
	}
}

// Unnamed are units that the proved steps make or drop, and that no step of the revision names as made or dropped: nobody
// would manage them.
func Unnamed(plan *Plan, file *revision.File) (made, dropped []string) {
	named := map[string]bool{}
	for _, step := range file.Upgrade {
		for _, name := range step.Makes {
			named["+"+name] = true
		}
		for _, name := range step.Drops {
			named["-"+name] = true
		}
	}
	for name := range plan.End {
		if plan.Start[name] == "" && !named["+"+name] {
			made = append(made, name)
		}
	}
	for name := range plan.Start {
		if plan.End[name] == "" && !named["-"+name] {
			dropped = append(dropped, name)
		}
	}
	slices.Sort(made)
	slices.Sort(dropped)
	return made, dropped
}

func (r ProveRequest) scratch(ctx context.Context) (drivers.Connection, error) {
	return r.Driver.Scratch(ctx, r.Live, r.ScratchURL)
}

// states are what the revision starts from, what its upgrade makes of it, and what has other names then.
func (r ProveRequest) states(ctx context.Context) (start, end *hclschema.State, renames []drivers.Rename, err error) {
	conn, err := r.scratch(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, file := range r.Ancestors {
		if step, err := replay(ctx, conn, file, nil); err != nil {
			return nil, nil, nil, &ReplayError{File: file, Step: step, Cause: err}
		}
	}
	if start, err = inspectAll(ctx, conn); err != nil {
		return nil, nil, nil, err
	}
	followed := newTrace(start)
	if step, err := replay(ctx, conn, r.File, followed); err != nil {
		return nil, nil, nil, &proof.Failure{Stage: "upgrade", Step: &drivers.Step{Name: step.Name, SQL: step.Shown()}, Cause: err}
	}
	if end, err = inspectAll(ctx, conn); err != nil {
		return nil, nil, nil, err
	}
	return start, end, followed.renames(end), nil
}

// replay runs a revision's upgrade in one transaction, but for the steps that stand alone; the step is the one that failed.
// followed, if not nil, is told the state after each step.
func replay(ctx context.Context, conn drivers.Connection, file *revision.File, followed *trace) (failed revision.Step, err error) {
	return replaySteps(ctx, conn, file, file.Upgrade, followed)
}

// replaySteps is replay for the steps of either direction.
func replaySteps(ctx context.Context, conn drivers.Connection, file *revision.File, steps []revision.Step, followed *trace) (failed revision.Step, err error) {
	if followed == nil {
		return replayed(ctx, conn, file, steps, nil)
	}
	return replayed(ctx, conn, file, steps, func(int) func(*hclschema.State) { return followed.step })
}

// replayed is replaySteps that tells of the state after the steps for which look, which may be nil, returns who is to be told.
func replayed(ctx context.Context, conn drivers.Connection, file *revision.File, steps []revision.Step, look func(step int) func(*hclschema.State)) (failed revision.Step, err error) {
	options := drivers.BeginOptions{ForeignKeysOff: file.ForeignKeysOff}
	if err := conn.Begin(ctx, options, nil); err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, conn.Rollback()) }()
	for i, step := range steps {
		failed = step
		var told func(*hclschema.State)
		if look != nil {
			told = look(i)
		}
		alone := !step.Transaction && step.Each == nil && len(step.Exec) == 0
		if alone {
			if err := conn.Commit(ctx); err != nil {
				return failed, err
			}
		}
		if len(step.Exec) == 0 {
			if err := replayStep(ctx, conn, file, step); err != nil {
				return failed, err
			}
		}
		if told != nil {
			inspection, err := conn.Inspect(ctx)
			if err != nil {
				return failed, err
			}
			told(inspection.State)
		}
		if alone {
			if err := conn.Begin(ctx, options, nil); err != nil {
				return failed, err
			}
		}
	}
	return failed, conn.Commit(ctx)
}

// replayStep runs a statement; one that goes in batches runs at once for all rows.
func replayStep(ctx context.Context, conn drivers.Connection, file *revision.File, step revision.Step) error {
	statement, err := step.Whole(file, quoteAlways)
	if err == nil {
		_, err = conn.Exec(ctx, statement)
	}
	return err
}

// quoteAlways writes a name in quotes, as every engine takes it that proofs are made on.
func quoteAlways(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func inspectAll(ctx context.Context, conn drivers.Connection) (*hclschema.State, error) {
	inspection, err := conn.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	if len(inspection.Unread) > 0 {
		return nil, &UnreadError{Objects: inspection.Unread}
	}
	return inspection.State, nil
}

// make is the way from an empty database to a state.
func (r ProveRequest) make(ctx context.Context, state *hclschema.State) (steps []drivers.Step, err error) {
	conn, err := r.scratch(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	plan, err := Create(ctx, Request{Driver: r.Driver, Live: conn, Beside: r.Live, Desired: state, ScratchURL: r.ScratchURL, Unproven: true})
	if err != nil {
		return nil, err
	}
	return plan.Upgrade, nil
}

// units are the identities of what stands alone in the states, by the names that revision files give them.
func (r ProveRequest) units(states ...*hclschema.State) map[string]hclschema.Identity {
	units := map[string]hclschema.Identity{}
	for _, state := range states {
		for _, unit := range drivers.Units(r.Driver, state) {
			units[unit.Identity().String()] = unit.Identity()
		}
	}
	return units
}

// driverSteps are a file's steps as the proof takes them: programs aren't run. A name that is no unit of the states means none of
// their tables.
func driverSteps(file *revision.File, steps []revision.Step, units map[string]hclschema.Identity) ([]drivers.Step, error) {
	identities := func(names []string) (list []hclschema.Identity) {
		for _, name := range names {
			if id, ok := units[name]; ok {
				list = append(list, id)
			}
		}
		return list
	}
	list := make([]drivers.Step, 0, len(steps))
	for _, step := range steps {
		if len(step.Exec) > 0 {
			continue
		}
		statement, err := step.Whole(file, quoteAlways)
		if err != nil {
			return nil, err
		}
		list = append(list, drivers.Step{Name: step.Name, SQL: statement, Destroys: step.Destroys, Because: step.Because,
			Makes: identities(step.Makes), Drops: identities(step.Drops), Changes: identities(step.Changes),
			OwnTransaction: !step.Transaction && step.Each == nil, ForeignKeysOff: file.ForeignKeysOff})
	}
	return list, nil
}
