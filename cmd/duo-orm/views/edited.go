package views

// Edited is a revision's file after it was open in an editor.
type Edited struct {
	Revision, Path string
	// Changed says that it means something else than before, Proved that its steps are those that were proved.
	Changed, Proved bool
	// Applied says that the database has the revision, as it was.
	Applied bool
}

type editedJSON struct {
	FormatVersion string `json:"format_version"`
	Revision      string `json:"revision"`
	Path          string `json:"path"`
	Changed       bool   `json:"changed"`
	Proved        bool   `json:"proved"`
	Applied       bool   `json:"applied"`
}

// JSON implements Result.
func (v Edited) JSON() any {
	return editedJSON{FormatVersion: FormatVersion, Revision: v.Revision, Path: v.Path, Changed: v.Changed, Proved: v.Proved, Applied: v.Applied}
}

// Human implements Result.
func (v Edited) Human(p *Printer) {
	if !v.Changed {
		p.Line(S(Strong, v.Path), T(" can be read, and means what it did."))
	} else {
		p.Line(S(Strong, v.Path), T(" can be read, and means something else than before."))
	}
	if v.Changed && v.Applied {
		p.Line(S(Changed, "Note: "), T("the database has this revision as it was, and the next upgrade stops at the edit."))
		p.Advise("Take the edit back, or accept it where the database is so: duo-orm migration stamp " + v.Revision + " --accept")
	}
	if !v.Proved {
		p.Advise("Its steps are not proved. Prove them: duo-orm migration prove " + v.Revision)
	}
}
