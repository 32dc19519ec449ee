package execute

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Scripted is a script that does what a command would do, without a connection.
type Scripted struct {
	// SQL is the script; without Revisions, and where nothing is to be recorded, it is a comment.
	SQL string
	// From and To are the current revisions that it wants and that it leads to.
	From, To []string
	// Revisions are those that it runs or records, in order.
	Revisions []*revision.File
}

// ScriptError says what of a run can't stand in a script.
type ScriptError struct {
	// File and Step are nil for a hook.
	File  *revision.File
	Step  *revision.Step
	Hook  *Hook
	Cause error
}

// Error implements error.
func (e *ScriptError) Error() string {
	if e.Step == nil {
		return fmt.Sprintf("a hook (%s) can't stand in a script: %v", e.Hook.Place, e.Cause)
	}
	return fmt.Sprintf("step %q of revision %s (%s) can't stand in a script: %v", e.Step.Name, e.File.ID, e.File.Path, e.Cause)
}

// Unwrap is why.
func (e *ScriptError) Unwrap() error { return e.Cause }

// errProgram is the reason where a program would have to run.
var errProgram = errors.New("it runs a program, which takes duo-orm and a connection")

// Script writes what Upgrade, or with down Downgrade, would do with a database whose current revisions are from. Options need no
// Conn and no Clock: times are the database's.
func Script(o Options, out drivers.Script, from []string, down bool) (Scripted, error) {
	w := newScripter(o, out, from, down)
	way, err := w.run.way(w.standing)
	if err != nil {
		return Scripted{}, err
	}
	if len(way) == 0 {
		return w.nothing()
	}
	if err := w.hooks(w.Hooks.BeforeUpgrade); err != nil {
		return Scripted{}, err
	}
	for i, file := range way {
		if err := w.revision(file, i == 0); err != nil {
			return Scripted{}, err
		}
	}
	if err := w.hooks(w.Hooks.AfterUpgrade); err != nil {
		return Scripted{}, err
	}
	return w.done(way), nil
}

// StampScript writes what Stamp would do with a database whose current revisions are from.
func StampScript(o Options, out drivers.Script, from []string) (Scripted, error) {
	w := newScripter(o, out, from, false)
	targets, err := w.run.targets(from)
	if err != nil {
		return Scripted{}, err
	}
	wanted := w.Graph.Ancestors(targets...)
	var removed, added []*revision.File
	for _, file := range w.Graph.Revisions() {
		if _, applied := w.standing.Applied[file.ID]; applied && !wanted[file.ID] {
			removed = append(removed, file)
		}
	}
	for _, file := range w.Graph.Upgrade(w.applied(), targets) {
		if file.Dialect != w.Driver.Name() {
			return Scripted{}, &DialectError{File: file, Dialect: w.Driver.Name()}
		}
		added = append(added, file)
	}
	if len(removed)+len(added) == 0 {
		return w.nothing()
	}
	if err := w.begin(drivers.BeginOptions{}, true); err != nil {
		return Scripted{}, err
	}
	for _, file := range removed {
		w.remove(file)
		w.log("unstamp", file, file.Message)
		w.standing = w.standing.after(w.Graph, file, true)
	}
	for _, file := range added {
		w.insert(file, len(file.Upgrade), true)
		w.log("stamp", file, file.Message)
		w.standing = w.standing.after(w.Graph, file, false)
	}
	w.b.WriteString(w.out.Commit())
	return w.done(append(removed, added...)), nil
}

// VersionTableScript writes what EnsureVersion would do.
func VersionTableScript(o Options, out drivers.Script) (Scripted, error) {
	w := newScripter(o, out, nil, false)
	w.b.WriteString("\n" + out.Begin(drivers.BeginOptions{}))
	if err := w.tables(); err != nil {
		return Scripted{}, err
	}
	w.b.WriteString(out.Commit())
	head := fmt.Sprintf("-- %s: %s, the version table and its log, made where they are missing.\n-- Run it with:\n--   %s\n\n", w.Tool, w.Driver.Title(), line(out.Usage("FILE")))
	return Scripted{SQL: head + out.Open() + w.b.String() + out.Close()}, nil
}

// scripter writes one script.
type scripter struct {
	Options
	// run knows the way.
	run *runner
	out drivers.Script
	b   strings.Builder
	// from is where the database has to be, standing where it is behind what was written.
	from     []string
	standing Standing
}

func newScripter(o Options, out drivers.Script, from []string, down bool) *scripter {
	w := &scripter{Options: o, run: &runner{Options: o, down: down}, out: out, from: from}
	applied := o.Graph.Ancestors(from...)
	w.standing = Standing{Applied: map[string]Record{}, Current: o.Graph.Current(applied)}
	for id := range applied {
		w.standing.Applied[id] = Record{Revision: id}
	}
	return w
}

func (w *scripter) applied() []string {
	var ids []string
	for id := range w.standing.Applied {
		ids = append(ids, id)
	}
	return ids
}

// nothing is the result where nothing is to be done: a target on the other side is an error.
func (w *scripter) nothing() (Scripted, error) {
	targets, err := w.run.targets(w.from)
	if err != nil {
		return Scripted{}, err
	}
	to := w.Graph.Current(w.Graph.Ancestors(targets...))
	if !w.run.down && !slices.Equal(to, w.standing.Current) {
		return Scripted{}, &TargetError{Given: w.Target, Reason: "that lies before " + place(w.from) + ", and an upgrade can't lead back; that is a downgrade", Reverse: true}
	}
	return Scripted{SQL: "-- Nothing to do: " + place(to) + " is where it begins.\n", From: w.from, To: to}, nil
}

// done puts head and foot around what was written.
func (w *scripter) done(files []*revision.File) Scripted {
	to := w.standing.Current
	title := fmt.Sprintf("-- %s: %s, from %s to %s.\n", w.Tool, w.Driver.Title(), place(w.from), place(to))
	head := title + "-- It stops where the database is at another revision. Run it with:\n--   " + line(w.out.Usage("FILE")) + "\n\n"
	return Scripted{SQL: head + w.out.Open() + w.b.String() + w.out.Close(), From: w.from, To: to, Revisions: files}
}

func place(ids []string) string {
	if len(ids) == 0 {
		return "<base>"
	}
	return strings.Join(ids, ", ")
}

// line is a text as a comment on one line.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }

func (w *scripter) comment(text string) { w.b.WriteString("\n-- " + line(text) + "\n") }

// tables makes the version table and its log.
func (w *scripter) tables() error {
	for _, statement := range w.Driver.VersionTable(w.VersionTable) {
		text, err := w.out.Statement(statement)
		if err != nil {
			return fmt.Errorf("make the version table: %w", err)
		}
		w.b.WriteString(text)
	}
	return nil
}

// begin begins a transaction and makes sure that the database is where it has to be.
func (w *scripter) begin(options drivers.BeginOptions, first bool) error {
	w.b.WriteString("\n" + w.out.Begin(options))
	if first {
		if err := w.tables(); err != nil {
			return err
		}
		w.recognise()
	}
	w.b.WriteString(w.out.Require(w.at(), "the database is not at "+place(w.standing.Current)))
	return nil
}

// at is a condition: that the current revisions are these, with the checksums of their files, and no revision is unfinished.
func (w *scripter) at() string {
	table := drivers.TableName(w.Driver, w.VersionTable)
	current := "NOT EXISTS (\n    SELECT 1 FROM " + table + " c\n    WHERE " + w.out.Holds("',' || c.parents || ','", "',' || r.revision || ','") + "\n  )"
	conditions := []string{
		"NOT EXISTS (SELECT 1 FROM " + table + " WHERE finished = '')",
		fmt.Sprintf("(SELECT count(*) FROM %s r\n  WHERE %s) = %d", table, current, len(w.standing.Current)),
	}
	for _, id := range w.standing.Current {
		conditions = append(conditions, "EXISTS (SELECT 1 FROM "+table+" r\n  WHERE r.revision = "+w.out.Literal(id)+"\n  AND r.checksum = "+
			w.out.Literal(revision.Checksum(w.Graph.Get(id)))+"\n  AND "+current+")")
	}
	return strings.Join(conditions, "\n  AND ")
}

// hooks are those that run once.
func (w *scripter) hooks(hooks []Hook) error {
	if w.run.down {
		return nil
	}
	for i := range hooks {
		w.comment("hook " + hooks[i].Place)
		if err := w.hook(&hooks[i]); err != nil {
			return err
		}
		w.b.WriteString(w.out.Settle())
	}
	return nil
}

func (w *scripter) hook(hook *Hook) error {
	text, err := "", errProgram
	if len(hook.Exec) == 0 {
		text, err = w.out.Statement(hook.SQL)
	}
	if err != nil {
		return &ScriptError{Hook: hook, Cause: err}
	}
	w.b.WriteString(text)
	return nil
}

// revision writes one revision with its record.
func (w *scripter) revision(file *revision.File, first bool) error {
	verb := "upgrade to "
	if w.run.down {
		verb = "downgrade of "
	}
	w.comment(verb + file.ID + ": " + file.Message)
	if err := w.begin(drivers.BeginOptions{ForeignKeysOff: file.ForeignKeysOff}, first); err != nil {
		return err
	}
	steps, recorded := w.run.stepsOf(file), w.run.down
	for i := range steps {
		if err := w.step(file, steps, i, &recorded); err != nil {
			return err
		}
	}
	if !w.run.down {
		for i := range w.Hooks.AfterEach {
			w.comment("hook " + w.Hooks.AfterEach[i].Place)
			if err := w.hook(&w.Hooks.AfterEach[i]); err != nil {
				return err
			}
		}
	}
	w.b.WriteString("\n" + w.out.Settle())
	action := "upgrade"
	switch {
	case w.run.down:
		action = "downgrade"
		w.remove(file)
	case recorded:
		w.progress(file, len(steps), true)
	default:
		w.insert(file, len(steps), true)
	}
	w.log(action, file, file.Message)
	w.b.WriteString(w.out.Commit())
	w.standing = w.standing.after(w.Graph, file, w.run.down)
	return nil
}

// step writes a step; one that stands alone between two transactions. recorded says that the revision's row is there.
func (w *scripter) step(file *revision.File, steps []revision.Step, number int, recorded *bool) error {
	step := &steps[number]
	if !step.For(w.Environment) {
		w.comment(step.Name + ": skipped, " + step.Condition())
		w.b.WriteString(w.out.Settle())
		w.log("skip", file, fmt.Sprintf("step %d of %d, %s: %s", number+1, len(steps), step.Name, step.Condition()))
		return nil
	}
	if len(step.Exec) > 0 {
		return &ScriptError{File: file, Step: step, Cause: errProgram}
	}
	statement, err := step.Whole(file, w.Driver.QuoteName)
	if err != nil {
		return err
	}
	if !step.Transaction {
		w.b.WriteString("\n" + w.out.Settle())
		w.unfinished(file, number, len(steps), recorded)
		w.b.WriteString(w.out.Commit())
	}
	w.comment(step.Name)
	if step.Each != nil {
		w.b.WriteString("-- For all rows at once: batches take a connection.\n")
	}
	text, err := w.out.Statement(statement)
	if err != nil {
		return &ScriptError{File: file, Step: step, Cause: err}
	}
	w.b.WriteString(text)
	if !step.Transaction {
		w.b.WriteString("\n" + w.out.Settle() + w.out.Begin(drivers.BeginOptions{ForeignKeysOff: file.ForeignKeysOff}))
		w.b.WriteString(w.out.Require(fmt.Sprintf("EXISTS (SELECT 1 FROM %s WHERE revision = %s AND steps = %d AND finished = '')",
			drivers.TableName(w.Driver, w.VersionTable), w.out.Literal(file.ID), stepsColumn(w.run.down, number)), "somebody else went on with "+file.ID))
	}
	return nil
}

// unfinished records that so many steps were done.
func (w *scripter) unfinished(file *revision.File, number, of int, recorded *bool) {
	action := "upgrade unfinished"
	if w.run.down {
		action = "downgrade unfinished"
	}
	if *recorded {
		w.progress(file, stepsColumn(w.run.down, number), false)
	} else {
		w.insert(file, number, false)
	}
	*recorded = true
	w.log(action, file, fmt.Sprintf("%d of %d steps are done", number, of))
}
