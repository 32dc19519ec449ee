package proof

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"

	"context"
)

// Request is a plan to be proved.
type Request struct {
	Driver drivers.Driver
	// Scratch makes an empty throwaway database each time it is called; the proof closes it.
	Scratch func(context.Context) (drivers.Connection, error)
	// Start and End are what the plan leads from and to: the units that it touches, what they need, and what depends on
	// them, as inspected on scratch.
	Start, End *hclschema.State
	// MakeStart and MakeEnd make Start and End on an empty scratch database.
	MakeStart, MakeEnd []drivers.Step
	// StartUnenforced runs MakeStart without enforcing foreign keys.
	StartUnenforced bool
	// Upgrade and Downgrade are what is proved.
	Upgrade, Downgrade []drivers.Step
	ForeignKeysOff     bool
	// OneWay says that there is no way back: only the way up is proved.
	OneWay bool
	// Unfilled are tables that get no rows of the proof's own: steps put rows in that these could stand against.
	Unfilled []hclschema.Identity
	// UnfilledBecause is the reason, where it is another one.
	UnfilledBecause string
	// Renames are the renames on the way up: From in Start, To in End.
	Renames []drivers.Rename
}

// Result is what a proof showed.
type Result struct {
	// Server is the scratch engine: "SQLite 3.50.4".
	Server string
	// Rows is how many rows were put in: into the start state, and before the way down into tables that had none.
	Rows int
	// WithoutRows are the tables for which no row could be made that goes the whole way, with the reason: "t (check c)".
	WithoutRows []string
	// NotBack are the tables with rows that keep the downgrade from running, since what they need was destroyed on the way
	// up: rows that refer to a table that was dropped.
	NotBack []string
}

// Failure is returned when a plan fails its proof.
type Failure struct {
	// Stage is "start" or "end" (the state could not be made on scratch), "upgrade", "downgrade" or "second upgrade".
	Stage string
	// Step is the step that failed; nil where all ran and the result differs.
	Step *drivers.Step
	// Differences are sentences: what was wanted against what came out, of schema or of rows.
	Differences []string
	// OfRows says that the schema came out as it should, and the differences are of rows.
	OfRows bool
	// Cause is the engine's error, if a step failed.
	Cause error
}

// Error implements error.
func (e *Failure) Error() string {
	text := "the proof failed at the " + e.Stage
	if e.Step != nil {
		text += `, step "` + e.Step.Name + `"`
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	for _, d := range e.Differences {
		text += "\n  " + d
	}
	return text
}

// Unwrap is the engine's error, if a step failed.
func (e *Failure) Unwrap() error { return e.Cause }
