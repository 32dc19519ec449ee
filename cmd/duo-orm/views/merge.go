package views

import (
	"strings"

	"github.com/duo-orm/duo-orm/planner"
)

// Merge is a merge that was written.
type Merge struct {
	Revision, Message, Path, Server string
	// Heads are those that it joins.
	Heads []Revision
	// Others are heads that are left apart; the end isn't compared with the models then.
	Others []Revision
	// Both are objects that more than one side touches.
	Both []string
	// Left is the plan from the joined state to what the models say.
	Left *planner.Plan
}

type mergeJSON struct {
	FormatVersion string              `json:"format_version"`
	Revision      *mergeRevisionJSON  `json:"revision"`
	Server        string              `json:"server"`
	TouchedByBoth []string            `json:"touched_by_both"`
	Others        []string            `json:"others"`
	AsModels      bool                `json:"as_models"`
	Left          mergeDifferenceJSON `json:"left"`
}

type mergeRevisionJSON struct {
	ID      string   `json:"id"`
	Message string   `json:"message"`
	Parents []string `json:"parents"`
	Path    string   `json:"path"`
}

type mergeDifferenceJSON struct {
	Add    int      `json:"add"`
	Change int      `json:"change"`
	Drop   int      `json:"drop"`
	Lines  []string `json:"lines"`
}

// JSON implements Result.
func (v Merge) JSON() any {
	var parents []string
	for _, head := range v.Heads {
		parents = append(parents, head.ID)
	}
	return mergeJSON{FormatVersion: FormatVersion, Revision: &mergeRevisionJSON{ID: v.Revision, Message: v.Message, Parents: list(parents), Path: v.Path},
		Server: v.Server, TouchedByBoth: list(v.Both), Others: idsOf(v.Others), AsModels: v.Left.Empty() && len(v.Others) == 0,
		Left: differenceOf(v.Left)}
}

// differenceOf is a plan in short.
func differenceOf(plan *planner.Plan) mergeDifferenceJSON {
	summary := planner.Summarize(plan)
	out := mergeDifferenceJSON{Add: summary.Adds, Change: summary.Changes, Drop: summary.Drops, Lines: []string{}}
	for _, line := range summary.Lines {
		out.Lines = append(out.Lines, line.Sign+" "+line.What)
	}
	return out
}

// Human implements Result.
func (v Merge) Human(p *Printer) {
	p.Line(T("Joins"))
	rows := [][]Span{}
	for _, head := range v.Heads {
		rows = append(rows, []Span{S(Strong, head.ID), T(oneLine(head.Message))})
	}
	p.Columns("  ", rows)
	p.Line()
	p.Line(S(Done, "Proved on scratch "+v.Server), T(": whatever the order in which their revisions are applied, the state is the same."))
	if len(v.Both) > 0 {
		p.Line(T("Touched by more than one of them: " + strings.Join(v.Both, ", ") + "."))
	}
	if v.Left.Empty() && len(v.Others) == 0 {
		p.Line(T("It is what the models say."))
	}
	p.Line()
	p.Line(T("Wrote "), S(Strong, v.Path))
	p.Advise("Review it, then run: duo-orm migration upgrade" + only(v.Others, v.Revision))
	leftApart(p, v.Others)
	leftToModels(p, v.Left, "the joined revisions lead to")
}

// only names the head to upgrade to where there are others.
func only(others []Revision, head string) string {
	if len(others) == 0 {
		return ""
	}
	return " " + head
}

// leftApart tells of heads that are left.
func leftApart(p *Printer, others []Revision) {
	if len(others) == 0 {
		return
	}
	p.Line()
	p.Line(S(Changed, "Note: "), T("left apart: "+heads(idsOf(others))+". The models say what is done there, too, so that they were not compared."))
}

// idsOf are the ids of revisions.
func idsOf(revisions []Revision) []string {
	ids := []string{}
	for _, r := range revisions {
		ids = append(ids, r.ID)
	}
	return ids
}

// leftToModels tells of what the models say beyond what revisions lead to.
func leftToModels(p *Printer, left *planner.Plan, what string) {
	if left.Empty() {
		return
	}
	p.Line()
	p.Line(S(Changed, "Note: "), T("the models say something else than "+what+":"))
	p.Line()
	PlanTree(p, planner.Summarize(left))
	p.Line()
	p.Line(T("Where that isn't meant, something was lost when the models were merged: correct them. Else plan it on top, after the upgrade:"))
	p.Advise("duo-orm migration create \"…\"")
}
