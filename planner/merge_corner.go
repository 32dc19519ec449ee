package planner

import (
	"context"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/seed"
)

// corner is where some revisions lead: the state, and the rows of the tables for which the models declare some, in the order of
// the models.
type corner struct {
	state *hclschema.State
	rows  []*seed.Kept
	// dangling is what refers to something that isn't there.
	dangling map[string]string
}

// look is the corner at which a scratch database is.
func (m *merger) look(ctx context.Context, conn drivers.Connection) (*corner, error) {
	state, err := inspectAll(ctx, conn)
	if err != nil {
		return nil, err
	}
	p := &corner{state: state}
	if p.dangling, err = dangling(ctx, conn, state); err != nil {
		return nil, err
	}
	seeder, ok := m.Driver.(drivers.Seeder)
	if m.Desired == nil || !ok {
		return p, nil
	}
	for _, set := range m.Desired.RowSets() {
		rows, err := seed.Keep(ctx, conn, m.Driver, seeder, state, set)
		if err != nil {
			return nil, err
		}
		p.rows = append(p.rows, rows)
	}
	return p, nil
}

// difference says how a corner differs from the one that is wanted; of rows only where the objects are equal, since the rows of a
// table that has other columns are other rows.
func (p *corner) difference(wanted *corner) []string {
	differences := proof.Difference(wanted.state, p.state)
	if len(differences) > 0 {
		return differences
	}
	for i, rows := range p.rows {
		differences = append(differences, rows.Difference(wanted.rows[i])...)
	}
	return differences
}
