package views

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/planner"
)

// Plan is a plan as create shows it.
type Plan struct {
	Plan *planner.Plan
	// Revision is the id, Path the file that was written; empty where none was.
	Revision, Path string
	Message        string
	Parents        []string
	// Where names the database that was compared.
	Where string
	// DryRun says that no file was to be written; Unproven that no proof was wanted.
	DryRun, Unproven bool
	// Handwritten says that the revision is empty, for steps written by hand; Text is then what its file holds.
	Handwritten bool
	Text        string
	// Unrecorded are units that the models and the database have, and that no revision makes.
	Unrecorded []string
	// Apart says that there are other heads, so that an upgrade must be told where to.
	Apart bool
}

// Human implements Result.
func (v Plan) Human(p *Printer) {
	switch {
	case v.Handwritten:
		v.written(p)
		return
	case v.Plan.Empty():
		p.Line(T("Nothing to do: "), T(v.Where), T(" is as the models say. No revision was written."))
		v.unrecorded(p)
		return
	}
	PlanTree(p, planner.Summarize(v.Plan))
	p.Line()
	steps(p, v.Plan)
	p.Line()
	proved(p, v.Plan)
	for _, rename := range v.Plan.LooksRenamed {
		p.Line()
		p.Line(S(Changed, "Hint: "), T(rename.From.Path()+" is dropped and "+rename.To.Path()+" is added, and they look alike. If it is a rename, its data"))
		p.Line(T("can be kept: write renamed_from = " + quote(rename.Former) + " in " + rename.To.String() + ", or add --rename " + RenameFlag(rename)))
	}
	p.Line()
	v.written(p)
	v.unrecorded(p)
}

// unrecorded tells of objects that a new database would lack.
func (v Plan) unrecorded(p *Printer) {
	if len(v.Unrecorded) == 0 {
		return
	}
	shown, more := v.Unrecorded, ""
	if len(shown) > 5 {
		shown, more = shown[:5], fmt.Sprintf(" and %d more", len(v.Unrecorded)-5)
	}
	p.Line()
	p.Line(S(Changed, "Note: "), T("no revision makes "+strings.Join(shown, ", ")+more+", though models and database have that: a new database would lack it."))
	p.Line(T("For a revision that does, plan on a new database, and record it here:"))
	url := "sqlite:///new.db"
	if v.Plan.Dialect != "sqlite" {
		url = "URL" // of a database that is made for it, and empty
	}
	p.Advise("  duo-orm migration upgrade --url " + url)
	p.Advise("  duo-orm migration create \"what was there already\" --url " + url)
	p.Advise("  duo-orm migration stamp head")
}

func (v Plan) written(p *Printer) {
	switch {
	case v.DryRun:
		if v.Handwritten {
			p.Block("", v.Text, Plain)
			p.Line()
		}
		p.Line(S(Faint, "No file was written: --dry-run."))
		return
	case v.Handwritten:
		p.Line(T("Wrote "), S(Strong, v.Path), T(", an empty revision."))
		p.Advise("Write its steps, then run: duo-orm migration prove " + v.Revision + " and " + v.upgrade())
		return
	}
	p.Line(T("Wrote "), S(Strong, v.Path))
	p.Advise("Review it, then run: " + v.upgrade())
}

// upgrade is the command that applies the revision.
func (v Plan) upgrade() string {
	if v.Apart {
		return "duo-orm migration upgrade " + v.Revision
	}
	return "duo-orm migration upgrade"
}

// PlanTree prints what changes: a sign, what it is, what is to be said of it, and where it is declared.
func PlanTree(p *Printer, summary planner.Summary) {
	p.Line(S(Strong, summary.Headline()))
	p.Line()
	for i, cells := range summary.Columns() {
		detail := Plain
		if summary.Lines[i].Warning {
			detail = Removed
		}
		p.Line(S(signStyle(summary.Lines[i].Sign), cells[0]), S(detail, cells[1]), S(Faint, cells[2]))
	}
}

func signStyle(sign string) Style {
	switch sign {
	case "+":
		return Added
	case "-":
		return Removed
	case ">":
		return Moved
	case "!":
		return Failed
	}
	return Changed
}

// steps prints the table of the steps: what each does, what others wait for, whether there is a way back.
func steps(p *Printer, plan *planner.Plan) {
	rows := [][]Span{{S(Strong, "Steps"), S(Strong, "lock"), S(Strong, "way back")}}
	width := len(fmt.Sprint(len(plan.Upgrade)))
	for i, step := range plan.Upgrade {
		lock, back, style := step.Lock, "yes", Plain
		if lock == "" {
			lock = "none"
		}
		if step.Destroys != "" {
			back, style = "yes, without the data", Removed
		}
		name := step.Name
		if step.OwnTransaction {
			name += " (own transaction)"
		}
		rows = append(rows, []Span{T(fmt.Sprintf("  %*d  %s", width, i+1, name)), T(lock), S(style, back)})
	}
	p.Columns("", rows)
	if plan.ForeignKeysOff() {
		p.Line()
		p.Line(T("Foreign keys are not enforced while these steps run; they are checked before the revision is committed."))
	}
}

func proved(p *Printer, plan *planner.Plan) {
	if plan.Proof == nil {
		p.Line(S(Changed, "Not proved. "), T(p.advised("The file says so. Prove it before it is applied with: duo-orm migration prove")))
		return
	}
	p.Line(S(Done, "Proved on scratch "+plan.Proof.Server), T(fmt.Sprintf(", %s: up, down and up again are equal.", rowCount(plan.Proof.Rows))))
	provedExcept(p, plan.Proof.WithoutRows, plan.Proof.NotBack)
}

// provedExcept tells which rows a proof lacked.
func provedExcept(p *Printer, withoutRows, notBack []string) {
	if len(withoutRows) > 0 {
		p.Line(S(Changed, "Proved without rows: "), T(strings.Join(withoutRows, "; ")))
	}
	if len(notBack) > 0 {
		p.Line(S(Changed, "The way back stops at rows in: "), T(strings.Join(notBack, "; ")))
		p.Line(T("What they need there is destroyed on the way up. Before a downgrade, empty the table or put a step into the file that gives its rows a value."))
	}
}

func rowCount(rows int) string {
	if rows == 0 {
		return "without rows"
	}
	return "with " + planner.RowCount(int64(rows))
}

// RenameFlag is what a shell takes behind --rename: users=people, users.mail=email, 'index old=new'.
func RenameFlag(alike planner.Lookalike) string {
	if text := alike.Asked; strings.ContainsAny(text, " \"'$`\\*?[](){}<>|&;!#~") {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return alike.Asked
}

func quote(text string) string { return fmt.Sprintf("%q", text) }
