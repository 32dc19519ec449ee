package execute

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Options are what a run is made with. All but AllowDrift and Progress are needed.
type Options struct {
	Driver drivers.Driver
	Conn   drivers.Connection
	Graph  *revision.Graph
	// Target is where to, as Graph.Resolve reads it.
	Target string
	Clock  func() time.Time
	// Tool is the program with its version, for the record.
	Tool         string
	VersionTable string
	// AllowDrift goes on where units aren't as a revision expects them.
	AllowDrift bool
	Progress   Progress
}

// Progress is told what happens as it happens. Each function may be nil.
type Progress struct {
	// Waiting is called once when somebody else holds the lock.
	Waiting func()
	// Begin is called before a revision's first step.
	Begin func(file *revision.File, down bool)
	// Step is called after each step; number counts from 1.
	Step func(file *revision.File, step revision.Step, number, of int, took time.Duration)
	// End is called after a revision is committed.
	End func(file *revision.File, took time.Duration)
}

// Result is what a run did. It is returned with an error too: what was committed before stays.
type Result struct {
	// Done are the revisions that were run, in order.
	Done []Ran
	// Current are the current revisions after the run.
	Current []string
}

// Ran is one revision that was run.
type Ran struct {
	File  *revision.File
	Steps int
	Took  time.Duration
}

// Upgrade runs what the target needs and the database lacks. With nothing to do no lock is taken and Result.Done is empty.
func Upgrade(ctx context.Context, o Options) (Result, error) { return (&runner{Options: o}).all(ctx) }

// Downgrade takes back what is applied beyond the target.
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

type runner struct {
	Options
	down bool
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

// way is what is to be run from where the database stands.
func (r *runner) way(standing Standing) ([]*revision.File, error) {
	target, err := r.Graph.Resolve(r.Target, standing.Current)
	if err != nil {
		return nil, err
	}
	var applied []string
	for id := range standing.Applied {
		applied = append(applied, id)
	}
	if !r.down {
		return r.Graph.Upgrade(applied, target.Revisions), nil
	}
	for _, id := range target.Revisions {
		if _, ok := standing.Applied[id]; !ok {
			return nil, &TargetError{Given: r.Target, Reason: fmt.Sprintf("revision %s isn't applied, so that a downgrade can't lead to it", id)}
		}
	}
	return r.Graph.Downgrade(applied, target.Revisions), nil
}

func (r *runner) all(ctx context.Context) (Result, error) {
	var result Result
	standing, err := r.look(ctx)
	if err != nil {
		return result, err
	}
	result.Current = standing.Current
	way, err := r.way(standing)
	if err != nil {
		return result, err
	}
	for _, file := range way {
		if err := ctx.Err(); err != nil {
			return result, err
		}
		ran, current, err := r.one(ctx, file)
		if err != nil {
			return result, err
		}
		if result.Current = current; ran != nil {
			result.Done = append(result.Done, *ran)
		}
	}
	return result, nil
}

// one runs one revision under the lock, unless somebody else did so meanwhile.
func (r *runner) one(ctx context.Context, file *revision.File) (*Ran, []string, error) {
	if file.Dialect != r.Driver.Name() {
		return nil, nil, &DialectError{File: file, Dialect: r.Driver.Name()}
	}
	if err := r.Conn.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: file.ForeignKeysOff}, r.Progress.Waiting); err != nil {
		return nil, nil, err
	}
	ran, err := r.locked(ctx, file)
	if err != nil {
		return nil, nil, errors.Join(err, r.Conn.Rollback())
	}
	if ran == nil {
		if err := r.Conn.Rollback(); err != nil {
			return nil, nil, err
		}
	}
	standing, err := r.look(ctx)
	return ran, standing.Current, err
}

// locked does the work of a revision within its transaction and commits. Everything is read again first.
func (r *runner) locked(ctx context.Context, file *revision.File) (*Ran, error) {
	standing, err := r.look(ctx)
	if err != nil {
		return nil, err
	}
	if _, applied := standing.Applied[file.ID]; applied != r.down {
		return nil, nil
	}
	if err := r.fits(standing, file); err != nil {
		return nil, err
	}
	if err := r.drift(ctx, file); err != nil {
		return nil, err
	}
	if r.Progress.Begin != nil {
		r.Progress.Begin(file, r.down)
	}
	w := &work{runner: r, file: file, begun: r.Clock(), steps: file.Upgrade}
	if r.down {
		w.steps = file.Downgrade
	}
	if err := w.run(ctx); err != nil {
		return nil, err
	}
	took := r.Clock().Sub(w.begun)
	if r.Progress.End != nil {
		r.Progress.End(file, took)
	}
	return &Ran{File: file, Steps: len(w.steps), Took: took}, nil
}

// fits says whether the revision's neighbours are as they must be: parents applied on the way up, children not on the way down.
func (r *runner) fits(standing Standing, file *revision.File) error {
	if r.down {
		for _, child := range r.Graph.Children(file.ID) {
			if _, ok := standing.Applied[child.ID]; ok {
				return &TargetError{Given: file.ID, Reason: fmt.Sprintf("revision %s follows it and is applied", child.ID)}
			}
		}
		return nil
	}
	for _, parent := range file.Parents {
		if _, ok := standing.Applied[parent]; !ok {
			return &TargetError{Given: file.ID, Reason: fmt.Sprintf("its parent %s isn't applied any more; somebody took it back meanwhile", parent)}
		}
	}
	return nil
}

// drift compares the units that a revision rests on with its fingerprints: start on the way up, end on the way down. A
// file that was edited since its proof doesn't know how it leaves the units.
func (r *runner) drift(ctx context.Context, file *revision.File) error {
	prints := file.Start
	if r.down {
		if prints = file.End; file.ProvedState() == revision.EditedSince {
			return nil
		}
	}
	if len(prints) == 0 || r.AllowDrift {
		return nil
	}
	inspection, err := r.Conn.Inspect(ctx)
	if err != nil {
		return err
	}
	is := map[string]string{}
	for _, unit := range drivers.Units(r.Driver, inspection.State) {
		is[unit.Identity().String()] = drivers.Fingerprint(unit, inspection.State.Key)
	}
	drifted := &DriftError{File: file, Down: r.down}
	for _, unit := range sortedKeys(prints) {
		print, there := is[unit]
		if !there {
			drifted.Absent = append(drifted.Absent, unit)
		}
		if print != prints[unit] {
			drifted.Units = append(drifted.Units, unit)
		}
	}
	if len(drifted.Units) > 0 {
		return drifted
	}
	return nil
}

// work is a revision that is being run.
type work struct {
	*runner
	file  *revision.File
	steps []revision.Step
	begun time.Time
	// recorded says that an unfinished record was committed before a step that stands alone.
	recorded bool
}

// run executes the steps, writes the record and commits.
func (w *work) run(ctx context.Context) error {
	for _, statement := range w.Driver.VersionTable(w.VersionTable) {
		if _, err := w.Conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("make the version table: %w", err)
		}
	}
	for i, step := range w.steps {
		if err := ctx.Err(); err != nil {
			return w.failed(nil, i, err)
		}
		begun := w.Clock()
		if err := w.step(ctx, step, i); err != nil {
			return w.failed(&w.steps[i], i, err)
		}
		if w.Progress.Step != nil {
			w.Progress.Step(w.file, step, i+1, len(w.steps), w.Clock().Sub(begun))
		}
	}
	if err := w.record(ctx, len(w.steps), w.Clock()); err != nil {
		return w.failed(nil, len(w.steps), err)
	}
	if err := w.Conn.Commit(ctx); err != nil {
		return w.failed(nil, len(w.steps), err)
	}
	return nil
}

// step runs one statement; one that stands alone after what came before is committed, with the record of how far it got.
func (w *work) step(ctx context.Context, step revision.Step, number int) error {
	if step.Transaction {
		_, err := w.Conn.Exec(ctx, step.SQL)
		return err
	}
	if err := w.record(ctx, number, time.Time{}); err != nil {
		return err
	}
	if err := w.Conn.Commit(ctx); err != nil {
		return err
	}
	w.recorded = true
	if _, err := w.Conn.Exec(ctx, step.SQL); err != nil {
		return err
	}
	return w.Conn.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: w.file.ForeignKeysOff}, w.Progress.Waiting)
}

// failed says what state the database is in.
func (w *work) failed(step *revision.Step, index int, cause error) error {
	state := fmt.Sprintf("Nothing of revision %s was applied.", w.file.ID)
	if w.down {
		state = fmt.Sprintf("Revision %s is still applied, whole.", w.file.ID)
	}
	if w.recorded {
		state = fmt.Sprintf("Revision %s is unfinished: %d of %d steps are done.", w.file.ID, index, len(w.steps))
	}
	return &StepError{File: w.file, Step: step, Number: index + 1, Of: len(w.steps), Cause: cause, State: state}
}

// record writes, or takes away, the revision's row, and adds to the log when it is finished. The row is the second fence
// against two writers: it must not be there on the way up, and must be on the way down.
func (w *work) record(ctx context.Context, steps int, finished time.Time) error {
	table := w.Driver.QuoteName(w.VersionTable)
	switch {
	case w.down && finished.IsZero():
		n, err := w.Conn.Exec(ctx, "UPDATE "+table+" SET steps = ?, finished = '' WHERE revision = ?", len(w.file.Upgrade)-steps, w.file.ID)
		return one(n, err)
	case w.down:
		n, err := w.Conn.Exec(ctx, "DELETE FROM "+table+" WHERE revision = ?", w.file.ID)
		if err := one(n, err); err != nil {
			return err
		}
		return w.log(ctx, "downgrade", w.file, finished)
	}
	if w.recorded {
		n, err := w.Conn.Exec(ctx, "UPDATE "+table+" SET steps = ?, finished = ? WHERE revision = ?", steps, timeText(finished), w.file.ID)
		if err := one(n, err); err != nil {
			return err
		}
	} else if err := w.insert(ctx, w.file, steps, w.begun, finished); err != nil {
		return err
	}
	if finished.IsZero() {
		return nil
	}
	return w.log(ctx, "upgrade", w.file, finished)
}

func one(n int64, err error) error {
	if err == nil && n != 1 {
		return errors.New("somebody else changed the version table meanwhile")
	}
	return err
}

// insert writes the row of a revision.
func (r *runner) insert(ctx context.Context, file *revision.File, steps int, begun, finished time.Time) error {
	makes, drops := net(file.Upgrade)
	_, err := r.Conn.Exec(ctx, "INSERT INTO "+r.Driver.QuoteName(r.VersionTable)+
		" (revision, parents, message, checksum, steps, makes, drops, started, finished, tool) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		file.ID, strings.Join(file.Parents, ","), file.Message, revision.Checksum(file), steps, jsonList(makes), jsonList(drops),
		timeText(begun), timeText(finished), r.Tool)
	return err
}

// log adds a line to the log, which is never changed.
func (r *runner) log(ctx context.Context, action string, file *revision.File, at time.Time) error {
	_, err := r.Conn.Exec(ctx, "INSERT INTO "+r.Driver.QuoteName(r.VersionTable+"_log")+" (at, action, revision, checksum, tool, detail) VALUES (?, ?, ?, ?, ?, ?)",
		timeText(at), action, file.ID, revision.Checksum(file), r.Tool, file.Message)
	return err
}

func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(stamp)
}

func jsonList(list []string) string {
	text, err := json.Marshal(append([]string{}, list...))
	if err != nil { // strings always marshal
		return "[]"
	}
	return string(text)
}
