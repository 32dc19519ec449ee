package execute

import (
	"context"
	"slices"

	"github.com/duo-orm/duo-orm/planner/revision"
)

// Adrift names the units that aren't in the database as the applied revisions left them, sorted. What these don't tell isn't
// looked at: units that nobody planned, and those that revisions of several branches touched in an order that no proof has
// seen. A revision that isn't proved may have changed anything, so that only what came after it is known.
func Adrift(ctx context.Context, o Options) ([]string, error) {
	r := &runner{Options: o}
	records, err := ReadRecords(ctx, r.Driver, r.Conn, r.VersionTable)
	if err != nil {
		return nil, err
	}
	differ, _, err := r.compare(ctx, r.left(records))
	return differ, err
}

// left are the fingerprints of the units as the applied revisions left them.
func (r *runner) left(records []Record) map[string]expectation {
	prints := map[string]expectation{}
	// by are the revisions of which one changed the unit last.
	by := map[string][]string{}
	for _, record := range records {
		file := r.Graph.Get(record.Revision)
		if file == nil || record.Finished.IsZero() || revision.Checksum(file) != record.Checksum || file.ProvedState() != revision.Proved {
			clear(prints)
			clear(by)
			continue
		}
		before := r.Graph.Ancestors(file.ID)
		behind := func(id string) bool { return before[id] }
		for _, unit := range slices.Concat(sortedKeys(file.Start), sortedKeys(file.End)) {
			delete(prints, unit)
			if slices.ContainsFunc(by[unit], func(id string) bool { return !behind(id) }) {
				by[unit] = append(by[unit], file.ID)
				continue
			}
			by[unit] = []string{file.ID}
			if print, stays := file.End[unit]; stays {
				prints[unit] = expectation{print, file.Server()}
			}
		}
	}
	return prints
}
