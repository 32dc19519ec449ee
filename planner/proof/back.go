package proof

import (
	"context"
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/hclschema"
)

// comeBack finds the tables whose rows can't come back on the way down, and returns the database on which it was found
// out: the start state with the rows as they will be then, what was dropped left to its default. It is nil where every
// row is sure to come back and no table needs it later.
func (p *prover) comeBack(ctx context.Context) (*database, error) {
	if !slices.ContainsFunc(p.tables, (*table).doubtful) {
		return nil, nil
	}
	back, err := p.scratch(ctx, atStart)
	if err != nil {
		return nil, err
	}
	p.doubts, p.gone = map[*table]bool{}, map[*table]bool{}
	for _, rows := range p.placed {
		if rows.spent {
			continue
		}
		var staying []tableRow
		for _, b := range rows.batch {
			if b.table.both() {
				staying = append(staying, tableRow{b.table, b.table.common(b.row)})
			}
		}
		if err := back.replay(ctx, staying, rows.cycle); err == nil {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for _, b := range staying {
			p.doubts[b.table] = true
		}
	}
	return back, nil
}

// common is a row without the values of columns that the end doesn't have.
func (t *table) common(r row) row {
	r = slices.Clone(r)
	for i, c := range t.columns {
		if !c.both() {
			r[i] = unset{}
		}
	}
	return r
}

// doubtful says that rows of the table may not come back: a column was dropped that needs a value, or that a constraint
// speaks of, or a table that they refer to. So may rows that the table gets on the way down for the first time.
func (t *table) doubtful() bool {
	if !t.both() || t.elsewhere(atStart) && t.elsewhere(atEnd) {
		return false
	}
	if len(t.rows) == 0 || slices.ContainsFunc(t.keys, func(key foreignKey) bool { return key.parent != nil && !key.parent.both() }) {
		return true
	}
	for i, c := range t.columns {
		o := c.objects[atStart]
		if c.both() || o == nil || o.Properties[hclschema.PropGenerated] != nil {
			continue
		}
		if demands(o) || t.constrained(i) {
			return true
		}
	}
	return false
}

// constrained says that a key, a check or an index names the column.
func (t *table) constrained(column int) bool {
	if t.unique[column] {
		return true
	}
	for _, key := range t.keys {
		if slices.Contains(key.columns, column) {
			return true
		}
	}
	for _, c := range t.clauses {
		if slices.Contains(c.columns, column) {
			return true
		}
	}
	return false
}

// replay puts rows in that another database of the same state took.
func (d *database) replay(ctx context.Context, batch []tableRow, cycle bool) error {
	if cycle {
		return d.insertCycle(ctx, batch)
	}
	for _, b := range batch {
		if err := d.insert(ctx, b.table, []row{b.row}); err != nil {
			return err
		}
	}
	return nil
}

// startWithout makes the start state once more, with the rows that can come back.
func (p *prover) startWithout(ctx context.Context) (*database, error) {
	main, err := p.start(ctx)
	if err != nil {
		return nil, err
	}
	for _, rows := range p.placed {
		if slices.ContainsFunc(rows.batch, func(b tableRow) bool { return p.gone[b.table] }) {
			continue
		}
		if rows.spent {
			b := rows.batch[0]
			if b.table.counter.spent, err = main.spend(ctx, b.table, b.row); err == nil {
				continue
			}
		} else {
			err = main.replay(ctx, rows.batch, rows.cycle)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // they refer to rows that can't come back
			for _, b := range rows.batch {
				p.gone[b.table] = true
			}
		}
	}
	for t := range p.gone {
		t.rows = nil
		if t.counter != nil {
			t.counter.probe = nil
		}
	}
	return main, p.raise(ctx, main)
}

// wayBack gives new tables rows as well, and runs the way down and up again. One that takes partitions of others gets none: what those
// allow on the way down isn't known of it.
func (p *prover) wayBack(ctx context.Context, main *database) error {
	kin := newKinship(p.tables)
	if err := p.putLateRows(ctx, main, nil, func(t *table) bool { return t.objects[atStart] == nil && !kin.scatters[t] }); err != nil {
		return err
	}
	if err := p.down(ctx, main); err != nil {
		return err
	}
	bottom, err := p.snapshot(ctx, main)
	if err != nil {
		return &Failure{Stage: stageDowngrade, Cause: err}
	}
	return p.move(ctx, main, stageAgain, bottom)
}

// wayBackFilled proves the way down once more, with rows in tables that had none: what can't go up with rows, a new
// column that needs a value, can well come down with them. back judges whether it can.
func (p *prover) wayBackFilled(ctx context.Context, back *database) error {
	empty := func(t *table) bool { return t.both() && len(t.rows) == 0 && !p.gone[t] && !t.elsewhere(atEnd) }
	if back == nil || !slices.ContainsFunc(p.tables, empty) {
		return nil
	}
	main, err := p.startWithout(ctx)
	if err != nil {
		return err
	}
	if err := p.upgrade(ctx, main); err != nil {
		return err
	}
	for _, t := range p.tables {
		if t.objects[atStart] == nil {
			t.rows = nil
		}
	}
	if err := p.putLateRows(ctx, main, back, empty); err != nil {
		return err
	}
	return p.down(ctx, main)
}

// putLateRows fills some of the tables of the end state. Why a table went up without rows stays the reason that counts.
func (p *prover) putLateRows(ctx context.Context, main, judge *database, which func(*table) bool) error {
	var late []*table
	reasons := map[*table]string{}
	for _, t := range p.tables {
		if t.objects[atEnd] != nil && which(t) {
			late = append(late, t)
			reasons[t] = t.without
			t.rows = nil // those of an earlier way up
		}
	}
	f := &filler{main: main, judge: judge, trials: mostTrials}
	if err := f.fill(ctx, late); err != nil {
		return fmt.Errorf("put rows into the end state: %w", err)
	}
	for _, t := range late {
		if !p.counted[t] {
			p.result.Rows += len(t.rows)
			p.counted[t] = len(t.rows) > 0
		}
		if reasons[t] != "" {
			t.without = reasons[t]
		}
	}
	return p.raise(ctx, main)
}

// down runs the downgrade and compares what comes out with what was there before it.
func (p *prover) down(ctx context.Context, main *database) error {
	top, err := p.snapshot(ctx, main)
	if err != nil {
		return &Failure{Stage: stageUpgrade, Cause: err}
	}
	return p.move(ctx, main, stageDowngrade, top)
}
