package execute

import (
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// drift compares the units that a revision rests on with its fingerprints: start on the way up, end on the way down. It
// returns those that differ, and a *DriftError unless that is allowed. A file that was edited since its proof doesn't know
// how it leaves the units.
func (r *runner) drift(ctx context.Context, standing Standing, file *revision.File) ([]string, error) {
	prints := file.Start
	if r.down {
		if prints = file.End; file.ProvedState() == revision.EditedSince {
			return nil, nil
		}
	}
	differ, absent, err := r.compare(ctx, expected(file, prints))
	differ = r.unjoined(standing, file, differ)
	if err != nil || len(differ) == 0 || r.AllowDrift {
		return differ, err
	}
	absent = slices.DeleteFunc(absent, func(unit string) bool { return !slices.Contains(differ, unit) })
	return nil, &DriftError{File: file, Down: r.down, Units: differ, Absent: absent, Others: r.others(standing, file, differ)}
}

// outcome compares what the steps left with what they left when they were proved. Where drift was allowed, or the steps
// aren't those that were proved, nothing is known about that.
func (r *runner) outcome(ctx context.Context, standing Standing, file *revision.File) error {
	if r.down || r.AllowDrift || file.ProvedState() != revision.Proved {
		return nil
	}
	differ, _, err := r.compare(ctx, expected(file, file.End))
	differ = r.unjoined(standing, file, differ)
	if err != nil || len(differ) == 0 {
		return err
	}
	return &OutcomeError{File: file, Units: differ}
}

// Unexpected names the units of the connection's database whose fingerprints aren't these of a revision's file, for another
// reason than an applied branch that a proved merge joins with it. Driver, Conn and Graph are needed.
func Unexpected(ctx context.Context, o Options, applied []*revision.File, file *revision.File, prints map[string]string) ([]string, error) {
	r := &runner{Options: o}
	standing := Standing{Applied: map[string]Record{}}
	for _, other := range applied {
		standing.Applied[other.ID] = Record{Revision: other.ID}
	}
	differ, _, err := r.compare(ctx, expected(file, prints))
	return r.unjoined(standing, file, differ), err
}

// expectation is a unit's fingerprint, with the server that it was made on; none where that isn't known.
type expectation struct{ print, server string }

// expected are fingerprints of a file.
func expected(file *revision.File, prints map[string]string) map[string]expectation {
	expected := make(map[string]expectation, len(prints))
	for unit, print := range prints {
		expected[unit] = expectation{print, file.Server()}
	}
	return expected
}

// compare returns the units whose fingerprints in the database are others, and those of them that aren't there. Nothing is
// read where there is nothing to compare. Of a fingerprint in another form only that the unit is there can be told.
func (r *runner) compare(ctx context.Context, prints map[string]expectation) (differ, absent []string, err error) {
	if len(prints) == 0 {
		return nil, nil, nil
	}
	inspection, err := r.Conn.Inspect(ctx)
	if err != nil {
		return nil, nil, err
	}
	fold := folder(r.Driver)
	is := map[string]drivers.Unit{}
	for _, unit := range drivers.Units(r.Driver, inspection.State) {
		is[fold(unit.Identity().String())] = unit
	}
	manager, ok := r.Conn.(drivers.PrivilegeManager)
	manages := ok && manager.ManagesPrivileges()
	for _, name := range sortedKeys(prints) {
		unit, there := is[fold(name)]
		switch {
		case there && r.agrees(prints[name], unit, inspection.State, manages):
			continue
		case !there && !manages && isPermission(name):
			continue
		case !there:
			absent = append(absent, name)
		}
		differ = append(differ, name)
	}
	return differ, absent, nil
}

// agrees says that a unit is as its fingerprint says.
func (r *runner) agrees(e expectation, unit drivers.Unit, state *hclschema.State, manages bool) bool {
	otherVersion := e.server != "" && !drivers.SameVersion(e.server, r.Conn.Server())
	return drivers.Agrees(r.Driver, e.print, unit, state.Key, manages, otherVersion)
}

// isPermission says that a unit is nothing but privileges, which nobody reads where they aren't managed.
func isPermission(name string) bool {
	kind, _, _ := strings.Cut(name, " ")
	return kind == hclschema.KindPermission || kind == hclschema.KindDefaultPermission
}

// unjoined are the units that differ for another reason than a branch that is applied too, and of which a proved merge says
// that the order makes no difference. The merge itself compares these units again, as both branches leave them.
func (r *runner) unjoined(standing Standing, file *revision.File, units []string) []string {
	var left []string
	for _, unit := range units {
		others := r.others(standing, file, []string{unit})
		if len(others) == 0 || slices.ContainsFunc(others, func(id string) bool { return !r.joined(file.ID, id) }) {
			left = append(left, unit)
		}
	}
	return left
}

// joined says that a proved merge follows both revisions.
func (r *runner) joined(a, b string) bool {
	both := r.Graph.Followers(b)
	for id := range r.Graph.Followers(a) {
		if both[id] && r.Graph.Get(id).Joins() {
			return true
		}
	}
	return false
}

// others are the applied revisions that touch the units and that the file doesn't follow, nor they it.
func (r *runner) others(standing Standing, file *revision.File, units []string) []string {
	fold := folder(r.Driver)
	wanted := map[string]bool{}
	for _, unit := range units {
		wanted[fold(unit)] = true
	}
	line := r.Graph.Ancestors(file.ID)
	for id := range r.Graph.Descendants(file.ID) {
		line[id] = true
	}
	var ids []string
	for id := range standing.Applied {
		if other := r.Graph.Get(id); !line[id] && other != nil && touches(other, wanted, fold) {
			ids = append(ids, id)
		}
	}
	sort.Strings(ids)
	return ids
}

func touches(file *revision.File, wanted map[string]bool, fold func(string) string) bool {
	for _, prints := range []map[string]string{file.Start, file.End} {
		for unit := range prints {
			if wanted[fold(unit)] {
				return true
			}
		}
	}
	return false
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
