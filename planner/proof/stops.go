package proof

import (
	"context"
	"errors"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// stopped is the failure of a step on the way down, nil for everything else.
func stopped(err error) *Failure {
	var failure *Failure
	if errors.As(err, &failure) && failure.Stage == stageDowngrade && failure.Cause != nil {
		return failure
	}
	return nil
}

// mostTried is up to how many tables it is tried for each whether its rows alone can come back.
const mostTried = 4

// wayBackWithout goes up and down once more without the rows that can't come back, and notes which tables they are of. In doubt
// are the tables that lost something, and those that refer to them; the latter only follow.
func (p *prover) wayBackWithout(ctx context.Context) error {
	var stops []*table
	for _, t := range p.tables {
		if p.doubts[t] && t.doubtful() {
			stops = append(stops, t)
		}
	}
	rows := map[*table][]row{}
	for _, t := range p.tables {
		rows[t] = t.rows
	}
	var followers []*table
	err := p.wayWithout(ctx, stops, rows)
	if stopped(err) != nil {
		for _, t := range p.tables {
			if p.doubts[t] && !slices.Contains(stops, t) {
				followers = append(followers, t)
			}
		}
		err = p.wayWithout(ctx, append(slices.Clone(stops), followers...), rows)
	}
	if err != nil {
		return err
	}
	if len(stops) > 1 && len(stops) <= mostTried && followers == nil {
		if stops, err = p.fewest(ctx, stops, rows); err != nil {
			return err
		}
	}
	for _, t := range slices.Concat(stops, followers) {
		if t.both() {
			p.result.NotBack = append(p.result.NotBack, t.identity().Path())
		}
	}
	return nil
}

// fewest leaves out those of the tables without which the way down is gone as well.
func (p *prover) fewest(ctx context.Context, stops []*table, rows map[*table][]row) ([]*table, error) {
	tried, settled := stops, true // whether the last way was gone without just these
	for _, t := range stops {
		fewer := slices.DeleteFunc(slices.Clone(tried), func(other *table) bool { return other == t })
		err := p.wayWithout(ctx, fewer, rows)
		settled = err == nil
		switch {
		case settled:
			tried = fewer
		case stopped(err) == nil:
			return nil, err
		}
	}
	if settled {
		return tried, nil
	}
	return tried, p.wayWithout(ctx, tried, rows)
}

// wayWithout goes up and down without the rows of some tables, and of those that refer to them.
func (p *prover) wayWithout(ctx context.Context, without []*table, rows map[*table][]row) error {
	for t, placed := range rows {
		t.rows = placed
	}
	p.gone = map[*table]bool{}
	for _, t := range without {
		p.gone[t] = true
	}
	main, err := p.startWithout(ctx)
	if err != nil {
		return err
	}
	if err := p.upgrade(ctx, main); err != nil {
		return err
	}
	return p.wayBack(ctx, main)
}

// noteOthers notes the tables at whose rows the way back may stop though it doesn't at those of the proof: those over which rows of others
// are distributed, those that lose a part of a key which allows no NULL beside other values, and those that lose a foreign key together
// with partitions that it leads to. Rows that the proof hasn't may refer to theirs, and the key can't come back with them.
func (p *prover) noteOthers() {
	for _, t := range newKinship(p.tables).distributedOver(p.tables) {
		if name := t.identity().Path(); !slices.Contains(p.result.NotBack, name) {
			p.result.NotBack = append(p.result.NotBack, name)
		}
	}
	for _, t := range p.tables {
		if !t.both() || slices.Contains(p.result.NotBack, t.identity().Path()) {
			continue
		}
		keys := p.foreignKeys(t, atEnd)
		for _, key := range p.foreignKeys(t, atStart) {
			if t.mixes(key) {
				p.result.NotBack = append(p.result.NotBack, t.identity().Path())
				break
			}
			stays := slices.ContainsFunc(keys, func(o *hclschema.Object) bool { return len(o.Properties.Changed(key.Properties)) == 0 })
			if !stays && slices.ContainsFunc(key.DependsOn, p.isPartitionThatGoes) {
				p.result.NotBack = append(p.result.NotBack, t.identity().Path())
				break
			}
		}
	}
}

// mixes says that a foreign key allows no NULL beside other values (MATCH FULL), and that some of its columns alone live through the plan:
// the others come back without values.
func (t *table) mixes(key *hclschema.Object) bool {
	if key.Properties.Text(hclschema.PropMatch) != "FULL" {
		return false
	}
	stay := 0
	names := key.Properties.List(hclschema.PropColumns)
	for _, name := range names {
		for _, c := range t.columns {
			if c.both() && c.objects[atStart].Identity.Name == name.String() {
				stay++
			}
		}
	}
	return stay > 0 && stay < len(names)
}

// foreignKeys are those of a table on a side.
func (p *prover) foreignKeys(t *table, s side) []*hclschema.Object {
	id := t.objects[s].Identity
	state := p.request.Start
	if s == atEnd {
		state = p.request.End
	}
	return slices.DeleteFunc(slices.Clone(state.Children(id.Schema, id.Name)), func(o *hclschema.Object) bool { return o.Identity.Kind != hclschema.KindForeignKey })
}

// isPartitionThatGoes says that a table of the start is a partition whose rows a step destroys.
func (p *prover) isPartitionThatGoes(id hclschema.Identity) bool {
	part := slices.ContainsFunc(p.tables, func(t *table) bool {
		return t.objects[atEnd] == nil && t.elsewhere(atStart) && t.objects[atStart].Identity == id
	})
	return part && slices.ContainsFunc(p.request.Upgrade, func(step drivers.Step) bool { return step.Destroys != "" && slices.Contains(step.Drops, id) })
}
