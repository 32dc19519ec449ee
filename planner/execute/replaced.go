package execute

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Replaced is a revision that stands in place of others that a database has all applied.
type Replaced struct {
	File *revision.File
	// Records are those of the others, in the order of File.Replaces: of one that isn't recorded, those of what it stood for.
	Records []Record
}

// Revisions are the ids of the others that are recorded.
func (r Replaced) Revisions() []string {
	var ids []string
	for _, record := range r.Records {
		ids = append(ids, record.Revision)
	}
	return ids
}

// find collects the records of revisions that others stand in place of. What isn't recorded may be by what it stood for.
func (e *PartlyReplacedError) find(ids []string, is map[string]Record) (records []Record) {
	until := ids[len(ids)-1]
	for _, id := range ids {
		if record, ok := is[id]; ok && !record.Finished.IsZero() {
			records, e.Applied = append(records, record), append(e.Applied, id)
			continue
		}
		within := &PartlyReplacedError{File: e.File}
		if stood := e.File.StoodFor[id]; len(stood) > 0 {
			records = append(records, within.find(stood, is)...)
		}
		switch {
		case len(within.Applied) == 0:
			e.Lacking = append(e.Lacking, id)
			continue
		case len(within.Lacking) > 0 && e.Until == "":
			e.Until = within.Until
		}
		e.Applied, e.Lacking = append(e.Applied, within.Applied...), append(e.Lacking, within.Lacking...)
	}
	if e.Until == "" {
		e.Until = until
	}
	return records
}

// recognise puts the record of a revision that stands in place of others where theirs are, as the next run writes it. Where a
// database has only some of them, nothing can be said about it.
func (s *Standing) recognise(graph *revision.Graph, records []Record) []Record {
	is := make(map[string]Record, len(records))
	for _, r := range records {
		is[r.Revision] = r
	}
	// now is what a replaced revision is called now, tip the last one of those that a revision replaces.
	now, tip := map[string]*revision.File{}, map[string]string{}
	for _, file := range graph.Revisions() {
		if _, applied := is[file.ID]; applied || len(file.Replaces) == 0 {
			continue
		}
		partly := &PartlyReplacedError{File: file}
		found := Replaced{File: file, Records: partly.find(file.Replaces, is)}
		switch {
		case len(found.Records) == 0:
		case len(partly.Lacking) > 0:
			s.Partly = partly
		default:
			s.Replaced = append(s.Replaced, found)
			for _, record := range found.Records {
				now[record.Revision] = file
			}
			tip[file.ID] = found.Records[len(found.Records)-1].Revision
		}
	}
	if len(s.Replaced) == 0 {
		return records
	}
	var list []Record
	for _, r := range records {
		switch file := now[r.Revision]; {
		case file == nil:
			list = append(list, s.follow(graph, r, now, tip))
		case tip[file.ID] == r.Revision:
			list = append(list, inPlaceOf(r, file))
		}
	}
	return list
}

// inPlaceOf is the record of a revision that stands in place of others, of which this is the last one's.
func inPlaceOf(last Record, file *revision.File) Record {
	makes, drops := net(file.Upgrade)
	return Record{Revision: file.ID, Message: file.Message, Checksum: revision.Checksum(file), Parents: file.Parents, Steps: len(file.Upgrade),
		Makes: makes, Drops: drops, Started: last.Started, Finished: last.Finished, Tool: last.Tool}
}

// follow is the record of a revision that follows a replaced one, or depends on it: it follows the one in its place. It is as it
// was applied where nothing else of its file is otherwise.
func (s *Standing) follow(graph *revision.Graph, r Record, now map[string]*revision.File, tip map[string]string) Record {
	file := graph.Get(r.Revision)
	if file == nil {
		return r
	}
	parents := slices.Clone(r.Parents)
	for i, id := range parents {
		if now[id] != nil {
			parents[i] = now[id].ID
		}
	}
	was := *file
	was.Parents, was.DependsOn = r.Parents, slices.Clone(file.DependsOn)
	for i, id := range was.DependsOn {
		if tip[id] != "" {
			was.DependsOn[i] = tip[id]
		}
	}
	if slices.Equal(parents, r.Parents) && slices.Equal(was.DependsOn, file.DependsOn) {
		return r
	}
	if slices.Equal(parents, file.Parents) && revision.Checksum(&was) == r.Checksum {
		r.Checksum = revision.Checksum(file)
	}
	r.Parents = parents
	s.moved = append(s.moved, r)
	return r
}

// replace writes the records of revisions that stand in place of others, under the lock.
func (r *runner) replace(ctx context.Context) error {
	if err := r.Conn.Begin(ctx, drivers.BeginOptions{}, r.Progress.Waiting); err != nil {
		return err
	}
	records, err := ReadRecords(ctx, r.Driver, r.Conn, r.VersionTable)
	if err != nil {
		return r.giveUp(err)
	}
	standing := Stand(r.Graph, records)
	if err := r.makeTables(ctx); err != nil {
		return r.giveUp(err)
	}
	if err := r.rewrite(ctx, standing); err != nil {
		return r.giveUp(err)
	}
	if err := r.Conn.Commit(ctx); err != nil {
		return r.giveUp(err)
	}
	for _, replaced := range standing.Replaced {
		if r.Progress.Replaced != nil {
			r.Progress.Replaced(replaced)
		}
	}
	return nil
}

// rewrite puts one record in the place of those that it replaces, and keeps what follows them in step.
func (r *runner) rewrite(ctx context.Context, standing Standing) error {
	for _, replaced := range standing.Replaced {
		for _, record := range replaced.Records {
			if err := r.remove(ctx, record.Revision); err != nil {
				return err
			}
			if err := r.log(ctx, "replaced", record.Revision, record.Checksum, r.Clock(), "by "+replaced.File.ID); err != nil {
				return err
			}
		}
		last := replaced.Records[len(replaced.Records)-1]
		if err := r.insert(ctx, replaced.File, len(replaced.File.Upgrade), last.Started, last.Finished); err != nil {
			return err
		}
		detail := fmt.Sprintf("in place of %s", strings.Join(replaced.Revisions(), ", "))
		if err := r.log(ctx, "replace", replaced.File.ID, revision.Checksum(replaced.File), r.Clock(), detail); err != nil {
			return err
		}
	}
	for _, record := range standing.moved {
		n, err := r.Conn.Exec(ctx, "UPDATE "+drivers.TableName(r.Driver, r.VersionTable)+" SET checksum = ?, parents = ? WHERE revision = ?",
			record.Checksum, strings.Join(record.Parents, ","), record.Revision)
		if err := one(n, err); err != nil {
			return err
		}
	}
	return nil
}
