package views

// Verify is what a history showed.
type Verify struct {
	Check
	Server    string
	Revisions []VerifiedRevision
}

// VerifiedRevision is one revision of the history.
type VerifiedRevision struct {
	ID, Message, Path string
	// Proved says that its steps are those that were proved.
	Proved bool
	Status CheckStatus
	Faults []VerifyFault
}

// VerifyFault is what doesn't hold of a revision: a step that failed, or differences.
type VerifyFault struct {
	// Part is "order", "start", "upgrade", "end", "downgrade" or "upgrade again".
	Part, Step, Cause string
	Differences       []string
}

// Add adds answers.
func (v *Verify) Add(items ...CheckItem) { v.Items = append(v.Items, items...) }

type verifyJSON struct {
	FormatVersion string                 `json:"format_version"`
	Database      string                 `json:"database,omitempty"`
	Server        string                 `json:"server"`
	OK            bool                   `json:"ok"`
	Checks        []checkItemJSON        `json:"checks"`
	Revisions     []verifiedRevisionJSON `json:"revisions"`
}

type verifiedRevisionJSON struct {
	ID      string            `json:"id"`
	Message string            `json:"message"`
	Path    string            `json:"path"`
	Proved  bool              `json:"proved"`
	Status  string            `json:"status"`
	Faults  []verifyFaultJSON `json:"faults"`
}

type verifyFaultJSON struct {
	Part        string   `json:"part"`
	Step        string   `json:"step,omitempty"`
	Cause       string   `json:"cause,omitempty"`
	Differences []string `json:"differences"`
}

// JSON implements Result.
func (v Verify) JSON() any {
	out := verifyJSON{FormatVersion: FormatVersion, Database: v.Where, Server: v.Server, OK: v.OK(), Checks: itemsJSON(v.Items), Revisions: []verifiedRevisionJSON{}}
	for _, r := range v.Revisions {
		revision := verifiedRevisionJSON{ID: r.ID, Message: r.Message, Path: r.Path, Proved: r.Proved, Status: string(r.Status), Faults: []verifyFaultJSON{}}
		for _, f := range r.Faults {
			revision.Faults = append(revision.Faults, verifyFaultJSON{Part: f.Part, Step: f.Step, Cause: f.Cause, Differences: list(f.Differences)})
		}
		out.Revisions = append(out.Revisions, revision)
	}
	return out
}
