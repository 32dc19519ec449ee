package views

import (
	"fmt"
	"strings"
)

// Squash is one revision that stands in place of many.
type Squash struct {
	Revision, Message, Path, Server string
	Parents                         []string
	// Replaces are the revisions that it stands for, Kept those of them whose steps stand in it as they were.
	Replaces []Revision
	Kept     []string
	// Children follow it, or depend on it, now.
	Children []string
	Steps    int
	// Moved is the folder to which the old files were moved; empty where they were deleted.
	Moved string
}

type squashJSON struct {
	FormatVersion string             `json:"format_version"`
	Revision      *mergeRevisionJSON `json:"revision"`
	Server        string             `json:"server"`
	Replaces      []string           `json:"replaces"`
	Kept          []string           `json:"kept"`
	Children      []string           `json:"children"`
	Steps         int                `json:"steps"`
	MovedTo       string             `json:"moved_to,omitempty"`
}

// JSON implements Result.
func (v Squash) JSON() any {
	var replaces []string
	for _, r := range v.Replaces {
		replaces = append(replaces, r.ID)
	}
	return squashJSON{FormatVersion: FormatVersion, Revision: &mergeRevisionJSON{ID: v.Revision, Message: v.Message, Parents: list(v.Parents), Path: v.Path},
		Server: v.Server, Replaces: list(replaces), Kept: list(v.Kept), Children: list(v.Children), Steps: v.Steps, MovedTo: v.Moved}
}

// Human implements Result.
func (v Squash) Human(p *Printer) {
	p.Line(T("Stands in place of"))
	rows := [][]Span{}
	for _, r := range v.Replaces {
		rows = append(rows, []Span{S(Strong, r.ID), T(oneLine(r.Message))})
	}
	p.Columns("  ", rows)
	p.Line()
	p.Line(S(Done, "Proved on scratch "+v.Server), T(": it leads to the same state, and back."))
	if len(v.Kept) > 0 {
		p.Line(T("The steps of " + strings.Join(v.Kept, ", ") + " stand in it as they were."))
	}
	if len(v.Children) > 0 {
		p.Line(T("Edited, to follow it: " + strings.Join(v.Children, ", ") + "."))
	}
	steps := ", 1 step"
	if v.Steps != 1 {
		steps = fmt.Sprintf(", %d steps", v.Steps)
	}
	p.Line()
	p.Line(T("Wrote "), S(Strong, v.Path), T(steps))
	if v.Moved != "" {
		p.Line(T("Moved the old files to "), S(Strong, v.Moved))
	} else {
		p.Line(T("Deleted the old files."))
	}
	p.Line(T("A database that has all of them is recognised at its next upgrade; upgrade those that have only some before you commit this."))
}
