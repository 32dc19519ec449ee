package main

import (
	"context"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// records are the revisions that the database has recorded, oldest first.
func (s *session) records(ctx context.Context) ([]execute.Record, error) {
	return execute.ReadRecords(ctx, s.driver, s.conn, s.migrations.VersionTable)
}

// describe joins files and records, newest first; recorded revisions whose files are missing come before all others.
func (k *known) describe(records []execute.Record) {
	standing := execute.Stand(k.graph, records)
	k.current = standing.Current
	current, edited := map[string]bool{}, map[string]bool{}
	for _, id := range standing.Current {
		current[id] = true
	}
	for _, file := range standing.Edited {
		edited[file.ID] = true
	}
	replaced := map[string]bool{}
	for _, r := range standing.Replaced {
		for _, id := range r.Revisions() {
			replaced[id] = true
		}
	}
	for i := len(records) - 1; i >= 0; i-- {
		if r := records[i]; k.graph.Get(r.Revision) == nil && !replaced[r.Revision] {
			k.revisions = append(k.revisions, views.Revision{ID: r.Revision, Message: r.Message, Parents: r.Parents,
				Missing: true, Known: true, Applied: true, AppliedAt: r.Finished, Unfinished: r.Finished.IsZero(), Current: current[r.Revision]})
		}
	}
	for _, file := range k.graph.Revisions() {
		r := described(k.graph, file)
		r.Known = k.failed == nil
		if record, ok := standing.Applied[file.ID]; ok {
			r.Applied, r.AppliedAt, r.Unfinished = true, record.Finished, record.Finished.IsZero()
			r.Current, r.Edited = current[file.ID], edited[file.ID]
		}
		k.revisions = append(k.revisions, r)
	}
}

// described is what a revision's file tells.
func described(graph *revision.Graph, file *revision.File) views.Revision {
	r := views.Revision{ID: file.ID, Message: file.Message, Parents: file.Parents, CreatedAt: file.Created, Path: file.Path, Dialect: file.Dialect,
		Label: file.Branch, Labels: graph.Labels(file.ID), DependsOn: file.DependsOn, Dependents: ids(graph.Dependents(file.ID)), Replaces: file.Replaces, StoodFor: file.StoodFor, Mergepoint: len(file.Parents) > 1, Up: revisionSteps(file.Upgrade), Down: revisionSteps(file.Downgrade)}
	for _, child := range graph.Children(file.ID) {
		r.Children = append(r.Children, child.ID)
	}
	r.Head, r.Branchpoint = len(r.Children) == 0, len(r.Children) > 1
	r.Proved, r.Irreversible = file.Proved, file.Irreversible
	if file.ProvedState() == revision.EditedSince {
		r.Proved = string(revision.EditedSince)
	}
	return r
}

func revisionSteps(steps []revision.Step) []views.RevisionStep {
	var list []views.RevisionStep
	for _, step := range steps {
		list = append(list, views.RevisionStep{Name: step.Name, SQL: step.Shown(), Destroys: step.Destroys, Note: step.Note()})
	}
	return list
}
