package views

// Prove is what prove showed.
type Prove struct {
	Revision, Path, Server string
	Rows                   int
	WithoutRows, NotBack   []string
	// Changed says that the file's proved line was written anew.
	Changed bool
	// Notes are things that the proof doesn't need and other commands do.
	Notes []string
}

type proveJSON struct {
	FormatVersion string    `json:"format_version"`
	Revision      string    `json:"revision"`
	Path          string    `json:"path"`
	Changed       bool      `json:"changed"`
	Proof         proofJSON `json:"proof"`
	Notes         []string  `json:"notes"`
}

// JSON implements Result.
func (v Prove) JSON() any {
	return proveJSON{FormatVersion: FormatVersion, Revision: v.Revision, Path: v.Path, Changed: v.Changed, Notes: list(v.Notes),
		Proof: proofJSON{Server: v.Server, Rows: v.Rows, WithoutRows: list(v.WithoutRows), NotBack: list(v.NotBack)}}
}

// Human implements Result.
func (v Prove) Human(p *Printer) {
	p.Line(S(Done, "Proved "), S(Strong, v.Revision), T(" on scratch "+v.Server+", "+rowCount(v.Rows)+": up, down and up again lead back."))
	provedExcept(p, v.WithoutRows, v.NotBack)
	if v.Changed {
		p.Line(T("Wrote that into "), S(Strong, v.Path))
	} else {
		p.Line(S(Strong, v.Path), T(" says so already."))
	}
	for _, note := range v.Notes {
		p.Line(S(Changed, "Note: "), T(note))
	}
}
