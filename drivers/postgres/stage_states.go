package postgres

import (
	"slices"

	"github.com/duo-orm/duo-orm/hclschema"
)

// left is the start without the places that tables leave, and with the tables that hold them meanwhile.
func (s *staging) left() *hclschema.State {
	state := s.from.state.NewLike()
	left, changed := map[hclschema.Identity]bool{}, map[hclschema.Identity]bool{}
	for _, k := range s.kin {
		if len(k.leaves) == 0 || k.was.Properties[hclschema.PropPartitionOf] == nil {
			continue
		}
		s.from.mark(k.was, left)
		if len(k.joins) > 0 {
			s.from.mark(k.was, changed)
		}
	}
	// The foreign keys of a table go before its partitions, whose rows they may refer to.
	rest := s.from.state.Without(func(o *hclschema.Object) bool {
		return refersTo(o, changed) || refersTo(o, left) && s.to.state.Get(o.Identity) == nil || s.hinders(o) || s.comesByPlace(s.from.state, o)
	})
	if rest.Len() < s.from.state.Len() {
		return rest
	}
	for _, o := range s.from.state.Objects() {
		k := s.kin[o.Identity]
		if k == nil {
			state.AddNext(o)
			continue
		}
		if k.wants && !k.held {
			addHolder(state, k, s.heldBefore(k))
		}
		state.AddNext(k.placed(o))
	}
	return state
}

// hinders says that a check of a child has the name of a parent's that isn't inherited: PostgreSQL takes the two for one when the
// child leaves.
func (s *staging) hinders(o *hclschema.Object) bool {
	k := s.kin[Driver{}.Unit(o.Identity)]
	return o.Identity.Kind == hclschema.KindCheck && k != nil && slices.ContainsFunc(k.leaves, func(parent string) bool {
		id := tableIdentity(parent)
		check := s.from.state.Get(hclschema.Identity{Kind: hclschema.KindCheck, Schema: id.Schema, Parent: id.Name, Name: o.Identity.Name})
		return check != nil && check.Properties.Bool(hclschema.PropNoInherit)
	})
}

// comesByPlace says that a partition has a trigger of a table above, and that it or a table between changes its place.
func (s *staging) comesByPlace(state *hclschema.State, o *hclschema.Object) bool {
	if o.Identity.Kind != hclschema.KindTrigger || !o.Properties.Bool(hclschema.PropInherited) {
		return false
	}
	id := hclschema.Identity{Kind: hclschema.KindTable, Schema: o.Identity.Schema, Name: o.Identity.Parent}
	for table := state.Get(id); table != nil; table = state.Get(id) {
		if s.kin[id] != nil {
			return true
		}
		id = tableIdentity(table.Properties.Text(hclschema.PropPartitionOf))
	}
	return false
}

// heldBefore finds what the table that stands in for the parents takes over from them: what stays inherited all the time.
func (s *staging) heldBefore(k *kinship) func(hclschema.Identity) *hclschema.Object {
	before, kept := s.from.ofParents(k.leaves), s.from.ofParents(k.keeps)
	own, isOwn := s.from.own(k.was), s.to.own(k.is)
	checks := !slices.ContainsFunc(k.columns, func(name string) bool {
		id := hclschema.Identity{Kind: hclschema.KindColumn, Name: name}
		return own.get(id) != nil || isOwn.get(id) != nil || before.get(id) == nil
	})
	return func(id hclschema.Identity) *hclschema.Object {
		if k.was.Properties[hclschema.PropPartitionOf] != nil || own.get(id) != nil || isOwn.get(id) != nil || kept.get(id) != nil || id.Kind == hclschema.KindCheck && !checks {
			return nil
		}
		return before.get(id)
	}
}

// apart is the end as far as it can be before the tables join their parents. With joins, they do where that is reached.
func (s *staging) apart(joins bool) *hclschema.State {
	state := s.to.state.NewLike()
	referred := map[hclschema.Identity]bool{}
	for _, k := range s.kin {
		if k.is.Properties[hclschema.PropPartitionOf] != nil {
			s.to.mark(k.is, referred)
		}
	}
	for _, o := range s.to.state.Objects() {
		k := s.kin[o.Identity]
		if k == nil {
			if !s.within(o) && !refersTo(o, referred) && !s.comesByPlace(s.to.state, o) {
				state.AddNext(o)
			}
			continue
		}
		if k.wants {
			joined, own, isOwn := s.to.ofParents(k.joins), s.from.own(k.was), s.to.own(k.is)
			early := s.handsOver(k) // checks come when the columns are there that they may speak of
			addHolder(state, k, func(id hclschema.Identity) *hclschema.Object {
				is := joined.get(id)
				if early && id.Kind == hclschema.KindCheck {
					return nil
				}
				if was := own.get(id); is != nil && isOwn.get(id) != nil && (was == nil || differsInKind(was, is)) {
					return nil // when the table has it
				}
				return is
			})
		}
		alone := k.placed(o)
		delete(alone.Properties, hclschema.PropIndexNames)
		delete(alone.Properties, hclschema.PropIndexSettings)
		for _, name := range []string{hclschema.PropReplicaIdentity, hclschema.PropClusterOn} { // they may name an index that it gets then
			if o.Properties[hclschema.PropPartitionOf] == nil {
				break
			}
			delete(alone.Properties, name)
			if is := k.was.Properties[name]; is != nil {
				alone.Properties[name] = is
			}
		}
		state.AddNext(alone)
		if o.Properties[hclschema.PropPartitionOf] != nil && len(k.joins) > 0 {
			s.addAlone(state, k)
		}
	}
	if rest := s.withoutOwned(state, false); joins && rest == nil && sameObjects(s.from.state, state) { // and come after them
		return s.to.state.Without(func(o *hclschema.Object) bool { return refersTo(o, referred) })
	}
	return state
}

// handsOver says that the table has columns of its own still that it is to have of its parents, or lacks some that checks of its
// parents may speak of.
func (s *staging) handsOver(k *kinship) bool {
	before, after := s.from.own(k.was), s.to.own(k.is)
	held := s.from.ofParents([]string{newWriter().object(k.holder)})
	return slices.ContainsFunc(k.columns, func(name string) bool {
		id := hclschema.Identity{Kind: hclschema.KindColumn, Name: name}
		return before.get(id) != nil && after.get(id) == nil || held.get(id) == nil
	})
}

// within says that an object is a part of a table that becomes a partition, which addAlone adds.
func (s *staging) within(o *hclschema.Object) bool {
	k := s.kin[Driver{}.Unit(o.Identity)]
	return k != nil && o.Identity != k.is.Identity && (Driver{}).Unit(o.Identity) == k.is.Identity && k.is.Properties[hclschema.PropPartitionOf] != nil && len(k.joins) > 0
}

// addAlone adds the parts of a table that becomes a partition: all columns and checks that it has to have, and of its keys and
// indexes those that become parts of the whole table's.
func (s *staging) addAlone(state *hclschema.State, k *kinship) {
	whole := s.to.whole(k.is)
	for _, o := range whole.list {
		state.AddNext(o)
	}
	own := map[hclschema.Identity]bool{}
	for _, o := range s.to.state.Children(k.is.Identity.Schema, k.is.Identity.Name) {
		if (Driver{}).Unit(o.Identity) == k.is.Identity && whole.get(o.Identity) == nil {
			state.AddNext(o)
			own[o.Identity] = true
		}
	}
	of := s.to.partsAbove(k.is)
	for _, o := range s.from.state.Children(k.was.Identity.Schema, k.was.Identity.Name) {
		if own[o.Identity] || o.Identity.Kind == hclschema.KindColumn || o.Identity.Kind == hclschema.KindCheck || (Driver{}).Unit(o.Identity) != k.was.Identity {
			continue
		}
		if slices.ContainsFunc(of, func(part *hclschema.Object) bool { return sameButName(o, part) }) {
			state.AddNext(o)
		}
	}
}

// sameButName says that a key or an index of a table can become part of the whole table's.
func sameButName(o, whole *hclschema.Object) bool {
	if o.Identity.Kind != whole.Identity.Kind {
		return false
	}
	for _, name := range o.Properties.Changed(whole.Properties) {
		switch name {
		case hclschema.PropName, hclschema.PropComment, hclschema.PropIndexComment, hclschema.PropStorageParams, hclschema.PropTablespace:
		default:
			return false
		}
	}
	return true
}

// placed is the table with the parents that it has meanwhile.
func (k *kinship) placed(table *hclschema.Object) *hclschema.Object {
	o := table.Clone()
	parents := slices.Clone(k.keeps)
	if k.wants {
		w := newWriter()
		parents = append(parents, w.object(k.holder))
	}
	if o.Properties[hclschema.PropPartitionOf] != nil && (len(k.keeps) == 0 || k.wants) {
		delete(o.Properties, hclschema.PropPartitionOf)
		delete(o.Properties, hclschema.PropBounds)
	}
	if o.Properties[hclschema.PropPartitionOf] == nil {
		delete(o.Properties, hclschema.PropInherits)
		if list := make(hclschema.List, 0, len(parents)); len(parents) > 0 {
			for _, parent := range parents {
				list = append(list, text(parent))
			}
			o.Properties[hclschema.PropInherits] = list
		}
	}
	o.DependsOn = slices.DeleteFunc(o.DependsOn, func(id hclschema.Identity) bool {
		return slices.ContainsFunc(append(slices.Clone(k.leaves), k.joins...), func(parent string) bool { return tableIdentity(parent) == id }) &&
			!slices.ContainsFunc(k.keeps, func(parent string) bool { return tableIdentity(parent) == id })
	})
	if k.wants {
		o.DependsOn = append(o.DependsOn, k.holder)
	}
	return o
}

// addHolder adds the table that stands in for the parents, with what it has to hold of that which find knows.
func addHolder(state *hclschema.State, k *kinship, find func(hclschema.Identity) *hclschema.Object) {
	state.AddNext(&hclschema.Object{Identity: k.holder, Properties: hclschema.Properties{}})
	for _, part := range []struct {
		kind  string
		names []string
	}{{hclschema.KindColumn, k.columns}, {hclschema.KindCheck, k.checks}} {
		for _, name := range part.names {
			if o := find(hclschema.Identity{Kind: part.kind, Name: name}); o != nil {
				held := inheritedCopy(o, k.holder)
				if o.Derived[derivedNullName] != "" && !o.Properties.Bool(hclschema.PropNull) { // as the parents have it called, and so the heirs
					held.Properties[hclschema.PropNullName] = hclschema.Text(nullName(o))
				}
				state.AddNext(held)
			}
		}
	}
}

// refersTo says that an object is a foreign key of one of the tables.
func refersTo(o *hclschema.Object, tables map[hclschema.Identity]bool) bool {
	return o.Identity.Kind == hclschema.KindForeignKey && tables[referredTable(o)]
}
