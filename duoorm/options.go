package duoorm

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/duo-orm/duo-orm/internal/project"
)

// Option is a choice that a function of this package is given behind what it needs. Without any, the settings of the
// migrations.hcl beside the revisions hold, or where there is none its defaults.
type Option func(*options)

type options struct {
	target, folder, environment, tool string
	versionTable                      string
	lockWait, lockTimeout             *time.Duration
	allowDrift                        bool
	programs                          func(context.Context, Program) error
	clock                             func() time.Time
	lookup                            func(string) (string, bool)
	logger                            *slog.Logger
}

func chosen(list []Option) options {
	o := options{target: "head", clock: clock, lookup: lookup, tool: tool(), logger: slog.New(slog.DiscardHandler)}
	for _, option := range list {
		option(&o)
	}
	return o
}

// override puts what was chosen in the place of what migrations.hcl says.
func (o options) override(settings *project.Migrations) error {
	if o.versionTable != "" {
		if err := project.CheckVersionTable(o.versionTable); err != nil {
			return &OptionError{Option: "WithVersionTable", because: because{cause: fmt.Errorf("%q can't be the version table: %w", o.versionTable, err)}}
		}
		settings.VersionTable = o.versionTable
	}
	if o.lockWait != nil {
		if *o.lockWait < 0 {
			return &OptionError{Option: "WithLockWait", because: because{cause: errors.New("a time to wait can't be negative")}}
		}
		settings.LockWait = *o.lockWait
	}
	if o.lockTimeout != nil {
		if *o.lockTimeout < time.Millisecond {
			return &OptionError{Option: "WithLockTimeout", because: because{
				cause: errors.New("the time that one statement waits must be at least 1ms: one that waits without end makes all others wait behind it")}}
		}
		settings.LockTimeout = *o.lockTimeout
	}
	return nil
}

// WithTarget says where an upgrade leads: an id or its unique beginning, head (the default), heads, +1, label@head and whatever else
// the command line takes.
func WithTarget(target string) Option { return func(o *options) { o.target = target } }

// WithFolder names the folder in the file system that holds migrations.hcl and versions, such as "db/migrations". Without it,
// the one such folder is found.
func WithFolder(path string) Option { return func(o *options) { o.folder = path } }

// WithEnvironment says in which environment the program runs, for steps that aren't for all (when, unless) and for the
// environment's variables in migrations.hcl.
func WithEnvironment(name string) Option { return func(o *options) { o.environment = name } }

// WithVersionTable names the table that records revisions, in place of version_table in migrations.hcl.
func WithVersionTable(name string) Option { return func(o *options) { o.versionTable = name } }

// WithLockWait says how long somebody else's upgrade is waited for, in place of lock_wait in migrations.hcl: a minute by default.
// So long also the lock of a table and a free connection of a pool are waited for.
func WithLockWait(wait time.Duration) Option { return func(o *options) { o.lockWait = &wait } }

// WithLockTimeout says how long one statement waits for the lock of a table before the revision is rolled back and tried again
// (PostgreSQL), in place of lock_timeout in migrations.hcl: three seconds by default. All who come after it wait behind it.
func WithLockTimeout(wait time.Duration) Option { return func(o *options) { o.lockTimeout = &wait } }

// WithDriftAllowed goes on where objects aren't as a revision expects them. They are in the result.
func WithDriftAllowed() Option { return func(o *options) { o.allowDrift = true } }

// Program is a program of the project that a step or a hook runs.
type Program struct {
	// Args are its path, as it was written, and its arguments.
	Args []string
	// Revision is the one that it runs for; empty for a hook.
	Revision string
	// Environment is what WithEnvironment says.
	Environment string
}

// WithPrograms lets steps and hooks run programs (exec). A Go program often runs where the project's programs aren't, so that
// without this such a step is refused before anything is done: *ProgramRefusedError. The function runs one to its end; what it
// did stays, whatever becomes of the revision.
func WithPrograms(run func(context.Context, Program) error) Option {
	return func(o *options) { o.programs = run }
}

// WithTool names the program in the record, with its version. By default it is duoorm with the version of this module.
func WithTool(name string) Option { return func(o *options) { o.tool = name } }

// WithLogger tells what happens as it happens: each revision, each step, that somebody is waited for. No statement and no value
// is logged.
func WithLogger(logger *slog.Logger) Option { return func(o *options) { o.logger = logger } }

// WithClock is where times in the record come from; time.Now by default.
func WithClock(now func() time.Time) Option { return func(o *options) { o.clock = now } }

// WithLookup is where env("NAME") in migrations.hcl looks for values; os.LookupEnv by default.
func WithLookup(lookup func(name string) (value string, set bool)) Option {
	return func(o *options) { o.lookup = lookup }
}
