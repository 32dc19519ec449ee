package views

import (
	"path"
	"strings"
)

// Init is what init made.
type Init struct {
	Root   string
	Dir    string
	Config string
	// URL is the database's, without a password.
	URL     string
	Entries []InitEntry
	// Notes are things to know: a URL that was not saved.
	Notes []string
	// Stamped is the first revision of an existing database; empty without --from-database.
	Stamped string
	// Revisions are those that were written, Pending those of them that the database hasn't.
	Revisions, Pending []string
	Next               []string
}

// InitEntry is a file or folder.
type InitEntry struct {
	Path   string
	Folder bool
	// Action is "made", "kept" or "changed".
	Action string
	Note   string
}

type initJSON struct {
	FormatVersion string          `json:"format_version"`
	Root          string          `json:"root"`
	Dir           string          `json:"dir"`
	Config        string          `json:"config"`
	Changed       bool            `json:"changed"`
	Entries       []initEntryJSON `json:"entries"`
	Stamped       string          `json:"stamped,omitempty"`
	Revisions     []string        `json:"revisions"`
	Pending       []string        `json:"pending"`
	Notes         []string        `json:"notes"`
	Next          []string        `json:"next"`
}

type initEntryJSON struct {
	Path   string `json:"path"`
	Type   string `json:"type"`
	Action string `json:"action"`
}

// JSON implements Result.
func (i Init) JSON() any {
	out := initJSON{FormatVersion: FormatVersion, Root: i.Root, Dir: i.Dir, Config: i.Config, Changed: i.changed(),
		Entries: []initEntryJSON{}, Stamped: i.Stamped, Revisions: list(i.Revisions), Pending: list(i.Pending), Notes: list(i.Notes), Next: list(i.Next)}
	for _, e := range i.Entries {
		kind := "file"
		if e.Folder {
			kind = "folder"
		}
		out.Entries = append(out.Entries, initEntryJSON{Path: e.Path, Type: kind, Action: e.Action})
	}
	return out
}

func (i Init) changed() bool {
	for _, e := range i.Entries {
		if e.Action != "kept" {
			return true
		}
	}
	return i.Stamped != ""
}

// Human implements Result.
func (i Init) Human(p *Printer) {
	if i.changed() {
		p.Line(T("Set up duo-orm in "), S(Strong, i.Root))
	} else {
		p.Line(T("Everything is there already in "), S(Strong, i.Root), T("; nothing was changed."))
	}
	p.Line()
	var rows [][]Span
	marks := map[string]bool{}
	for _, e := range i.Entries {
		rows = append(rows, i.row(e))
		marks[e.Action] = true
	}
	p.Columns("  ", rows)
	p.Line()
	i.legend(p, marks)
	if i.Stamped != "" {
		p.Line()
		p.Line(T("The database is recorded as being at "), S(Strong, i.Stamped), T("; nothing else in it was changed."))
	}
	for _, note := range i.Notes {
		p.Line()
		p.Line(S(Changed, "Note: "), T(note))
	}
	if len(i.Next) > 0 {
		p.Line()
		p.Line(T("Next:"))
		for n, next := range i.Next {
			p.Line(T("  "+string(rune('1'+n))+". "), T(next))
		}
	}
}

// row shows a path below its folder: "+   models/".
func (i Init) row(e InitEntry) []Span {
	name, depth := e.Path, 0
	if e.Path != i.Dir && strings.HasPrefix(e.Path, i.Dir+"/") {
		name = path.Base(e.Path)
		depth = strings.Count(strings.TrimPrefix(e.Path, i.Dir), "/")
	}
	if e.Folder {
		name += "/"
	}
	sign, style := "+", Added
	switch e.Action {
	case "kept":
		sign, style = "=", Faint
	case "changed":
		sign, style = "~", Changed
	}
	return []Span{S(style, sign+" "+strings.Repeat("  ", depth)+name), S(Faint, e.Note)}
}

func (i Init) legend(p *Printer, marks map[string]bool) {
	var words []string
	for _, mark := range []struct{ action, word string }{{"made", "+ made"}, {"changed", "~ changed"}, {"kept", "= kept as it was"}} {
		if marks[mark.action] {
			words = append(words, mark.word)
		}
	}
	p.Line(S(Faint, "  "+strings.Join(words, "   ")))
}
