package postgres

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// kinship is what becomes of a standing table's place among the children or partitions of others.
type kinship struct {
	was, is *hclschema.Object
	// keeps are the parents that it has all the way, leaves and joins those that it leaves first and takes at last. A parent can
	// be in both: it is left for the time in which columns change on both sides.
	keeps, leaves, joins []string
	// holder stands in for the parents meanwhile, so that columns that were only inherited are so all the time.
	holder  hclschema.Identity
	wants   bool // it needs its holder
	held    bool // it has it
	columns []string
	checks  []string
}

// staging plans the states between two others.
type staging struct {
	from, to lineage
	kin      map[hclschema.Identity]*kinship
}

// Stage implements drivers.Stager. Tables leave their parents before anything else changes and join others at the end, when both
// sides have the same columns and checks.
func (Driver) Stage(from, to *hclschema.State) *hclschema.State {
	to = typedLater(from, to)
	s, leaving, _ := newStaging(from, to)
	if next := s.turned(leaving); next != nil {
		return next
	}
	return stageKin(from, to)
}

func newStaging(from, to *hclschema.State) (s *staging, leaving, joining bool) {
	s = &staging{from: lineage{from}, to: lineage{to}, kin: map[hclschema.Identity]*kinship{}}
	for _, o := range to.Objects() {
		before := from.Get(o.Identity)
		if o.Identity.Kind != hclschema.KindTable || before == nil || parentsOf(before) == nil && parentsOf(o) == nil {
			continue
		}
		if s.turnsWith(before) {
			continue
		}
		k := s.kinship(before, o)
		if len(k.leaves)+len(k.joins) == 0 && !k.held {
			continue
		}
		s.kin[o.Identity] = k
		leaving = leaving || len(k.leaves) > 0 || k.wants && !k.held
		joining = joining || len(k.joins) > 0
	}
	return s, leaving, joining
}

// stageKin is the next state on the way of tables that get other parents, or are partitions of others.
func stageKin(from, to *hclschema.State) *hclschema.State {
	s, leaving, joining := newStaging(from, to)
	again := s.withoutOwned(from, true)
	switch {
	case again != nil && again.Len() < from.Len():
		return again
	case leaving:
		return s.calledAsBefore(s.left())
	case joining:
		to = s.calledAsBefore(s.apart(true))
	}
	if rest := s.withoutOwned(to, false); rest != nil {
		return rest
	}
	return to
}

// withoutOwned is a state in which no sequence belongs to a column of a table that is made again: it would go with the column,
// which other tables may count by. With stays, those go that are in the end besides. It is nil where no table is made again.
func (s *staging) withoutOwned(state *hclschema.State, stays bool) *hclschema.State {
	again := map[hclschema.Identity]bool{}
	for _, o := range s.from.state.Objects() {
		if o.Identity.Kind == hclschema.KindTable && s.keyChanges(o) {
			again[o.Identity] = true
		}
	}
	if len(again) == 0 {
		return nil
	}
	return state.Without(func(o *hclschema.Object) bool {
		if o.Identity.Kind != hclschema.KindSequenceOwner {
			return false
		}
		column, owned := hclschema.OwningColumn(state, hclschema.Identity{Kind: hclschema.KindSequence, Schema: o.Identity.Schema, Name: o.Identity.Parent})
		return owned && again[Driver{}.Unit(column)] && (!stays || s.to.state.Get(hclschema.Identity{Kind: hclschema.KindSequence, Schema: o.Identity.Schema, Name: o.Identity.Parent}) != nil)
	})
}

// sameObjects says that two states have the same objects with the same properties.
func sameObjects(a, b *hclschema.State) bool {
	if a.Len() != b.Len() {
		return false
	}
	for _, o := range a.Objects() {
		if other := b.Get(o.Identity); other == nil || len(o.Properties.Changed(other.Properties)) > 0 {
			return false
		}
	}
	return true
}

// holderOf is the table that stands in for the parents of another one.
func holderOf(table hclschema.Identity) hclschema.Identity {
	table.Name = makeObjectName("duo_orm", table.Name, "parent")
	return table
}

func (s *staging) kinship(was, is *hclschema.Object) *kinship {
	k := &kinship{was: was, is: is, holder: holderOf(was.Identity)}
	before, after := parentsOf(was), parentsOf(is)
	before = slices.DeleteFunc(slices.Clone(before), func(parent string) bool {
		held := tableIdentity(parent) == k.holder
		k.held = k.held || held
		return held
	})
	for _, parent := range before {
		if n := len(k.keeps); n < len(after) && after[n] == parent && len(k.keeps) == n {
			k.keeps = append(k.keeps, parent)
		}
	}
	if of := hclschema.PropPartitionOf; was.Properties[of] != nil || is.Properties[of] != nil {
		if was.Properties[of] == nil || is.Properties[of] == nil || !hclschema.Equal(was.Properties[hclschema.PropBounds], is.Properties[hclschema.PropBounds]) ||
			s.madeAgain(was) || s.keyChanges(was) || s.turnsInto(was, is) {
			k.keeps = nil
		}
	} else {
		for i, parent := range k.keeps {
			if s.movesWith(was, is, parent) {
				k.keeps = k.keeps[:i]
				break
			}
		}
	}
	k.leaves, k.joins = missing(before, k.keeps), missing(after, k.keeps)
	s.findHeld(k)
	return k
}

// turnsWith says that a partition goes with what it is a partition of, and is made again with the other key of that.
func (s *staging) turnsWith(partition *hclschema.Object) bool {
	of := partition.Properties.Text(hclschema.PropPartitionOf)
	if of == "" {
		return false
	}
	was, is := s.from.state.Get(tableIdentity(of)), s.to.state.Get(tableIdentity(of))
	return was != nil && is != nil && is.Properties[hclschema.PropPartition] != nil && s.turnsInto(was, is) || was != nil && s.turnsWith(was)
}

// madeAgain says that what a table is a partition of is made again: PostgreSQL changes neither a partition key nor the types of its
// columns.
func (s *staging) madeAgain(partition *hclschema.Object) bool {
	return s.keyChanges(s.from.state.Get(tableIdentity(partition.Properties.Text(hclschema.PropPartitionOf))))
}

// keyChanges says that the partition key of a table changes, or the type of a column in it.
func (s *staging) keyChanges(table *hclschema.Object) bool {
	if table == nil {
		return false
	}
	key, after := record(table, hclschema.PropPartition), s.to.state.Get(table.Identity)
	if key == nil || after == nil {
		return false
	}
	if !hclschema.Equal(key, after.Properties[hclschema.PropPartition]) {
		return true
	}
	is := s.to.whole(after)
	for _, o := range s.from.whole(table).list {
		if o.Identity.Kind == hclschema.KindColumn && partitionedBy(key, o.Identity.Name) {
			if other := is.get(o.Identity); other == nil || differsInKind(o, other) {
				return true
			}
		}
	}
	return false
}

// findHeld finds what the table has of the parents that it joins, and of nobody else. One that is still partitioned can't inherit.
func (s *staging) findHeld(k *kinship) {
	if k.was.Properties[hclschema.PropPartition] != nil || k.is.Properties[hclschema.PropPartitionOf] != nil || len(k.joins) == 0 {
		return
	}
	own := s.to.own(k.is)
	kept, joined := s.to.ofParents(k.keeps), s.to.ofParents(k.joins)
	for _, o := range joined.list {
		if own.get(o.Identity) != nil || kept.get(o.Identity) != nil {
			continue
		}
		if o.Identity.Kind == hclschema.KindColumn {
			k.columns = append(k.columns, o.Identity.Name)
		} else {
			k.checks = append(k.checks, o.Identity.Name)
		}
	}
	if k.checks != nil { // which may speak of any column
		k.columns = nil
		for _, o := range joined.list {
			if o.Identity.Kind == hclschema.KindColumn {
				k.columns = append(k.columns, o.Identity.Name)
			}
		}
	}
	k.wants = len(k.columns)+len(k.checks) > 0
}

// movesWith says that a table has to be apart from a parent that it keeps while both change: a column or a check that it has as
// its own and of the parent can be changed on neither side otherwise.
func (s *staging) movesWith(was, is *hclschema.Object, parent string) bool {
	ownBefore, ownAfter := s.from.own(was), s.to.own(is)
	before, after := s.from.ofParents([]string{parent}), s.to.ofParents([]string{parent})
	wasWhole, isWhole := s.from.whole(was), s.to.whole(is)
	for _, o := range append(slices.Clone(before.list), after.list...) {
		id := o.Identity
		wasOwn, isOwn, had, has := ownBefore.get(id), ownAfter.get(id), before.get(id), after.get(id)
		switch {
		case wasOwn != nil && had != nil && isOwn != nil && has != nil:
			if differsInKind(wasOwn, isOwn) || differsInKind(had, has) {
				return true
			}
		case wasOwn != nil && had != nil, isOwn != nil && has != nil: // it is both at one end alone
			return true
		case wasOwn != nil && has != nil, isOwn != nil && had != nil: // it comes to or from the parent
			return true
		case had == nil && wasWhole.get(id) != nil, has == nil && isWhole.get(id) != nil: // another parent has it at one end
			return true
		}
	}
	return false
}

// differsInKind says that two states of a column or a check differ in what parents and children have to agree on.
func differsInKind(was, is *hclschema.Object) bool {
	for _, name := range []string{hclschema.PropType, hclschema.PropCollate, hclschema.PropGenerated, hclschema.PropGeneratedType, hclschema.PropExpr, hclschema.PropNoInherit} {
		if !hclschema.Equal(was.Properties[name], is.Properties[name]) {
			return true
		}
	}
	return false
}

var _ drivers.Stager = Driver{}

// calledAsBefore is a state in which the NOT NULL constraints of tables that are on their way have the names that they brought
// along. PostgreSQL calls a partition's like its table's, and by what name a table joins depends on how it came to be one.
func (s *staging) calledAsBefore(state *hclschema.State) *hclschema.State {
	next := state.NewLike()
	for _, o := range state.Objects() {
		before := s.from.state.Get(o.Identity)
		if o.Identity.Kind == hclschema.KindColumn && s.kin[Driver{}.Unit(o.Identity)] != nil && before != nil &&
			!hclschema.Equal(before.Properties[hclschema.PropNullName], o.Properties[hclschema.PropNullName]) {
			o = o.Clone()
			delete(o.Properties, hclschema.PropNullName)
			if name := before.Properties[hclschema.PropNullName]; name != nil {
				o.Properties[hclschema.PropNullName] = name
			}
		}
		next.AddNext(o)
	}
	return next
}
