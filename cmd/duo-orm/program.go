package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner/execute"
)

// programs runs the project's own programs, in the project's root, with the database's URL in their environment.
type programs struct{ session *session }

func (s *session) programs() execute.Programs { return programs{s} }

// hooks are those of migrations.hcl.
func (s *session) hooks() execute.Hooks {
	list := func(hooks []project.Hook) (out []execute.Hook) {
		for _, hook := range hooks {
			out = append(out, execute.Hook{SQL: hook.SQL, Exec: hook.Exec, Place: hook.Place})
		}
		return out
	}
	return execute.Hooks{BeforeUpgrade: list(s.migrations.BeforeUpgrade), AfterEach: list(s.migrations.AfterEach), AfterUpgrade: list(s.migrations.AfterUpgrade)}
}

// goodbye is how long a program may take to end after it was interrupted.
const goodbye = 10 * time.Second

// programError is a program that can't be started, or that failed.
type programError struct {
	program string
	cause   error
}

// Error implements error.
func (e *programError) Error() string {
	var ended *exec.ExitError
	if errors.As(e.cause, &ended) && ended.Exited() {
		return fmt.Sprintf("%s ended with exit code %d", e.program, ended.ExitCode())
	}
	return fmt.Sprintf("%s: %v", e.program, e.cause)
}

// Unwrap is the system's error.
func (e *programError) Unwrap() error { return e.cause }

func (p programs) command(ctx context.Context, program execute.Program) *exec.Cmd {
	s := p.session
	command := exec.CommandContext(ctx, program.Args[0], program.Args[1:]...)
	command.Dir = s.project.Root
	command.Env = append(os.Environ(), "DUO_ORM_URL="+s.database.URL, "DUO_ORM_ENV="+s.database.Environment, "DUO_ORM_DIR="+s.project.Dir, "DUO_ORM_REVISION="+program.Revision)
	if s.tenant.name != "" {
		command.Env = append(command.Env, "DUO_ORM_TENANT="+s.tenant.name)
	}
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = goodbye
	return command
}

// Find implements execute.Programs.
func (p programs) Find(program execute.Program) error {
	name := program.Args[0]
	if strings.ContainsAny(name, `/\`) && !filepath.IsAbs(name) {
		name = p.session.project.Absolute(name)
	}
	if _, err := exec.LookPath(name); err != nil {
		var missing *exec.Error
		if errors.As(err, &missing) {
			err = missing.Err
		}
		return &programError{program: program.Args[0], cause: err}
	}
	return nil
}

// Run implements execute.Programs.
func (p programs) Run(ctx context.Context, program execute.Program) error {
	// Results alone go to standard output.
	out := &wholeLines{out: p.session.app.stderr}
	command := p.command(ctx, program)
	command.Stdout, command.Stderr = out, out
	err := command.Run()
	if ended := out.end(); err == nil {
		err = ended
	}
	if err != nil {
		return &programError{program: program.Args[0], cause: err}
	}
	return nil
}

// wholeLines hands on whole lines only, so that a secret in one isn't cut in two.
type wholeLines struct {
	out  io.Writer
	rest []byte
}

// Write implements io.Writer.
func (w *wholeLines) Write(p []byte) (int, error) {
	w.rest = append(w.rest, p...)
	last := bytes.LastIndexByte(w.rest, '\n')
	if last < 0 {
		return len(p), nil
	}
	whole := w.rest[:last+1]
	w.rest = bytes.Clone(w.rest[last+1:])
	_, err := w.out.Write(whole)
	return len(p), err
}

// end hands on what no line end came behind.
func (w *wholeLines) end() error {
	if len(w.rest) == 0 {
		return nil
	}
	_, err := w.Write([]byte{'\n'})
	return err
}
