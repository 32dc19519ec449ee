package postgres

import (
	"math/big"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Spread implements drivers.Spreader: of a hash partition the whole table is concerned, whose other partitions may take its rows, and
// of a partition that has partitions itself all that it belongs to, whose triggers would see its rows come anew.
func (Driver) Spread(changed hclschema.Identity, current, desired *hclschema.State) []hclschema.Identity {
	var list []hclschema.Identity
	for _, state := range []*hclschema.State{current, desired} {
		o := state.Get(changed)
		if o == nil || o.Identity.Kind != hclschema.KindTable {
			continue
		}
		if _, hash := modulusOf(o); hash || o.Properties[hclschema.PropPartition] != nil {
			list = append(list, ancestors(state, o)...)
		}
	}
	return list
}

// ancestors are what a table is a partition of, what that is a partition of, and so on.
func ancestors(state *hclschema.State, partition *hclschema.Object) []hclschema.Identity {
	var list []hclschema.Identity
	for o := partition; o != nil && o.Properties[hclschema.PropPartitionOf] != nil; {
		id := tableIdentity(o.Properties.Text(hclschema.PropPartitionOf))
		list = append(list, id)
		o = state.Get(id)
	}
	return list
}

// redistributes says that a table keeps its hash key and gets partitions of other moduli, which have a place for each row: 4 become 8.
// A partition that leaves the table, or one that joins it, keeps its rows, and then nothing is distributed anew.
func (s *staging) redistributes(was, is *hclschema.Object) bool {
	if was.Properties[hclschema.PropPartition] == nil || record(is, hclschema.PropPartition)["type"] == nil || record(is, hclschema.PropPartition)["type"].String() != "HASH" {
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

// swapsKey says that a table is partitioned by an enum that another type takes the place of: PostgreSQL changes no type of a partition
// key.
func (s *staging) swapsKey(was *hclschema.Object) bool {
	key := record(was, hclschema.PropPartition)
	return key != nil && slices.ContainsFunc(s.from.whole(was).list, func(o *hclschema.Object) bool {
		return o.Identity.Kind == hclschema.KindColumn && partitionedBy(key, o.Identity.Name) && s.swapsEnum(o)
	})
}

// swapsEnum says that a column is of an enum, or of lists of one, that loses values or has them in another order.
func (s *staging) swapsEnum(column *hclschema.Object) bool {
	id := tableIdentity(element(column.Properties.Text(hclschema.PropType)))
	id.Kind = hclschema.KindEnum
	was, is := s.from.state.Get(id), s.to.state.Get(id)
	return was != nil && is != nil && !onlyAdded(valuesOf(was), valuesOf(is))
}

// changesColumns says that columns of a table that turns into a partitioned one go, get other types, or count otherwise, or that one
// comes that needs a value.
func (s *staging) changesColumns(t turn) bool {
	was, is := s.from.whole(t.was), s.to.whole(t.is)
	for _, o := range is.list {
		if o.Identity.Kind == hclschema.KindColumn && was.get(o.Identity) == nil && !o.Properties.Bool(hclschema.PropNull) {
			return true
		}
	}
	for _, o := range was.list {
		other := is.get(o.Identity)
		if o.Identity.Kind != hclschema.KindColumn {
			continue
		}
		if other == nil || differsInKind(o, other) || s.swapsEnum(o) || !hclschema.Equal(o.Properties[hclschema.PropIdentity], other.Properties[hclschema.PropIdentity]) || counterOf(o) != counterOf(other) {
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
