package proof

import "context"

// snapshot is what must survive a way: the rows, and what gives new ones their numbers.
type snapshot struct {
	side   side
	rows   map[*table]content
	counts map[*source]count
}

// snapshot is taken of all tables.
func (p *prover) snapshot(ctx context.Context, d *database) (*snapshot, error) {
	return p.snapshotOf(ctx, d, p.tables)
}

func (p *prover) snapshotOf(ctx context.Context, d *database, tables []*table) (*snapshot, error) {
	rows, err := d.read(ctx, tables)
	if err != nil {
		return nil, err
	}
	counts, err := d.count(ctx, p.counters)
	return &snapshot{side: d.side, rows: rows, counts: counts}, err
}
