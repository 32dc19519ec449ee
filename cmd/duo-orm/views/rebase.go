package views

import (
	"github.com/duo-orm/duo-orm/planner"
)

// Rebase is revisions that were moved.
type Rebase struct {
	// Onto is the revision that the first of them follows now.
	Onto      Revision
	Revisions []MovedRevision
	Server    string
	// Left is the plan from where they lead to what the models say.
	Left *planner.Plan
	// Others are heads that are left apart; the end isn't compared with the models then.
	Others []Revision
}

// MovedRevision is a revision that was moved.
type MovedRevision struct {
	ID, Message, Path string
	From, To          []string
	// Planned says that its steps were planned anew.
	Planned bool
	// Rows says that its steps for declared rows were planned anew, and all others kept.
	Rows bool
}

type rebaseJSON struct {
	FormatVersion string              `json:"format_version"`
	Onto          string              `json:"onto"`
	Revisions     []movedJSON         `json:"revisions"`
	Server        string              `json:"server"`
	Others        []string            `json:"others"`
	AsModels      bool                `json:"as_models"`
	Left          mergeDifferenceJSON `json:"left"`
}

type movedJSON struct {
	ID            string   `json:"id"`
	Message       string   `json:"message"`
	Path          string   `json:"path"`
	ParentsBefore []string `json:"parents_before"`
	Parents       []string `json:"parents"`
	PlannedAnew   bool     `json:"planned_anew"`
	RowsAnew      bool     `json:"rows_anew"`
}

// JSON implements Result.
func (v Rebase) JSON() any {
	out := rebaseJSON{FormatVersion: FormatVersion, Onto: v.Onto.ID, Revisions: []movedJSON{}, Server: v.Server, Others: idsOf(v.Others), AsModels: v.Left.Empty() && len(v.Others) == 0, Left: differenceOf(v.Left)}
	for _, r := range v.Revisions {
		out.Revisions = append(out.Revisions, movedJSON{ID: r.ID, Message: r.Message, Path: r.Path, ParentsBefore: list(r.From), Parents: list(r.To), PlannedAnew: r.Planned, RowsAnew: r.Rows})
	}
	return out
}

// Human implements Result.
func (v Rebase) Human(p *Printer) {
	p.Line(S(Done, "Moved "), T(count(len(v.Revisions), "revision")+" on top of "), S(Strong, v.Onto.ID), T(", "+oneLine(v.Onto.Message)+", and proved on scratch "+v.Server))
	p.Line()
	for _, r := range v.Revisions {
		steps := "  steps kept"
		if r.Planned {
			steps = "  planned anew"
		}
		if r.Rows {
			steps = "  rows planned anew, steps by hand kept"
		}
		from := heads(r.From) + " => "
		if equal(r.From, r.To) {
			from = ""
		}
		p.Line(T("  "+from), S(Strong, heads(r.To)+" -> "+r.ID), T(", "+oneLine(r.Message)), S(Changed, steps))
		p.Line(T("    wrote " + r.Path))
	}
	p.Line()
	p.Advise("Review what has changed, then run: duo-orm migration upgrade" + only(v.Others, v.Revisions[len(v.Revisions)-1].ID))
	leftApart(p, v.Others)
	leftToModels(p, v.Left, "where the moved revisions lead to")
}
