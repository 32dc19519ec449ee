package postgres

import (
	"maps"

	"github.com/duo-orm/duo-orm/hclschema"
)

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
	if o.Properties.Text(hclschema.PropStorage) == is.Derived[derivedTypeStorage] {
		delete(o.Properties, hclschema.PropStorage)
	}
	if o.Properties.Text(hclschema.PropCompression) == defaultCompression {
		delete(o.Properties, hclschema.PropCompression)
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

// inheritedCopy is a column or a check as another table has it of its parent.
func inheritedCopy(o *hclschema.Object, table hclschema.Identity) *hclschema.Object {
	from := o.Identity
	c := o.Clone()
	c.Identity.Schema, c.Identity.Parent = table.Schema, table.Name
	c.Former = hclschema.Identity{}
	for _, name := range []string{hclschema.PropIdentity, hclschema.PropComment, hclschema.PropStatistics, hclschema.PropOptions, hclschema.PropNullName} {
		delete(c.Properties, name)
	}
	for _, name := range hclschema.PrivilegeProperties() {
		delete(c.Properties, name)
	}
	for _, name := range []string{derivedHeld, derivedAnew, derivedSequenceHeld, derivedSequenceAnew} { // each table's own
		delete(c.Derived, name)
	}
	for i, id := range c.DependsOn {
		if id.Kind == hclschema.KindColumn && id.Schema == from.Schema && id.Parent == from.Parent {
			c.DependsOn[i].Schema, c.DependsOn[i].Parent = table.Schema, table.Name
		}
	}
	return c
}
