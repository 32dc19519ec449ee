package postgres

import (
	"maps"
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
	s := &staging{from: lineage{from}, to: lineage{to}, kin: map[hclschema.Identity]*kinship{}}
	leaving, joining := false, false
	for _, o := range to.Objects() {
		before := from.Get(o.Identity)
		if o.Identity.Kind != hclschema.KindTable || before == nil || parentsOf(before) == nil && parentsOf(o) == nil {
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
	again := s.withoutOwned(from, true)
	switch {
	case again != nil && again.Len() < from.Len():
		return again
	case leaving:
		return s.left()
	case joining:
		to = s.apart()
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
			s.madeAgain(was) || s.keyChanges(was) {
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

// findHeld finds what the table has of the parents that it joins, and of nobody else.
func (s *staging) findHeld(k *kinship) {
	if k.is.Properties[hclschema.PropPartitionOf] != nil || len(k.joins) == 0 {
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
		return refersTo(o, changed) || refersTo(o, left) && s.to.state.Get(o.Identity) == nil
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

// apart is the end as far as it can be before the tables join their parents.
func (s *staging) apart() *hclschema.State {
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
			if !s.within(o) && !refersTo(o, referred) {
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
	if rest := s.withoutOwned(state, false); rest == nil && sameObjects(s.from.state, state) { // and come after them
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
		case hclschema.PropName, hclschema.PropComment, hclschema.PropStorageParams, hclschema.PropTablespace:
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
				state.AddNext(inheritedCopy(o, k.holder))
			}
		}
	}
}

// refersTo says that an object is a foreign key of one of the tables.
func refersTo(o *hclschema.Object, tables map[hclschema.Identity]bool) bool {
	return o.Identity.Kind == hclschema.KindForeignKey && tables[hclschema.Identity{
		Kind: hclschema.KindTable, Schema: o.Properties.Text(hclschema.PropRefSchema), Name: o.Properties.Text(hclschema.PropRefTable),
	}]
}

// inheritedCopy is a column or a check as another table has it of its parent.
func inheritedCopy(o *hclschema.Object, table hclschema.Identity) *hclschema.Object {
	from := o.Identity
	c := o.Clone()
	c.Identity.Schema, c.Identity.Parent = table.Schema, table.Name
	c.Former = hclschema.Identity{}
	for _, name := range []string{hclschema.PropIdentity, hclschema.PropComment, hclschema.PropStatistics, hclschema.PropOptions, hclschema.PropNullName} {
		delete(c.Properties, name)
	}
	for i, id := range c.DependsOn {
		if id.Kind == hclschema.KindColumn && id.Schema == from.Schema && id.Parent == from.Parent {
			c.DependsOn[i].Schema, c.DependsOn[i].Parent = table.Schema, table.Name
		}
	}
	return c
}

// lineage finds in a state what tables have of their parents.
type lineage struct{ state *hclschema.State }

// columnSet are columns and checks of a table.
type columnSet struct {
	list []*hclschema.Object
	at   map[hclschema.Identity]int
}

// get is the member of the same kind and name.
func (m columnSet) get(id hclschema.Identity) *hclschema.Object {
	if i, ok := m.at[columnKey(id)]; ok {
		return m.list[i]
	}
	return nil
}

func columnKey(id hclschema.Identity) hclschema.Identity {
	return hclschema.Identity{Kind: id.Kind, Name: id.Name}
}

func (m *columnSet) put(o *hclschema.Object) {
	if i, ok := m.at[columnKey(o.Identity)]; ok {
		m.list[i] = o
		return
	}
	m.at[columnKey(o.Identity)] = len(m.list)
	m.list = append(m.list, o)
}

// own are the columns and checks that a table has as its own, whether parents have them too or not.
func (l lineage) own(table *hclschema.Object) columnSet {
	m := columnSet{at: map[hclschema.Identity]int{}}
	for _, o := range l.parts(table) {
		if !o.Properties.Bool(hclschema.PropInherited) {
			m.put(o)
		}
	}
	return m
}

func (l lineage) parts(table *hclschema.Object) []*hclschema.Object {
	var list []*hclschema.Object
	for _, o := range l.state.Children(table.Identity.Schema, table.Identity.Name) {
		if (o.Identity.Kind == hclschema.KindColumn || o.Identity.Kind == hclschema.KindCheck) && (Driver{}).Unit(o.Identity) == table.Identity {
			list = append(list, o)
		}
	}
	return list
}

// ofParents are the columns and checks that children of the tables have.
func (l lineage) ofParents(parents []string) columnSet {
	m := columnSet{at: map[hclschema.Identity]int{}}
	for _, name := range parents {
		parent := l.state.Get(tableIdentity(name))
		if parent == nil {
			continue
		}
		for _, o := range l.whole(parent).list {
			if !o.Properties.Bool(hclschema.PropNoInherit) && m.get(o.Identity) == nil {
				m.put(o)
			}
		}
	}
	return m
}

// whole are all columns and checks of a table, as they would be if it had no parents.
func (l lineage) whole(table *hclschema.Object) columnSet {
	m := columnSet{at: map[hclschema.Identity]int{}}
	for _, o := range l.ofParents(parentsOf(table)).list {
		m.put(inheritedCopy(o, table.Identity))
	}
	for _, o := range l.parts(table) {
		if of := m.get(o.Identity); of != nil && o.Properties.Bool(hclschema.PropInherited) {
			o = withDifferences(of, o)
		}
		m.put(o)
	}
	return m
}

// withDifferences is a column that has some properties otherwise than its parent.
func withDifferences(of, is *hclschema.Object) *hclschema.Object {
	o := of.Clone()
	maps.Copy(o.Properties, is.Properties)
	delete(o.Properties, hclschema.PropInherited)
	if is.Properties[hclschema.PropNull] == nil {
		delete(o.Properties, hclschema.PropNull)
	}
	if isNullDefault(o.Properties.Text(hclschema.PropDefault)) {
		delete(o.Properties, hclschema.PropDefault)
	}
	o.DependsOn = append(o.DependsOn, is.DependsOn...)
	o.Former, o.Range = is.Former, is.Range
	return o
}

// mark notes the tables that a partition is part of, also at second hand.
func (l lineage) mark(table *hclschema.Object, in map[hclschema.Identity]bool) {
	for table != nil && table.Properties[hclschema.PropPartitionOf] != nil {
		id := tableIdentity(table.Properties.Text(hclschema.PropPartitionOf))
		in[id] = true
		table = l.state.Get(id)
	}
}

// partsAbove are the keys and indexes of the tables that a partition is part of.
func (l lineage) partsAbove(table *hclschema.Object) []*hclschema.Object {
	above := map[hclschema.Identity]bool{}
	l.mark(table, above)
	var list []*hclschema.Object
	for _, o := range l.state.Objects() {
		if above[(Driver{}).Unit(o.Identity)] && o.Identity.Kind != hclschema.KindColumn && o.Identity.Kind != hclschema.KindCheck && o.Identity.Kind != hclschema.KindTable {
			list = append(list, o)
		}
	}
	return list
}

var _ drivers.Stager = Driver{}
