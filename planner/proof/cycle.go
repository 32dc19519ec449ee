package proof

import (
	"context"
	"slices"
)

// pointsToLater says that a key of the table is NULL in all rows because the table that it points to had no rows yet.
func (f *filler) pointsToLater(t *table) bool {
	for _, key := range t.keys {
		if key.parent != nil && key.parent != t && len(key.parent.rows) == 0 && f.in[key.parent] {
			return true
		}
	}
	return false
}

// fillWaiting gives tables of a cycle of foreign keys their rows: first those that can do with what is there by now,
// then those that need each other, and at last rows with values in keys that were NULL so far.
func (f *filler) fillWaiting(ctx context.Context) error {
	for len(f.waiting) > 0 {
		waiting := f.waiting
		f.waiting = nil
		for _, t := range waiting {
			if err := f.fillTable(ctx, t); err != nil {
				return err
			}
		}
		if len(f.waiting) == len(waiting) {
			break
		}
	}
	waiting := f.waiting
	f.waiting = nil
	for _, t := range waiting {
		if len(t.rows) > 0 {
			continue
		}
		if err := f.fillCycle(ctx, t, waiting); err != nil {
			return err
		}
	}
	again := f.again
	f.again = nil
	for _, t := range again {
		if f.pointsToLater(t) {
			continue
		}
		p := newProposer(t, f.main.side)
		if err := f.solver(p).solve(ctx); err != nil {
			return err
		}
		if err := f.tryRow(ctx, p, perTable+2, trialsOfRow); err != nil && ctx.Err() != nil {
			return err
		}
	}
	return nil
}

// fillCycle gives each table of a cycle one row, all of them in one transaction that looks at foreign keys at its end.
func (f *filler) fillCycle(ctx context.Context, t *table, waiting []*table) error {
	members, ok := f.cycle(t, waiting)
	if !ok {
		return nil
	}
	var proposers []*proposer
	for _, member := range members {
		proposers = append(proposers, newProposer(member, f.main.side))
	}
	err := f.tryCycle(ctx, proposers)
	if err == nil || ctx.Err() != nil {
		return err
	}
	for _, p := range proposers {
		if err := f.solver(p).solve(ctx); err != nil {
			return err
		}
	}
	if err = f.tryCycle(ctx, proposers); err == nil || ctx.Err() != nil {
		return err
	}
	for _, member := range members {
		member.without = f.reason(member, err)
	}
	return nil
}

// cycle are the tables without rows that the table's keys lead to, itself first. It is not ok where one of them isn't
// waiting for another, and so has no rows for a reason of its own.
func (f *filler) cycle(t *table, waiting []*table) ([]*table, bool) {
	waits := make(map[*table]bool, len(waiting))
	for _, w := range waiting {
		waits[w] = true
	}
	members := []*table{t}
	for n := 0; n < len(members); n++ {
		for _, key := range members[n].keys {
			switch {
			case key.parent == nil || len(key.parent.rows) > 0 || slices.Contains(members, key.parent):
			case !waits[key.parent]:
				return nil, false
			default:
				members = append(members, key.parent)
			}
		}
	}
	return members, true
}

// tryCycle makes a row for each table as if there were no keys to the others, then carries the keys' values over until
// nothing changes, and puts the rows in.
func (f *filler) tryCycle(ctx context.Context, proposers []*proposer) error {
	var batch []tableRow
	for _, p := range proposers {
		r := make(row, len(p.table.columns))
		for i, c := range p.table.columns {
			r[i] = unset{}
			if c.in(p.side) {
				r[i] = p.shapes[i].plain(i, 0)
			}
		}
		p.solve(r, make([]bool, len(r)), false, 0)
		batch = append(batch, tableRow{p.table, r})
	}
	planned := map[*table]row{}
	for _, b := range batch {
		planned[b.table] = b.row
	}
	for range batch {
		for n, b := range batch {
			proposers[n].pointWithin(b.row, planned)
		}
	}
	for _, d := range []*database{f.judge, f.main} {
		if d == nil {
			continue
		}
		if err := d.insertCycle(ctx, batch); err != nil {
			return err
		}
	}
	for _, b := range batch {
		b.table.rows = append(b.table.rows, b.row)
		b.table.without = ""
	}
	f.placed = append(f.placed, placed{batch: batch, cycle: true})
	return nil
}

// pointWithin points every key of a planned row to the planned row of its parent, or to a row that is there.
func (p *proposer) pointWithin(r row, planned map[*table]row) {
	fixed := make([]bool, len(r))
	for _, key := range p.table.keys {
		parents := key.parentRows()
		if other, ok := planned[key.parent]; ok {
			parents = []row{other}
		}
		p.point(r, key, parents, 0, fixed)
	}
}

func (d *database) insertCycle(ctx context.Context, batch []tableRow) error {
	if d.sampler != nil {
		return d.insertTogether(ctx, batch)
	}
	return d.unenforced(ctx, func() error {
		for _, b := range batch {
			if b.table.objects[d.side] == nil {
				continue
			}
			if err := d.insert(ctx, b.table, []row{b.row}); err != nil {
				return err
			}
		}
		return nil
	})
}

// insertTogether has one statement put in all rows.
func (d *database) insertTogether(ctx context.Context, batch []tableRow) error {
	var inserts []string
	for _, b := range batch {
		if b.table.objects[d.side] != nil {
			text, _ := d.insertion(b.table, []row{b.row})
			inserts = append(inserts, text)
		}
	}
	if len(inserts) == 0 {
		return nil
	}
	_, err := d.conn.Exec(ctx, d.sampler.Together(inserts))
	return err
}
