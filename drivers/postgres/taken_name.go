package postgres

import (
	"strconv"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// holder is whatever has a name that nothing else of its space may have: an object, a primary key, the sequence of an identity, a
// partition's index.
type holder struct {
	id   hclschema.Identity
	name string
	// of is what a partition's index belongs to.
	of string
	// rename gives it another name.
	rename func(from, to string) ([]drivers.Step, error)
}

// own says that the name is that of the object itself.
func (h holder) own() bool { return h.name == h.id.Name }

// slot is the space with the name.
func (h holder) slot() string {
	if h.own() {
		return slotOf(h.id)
	}
	return relationSlot(h.id.Schema, h.name)
}

// slotOf is the space with the name of an object that has its name as its own.
func slotOf(id hclschema.Identity) string {
	if slot := (Driver{}).Namespace(id); slot != "" {
		return slot
	}
	return id.String()
}

// relationSlot is the space of what an object brings along under another name.
func relationSlot(schema, name string) string {
	return slotOf(hclschema.Identity{Kind: hclschema.KindIndex, Schema: schema, Name: name})
}

// Names implements drivers.Namer.
func (d Driver) Names(o *hclschema.Object) []string {
	var names []string
	if slot := d.Namespace(o.Identity); slot != "" && !o.Identity.Unnamed {
		names = append(names, slot)
	}
	for _, h := range broughtAlong(o) {
		if h.of == "" { // a partition's indexes get other numbers in another database
			names = append(names, h.slot())
		}
	}
	return names
}

// broughtAlong are the names that an object takes besides its own.
func broughtAlong(o *hclschema.Object) []holder {
	id := o.Identity
	switch id.Kind {
	case hclschema.KindPrimaryKey:
		if constraintName(o) == "" {
			return nil
		}
		return []holder{{id: id, name: constraintName(o), rename: func(from, to string) ([]drivers.Step, error) {
			old, wanted := id, id
			old.Name, wanted.Name = from, to
			return renameTable(drivers.Rename{From: old, To: wanted}, nil)
		}}}
	case hclschema.KindColumn:
		if o.Properties[hclschema.PropIdentity] == nil {
			return nil
		}
		return []holder{{id: id, name: sequenceNameOf(o), rename: func(from, to string) ([]drivers.Step, error) {
			sequence := hclschema.Identity{Kind: hclschema.KindSequence, Schema: id.Schema}
			old, wanted := sequence, sequence
			old.Name, wanted.Name = from, to
			return renameSequence(drivers.Rename{From: old, To: wanted}, nil)
		}}}
	case hclschema.KindRange:
		if o.Derived[derivedMultirange] == "" {
			return nil
		}
		return []holder{{id: id, name: o.Derived[derivedMultirange], rename: func(from, to string) ([]drivers.Step, error) {
			old, wanted := id, id
			old.Name, wanted.Name = from, to
			return renameType(drivers.Rename{From: old, To: wanted}, nil)
		}}}
	case hclschema.KindTable:
		var list []holder
		for _, parent := range attachedTo(o) {
			list = append(list, holder{id: id, name: o.Derived[derivedIndex+parent], of: parent, rename: func(_, to string) ([]drivers.Step, error) {
				return one(renameAttached(o, parent, to))
			}})
		}
		return list
	}
	return nil
}

// holders are all who have a name in a state, by its slot.
func (d Driver) holders(state *hclschema.State) map[string]holder {
	all := map[string]holder{}
	for _, o := range state.Objects() {
		if !o.Identity.Unnamed && o.Identity.Name != "" {
			id := o.Identity
			all[slotOf(id)] = holder{id: id, name: id.Name, rename: func(from, to string) ([]drivers.Step, error) {
				old, wanted := id, id
				old.Name, wanted.Name = from, to
				return d.renameOne(drivers.Rename{From: old, To: wanted}, state)
			}}
		}
		for _, h := range broughtAlong(o) {
			all[h.slot()] = h
		}
	}
	return all
}

// between is a name for what has to give one up before it can have its own, or before it goes. What follows a routine's or an
// operator class' name stays.
func between(id hclschema.Identity, taken map[string]holder) hclschema.Identity {
	bare := clip(id.Bare(), 40) + "_between_"
	for n := 1; ; n++ {
		id = id.Called(bare + strconv.Itoa(n))
		if _, is := taken[slotOf(id)]; !is {
			return id
		}
	}
}

// moveAway gives a name up that something else is to have.
func moveAway(h holder, taken map[string]holder) ([]drivers.Step, error) {
	from := hclschema.Identity{Kind: hclschema.KindIndex, Schema: h.id.Schema, Name: h.name}
	if h.own() {
		from = h.id
	}
	aside := between(from, taken)
	steps, err := h.rename(from.Name, aside.Name)
	taken[slotOf(aside)] = holder{id: aside, name: aside.Name}
	return steps, err
}

// Rename implements drivers.Renderer. What is renamed later and has a name that is wanted before, and what will go and has one,
// gets a name in between.
func (d Driver) Rename(renames []drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
	taken := d.holders(state)
	leaving := map[string]int{}
	for i, r := range renames {
		leaving[slotOf(r.From)] = i
	}
	known := state.NewLike() // has what is in between, too
	for _, o := range state.Objects() {
		known.AddNext(o)
	}
	var steps []drivers.Step
	var list []drivers.Rename
	for _, r := range renames {
		other, is := taken[slotOf(r.To)]
		if _, goes := leaving[slotOf(r.To)]; is && !goes && slotOf(r.From) != slotOf(r.To) {
			if d.HoldsRows(other.id) && other.own() {
				continue // its rows are counted and dropped under its own name; the renamed one is made again after it
			}
			more, err := moveAway(other, taken)
			if err != nil {
				return nil, err
			}
			steps = append(steps, more...)
		}
		list = append(list, r)
	}
	for i, r := range list {
		for later := i + 1; later < len(list); later++ {
			if slotOf(list[later].From) != slotOf(r.To) {
				continue
			}
			from := list[later].From
			aside := between(from, taken)
			if o := state.Get(from); o != nil {
				o = o.Clone()
				o.Identity = aside
				known.AddNext(o)
			}
			more, err := d.renameOne(drivers.Rename{From: from, To: aside}, known)
			if err != nil {
				return nil, err
			}
			steps = append(steps, more...)
			taken[slotOf(aside)] = holder{id: aside, name: aside.Name}
			list[later].From = aside
		}
		more, err := d.renameOne(r, known)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	return steps, nil
}
