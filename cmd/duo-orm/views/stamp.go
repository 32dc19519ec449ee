package views

// Stamp is what stamp recorded.
type Stamp struct {
	Where    string
	Made     bool
	From, To []string
	// Purged says that all that was recorded was forgotten first; From is not known then.
	Purged bool
	// Accepted are revisions whose changed files were taken as they are.
	Accepted []string
}

type stampJSON struct {
	FormatVersion string   `json:"format_version"`
	Database      string   `json:"database"`
	Made          bool     `json:"made"`
	From          []string `json:"from"`
	To            []string `json:"to"`
	Purged        bool     `json:"purged"`
	Accepted      []string `json:"accepted"`
}

// JSON implements Result.
func (s Stamp) JSON() any {
	return stampJSON{FormatVersion: FormatVersion, Database: s.Where, Made: s.Made, From: list(s.From), To: list(s.To), Purged: s.Purged, Accepted: list(s.Accepted)}
}

// Human implements Result.
func (s Stamp) Human(p *Printer) {
	if s.Made {
		p.Line(T("Made the " + s.Where + "."))
	}
	for _, id := range s.Accepted {
		p.Line(S(Done, "Accepted "), T("the file of "), S(Strong, id), T(" as it is now."))
	}
	switch {
	case len(s.Accepted) > 0:
	case s.Purged:
		p.Line(S(Done, "Recorded "), T(s.Where+" as being at "), S(Strong, heads(s.To)), T(". What was recorded before is forgotten; nothing was run."))
	case equal(s.From, s.To):
		p.Line(T("Nothing to do: "), T(s.Where), T(" is recorded as being at "), S(Strong, heads(s.To)), T(" already."))
	default:
		p.Line(S(Done, "Recorded "), T(s.Where+" as being at "), S(Strong, heads(s.To)), T(" (it was at "+heads(s.From)+"). Nothing was run."))
	}
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
