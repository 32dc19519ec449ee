package revision

import (
	"fmt"
	"maps"
	"slices"
)

// Replaced are all ids in whose place the file stands: those that it replaces, and what these stood for in their turn. It is sorted.
func (f *File) Replaced() []string {
	ids := slices.Clone(f.Replaces)
	for _, stood := range f.StoodFor {
		ids = append(ids, stood...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// replace makes sure that no revision is there beside the one that stands in its place.
func (j *joiner) replace(f *File) {
	j.replaceEach(f, "replaces", f.Replaces)
	for _, by := range slices.Sorted(maps.Keys(f.StoodFor)) {
		if !slices.Contains(f.Replaced(), by) {
			j.fail(f, "Unknown replaced revision", fmt.Sprintf("Revision %s says in stood_for for what %s stood, and doesn't replace that. Take it out, or name it in replaces.", f.ID, by))
		}
		j.replaceEach(f, "stood_for", f.StoodFor[by])
	}
}

func (j *joiner) replaceEach(f *File, attribute string, ids []string) {
	for _, id := range ids {
		other, first := j.graph.byID[id], j.replaced[id]
		switch {
		case id == f.ID:
			j.fail(f, "Replaces itself", fmt.Sprintf("Revision %s replaces itself. Take its id out of %s.", f.ID, attribute))
		case other != nil:
			j.fail(other, "Replaced revision", fmt.Sprintf("Revision %s (%s) stands in place of %s. Take this file away, as a squash that was cut off would have done; or that one, and let what follows it follow this one again.", f.ID, f.Path, id))
		case first == f:
			j.fail(f, "Replaced twice", fmt.Sprintf("Revision %s names %s twice in replaces and stood_for. Write it once.", f.ID, id))
		case first != nil:
			j.fail(f, "Replaced twice", fmt.Sprintf("Revision %s replaces %s, and so does %s (%s). Take one of the two files away.", f.ID, id, first.ID, first.Path))
		}
		if j.replaced == nil {
			j.replaced = map[string]*File{}
		}
		j.replaced[id] = f
	}
}
