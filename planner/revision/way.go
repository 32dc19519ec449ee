package revision

import (
	"fmt"
	"strings"
)

// Upgrade are the revisions to run, in order, so that the targets and all that they need are applied.
func (g *Graph) Upgrade(applied []string, targets []string) []*File {
	is := set(applied)
	wanted := g.Ancestors(targets...)
	var list []*File
	for _, f := range g.order {
		if wanted[f.ID] && !is[f.ID] {
			list = append(list, f)
		}
	}
	return list
}

// Downgrade are the revisions to take back, in order, so that of what follows the target nothing is applied; of a target
// that is counted or named within a branch, so that of that branch nothing is. Other branches stay. Base takes everything
// back. Where another branch would lose its ground, nothing is taken back: *GroundError.
func (g *Graph) Downgrade(applied []string, target Target) ([]*File, error) {
	is, back := set(applied), g.back(target)
	var list []*File
	for _, f := range g.Revisions() {
		if !is[f.ID] {
			continue
		}
		if back[f.ID] {
			list = append(list, f)
			continue
		}
		for _, id := range f.DependsOn {
			if back[id] {
				return nil, &GroundError{Revision: g.byID[id], Needed: f}
			}
		}
	}
	if len(target.Back) == 0 {
		return list, nil
	}
	counted := set(target.Back)
	for _, f := range list {
		for _, parent := range f.Parents {
			if !counted[f.ID] && is[parent] && !back[parent] {
				return nil, &GroundError{Revision: g.byID[target.Back[0]], Needed: f, Merged: g.byID[parent]}
			}
		}
	}
	return list, nil
}

// back are the revisions of which a downgrade leaves nothing.
func (g *Graph) back(target Target) map[string]bool {
	switch {
	case len(target.Back) > 0:
		return g.Followers(target.Back...)
	case len(target.Revisions) == 0:
		return g.Followers(idList(g.Roots())...)
	}
	back := g.Followers(target.Revisions...)
	for id := range g.Ancestors(target.Revisions...) {
		delete(back, id)
	}
	return back
}

// GroundError is returned where a downgrade would take away what another branch stands on.
type GroundError struct {
	// Revision would be taken back. Needed is applied and needs it: it depends on it, or it is the merge that joins it with
	// Merged, which would stay.
	Revision, Needed, Merged *File
}

// Error implements error.
func (e *GroundError) Error() string {
	if e.Merged != nil {
		return fmt.Sprintf("revision %s (%s) joins %s with %s of another branch, and would have to be taken back too",
			e.Needed.ID, oneLine(e.Needed.Message), e.Revision.ID, e.Merged.ID)
	}
	return fmt.Sprintf("revision %s (%s) of another branch depends on %s, which would be taken back", e.Needed.ID, oneLine(e.Needed.Message), e.Revision.ID)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func set(ids []string) map[string]bool {
	is := make(map[string]bool, len(ids))
	for _, id := range ids {
		is[id] = true
	}
	return is
}
