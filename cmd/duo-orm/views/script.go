package views

// Script is what a command would do, as a script for the engine's shell.
type Script struct {
	// Command is upgrade, downgrade, stamp or ensure-version.
	Command string
	// From and To are the heads that it wants and that it leads to; none is the base.
	From, To []string
	// Revisions are those that it runs or records, in order.
	Revisions []string
	SQL       string
}

type scriptJSON struct {
	FormatVersion string   `json:"format_version"`
	Command       string   `json:"command"`
	From          []string `json:"from"`
	To            []string `json:"to"`
	Revisions     []string `json:"revisions"`
	SQL           string   `json:"sql"`
}

// JSON implements Result.
func (s Script) JSON() any {
	return scriptJSON{FormatVersion: FormatVersion, Command: s.Command, From: list(s.From), To: list(s.To), Revisions: list(s.Revisions), SQL: s.SQL}
}

// Human implements Result. The script stands alone on standard output.
func (s Script) Human(p *Printer) { p.Document(s.SQL) }
