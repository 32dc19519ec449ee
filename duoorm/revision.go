package duoorm

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Revision is one revision file.
type Revision struct {
	ID, Message string
	// Path is where the file lies in the file system.
	Path string
	// Parents are the ids of the revisions that it follows: none for a first one, several for a merge. DependsOn are others that
	// it needs. Branch is its label.
	Parents, DependsOn []string
	Branch             string
	Created            time.Time
}

func toRevision(file *revision.File) Revision {
	return Revision{ID: file.ID, Message: file.Message, Path: file.Path, Parents: slices.Clone(file.Parents), DependsOn: slices.Clone(file.DependsOn),
		Branch: file.Branch, Created: file.Created}
}

func toRevisions(files []*revision.File) []Revision {
	var list []Revision
	for _, file := range files {
		list = append(list, toRevision(file))
	}
	return list
}

// Record is the row of a revision in a database's version table.
type Record struct {
	ID, Message string
	Parents     []string
	// Steps is how many steps were done.
	Steps   int
	Started time.Time
	// Finished is the zero time while the revision is unfinished; Down says of one that it was being taken back.
	Finished time.Time
	Down     bool
	// Tool is the program that ran it.
	Tool string
}

func toRecord(r execute.Record) Record {
	return Record{ID: r.Revision, Message: r.Message, Parents: slices.Clone(r.Parents), Steps: r.Steps, Started: r.Started, Finished: r.Finished, Down: r.Down, Tool: r.Tool}
}

func toRecords(records []execute.Record) []Record {
	var list []Record
	for _, r := range records {
		list = append(list, toRecord(r))
	}
	return list
}

// Entry is a revision with what a database says of it.
type Entry struct {
	Revision
	// Record is the database's, nil where the revision isn't applied.
	Record *Record
	// Current says that the database is at it, Head that no other revision follows it.
	Current, Head bool
	// Missing says that no file holds it any more, Edited that its file means something else than what was applied.
	Missing, Edited bool
}

// Applied says that the database has the revision, as a whole.
func (e Entry) Applied() bool { return e.Record != nil && !e.Record.Finished.IsZero() }

// History lists the revisions of a file system and those that the database has beside them, newest first. It writes nothing and takes no lock.
func History[H Handle](ctx context.Context, db H, files fs.FS, options ...Option) ([]Entry, error) {
	o := chosen(options)
	var entries []Entry
	err := look(ctx, db, files, o, func(m *migrations, _ session, execution execute.Options) error {
		records, err := execute.ReadRecords(ctx, execution.Driver, execution.Conn, execution.VersionTable)
		if err != nil {
			return err
		}
		entries = history(m.graph, execute.Stand(m.graph, records))
		return nil
	})
	return entries, explain(err)
}

func history(graph *revision.Graph, standing execute.Standing) []Entry {
	var entries []Entry
	recorded := func(id string) *Record {
		r, ok := standing.Applied[id]
		if !ok {
			return nil
		}
		record := toRecord(r)
		return &record
	}
	current := func(id string) bool { return slices.Contains(standing.Current, id) }
	missing := slices.Clone(standing.Missing)
	for _, r := range standing.Unfinished {
		if graph.Get(r.Revision) == nil {
			missing = append(missing, r)
		}
	}
	slices.SortStableFunc(missing, func(a, b execute.Record) int {
		if order := b.Started.Compare(a.Started); order != 0 {
			return order
		}
		return strings.Compare(a.Revision, b.Revision)
	})
	for _, r := range missing {
		entries = append(entries, Entry{Revision: Revision{ID: r.Revision, Message: r.Message, Parents: slices.Clone(r.Parents)}, Record: recorded(r.Revision),
			Current: current(r.Revision), Missing: true})
	}
	heads := graph.Heads()
	for _, file := range graph.Revisions() {
		entries = append(entries, Entry{Revision: toRevision(file), Record: recorded(file.ID), Current: current(file.ID),
			Head: slices.Contains(heads, file), Edited: slices.Contains(standing.Edited, file)})
	}
	return entries
}

// look opens a database for reading.
func look[H Handle](ctx context.Context, db H, files fs.FS, o options, work func(*migrations, session, execute.Options) error) error {
	m, err := read(files, o)
	if err != nil {
		return err
	}
	opening := m.opening(o)
	opening.ReadOnly = true
	return with(ctx, db, opening, func(s session) error {
		execution, err := o.execution(m, s)
		if err != nil {
			return err
		}
		return work(m, s, execution)
	})
}
