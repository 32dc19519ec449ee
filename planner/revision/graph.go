package revision

import (
	"fmt"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Graph is the revisions of a project and how they follow each other.
type Graph struct {
	byID map[string]*File
	// order is oldest first: parents before children, ties by time of creation and id.
	order    []*File
	children map[string][]*File
}

// Join makes the graph of files. Duplicate ids, parents that aren't there and rings are diagnostics.
func Join(list []*File) (*Graph, hcl.Diagnostics) {
	g := &Graph{byID: map[string]*File{}, children: map[string][]*File{}}
	list = append([]*File(nil), list...)
	sort.SliceStable(list, func(i, j int) bool { return older(list[i], list[j]) })
	var diags hcl.Diagnostics
	fail := func(f *File, summary, detail string) {
		diags = append(diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: f.Range.Ptr()})
	}
	var ids []string
	for _, f := range list {
		if first, ok := g.byID[f.ID]; ok {
			fail(f, "Duplicate revision", fmt.Sprintf("Revision %s is in %s already. Give one of them another id.", f.ID, first.Path))
			continue
		}
		g.byID[f.ID] = f
		ids = append(ids, f.ID)
	}
	for _, f := range list {
		seen := map[string]bool{}
		for _, parent := range f.Parents {
			switch {
			case parent == f.ID:
				fail(f, "Revision in a ring", fmt.Sprintf("Revision %s names itself as its parent.", f.ID))
			case seen[parent]:
				fail(f, "Duplicate parent", fmt.Sprintf("Revision %s names its parent %s twice.", f.ID, parent))
			case g.byID[parent] == nil:
				fail(f, "Unknown parent", fmt.Sprintf("Revision %s follows %s, which no file holds.%s Bring that file back, or correct parents.",
					f.ID, parent, hclschema.DidYouMean(parent, ids)))
			default:
				g.children[parent] = append(g.children[parent], f)
			}
			seen[parent] = true
		}
	}
	if diags.HasErrors() {
		return nil, diags
	}
	if ring := g.ring(g.sort(list)); len(ring) > 0 {
		fail(ring[0], "Revisions in a ring", fmt.Sprintf("These revisions follow each other in a ring: %s. Correct the parents of one of them.", idsOf(ring)))
		return nil, diags
	}
	return g, nil
}

// older orders files by their time, and by id where that is the same. It is never more than a tie-break.
func older(a, b *File) bool {
	if !a.Created.Equal(b.Created) {
		return a.Created.Before(b.Created)
	}
	return a.ID < b.ID
}

// sort fills order and returns the files that it doesn't reach: those in a ring, and those behind one.
func (g *Graph) sort(list []*File) []*File {
	missing := map[string]int{}
	var ready []*File
	for _, f := range list {
		if missing[f.ID] = len(f.Parents); len(f.Parents) == 0 {
			ready = append(ready, f)
		}
	}
	for len(ready) > 0 {
		f := ready[0]
		ready = ready[1:]
		g.order = append(g.order, f)
		for _, child := range g.children[f.ID] {
			if missing[child.ID]--; missing[child.ID] == 0 {
				at := sort.Search(len(ready), func(i int) bool { return older(child, ready[i]) })
				ready = append(ready[:at], append([]*File{child}, ready[at:]...)...)
			}
		}
	}
	var left []*File
	for _, f := range list {
		if missing[f.ID] > 0 {
			left = append(left, f)
		}
	}
	return left
}

// ring is one ring among the files that sort has left: each of them has a parent that is left too.
func (g *Graph) ring(left []*File) []*File {
	if len(left) == 0 {
		return nil
	}
	among := map[string]bool{}
	for _, f := range left {
		among[f.ID] = true
	}
	at := map[string]int{}
	var way []*File
	for f := left[0]; ; {
		if i, seen := at[f.ID]; seen {
			return way[i:]
		}
		at[f.ID] = len(way)
		way = append(way, f)
		for _, parent := range f.Parents {
			if among[parent] {
				f = g.byID[parent]
				break
			}
		}
	}
}

// Revisions are all revisions, newest first: a child always before its parents.
func (g *Graph) Revisions() []*File {
	list := make([]*File, 0, len(g.order))
	for i := len(g.order) - 1; i >= 0; i-- {
		list = append(list, g.order[i])
	}
	return list
}

// Get is the revision of that full id, nil where there is none.
func (g *Graph) Get(id string) *File { return g.byID[id] }

// Children are the revisions that follow one, oldest first.
func (g *Graph) Children(id string) []*File { return g.children[id] }

// Heads are the revisions that nothing follows, oldest first.
func (g *Graph) Heads() []*File {
	var heads []*File
	for _, f := range g.order {
		if len(g.children[f.ID]) == 0 {
			heads = append(heads, f)
		}
	}
	return heads
}

// Roots are the revisions that follow nothing, oldest first.
func (g *Graph) Roots() []*File {
	var roots []*File
	for _, f := range g.order {
		if len(f.Parents) == 0 {
			roots = append(roots, f)
		}
	}
	return roots
}

// Ancestors are the ids of the given revisions and of all that they follow.
func (g *Graph) Ancestors(ids ...string) map[string]bool {
	return g.reach(ids, func(f *File) []string { return f.Parents })
}

// Descendants are the ids of the given revisions and of all that follow them.
func (g *Graph) Descendants(ids ...string) map[string]bool {
	return g.reach(ids, func(f *File) []string {
		var next []string
		for _, child := range g.children[f.ID] {
			next = append(next, child.ID)
		}
		return next
	})
}

func (g *Graph) reach(ids []string, next func(*File) []string) map[string]bool {
	reached := map[string]bool{}
	queue := append([]string(nil), ids...)
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		f := g.byID[id]
		if f == nil || reached[id] {
			continue
		}
		reached[id] = true
		queue = append(queue, next(f)...)
	}
	return reached
}

// Upgrade are the revisions to run, in order, so that the targets and all that they follow are applied.
func (g *Graph) Upgrade(applied []string, targets []string) []*File {
	is := map[string]bool{}
	for _, id := range applied {
		is[id] = true
	}
	wanted := g.Ancestors(targets...)
	var list []*File
	for _, f := range g.order {
		if wanted[f.ID] && !is[f.ID] {
			list = append(list, f)
		}
	}
	return list
}

// Downgrade are the revisions to take back, in order, so that of what follows the targets nothing is applied. Other
// branches stay. No targets means base: everything is taken back.
func (g *Graph) Downgrade(applied []string, targets []string) []*File {
	is := map[string]bool{}
	for _, id := range applied {
		is[id] = true
	}
	above, kept := g.Descendants(targets...), g.Ancestors(targets...)
	var list []*File
	for _, f := range g.Revisions() {
		if is[f.ID] && (len(targets) == 0 || above[f.ID] && !kept[f.ID]) {
			list = append(list, f)
		}
	}
	return list
}

func idsOf(list []*File) string {
	ids := make([]string, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	return strings.Join(ids, ", ")
}
