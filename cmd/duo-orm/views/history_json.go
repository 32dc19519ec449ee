package views

import "time"

type revisionJSON struct {
	ID         string   `json:"id"`
	Message    string   `json:"message"`
	Parents    []string `json:"parents"`
	Children   []string `json:"children"`
	DependsOn  []string `json:"depends_on"`
	Dependents []string `json:"dependents"`
	// Replaces are those in whose place it stands; StoodFor is for what these stood in their turn, by their ids.
	Replaces []string            `json:"replaces"`
	StoodFor map[string][]string `json:"stood_for,omitempty"`
	// Branch is the label that begins with it; Branches are those that it belongs to.
	Branch      string   `json:"branch,omitempty"`
	Branches    []string `json:"branches"`
	Head        bool     `json:"head"`
	Branchpoint bool     `json:"branchpoint"`
	Mergepoint  bool     `json:"mergepoint"`
	// Applied and Current are null where the database could not be asked.
	Applied    *bool              `json:"applied"`
	Current    *bool              `json:"current"`
	AppliedAt  *time.Time         `json:"applied_at"`
	CreatedAt  *time.Time         `json:"created_at"`
	Missing    bool               `json:"missing"`
	Edited     bool               `json:"edited"`
	Unfinished bool               `json:"unfinished"`
	Path       string             `json:"path,omitempty"`
	Dialect    string             `json:"dialect,omitempty"`
	Proved     string             `json:"proved,omitempty"`
	Upgrade    []revisionStepJSON `json:"upgrade"`
	Downgrade  []revisionStepJSON `json:"downgrade"`
	// Irreversible is why there is no way back.
	Irreversible string `json:"irreversible,omitempty"`
	// Origin is there where git was asked and could tell.
	Origin *originJSON `json:"origin,omitempty"`
}

type originJSON struct {
	Committed bool       `json:"committed"`
	By        string     `json:"by,omitempty"`
	At        *time.Time `json:"at,omitempty"`
	Commit    string     `json:"commit,omitempty"`
}

type revisionStepJSON struct {
	Name     string `json:"name"`
	SQL      string `json:"sql"`
	Destroys string `json:"destroys,omitempty"`
	Note     string `json:"note,omitempty"`
}

type historyJSON struct {
	FormatVersion string `json:"format_version"`
	// Database names the database that was asked, empty where none was; Unknown says why it could not be.
	Database string `json:"database,omitempty"`
	Unknown  string `json:"unknown,omitempty"`
	// AtHeads is whether the database is at every head, for current --check-heads.
	AtHeads   *bool          `json:"at_heads,omitempty"`
	Revisions []revisionJSON `json:"revisions"`
}

type showJSON struct {
	FormatVersion string       `json:"format_version"`
	Database      string       `json:"database,omitempty"`
	Unknown       string       `json:"unknown,omitempty"`
	Revision      revisionJSON `json:"revision"`
}

// JSON implements Result.
func (h History) JSON() any {
	return historyJSON{FormatVersion: FormatVersion, Database: h.Database, Unknown: h.Unknown, Revisions: revisionsOf(h.Revisions)}
}

// JSON implements Result.
func (c Current) JSON() any {
	return historyJSON{FormatVersion: FormatVersion, Database: c.Database, AtHeads: c.AtHeads, Revisions: revisionsOf(c.Revisions)}
}

// JSON implements Result.
func (h Heads) JSON() any {
	return historyJSON{FormatVersion: FormatVersion, Database: h.Database, Unknown: h.Unknown, Revisions: revisionsOf(h.Revisions)}
}

// JSON implements Result.
func (b Branches) JSON() any {
	out := historyJSON{FormatVersion: FormatVersion, Database: b.Database, Unknown: b.Unknown, Revisions: []revisionJSON{}}
	for _, r := range b.Revisions {
		out.Revisions = append(out.Revisions, revisionOf(r.Revision))
	}
	return out
}

// JSON implements Result.
func (s Detail) JSON() any {
	return showJSON{FormatVersion: FormatVersion, Database: s.Database, Unknown: s.Unknown, Revision: revisionOf(s.Revision)}
}

func revisionsOf(revisions []Revision) []revisionJSON {
	out := []revisionJSON{}
	for _, r := range revisions {
		out = append(out, revisionOf(r))
	}
	return out
}

func revisionOf(r Revision) revisionJSON {
	out := revisionJSON{ID: r.ID, Message: r.Message, Parents: list(r.Parents), Children: list(r.Children),
		DependsOn: list(r.DependsOn), Dependents: list(r.Dependents), Replaces: list(r.Replaces), StoodFor: r.StoodFor, Branch: r.Label, Branches: list(r.Labels), Head: r.Head,
		Branchpoint: r.Branchpoint, Mergepoint: r.Mergepoint, Missing: r.Missing, Edited: r.Edited, Unfinished: r.Unfinished, Path: r.Path, Dialect: r.Dialect,
		Proved: r.Proved, Upgrade: revisionSteps(r.Up), Downgrade: revisionSteps(r.Down), Irreversible: r.Irreversible,
		AppliedAt: timeOrNull(r.AppliedAt), CreatedAt: timeOrNull(r.CreatedAt)}
	if o := r.Origin; o != nil {
		out.Origin = &originJSON{Committed: o.Committed, By: o.By, At: timeOrNull(o.At), Commit: o.Commit}
	}
	if r.Known {
		out.Applied, out.Current = &r.Applied, &r.Current
	}
	return out
}

func revisionSteps(steps []RevisionStep) []revisionStepJSON {
	out := []revisionStepJSON{}
	for _, s := range steps {
		out = append(out, revisionStepJSON(s))
	}
	return out
}

func timeOrNull(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}
