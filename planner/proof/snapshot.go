package proof

import (
	"context"
	"fmt"
	"slices"
)

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

// moved are the tables whose rows a partitioned table has on one side and lacks on the other.
func moved(tables []*table, root *table) []*table {
	var partitions []*table
	for _, t := range tables {
		if t.moves() && (t.partOf(atStart, root) || t.partOf(atEnd, root)) {
			partitions = append(partitions, t)
		}
	}
	return partitions
}

func (t *table) partOf(s side, root *table) bool {
	return t.elsewhere(s) && root.objects[s] != nil && t.facts[s].Of == root.objects[s].Identity
}

// scattered counts the rows of a partitioned table and of those that became parts of it or no longer are: there must be as
// many as before.
func scattered(root *table, partitions []*table, before, after *snapshot, when string) []string {
	all := func(s *snapshot) int {
		total := len(s.rows[root].rows)
		for _, t := range partitions {
			// The rows of a part of one of the others, or perhaps of the table as a part itself, are counted there.
			within := slices.ContainsFunc(partitions, func(other *table) bool { return other != t && t.partOf(s.side, other) })
			within = within || t.elsewhere(s.side) && t.facts[s.side].Of == root.facts[s.side].Of
			if !within && !t.partOf(s.side, root) {
				total += len(s.rows[t].rows)
			}
		}
		return total
	}
	if was, is := all(before), all(after); was != is {
		return []string{fmt.Sprintf("rows of %s and its parts: %d before, %d %s", root.identity().Path(), was, is, when)}
	}
	return nil
}
