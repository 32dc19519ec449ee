package revision

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// randomGraph has up to 60 revisions with merges, labels and dependencies.
func randomGraph(t *rapid.T) ([]*File, *Graph) {
	n := rapid.IntRange(1, 60).Draw(t, "revisions")
	var files []*File
	for i := range n {
		f := file(fmt.Sprintf("r%02d", i))
		if i > 0 {
			earlier := rapid.SliceOfNDistinct(rapid.IntRange(max(0, i-6), i-1), 0, 3, rapid.ID[int]).Draw(t, "needs")
			for j, at := range earlier {
				// Mostly one parent, at times a second one, at times something that it only depends on.
				if j == 0 || rapid.IntRange(0, 2).Draw(t, "is parent") == 0 {
					f.Parents = append(f.Parents, files[at].ID)
				} else {
					f.DependsOn = append(f.DependsOn, files[at].ID)
				}
			}
		}
		if rapid.IntRange(0, 7).Draw(t, "labelled") == 0 {
			f.Branch = "branch" + f.ID
		}
		files = append(files, f)
	}
	g, diags := Join(files)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return files, g
}

// everyTarget is all that somebody could type.
func everyTarget(files []*File) []string {
	targets := []string{"head", "heads", "base", "current", "-1", "-2", "+1", "+3", "head-1"}
	for _, f := range files {
		targets = append(targets, f.ID, f.ID+"-1", f.ID+"+1", f.ID+"@head", f.ID+"@base", f.ID+"@-1", f.ID+"@+1")
		if f.Branch != "" {
			targets = append(targets, f.Branch, f.Branch+"@head", f.Branch+"@heads", f.Branch+"@base", f.Branch+"@current", f.Branch+"@-1", f.Branch+"@+1", f.Branch+"@-2")
		}
	}
	return targets
}

// closed adds what the next function leads to, again and again until nothing is new: the plainest way to say it.
func closed(files []*File, start []string, leads func(from, to *File) bool) map[string]bool {
	reached := set(start)
	for grew := true; grew; {
		grew = false
		for _, from := range files {
			for _, to := range files {
				if reached[from.ID] && !reached[to.ID] && leads(from, to) {
					reached[to.ID], grew = true, true
				}
			}
		}
	}
	return reached
}

func needs(from, to *File) bool { return slices.Contains(from.Needs(), to.ID) }

func followedBy(from, to *File) bool { return slices.Contains(to.Parents, from.ID) }

// From any state of any graph, every target that can be meant leads to the revisions that it says, each in its turn.
func TestEveryTargetFromAnyState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files, g := randomGraph(t)
		// Any state that can come about: what some revisions need.
		var start []string
		for _, at := range rapid.SliceOfN(rapid.IntRange(0, len(files)-1), 0, 4).Draw(t, "applied") {
			start = append(start, files[at].ID)
		}
		applied := closed(files, start, needs)
		for _, text := range everyTarget(files) {
			target, err := g.Resolve(text, g.Current(applied))
			if err != nil {
				continue
			}
			checkUpgrade(t, files, g, applied, text, target)
			checkDowngrade(t, files, g, applied, text, target)
		}
	})
}

func checkUpgrade(t *rapid.T, files []*File, g *Graph, applied map[string]bool, text string, target Target) {
	now := copied(applied)
	for _, f := range g.Upgrade(sortedIDs(applied), target.Revisions) {
		if now[f.ID] {
			t.Fatalf("upgrade %s runs %s twice", text, f.ID)
		}
		for _, id := range f.Needs() {
			if !now[id] {
				t.Fatalf("upgrade %s runs %s before %s", text, f.ID, id)
			}
		}
		now[f.ID] = true
	}
	want := closed(files, target.Revisions, needs)
	for id := range applied {
		want[id] = true
	}
	if len(want) != len(now) {
		t.Fatalf("upgrade %s from %v leads to %v, want %v", text, sortedIDs(applied), sortedIDs(now), sortedIDs(want))
	}
}

func checkDowngrade(t *rapid.T, files []*File, g *Graph, applied map[string]bool, text string, target Target) {
	if slices.ContainsFunc(target.Revisions, func(id string) bool { return !applied[id] }) {
		return // told before anything is run
	}
	want := copied(applied)
	switch kept := closed(files, target.Revisions, needs); {
	case len(target.Back) > 0:
		for id := range closed(files, target.Back, followedBy) {
			delete(want, id)
		}
	case len(target.Revisions) == 0:
		clear(want)
	default:
		for id := range closed(files, target.Revisions, followedBy) {
			if !kept[id] {
				delete(want, id)
			}
		}
	}
	way, err := g.Downgrade(sortedIDs(applied), target)
	var ground *GroundError
	if errors.As(err, &ground) {
		if !want[ground.Needed.ID] && ground.Merged == nil || ground.Merged != nil && !want[ground.Merged.ID] {
			t.Fatalf("downgrade %s is refused without a reason: %v", text, err)
		}
		return
	}
	now := copied(applied)
	for _, f := range way {
		for _, other := range files {
			if now[other.ID] && needs(other, f) {
				t.Fatalf("downgrade %s takes %s back before %s", text, f.ID, other.ID)
			}
		}
		delete(now, f.ID)
	}
	if difference := len(want) != len(now); err != nil || difference {
		t.Fatalf("downgrade %s from %v leads to %v, want %v (%v)", text, sortedIDs(applied), sortedIDs(now), sortedIDs(want), err)
	}
}

func copied(m map[string]bool) map[string]bool {
	c := map[string]bool{}
	for id := range m {
		c[id] = true
	}
	return c
}

func sortedIDs(m map[string]bool) []string {
	var ids []string
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
