package execute

import (
	"context"
	"errors"
	"maps"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// resume goes on with the revision that stopped on its way, if that was in the same direction. What ran in transactions is
// there whole or not at all; of a step that stands alone the driver finds out in the database what is left to do. Where it
// can't, the *UnfinishedError stays.
func (r *runner) resume(ctx context.Context, stopped *UnfinishedError, result *Result) error {
	file := r.Graph.Get(stopped.Record.Revision)
	if stopped.Why = r.obstacle(file, stopped.Record); stopped.Why != "" {
		return stopped
	}
	if stopped.Opposite = stopped.Record.Down != r.down; stopped.Opposite {
		stopped.Why = "only the same direction can go on with it"
		return stopped
	}
	if err := r.Conn.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: file.ForeignKeysOff, Hold: true}, r.Progress.Waiting); err != nil {
		return err
	}
	standing, err := r.look(ctx)
	var still *UnfinishedError
	if !errors.As(err, &still) || still.Record.Revision != file.ID || still.Record.Down != r.down {
		return r.giveUp(err) // somebody else was faster
	}
	w := &work{runner: r, file: file, begun: r.Clock(), steps: r.stepsOf(file), before: standing, recorded: true, durable: still.Record.Steps, from: still.Record.Steps, resumed: true}
	if !r.down {
		w.before.Applied = maps.Clone(standing.Applied)
		delete(w.before.Applied, file.ID)
	}
	if w.rest, err = w.leftToDo(ctx); err != nil {
		return r.giveUp(err)
	}
	if r.Progress.Begin != nil {
		r.Progress.Begin(file, r.down, still.Record.Steps)
	}
	if err := w.run(ctx); err != nil {
		return join(r.giveUp(err), w.settle(ctx))
	}
	took := r.Clock().Sub(w.begun)
	result.From = standing.Current
	if r.Progress.End != nil {
		r.Progress.End(file, took)
	}
	if standing, err = r.look(ctx); err != nil {
		return err
	}
	result.add(Ran{File: file, Steps: len(w.steps) - still.Record.Steps, Took: took}, nil, standing.Current)
	return nil
}

// obstacle says why a revision can't be gone on with; empty where it can.
func (r *runner) obstacle(file *revision.File, record Record) string {
	switch {
	case file == nil:
		return "no file holds it"
	case revision.Checksum(file) != record.Checksum:
		return file.Path + " was edited since"
	case record.Down == r.down && record.Steps > len(r.stepsOf(file)):
		return file.Path + " has fewer steps"
	}
	return ""
}

// leftToDo are the statements of the first step that isn't surely done. What ran in a transaction was rolled back.
func (w *work) leftToDo(ctx context.Context) ([]string, error) {
	if w.durable == len(w.steps) {
		return nil, nil
	}
	step := w.steps[w.durable]
	if !step.For(w.Environment) {
		return nil, nil
	}
	statement, err := step.Statement(w.file, "")
	if err != nil {
		return nil, err
	}
	if step.Transaction || step.Each != nil || step.Again {
		return []string{statement}, nil
	}
	unsure := &UnfinishedError{Record: Record{Revision: w.file.ID, Steps: w.durable, Down: w.down}, Step: &w.steps[w.durable], Why: "whether that step ran can't be told"}
	if len(step.Exec) > 0 {
		unsure.Why = "how far its program got can't be told, and the step doesn't say again = true"
		return nil, unsure
	}
	resumer, ok := w.Driver.(drivers.Resumer)
	if !ok {
		return nil, unsure
	}
	statements, known, err := resumer.Resume(ctx, w.Conn, statement)
	if err == nil && !known {
		err = unsure
	}
	return statements, err
}
