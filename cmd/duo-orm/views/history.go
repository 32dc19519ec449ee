package views

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Revision is a revision as history, heads, show and current tell of it.
type Revision struct {
	ID, Message string
	Parents     []string
	// Label is the branch that begins with it, Labels are those that it belongs to.
	Label  string
	Labels []string
	// DependsOn must be applied before it without being its parents; Dependents depend on it so.
	DependsOn, Dependents []string
	// Replaces are those in whose place it stands; StoodFor is for what these stood in their turn, by their ids.
	Replaces []string
	StoodFor map[string][]string
	// Children are the revisions that have it as a parent.
	Children                      []string
	Head, Branchpoint, Mergepoint bool
	// Current says that the database is at it, Applied that it has been applied. Neither holds where Known is false: the
	// database was not asked, or could not be.
	Known, Current, Applied bool
	AppliedAt, CreatedAt    time.Time
	// Missing says that the database records it and that its file isn't there; Edited that the file was changed since.
	Missing, Edited bool
	// Unfinished says that it stopped on its way.
	Unfinished    bool
	Path, Dialect string
	Proved        string
	Up, Down      []RevisionStep
	// Irreversible says why there is no way back; empty where there is one.
	Irreversible string
	// Origin is the commit that brought its file, nil where that wasn't asked for or can't be told.
	Origin *Origin
}

// Origin is the commit that brought a file: who made it and when, and its short name. The zero value is a file that is in no commit.
type Origin struct {
	Committed  bool
	By, Commit string
	At         time.Time
}

// InWords is the origin as an error tells it.
func (o Origin) InWords() string {
	if !o.Committed {
		return "not committed yet"
	}
	return fmt.Sprintf("committed by %s %s in %s", oneLine(o.By), o.At.UTC().Format("2006-01-02 15:04"), o.Commit)
}

// RevisionStep is a step of a revision file.
type RevisionStep struct {
	Name, SQL, Destroys string
	// Note says how it runs where that isn't as most steps do: "only for production", "in batches of 1000 rows of posts".
	Note string
}

// line is the revision as Alembic's history has it: parents (what it depends on) -> id (labels) (markers), message.
func (r Revision) line() []Span {
	from := heads(r.Parents)
	if len(r.DependsOn) > 0 {
		from += " (" + strings.Join(r.DependsOn, ", ") + ")"
	}
	spans := append([]Span{T(from + " -> "), S(Strong, r.ID)}, r.markers()...)
	return append(spans, T(", "+oneLine(r.Message)))
}

func (r Revision) markers() []Span {
	var spans []Span
	if len(r.Labels) > 0 {
		spans = append(spans, T(" "), S(Moved, "("+strings.Join(r.Labels, ", ")+")"))
	}
	for _, mark := range []struct {
		holds bool
		word  string
		style Style
	}{{r.Head, "head", Moved}, {r.Branchpoint, "branchpoint", Changed}, {r.Mergepoint, "mergepoint", Changed}, {r.Current, "current", Done},
		{r.Missing, "file missing", Failed}, {r.Edited, "edited since it was applied", Failed}, {r.Unfinished, "unfinished", Failed}} {
		if mark.holds {
			spans = append(spans, T(" "), S(mark.style, "("+mark.word+")"))
		}
	}
	return spans
}

// block is the revision in full.
func (r Revision) block(p *Printer, steps bool) {
	p.Line(append([]Span{T("Rev: "), S(Strong, r.ID)}, r.markers()...)...)
	switch {
	case len(r.Parents) == 0:
		p.Line(T("Parent: <base>"))
	case len(r.Parents) == 1:
		p.Line(T("Parent: " + r.Parents[0]))
	default:
		p.Line(T("Merges: " + strings.Join(r.Parents, ", ")))
	}
	if len(r.Children) > 1 {
		p.Line(T("Branches into: " + strings.Join(r.Children, ", ")))
	}
	if len(r.DependsOn) > 0 {
		p.Line(T("Depends on: " + strings.Join(r.DependsOn, ", ")))
	}
	if len(r.Dependents) > 0 {
		p.Line(T("Needed by: " + strings.Join(r.Dependents, ", ")))
	}
	if len(r.Replaces) > 0 {
		p.Line(T("Replaces: " + strings.Join(r.replaces(r.Replaces), ", ")))
	}
	switch {
	case r.Label != "" && len(r.Labels) > 1:
		p.Line(T("Branch: " + r.Label + " begins here (all: " + strings.Join(r.Labels, ", ") + ")"))
	case r.Label != "":
		p.Line(T("Branch: " + r.Label + ", which begins here"))
	case len(r.Labels) > 0:
		p.Line(T("Branch: " + strings.Join(r.Labels, ", ")))
	}
	if r.Path != "" {
		p.Line(T("Path: " + r.Path))
	}
	if !r.CreatedAt.IsZero() {
		p.Line(T("Created: " + timeText(r.CreatedAt)))
	}
	switch {
	case r.Origin == nil:
	case r.Origin.Committed:
		p.Line(T(fmt.Sprintf("Committed: %s by %s in %s", timeText(r.Origin.At), oneLine(r.Origin.By), r.Origin.Commit)))
	default:
		p.Line(T("Committed: not yet"))
	}
	p.Line(T("Applied: " + r.applied()))
	if r.Proved != "" {
		p.Line(T("Proved: " + r.Proved))
	} else if !r.Missing {
		p.Line(T("Proved: no"))
	}
	if steps && !r.Missing {
		r.steps(p, "Upgrade", r.Up)
		if r.Irreversible != "" {
			p.Line(T("Downgrade: "), S(Changed, "irreversible"), T(", "+oneLine(r.Irreversible)))
		} else {
			r.steps(p, "Downgrade", r.Down)
		}
	}
	p.Line()
	p.Block("    ", r.Message, Plain)
	p.Line()
}

// replaces are ids with those behind them for which they stood.
func (r Revision) replaces(ids []string) []string {
	var texts []string
	for _, id := range ids {
		if stood := r.StoodFor[id]; len(stood) > 0 {
			id += " (which stood for " + strings.Join(r.replaces(stood), ", ") + ")"
		}
		texts = append(texts, id)
	}
	return texts
}

func (r Revision) applied() string {
	switch {
	case !r.Known:
		return "not known"
	case r.Unfinished:
		return "not to its end"
	case r.Applied && !r.AppliedAt.IsZero():
		return timeText(r.AppliedAt)
	case r.Applied:
		return "yes"
	}
	return "no, pending"
}

func (r Revision) steps(p *Printer, title string, steps []RevisionStep) {
	if len(steps) == 0 {
		p.Line(T(title + ": no steps"))
		return
	}
	p.Line(T(title + ":"))
	for i, step := range steps {
		spans := []Span{T(fmt.Sprintf("  %d  %s", i+1, step.Name))}
		if step.Note != "" {
			spans = append(spans, S(Changed, "  "+step.Note))
		}
		if step.Destroys != "" {
			spans = append(spans, S(Removed, "  destroys "+step.Destroys))
		}
		p.Line(spans...)
	}
}

func timeText(at time.Time) string { return at.UTC().Format(time.RFC3339) }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// History lists revisions, newest first: beside the lines between them where they are more than one line.
type History struct {
	Revisions []Revision
	Verbose   bool
	// Database names the database that was asked; Unknown says why it could not be.
	Database, Unknown string
}

// Human implements Result.
func (h History) Human(p *Printer) {
	if h.branched() {
		h.graph(p)
		return
	}
	for _, r := range h.Revisions {
		if h.Verbose {
			r.block(p, true)
		} else {
			p.Line(r.line()...)
		}
	}
}

// branched says that what is listed isn't one line.
func (h History) branched() bool {
	for i, r := range h.Revisions {
		if parents := h.parents(r); len(parents) > 1 || len(parents) == 0 && i < len(h.Revisions)-1 {
			return true
		}
		if i > 0 && !slices.Contains(h.Revisions[i-1].Parents, r.ID) {
			return true
		}
	}
	return false
}

// graph lists the revisions beside the lines between them.
func (h History) graph(p *Printer) {
	lanes := &lanes{}
	for _, r := range h.Revisions {
		for _, line := range lanes.before(r) {
			p.Line(S(Faint, line))
		}
		parents := h.parents(r)
		if h.Verbose {
			stroke := byte('|')
			if len(parents) == 0 {
				stroke = ' '
			}
			p.Beside(lanes.at(), lanes.beside(stroke), func(p *Printer) { r.block(p, true) })
		} else {
			p.Line(append([]Span{S(Faint, lanes.at())}, r.line()...)...)
		}
		for _, line := range lanes.after(parents) {
			p.Line(S(Faint, line))
		}
	}
}

// parents are those of a revision that are listed too.
func (h History) parents(r Revision) []string {
	var parents []string
	for _, other := range h.Revisions {
		if slices.Contains(r.Parents, other.ID) {
			parents = append(parents, other.ID)
		}
	}
	// In the order of the file.
	slices.SortFunc(parents, func(a, b string) int { return slices.Index(r.Parents, a) - slices.Index(r.Parents, b) })
	return parents
}

// Current is the revisions that the database is at.
type Current struct {
	Revisions []Revision
	Verbose   bool
	Database  string
	// AtHeads is whether it is at every head; nil where that wasn't asked.
	AtHeads *bool
}

// Human implements Result.
func (c Current) Human(p *Printer) {
	if c.Verbose {
		p.Line(T("Current revision(s) for " + c.Database + ":"))
	}
	for _, r := range c.Revisions {
		if c.Verbose {
			r.block(p, false)
		} else {
			p.Line(append([]Span{S(Strong, r.ID)}, withoutCurrent(r).markers()...)...)
		}
	}
}

func withoutCurrent(r Revision) Revision {
	r.Current = false
	return r
}

// Heads is the revisions that have no child.
type Heads struct {
	Revisions []Revision
	Verbose   bool
	// Database names the database that was asked; Unknown says why it could not be.
	Database, Unknown string
}

// Human implements Result.
func (h Heads) Human(p *Printer) {
	for _, r := range h.Revisions {
		if h.Verbose {
			r.block(p, false)
		} else {
			p.Line(append(append([]Span{S(Strong, r.ID)}, r.markers()...), T(", "+oneLine(r.Message)))...)
		}
	}
}

// Branches is the revisions that several others follow.
type Branches struct {
	Revisions []Branchpoint
	Verbose   bool
	// Database names the database that was asked; Unknown says why it could not be.
	Database, Unknown string
}

// Branchpoint is a revision with those that follow it.
type Branchpoint struct {
	Revision
	Into []Revision
}

// Human implements Result.
func (b Branches) Human(p *Printer) {
	for _, r := range b.Revisions {
		if b.Verbose {
			r.block(p, false)
		} else {
			p.Line(append(append([]Span{S(Strong, r.ID)}, r.markers()...), T(", "+oneLine(r.Message)))...)
		}
		for _, child := range r.Into {
			p.Line(append(append([]Span{T("         -> "), S(Strong, child.ID)}, child.markers()...), T(", "+oneLine(child.Message)))...)
		}
		if b.Verbose {
			p.Line()
		}
	}
}

// Detail is one revision in full.
type Detail struct {
	Revision Revision
	// Database names the database that was asked; Unknown says why it could not be.
	Database, Unknown string
}

// Human implements Result.
func (s Detail) Human(p *Printer) {
	s.Revision.block(p, true)
	for _, direction := range []struct {
		title string
		steps []RevisionStep
	}{{"upgrade", s.Revision.Up}, {"downgrade", s.Revision.Down}} {
		for _, step := range direction.steps {
			p.Line(S(Faint, "-- "+direction.title+": "), S(Faint, step.Name))
			p.Block("", statement(step.SQL), Plain)
			p.Line()
		}
	}
}
