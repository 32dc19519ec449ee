package views

// VersionTable is what ensure-version did.
type VersionTable struct {
	Where, Table string
	// Made says that the table was missing, MadeDatabase that the database's file was.
	Made, MadeDatabase bool
}

type versionTableJSON struct {
	FormatVersion string `json:"format_version"`
	Database      string `json:"database"`
	Table         string `json:"table"`
	Made          bool   `json:"made"`
	MadeDatabase  bool   `json:"made_database"`
}

// JSON implements Result.
func (v VersionTable) JSON() any {
	return versionTableJSON{FormatVersion: FormatVersion, Database: v.Where, Table: v.Table, Made: v.Made, MadeDatabase: v.MadeDatabase}
}

// Human implements Result.
func (v VersionTable) Human(p *Printer) {
	if v.MadeDatabase {
		p.Line(T("Made the " + v.Where + "."))
	}
	if v.Made {
		p.Line(S(Done, "Made "), T("the version table "), S(Strong, v.Table), T(" in the "+v.Where+"."))
		return
	}
	p.Line(T("Nothing to do: the "+v.Where+" has the version table "), S(Strong, v.Table), T(" already."))
}
