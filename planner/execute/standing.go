package execute

import (
	"slices"

	"github.com/duo-orm/duo-orm/planner/revision"
)

// Standing is where a database stands among the revisions.
type Standing struct {
	// Applied are the records by revision, Current those ids that no other applied revision follows, oldest first.
	Applied map[string]Record
	Current []string
	// Pending are the revisions that aren't applied, oldest first.
	Pending []*revision.File
	// Missing are records without a file, Edited files that mean something else than what was applied, Unfinished records
	// of revisions that stopped on their way.
	Missing    []Record
	Edited     []*revision.File
	Unfinished []Record
	// Replaced are revisions that stand in place of others that are recorded; Partly is set where only some of those are.
	Replaced []Replaced
	Partly   *PartlyReplacedError
	// moved are records as they are to be, of revisions that follow or depend on such a one by another name.
	moved []Record
}

// Stand compares records with files.
func Stand(graph *revision.Graph, records []Record) Standing {
	s := Standing{Applied: map[string]Record{}}
	records = s.recognise(graph, records)
	followed := map[string]bool{}
	for _, r := range records {
		s.Applied[r.Revision] = r
		for _, parent := range r.Parents {
			followed[parent] = true
		}
		switch file := graph.Get(r.Revision); {
		case r.Finished.IsZero():
			s.Unfinished = append(s.Unfinished, r)
		case file == nil:
			s.Missing = append(s.Missing, r)
		case revision.Checksum(file) != r.Checksum:
			s.Edited = append(s.Edited, file)
		}
	}
	for _, r := range records {
		if !followed[r.Revision] {
			s.Current = append(s.Current, r.Revision)
		}
	}
	all := graph.Revisions()
	for i := len(all) - 1; i >= 0; i-- {
		if _, applied := s.Applied[all[i].ID]; !applied {
			s.Pending = append(s.Pending, all[i])
		}
	}
	return s
}

// Problem is the first thing that keeps revisions from being run: an unfinished one, a missing or an edited file; nil where
// nothing does.
func (s Standing) Problem(graph *revision.Graph) error {
	switch {
	case len(s.Unfinished) > 0:
		return unfinished(graph.Get(s.Unfinished[0].Revision), s.Unfinished[0])
	case s.Partly != nil:
		return s.Partly
	case len(s.Missing) > 0:
		return &MissingFileError{Record: s.Missing[0]}
	case len(s.Edited) > 0:
		file := s.Edited[0]
		was := s.Applied[file.ID].Parents
		return &EditedError{File: file, Followed: was, Moved: !slices.Equal(was, file.Parents)}
	}
	return nil
}

// after is where the database stands once a revision was run from here, where nothing else happened. What s holds in maps
// goes over to it.
func (s Standing) after(graph *revision.Graph, file *revision.File, down bool) Standing {
	var current []string
	for _, id := range s.Current {
		if id != file.ID && (down || !slices.Contains(file.Parents, id)) {
			current = append(current, id)
		}
	}
	next := Standing{Applied: s.Applied}
	if down {
		delete(next.Applied, file.ID)
		for _, parent := range file.Parents {
			if !slices.ContainsFunc(graph.Children(parent), func(f *revision.File) bool { return next.Applied[f.ID].Revision != "" }) {
				current = append(current, parent)
			}
		}
	} else {
		next.Applied[file.ID] = Record{Revision: file.ID, Message: file.Message, Parents: file.Parents}
		current = append(current, file.ID)
	}
	next.Current = current
	return next
}

func unfinished(file *revision.File, record Record) error {
	e := &UnfinishedError{Record: record}
	if file == nil {
		return e
	}
	steps := file.Upgrade
	if record.Down {
		steps = file.Downgrade
	}
	if record.Steps < len(steps) {
		e.Step = &steps[record.Steps]
	}
	return e
}
