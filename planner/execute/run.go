package execute

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Options are what a run is made with. Driver, Conn, Graph, Target, Clock, Tool and VersionTable are needed.
type Options struct {
	Driver drivers.Driver
	Conn   drivers.Connection
	Graph  *revision.Graph
	// Target is where to, as Graph.Resolve reads it; More are further ones, for Stamp.
	Target string
	More   []string
	// Purge lets Stamp forget all that the version table holds first, whatever that is.
	Purge bool
	Clock func() time.Time
	// Tool is the program with its version, for the record.
	Tool         string
	VersionTable string
	// LockWait is how long a revision is tried again whose statement others kept from a lock; 0 for not at all. Each try is
	// rolled back before the next.
	LockWait time.Duration
	// Environment is where the run is, as steps name it that aren't for every environment; empty for the database block.
	Environment string
	// Programs runs programs of the project; nil where none can be run, so that steps and hooks with one fail.
	Programs Programs
	// Hooks run around an upgrade's revisions.
	Hooks Hooks
	// AllowDrift goes on where units aren't as a revision expects them.
	AllowDrift bool
	Progress   Progress
}

// Progress is told what happens as it happens. Each function may be nil.
type Progress struct {
	// Waiting is called once when somebody else holds the lock.
	Waiting func()
	// Begin is called before a revision's first step. Of one that stopped on its way, done steps were run before.
	Begin func(file *revision.File, down bool, done int)
	// Step is called after each step; number counts from 1.
	Step func(file *revision.File, step revision.Step, number, of int, took time.Duration)
	// Batch is called after each batch of a step that has batches.
	Batch func(file *revision.File, step revision.Step, at Batches)
	// BatchAgain is called after a batch was rolled back for others' locks, before it is tried again; because says whose.
	BatchAgain func(file *revision.File, step revision.Step, because error)
	// Skip is called in place of Step for a step that isn't for the environment.
	Skip func(file *revision.File, step revision.Step, number, of int)
	// Again is called after a revision was rolled back for others' locks, before it is tried again; because says whose.
	Again func(file *revision.File, because error)
	// Replaced is called after records of revisions were replaced by that of one that stands in their place.
	Replaced func(replaced Replaced)
	// End is called after a revision is committed.
	End func(file *revision.File, took time.Duration)
}

// Result is what a run did. It is returned with an error too: what was committed before stays.
type Result struct {
	// Done are the revisions that were run, in order.
	Done []Ran
	// From and Current are the current revisions before and after the run.
	From, Current []string
	// Drift are the units that weren't as a revision expected them, where that was allowed; sorted.
	Drift []string
}

// NothingToDo says that there was nothing to run.
func (r Result) NothingToDo() bool { return len(r.Done) == 0 }

// Ran is one revision that was run.
type Ran struct {
	File  *revision.File
	Steps int
	Took  time.Duration
}

// Upgrade runs what the target needs and the database lacks, and first what is left of a revision that stopped on its way. With nothing to do no lock is taken and Result.Done is empty.
func Upgrade(ctx context.Context, o Options) (Result, error) { return (&runner{Options: o}).all(ctx) }

// Downgrade takes back what is applied beyond the target, and goes on with a downgrade that stopped on its way.
func Downgrade(ctx context.Context, o Options) (Result, error) {
	return (&runner{Options: o, down: true}).all(ctx)
}

// Preview lists what Upgrade, or with down Downgrade, would run. It takes no lock and writes nothing.
func Preview(ctx context.Context, o Options, down bool) ([]*revision.File, error) {
	r := &runner{Options: o, down: down}
	standing, err := r.look(ctx)
	if err != nil {
		return nil, err
	}
	return r.way(standing)
}

// Drifted names the units that aren't in the database as the first revision to run expects them, for a preview: Upgrade, or
// with down Downgrade, would stop at them with a *DriftError unless that is allowed.
func Drifted(ctx context.Context, o Options, down bool, first *revision.File) ([]string, error) {
	o.AllowDrift = true
	r := &runner{Options: o, down: down}
	standing, err := r.look(ctx)
	if err != nil {
		return nil, err
	}
	return r.drift(ctx, standing, first)
}

type runner struct {
	Options
	down bool
	// standing is where the database stood when the log ended with the line of this number; none where it was never known.
	standing Standing
	logged   int64
}

// look reads the records and says what is wrong with them.
func (r *runner) look(ctx context.Context) (Standing, error) {
	records, err := ReadRecords(ctx, r.Driver, r.Conn, r.VersionTable)
	if err != nil {
		return Standing{}, err
	}
	standing := Stand(r.Graph, records)
	return standing, standing.Problem(r.Graph)
}

// lookBehindOthers is look when nobody else is at work: what is unfinished may be somebody's who is just running it.
func (r *runner) lookBehindOthers(ctx context.Context) (Standing, error) {
	if err := r.Conn.Begin(ctx, drivers.BeginOptions{}, r.Progress.Waiting); err != nil {
		return Standing{}, err
	}
	standing, err := r.look(ctx)
	return standing, join(err, r.Conn.Rollback())
}

// lookAgain is look under the lock. Every change of the records adds a line to the log: where the last line is this run's
// own, nothing is read twice, so that many revisions cost no more each than a few.
func (r *runner) lookAgain(ctx context.Context) (Standing, error) {
	if r.logged > 0 {
		last, err := r.lastLog(ctx)
		if err != nil {
			return Standing{}, err
		}
		if last == r.logged {
			return r.standing, nil
		}
	}
	return r.look(ctx)
}

// way is what is to be run from where the database stands.
func (r *runner) way(standing Standing) ([]*revision.File, error) {
	if len(standing.Applied) == 0 && r.down && (r.Target == "base" || r.Target == "current" || strings.HasPrefix(r.Target, "-")) {
		return nil, nil
	}
	target, err := r.Graph.Resolve(r.Target, standing.Current)
	if err != nil {
		return nil, err
	}
	applied := make([]string, 0, len(standing.Applied))
	for id := range standing.Applied {
		applied = append(applied, id)
	}
	if !r.down {
		if len(applied) > 0 && (r.Target == "base" || target.Behind) {
			return nil, &TargetError{Given: r.Target, Reason: "an upgrade can't lead back; that is a downgrade", Reverse: true}
		}
		return r.ofDialect(r.Graph.Upgrade(applied, target.Revisions))
	}
	for _, id := range target.Revisions {
		if _, ok := standing.Applied[id]; !ok {
			return nil, &TargetError{Given: r.Target, Reason: fmt.Sprintf("revision %s isn't applied, so that a downgrade can't lead to it", id), Reverse: true}
		}
	}
	way, err := r.Graph.Downgrade(applied, target)
	if err != nil {
		return nil, err
	}
	return r.ofDialect(way)
}

// ofDialect are the revisions, if all of them are for this engine.
func (r *runner) ofDialect(way []*revision.File) ([]*revision.File, error) {
	for _, file := range way {
		if file.Dialect != r.Driver.Name() {
			return nil, &DialectError{File: file, Dialect: r.Driver.Name()}
		}
		if r.down && file.Irreversible != "" {
			return nil, &IrreversibleError{File: file}
		}
		for _, step := range r.stepsOf(file) {
			if _, err := step.Statement(file, ""); err != nil && step.For(r.Environment) {
				return nil, err
			}
		}
	}
	return way, nil
}

func (r *runner) all(ctx context.Context) (Result, error) {
	var result Result
	standing, err := r.look(ctx)
	var unfinished *UnfinishedError
	if len(standing.Replaced) > 0 && (err == nil || errors.As(err, &unfinished)) {
		if err := r.replace(ctx); err != nil {
			return result, err
		}
		unfinished = nil
		standing, err = r.look(ctx)
	}
	if errors.As(err, &unfinished) {
		standing, err = r.lookBehindOthers(ctx)
	}
	if errors.As(err, &unfinished) {
		if err := r.hook(ctx, beforeUpgrade, r.Hooks.BeforeUpgrade); err != nil {
			return result, err
		}
		if err = r.resume(ctx, unfinished, &result); err != nil {
			return result, err
		}
		standing, err = r.look(ctx)
	}
	if err != nil {
		return result, err
	}
	result.Current = standing.Current
	if len(result.Done) == 0 {
		result.From = standing.Current
	}
	way, err := r.way(standing)
	if err != nil {
		return result, err
	}
	if len(way) > 0 && len(result.Done) == 0 {
		if err := r.hook(ctx, beforeUpgrade, r.Hooks.BeforeUpgrade); err != nil {
			return result, err
		}
	}
	for _, file := range way {
		if err := ctx.Err(); err != nil {
			return result, err
		}
		if err := r.patiently(ctx, file, &result); err != nil {
			return result, err
		}
	}
	if len(result.Done) > 0 {
		return result, r.hook(ctx, afterUpgrade, r.Hooks.AfterUpgrade)
	}
	return result, nil
}

// one runs one revision under the lock, unless somebody else did so meanwhile.
func (r *runner) one(ctx context.Context, file *revision.File, result *Result) error {
	options := drivers.BeginOptions{ForeignKeysOff: file.ForeignKeysOff, Hold: r.standsAlone(r.stepsOf(file))}
	if err := r.Conn.Begin(ctx, options, r.Progress.Waiting); err != nil {
		return err
	}
	// Everything that was read without the lock is read again.
	standing, err := r.lookAgain(ctx)
	if err != nil {
		return r.giveUp(err)
	}
	if _, applied := standing.Applied[file.ID]; applied != r.down {
		result.Current = standing.Current
		return r.Conn.Rollback()
	}
	if err := r.fits(standing, file); err != nil {
		return r.giveUp(err)
	}
	drift, err := r.drift(ctx, standing, file)
	if err != nil {
		return r.giveUp(err)
	}
	if err := r.makeTables(ctx); err != nil {
		return r.giveUp(err)
	}
	if r.Progress.Begin != nil {
		r.Progress.Begin(file, r.down, 0)
	}
	w := &work{runner: r, file: file, begun: r.Clock(), steps: r.stepsOf(file), before: standing}
	r.logged = 0
	if err := w.run(ctx); err != nil {
		return join(r.giveUp(err), w.settle(ctx))
	}
	took := r.Clock().Sub(w.begun)
	if r.Progress.End != nil {
		r.Progress.End(file, took)
	}
	r.standing = standing.after(r.Graph, file, r.down)
	r.logged = w.line
	result.add(Ran{File: file, Steps: len(w.steps), Took: took}, drift, r.standing.Current)
	return nil
}

// stepsOf are the steps of the direction.
func (r *runner) stepsOf(file *revision.File) []revision.Step {
	if r.down {
		return file.Downgrade
	}
	return file.Upgrade
}

// standsAlone says that one of the steps runs outside of a transaction.
func (r *runner) standsAlone(steps []revision.Step) bool {
	return slices.ContainsFunc(steps, func(s revision.Step) bool { return !s.Transaction && s.For(r.Environment) })
}

// giveUp rolls back because of an error.
func (r *runner) giveUp(because error) error { return join(because, r.Conn.Rollback()) }

// join is the one error alone where the other is nil.
func join(first, second error) error {
	switch {
	case second == nil:
		return first
	case first == nil:
		return second
	}
	return errors.Join(first, second)
}

func (r *Result) add(ran Ran, drift, current []string) {
	r.Done = append(r.Done, ran)
	r.Current = current
	r.Drift = append(r.Drift, drift...)
	slices.Sort(r.Drift)
	r.Drift = slices.Compact(r.Drift)
}

// fits says whether the revision's neighbours are as they must be: what it needs applied on the way up, what needs it not on
// the way down.
func (r *runner) fits(standing Standing, file *revision.File) error {
	if r.down {
		for _, child := range r.Graph.Children(file.ID) {
			if _, ok := standing.Applied[child.ID]; ok {
				return &TargetError{Given: file.ID, Reason: fmt.Sprintf("revision %s follows it and was applied meanwhile", child.ID)}
			}
		}
		for _, dependent := range r.Graph.Dependents(file.ID) {
			if _, ok := standing.Applied[dependent.ID]; ok {
				return &TargetError{Given: file.ID, Reason: fmt.Sprintf("revision %s depends on it and was applied meanwhile", dependent.ID)}
			}
		}
		return nil
	}
	for _, parent := range file.Parents {
		if _, ok := standing.Applied[parent]; !ok {
			return &TargetError{Given: file.ID, Reason: fmt.Sprintf("its parent %s isn't applied any more; somebody took it back meanwhile", parent)}
		}
	}
	for _, id := range file.DependsOn {
		if _, ok := standing.Applied[id]; !ok {
			return &TargetError{Given: file.ID, Reason: fmt.Sprintf("revision %s, on which it depends, isn't applied any more; somebody took it back meanwhile", id)}
		}
	}
	return nil
}
