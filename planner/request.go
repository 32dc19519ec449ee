package planner

import (
	"context"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Request is all that a plan is made from.
type Request struct {
	// Driver is the dialect; Live the database, for inspection and for counting rows.
	Driver drivers.Driver
	Live   drivers.Connection
	// Desired is what the models say, as hclschema.Load returned it.
	Desired *hclschema.State
	// Renames asked for on the command line: "users=people", "users.mail=email", "index old=new".
	Renames []string
	// Exclude are patterns ("legacy_*") of names of units that are left alone on both sides.
	Exclude []string
	// Managed says whether an applied revision made the unit. Nil means that none did.
	Managed func(hclschema.Identity) bool
	// Applied are the revisions that led to the database, in the order in which they ran: what they have renamed by a renamed_from that
	// still stands in the models isn't renamed again. None where nothing is known of that.
	Applied []*revision.File
	// DropUnmanaged plans to drop units that nobody manages, instead of an *UnmanagedError.
	DropUnmanaged bool
	// Unproven leaves the proof out.
	Unproven bool
	// ScratchURL is where to prove; empty for the driver's own way.
	ScratchURL string
	// Beside is the connection on whose server scratch databases are made; nil for Live.
	Beside drivers.Connection
	// AllowRows takes Violates hazards with rows as hazards, instead of a *RowsError. schema diff uses it.
	AllowRows bool
	// Uncounted counts no rows, for a Live that isn't the database that the plan is for.
	Uncounted bool
	// Memory, if not nil, serves several databases that may be alike.
	Memory *Memory
	// Timing, if not nil, is told how long each part took: "inspect", "diff", "scratch", "prove".
	Timing func(part string) (done func())
}

// Planner makes plans. It is an interface of its own for the commands' sake only.
type Planner func(ctx context.Context, request Request) (*Plan, error)
