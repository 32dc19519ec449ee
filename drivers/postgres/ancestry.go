package postgres

import "github.com/duo-orm/duo-orm/drivers"

// ancestry plans the changes of what a table inherits from; false for a property that can't be changed in place.
func (a *tableChange) ancestry(string, drivers.Change) bool { return false }

// inheritedColumn plans the changes of a column's properties that have to do with parents.
func (a *tableChange) inheritedColumn(string, drivers.Change) bool { return false }
