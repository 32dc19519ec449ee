package proof

import (
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/hclschema"
)

// kinship tells which tables have rows of others, where a plan changes that: it attaches, detaches or moves partitions.
type kinship struct {
	at [2]map[hclschema.Identity]*table
	// scatters are tables that have rows of their parts, or of what they are a part of, on one side and not on the other.
	scatters map[*table]bool
	// families are the tables whose rows together stay as many, each in the order of the tables.
	families [][]*table
}

func newKinship(tables []*table) *kinship {
	k := &kinship{at: [2]map[hclschema.Identity]*table{{}, {}}, scatters: map[*table]bool{}}
	var movers []*table
	for _, t := range tables {
		for s, o := range t.objects {
			if o != nil {
				k.at[s][o.Identity] = t
			}
		}
		if t.both() && t.moves() {
			movers = append(movers, t)
		}
	}
	if movers == nil {
		return k
	}
	head := map[*table]*table{} // of the family, as far as it is known; a head has none
	find := func(t *table) *table {
		for head[t] != nil {
			t = head[t]
		}
		return t
	}
	members := map[*table]bool{}
	for _, t := range movers {
		was, is := k.wholes(t, atStart), k.wholes(t, atEnd)
		for _, whole := range slices.Concat(was, is) {
			if slices.Contains(was, whole) != slices.Contains(is, whole) {
				k.scatters[whole] = true
			}
			if whole.both() && !hclschema.Equal(whole.objects[atStart].Properties[hclschema.PropPartition], whole.objects[atEnd].Properties[hclschema.PropPartition]) {
				k.scatters[t] = true // its rows are distributed anew, over this one as well
			}
			members[t], members[whole] = true, true
			if a, b := find(t), find(whole); a != b {
				head[b] = a
			}
		}
	}
	number := map[*table]int{}
	for _, t := range tables {
		if !members[t] {
			continue
		}
		first := find(t)
		if _, known := number[first]; !known {
			number[first] = len(k.families)
			k.families = append(k.families, nil)
		}
		k.families[number[first]] = append(k.families[number[first]], t)
	}
	return k
}

// distributedOver are the tables that become parts of another one together with being divided: rows of that lie in them afterwards, and the
// way back can't tell whose they were.
func (k *kinship) distributedOver(tables []*table) []*table {
	return slices.DeleteFunc(slices.Clone(tables), func(t *table) bool {
		if !t.both() || !t.moves() {
			return true
		}
		was := k.wholes(t, atStart)
		return !slices.ContainsFunc(k.wholes(t, atEnd), func(whole *table) bool {
			return whole.both() && !slices.Contains(was, whole) &&
				!hclschema.Equal(whole.objects[atStart].Properties[hclschema.PropPartition], whole.objects[atEnd].Properties[hclschema.PropPartition])
		})
	})
}

// wholes are the tables whose rows those of a table are as well on a side: the one that it is a partition of, what that is a partition of,
// and so on.
func (k *kinship) wholes(t *table, s side) []*table {
	var list []*table
	for t != nil && t.elsewhere(s) {
		var above *table
		for _, id := range t.objects[s].DependsOn {
			if other := k.at[s][id]; other != nil && other != t && (id == t.facts[s].Of || other.facts[s].Of == t.facts[s].Of) {
				above = other
			}
		}
		if above == nil {
			above = k.at[s][t.facts[s].Of]
		}
		if above == nil || slices.Contains(list, above) {
			break
		}
		list = append(list, above)
		t = above
	}
	return list
}

// scattered counts the rows of each family: there must be as many as before. after completes "3 before, 2 …".
func (k *kinship) scattered(before, after *snapshot, when string) []string {
	var sentences []string
	for _, family := range k.families {
		all := func(s *snapshot) int {
			total := 0
			for _, t := range family {
				counted := slices.ContainsFunc(k.wholes(t, s.side), func(whole *table) bool { _, read := s.rows[whole]; return read })
				if !counted {
					total += len(s.rows[t].rows)
				}
			}
			return total
		}
		if was, is := all(before), all(after); was != is {
			first := family[0]
			if i := slices.IndexFunc(family, func(t *table) bool { return k.scatters[t] }); i >= 0 {
				first = family[i]
			}
			sentences = append(sentences, fmt.Sprintf("rows of %s and its parts: %d before, %d %s", first.identity().Path(), was, is, when))
		}
	}
	return sentences
}
