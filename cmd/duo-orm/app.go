package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/internal/project"
)

// deps is all that the program is given from outside.
type deps struct {
	args                                 []string
	in                                   io.Reader
	out, err                             io.Writer
	inTerminal, outTerminal, errTerminal bool
	lookup                               project.Lookup
	getwd                                func() (string, error)
	clock                                func() time.Time
	newID                                func() (string, error)
	build                                build
	// signals gives a context that ends with the first signal, and a function that says which it was, nil for none.
	signals func(context.Context) (context.Context, func() os.Signal)
}

// app is one run of the program: what it was given, and the flags that every command has.
type app struct {
	deps
	dir, env, url string
	json, noColor bool
	color         string
	// urlGiven says that the URL was typed, and doesn't come from the environment.
	urlGiven bool
	// command is the one that runs, typed are the flags that say which project and database it works on, as advice repeats them.
	command *cobra.Command
	typed   []string
	secrets *views.Secrets
	// found is the project, once it is found: messages name its files.
	found *project.Project
	// gitHangs says that git was asked, and didn't answer in time: it isn't asked again.
	gitHangs bool
	// stdout and stderr hide secrets.
	stdout, stderr io.Writer
}

// run executes one command line and returns the exit code.
func run(d deps) int {
	a := &app{deps: d, secrets: &views.Secrets{}}
	a.stdout, a.stderr = views.NewRedactor(d.out, a.secrets), views.NewRedactor(d.err, a.secrets)
	ctx, caught := d.signals(context.Background())
	root := newRootCommand(a)
	root.SetArgs(targetsLast(root, d.args))
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	failure := a.explain(err)
	var differ *differError
	if errors.As(err, &differ) && differ.quiet {
		return failure.Code
	}
	if got := caught(); got != nil {
		failure = interrupted(failure, got)
	}
	if shown := views.Show(a.printErr(), a.wantsJSON(), failure); shown != nil {
		return max(failure.Code, 1)
	}
	return failure.Code
}

// interrupted gives a failure the exit code of the signal that caused it; what was done before stays in its details.
func interrupted(failure views.Failure, got os.Signal) views.Failure {
	failure.Code = 130
	if got == syscall.SIGTERM {
		failure.Code = 143
	}
	failure.Kind, failure.Message, failure.SQL, failure.Next = "interrupted", "interrupted", "", nil
	return failure
}

// wantsJSON holds for a command line that can't be parsed too.
func (a *app) wantsJSON() bool {
	if a.json {
		return true
	}
	args := a.args
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// folder is the current folder.
func (a *app) folder() (string, error) {
	folder, err := a.getwd()
	if err != nil {
		return "", &folderError{cause: err}
	}
	return folder, nil
}

func (a *app) print() *views.Printer {
	return views.NewPrinter(a.stdout, a.outTerminal, a.colored(a.outTerminal)).Advising(a.advised)
}

func (a *app) printErr() *views.Printer {
	return views.NewPrinter(a.stderr, a.errTerminal, a.colored(a.errTerminal)).Advising(a.advised)
}

// show prints a command's result on standard output.
func (a *app) show(result views.Result) error {
	if err := views.Show(a.print(), a.json, result); err != nil {
		return &outputError{cause: err}
	}
	return nil
}

// note prints a line that is no result. Programs get documents alone.
func (a *app) note(text string) {
	if a.json {
		return
	}
	// A note that can't be written has nowhere to be reported.
	a.printErr().Advise(text)
}

func (a *app) colored(terminal bool) bool {
	switch {
	case a.noColor || a.color == "never" || a.wantsJSON():
		return false
	case a.color == "always":
		return true
	}
	none, _ := a.lookup("NO_COLOR")
	term, _ := a.lookup("TERM")
	return terminal && none == "" && term != "dumb"
}

// variable is an environment variable, empty where it isn't set.
func (a *app) variable(name string) string {
	value, _ := a.lookup(name)
	return value
}

// file is the path of a file of the project, for messages.
func (a *app) file(name string) string {
	if a.found == nil {
		return project.DefaultDir + "/" + name
	}
	return a.found.Path(name)
}
