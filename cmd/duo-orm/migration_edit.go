package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func newEditCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "edit REVISION", Short: "Open a revision's file in your editor", Args: arguments(1, 1, "a revision"),
		Long: `Opens the file of a revision in the editor that VISUAL or EDITOR names, and says afterwards whether it can still be read,
whether its meaning changed, and whether it is to be proved again.`,
		Example:           "  duo-orm migration edit head\n  EDITOR=\"code -w\" duo-orm migration edit 3f2a",
		ValidArgsFunction: a.completeRevisions("head", "current"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.edit(cmd.Context(), args[0])
		},
	}
}

func (a *app) edit(ctx context.Context, target string) error {
	known, err := a.look(ctx)
	if err != nil {
		return err
	}
	file, err := known.file(target)
	if err != nil {
		return err
	}
	if file == nil {
		return &usageError{Message: "the file of that revision is missing", Next: []string{"Bring it back: it may be in another branch."}}
	}
	p, err := a.project()
	if err != nil {
		return err
	}
	s := &session{app: a, project: p}
	if err := a.runEditor(ctx, p.Absolute(file.Path)); err != nil {
		return err
	}
	content, err := p.ReadFile(file.Path)
	if err != nil {
		return err
	}
	edited, diagnostics := revision.ReadBeside(file.Path, content, s.beside(file.Path))
	if diagnostics.HasErrors() {
		sources := []hclschema.Source{{Name: file.Path, Bytes: content}}
		return &diagnosticsError{diagnostics: diagnostics, files: map[string]*hcl.File(hclschema.Files(sources)), others: true}
	}
	result := views.Edited{Revision: edited.ID, Path: file.Path, Changed: revision.Checksum(edited) != revision.Checksum(file),
		Proved: edited.ProvedState() == revision.Proved}
	for _, r := range known.revisions {
		result.Applied = result.Applied || r.ID == file.ID && r.Applied
	}
	return a.show(result)
}

// editorError is an editor that isn't named, or failed.
type editorError struct {
	// editor is what the variable holds that names it; both are empty where none does.
	editor, variable string
	cause            error
}

// Error implements error.
func (e *editorError) Error() string {
	if e.editor == "" {
		return "no editor is named"
	}
	var ended *exec.ExitError
	if errors.As(e.cause, &ended) && ended.Exited() {
		return fmt.Sprintf("%s names the editor %q, which ended with exit code %d", e.variable, e.editor, ended.ExitCode())
	}
	return fmt.Sprintf("%s names the editor %q, which can't be run: %v", e.variable, e.editor, e.cause)
}

// Unwrap is the system's error.
func (e *editorError) Unwrap() error { return e.cause }

// runEditor opens a file and waits until the editor ends. What it prints is no result: with --json it goes where notes go.
func (a *app) runEditor(ctx context.Context, path string) error {
	variable := "VISUAL"
	if strings.TrimSpace(a.variable(variable)) == "" {
		variable = "EDITOR"
	}
	editor := strings.TrimSpace(a.variable(variable))
	if editor == "" {
		return &editorError{cause: errors.New("neither VISUAL nor EDITOR is set")}
	}
	words := append(strings.Fields(editor), path)
	if shell, err := exec.LookPath("sh"); err == nil && strings.ContainsAny(editor, "\"'\\$") { // a path with spaces is written with quotes
		words = []string{shell, "-c", editor + ` "$1"`, editor, path}
	}
	command := exec.CommandContext(ctx, words[0], words[1:]...)
	command.Stdin, command.Stdout, command.Stderr = a.in, a.out, a.err
	if a.json {
		command.Stdout = a.err
	}
	if err := command.Run(); err != nil {
		var start *exec.Error
		var path *fs.PathError
		switch {
		case errors.As(err, &start):
			err = start.Err
		case errors.As(err, &path):
			err = path.Err
		}
		return &editorError{editor: editor, variable: variable, cause: err}
	}
	return nil
}
