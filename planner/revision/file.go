package revision

import (
	"time"

	"github.com/hashicorp/hcl/v2"
)

// File is one revision file.
type File struct {
	// Path is where the file lies, relative to the project's root.
	Path string
	// Summary is the comment at the head of the file, without comment marks.
	Summary string
	ID      string
	Format  int
	Message string
	// Parents are full ids: none for the first revision, several for a merge.
	Parents []string
	// Branch is the label that this revision and what follows it answer to, as in label@head; empty for none.
	Branch string
	// DependsOn are full ids of revisions that must be applied before this one and that it doesn't follow.
	DependsOn []string
	Created   time.Time
	Dialect   string
	// Start and End are fingerprints of the units that the revision rests on, by hclschema.Identity.String.
	Start, End map[string]string
	// Proved says what the steps were proved on, with the steps' checksum last; empty where they weren't.
	Proved string
	// ForeignKeysOff is foreign_keys = false: the revision runs with foreign keys unenforced.
	ForeignKeysOff bool
	Upgrade        []Step
	Downgrade      []Step
	// Range is that of the revision block's header.
	Range hcl.Range
}

// Needs are the ids of the revisions that must be applied before this one: its parents, then what it depends on.
func (f *File) Needs() []string {
	return append(append(make([]string, 0, len(f.Parents)+len(f.DependsOn)), f.Parents...), f.DependsOn...)
}

// Step is one statement of a revision file.
type Step struct {
	Name string
	SQL  string
	// Makes and Drops are units, as hclschema.Identity.String writes them.
	Makes, Drops []string
	// Changes are tables whose rows the step changes on purpose, so that a proof doesn't hold it against the step.
	Changes  []string
	Destroys string
	Because  string
	// Transaction is false for a statement that must stand alone; true by default.
	Transaction bool
	Range       hcl.Range
}
