package duoorm

import (
	"context"
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/planner/execute"
)

// programs implements execute.Programs.
type programs struct {
	// run is nil where no program may be run.
	run         func(context.Context, Program) error
	environment string
}

func (p programs) of(program execute.Program) Program {
	return Program{Args: program.Args, Revision: program.Revision, Environment: p.environment}
}

// Find implements execute.Programs: whether an allowed program can be started is known to the one who starts it.
func (p programs) Find(program execute.Program) error {
	if p.run == nil {
		return refused(p.of(program), "", "revision "+program.Revision)
	}
	return nil
}

// Run implements execute.Programs.
func (p programs) Run(ctx context.Context, program execute.Program) error {
	if err := p.run(ctx, p.of(program)); err != nil {
		return fmt.Errorf("%s: %w", program.Args[0], err)
	}
	return nil
}

func refused(program Program, step, where string) error {
	e := &ProgramRefusedError{Program: program, Step: step}
	e.cause = fmt.Errorf("%s runs the program %s, which wasn't allowed", where, program.Args[0])
	e.next = "Let the command line run it (duo-orm migration upgrade), or allow it with duoorm.WithPrograms"
	return e
}

// refusePrograms refuses a run in which a program would have to be run and none may be, before anything is done. Of a revision that is
// unfinished the step itself is refused.
func (r *runner) refusePrograms(ctx context.Context, execution execute.Options) error {
	if r.programs != nil {
		return nil
	}
	way, err := execute.Preview(ctx, execution, r.down)
	if err != nil || len(way) == 0 {
		return ctx.Err() // the run says what is wrong, or goes on with what is unfinished
	}
	for _, file := range way {
		steps := file.Upgrade
		if r.down {
			steps = file.Downgrade
		}
		for _, step := range steps {
			if len(step.Exec) > 0 && step.For(r.environment) {
				program := Program{Args: step.Exec, Revision: file.ID, Environment: r.environment}
				return refused(program, step.Name, fmt.Sprintf("step %q of revision %s (%s)", step.Name, file.ID, file.Path))
			}
		}
	}
	if r.down {
		return nil
	}
	for _, hook := range slices.Concat(execution.Hooks.BeforeUpgrade, execution.Hooks.AfterUpgrade) {
		if len(hook.Exec) > 0 {
			return refused(Program{Args: hook.Exec, Environment: r.environment}, "", "a hook ("+hook.Place+")")
		}
	}
	return nil
}
