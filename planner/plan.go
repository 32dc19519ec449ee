package planner

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/seed"
)

// Plan is the way from what a database is to what its models say, and back.
type Plan struct {
	Dialect string
	// Units are the units that change, in the order of their declaration, dropped ones last, for showing.
	Units []UnitPlan
	// Upgrade and Downgrade are the steps in the order in which they run.
	Upgrade, Downgrade []drivers.Step
	// UpgradeHazards and DowngradeHazards carry counts from the live database (the downgrade's have none).
	UpgradeHazards, DowngradeHazards []drivers.Hazard
	// Start and End are fingerprints of the units that the plan touches, by Identity.String, before and after.
	Start, End map[string]string
	// Renames are those that were carried out.
	Renames []drivers.Rename
	// LooksRenamed are pairs of something dropped and something added that look alike, for a hint.
	LooksRenamed []Lookalike
	// Proof is nil where the plan was made with Request.Unproven.
	Proof *proof.Result
}

// Empty says that there is nothing to do.
func (p *Plan) Empty() bool { return len(p.Upgrade) == 0 && len(p.Downgrade) == 0 }

// ForeignKeysOff says that the revision must run with foreign keys unenforced.
func (p *Plan) ForeignKeysOff() bool {
	for _, steps := range [][]drivers.Step{p.Upgrade, p.Downgrade} {
		for _, step := range steps {
			if step.ForeignKeysOff {
				return true
			}
		}
	}
	return false
}

// Action is what happens to an object.
type Action string

// The actions, and the sign that stands for each in a plan.
const (
	Add     Action = "add"     // +
	Alter   Action = "change"  // ~
	Drop    Action = "drop"    // -
	Renamed Action = "rename"  // >
	Replace Action = "replace" // ±: dropped and made again
)

// UnitPlan is what happens to one unit, for showing.
type UnitPlan struct {
	Action   Action
	Identity hclschema.Identity
	// Before and After are the unit's own object; nil where there is none.
	Before, After *hclschema.Object
	// From is the former identity of a renamed unit, the zero Identity otherwise.
	From hclschema.Identity
	// Parts are the parts that change; of an added or dropped unit all of them.
	Parts []PartPlan
	// Properties are the names of the unit's own properties that differ.
	Properties []string
	// Hazards that concern the unit or its parts.
	Hazards []drivers.Hazard
	// Rows is what happens to the rows that models declare; nil for nothing.
	Rows *seed.Change
}

// PartPlan is what happens to a column, key, check or index.
type PartPlan struct {
	Action        Action
	Before, After *hclschema.Object
	From          hclschema.Identity
	Properties    []string
	Hazards       []drivers.Hazard
}

// Identity is that of the part, as it will be where it stays.
func (p PartPlan) Identity() hclschema.Identity {
	if p.After != nil {
		return p.After.Identity
	}
	return p.Before.Identity
}
