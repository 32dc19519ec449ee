package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// roomForLocks is half of what a server has room for whose settings are as they come: max_locks_per_transaction (64) for each of
// max_connections (100). PostgreSQL, "Lock Management": a transaction may take more than its share, as long as there is room.
const roomForLocks = 3200

// nothing is a statement that does nothing.
const nothing = "SELECT 1"

// Room implements drivers.Divider.
func (Driver) Room() int { return roomForLocks }

// Locks implements drivers.Divider. DROP locks whatever depends on the object, each default, constraint and type for itself;
// a table has a type and one of its arrays, and often a second table for large values, with its index.
func (Driver) Locks(unit drivers.Unit) int {
	switch unit[0].Identity.Kind {
	case hclschema.KindTable, hclschema.KindMaterialized:
	default:
		return 2 * len(unit)
	}
	locks := 6
	for _, o := range unit[1:] {
		switch {
		case o.Identity.Kind != hclschema.KindColumn, o.Properties[hclschema.PropIdentity] != nil:
			locks += 2
		case o.Properties[hclschema.PropDefault] != nil, o.Properties[hclschema.PropGenerated] != nil:
			locks++
		}
	}
	return locks
}

// Divide implements drivers.Divider.
func (Driver) Divide() drivers.Step {
	return drivers.Step{Name: "commit what is done so far", SQL: nothing, OwnTransaction: true,
		Because: "a transaction keeps a lock for each object, and a server has room for some thousands"}
}

var _ drivers.Divider = Driver{}
