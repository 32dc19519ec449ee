package views

import (
	"fmt"
	"strings"
	"time"
)

// Revision is a revision as history, heads, show and current tell of it.
type Revision struct {
	ID, Message string
	Parents     []string
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
}

// RevisionStep is a step of a revision file.
type RevisionStep struct{ Name, SQL, Destroys string }

// line is the revision as Alembic's history has it: parents -> id (markers), message.
func (r Revision) line() []Span {
	from := "<base>"
	if len(r.Parents) > 0 {
		from = strings.Join(r.Parents, ", ")
	}
	spans := append([]Span{T(from + " -> "), S(Strong, r.ID)}, r.markers()...)
	return append(spans, T(", "+oneLine(r.Message)))
}

func (r Revision) markers() []Span {
	var spans []Span
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
	if r.Path != "" {
		p.Line(T("Path: " + r.Path))
	}
	if !r.CreatedAt.IsZero() {
		p.Line(T("Created: " + timeText(r.CreatedAt)))
	}
	p.Line(T("Applied: " + r.applied()))
	if r.Proved != "" {
		p.Line(T("Proved: " + r.Proved))
	} else if !r.Missing {
		p.Line(T("Proved: no"))
	}
	if steps && !r.Missing {
		r.steps(p, "Upgrade", r.Up)
		r.steps(p, "Downgrade", r.Down)
	}
	p.Line()
	p.Block("    ", r.Message, Plain)
	p.Line()
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
		if step.Destroys != "" {
			spans = append(spans, S(Removed, "  destroys "+step.Destroys))
		}
		p.Line(spans...)
	}
}

func timeText(at time.Time) string { return at.UTC().Format(time.RFC3339) }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// History lists revisions, newest first.
type History struct {
	Revisions []Revision
	Verbose   bool
	// Database names the database that was asked; Unknown says why it could not be.
	Database, Unknown string
}

// Human implements Result.
func (h History) Human(p *Printer) {
	for _, r := range h.Revisions {
		if h.Verbose {
			r.block(p, true)
		} else {
			p.Line(r.line()...)
		}
	}
}

// Current is the revisions that the database is at.
type Current struct {
	Revisions []Revision
	Verbose   bool
	Database  string
	// Missing says that the database is not there yet.
	Missing bool
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
	Unknown   string
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

// Detail is one revision in full.
type Detail struct {
	Revision Revision
	Unknown  string
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
