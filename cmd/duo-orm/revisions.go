package main

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// graph reads the revision files. Faults are a *diagnosticsError with all of them.
func (s *session) graph() (*revision.Graph, error) {
	sources, err := s.sources(s.project.Versions())
	if err != nil {
		return nil, err
	}
	var files []*revision.File
	var diagnostics hcl.Diagnostics
	for _, source := range sources {
		file, more := revision.ReadBeside(source.Name, source.Bytes, s.beside(source.Name))
		if file != nil {
			file.Variables = s.migrations.Variables
			more = append(more, s.environments(file)...)
		}
		diagnostics = append(diagnostics, more...)
		if file != nil {
			files = append(files, file)
		}
	}
	var graph *revision.Graph
	if !diagnostics.HasErrors() {
		graph, diagnostics = revision.Join(files)
	}
	if diagnostics.HasErrors() {
		return nil, &diagnosticsError{diagnostics: diagnostics, files: hclschema.Files(sources)}
	}
	return graph, nil
}

// beside reads files that lie beside a revision file.
func (s *session) beside(name string) revision.Beside {
	return func(other string) ([]byte, error) { return s.project.ReadFile(path.Join(path.Dir(name), other)) }
}

// environments are faults of steps that name environments which database.hcl doesn't have: such a step would be skipped, or not,
// because of a slip.
func (s *session) environments(file *revision.File) (diagnostics hcl.Diagnostics) {
	if s.database.Environments == nil {
		return nil
	}
	for _, step := range slices.Concat(file.Upgrade, file.Downgrade) {
		for _, name := range slices.Concat(step.When, step.Unless) {
			if !slices.Contains(s.database.Environments, name) {
				diagnostics = append(diagnostics, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: "Unknown environment", Subject: step.Range.Ptr(),
					Detail: fmt.Sprintf("The step %q speaks of the environment %q, which %s doesn't have. %s", step.Name, name, s.project.DatabaseFile(), environmentsOf(name, s.database.Environments))})
			}
		}
	}
	return diagnostics
}

// environmentsOf says which environments there are, where one was named that isn't among them.
func environmentsOf(name string, there []string) string {
	if len(there) == 0 {
		return "It has none."
	}
	return "It has: " + quotedList(there) + "." + hclschema.DidYouMean(name, there)
}

// sessionWithGraph is a session and its project's revisions.
func (a *app) sessionWithGraph() (*session, *revision.Graph, error) {
	s, err := a.session()
	if err != nil {
		return nil, nil, err
	}
	graph, err := s.graph()
	return s, graph, err
}

// known is what a project's revision files and its database tell together.
type known struct {
	graph *revision.Graph
	// revisions are newest first; those whose files are missing come before all others.
	revisions []views.Revision
	where     string
	// current are the heads of what is applied.
	current []string
	// failed is why the database could not be asked, unknown the same in words; nil and empty where it could.
	failed  error
	unknown string
}

// look reads the revisions and asks the database, which need not be there.
func (a *app) look(ctx context.Context) (*known, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	s := &session{app: a, project: p}
	k := &known{}
	if k.graph, err = s.graph(); err != nil {
		return nil, err
	}
	var records []execute.Record
	if k.failed = s.ask(ctx, &records); k.failed != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		k.unknown = a.inWords(k.failed)
	}
	if s.conn != nil {
		k.where = s.conn.Where()
		defer s.close(&err)
	}
	k.describe(records)
	return k, err
}

func (s *session) ask(ctx context.Context, records *[]execute.Record) error {
	if err := s.configure(); err != nil {
		return err
	}
	if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
		return err
	}
	var err error
	*records, err = s.records(ctx)
	return err
}

// inWords is an error in one line, with the summary of what a file's fault is.
func (a *app) inWords(err error) string {
	failure := a.explain(err)
	if failure.Message == "" && len(failure.Diagnostics) > 0 {
		return failure.Diagnostics[0].Detail
	}
	return failure.Message
}

// tellUnknown says on standard error what the result leaves open.
func (a *app) tellUnknown(k *known) {
	if k.unknown == "" {
		return
	}
	a.note("Not told: what is applied, since the database could not be asked. " + k.unknown)
}

// completeRevisions completes ids of revisions, and these words.
func (a *app) completeRevisions(words ...string) func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 && !strings.Contains(cmd.Use, "...") || a.checkFlags(cmd) != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		completions := append([]cobra.Completion{}, words...)
		p, err := a.project()
		if err != nil {
			return completions, cobra.ShellCompDirectiveNoFileComp
		}
		graph, err := (&session{app: a, project: p}).graph()
		if err != nil {
			return completions, cobra.ShellCompDirectiveNoFileComp
		}
		for _, file := range graph.Revisions() {
			completions = append(completions, cobra.CompletionWithDesc(file.ID, views.Clean(file.Message)))
		}
		return completions, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// one is the revision that a target names.
func (k *known) one(target string) (string, error) {
	resolved, err := k.resolve(target)
	switch {
	case err != nil:
		return "", err
	case len(k.graph.Revisions()) == 0:
		return "", noRevisions()
	case len(resolved.Revisions) == 0:
		return "", &usageError{Message: quoted(target) + " is no revision, but what stands before all", Next: []string{"List the revisions with: duo-orm migration history"}}
	case len(resolved.Revisions) > 1:
		return "", &severalError{given: target, files: k.several(resolved.Revisions)}
	}
	return resolved.Revisions[0], nil
}

// noRevisions is the error of commands that are about a revision where there is none.
func noRevisions() error {
	return &usageError{Message: "there are no revisions yet", Next: []string{"Write the first one with: duo-orm migration create \"…\""}}
}

// severalError is a target that means several revisions where one is needed. The files are newest first.
type severalError struct {
	given string
	files []*revision.File
}

// Error implements error.
func (e *severalError) Error() string {
	return fmt.Sprintf("%q means several revisions: %s", e.given, strings.Join(ids(e.files), ", "))
}

// several are the files of revisions, newest first.
func (k *known) several(ids []string) []*revision.File {
	return slices.DeleteFunc(k.graph.Revisions(), func(file *revision.File) bool { return !slices.Contains(ids, file.ID) })
}
