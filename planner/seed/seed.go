package seed

import (
	"context"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

const (
	// mostRows is how many rows one statement inserts or changes: more are hard to review.
	mostRows = 200
	// mostRestored is how many rows of a table a way back carries the old values of. More would make revisions of megabytes.
	mostRestored = 1000
	// mostDeleted is how many rows a plan deletes: a table with more that nobody declared holds no reference data.
	mostDeleted = 10_000
)

// Table is a table with declared rows, in the live database and as the plan leaves it.
type Table struct {
	Set *hclschema.RowSet
	// End is the state that the steps of structure lead to, with the table; Current the live one.
	End, Current *hclschema.State
	// Live is the table's identity in the live database, the zero Identity where the plan makes it.
	Live hclschema.Identity
	// Former leads from a column's name to the one that it has in the live database, where that is another.
	Former map[string]string
}

// Request is all that steps for rows are made from.
type Request struct {
	Driver drivers.Driver
	Seeder drivers.Seeder
	// Live is read; Scratch is in the state End, and as it was when Plan returns.
	Live, Scratch drivers.Connection
	Tables        []Table
	// Locate is a table of the end state as it is called in the live database, the zero Identity where it isn't there, and the
	// columns that have other names there.
	Locate func(hclschema.Identity) (live hclschema.Identity, former map[string]string)
	// AllowMissing plans rows all the same that refer to rows which are not there.
	AllowMissing bool
}

// Plan is what happens to rows.
type Plan struct {
	Upgrade, Downgrade []drivers.Step
	// Tables are those whose rows change, in the order of their declaration.
	Tables []Change
	// contents are all tables, in the order of their foreign keys.
	contents []*content
}

// Change is what happens to the rows of one table.
type Change struct {
	Table                  hclschema.Identity
	Set                    *hclschema.RowSet
	Insert, Update, Delete int
	// Unrestored says that the way back doesn't bring back what was updated and deleted: there is too much of it.
	Unrestored bool
	// Cascades are the tables whose rows go with the deleted ones: ON DELETE CASCADE.
	Cascades []hclschema.Identity
}

// Empty says that the rows are as the models declare.
func (p *Plan) Empty() bool { return p == nil || len(p.Tables) == 0 }

// Make compares the declared rows with those that are there and writes the steps.
//
// Errors that callers act on: *RowError, *AmbiguousError, *TooManyError.
func Make(ctx context.Context, r Request) (*Plan, error) {
	var all []*content
	for _, t := range r.Tables {
		c, err := newContent(r.Driver, r.Seeder, t)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	if err := normalise(ctx, r.Scratch, all); err != nil {
		return nil, err
	}
	for _, c := range all {
		if err := c.readLive(ctx, r.Live); err != nil {
			return nil, err
		}
		c.compare()
	}
	if !r.AllowMissing {
		if err := checkReferences(ctx, r, all); err != nil {
			return nil, err
		}
	}
	p := &Plan{contents: inOrder(all)}
	if err := p.write(); err != nil {
		return nil, err
	}
	for _, c := range all {
		if change := c.change(); change.Insert+change.Update+change.Delete > 0 {
			p.Tables = append(p.Tables, change)
		}
	}
	return p, nil
}

func (c *content) change() Change {
	change := Change{Table: c.id(), Set: c.Set, Insert: len(c.inserts), Update: len(c.updates), Delete: len(c.deletes), Unrestored: !c.restorable()}
	if len(c.deletes) > 0 {
		change.Cascades = c.cascades()
	}
	return change
}
