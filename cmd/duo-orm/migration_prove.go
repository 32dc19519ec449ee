package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/spf13/cobra"
	"github.com/zclconf/go-cty/cty"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func newProveCommand(a *app) *cobra.Command {
	var given []string
	cmd := &cobra.Command{
		Use: "prove [REVISION]", Short: "Prove a revision's steps again, after they were edited", Args: arguments(0, 1, "one revision at most"),
		Long: `Replays the revisions before it on a scratch database, puts rows in, and runs the revision's steps up, down and up
again: down must lead back to where it began. Of a merge it is proved too that the order of what it joins makes no
difference, neither for objects nor for rows that the models declare. The file's "proved" line then says so. The database
is not touched. Without a revision the head is proved.`,
		Example:           "  duo-orm migration prove\n  duo-orm migration prove 3f2a",
		ValidArgsFunction: a.completeRevisions("head"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.prove(cmd.Context(), target(args, "head"), given)
		},
	}
	cmd.Flags().StringArrayVar(&given, "var", nil, "value of a model's variable, as `name=value`; may be given several times")
	return cmd
}

func (a *app) prove(ctx context.Context, target string, given []string) (err error) {
	values, err := variables(given)
	if err != nil {
		return err
	}
	s, graph, err := a.sessionWithGraph()
	if err != nil {
		return err
	}
	file, err := (&known{graph: graph}).file(target)
	if err != nil {
		return err
	}
	if err := s.needsDialect([]*revision.File{file}); err != nil {
		return err
	}
	var desired *hclschema.State
	if len(file.Parents) > 1 { // its proof compares the rows that the models declare
		if desired, err = s.models(values); err != nil {
			return err
		}
	}
	if err := s.openForScratch(ctx); err != nil {
		return err
	}
	defer s.close(&err)
	if len(file.Parents) > 1 {
		if err := planner.InOrders(ctx, planner.MergeRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch, Graph: graph, Heads: file.Parents, Desired: desired}); err != nil {
			return s.withApplied(ctx, graph, &mergeError{graph: graph, cause: err})
		}
	}
	plan, err := planner.Prove(ctx, planner.ProveRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch,
		Ancestors: graph.Before(file), File: file})
	if err != nil {
		return &proveError{file: file, cause: err}
	}
	result := views.Prove{Revision: file.ID, Path: file.Path, Server: plan.Proof.Server, Rows: plan.Proof.Rows, WithoutRows: plan.Proof.WithoutRows, NotBack: plan.Proof.NotBack}
	made, dropped := planner.Unnamed(plan, file)
	for _, name := range made {
		result.Notes = append(result.Notes, "The steps make "+name+", and no step says so: write makes = ["+quoted(name)+"] in it, or nobody manages that object.")
	}
	for _, name := range dropped {
		result.Notes = append(result.Notes, "The steps drop "+name+", and no step says so: write drops = ["+quoted(name)+"] in it.")
	}
	if programs := planner.Programs(file); len(programs) > 0 {
		result.Notes = append(result.Notes, "A proof runs no programs, so that nothing is known of what these steps do: "+strings.Join(programs, "; ")+".")
	}
	if result.Changed, err = s.setProved(file, plan); err != nil {
		return err
	}
	return a.show(result)
}

// proveError is a revision whose proof failed.
type proveError struct {
	file  *revision.File
	cause error
}

// Error implements error.
func (e *proveError) Error() string { return e.cause.Error() }

// Unwrap is what the proof said.
func (e *proveError) Unwrap() error { return e.cause }

// file is the revision's file that a target names.
func (k *known) file(target string) (*revision.File, error) {
	id, err := k.one(target)
	if err != nil {
		return nil, err
	}
	return k.graph.Get(id), nil
}

// setProved writes what was proved, and the fingerprints that the steps lead from and to, into the file, and keeps every
// comment and step as it stands. It says whether anything had to be written.
func (s *session) setProved(file *revision.File, plan *planner.Plan) (bool, error) {
	now := *file
	now.Proved, now.Start, now.End = planner.ProvedOn(plan, file), plan.Start, plan.End
	if now.Proved == file.Proved && maps.Equal(now.Start, file.Start) && maps.Equal(now.End, file.End) {
		return false, nil
	}
	change, err := s.edited(file, &now)
	if err != nil {
		return false, err
	}
	return true, s.project.Write([]project.FileChange{change})
}

// edited is a file with other facts in its revision block: parents, dependencies, fingerprints and proof. Every comment and
// step stays as it stands.
func (s *session) edited(was, now *revision.File) (change project.FileChange, err error) {
	content, err := s.project.ReadFile(was.Path)
	if err != nil {
		return change, err
	}
	return s.editedText(content, was, now)
}

// editedText is edited for a file of that content.
func (s *session) editedText(content []byte, was, now *revision.File) (change project.FileChange, err error) {
	text, diagnostics := hclwrite.ParseConfig(content, was.Path, hcl.InitialPos)
	if diagnostics.HasErrors() {
		return change, diagnostics
	}
	block := text.Body().FirstMatchingBlock("revision", []string{was.ID})
	if block == nil {
		return change, fmt.Errorf("%s has no block revision %q", was.Path, was.ID)
	}
	setIDs(block.Body(), "parents", now.Parents, was.Parents)
	setIDs(block.Body(), "depends_on", now.DependsOn, was.DependsOn)
	setPrints(block.Body(), "start", now.Start, was.Start)
	setPrints(block.Body(), "end", now.End, was.End)
	block.Body().SetAttributeValue("proved", cty.StringVal(now.Proved))
	if now.PlannedRows == "" {
		block.Body().RemoveAttribute("planned_rows")
	} else if now.PlannedRows != was.PlannedRows {
		block.Body().SetAttributeValue("planned_rows", cty.StringVal(now.PlannedRows))
	}
	edited, diagnostics := hclschema.Format(text.Bytes(), was.Path)
	if diagnostics.HasErrors() {
		return change, diagnostics
	}
	if again, diagnostics := revision.ReadBeside(was.Path, edited, s.beside(was.Path)); diagnostics.HasErrors() || revision.Checksum(again) != revision.Checksum(now) {
		return change, fmt.Errorf("%s can't be edited; write these lines into its revision block: parents = [%s] and proved = %q", was.Path, quotedList(now.Parents), now.Proved)
	}
	return project.FileChange{Path: was.Path, Content: edited}, nil
}

// setIDs writes a list of ids where it isn't the one that is there.
func setIDs(body *hclwrite.Body, name string, want, have []string) {
	if slices.Equal(want, have) {
		return
	}
	if len(want) == 0 {
		body.RemoveAttribute(name)
		return
	}
	var values []cty.Value
	for _, id := range want {
		values = append(values, cty.StringVal(id))
	}
	body.SetAttributeValue(name, cty.ListVal(values))
}

// setPrints writes a map of fingerprints, sorted, where it isn't the one that is there.
func setPrints(body *hclwrite.Body, name string, want, have map[string]string) {
	if maps.Equal(want, have) {
		return
	}
	if len(want) == 0 {
		body.RemoveAttribute(name)
		return
	}
	lines := []string{"{"}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		lines = append(lines, hclschema.Quoted(key)+" = "+hclschema.Quoted(want[key]))
	}
	text := strings.Join(append(lines, "}"), "\n")
	body.SetAttributeRaw(name, hclwrite.Tokens{{Type: hclsyntax.TokenIdent, Bytes: []byte(text)}})
}
