package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
)

func newFormatCommand(a *app) *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use: "fmt [file or folder]...", Short: "Format model and revision files",
		Long: `Formats .hcl files in place: all models, revisions and configuration files of the project, or those that are given. The
names of the files that were changed are printed. With --check nothing is written, and the exit code is 3 where a file is
not formatted.`,
		Example: "  duo-orm schema fmt\n  duo-orm schema fmt --check\n  duo-orm schema fmt db/models/users.hcl",
		RunE: func(_ *cobra.Command, args []string) error {
			return a.format(args, check)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "write nothing, exit with 3 where a file is not formatted")
	return cmd
}

func (a *app) format(args []string, check bool) error {
	var sets []fileSet
	if len(args) == 0 {
		p, err := a.project()
		if err != nil {
			return err
		}
		paths, err := p.HCLFiles(p.Dir)
		if err != nil {
			return err
		}
		sets = append(sets, fileSet{p, paths})
	}
	for _, arg := range args {
		set, err := a.given(arg)
		if err != nil {
			return err
		}
		sets = append(sets, set)
	}
	return a.formatFiles(sets, check)
}

// fileSet is files below one folder.
type fileSet struct {
	project *project.Project
	paths   []string
}

// given is a file, or all .hcl files of a folder, that was named on the command line.
func (a *app) given(arg string) (fileSet, error) {
	path, err := a.absolute(arg)
	if err != nil {
		return fileSet{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return fileSet{}, &project.FileError{Path: arg, Reason: "can't be read: it does not exist, or its folder can't be opened", WayOut: "Check the name."}
	}
	p := &project.Project{Root: filepath.Dir(path), Dir: filepath.Base(path)}
	if !info.IsDir() {
		return fileSet{p, []string{filepath.Base(path)}}, nil
	}
	paths, err := p.HCLFiles(p.Dir)
	return fileSet{p, paths}, err
}

func (a *app) formatFiles(sets []fileSet, check bool) error {
	result := views.Format{Check: check}
	faults := &diagnosticsError{files: map[string]*hcl.File{}, others: true}
	for _, set := range sets {
		var changes []project.FileChange
		for _, name := range set.paths {
			content, err := set.project.ReadFile(name)
			if err != nil {
				return err
			}
			shown := a.shownPath(set.project.Absolute(name))
			formatted, diagnostics := hclschema.Format(content, shown)
			if diagnostics.HasErrors() {
				faults.add(diagnostics, hclschema.Source{Name: shown, Bytes: content})
				continue
			}
			result.Total++
			if !bytes.Equal(content, formatted) {
				result.Files = append(result.Files, shown)
				changes = append(changes, project.FileChange{Path: name, Content: formatted})
			}
		}
		if !check {
			if err := set.project.Write(changes); err != nil {
				return err
			}
		}
	}
	if len(faults.diagnostics) > 0 {
		if len(result.Files) > 0 && !a.json {
			if err := a.show(result); err != nil {
				return err
			}
		}
		return faults
	}
	if err := a.show(result); err != nil {
		return err
	}
	if check && len(result.Files) > 0 {
		return &differError{what: "files are not formatted", next: []string{"Format them with: duo-orm schema fmt"}}
	}
	return nil
}

func (e *diagnosticsError) add(diagnostics hcl.Diagnostics, source hclschema.Source) {
	e.diagnostics = append(e.diagnostics, diagnostics...)
	for name, file := range hclschema.Files([]hclschema.Source{source}) {
		e.files[name] = file
	}
}

// shownPath is a path relative to the current folder, where it lies below it.
func (a *app) shownPath(path string) string {
	folder, err := a.folder()
	if err != nil {
		return path
	}
	relative, err := filepath.Rel(folder, path)
	if err != nil || strings.HasPrefix(relative, "..") {
		return path
	}
	return filepath.ToSlash(relative)
}
