package revision

import (
	"fmt"
	"slices"
	"strings"
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
	// Replaces are full ids of revisions in whose place this one stands, in the order in which they ran: a database that has all
	// of them has this one. No file holds them.
	Replaces []string
	// StoodFor are, by the ids of those of Replaces that stood in place of others themselves, and of those among these that did so
	// too, the ids of those others: a database that has them all has the one that stood for them.
	StoodFor map[string][]string
	Created  time.Time
	Dialect  string
	// Start and End are fingerprints of the units that the revision rests on, by hclschema.Identity.String.
	Start, End map[string]string
	// Proved says what the steps were proved on, with the steps' checksum last; empty where they weren't.
	Proved string
	// Renames are what a plan has renamed, by what that was called: hclschema.Identity.String of both. So a renamed_from whose two names
	// are there is known to be carried out. No part of the checksum.
	Renames map[string]string
	// PlannedRows is a checksum of the upgrade's steps for declared rows as a plan wrote them; empty where it wrote none. They may have been
	// edited since.
	PlannedRows string
	// ForeignKeysOff is foreign_keys = false: the revision runs with foreign keys unenforced.
	ForeignKeysOff bool
	Upgrade        []Step
	Downgrade      []Step
	// Irreversible says why the revision can't be taken back; then Downgrade has no steps. Empty where it can.
	Irreversible string
	// Variables are the values that placeholders get, from whoever reads the file: they are no part of it.
	Variables map[string]string
	// Range is that of the revision block's header.
	Range hcl.Range
}

// Needs are the ids of the revisions that must be applied before this one: its parents, then what it depends on.
func (f *File) Needs() []string {
	return append(append(make([]string, 0, len(f.Parents)+len(f.DependsOn)), f.Parents...), f.DependsOn...)
}

// Step is one statement of a revision file, or one program.
type Step struct {
	Name string
	// SQL is the statement, with its placeholders as ${…} where Placeholders say so; empty for a step with Exec.
	SQL          string
	Placeholders []Placeholder
	// SQLFile is the name of the file beside the revision file that SQL was read from; empty where it stands in the step.
	SQLFile string
	// Exec is a program of the project with its arguments.
	Exec []string
	// Each, if not nil, says that the statement runs for the rows of a table in batches.
	Each *Each
	// When are the environments that the step is for, Unless those that it isn't for; one of the two at most.
	When, Unless []string
	// Again says that a step that stands alone may run twice where nobody can tell whether it ran.
	Again bool
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

// Each says how the statement of a step goes through a table in batches.
type Each struct {
	// Table is the table's name, with its schema where it has one; As is what the statement calls it, empty for its own name.
	Table, As string
	// Key are the columns whose ranges make the batches; empty for the primary key.
	Key []string
	// Batch is how many rows a batch has, Pause how long to wait between two.
	Batch int
	Pause time.Duration
	// Repeat goes through the table again until nothing was changed.
	Repeat bool
}

// For says whether the step runs in an environment; the one without a name is that of the database block.
func (s Step) For(environment string) bool {
	if len(s.When) > 0 {
		return slices.Contains(s.When, environment)
	}
	return !slices.Contains(s.Unless, environment)
}

// Condition says in words which environments the step is for; empty where it is for all.
func (s Step) Condition() string {
	switch {
	case len(s.When) > 0:
		return "only for " + strings.Join(s.When, ", ")
	case len(s.Unless) > 0:
		return "not for " + strings.Join(s.Unless, ", ")
	}
	return ""
}

// Note says in words how the step runs, where that isn't as most steps do; empty otherwise.
func (s Step) Note() string {
	var notes []string
	if s.Each != nil {
		notes = append(notes, fmt.Sprintf("in batches of %d rows of %s", s.Each.Batch, s.Each.Table))
	} else if !s.Transaction && len(s.Exec) == 0 {
		notes = append(notes, "outside of the transaction")
	}
	if condition := s.Condition(); condition != "" {
		notes = append(notes, condition)
	}
	return strings.Join(notes, ", ")
}

// Shown is what the step runs, as it is shown to people: its statement, or its program as a comment of SQL.
func (s Step) Shown() string {
	if len(s.Exec) == 0 {
		return s.SQL
	}
	return "-- runs the program: " + strings.Join(strings.Fields(strings.Join(s.Exec, " ")), " ")
}
