package duoorm

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Result is what a run did. It comes with an error too: what was committed before stays.
type Result struct {
	// Database names the database for people: "SQLite database /srv/app.db".
	Database string
	// Ran are the revisions that this call ran, in order; none where there was nothing to do, or others ran all of them.
	Ran []Ran
	// From and To are the ids of the current revisions before and after the run, none for base.
	From, To []string
	// Drifted are objects that weren't as a revision expects them, such as "table users", where that was allowed.
	Drifted []string
}

// Ran is a revision that was run.
type Ran struct {
	Revision
	// Steps is how many of its steps were run, Skipped names those that aren't for the environment.
	Steps   int
	Skipped []string
	Took    time.Duration
}

// Upgrade brings a database to the revisions of a file system: to the head, or where [WithTarget] says. What is applied already
// isn't run again; a revision that an earlier run left unfinished is gone on with. Each revision is one transaction with its record,
// but for steps that must stand alone.
//
// Upgrade may be called by many programs at once: one holds the lock, the others wait for it, at most for [WithLockWait], and
// then find the work done, or another revision to run, since the lock is given back behind each. All of them return when the target
// is reached. Where the context ends, the revision that runs is rolled back, and those before it stay.
func Upgrade[H Handle](ctx context.Context, db H, files fs.FS, options ...Option) (Result, error) {
	return run(ctx, db, files, false, chosen(options))
}

// Downgrade takes back what is applied beyond the target: -1 for the newest revision, base for all, or an id that stays. What
// that destroys is lost. Everything else is as for [Upgrade].
func Downgrade[H Handle](ctx context.Context, db H, files fs.FS, target string, options ...Option) (Result, error) {
	return run(ctx, db, files, true, chosen(append(options[:len(options):len(options)], WithTarget(target))))
}

func run[H Handle](ctx context.Context, db H, files fs.FS, down bool, o options) (result Result, err error) {
	m, err := read(files, o)
	if err != nil {
		return result, explain(err)
	}
	if !revision.CountsFromDatabase(o.target) {
		// A target that can't be meant is told before anything is connected to, or made.
		if _, err := m.graph.Resolve(o.target, nil); err != nil {
			return result, explain(err)
		}
	}
	opening := m.opening(o)
	opening.Create = !down
	err = with(ctx, db, opening, func(s session) error {
		r := &runner{options: o, migrations: m, session: s, down: down}
		result, err = r.run(ctx)
		return err
	})
	return result, explain(err)
}

// opening is what a session is opened with.
func (m *migrations) opening(o options) drivers.OpenOptions {
	return drivers.OpenOptions{VersionTable: m.settings.VersionTable, LockWait: m.settings.LockWait, LockTimeout: m.settings.LockTimeout,
		ManagePrivileges: m.settings.ManagePrivileges, Waiting: func(where string) {
			o.logger.Warn("waiting for somebody else to finish with the database", "database", where, "at most", m.settings.LockWait)
		}}
}

// runner does one run.
type runner struct {
	options
	*migrations
	session
	down    bool
	skipped map[string][]string
}

func (r *runner) run(ctx context.Context) (Result, error) {
	result := Result{Database: r.conn.Where()}
	execution, err := r.execution()
	if err != nil {
		return result, err
	}
	if err := r.refusePrograms(ctx, execution); err != nil {
		return result, err
	}
	work := execute.Upgrade
	if r.down {
		work = execute.Downgrade
	}
	done, err := work(ctx, execution)
	result.From, result.To, result.Drifted = done.From, done.Current, done.Drift
	for _, ran := range done.Done {
		result.Ran = append(result.Ran, Ran{Revision: toRevision(ran.File), Steps: ran.Steps - len(r.skipped[ran.File.ID]), Skipped: r.skipped[ran.File.ID], Took: ran.Took})
	}
	return result, err
}

// execution is what execute is given.
func (o options) execution(m *migrations, s session) (execute.Options, error) {
	table := m.settings.VersionTable
	if _, ok := s.driver.(drivers.TableNamer); !ok && strings.Contains(table, ".") {
		return execute.Options{}, &OptionError{Option: "version_table", because: because{
			cause: fmt.Errorf("the version table is %q, but %s has no schemas", table, s.driver.Title()), next: "Take the dot and what stands before it away"}}
	}
	return execute.Options{Driver: s.driver, Conn: s.conn, Graph: m.graph, Target: o.target, Clock: o.clock, Tool: o.tool, VersionTable: table,
		LockWait: m.settings.LockWait, Environment: o.environment, AllowDrift: o.allowDrift}, nil
}

func (r *runner) execution() (execute.Options, error) {
	execution, err := r.options.execution(r.migrations, r.session)
	if err != nil {
		return execution, err
	}
	execution.Programs = programs{run: r.programs, environment: r.environment}
	list := func(hooks []project.Hook) (out []execute.Hook) {
		for _, hook := range hooks {
			out = append(out, execute.Hook{SQL: hook.SQL, Exec: hook.Exec, Place: hook.Place})
		}
		return out
	}
	execution.Hooks = execute.Hooks{BeforeUpgrade: list(r.settings.BeforeUpgrade), AfterEach: list(r.settings.AfterEach), AfterUpgrade: list(r.settings.AfterUpgrade)}
	execution.Progress = r.progress()
	return execution, nil
}

// progress logs what happens, and notes what is skipped.
func (r *runner) progress() execute.Progress {
	verb := "upgrade"
	if r.down {
		verb = "downgrade"
	}
	where := r.conn.Where()
	r.skipped = map[string][]string{}
	return execute.Progress{
		Waiting: func() {
			r.logger.Warn("waiting for somebody else to finish with the database", "database", where, "at most", r.settings.LockWait)
		},
		Begin: func(file *revision.File, _ bool, _ int) {
			r.skipped[file.ID] = nil
			r.logger.Info(verb+" begins", "revision", file.ID, "message", file.Message, "database", where)
		},
		Step: func(file *revision.File, step revision.Step, number, of int, took time.Duration) {
			r.logger.Debug("step done", "revision", file.ID, "step", step.Name, "number", number, "of", of, "took", took)
		},
		Batch: func(file *revision.File, step revision.Step, at execute.Batches) {
			r.logger.Debug("batch done", "revision", file.ID, "step", step.Name, "rows", at.Passed, "of", at.Of, "changed", at.Changed)
		},
		Skip: func(file *revision.File, step revision.Step, _, _ int) {
			r.skipped[file.ID] = append(r.skipped[file.ID], step.Name)
			r.logger.Info("step skipped", "revision", file.ID, "step", step.Name, "because", step.Condition())
		},
		Again: func(file *revision.File, because error) {
			r.logger.Warn("rolled back, and tried again: somebody else is in the way", "revision", file.ID, "because", because)
		},
		BatchAgain: func(file *revision.File, step revision.Step, because error) {
			r.logger.Warn("batch rolled back, and tried again: somebody else is in the way", "revision", file.ID, "step", step.Name, "because", because)
		},
		Replaced: func(replaced execute.Replaced) {
			r.logger.Info("recorded in place of the revisions that it replaces", "revision", replaced.File.ID, "replaced", len(replaced.Records))
		},
		End: func(file *revision.File, took time.Duration) {
			r.logger.Info(verb+" done", "revision", file.ID, "took", took)
		},
	}
}
