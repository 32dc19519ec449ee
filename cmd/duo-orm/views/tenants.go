package views

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Tenant is what became of one of several databases.
type Tenant struct {
	// Name is what it is called, Where names the database for people; empty where it could not be opened.
	Name, Where string
	Status      TenantStatus
	// Made says that its file was made.
	Made bool
	// From and To are the heads before and after, or where it is; none is the base.
	From, To []string
	// Revisions are the ids of those that were run, or that are pending.
	Revisions []string
	Steps     int
	// Run is what would run, of a dry run.
	Run *Run
	// Drift are objects that were not as expected, where that was allowed.
	Drift []string
	// Note is what is wrong with what it has recorded.
	Note string
	// Check holds the questions about this database.
	Check []CheckItem
	// Failure is why it failed, or what it was interrupted at.
	Failure *Failure
	Elapsed time.Duration
}

// TenantStatus is what became of a database.
type TenantStatus string

// What can become of a database.
const (
	TenantDone        TenantStatus = "done"
	TenantNothing     TenantStatus = "nothing_to_do"
	TenantPending     TenantStatus = "pending"
	TenantAtHead      TenantStatus = "at_head"
	TenantHolds       TenantStatus = "holds"
	TenantFails       TenantStatus = "fails"
	TenantFailed      TenantStatus = "failed"
	TenantInterrupted TenantStatus = "interrupted"
	TenantNotBegun    TenantStatus = "not_begun"
)

// statuses are all, in the order in which they are counted, with words for one and for several.
func statuses() []struct {
	status    TenantStatus
	one, many string
	style     Style
} {
	return []struct {
		status    TenantStatus
		one, many string
		style     Style
	}{
		{TenantDone, "done", "done", Done},
		{TenantHolds, "passed", "passed", Done},
		{TenantAtHead, "at the head", "at the head", Done},
		{TenantNothing, "had nothing to do", "had nothing to do", Plain},
		{TenantPending, "pending", "pending", Changed},
		{TenantFails, "did not pass", "did not pass", Failed},
		{TenantFailed, "failed", "failed", Failed},
		{TenantInterrupted, "interrupted", "interrupted", Failed},
		{TenantNotBegun, "not begun", "not begun", Changed},
	}
}

// Tenants is what became of all databases of an environment.
type Tenants struct {
	// Command is what was done: "upgrade", "downgrade", "stamp", "ensure-version", "current", "check".
	Command, Environment string
	DryRun               bool
	Databases            []Tenant
	// Common are the questions of a check that aren't about a single database.
	Common Check
	// AtHeads is whether all databases are at every head; nil where that wasn't asked.
	AtHeads *bool
	// Revisions are all that there are, newest first, of a history.
	Revisions []Revision
	Verbose   bool
	Elapsed   time.Duration
}

// TenantLine tells that one of several databases is done with.
func TenantLine(p *Printer, number, of int, t Tenant) {
	digits := len(fmt.Sprint(of))
	line := []Span{S(Faint, fmt.Sprintf("[%*d/%d] ", digits, number, of)), S(Strong, t.Name), T(": ")}
	switch t.Status {
	case TenantDone:
		line = append(line, T(heads(t.From)+" -> "+heads(t.To)))
		if len(t.Revisions) > 0 {
			line = append(line, T(", "+count(len(t.Revisions), "revision")))
		}
		line = append(line, S(Faint, ", "+elapsed(t.Elapsed)))
	case TenantNothing:
		line = append(line, S(Faint, "nothing to do, at "+heads(t.To)))
	case TenantFailed:
		line = append(line, S(Failed, "failed"), T(": "+t.Failure.text()))
	case TenantInterrupted:
		line = append(line, S(Failed, "interrupted"))
	case TenantFails:
		line = append(line, S(Failed, "did not pass"))
	default:
		line = append(line, T("passed"), S(Faint, ", "+elapsed(t.Elapsed)))
	}
	p.Line(line...)
}

// text is a failure in one line.
func (f *Failure) text() string {
	switch {
	case f == nil:
		return ""
	case f.Message == "" && len(f.Diagnostics) > 0:
		return f.Diagnostics[0].Detail
	}
	return f.Message
}

// Names lists names, at most so many before the rest is counted.
func Names(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// shownNames is how many databases are named on one line.
const shownNames = 20

// of are the databases with a status.
func (t Tenants) of(status TenantStatus) []Tenant {
	var list []Tenant
	for _, d := range t.Databases {
		if d.Status == status {
			list = append(list, d)
		}
	}
	return list
}

// Human implements Result.
func (t Tenants) Human(p *Printer) {
	switch t.Command {
	case "current":
		t.current(p)
	case "history":
		History{Revisions: t.Revisions, Verbose: t.Verbose}.Human(p)
		if len(t.Revisions) > 0 {
			p.Line()
		}
		t.whereTheyAre(p)
	case "check":
		t.check(p)
	default:
		if t.DryRun {
			t.dryRun(p)
		}
		t.summary(p, t.DryRun)
	}
	t.failures(p)
}

// summary counts what became of the databases.
func (t Tenants) summary(p *Printer, comment bool) {
	before := ""
	if comment {
		before = "-- "
	}
	if len(t.Databases) == 0 {
		p.Line(T(before + "Nothing to do: the environment \"" + t.Environment + "\" has no database yet."))
		return
	}
	line := []Span{T(before + strings.ToUpper(t.Command[:1]) + t.Command[1:] + " of " + count(len(t.Databases), "database") + ": ")}
	first := true
	for _, s := range statuses() {
		n := len(t.of(s.status))
		if n == 0 {
			continue
		}
		if !first {
			line = append(line, T(", "))
		}
		first = false
		word := s.many
		if n == 1 {
			word = s.one
		}
		line = append(line, S(s.style, fmt.Sprintf("%d %s", n, word)))
	}
	p.Line(append(line, T(" ("+elapsed(t.Elapsed)+")."))...)
	if made := slices.DeleteFunc(slices.Clone(t.Databases), func(d Tenant) bool { return !d.Made }); len(made) > 0 {
		p.Line(T(fmt.Sprintf("%s made: %s.", counts(len(made), "database was", "databases were"), Names(namesOf(made), shownNames))))
	}
	for _, d := range t.Databases {
		for _, object := range d.Drift {
			p.Line(S(Changed, before+"Note: "), T(d.Name+": "+oneLine(object)+" was not as the revision expected."))
		}
	}
}

// dryRun prints what would run, once for all databases for which it is the same.
func (t Tenants) dryRun(p *Printer) {
	for _, group := range grouped(t.of(TenantPending), func(d Tenant) string { return strings.Join(append([]string{heads(d.From)}, d.Revisions...), "\x00") }) {
		p.Line(S(Strong, "-- "+counts(len(group), "database", "databases")+" from "+heads(group[0].From)+" to "+heads(group[0].To)+": "+Names(namesOf(group), shownNames)))
		p.Line()
		run := *group[0].Run
		run.Drift = nil
		run.dryRun(p)
	}
}

// current lists where each database is.
func (t Tenants) current(p *Printer) {
	var rows [][]Span
	for _, d := range t.Databases {
		switch {
		case d.Status == TenantNotBegun:
			rows = append(rows, []Span{T(d.Name), S(Failed, "not known: not asked")})
		case d.Failure != nil:
			rows = append(rows, []Span{T(d.Name), S(Failed, "not known: "+d.Failure.text())})
		case d.Note != "":
			rows = append(rows, []Span{T(d.Name), S(Strong, heads(d.To)), S(Failed, d.Note)})
		case d.Status == TenantAtHead:
			rows = append(rows, []Span{T(d.Name), S(Strong, heads(d.To)), T("(head)")})
		default:
			rows = append(rows, []Span{T(d.Name), S(Strong, heads(d.To)), S(Changed, count(len(d.Revisions), "revision")+" pending")})
		}
	}
	p.Columns("", rows)
}

// whereTheyAre counts the databases by where they are.
func (t Tenants) whereTheyAre(p *Printer) {
	known := slices.DeleteFunc(slices.Clone(t.Databases), func(d Tenant) bool { return d.Status != TenantAtHead && d.Status != TenantPending })
	for _, group := range grouped(known, func(d Tenant) string { return strings.Join(d.To, ",") }) {
		where := "at " + heads(group[0].To)
		if group[0].Status == TenantAtHead {
			where += " (head)"
		}
		p.Line(S(Strong, count(len(group), "database")), T(" "+where+": "+Names(namesOf(group), shownNames)))
	}
	noted := slices.DeleteFunc(slices.Clone(known), func(d Tenant) bool { return d.Note == "" })
	for _, group := range grouped(noted, func(d Tenant) string { return d.Note }) {
		p.Line(S(Failed, Names(namesOf(group), shownNames)+": "+group[0].Note))
	}
}

// check prints the questions that are common, then those of the databases that don't hold.
func (t Tenants) check(p *Printer) {
	t.Common.Human(p)
	groups := grouped(t.of(TenantFails), func(d Tenant) string { return fmt.Sprintf("%q", d.Check) })
	for _, group := range groups {
		p.Line()
		p.Line(S(Strong, counts(len(group), "database", "databases")+": "), T(Names(namesOf(group), shownNames)))
		Check{Items: group[0].Check}.Human(p)
	}
	p.Line()
	t.summary(p, false)
}

// failures tell why databases failed, once for all that failed for the same reason.
func (t Tenants) failures(p *Printer) {
	if t.Command == "current" {
		return
	}
	failed := append(t.of(TenantFailed), t.of(TenantInterrupted)...)
	var next []string
	for _, group := range grouped(failed, Tenant.reason) {
		f := *group[0].Failure
		p.Line()
		if group[0].Status == TenantInterrupted {
			p.Line(S(Failed, "Interrupted: "), S(Strong, Names(namesOf(group), shownNames)))
		} else {
			p.Line(S(Failed, "Failed: "), S(Strong, Names(namesOf(group), shownNames)))
			text := f.text()
			if len(group) > 1 && group[1].Failure.text() != text { // the others' have their own names in it
				text = group[0].Name + ": " + text
			}
			p.Block("  ", text, Plain)
		}
		for _, detail := range f.Details {
			p.Block("    ", detail, Plain)
		}
		if f.SQL != "" {
			p.Line()
			p.Block("      ", f.SQL, Faint)
		}
		for _, line := range f.Next {
			line = strings.ReplaceAll(line, " --env "+t.Environment+" ", " --env "+t.Environment+" --only "+group[0].Name+" ")
			if !slices.Contains(next, line) {
				next = append(next, line)
			}
		}
	}
	if len(next) > 0 {
		p.Line()
		p.Line(T(fmt.Sprintf("For one of them alone, with --env %s --only %s:", t.Environment, failed[0].Name)))
	}
	for _, line := range next {
		p.Line(T("  → "), T(line))
	}
}

// reason is the same for databases that failed for the same reason, in whose words they may have their own names.
func (d Tenant) reason() string {
	text := fmt.Sprintf("%s\x00%s\x00%q\x00%s", d.Status, d.Failure.text(), d.Failure.Details, d.Failure.SQL)
	return regexp.MustCompile(`\b`+regexp.QuoteMeta(d.Name)+`\b`).ReplaceAllString(text, "\x01")
}

func namesOf(list []Tenant) []string {
	names := make([]string, len(list))
	for i, d := range list {
		names[i] = d.Name
	}
	return names
}

// grouped puts those with the same key together, in the order in which the keys come first.
func grouped(list []Tenant, key func(Tenant) string) [][]Tenant {
	var groups [][]Tenant
	at := map[string]int{}
	for _, d := range list {
		k := key(d)
		i, ok := at[k]
		if !ok {
			i = len(groups)
			at[k] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], d)
	}
	return groups
}
