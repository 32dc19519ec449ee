package views

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner"
)

// Inspect is a database as models.
type Inspect struct {
	Where string
	// Text is the models; Files are those that were written instead, Removed those that were taken away.
	Text           string
	Write          bool
	Files, Removed []string
	Objects        int
}

type inspectJSON struct {
	FormatVersion string   `json:"format_version"`
	Database      string   `json:"database"`
	Objects       int      `json:"objects"`
	Models        string   `json:"models,omitempty"`
	Written       []string `json:"written"`
	Removed       []string `json:"removed"`
}

// JSON implements Result.
func (i Inspect) JSON() any {
	return inspectJSON{FormatVersion: FormatVersion, Database: i.Where, Objects: i.Objects, Models: i.Text, Written: list(i.Files), Removed: list(i.Removed)}
}

// Human implements Result.
func (i Inspect) Human(p *Printer) {
	switch {
	case !i.Write:
		p.Document(i.Text)
		return
	case len(i.Files)+len(i.Removed) == 0:
		p.Line(T("Nothing to do: the models say what "), T(i.Where), T(" is."))
		return
	}
	for _, path := range i.Files {
		p.Line(S(Changed, "wrote    "), T(path))
	}
	for _, path := range i.Removed {
		p.Line(S(Removed, "removed  "), T(path))
	}
	p.Line()
	p.Line(T("The models now say what "), T(i.Where), T(" is."))
}

// Diff is the plan between a database and the models, as SQL.
type Diff struct {
	Plan  *planner.Plan
	Where string
}

// JSON implements Result.
func (d Diff) JSON() any {
	out := planOf(d.Plan)
	out.Database = d.Where
	return out
}

// Human implements Result.
func (d Diff) Human(p *Printer) {
	if d.Plan.Empty() {
		p.Line(T("-- " + d.Where + " is as the models say."))
		return
	}
	for _, step := range d.Plan.Upgrade {
		sqlStep(p, step)
	}
}

func sqlStep(p *Printer, step drivers.Step) {
	note := ""
	if step.Destroys != "" {
		note = " (destroys " + step.Destroys + ")"
	}
	p.Line(S(Faint, "-- "+step.Name+note))
	p.Document(statement(step.SQL))
	p.Line()
}

// statement is a statement that others can follow: its semicolon stands on a line of its own where a comment would take it.
func statement(sql string) string {
	sql = strings.TrimRight(sql, " \t\r\n")
	if strings.HasPrefix(sql, "--") && !strings.Contains(sql, "\n") {
		return sql + "\n" // a program, as a comment
	}
	last := sql[strings.LastIndexByte(sql, '\n')+1:]
	if strings.Contains(last, "--") {
		sql += "\n"
	}
	return sql + ";\n"
}

// Format is what fmt did.
type Format struct {
	// Check says that nothing was to be written; Files are those that are not formatted, or were not before.
	Check bool
	Files []string
	Total int
}

type formatJSON struct {
	FormatVersion string   `json:"format_version"`
	Check         bool     `json:"check"`
	Files         []string `json:"files"`
	Total         int      `json:"total"`
}

// JSON implements Result.
func (f Format) JSON() any {
	return formatJSON{FormatVersion: FormatVersion, Check: f.Check, Files: list(f.Files), Total: f.Total}
}

// Human implements Result.
func (f Format) Human(p *Printer) {
	for _, path := range f.Files {
		p.Line(T(path))
	}
	if len(f.Files) == 0 {
		p.Line(T(fmt.Sprintf("Nothing to do: %s formatted already.", areFormatted(f.Total))))
	}
}

func areFormatted(total int) string {
	if total == 1 {
		return "1 file is"
	}
	return fmt.Sprintf("%d files are", total)
}
