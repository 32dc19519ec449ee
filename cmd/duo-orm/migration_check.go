package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func newCheckCommand(a *app) *cobra.Command {
	var given []string
	var o tenantOptions
	cmd := &cobra.Command{
		Use: "check", Short: "Check models, history and database, for continuous integration", Args: arguments(0, 0, ""),
		Long: `Answers four questions, one line each: are the models valid, is the history sound, is the database at the head, is the
database as the models say. The exit code is 3 where one of them doesn't hold. Nothing is changed. Of an environment with
several databases the last two are asked of each.`,
		Example: "  duo-orm migration check\n  duo-orm migration check --url sqlite:///ci.db",
		RunE: func(cmd *cobra.Command, _ []string) error {
			values, err := variables(given)
			if err != nil {
				return err
			}
			if s, err := a.several(&o); s != nil || err != nil {
				if err != nil {
					return err
				}
				return s.checkTenants(cmd.Context(), o, values)
			}
			return a.check(cmd.Context(), values)
		},
	}
	cmd.Flags().StringArrayVar(&given, "var", nil, "value of a model's variable, as `name=value`")
	o.flags(cmd, false)
	return cmd
}

// checker asks one question after the other; what an earlier one found is kept for the later ones.
type checker struct {
	*session
	desired  *hclschema.State
	graph    *revision.Graph
	standing *execute.Standing
	result   views.Check
}

func (a *app) check(ctx context.Context, values map[string]string) (err error) {
	s, err := a.session()
	if err != nil {
		return err
	}
	c := &checker{session: s}
	defer s.close(&err)
	if err := c.models(values); err != nil {
		return err
	}
	if err := c.history(); err != nil {
		return err
	}
	if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
		return err
	}
	c.result.Where = s.conn.Where()
	if err := c.head(ctx); err != nil {
		return err
	}
	if err := c.equal(ctx); err != nil {
		return err
	}
	if err := a.show(c.result); err != nil {
		return err
	}
	if !c.result.OK() {
		return &differError{what: "the check does not hold", quiet: true}
	}
	return nil
}

func (c *checker) add(item views.CheckItem) {
	item.Next = c.app.allAdvised(item.Next)
	c.result.Items = append(c.result.Items, item)
}

// models asks whether the models are valid.
func (c *checker) models(values map[string]string) error {
	item := views.CheckItem{Name: "models", Question: "models are valid", Status: views.Holds}
	desired, err := c.session.models(values)
	var faults *diagnosticsError
	switch {
	case errors.As(err, &faults):
		item.Status, item.Answer = views.Fails, faultCount(len(faults.diagnostics))
		c.result.Diagnostics, c.result.Files = faults.diagnostics, faults.files
	case err != nil:
		return err
	default:
		c.desired = desired
		item.Answer = counted(len(drivers.Units(c.driver, desired)), "object")
	}
	c.add(item)
	return nil
}

func counted(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// history asks whether there is one head, every parent is there, and every file can be read.
func (c *checker) history() error {
	item := views.CheckItem{Name: "history", Question: "history is sound", Status: views.Holds}
	graph, err := c.session.graph()
	var faults *diagnosticsError
	switch {
	case errors.As(err, &faults):
		item.Status, item.Answer = views.Fails, faultCount(len(faults.diagnostics))
		c.result.Diagnostics = append(c.result.Diagnostics, faults.diagnostics...)
		c.result.Files = joined(c.result.Files, faults.files)
	case err != nil:
		return err
	default:
		c.graph = graph
		c.judgeHistory(&item)
	}
	c.add(item)
	return nil
}

func (c *checker) judgeHistory(item *views.CheckItem) {
	heads := c.graph.Heads()
	item.Answer = counted(len(c.graph.Revisions()), "revision")
	switch len(heads) {
	case 0:
	case 1:
		item.Answer += ", head " + heads[0].ID
	default:
		item.Answer += ", heads " + strings.Join(ids(heads), ", ")
		if !deliberate(c.graph, heads) {
			failure := c.app.explain(c.graph.MultipleHeads(heads))
			item.Status, item.Answer, item.Details, item.Next = views.Fails, failure.Message, failure.Details, failure.Next
		}
	}
	for _, file := range c.graph.Revisions() {
		switch file.ProvedState() {
		case revision.Unproved:
			item.Details = append(item.Details, fmt.Sprintf("Not proved: %s (%s)", file.ID, file.Path))
		case revision.EditedSince:
			item.Details = append(item.Details, fmt.Sprintf("Edited since it was proved: %s (%s)", file.ID, file.Path))
		}
	}
}

// adviseHeads gives the advice about several heads that fits what the database has, now that this is known.
func (c *checker) adviseHeads(standing execute.Standing) {
	heads := c.graph.Heads()
	at := slices.IndexFunc(c.result.Items, func(item views.CheckItem) bool { return item.Name == "history" })
	if at < 0 || len(heads) < 2 || deliberate(c.graph, heads) {
		return
	}
	c.result.Items[at].Next = c.app.explain(&headsError{mover: mover{graph: c.graph, applied: standing.Applied}, cause: c.graph.MultipleHeads(heads)}).Next
}

// deliberate says that several heads are meant to be: each is the one head of a branch with a label of its own, but for one
// at most.
func deliberate(graph *revision.Graph, heads []*revision.File) bool {
	seen := map[string]bool{}
	for _, head := range heads {
		label := strings.Join(graph.Labels(head.ID), " ")
		if seen[label] {
			return false
		}
		seen[label] = true
	}
	return true
}

func ids(files []*revision.File) []string {
	var list []string
	for _, file := range files {
		list = append(list, file.ID)
	}
	return list
}

// head asks whether all revisions are applied, and those that are applied are the ones in the files.
func (c *checker) head(ctx context.Context) error {
	item := views.CheckItem{Name: "head", Question: "database is at head", Status: views.Skipped, Answer: "not known: the history is not sound"}
	defer func() { c.add(item) }()
	if c.graph == nil {
		return nil
	}
	records, err := c.records(ctx)
	if err != nil {
		return err
	}
	standing := execute.Stand(c.graph, records)
	c.standing = &standing
	c.adviseHeads(standing)
	item.Status, item.Answer = views.Holds, at(standing.Current)
	if problem := standing.Problem(c.graph); problem != nil {
		failure := c.app.explain(problem)
		item.Status, item.Answer, item.Next = views.Fails, failure.Message, failure.Next
		return nil
	}
	if len(standing.Pending) > 0 {
		item.Status, item.Answer = views.Fails, fmt.Sprintf("%s, pending: %s", at(standing.Current), strings.Join(ids(standing.Pending), ", "))
		if len(c.graph.Heads()) < 2 { // else the history's line says what to do first
			item.Next = []string{"Apply what is pending: duo-orm migration upgrade"}
		}
	}
	return nil
}

func at(current []string) string {
	if len(current) == 0 {
		return "at <base>"
	}
	return "at " + strings.Join(current, ", ")
}

// equal asks whether the database is as the models say.
func (c *checker) equal(ctx context.Context) error {
	item := views.CheckItem{Name: "equal", Question: "database is as the models say", Status: views.Skipped, Answer: "not known: the models are not valid"}
	defer func() { c.add(item) }()
	if c.desired == nil {
		return nil
	}
	plan, err := c.difference(ctx, c.desired, nil)
	if err != nil {
		if ctx.Err() != nil || c.worker != nil && serverFull(err) { // others have no connection to spare just now
			return err
		}
		failure := c.app.explain(err)
		item.Status, item.Answer = views.Fails, failure.Message
		item.Details, item.Next = failure.Details, failure.Next
		return nil
	}
	item.Status, item.Answer = views.Holds, ""
	if !plan.Empty() {
		summary := planner.Summarize(plan)
		item.Status, item.Answer = views.Fails, fmt.Sprintf("%d to add, %d to change, %d to drop", summary.Adds, summary.Changes, summary.Drops)
		item.Details = []string{summary.Text()}
		item.Next = []string{`Plan the way: duo-orm migration create "…"`}
		if c.standing != nil && len(c.standing.Pending) > 0 {
			item.Next = nil
			if len(c.graph.Heads()) < 2 && c.standing.Problem(c.graph) == nil { // else the lines above say what to do first
				item.Next = []string{"Apply what is pending first: duo-orm migration upgrade"}
			}
		}
	}
	return nil
}

// joined is both maps as one.
func joined(a, b map[string]*hcl.File) map[string]*hcl.File {
	all := map[string]*hcl.File{}
	maps.Copy(all, a)
	maps.Copy(all, b)
	return all
}
