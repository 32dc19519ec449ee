package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// migrate runs an upgrade or a downgrade, or shows what it would run.
func (a *app) migrate(ctx context.Context, target string, o runOptions) (err error) {
	if strings.Contains(target, ":") {
		return &usageError{Message: "a range goes with --sql: where the database is, it tells itself", Next: []string{"Name where to, or add --sql for a script."}}
	}
	s, graph, err := a.sessionWithGraph()
	if err != nil {
		return err
	}
	if !revision.CountsFromDatabase(target) {
		// A target that can't be meant is told before anything is connected to, or made.
		if _, err := graph.Resolve(target, nil); err != nil {
			return s.withApplied(ctx, graph, err)
		}
	}
	if err := o.tenants.check(s); err != nil {
		return err
	}
	if s.database.Tenants != nil {
		return s.migrateTenants(ctx, graph, target, o)
	}
	defer s.close(&err)
	if o.dryRun || s.database.Protected && !o.yes {
		way, err := s.preview(ctx, graph, target, o)
		if err != nil {
			return err
		}
		if o.dryRun || len(way.Revisions) == 0 {
			return a.show(way)
		}
		if err := s.confirm(o.yes, question(way)); err != nil {
			return err
		}
		s.close(&err)
		if s.conn = nil; err != nil {
			return err
		}
	}
	result, err := s.migrate(ctx, graph, target, o)
	if err != nil {
		return err
	}
	return a.show(result)
}

// options are what execute is given.
func (s *session) options(graph *revision.Graph, target string) execute.Options {
	return execute.Options{Driver: s.driver, Conn: s.conn, Graph: graph, Target: target, Clock: s.app.clock,
		Tool: "duo-orm " + s.app.build.version, VersionTable: s.migrations.VersionTable,
		Environment: s.database.Environment, Programs: s.programs(), Hooks: s.hooks(),
		LockWait: s.migrations.LockWait, Progress: execute.Progress{Waiting: s.waiting, Again: s.again, BatchAgain: s.batchAgain, Replaced: s.replaced}}
}

func (s *session) waiting() {
	s.tellWaiting(s.conn.Where())
}

// again says that a revision is tried again.
func (s *session) again(file *revision.File, because error) {
	var locked *drivers.LockedError
	if errors.As(because, &locked) && locked.By != "" {
		s.app.note(fmt.Sprintf("Revision %s was rolled back and is tried again: %s is in the way …", file.ID, locked.By))
		return
	}
	s.app.note(fmt.Sprintf("Revision %s was rolled back and is tried again: somebody else is in the way …", file.ID))
}

// replaced says that a revision is recorded in place of others.
func (s *session) replaced(r execute.Replaced) {
	s.app.note(fmt.Sprintf("Recorded revision %s in place of %s: it stands for them, and nothing was run.", r.File.ID, strings.Join(r.Revisions(), ", ")))
}

// batchAgain says that a batch is tried again.
func (s *session) batchAgain(_ *revision.File, step revision.Step, because error) {
	by := "somebody else"
	var locked *drivers.LockedError
	if errors.As(because, &locked) && locked.By != "" {
		by = locked.By
	}
	s.app.note(fmt.Sprintf("A batch of %s was rolled back and is tried again: %s is in the way …", step.Name, by))
}

// preview is what would run. It takes no lock and works on a database that can only be read.
func (s *session) preview(ctx context.Context, graph *revision.Graph, target string, o runOptions) (views.Run, error) {
	result := views.Run{Down: o.down, DryRun: o.dryRun}
	if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
		return result, err
	}
	result.Where = s.conn.Where()
	var err error
	if result.From, err = s.current(ctx, graph); err != nil {
		return result, err
	}
	result.To = result.From
	if o.down && len(result.From) == 0 && relative(target) {
		return result, nil
	}
	way, err := execute.Preview(ctx, s.options(graph, target), o.down)
	if err != nil {
		return result, err
	}
	for _, file := range way {
		run := toRun(file, o.down, s.database.Environment)
		if !o.down {
			run.Steps = append(run.Steps, hookSteps(s.migrations.AfterEach)...)
		}
		result.Revisions = append(result.Revisions, run)
	}
	if len(way) > 0 && !o.down {
		result.Before, result.After = hookSteps(s.migrations.BeforeUpgrade), hookSteps(s.migrations.AfterUpgrade)
	}
	if len(way) > 0 {
		if result.Drift, err = execute.Drifted(ctx, s.options(graph, target), o.down, way[0]); err != nil {
			return result, err
		}
		if result.To, err = s.after(ctx, graph, way, o.down); err != nil {
			return result, err
		}
	}
	return result, nil
}

// after are the revisions that the database is at once these were run.
func (s *session) after(ctx context.Context, graph *revision.Graph, way []*revision.File, down bool) ([]string, error) {
	records, err := s.records(ctx)
	if err != nil {
		return nil, err
	}
	applied := map[string]bool{}
	for id := range execute.Stand(graph, records).Applied {
		applied[id] = true
	}
	for _, file := range way {
		applied[file.ID] = !down
	}
	return graph.Current(applied), nil
}

// current are the revisions that the database is at.
func (s *session) current(ctx context.Context, graph *revision.Graph) ([]string, error) {
	records, err := s.records(ctx)
	if err != nil {
		return nil, err
	}
	return execute.Stand(graph, records).Current, nil
}

// toRun is a revision with the steps that run in this direction.
func toRun(file *revision.File, down bool, environment string) views.RunRevision {
	r := views.RunRevision{ID: file.ID, Message: file.Message, Parents: file.Parents}
	steps := file.Upgrade
	if down {
		steps = file.Downgrade
	}
	for _, step := range steps {
		ran := views.RunStep{Name: step.Name, SQL: step.Shown(), Destroys: step.Destroys}
		if !step.For(environment) {
			ran.Skipped = step.Condition()
		}
		r.Steps = append(r.Steps, ran)
	}
	return r
}

// hookSteps are hooks as a dry run shows them.
func hookSteps(hooks []project.Hook) (steps []views.RunStep) {
	for _, hook := range hooks {
		sql := hook.SQL
		if len(hook.Exec) > 0 {
			sql = revision.Step{Exec: hook.Exec}.Shown()
		}
		steps = append(steps, views.RunStep{Name: "hook " + hook.Place, SQL: sql})
	}
	return steps
}

// question says what is about to happen to a protected environment.
func question(way views.Run) string {
	verb := "upgraded"
	if way.Down {
		verb = "downgraded"
	}
	var ids, lost []string
	for _, r := range way.Revisions {
		ids = append(ids, r.ID)
		for _, step := range r.Steps {
			if step.Destroys != "" {
				lost = append(lost, step.Destroys)
			}
		}
	}
	text := fmt.Sprintf("The %s is about to be %s: %s.", way.Where, verb, strings.Join(ids, ", "))
	if len(lost) > 0 {
		text += " This destroys " + strings.Join(lost, "; ") + "."
	}
	return text
}

// migrate runs the revisions and tells of each step.
func (s *session) migrate(ctx context.Context, graph *revision.Graph, target string, o runOptions) (views.Run, error) {
	result := views.Run{Down: o.down}
	if err := s.open(ctx, drivers.OpenOptions{Create: !o.down && len(graph.Revisions()) > 0}); err != nil {
		return result, err
	}
	var err error
	if result.From, err = s.current(ctx, graph); err != nil {
		return result, err
	}
	result.Where, result.To = s.conn.Where(), result.From
	if o.down && len(result.From) == 0 && relative(target) {
		return result, nil
	}
	options := s.options(graph, target)
	options.AllowDrift = o.allowDrift
	end := s.follow(&options, &result)
	run := execute.Upgrade
	if o.down {
		run = execute.Downgrade
	}
	begun := s.app.clock()
	done, err := run(ctx, options)
	end()
	result.Elapsed, result.To, result.Made = s.app.clock().Sub(begun), done.Current, s.made()
	result.Drift = done.Drift
	if err != nil {
		return result, s.runError(ctx, graph, result, err)
	}
	return result, nil
}

// batchNews is how often a step with batches tells how far it is.
const batchNews = 2 * time.Second

// follow fills the result while revisions run, and prints them. Done, it must be called.
func (s *session) follow(options *execute.Options, result *views.Run) (done func()) {
	var progress *views.Progress
	if !s.app.json && s.worker == nil {
		progress = views.NewProgress(s.app.print(), result.Down)
	}
	var batches *execute.Batches
	add := func(ran views.RunStep) {
		last := &result.Revisions[len(result.Revisions)-1]
		last.Steps = append(last.Steps, ran)
		if progress != nil {
			progress.Step(ran)
		}
	}
	options.Progress.Begin = func(file *revision.File, down bool, done int) {
		result.Revisions = append(result.Revisions, views.RunRevision{ID: file.ID, Message: file.Message, Parents: file.Parents, Done: done})
		if progress != nil {
			all := toRun(file, down, s.database.Environment)
			all.Done = done
			progress.Revision(all)
		}
	}
	options.Progress.Step = func(_ *revision.File, step revision.Step, _, _ int, took time.Duration) {
		ran := views.RunStep{Name: step.Name, SQL: step.Shown(), Destroys: step.Destroys, Elapsed: took}
		if batches != nil {
			ran.Batches, ran.Changed = batches.Done, batches.Changed
			batches = nil
		}
		add(ran)
	}
	options.Progress.Skip = func(_ *revision.File, step revision.Step, _, _ int) {
		add(views.RunStep{Name: step.Name, SQL: step.Shown(), Skipped: step.Condition()})
	}
	told := s.app.clock()
	options.Progress.Batch = func(_ *revision.File, step revision.Step, at execute.Batches) {
		batches = &at
		if now := s.app.clock(); at.Done == 1 || now.Sub(told) >= batchNews {
			told = now
			s.app.note(fmt.Sprintf("%s: %d of %d rows, %d changed …", step.Name, min(at.Passed, at.Of), at.Of, at.Changed))
		}
	}
	options.Progress.End = func(_ *revision.File, took time.Duration) {
		last := &result.Revisions[len(result.Revisions)-1]
		last.Elapsed, last.Finished = took, true
	}
	return func() {
		if progress != nil {
			progress.End()
		}
	}
}

// runError is why a run stopped, with what was done before, and for drift with the difference.
type runError struct {
	result views.Run
	cause  error
	// differences are sentences about objects that aren't as a revision expects them.
	differences []string
}

// Error implements error.
func (e *runError) Error() string { return e.cause.Error() }

// Unwrap is why the run stopped.
func (e *runError) Unwrap() error { return e.cause }

func (s *session) runError(ctx context.Context, graph *revision.Graph, result views.Run, cause error) error {
	e := &runError{result: result, cause: cause}
	var drift *execute.DriftError
	if errors.As(cause, &drift) {
		e.differences = s.drifted(ctx, graph, drift)
	}
	return e
}

// drifted shows how the database differs from what the revisions lead to; nothing where they can't be replayed on scratch,
// since the names are known all the same.
func (s *session) drifted(ctx context.Context, graph *revision.Graph, drift *execute.DriftError) []string {
	before := graph.Before(drift.File)
	if drift.Down {
		before = append(before, drift.File)
	}
	differences, err := planner.Drift(ctx, planner.DriftRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch, Applied: before, Units: drift.Units})
	if err != nil {
		return []string{"The difference can't be shown: " + err.Error()}
	}
	return differences
}
