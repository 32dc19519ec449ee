package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// createOptions are what migration create was asked for.
type createOptions struct {
	message, id                            string
	empty, dryRun, dropUnmanaged, unproven bool
	renames, variables                     []string
	place                                  placeOptions
}

func newCreateCommand(a *app) *cobra.Command {
	var o createOptions
	cmd := &cobra.Command{
		Use: "create MESSAGE", Short: "Plan the way from the database to the models, and write it as a revision", Args: arguments(1, 1, "a message"),
		Long: `Compares the database with the models, plans the way there and back, proves the plan on a scratch database with rows in
it, and writes it as one file into migrations/versions. Nothing in the database is changed. Where there is no difference
nothing is written.

The revision follows the head. Where there are several heads, join them first with "migration merge", or name one with
--head; --splice lets it follow a revision that others follow already, and --head base makes the first one of a line of
its own. The database must have all revisions then, of every branch, and the new one is proved on those that it follows or
depends on (--depends-on) alone.`,
		Example: "  duo-orm migration create \"add users\"\n  duo-orm migration create \"mail is email\" --rename users.mail=email\n  duo-orm migration create \"fill in slugs\" --empty\n  duo-orm migration create \"billing\" --head 3f2a --splice --branch billing",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := filled(cmd, "head", "branch", "rev-id"); err != nil {
				return err
			}
			o.message = args[0]
			return a.create(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.empty, "empty", false, "write an empty revision, for steps written by hand")
	flags.BoolVar(&o.dryRun, "dry-run", false, "print the plan and write nothing")
	flags.StringArrayVar(&o.renames, "rename", nil, "a rename, as `old=new`: users=people, users.mail=email or, to another schema, sales.orders=archive.orders; may be given several times")
	flags.StringArrayVar(&o.variables, "var", nil, "value of a model's variable, as `name=value`; may be given several times")
	flags.StringVar(&o.id, "rev-id", "", "`id` of the revision")
	flags.BoolVar(&o.dropUnmanaged, "drop-unmanaged", false, "drop objects that no model has and no revision made")
	o.place.flags(cmd)
	flags.BoolVar(&o.unproven, "unproven", false, "write the plan without proving it")
	return cmd
}

func (a *app) create(ctx context.Context, o createOptions) (err error) {
	values, err := variables(o.variables)
	if err != nil {
		return err
	}
	if o.message, err = cleanMessage(o.message); err != nil {
		return err
	}
	s, graph, err := a.sessionWithGraph()
	if err != nil {
		return err
	}
	meta, err := a.meta(o, graph)
	if err != nil {
		return s.withApplied(ctx, graph, &followError{cause: err})
	}
	if o.empty {
		return s.createEmpty(o, meta, apart(graph, meta))
	}
	plan, unrecorded, err := s.plan(ctx, o, graph, values)
	defer s.close(&err)
	if err != nil {
		return err
	}
	view := views.Plan{Plan: plan, Where: s.conn.Where(), DryRun: o.dryRun, Unrecorded: unrecorded, Apart: apart(graph, meta)}
	if plan.Empty() {
		return a.show(view)
	}
	view.Revision, view.Message, view.Parents = meta.ID, meta.Message, meta.Parents
	file := planner.Revision(plan, meta)
	if !o.unproven {
		if err := s.proveAlone(ctx, graph, file); err != nil {
			return err
		}
	}
	if !o.dryRun {
		if view.Path, err = s.writeRevision(file); err != nil {
			return err
		}
	}
	return a.show(view)
}

// meta is what the new revision is called and follows.
func (a *app) meta(o createOptions, graph *revision.Graph) (planner.Meta, error) {
	meta, err := a.newMeta(o.message, o.id, graph)
	if err != nil {
		return meta, err
	}
	return meta, o.place.put(&meta, graph)
}

// newMeta is what a new revision is called: by the id that was given, or by a new one.
func (a *app) newMeta(message, id string, graph *revision.Graph) (planner.Meta, error) {
	meta := planner.Meta{ID: id, Message: message, Created: a.clock()}
	if id == "" {
		var err error
		if meta.ID, err = a.newID(); err != nil {
			return meta, err
		}
	} else if err := revision.CheckID(id); err != nil {
		return meta, &usageError{Message: err.Error(), Next: []string{"Give letters, digits and _, such as --rev-id 3f2a9c1d4b7e, or leave --rev-id out."}}
	}
	if graph.Get(meta.ID) != nil {
		return meta, &usageError{Message: "there is a revision " + meta.ID + " already", Next: []string{"Give another --rev-id, or leave it out."}}
	}
	if graph.Branch(meta.ID) != nil {
		return meta, &usageError{Message: meta.ID + " is the label of a branch", Next: []string{"Give another --rev-id, or leave it out."}}
	}
	return meta, nil
}

// plan connects, checks that the database is at the head, and plans. unrecorded are units that the database and the models
// have and that no revision makes.
func (s *session) plan(ctx context.Context, o createOptions, graph *revision.Graph, values map[string]string) (plan *planner.Plan, unrecorded []string, err error) {
	desired, err := s.models(values)
	if err != nil {
		return nil, nil, err
	}
	if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
		return nil, nil, err
	}
	records, err := s.records(ctx)
	if err != nil {
		return nil, nil, err
	}
	standing := execute.Stand(graph, records)
	if err := standing.Problem(graph); err != nil {
		return nil, nil, err
	}
	if len(standing.Pending) > 0 {
		return nil, nil, &behindError{Where: s.conn.Where(), Pending: len(standing.Pending), Heads: len(graph.Heads())}
	}
	s.tellExcluded(desired)
	managed := execute.Managed(s.driver, execute.Ordered(graph, records))
	plan, err = planner.Create(ctx, planner.Request{
		Driver: s.driver, Live: s.conn, Desired: desired, Renames: o.renames, Exclude: s.migrations.Exclude,
		Managed: managed, Applied: graph.Upgrade(nil, ids(graph.Heads())), DropUnmanaged: o.dropUnmanaged, Unproven: o.unproven, ScratchURL: s.database.Scratch,
	})
	if err != nil {
		return nil, nil, err
	}
	return plan, s.unrecorded(desired, plan, managed), nil
}

// unrecorded are the units of the models that are in the database already, though no revision made them.
func (s *session) unrecorded(desired *hclschema.State, plan *planner.Plan, managed func(hclschema.Identity) bool) []string {
	made := map[hclschema.Identity]bool{}
	for _, unit := range plan.Units {
		if unit.Action == planner.Add || unit.From != (hclschema.Identity{}) {
			made[desired.Key(unit.Identity)] = true
		}
	}
	for _, step := range plan.Upgrade { // a renamed table takes its triggers along, which may be no units of the plan
		for _, id := range step.Makes {
			made[desired.Key(id)] = true
		}
	}
	var names []string
	for _, unit := range drivers.Units(s.driver, desired) {
		if id := unit.Identity(); !managed(id) && !made[desired.Key(id)] && !s.excluded(id) {
			names = append(names, id.String())
		}
	}
	return names
}

// behindError is returned where a database must be at the head and isn't.
type behindError struct {
	Where          string
	Pending, Heads int
}

// Error implements error.
func (e *behindError) Error() string {
	if e.Pending == 1 {
		return "a revision has not been applied to the " + e.Where + " yet"
	}
	return fmt.Sprintf("%d revisions have not been applied to the %s yet", e.Pending, e.Where)
}

// createEmpty writes a revision without steps. It needs no database.
func (s *session) createEmpty(o createOptions, meta planner.Meta, apart bool) (err error) {
	file := &revision.File{Format: 1, ID: meta.ID, Message: meta.Message, Parents: meta.Parents, Branch: meta.Branch, DependsOn: meta.DependsOn, Created: meta.Created, Dialect: s.driver.Name(),
		Summary: meta.Message + "\n\nWritten by hand: add a step block for each statement or program."}
	view := views.Plan{Plan: &planner.Plan{Dialect: file.Dialect}, Revision: meta.ID, Message: meta.Message, Parents: meta.Parents, DryRun: o.dryRun, Handwritten: true, Apart: apart}
	file.Path = s.revisionPath(file)
	text, err := revision.Empty(file)
	if err != nil {
		return err
	}
	if view.Text = string(text); !o.dryRun {
		if err := s.project.Write([]project.FileChange{{Path: file.Path, Content: text, New: true}}); err != nil {
			return err
		}
		view.Path = file.Path
	}
	return s.app.show(view)
}

// writeRevision writes a new file into versions, never over one that is there.
func (s *session) writeRevision(file *revision.File) (string, error) {
	file.Path = s.revisionPath(file)
	text, err := revision.Checked(file)
	if err != nil {
		return "", err
	}
	return file.Path, s.project.Write([]project.FileChange{{Path: file.Path, Content: text, New: true}})
}

// revisionPath is where a new revision's file lies.
func (s *session) revisionPath(file *revision.File) string {
	return s.project.Versions() + "/" + revision.FileName(file.Created, file.ID, revision.Slug(file.Message))
}
