package execute

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/planner/revision"
)

// Hooks are what a project runs around the revisions of an upgrade. Downgrades have none.
type Hooks struct {
	// BeforeUpgrade run once before the first revision, outside of transactions, where there is one to run.
	BeforeUpgrade []Hook
	// AfterEach run in each revision's own transaction after its last step: statements only.
	AfterEach []Hook
	// AfterUpgrade run once after the last revision, outside of transactions, where one was run.
	AfterUpgrade []Hook
}

// Hook is a statement, or a program of the project.
type Hook struct {
	SQL  string
	Exec []string
	// Place is where it stands: "db/migrations/migrations.hcl:12".
	Place string
}

// Program is a program of the project with its arguments, and the revision that it is run for.
type Program struct {
	Args     []string
	Revision string
}

// HookError says which hook failed.
type HookError struct {
	// Name is before_upgrade, after_each or after_upgrade.
	Name  string
	Hook  Hook
	Cause error
}

// Error implements error.
func (e *HookError) Error() string {
	return fmt.Sprintf("the hook %s (%s) failed: %v", e.Name, e.Hook.Place, e.Cause)
}

// Unwrap is why.
func (e *HookError) Unwrap() error { return e.Cause }

// The names of hooks.
const (
	beforeUpgrade = "before_upgrade"
	afterEach     = "after_each"
	afterUpgrade  = "after_upgrade"
)

// Programs runs programs of the project.
type Programs interface {
	// Find says why a program can't be started, before anything is done; nil where it can.
	Find(program Program) error
	// Run runs it to its end. One that ends with another exit code than 0 is an error.
	Run(ctx context.Context, program Program) error
}

// errNoPrograms is returned where Options.Programs is nil.
var errNoPrograms = errors.New("programs can't be run from here")

// hook runs the hooks of an upgrade that run once.
func (r *runner) hook(ctx context.Context, name string, hooks []Hook) error {
	if r.down {
		return nil
	}
	for _, hook := range hooks {
		var err error
		if len(hook.Exec) > 0 {
			err = r.runProgram(ctx, Program{Args: hook.Exec})
		} else {
			_, err = r.Conn.Exec(ctx, hook.SQL)
		}
		if err != nil {
			return &HookError{Name: name, Hook: hook, Cause: err}
		}
	}
	return nil
}

// afterEach runs the hooks that belong to a revision's transaction.
func (w *work) afterEach(ctx context.Context) error {
	if w.down {
		return nil
	}
	for _, hook := range w.Hooks.AfterEach {
		if _, err := w.Conn.Exec(ctx, hook.SQL); err != nil {
			return &HookError{Name: afterEach, Hook: hook, Cause: err}
		}
	}
	return nil
}

// program is that of a step.
func (w *work) program(step revision.Step) Program {
	return Program{Args: step.Exec, Revision: w.file.ID}
}

// find makes sure that a program can be started.
func (r *runner) find(program Program) error {
	if r.Programs == nil {
		return fmt.Errorf("run %s: %w", strings.Join(program.Args, " "), errNoPrograms)
	}
	return r.Programs.Find(program)
}

func (r *runner) runProgram(ctx context.Context, program Program) error {
	if err := r.find(program); err != nil {
		return err
	}
	return r.Programs.Run(ctx, program)
}
