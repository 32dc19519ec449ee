package revision

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Target is where an upgrade or a downgrade leads: these revisions and all that they need; none for base.
type Target struct {
	Revisions []string
	// Back are the revisions that a target leads back over where it was counted or named within a branch: a downgrade takes
	// them back with what follows them, and leaves other branches that begin at the same place.
	Back []string
	// Behind says that it was counted back from what is applied, so that no upgrade can lead there.
	Behind bool
}

// UnknownRevisionError is returned for a revision that no file holds.
type UnknownRevisionError struct {
	Given string
	// Nearest is the id that was likely meant, empty where none is near; Candidates are the newest.
	Nearest    string
	Candidates []string
}

// Error implements error.
func (e *UnknownRevisionError) Error() string {
	text := fmt.Sprintf("there is no revision %q", e.Given)
	if e.Nearest != "" {
		return text + fmt.Sprintf("; did you mean %q?", e.Nearest)
	}
	if len(e.Candidates) > 0 {
		text += "; there are " + strings.Join(e.Candidates, ", ")
	}
	return text
}

// AmbiguousRevisionError is returned for the beginning of more than one id.
type AmbiguousRevisionError struct {
	Given      string
	Candidates []*File
}

// Error implements error.
func (e *AmbiguousRevisionError) Error() string {
	return fmt.Sprintf("%q is the beginning of several revisions: %s", e.Given, idsOf(e.Candidates))
}

// MultipleHeadsError is returned where one head is meant and there are several.
type MultipleHeadsError struct {
	Heads []*File
	// Parting are the newest revisions that all heads follow; none where they have nothing in common.
	Parting []*File
	// Branch is what the heads were asked of, empty for the whole graph.
	Branch string
}

// Error implements error.
func (e *MultipleHeadsError) Error() string {
	if e.Branch != "" {
		return fmt.Sprintf("branch %s has several heads: %s", e.Branch, idsOf(NewestFirst(e.Heads)))
	}
	return fmt.Sprintf("there are several heads: %s", idsOf(NewestFirst(e.Heads)))
}

// DistanceError is returned for a relative target that lies beyond base or head, or that could lead to several places.
type DistanceError struct {
	Given, Reason string
	// Candidates are the places that it could lead to or be counted from; Back says that it counts back from them.
	Candidates []*File
	Back       bool
}

// Error implements error.
func (e *DistanceError) Error() string {
	text := fmt.Sprintf("%s: %s", e.Given, e.Reason)
	if len(e.Candidates) > 0 {
		text += ": " + idsOf(e.Candidates) + "; name the one that is meant"
	}
	return text
}

// MultipleHeads is the error for several heads where one is needed.
func (g *Graph) MultipleHeads(heads []*File) *MultipleHeadsError {
	return &MultipleHeadsError{Heads: heads, Parting: g.Parting(idList(heads)...)}
}

var (
	targetForm = regexp.MustCompile(`^(?:([^@]*)@)?(.*?)([+-][0-9]+)?$`)
	counted    = regexp.MustCompile(`^(?:[^@]*@)?(?:current)?(?:[+-][0-9]+)?$`)
)

// CountsFromDatabase says that a target can't be resolved without knowing what is applied.
func CountsFromDatabase(text string) bool { return text != "" && counted.MatchString(text) }

// Resolve finds what a person means by head, heads, base, current, a branch's label, an id or its unique beginning, -N or +N
// counted from what is applied, REV-N and REV+N, and the same within a branch: label@head, label@base, label@current,
// label@+1, label@-1, where a revision can stand for the label. current are the applied revisions that no other applied one
// follows.
func (g *Graph) Resolve(text string, current []string) (Target, error) {
	parts := targetForm.FindStringSubmatch(text)
	if parts == nil {
		return Target{}, g.unknown(text)
	}
	r := resolver{graph: g, text: text, current: current}
	symbol, count := parts[2], parts[3]
	if strings.Contains(text, "@") {
		if err := r.within(parts[1]); err != nil {
			return Target{}, err
		}
		if symbol == "" && count == "" {
			return Target{}, &DistanceError{Given: text, Reason: "say what of the branch is meant: " + text + "head, " + text + "base or " + text + "-1"}
		}
	}
	from, err := r.symbol(symbol, count != "")
	if err != nil || count == "" {
		return from, err
	}
	distance, err := strconv.Atoi(count)
	if err != nil {
		return Target{}, &DistanceError{Given: text, Reason: "the number is too large"}
	}
	to, err := r.walk(from, distance)
	to.Behind = distance < 0 && (symbol == "" || symbol == "current")
	return to, err
}

// resolver finds one target.
type resolver struct {
	graph   *Graph
	text    string
	current []string
	// branch is the revision that a branch begins with, named as it was typed, and members are that one and what follows
	// it; nil for the whole graph.
	branch  *File
	named   string
	members map[string]bool
}

// within restricts what is meant to a branch.
func (r *resolver) within(name string) error {
	switch name {
	case "":
		return &DistanceError{Given: r.text, Reason: "name the branch before the @, by its label or by a revision"}
	case "head", "heads", "base", "current":
		return &DistanceError{Given: r.text, Reason: name + " is no branch; name one before the @, by its label or by a revision"}
	}
	f, err := r.graph.find(name)
	if err != nil {
		return err
	}
	r.branch, r.named, r.members = f, name, r.graph.Followers(f.ID)
	return nil
}

// symbol is the target without what is counted from it. Nothing, where something is counted, means what is applied.
func (r *resolver) symbol(text string, counts bool) (Target, error) {
	switch {
	case text == "base":
		return r.base(), nil
	case text == "heads":
		return Target{Revisions: idList(r.heads())}, nil
	case text == "head":
		heads := r.heads()
		if len(heads) > 1 {
			e := r.graph.MultipleHeads(heads)
			e.Branch = r.named
			return Target{}, e
		}
		return Target{Revisions: idList(heads)}, nil
	case text == "current" || text == "" && counts:
		return r.applied(), nil
	}
	f, err := r.graph.find(text)
	if err != nil {
		return Target{}, err
	}
	if r.branch != nil && !r.members[f.ID] {
		return Target{}, &DistanceError{Given: r.text, Reason: fmt.Sprintf("revision %s doesn't belong to the branch %s, which begins with %s", f.ID, r.named, r.branch.ID)}
	}
	return Target{Revisions: []string{f.ID}}, nil
}

func (r *resolver) base() Target {
	if r.branch == nil {
		return Target{}
	}
	return Target{Revisions: slices.Clone(r.branch.Parents), Back: []string{r.branch.ID}}
}

func (r *resolver) heads() []*File {
	heads := r.graph.Heads()
	if r.branch == nil {
		return heads
	}
	return slices.DeleteFunc(heads, func(f *File) bool { return !r.members[f.ID] })
}

// applied is what is current, of a branch what of it is; base where nothing of it is applied.
func (r *resolver) applied() Target {
	if r.branch == nil {
		return Target{Revisions: r.current}
	}
	applied := r.graph.Ancestors(r.current...)
	for id := range applied {
		if !r.members[id] {
			delete(applied, id)
		}
	}
	if len(applied) == 0 {
		return r.base()
	}
	return Target{Revisions: r.graph.Current(applied)}
}

// walk goes from a revision to its nth parent or child. Base is one step before a root, and the base of a branch one before
// its first revision.
func (r *resolver) walk(from Target, distance int) (Target, error) {
	var err error
	for ; distance < 0 && err == nil; distance++ {
		from, err = r.back(from)
	}
	for ; distance > 0 && err == nil; distance-- {
		from, err = r.forward(from)
	}
	return from, err
}

func (r *resolver) back(from Target) (Target, error) {
	switch {
	case r.branch != nil && slices.Equal(from.Back, []string{r.branch.ID}):
		return Target{}, r.distance("that lies before the branch "+r.named+", which begins with "+r.branch.ID, nil)
	case len(from.Revisions) == 0:
		return Target{}, r.distance("that lies before base", nil)
	case len(from.Revisions) > 1:
		e := r.distance("it can be counted from several revisions", from.Revisions)
		e.Back = true
		return Target{}, e
	}
	f := r.graph.byID[from.Revisions[0]]
	if f == nil {
		return Target{}, r.graph.unknown(from.Revisions[0])
	}
	to := Target{Revisions: slices.Clone(f.Parents), Back: []string{f.ID}}
	if r.branch != nil && f != r.branch {
		to.Revisions = slices.DeleteFunc(to.Revisions, func(id string) bool { return !r.members[id] })
	}
	return to, nil
}

func (r *resolver) forward(from Target) (Target, error) {
	var next []*File
	switch {
	case r.branch != nil && slices.Equal(from.Back, []string{r.branch.ID}):
		next = []*File{r.branch}
	case len(from.Revisions) == 0:
		next = r.graph.Roots()
	case len(from.Revisions) == 1:
		next = r.graph.children[from.Revisions[0]]
	default:
		return Target{}, r.distance("it can be counted from several revisions", from.Revisions)
	}
	switch len(next) {
	case 0:
		return Target{}, r.distance("that lies beyond head", nil)
	case 1:
		return Target{Revisions: []string{next[0].ID}}, nil
	}
	return Target{}, r.distance("several revisions follow there", idList(next))
}

func (r *resolver) distance(reason string, candidates []string) *DistanceError {
	e := &DistanceError{Given: r.text, Reason: reason}
	for _, f := range r.graph.Revisions() {
		if slices.Contains(candidates, f.ID) {
			e.Candidates = append(e.Candidates, f)
		}
	}
	return e
}

// Find is the revision of a full id, of its unique beginning, or of a branch's label.
func (g *Graph) Find(text string) (*File, error) { return g.find(text) }

func (g *Graph) find(text string) (*File, error) {
	if f := g.byID[text]; f != nil {
		return f, nil
	}
	if f := g.labels[text]; f != nil {
		return f, nil
	}
	var found []*File
	for _, f := range g.order {
		if text != "" && strings.HasPrefix(f.ID, strings.ToLower(text)) {
			found = append(found, f)
		}
	}
	switch len(found) {
	case 0:
		return nil, g.unknown(text)
	case 1:
		return found[0], nil
	}
	slices.SortFunc(found, func(a, b *File) int { return strings.Compare(a.ID, b.ID) })
	return nil, &AmbiguousRevisionError{Given: text, Candidates: found}
}

func (g *Graph) unknown(text string) error {
	names := append(idList(g.Revisions()), "head", "heads", "base", "current")
	for _, f := range g.order {
		if f.Branch != "" {
			names = append(names, f.Branch)
		}
	}
	return &UnknownRevisionError{Given: text, Nearest: hclschema.Nearest(text, names), Candidates: g.newest(5)}
}

// newest are the ids of the newest revisions, for a message.
func (g *Graph) newest(n int) []string {
	list := idList(g.Revisions())
	return list[:min(n, len(list))]
}
