package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// verifyOptions are what verify was asked for.
type verifyOptions struct {
	span, since string
	noDatabase  bool
	variables   []string
}

func newVerifyCommand(a *app) *cobra.Command {
	var o verifyOptions
	cmd := &cobra.Command{
		Use: "verify [[A:]B]", Short: "Run the whole history on scratch, there and back, and compare models and database with it", Args: arguments(0, 1, "one range at most"),
		Long: `Runs every revision on one scratch database, those of all heads in the order in which they are needed: what it rests on
must be as its fingerprints say, it must go up, leave what its proof says, come down to where it began, and go up again. Of
a merge the order of what it joins must make no difference, neither for objects nor for rows that the models declare.
The end must be what the models say, and the database what the revisions lead to that it has recorded: else the difference
is shown as the plan back. The exit code is 3 where something doesn't hold. Nothing in the database is changed.

Rows are those that the steps put in, programs aren't run: "migration prove" puts other rows in, for one revision. A:B are
the revisions from A to B, both among them, and B alone those from the base to B; --since leaves out a revision and what it
needs. What is left out is replayed, and not looked at. The models are compared where the end is that of all revisions.`,
		Example:           "  duo-orm migration verify\n  duo-orm migration verify --since 3f2a --no-database\n  duo-orm migration verify 3f2a:head --json",
		ValidArgsFunction: a.completeRevisions("head", "heads"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := filled(cmd, "since"); err != nil {
				return err
			}
			o.span = target(args, "")
			return a.verify(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.since, "since", "", "verify only what comes after this `revision`")
	cmd.Flags().BoolVar(&o.noDatabase, "no-database", false, "don't compare the database; only scratch is connected to")
	cmd.Flags().StringArrayVar(&o.variables, "var", nil, "value of a model's variable, as `name=value`; may be given several times")
	return cmd
}

func (a *app) verify(ctx context.Context, o verifyOptions) (err error) {
	values, err := variables(o.variables)
	if err != nil {
		return err
	}
	s, graph, err := a.sessionWithGraph()
	if err != nil {
		return err
	}
	before, files, err := o.files(graph)
	if err != nil {
		return err
	}
	if err := s.needsDialect(append(slices.Clone(before), files...)); err != nil {
		return err
	}
	models, err := s.models(values)
	if err != nil {
		return err
	}
	var desired *hclschema.State
	if len(before)+len(files) == len(graph.Revisions()) {
		desired = models
	}
	if o.noDatabase {
		err = s.openForScratch(ctx)
	} else {
		err = s.open(ctx, drivers.OpenOptions{ReadOnly: true})
	}
	if err != nil {
		return err
	}
	defer s.close(&err)
	verified, err := planner.Verify(ctx, planner.VerifyRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch, Graph: graph,
		Before: before, Files: files, Desired: desired, Exclude: s.migrations.Exclude, Models: models})
	if err != nil {
		return err
	}
	result := views.Verify{Server: verified.Server}
	a.addVerified(&result, verifiedHistory(files, verified), verifiedModels(desired, verified))
	result.Revisions = verifiedRevisions(files, verified)
	if !o.noDatabase {
		result.Where = s.conn.Where()
		item, err := s.verifiedDatabase(ctx, graph)
		if err != nil {
			return err
		}
		a.addVerified(&result, item)
	}
	if err := a.show(result); err != nil {
		return err
	}
	if !result.OK() {
		return &differError{what: "the history does not hold", quiet: true}
	}
	return nil
}

// files are the revisions to verify, and those before them.
func (o verifyOptions) files(graph *revision.Graph) (before, files []*revision.File, err error) {
	from, to, ranged := strings.Cut(o.span, ":")
	if !ranged {
		from, to = "", o.span
	}
	if ranged && o.since != "" {
		return nil, nil, &usageError{Message: "a range and --since both say where to begin", Next: []string{"Leave one of them out."}}
	}
	if to == "" {
		to = "heads"
	}
	for _, text := range []string{from, to, o.since} {
		if revision.CountsFromDatabase(text) {
			return nil, nil, &usageError{Message: quoted(text) + " is counted from the database, which a history isn't verified for", Next: []string{"Name a revision: duo-orm migration history lists them."}}
		}
	}
	end, err := graph.Resolve(to, nil)
	if err != nil {
		return nil, nil, err
	}
	skipped := map[string]bool{}
	if from != "" && from != "base" {
		first, err := named(graph, from, "verify")
		if err != nil {
			return nil, nil, err
		}
		if !graph.Ancestors(end.Revisions...)[first.ID] {
			return nil, nil, &usageError{Message: fmt.Sprintf("revision %s doesn't come before %s", first.ID, to), Next: []string{"Write the older one first: duo-orm migration history lists them."}}
		}
		skipped = graph.Ancestors(first.Needs()...)
	}
	if o.since != "" {
		last, err := graph.Resolve(o.since, nil)
		if err != nil {
			return nil, nil, err
		}
		skipped = graph.Ancestors(last.Revisions...)
	}
	for _, file := range graph.Upgrade(nil, end.Revisions) {
		if skipped[file.ID] {
			before = append(before, file)
		} else {
			files = append(files, file)
		}
	}
	return before, files, nil
}

func (a *app) addVerified(result *views.Verify, items ...views.CheckItem) {
	for _, item := range items {
		item.Next = a.allAdvised(item.Next)
		result.Add(item)
	}
}

// verifiedHistory tells whether every revision holds.
func verifiedHistory(files []*revision.File, verified *planner.Verified) views.CheckItem {
	item := views.CheckItem{Name: "revisions", Question: "every revision goes up, down and up again", Status: views.Holds, Answer: counted(len(files), "revision")}
	failing := map[string]bool{}
	for _, fault := range verified.Faults {
		failing[fault.File.ID] = true
	}
	if len(failing) > 0 {
		item.Status, item.Answer = views.Fails, fmt.Sprintf("%d of %s don't", len(failing), counted(len(files), "revision"))
		if len(failing) == 1 {
			item.Answer = "1 of " + counted(len(files), "revision") + " doesn't"
		}
	}
	for _, fault := range verified.Faults {
		item.Details = append(item.Details, faultText(fault))
		for _, next := range faultNext(fault) {
			if !slices.Contains(item.Next, next) {
				item.Next = append(item.Next, next)
			}
		}
	}
	if verified.Stopped != nil && verified.Stopped != files[len(files)-1] {
		item.Details = append(item.Details, "What comes after "+verified.Stopped.ID+" was not looked at.")
	}
	for _, file := range files {
		if state := file.ProvedState(); state == revision.EditedSince || state == revision.Unproved && len(file.Upgrade) > 0 {
			item.Details = append(item.Details, fmt.Sprintf("Not as proved: %s (%s) is %s", file.ID, file.Path, state))
		}
	}
	return item
}

// faultNext tells a revision that doesn't hold from one that was planned without another branch: that one may well be right, so
// that proving it again would change nothing.
func faultNext(f planner.Fault) []string {
	if f.Part == planner.InAnyOrder {
		return []string{fmt.Sprintf("Let one of what %s joins follow the other in place of it, planned anew: take %s away, and run: duo-orm migration rebase", f.File.ID, f.File.Path)}
	}
	if len(f.Others) == 0 {
		return []string{fmt.Sprintf("Correct %s, and prove it again: duo-orm migration prove %s", f.File.Path, f.File.ID)}
	}
	return []string{
		fmt.Sprintf("Revision %s was made without %s. Let the two be proved to go together: duo-orm migration merge -m \"…\",", f.File.ID, strings.Join(f.Others, ", ")),
		"or move the one that isn't applied anywhere on top of the other: duo-orm migration rebase",
	}
}

// faultText is what doesn't hold of a revision, in lines.
func faultText(f planner.Fault) string {
	text := map[planner.VerifyPart]string{
		planner.AtStart: "before it runs, the state isn't what it rests on", planner.GoingUp: "its upgrade fails",
		planner.AtEnd: "its upgrade doesn't lead where its proof did", planner.Back: "its downgrade doesn't lead back to where it began",
		planner.UpAgain: "after its downgrade, its upgrade leads elsewhere", planner.InAnyOrder: "the order of what it joins makes a difference",
	}[f.Part]
	if f.Step != nil {
		text = map[planner.VerifyPart]string{planner.GoingUp: "its upgrade fails", planner.Back: "its downgrade fails", planner.UpAgain: "its upgrade fails after its downgrade"}[f.Part]
		text += fmt.Sprintf(" at the step %q\n    %v", f.Step.Name, f.Cause)
	}
	if f.Part == planner.InAnyOrder {
		text += "\n    " + f.Cause.Error()
	}
	lines := []string{f.File.ID + " (" + f.File.Path + "): " + text}
	for _, difference := range f.Differences {
		lines = append(lines, "    "+difference)
	}
	return strings.Join(lines, "\n")
}

// verifiedModels tells whether the end is what the models say.
func verifiedModels(desired *hclschema.State, verified *planner.Verified) views.CheckItem {
	item := views.CheckItem{Name: "models", Question: "the revisions lead to what the models say", Status: views.Holds}
	switch {
	case desired == nil:
		item.Status, item.Answer = views.NotAsked, "not asked: the range doesn't end with all heads"
	case verified.Broken != nil:
		item.Status, item.Answer = views.Fails, "not known: views or triggers don't work where the revisions lead"
		for _, o := range verified.Broken.Objects {
			item.Details = append(item.Details, o.Identity.String()+": "+o.Message)
		}
		item.Next = []string{"Correct the revisions that leave them so: each view and trigger must work after the last one."}
	case verified.Left == nil:
		item.Status, item.Answer = views.Skipped, "not known: a revision fails"
	case !verified.Left.Empty():
		summary := planner.Summarize(verified.Left)
		item.Status, item.Answer = views.Fails, fmt.Sprintf("%d to add, %d to change, %d to drop", summary.Adds, summary.Changes, summary.Drops)
		item.Details = []string{summary.Text()}
		item.Next = []string{`Plan the way: duo-orm migration create "…"`}
	}
	return item
}

// verifiedRevisions are the revisions with what doesn't hold of each, for programs.
func verifiedRevisions(files []*revision.File, verified *planner.Verified) []views.VerifiedRevision {
	var list []views.VerifiedRevision
	status := views.Holds
	for _, file := range files {
		r := views.VerifiedRevision{ID: file.ID, Message: file.Message, Path: file.Path, Proved: file.ProvedState() == revision.Proved, Status: status}
		for _, fault := range verified.Faults {
			if fault.File != file {
				continue
			}
			r.Status = views.Fails
			f := views.VerifyFault{Part: string(fault.Part), Differences: fault.Differences}
			if fault.Step != nil {
				f.Step = fault.Step.Name
			}
			if fault.Cause != nil {
				f.Cause = fault.Cause.Error()
			}
			r.Faults = append(r.Faults, f)
		}
		list = append(list, r)
		if file == verified.Stopped {
			status = views.Skipped
		}
	}
	return list
}

// verifiedDatabase tells whether the database is what the revisions lead to that it has recorded.
func (s *session) verifiedDatabase(ctx context.Context, graph *revision.Graph) (views.CheckItem, error) {
	item := views.CheckItem{Name: "database", Question: "the database is as its revisions left it", Status: views.Holds}
	failed := func(err error) (views.CheckItem, error) {
		if ctx.Err() != nil {
			return item, ctx.Err()
		}
		failure := s.app.explain(err)
		item.Status, item.Answer, item.Details, item.Next = views.Fails, failure.Message, failure.Details, failure.Next
		return item, nil
	}
	records, err := s.records(ctx)
	if err != nil {
		return failed(err)
	}
	standing := execute.Stand(graph, records)
	item.Answer = at(standing.Current)
	if err := standing.Problem(graph); err != nil {
		return failed(err)
	}
	var applied []string
	for id := range standing.Applied {
		applied = append(applied, id)
	}
	differences, plan, err := planner.DriftOfAll(ctx, planner.DriftRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch,
		Applied: graph.Upgrade(nil, applied)}, s.migrations.Exclude)
	var replay *planner.ReplayError
	if errors.As(err, &replay) {
		item.Status, item.Answer = views.Skipped, "not known: revision "+replay.File.ID+" fails"
		return item, nil
	}
	if err != nil {
		return failed(err)
	}
	if !plan.Empty() {
		item.Status, item.Answer = views.Fails, at(standing.Current)+", and it was changed since"
		item.Details = append(differences, "The way back to what the revisions lead to:", planner.Summarize(plan).Text())
		item.Next = []string{"Take the change back by hand, or take it into the models with duo-orm schema inspect --write and a new revision."}
	}
	return item, nil
}
