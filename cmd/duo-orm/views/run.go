package views

import (
	"fmt"
	"strings"
	"time"
)

// Run is what upgrade or downgrade did.
type Run struct {
	// Down tells a downgrade from an upgrade.
	Down bool
	// Where names the database; Made says that its file was made.
	Where string
	Made  bool
	// From and To are the heads before and after; none is the base.
	From, To  []string
	Revisions []RunRevision
	Elapsed   time.Duration
	// DryRun says that nothing was run: the revisions are those that would be.
	DryRun bool
	// Before and After are hooks that would run once before and after the revisions of a dry run.
	Before, After []RunStep
	// Drift are objects that were not as the plan expected, and were allowed to be; of a dry run, those that would stop it.
	Drift []string
}

// RunRevision is a revision that was run, with its steps.
type RunRevision struct {
	ID, Message string
	Parents     []string
	Steps       []RunStep
	// Done is how many steps an earlier run did, which stopped on its way: Steps don't have them.
	Done    int
	Elapsed time.Duration
	// Finished says that it was committed.
	Finished bool
}

// RunStep is a step that was run.
type RunStep struct {
	Name, SQL, Destroys string
	// Skipped says why the step wasn't run: "only for production".
	Skipped string
	// Batches and Changed are of a step that went through a table in batches.
	Batches int
	Changed int64
	Elapsed time.Duration
}

type runJSON struct {
	FormatVersion string            `json:"format_version"`
	Direction     string            `json:"direction"`
	Database      string            `json:"database"`
	Made          bool              `json:"made"`
	DryRun        bool              `json:"dry_run"`
	From          []string          `json:"from"`
	To            []string          `json:"to"`
	Revisions     []runRevisionJSON `json:"revisions"`
	Before        []runStepJSON     `json:"before"`
	After         []runStepJSON     `json:"after"`
	Drift         []string          `json:"drift"`
	Milliseconds  float64           `json:"milliseconds"`
}

type runRevisionJSON struct {
	ID           string        `json:"id"`
	Message      string        `json:"message"`
	Parents      []string      `json:"parents"`
	Done         int           `json:"done,omitempty"`
	Steps        []runStepJSON `json:"steps"`
	Milliseconds float64       `json:"milliseconds"`
}

type runStepJSON struct {
	Name         string  `json:"name"`
	SQL          string  `json:"sql"`
	Destroys     string  `json:"destroys,omitempty"`
	Skipped      string  `json:"skipped,omitempty"`
	Batches      int     `json:"batches,omitempty"`
	Changed      int64   `json:"changed,omitempty"`
	Milliseconds float64 `json:"milliseconds"`
}

// JSON implements Result.
func (r Run) JSON() any {
	out := runJSON{FormatVersion: FormatVersion, Direction: r.direction(), Database: r.Where, Made: r.Made, DryRun: r.DryRun,
		From: list(r.From), To: list(r.To), Revisions: []runRevisionJSON{}, Before: runSteps(r.Before), After: runSteps(r.After), Drift: list(r.Drift), Milliseconds: milliseconds(r.Elapsed)}
	for _, revision := range r.Revisions {
		out.Revisions = append(out.Revisions, runRevisionJSON{ID: revision.ID, Message: revision.Message, Parents: list(revision.Parents), Done: revision.Done,
			Steps: runSteps(revision.Steps), Milliseconds: milliseconds(revision.Elapsed)})
	}
	return out
}

func runSteps(steps []RunStep) []runStepJSON {
	out := []runStepJSON{}
	for _, step := range steps {
		out = append(out, runStepJSON{Name: step.Name, SQL: step.SQL, Destroys: step.Destroys,
			Skipped: step.Skipped, Batches: step.Batches, Changed: step.Changed, Milliseconds: milliseconds(step.Elapsed)})
	}
	return out
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (r Run) direction() string {
	if r.Down {
		return "downgrade"
	}
	return "upgrade"
}

// Human implements Result. The steps themselves were printed by a Progress while they ran.
func (r Run) Human(p *Printer) {
	switch {
	case r.DryRun:
		r.dryRun(p)
		return
	case len(r.Revisions) == 0:
		p.Line(T("Nothing to do: "), T(r.Where), T(" is at "), S(Strong, heads(r.To)), T(" already."))
		return
	}
	if r.Made {
		p.Line(T("Made the " + r.Where + "."))
	}
	steps := 0
	for _, revision := range r.Revisions {
		steps += len(revision.Steps)
	}
	verb := "Upgraded "
	if r.Down {
		verb = "Downgraded "
	}
	from := heads(r.From)
	if r.Revisions[0].Done > 0 {
		from += " (unfinished)"
	}
	p.Line(S(Done, verb), T(r.Where+" from "+from+" to "), S(Strong, heads(r.To)),
		T(fmt.Sprintf(": %s, %s, %s.", count(len(r.Revisions), "revision"), count(steps, "step"), elapsed(r.Elapsed))))
	for _, object := range r.Drift {
		p.Line(S(Changed, "Note: "), T(object+" was not as the revision expected; it was run all the same (--allow-drift)."))
	}
}

// dryRun prints what would run as SQL, with comments, so that it can be kept in a file.
func (r Run) dryRun(p *Printer) {
	if len(r.Revisions) == 0 {
		p.Line(T("-- Nothing to do: "), T(r.Where), T(" is at "+heads(r.To)+" already."))
		return
	}
	for _, object := range r.Drift {
		p.Line(S(Changed, "-- Note: "), T(oneLine(object)+" is not as the revision expects; it would stop here, unless --allow-drift is given."))
	}
	if len(r.Drift) > 0 {
		p.Line()
	}
	dryRunSteps(p, r.Before)
	for _, revision := range r.Revisions {
		p.Line(S(Faint, "-- "+r.path(revision)))
		p.Line()
		dryRunSteps(p, revision.Steps)
	}
	dryRunSteps(p, r.After)
}

func dryRunSteps(p *Printer, steps []RunStep) {
	for _, step := range steps {
		if step.Skipped != "" {
			p.Line(S(Faint, "-- "+step.Name+": skipped, "+step.Skipped))
			p.Line()
			continue
		}
		note := ""
		if step.Destroys != "" {
			note = " (destroys " + step.Destroys + ")"
		}
		p.Line(S(Faint, "-- "+step.Name+note))
		p.Document(statement(step.SQL))
		p.Line()
	}
}

// path is where a revision leads: "<base> -> 3f2a9c1d4b7e, add users".
func (r Run) path(revision RunRevision) string {
	if r.Down {
		return revision.ID + " -> " + heads(revision.Parents) + ", " + oneLine(revision.Message)
	}
	return heads(revision.Parents) + " -> " + revision.ID + ", " + oneLine(revision.Message)
}

func heads(ids []string) string {
	if len(ids) == 0 {
		return "<base>"
	}
	return strings.Join(ids, ", ")
}

func count(n int, word string) string { return counts(n, word, word+"s") }

func counts(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// elapsed is a time in the unit that suits it.
func elapsed(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}

// Progress prints revisions and steps as they run.
type Progress struct {
	p     *Printer
	down  bool
	steps int
	width int
	at    int
}

// NewProgress prints on p.
func NewProgress(p *Printer, down bool) *Progress { return &Progress{p: p, down: down} }

// Revision begins a revision with these steps.
func (g *Progress) Revision(revision RunRevision) {
	if g.steps > 0 || g.at > 0 {
		g.p.Line()
	}
	g.steps, g.at, g.width = len(revision.Steps), revision.Done, 0
	for _, step := range revision.Steps {
		g.width = min(72, max(g.width, len([]rune(step.Name))))
	}
	g.p.Line(S(Strong, Run{Down: g.down}.path(revision)))
	if g.steps == 0 {
		g.p.Line(S(Faint, "  no steps"))
		g.at = 1
	}
}

// Step tells of a step that has run.
func (g *Progress) Step(step RunStep) {
	g.at++
	digits := len(fmt.Sprint(g.steps))
	gap := strings.Repeat(" ", max(0, g.width-len([]rune(step.Name))))
	line := []Span{S(Faint, fmt.Sprintf("  %*d/%d  ", digits, g.at, g.steps)), T(step.Name), T(gap + "  "), S(Faint, elapsed(step.Elapsed))}
	switch {
	case step.Skipped != "":
		line[3] = S(Changed, "skipped: "+step.Skipped)
	case step.Batches > 0:
		line = append(line, T(fmt.Sprintf("  %s, %s changed", counts(step.Batches, "batch", "batches"), count(int(step.Changed), "row"))))
	}
	if step.Destroys != "" {
		line = append(line, S(Removed, "  destroyed "+step.Destroys))
	}
	g.p.Line(line...)
}

// End closes what was printed, before the result.
func (g *Progress) End() {
	if g.steps > 0 || g.at > 0 {
		g.p.Line()
	}
}
