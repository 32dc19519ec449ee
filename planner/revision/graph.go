package revision

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Graph is the revisions of a project and how they follow each other, by their parents, and need each other, by what they
// depend on too.
type Graph struct {
	byID map[string]*File
	// order is oldest first: what is needed before what needs it, ties by time of creation and id.
	order []*File
	// children are by parent, dependents by what they depend on.
	children, dependents map[string][]*File
	// labels are the revisions that name a branch, branches the labels of those that a revision belongs to, sorted.
	labels   map[string]*File
	branches map[string][]string
}

// Join makes the graph of files. Duplicate ids and labels, parents and dependencies that aren't there, and rings are
// diagnostics.
func Join(list []*File) (*Graph, hcl.Diagnostics) {
	g := &Graph{byID: map[string]*File{}, children: map[string][]*File{}, dependents: map[string][]*File{}, labels: map[string]*File{}, branches: map[string][]string{}}
	list = append([]*File(nil), list...)
	sort.SliceStable(list, func(i, j int) bool { return older(list[i], list[j]) })
	j := joiner{graph: g}
	for _, f := range list {
		j.add(f)
	}
	j.standsIn = map[string]*File{}
	for _, f := range list {
		for _, id := range f.Replaced() {
			j.standsIn[id] = f
		}
	}
	for _, f := range list {
		j.connect(f)
		j.depend(f)
		j.label(f)
		j.replace(f)
	}
	if j.diags.HasErrors() {
		return nil, j.diags
	}
	if ring := g.ring(g.sort(list)); len(ring) > 0 {
		what, correct := "follow each other", "the parents of one of them"
		if throughDependency(ring) {
			what, correct = "follow or depend on each other", "parents or depends_on of one of them"
		}
		j.fail(ring[0], "Revisions in a ring", fmt.Sprintf("These revisions %s in a ring: %s. Correct %s.", what, idsOf(ring), correct))
		return nil, j.diags
	}
	for _, label := range slices.Sorted(maps.Keys(g.labels)) {
		for id := range g.Followers(g.labels[label].ID) {
			g.branches[id] = append(g.branches[id], label)
		}
	}
	return g, nil
}

// joiner fills a graph and collects what is wrong with its files.
type joiner struct {
	graph *Graph
	ids   []string
	// replaced are the revisions that stand in the place of others, by those.
	replaced map[string]*File
	// standsIn are the same, before any of that is judged: what follows a revision that isn't there may follow the one in its place.
	standsIn map[string]*File
	diags    hcl.Diagnostics
}

func (j *joiner) fail(f *File, summary, detail string) {
	j.diags = append(j.diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: f.Range.Ptr()})
}

func (j *joiner) add(f *File) {
	if first, ok := j.graph.byID[f.ID]; ok {
		j.fail(f, "Duplicate revision", fmt.Sprintf("Revision %s is in %s already. Give one of them another id.", f.ID, first.Path))
		return
	}
	j.graph.byID[f.ID] = f
	j.ids = append(j.ids, f.ID)
}

func (j *joiner) connect(f *File) {
	seen := map[string]bool{}
	for _, parent := range f.Parents {
		switch {
		case parent == f.ID:
			j.fail(f, "Revision in a ring", fmt.Sprintf("Revision %s names itself as its parent.", f.ID))
		case seen[parent]:
			j.fail(f, "Duplicate parent", fmt.Sprintf("Revision %s names its parent %s twice.", f.ID, parent))
		case j.graph.byID[parent] == nil && j.standsIn[f.ID] != nil: // that it is there at all is told
		case j.graph.byID[parent] == nil && j.standsIn[parent] != nil:
			by := j.standsIn[parent]
			j.fail(f, "Unknown parent", fmt.Sprintf("Revision %s follows %s, which no file holds, and in whose place %s (%s) stands. Write that id into its parents.", f.ID, parent, by.ID, by.Path))
		case j.graph.byID[parent] == nil:
			j.fail(f, "Unknown parent", fmt.Sprintf("Revision %s follows %s, which no file holds.%s Bring that file back, or correct parents.",
				f.ID, parent, hclschema.DidYouMean(parent, j.ids)))
		default:
			j.graph.children[parent] = append(j.graph.children[parent], f)
		}
		seen[parent] = true
	}
}

func (j *joiner) depend(f *File) {
	seen := map[string]bool{}
	for _, id := range f.DependsOn {
		switch {
		case id == f.ID:
			j.fail(f, "Revision in a ring", fmt.Sprintf("Revision %s depends on itself.", f.ID))
		case seen[id]:
			j.fail(f, "Duplicate dependency", fmt.Sprintf("Revision %s depends on %s twice. Write it once.", f.ID, id))
		case slices.Contains(f.Parents, id):
			j.fail(f, "Dependency on a parent", fmt.Sprintf("Revision %s depends on its parent %s, which is applied before it anyway. Take it out of depends_on.", f.ID, id))
		case j.graph.byID[id] == nil && j.standsIn[f.ID] != nil:
		case j.graph.byID[id] == nil && j.standsIn[id] != nil:
			by := j.standsIn[id]
			j.fail(f, "Unknown dependency", fmt.Sprintf("Revision %s depends on %s, which no file holds, and in whose place %s (%s) stands. Write that id into depends_on.", f.ID, id, by.ID, by.Path))
		case j.graph.byID[id] == nil:
			j.fail(f, "Unknown dependency", fmt.Sprintf("Revision %s depends on %s, which no file holds.%s Bring that file back, or correct depends_on.",
				f.ID, id, hclschema.DidYouMean(id, j.ids)))
		default:
			j.graph.dependents[id] = append(j.graph.dependents[id], f)
		}
		seen[id] = true
	}
}

func (j *joiner) label(f *File) {
	if f.Branch == "" {
		return
	}
	switch first := j.graph.labels[f.Branch]; {
	case first != nil && first.ID != f.ID:
		j.fail(f, "Label used twice", fmt.Sprintf("Revision %s names its branch %q, and so does %s (%s). Give one of them another label.", f.ID, f.Branch, first.ID, first.Path))
	case j.graph.byID[f.Branch] != nil:
		j.fail(f, "Label like an id", fmt.Sprintf("Revision %s names its branch %q, which is the id of a revision. Give it another label.", f.ID, f.Branch))
	default:
		j.graph.labels[f.Branch] = f
	}
}

// throughDependency says that a ring isn't one of parents alone. Each of it needs the next one.
func throughDependency(ring []*File) bool {
	for i, f := range ring {
		if !slices.Contains(f.Parents, ring[(i+1)%len(ring)].ID) {
			return true
		}
	}
	return false
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
		if missing[f.ID] = len(f.Parents) + len(f.DependsOn); missing[f.ID] == 0 {
			ready = append(ready, f)
		}
	}
	for len(ready) > 0 {
		f := ready[0]
		ready = ready[1:]
		g.order = append(g.order, f)
		for _, child := range append(slices.Clone(g.children[f.ID]), g.dependents[f.ID]...) {
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

// ring is one ring among the files that sort has left: each of them needs one that is left too.
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
		for _, needed := range f.Needs() {
			if among[needed] {
				f = g.byID[needed]
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

// Dependents are the revisions that depend on one without following it, oldest first.
func (g *Graph) Dependents(id string) []*File { return g.dependents[id] }

// Heads are the revisions that nothing follows, oldest first. What others only depend on is a head too.
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

// Linear says that the revisions are one line, or none: no branches, and nothing that others depend on.
func (g *Graph) Linear() bool {
	if len(g.Roots()) > 1 || len(g.dependents) > 0 {
		return false
	}
	for _, f := range g.order {
		if len(g.children[f.ID]) > 1 || len(f.Parents) > 1 {
			return false
		}
	}
	return true
}

// Ancestors are the ids of the given revisions and of all that must be applied before them: what they follow and what they
// depend on.
func (g *Graph) Ancestors(ids ...string) map[string]bool { return g.reach(ids, (*File).Needs) }

// Descendants are the ids of the given revisions and of all that need them, be it that they follow or depend on them.
func (g *Graph) Descendants(ids ...string) map[string]bool {
	return g.reach(ids, func(f *File) []string { return append(idList(g.children[f.ID]), idList(g.dependents[f.ID])...) })
}

// Followers are the ids of the given revisions and of all that follow them. What only depends on them isn't among them.
func (g *Graph) Followers(ids ...string) map[string]bool {
	return g.reach(ids, func(f *File) []string { return idList(g.children[f.ID]) })
}

// Line are the ids of the given revisions and of all that they follow, without what is only depended on.
func (g *Graph) Line(ids ...string) map[string]bool {
	return g.reach(ids, func(f *File) []string { return f.Parents })
}

// Before are the revisions that must be applied before one, in the order in which they run.
func (g *Graph) Before(f *File) []*File { return g.Upgrade(nil, f.Needs()) }

// Current are those of the applied revisions that no other applied one follows, oldest first.
func (g *Graph) Current(applied map[string]bool) []string {
	var current []string
	for _, f := range g.order {
		if applied[f.ID] && !slices.ContainsFunc(g.children[f.ID], func(child *File) bool { return applied[child.ID] }) {
			current = append(current, f.ID)
		}
	}
	return current
}

// Branch is the revision that begins the branch of that label, nil where none does.
func (g *Graph) Branch(label string) *File { return g.labels[label] }

// Labels are the branches that a revision belongs to: those that it or one that it follows names, sorted.
func (g *Graph) Labels(id string) []string { return g.branches[id] }

// Parting are the revisions at which the lines to the given ones part: the newest that all of them follow. There are none
// where they have nothing in common.
func (g *Graph) Parting(ids ...string) []*File {
	var common map[string]bool
	for _, id := range ids {
		line := g.Line(id)
		for shared := range common {
			if !line[shared] {
				delete(common, shared)
			}
		}
		if common == nil {
			common = line
		}
	}
	var list []*File
	for _, id := range g.Current(common) {
		list = append(list, g.byID[id])
	}
	return list
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

func idsOf(list []*File) string {
	return strings.Join(idList(list), ", ")
}

func idList(list []*File) []string {
	ids := make([]string, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	return ids
}

// NewestFirst are revisions of a list that is oldest first, as people are shown them: what came last is mostly what they ask about.
func NewestFirst(files []*File) []*File {
	files = slices.Clone(files)
	slices.Reverse(files)
	return files
}
