package proof

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// source is what gives numbers, a sequence of its own or that of a column, on the sides that have it.
type source struct {
	counters [2]*drivers.Counter
	name     string
	// table is that of the column; nil for a sequence.
	table *table
}

// pairCounters finds the sources that the sampler knows.
func (p *pairing) pairCounters() {
	if p.sampler == nil {
		return
	}
	for _, t := range p.tables {
		if t.elsewhere(atStart) || t.elsewhere(atEnd) {
			continue
		}
		for _, c := range t.columns {
			p.addSource(&source{name: t.identity().Path() + "." + c.any().Identity.Name, table: t}, c.objects)
		}
	}
	for _, o := range p.states[atStart].Objects() {
		if o.Identity.Kind == hclschema.KindSequence {
			p.addSource(&source{name: o.Identity.Path()}, [2]*hclschema.Object{o, p.counterpart(o.Identity, o.Identity)})
		}
	}
}

// addSource adds a source whose numbers one side can't refuse when the other has given them: taking one is what counting does.
func (p *pairing) addSource(s *source, objects [2]*hclschema.Object) {
	if !sameBounds(objects[atStart], objects[atEnd]) {
		return
	}
	for side, o := range objects {
		if o != nil {
			s.counters[side] = p.sampler.Counter(p.states[side], o)
		}
	}
	if s.counters[atStart] != nil || s.counters[atEnd] != nil {
		p.counters = append(p.counters, s)
	}
}

// sameBounds says that what one of two sources gives the other can give as well, as far as both are there.
func sameBounds(a, b *hclschema.Object) bool {
	if a == nil || b == nil {
		return true
	}
	if a.Identity.Kind == hclschema.KindSequence {
		return sameNames(hclschema.Record(a.Properties), hclschema.Record(b.Properties), hclschema.PropType)
	}
	was, _ := a.Properties[hclschema.PropIdentity].(hclschema.Record)
	is, _ := b.Properties[hclschema.PropIdentity].(hclschema.Record)
	return was == nil || is == nil || sameNames(was, is)
}

func sameNames(a, b hclschema.Record, more ...string) bool {
	for _, name := range append(more, hclschema.PropMinValue, hclschema.PropMaxValue, hclschema.PropIncrement) {
		if !hclschema.Equal(a[name], b[name]) {
			return false
		}
	}
	return true
}

// raise lifts what counts for a column above the rows that were put in. What can't be raised, since it has an end, isn't
// looked at later.
func (p *prover) raise(ctx context.Context, d *database) error {
	for _, s := range p.counters {
		if s.table == nil || s.counters[d.side] == nil || len(s.table.rows) == 0 {
			continue
		}
		_, err := d.one(ctx, s.counters[d.side].Raise)
		if err != nil && ctx.Err() != nil {
			return err
		}
	}
	return nil
}

// count is the next number of a source and the highest one in its column.
type count struct {
	next, highest int64
	// rows says that there is a highest one.
	rows bool
}

// above says that the next number isn't in the column yet.
func (c count) above() bool { return !c.rows || c.next > c.highest }

// count takes a number of each source that the side has. Those that have come to their end are left out.
func (d *database) count(ctx context.Context, sources []*source) (map[*source]count, error) {
	var there []*source
	for _, s := range sources {
		if s.counters[d.side] != nil {
			there = append(there, s)
		}
	}
	counts := make(map[*source]count, len(there))
	if len(there) == 0 {
		return counts, nil
	}
	err := d.countThose(ctx, there, counts)
	if err == nil || ctx.Err() != nil {
		return counts, err
	}
	for _, s := range there {
		if err := d.countThose(ctx, []*source{s}, counts); err != nil && ctx.Err() != nil {
			return nil, err
		}
	}
	return counts, nil
}

func (d *database) countThose(ctx context.Context, sources []*source, counts map[*source]count) error {
	var parts []string
	for n, s := range sources {
		highest := "NULL"
		if s.counters[d.side].Highest != "" {
			highest = s.counters[d.side].Highest
		}
		parts = append(parts, fmt.Sprintf("SELECT %d, %s, %s", n, d.sampler.AsText(s.counters[d.side].Next), d.sampler.AsText(highest)))
	}
	return d.conn.Query(ctx, strings.Join(parts, " UNION ALL "), nil, func(scan func(...any) error) error {
		var n int
		var next, highest *string
		if err := scan(&n, &next, &highest); err != nil || next == nil {
			return err
		}
		c := count{rows: highest != nil}
		var err error
		if c.next, err = strconv.ParseInt(*next, 10, 64); err != nil {
			return err
		}
		if highest != nil {
			if c.highest, err = strconv.ParseInt(*highest, 10, 64); err != nil {
				return err
			}
		}
		counts[sources[n]] = c
		return nil
	})
}

// reset says, in sentences, which sources would give a number again, or one that a row has.
func (p *prover) reset(kept []*table, before, after *snapshot, when string) []string {
	stays := map[*table]bool{}
	for _, t := range kept {
		stays[t] = true
	}
	var sentences []string
	for _, s := range p.counters {
		if s.table != nil && !stays[s.table] {
			continue
		}
		is, ok := after.counts[s]
		if !ok {
			continue
		}
		was, ran := before.counts[s]
		if ran && s.lasts() && is.next <= was.next {
			sentences = append(sentences, fmt.Sprintf("counter of %s: the next number is %d %s, but %d was given already", s.name, is.next, when, was.next))
			continue
		}
		if s.table != nil && s.counters[after.side].Owned && !is.above() && (!ran || was.above()) {
			sentences = append(sentences, fmt.Sprintf("counter of %s: the next number is %d %s, but there is a row with %d", s.name, is.next, when, is.highest))
		}
	}
	return sentences
}

// lasts says that the source is the same on both sides: a sequence, or a column that has one of its own on each.
func (s *source) lasts() bool {
	for _, c := range s.counters {
		if c == nil || s.table != nil && !c.Owned {
			return false
		}
	}
	return true
}
