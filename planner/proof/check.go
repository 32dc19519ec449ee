package proof

import (
	"context"
	"errors"
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Check proves a plan. A plan that doesn't hold is a *Failure; any other error says that no proof could be made: no
// scratch database, a context that ended. Where a step fails at a made-up value that the engine can't convert, which tells
// nothing about the plan, the proof is made again without rows in that table; so it is where rows don't fit the table that gets their partition.
func Check(ctx context.Context, r Request) (*Result, error) {
	barren := map[*hclschema.Object]string{}
	for {
		p := newProver(r)
		for _, t := range p.tables {
			if reason := barren[t.any()]; reason != "" {
				t.unfilled = reason
			}
		}
		result, err := p.check(ctx)
		if err == nil || ctx.Err() != nil || !p.strange(err, barren) && !p.misplaced(err, barren) {
			return result, err
		}
	}
}

// strange says that a proof failed at a value that can't be converted, and notes the tables that may have it: the step's, or where
// that isn't known all of which columns are converted. It is false where none is left to note.
func (p *prover) strange(err error, barren map[*hclschema.Object]string) bool {
	var failure *Failure
	judge, ok := p.request.Driver.(drivers.ValueJudge)
	if !ok || !errors.As(err, &failure) || failure.Step == nil || failure.Cause == nil {
		return false
	}
	reason, unfit := judge.Unfit(failure.Cause)
	if !unfit {
		return false
	}
	var suspects []*table
	for _, t := range p.tables {
		if t.unfilled == "" && t.converts() {
			suspects = append(suspects, t)
		}
	}
	for _, t := range suspects {
		if t.identity() == failure.Step.Unit {
			suspects = []*table{t}
			break
		}
	}
	for _, t := range suspects {
		barren[t.any()] = "no value could be made that the conversion takes: " + reason
	}
	return len(suspects) > 0
}

// misplaced says that a proof failed at a step where rows that were made up for tables may lie in partitions that others get, for which
// they weren't made, and notes these tables. It is false where none is left to note.
func (p *prover) misplaced(err error, barren map[*hclschema.Object]string) bool {
	var failure *Failure
	if !errors.As(err, &failure) || failure.Step == nil || failure.Cause == nil {
		return false
	}
	found := false
	for t := range newKinship(p.tables).scatters {
		if t.unfilled == "" {
			barren[t.any()], found = "its partitions go to others, and the rows that could be made up don't fit there: "+failure.Cause.Error(), true
		}
	}
	return found
}

// converts says that a column of the table gets another type.
func (t *table) converts() bool {
	for _, c := range t.columns {
		if c.both() && !hclschema.Equal(c.objects[atStart].Properties[hclschema.PropType], c.objects[atEnd].Properties[hclschema.PropType]) {
			return true
		}
	}
	return false
}

// check makes the proof once.
func (p *prover) check(ctx context.Context) (*Result, error) {
	err := p.run(ctx)
	for _, d := range p.open {
		err = errors.Join(err, d.conn.Close())
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, single(err)
	}
	for _, t := range p.tables {
		if t.without != "" {
			p.result.WithoutRows = append(p.result.WithoutRows, fmt.Sprintf("%s (%s)", t.identity().Path(), t.without))
		}
	}
	return p.result, nil
}

func newProver(r Request) *prover {
	pairs := pair(r)
	return &prover{request: r, sampler: pairs.sampler, tables: pairs.tables, counters: pairs.counters, result: &Result{}, counted: map[*table]bool{}}
}

// single is the Failure within an error, if there is one, else the error.
func single(err error) error {
	var failure *Failure
	if errors.As(err, &failure) {
		return failure
	}
	return err
}

type prover struct {
	request Request
	// sampler is nil for an engine with loose types.
	sampler drivers.Sampler
	tables  []*table
	// counters are the sources of numbers that a sampler knows.
	counters []*source
	result   *Result
	open     []*database
	// placed are the rows that both sides took.
	placed []placed
	// doubts are tables whose rows may keep the way down from being gone, since what was dropped has no default.
	doubts map[*table]bool
	// gone are those of them that did, and the tables whose rows refer to theirs.
	gone map[*table]bool
	// counted are the late tables whose rows are in the result: the way down may be gone more than once.
	counted map[*table]bool
}

// stages of a proof, as Failure names them.
const (
	stageStart     = "start"
	stageEnd       = "end"
	stageUpgrade   = "upgrade"
	stageDowngrade = "downgrade"
	stageAgain     = "second upgrade"
)

// run goes the whole way with rows; where some of them keep the way down from being gone, it is gone once more without them.
func (p *prover) run(ctx context.Context) error {
	main, err := p.start(ctx)
	if err != nil {
		return err
	}
	p.result.Server = main.conn.Server()
	if err := p.putRows(ctx, main); err != nil {
		return err
	}
	if p.request.OneWay {
		return p.upgrade(ctx, main)
	}
	back, err := p.comeBack(ctx)
	if err != nil {
		return err
	}
	if err := p.upgrade(ctx, main); err != nil {
		return err
	}
	err = p.wayBack(ctx, main)
	if len(p.doubts) > 0 && stopped(err) != nil {
		err = p.wayBackWithout(ctx)
	}
	if err != nil {
		return err
	}
	p.noteOthers()
	return p.wayBackFilled(ctx, back)
}

// scratch opens an empty database and makes one of the two states on it.
func (p *prover) scratch(ctx context.Context, s side) (*database, error) {
	conn, err := p.request.Scratch(ctx)
	if err != nil {
		return nil, fmt.Errorf("open a scratch database: %w", err)
	}
	d := &database{conn: conn, quote: p.request.Driver.QuoteName, side: s, sampler: p.sampler}
	p.open = append(p.open, d)
	if s == atStart {
		return d, steps(ctx, conn, stageStart, p.request.MakeStart, p.request.StartUnenforced)
	}
	return d, steps(ctx, conn, stageEnd, p.request.MakeEnd, false)
}

func (p *prover) start(ctx context.Context) (*database, error) {
	d, err := p.scratch(ctx, atStart)
	if err != nil {
		return nil, err
	}
	return d, expect(ctx, d.conn, stageStart, p.request.Start)
}

// expect compares what a database holds with a state.
func expect(ctx context.Context, conn drivers.Connection, stage string, want *hclschema.State) error {
	inspection, err := conn.Inspect(ctx)
	if err != nil {
		return &Failure{Stage: stage, Cause: fmt.Errorf("inspect the scratch database: %w", err)}
	}
	differences := Difference(want, inspection.State)
	for _, unread := range inspection.Unread {
		differences = append(differences, fmt.Sprintf("%s can't be carried: %s", unread.Identity, unread.Reason))
	}
	if differences != nil {
		return &Failure{Stage: stage, Differences: differences}
	}
	return nil
}

// putRows fills the tables of the start with rows that the end takes too.
func (p *prover) putRows(ctx context.Context, main *database) error {
	var start []*table
	both := false
	for _, t := range p.tables {
		if t.objects[atStart] != nil {
			start = append(start, t)
			both = both || t.both()
		}
	}
	f := &filler{main: main, trials: mostTrials}
	if both {
		judge, err := p.scratch(ctx, atEnd)
		if err != nil {
			return err
		}
		f.judge = judge
	}
	if err := f.fill(ctx, start); err != nil {
		return fmt.Errorf("put rows into the start state: %w", err)
	}
	if err := p.raise(ctx, main); err != nil {
		return err
	}
	p.placed = f.placed
	for _, t := range start {
		p.result.Rows += len(t.rows)
	}
	return nil
}

// upgrade runs the way up and compares the schema and the rows.
func (p *prover) upgrade(ctx context.Context, main *database) error {
	main.side = atStart
	before, err := p.snapshot(ctx, main)
	if err != nil {
		return &Failure{Stage: stageStart, Cause: err}
	}
	return p.move(ctx, main, stageUpgrade, before)
}

// move runs the steps of a stage and compares what comes out.
func (p *prover) move(ctx context.Context, main *database, stage string, before *snapshot) error {
	way, want, to := p.request.Upgrade, p.request.End, atEnd
	if stage == stageDowngrade {
		way, want, to = p.request.Downgrade, p.request.Start, atStart
	}
	from := main.side
	if err := steps(ctx, main.conn, stage, way, p.request.ForeignKeysOff); err != nil {
		return err
	}
	main.side = to
	if err := expect(ctx, main.conn, stage, want); err != nil {
		return err
	}
	kept := p.kept(way, from)
	after, err := p.snapshotOf(ctx, main, kept)
	if err != nil {
		return &Failure{Stage: stage, Cause: err}
	}
	differences := lost(kept, before, after, "after the "+stage)
	differences = append(differences, p.reset(kept, before, after, "after the "+stage)...)
	for _, t := range kept {
		sentence, err := main.forgotten(ctx, t)
		if err != nil {
			return &Failure{Stage: stage, Cause: err}
		}
		if sentence != "" {
			differences = append(differences, sentence)
		}
	}
	if differences != nil {
		return &Failure{Stage: stage, Differences: differences, OfRows: true}
	}
	return nil
}

// kept are the tables whose rows must survive the steps: all but those that a step says it destroys or changes.
func (p *prover) kept(way []drivers.Step, from side) []*table {
	state := p.request.Start
	if from == atEnd {
		state = p.request.End
	}
	destroyed := map[hclschema.Identity]bool{}
	for _, step := range way {
		for _, id := range step.Changes {
			destroyed[state.Key(id)] = true
		}
		if step.Destroys != "" {
			for _, id := range step.Drops {
				destroyed[state.Key(id)] = true
			}
		}
	}
	for _, t := range p.tables {
		if o := t.objects[from]; o != nil && t.elsewhere(from) && destroyed[state.Key(o.Identity)] {
			destroyed[state.Key(t.facts[from].Of)] = true // a partition goes with some of its table's rows
		}
	}
	var kept []*table
	for _, t := range p.tables {
		if t.both() && !destroyed[state.Key(t.objects[from].Identity)] {
			kept = append(kept, t)
		}
	}
	return kept
}
