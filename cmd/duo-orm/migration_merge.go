package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// mergeOptions are what merge was asked for.
type mergeOptions struct {
	heads               []string
	message, id, branch string
	variables           []string
}

func newMergeCommand(a *app) *cobra.Command {
	var o mergeOptions
	cmd := &cobra.Command{
		Use: "merge [REVISION...]", Short: "Join heads by a revision that follows all of them", Args: arguments(0, maxTargets, ""),
		Long: `Joins heads, all of them where none are named, by a revision without steps that follows them. Before it is written it is
proved on a scratch database that their revisions lead to the same state in whatever order a database gets them; where
they don't, the objects are named. Then that state is compared with the models: what they say beyond it is told, and
"migration create" plans it on top of the merge. The database is not touched.`,
		Example:           "  duo-orm migration merge -m \"merge shipments and invoices\"\n  duo-orm migration merge 3f2a 9b1c\n  duo-orm migration merge billing@head core@head -m \"billing is done\"",
		ValidArgsFunction: a.completeRevisions("heads"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := filled(cmd, "branch", "rev-id"); err != nil {
				return err
			}
			o.heads = args
			return a.merge(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.message, "message", "m", "", "what the merge is for")
	flags.StringVar(&o.id, "rev-id", "", "`id` of the revision")
	flags.StringVar(&o.branch, "branch", "", "`label` of a branch that begins with it, for label@head")
	flags.StringArrayVar(&o.variables, "var", nil, "value of a model's variable, as `name=value`; may be given several times")
	return cmd
}

func (a *app) merge(ctx context.Context, o mergeOptions) (err error) {
	values, err := variables(o.variables)
	if err != nil {
		return err
	}
	s, graph, err := a.sessionWithGraph()
	if err != nil {
		return err
	}
	heads, err := o.files(graph)
	if err != nil {
		return err
	}
	meta, err := a.mergeMeta(o, graph, heads)
	if err != nil {
		return err
	}
	if err := s.needsDialect(graph.Upgrade(nil, meta.Parents)); err != nil {
		return err
	}
	desired, err := s.models(values)
	if err != nil {
		return err
	}
	if err := s.openForScratch(ctx); err != nil {
		return err
	}
	defer s.close(&err)
	request := planner.MergeRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch, Graph: graph, Heads: meta.Parents,
		Desired: desired, Exclude: s.migrations.Exclude, Others: len(heads) < len(graph.Heads())}
	merged, err := planner.Merge(ctx, request)
	if err != nil {
		return s.withApplied(ctx, graph, &mergeError{graph: graph, cause: err})
	}
	file := planner.MergeRevision(request, merged, meta)
	result := views.Merge{Revision: file.ID, Message: file.Message, Server: merged.Server, Both: merged.Both, Left: merged.Left}
	for _, head := range graph.Heads() {
		if !slices.Contains(heads, head) {
			result.Others = append(result.Others, described(graph, head))
		}
	}
	for _, head := range heads {
		result.Heads = append(result.Heads, described(graph, head))
	}
	if result.Path, err = s.writeRevision(file); err != nil {
		return err
	}
	return a.show(result)
}

// files are the heads to join, oldest first.
func (o mergeOptions) files(graph *revision.Graph) ([]*revision.File, error) {
	heads := graph.Heads()
	if len(heads) < 2 {
		return nil, &usageError{Message: "there is no second head to join", Next: []string{"See the heads with: duo-orm migration heads"}}
	}
	if len(o.heads) == 0 || slices.Equal(o.heads, []string{"heads"}) {
		return heads, nil
	}
	wanted := map[string]bool{}
	for _, text := range o.heads {
		file, err := named(graph, text, "merge")
		if err != nil {
			return nil, err
		}
		if children := graph.Children(file.ID); len(children) > 0 {
			return nil, &usageError{Message: fmt.Sprintf("revision %s is no head: %s", file.ID, following(children)),
				Next: []string{"Join heads: duo-orm migration heads lists them."}}
		}
		wanted[file.ID] = true
	}
	if len(wanted) < 2 {
		return nil, &usageError{Message: "a merge joins two revisions or more", Next: []string{"Name another head, or none for all: " + strings.Join(ids(heads), ", ")}}
	}
	return slices.DeleteFunc(heads, func(f *revision.File) bool { return !wanted[f.ID] }), nil
}

func (a *app) mergeMeta(o mergeOptions, graph *revision.Graph, heads []*revision.File) (planner.Meta, error) {
	if o.message == "" {
		list, last := ids(heads), len(heads)-1
		o.message = "merge " + strings.Join(list[:last], ", ") + " and " + list[last]
	}
	message, err := cleanMessage(o.message)
	if err != nil {
		return planner.Meta{}, err
	}
	meta, err := a.newMeta(message, o.id, graph)
	if err != nil {
		return meta, err
	}
	meta.Parents = ids(heads)
	meta.Branch, err = newLabel(o.branch, graph)
	return meta, err
}

// needsDialect says which of the revisions is for another engine than the URL's.
func (s *session) needsDialect(files []*revision.File) error {
	for _, file := range files {
		if file.Dialect != s.driver.Name() {
			return &usageError{Message: fmt.Sprintf("revision %s is for %s, but the URL is that of a %s database", file.ID, file.Dialect, s.driver.Name()),
				Next: []string{"Name a database of that engine with --url or --env."}}
		}
	}
	return nil
}

// openForScratch connects where the engine needs a server to make scratch databases on.
func (s *session) openForScratch(ctx context.Context) error {
	if server, ok := s.driver.(drivers.ServerScratch); ok && server.ScratchNeedsServer() {
		return s.open(ctx, drivers.OpenOptions{ReadOnly: true})
	}
	return nil
}

// mergeError is why heads can't be joined.
type mergeError struct {
	graph *revision.Graph
	cause error
}

// Error implements error.
func (e *mergeError) Error() string { return e.cause.Error() }

// Unwrap is what the proof said.
func (e *mergeError) Unwrap() error { return e.cause }
