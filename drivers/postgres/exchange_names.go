package postgres

import (
	"slices"
	"sort"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// attachedTo are the indexes of its table that a partition has its own of, in order.
func attachedTo(table *hclschema.Object) []string {
	var parents []string
	for name := range table.Derived {
		if parent, ok := strings.CutPrefix(name, derivedIndex); ok {
			parents = append(parents, parent)
		}
	}
	sort.Strings(parents)
	return parents
}

// naming is a change of nothing but a name, of a part or of what an object brings along.
type naming struct {
	holder
	to string
}

// wanted is the space with the new name.
func (n naming) wanted() string { return relationSlot(n.id.Schema, n.to) }

// Exchange implements drivers.Exchanger. Keys, constraints, indexes and sequences of tables that have changed names have each other's
// names; what is free to be renamed is left to the change of its table.
func (d Driver) Exchange(from, to *hclschema.State) ([]drivers.Step, error) {
	taken := d.holders(from)
	moving, wanted := map[string]bool{}, map[string]bool{}
	list := namings(from, to)
	for _, n := range list {
		moving[n.slot()], wanted[n.wanted()] = true, true
	}
	entangled := slices.DeleteFunc(list, func(n naming) bool { return !moving[n.wanted()] && !wanted[n.slot()] })
	// Those of partitions first: they are found by the names of their tables' indexes.
	of := func(n naming) bool { return n.of != "" }
	var steps []drivers.Step
	for _, part := range [][]naming{slices.DeleteFunc(slices.Clone(entangled), func(n naming) bool { return !of(n) }), slices.DeleteFunc(entangled, of)} {
		more, err := exchange(part, taken)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	return steps, nil
}

// exchange carries changes of names out. Where none of the new names is free, one that is wanted is given up; what is left waits
// for something that goes with the change of its table.
func exchange(list []naming, taken map[string]holder) ([]drivers.Step, error) {
	var steps []drivers.Step
	for len(list) > 0 {
		next := slices.IndexFunc(list, func(n naming) bool { _, is := taken[n.wanted()]; return !is })
		done, to := next >= 0, ""
		if done {
			to = list[next].to
		} else {
			wanted := map[string]bool{}
			for _, n := range list {
				wanted[n.wanted()] = true
			}
			if next = slices.IndexFunc(list, func(n naming) bool { return wanted[n.slot()] }); next < 0 {
				break
			}
			to = between(hclschema.Identity{Kind: hclschema.KindIndex, Schema: list[next].id.Schema, Name: list[next].name}, taken).Name
		}
		n := &list[next]
		more, err := n.rename(n.name, to)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
		delete(taken, n.slot())
		taken[relationSlot(n.id.Schema, to)] = holder{id: n.id, name: to}
		n.name = to
		if done {
			list = slices.Delete(list, next, next+1)
		}
	}
	return steps, nil
}

// namings are the parts of tables in two states that differ in their names alone, in the order of the target.
func namings(from, to *hclschema.State) []naming {
	var list []naming
	used := map[hclschema.Identity]bool{}
	add := func(old holder, name string) {
		if old.name != name {
			list = append(list, naming{old, name})
		}
	}
	leaving := map[hclschema.Identity][]*hclschema.Object{}
	for _, o := range from.Objects() {
		if to.Get(o.Identity) == nil {
			table := Driver{}.Unit(o.Identity)
			leaving[table] = append(leaving[table], o)
		}
	}
	renamed := map[[2]string]string{}
	for _, is := range to.Objects() {
		was := from.Get(is.Identity)
		switch {
		case was == nil && (is.Identity.Kind == hclschema.KindIndex || is.Identity.Kind == hclschema.KindUnique || is.Identity.Kind == hclschema.KindExclude):
			for _, o := range leaving[Driver{}.Unit(is.Identity)] {
				if o.Identity.Kind == is.Identity.Kind && !used[o.Identity] && len(o.Properties.Changed(is.Properties)) == 0 {
					used[o.Identity] = true
					renamed[[2]string{o.Identity.Schema, o.Identity.Name}] = is.Identity.Name
					add(ownName(o), is.Identity.Name)
					break
				}
			}
		case was != nil && is.Identity.Kind != hclschema.KindTable:
			old, now := broughtAlong(was), broughtAlong(is)
			if len(old) == 1 && len(now) == 1 {
				renamed[[2]string{was.Identity.Schema, old[0].name}] = now[0].name
				add(old[0], now[0].name)
			}
		}
	}
	for _, is := range to.Objects() {
		was := from.Get(is.Identity)
		if is.Identity.Kind != hclschema.KindTable || was == nil {
			continue
		}
		for _, h := range broughtAlong(was) {
			parent := h.of
			if name, ok := renamed[[2]string{tableIdentity(is.Properties.Text(hclschema.PropPartitionOf)).Schema, parent}]; ok {
				parent = name
			}
			if to, there := is.Derived[derivedIndex+parent]; there && !hclschema.Equal(record(was, hclschema.PropIndexNames)[h.of], record(is, hclschema.PropIndexNames)[parent]) {
				add(h, to)
			}
		}
	}
	return list
}

// ownName is an index or a constraint under its own name.
func ownName(o *hclschema.Object) holder {
	return holder{id: o.Identity, name: o.Identity.Name, rename: func(from, to string) ([]drivers.Step, error) {
		old, wanted := o.Identity, o.Identity
		old.Name, wanted.Name = from, to
		return renameTable(drivers.Rename{From: old, To: wanted}, nil)
	}}
}
