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

// work is a revision that is being run.
type work struct {
	*runner
	file  *revision.File
	steps []revision.Step
	begun time.Time
	// before is where the database stood, of which record is the revision's own row on the way down.
	before Standing
	// durable is how many steps are committed, and recorded says that an unfinished row is: both only ever where a step
	// stands alone.
	durable  int
	recorded bool
	// line is the number of the line of the log that says that it was run.
	line int64
	// resumed says that an earlier run did the first steps, from of them; of the one after them rest is left to do.
	resumed bool
	from    int
	rest    []string
	// kept says what stays of the step that is being run outside of a transaction; empty for nothing.
	kept string
	// overtaken says that another run went on with the revision, whose record is left alone then.
	overtaken bool
}

// run executes the steps, writes the record and commits. On an error the transaction is still open.
func (w *work) run(ctx context.Context) error {
	for i := w.from; i < len(w.steps); i++ {
		if err := ctx.Err(); err != nil {
			failure := w.failed(i, err)
			failure.Interrupted = true
			return failure
		}
		if !w.steps[i].For(w.Environment) {
			if err := w.skip(ctx, i); err != nil {
				return w.failed(i, err)
			}
			continue
		}
		begun := w.Clock()
		if err := w.step(ctx, i); err != nil {
			return w.failed(i, err)
		}
		if w.Progress.Step != nil {
			w.Progress.Step(w.file, w.steps[i], i+1, len(w.steps), w.Clock().Sub(begun))
		}
	}
	if err := w.finish(ctx); err != nil {
		return w.failed(len(w.steps), err)
	}
	return nil
}

// finish writes the record in the transaction of the last step.
func (w *work) finish(ctx context.Context) error {
	if err := w.afterEach(ctx); err != nil {
		return err
	}
	if err := w.outcome(ctx, w.before, w.file); err != nil {
		return err
	}
	if err := w.untouched(ctx); err != nil {
		return err
	}
	now, action := w.Clock(), "upgrade"
	var err error
	switch {
	case w.down:
		action = "downgrade"
		err = w.remove(ctx, w.file.ID)
	case w.recorded:
		err = w.progress(ctx, w.file.ID, len(w.steps), now)
	default:
		err = w.insert(ctx, w.file, len(w.steps), w.begun, now)
	}
	if err != nil {
		return err
	}
	if err := w.log(ctx, action, w.file.ID, revision.Checksum(w.file), now, w.file.Message); err != nil {
		return err
	}
	if w.line, err = w.lastLog(ctx); err != nil {
		return err
	}
	return w.Conn.Commit(ctx)
}

// untouched makes sure that no step made or took away records: what the database has applied would be told wrongly from then on.
func (w *work) untouched(ctx context.Context) error {
	want, have := len(w.before.Applied), 0
	if w.recorded && !w.down {
		want++
	}
	err := w.Conn.Query(ctx, "SELECT count(*) FROM "+drivers.TableName(w.Driver, w.VersionTable), nil, func(scan func(...any) error) error { return scan(&have) })
	if err == nil && have != want {
		return fmt.Errorf("the steps change the version table %s, which only duo-orm may: take that statement out", w.VersionTable)
	}
	return err
}

// step runs one step. Before one that stands alone, what came before is committed, with the record of how far it got.
func (w *work) step(ctx context.Context, number int) error {
	step, goesOn := w.steps[number], w.resumed && number == w.from
	statements := w.rest
	if !goesOn {
		statement, err := step.Statement(w.file, "")
		if err != nil {
			return err
		}
		statements = []string{statement}
	}
	if step.Transaction {
		return w.exec(ctx, statements)
	}
	if len(step.Exec) > 0 {
		if err := w.find(w.program(step)); err != nil {
			return err
		}
	}
	if err := w.begin(ctx, number, goesOn); err != nil {
		return err
	}
	var err error
	switch {
	case step.Each != nil:
		err = w.each(ctx, number)
	case len(step.Exec) > 0:
		w.kept = "what its program did stays"
		err = w.Programs.Run(ctx, w.program(step))
	default:
		err = w.exec(ctx, statements)
	}
	if err != nil {
		return err
	}
	w.durable, w.kept = number+1, ""
	options := drivers.BeginOptions{ForeignKeysOff: w.file.ForeignKeysOff, Hold: w.standsAlone(w.steps[number+1:])}
	if err := w.Conn.Begin(ctx, options, w.Progress.Waiting); err != nil {
		return err
	}
	return w.stillOurs(ctx, number)
}

// begin commits what came before a step that stands alone, with the record that it may have run from now on.
func (w *work) begin(ctx context.Context, number int, goesOn bool) error {
	if err := w.unfinished(ctx, number); err != nil {
		return err
	}
	if w.steps[number].Each != nil {
		if err := w.beginEach(ctx, number, goesOn); err != nil {
			return err
		}
	}
	if err := w.Conn.Commit(ctx); err != nil {
		return err
	}
	w.recorded, w.durable = true, number
	return nil
}

// errOvertaken is returned where another run went on with the revision while this one had no transaction open.
var errOvertaken = errors.New("another run took the revision for one that was cut off, and went on with it; look where the database is with: duo-orm migration current")

// stillOurs makes sure that nobody else went on with the revision since a step began that stands alone: where the engine can't hold
// the lock meanwhile, another run may have taken it for one that was cut off.
func (w *work) stillOurs(ctx context.Context, number int) error {
	ours := 0
	err := w.Conn.Query(ctx, "SELECT count(*) FROM "+drivers.TableName(w.Driver, w.VersionTable)+" WHERE revision = ? AND steps = ? AND finished = ''",
		[]any{w.file.ID, stepsColumn(w.down, number)}, func(scan func(...any) error) error { return scan(&ours) })
	if err == nil && ours != 1 {
		w.overtaken = true
		return errOvertaken
	}
	return err
}

func (w *work) exec(ctx context.Context, statements []string) error {
	for _, statement := range statements {
		if _, err := w.Conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// skip tells of a step that isn't for this environment, and records it.
func (w *work) skip(ctx context.Context, number int) error {
	step := w.steps[number]
	detail := fmt.Sprintf("step %d of %d, %s: %s", number+1, len(w.steps), step.Name, step.Condition())
	if err := w.log(ctx, "skip", w.file.ID, revision.Checksum(w.file), w.Clock(), detail); err != nil {
		return err
	}
	if w.Progress.Skip != nil {
		w.Progress.Skip(w.file, step, number+1, len(w.steps))
	}
	return nil
}

// unfinished records that so many steps were done and that the next one may have run or not.
func (w *work) unfinished(ctx context.Context, steps int) error {
	if err := w.insertOrProgress(ctx, steps); err != nil {
		return err
	}
	action := "upgrade unfinished"
	if w.down {
		action = "downgrade unfinished"
	}
	return w.log(ctx, action, w.file.ID, revision.Checksum(w.file), w.Clock(), fmt.Sprintf("%d of %d steps are done", steps, len(w.steps)))
}

func (w *work) insertOrProgress(ctx context.Context, steps int) error {
	if w.down || w.recorded {
		return w.progress(ctx, w.file.ID, stepsColumn(w.down, steps), time.Time{})
	}
	return w.insert(ctx, w.file, steps, w.begun, time.Time{})
}

// settle makes the record say exactly how far a failed revision got, after its transaction was rolled back. Where nothing
// of it is left, the record is what it was before.
func (w *work) settle(ctx context.Context) error {
	if !w.recorded || w.overtaken {
		return nil
	}
	// What is done is done, even if the run is being interrupted.
	ctx = context.WithoutCancel(ctx)
	err := w.Conn.Begin(ctx, drivers.BeginOptions{}, w.Progress.Waiting)
	if err == nil {
		switch record := w.before.Applied[w.file.ID]; {
		case w.durable > 0 || w.resumed || w.kept != "":
			err = w.unfinished(ctx, w.durable)
		case w.down:
			err = w.progress(ctx, w.file.ID, record.Steps, record.Finished)
		default:
			err = w.remove(ctx, w.file.ID)
		}
		if err == nil && w.durable == 0 && !w.resumed && w.kept == "" {
			err = w.log(ctx, "failed", w.file.ID, revision.Checksum(w.file), w.Clock(), "nothing was done")
		}
		if err == nil {
			err = w.Conn.Commit(ctx)
		}
	}
	if err != nil {
		return errors.Join(fmt.Errorf("record how far revision %s got: %w", w.file.ID, err), w.Conn.Rollback())
	}
	return nil
}

// failed says what state the database is in after the step of that index, or with one too many the commit, failed.
func (w *work) failed(index int, cause error) *StepError {
	e := &StepError{File: w.file, Number: index + 1, Of: len(w.steps), Cause: cause}
	if index < len(w.steps) {
		e.Step = &w.steps[index]
	}
	if !w.down {
		units := append(sortedKeys(w.file.Start), sortedKeys(w.file.End)...)
		e.Others = slices.DeleteFunc(w.others(w.before, w.file, units), func(id string) bool { return w.joined(w.file.ID, id) })
	}
	at := "base"
	if len(w.before.Current) > 0 {
		at = strings.Join(w.before.Current, ", ")
	}
	switch {
	case w.overtaken:
		e.State = fmt.Sprintf("Revision %s is as the other run left it.", w.file.ID)
	case w.kept != "":
		e.Unfinished = true
		e.State = fmt.Sprintf("Revision %s is unfinished: %d of %d steps are done and stay; of the next one %s.", w.file.ID, w.durable, len(w.steps), w.kept)
	case w.durable > 0 || w.resumed:
		e.Unfinished = true
		e.State = fmt.Sprintf("Revision %s is unfinished: %d of %d steps are done and stay, the rest was rolled back.", w.file.ID, w.durable, len(w.steps))
	case w.down:
		e.State = fmt.Sprintf("Revision %s is still applied, whole; the database is at %s.", w.file.ID, at)
	default:
		e.State = fmt.Sprintf("Nothing of revision %s was applied; the database is at %s.", w.file.ID, at)
	}
	return e
}
