package postgres

import (
	"math/big"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Spread implements drivers.Spreader: of a hash partition the whole table is concerned, whose other partitions may take its rows.
func (Driver) Spread(changed hclschema.Identity, current, desired *hclschema.State) []hclschema.Identity {
	var list []hclschema.Identity
	for _, state := range []*hclschema.State{current, desired} {
		o := state.Get(changed)
		if o == nil || o.Identity.Kind != hclschema.KindTable {
			continue
		}
		if _, hash := modulusOf(o); hash {
			list = append(list, tableIdentity(o.Properties.Text(hclschema.PropPartitionOf)))
		}
	}
	return list
}

// redistributes says that a table keeps its hash key and gets partitions of other moduli, which have a place for each row: 4 become 8.
// A partition that leaves the table, or one that joins it, keeps its rows, and then nothing is distributed anew.
func (s *staging) redistributes(was, is *hclschema.Object) bool {
	if !isRoot(was) || !isRoot(is) || record(is, hclschema.PropPartition)["type"] == nil || record(is, hclschema.PropPartition)["type"].String() != "HASH" {
		return false
	}
	before, after := partitionsOf(s.from.state, was.Identity), partitionsOf(s.to.state, is.Identity)
	differs := false
	for _, o := range before {
		other := s.to.state.Get(o.Identity)
		if other != nil && !hclschema.Equal(other.Properties[hclschema.PropPartitionOf], o.Properties[hclschema.PropPartitionOf]) {
			return false
		}
		differs = differs || other == nil || !hclschema.Equal(other.Properties[hclschema.PropBounds], o.Properties[hclschema.PropBounds])
	}
	covered := new(big.Rat)
	for _, o := range after {
		other := s.from.state.Get(o.Identity)
		modulus, ok := modulusOf(o)
		if !ok || other != nil && !hclschema.Equal(other.Properties[hclschema.PropPartitionOf], o.Properties[hclschema.PropPartitionOf]) {
			return false
		}
		covered.Add(covered, new(big.Rat).Inv(modulus))
	}
	return differs && len(before) > 0 && covered.Cmp(big.NewRat(1, 1)) == 0
}

// recounts says that an identity is in a table whose partition key gets another type. Such a table is made again, and the counter would
// go with it.
func (s *staging) recounts(was, is *hclschema.Object) bool {
	if !isRoot(was) || !isRoot(is) || !s.keyChanges(was) {
		return false
	}
	for _, o := range append(s.from.whole(was).list, s.to.whole(is).list...) {
		if o.Properties[hclschema.PropIdentity] != nil {
			return true
		}
	}
	return false
}

// changesColumns says that columns of a table that turns into a partitioned one get other types, or count otherwise.
func (s *staging) changesColumns(t turn) bool {
	is := s.to.whole(t.is)
	for _, o := range s.from.whole(t.was).list {
		other := is.get(o.Identity)
		if o.Identity.Kind != hclschema.KindColumn || other == nil {
			continue
		}
		if differsInKind(o, other) || !hclschema.Equal(o.Properties[hclschema.PropIdentity], other.Properties[hclschema.PropIdentity]) || counterOf(o) != counterOf(other) {
			return true
		}
	}
	return false
}

// isRoot says that a partitioned table is no partition itself.
func isRoot(table *hclschema.Object) bool {
	return table.Properties[hclschema.PropPartition] != nil && parentsOf(table) == nil
}

// modulusOf is the modulus of a hash partition.
func modulusOf(partition *hclschema.Object) (*big.Rat, bool) {
	list, ok := strings.CutPrefix(partition.Properties.Text(hclschema.PropBounds), "FOR VALUES WITH ")
	words := strings.Fields(strings.ReplaceAll(unwrap(list), ",", " "))
	if !ok || len(words) != 4 {
		return nil, false
	}
	modulus, ok := new(big.Rat).SetString(words[1])
	return modulus, ok && modulus.Sign() > 0
}
