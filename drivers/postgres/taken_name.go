package postgres

import (
	"slices"
	"strconv"
	"strings"

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

// slot is the first of the spaces with the name.
func (h holder) slot() string { return h.slots()[0] }

// slots are the spaces with the name.
func (h holder) slots() []string { return slotsOf(h.named()) }

// named is an identity with the name, of the sort that it is a name of: an index also stands for a key's and for a sequence.
func (h holder) named() hclschema.Identity {
	switch {
	case h.own():
		return h.id
	case h.id.Kind == hclschema.KindRange: // its multirange
		return h.id.Called(h.name)
	}
	return hclschema.Identity{Kind: hclschema.KindIndex, Schema: h.id.Schema, Name: h.name}
}

// slotsOf are the spaces with the name of an object that has its name as its own.
func slotsOf(id hclschema.Identity) []string {
	if slots := (Driver{}).Namespaces(id); slots != nil {
		return slots
	}
	return []string{id.String()}
}

// sameSlot says that two objects want the same name of a space.
func sameSlot(a, b hclschema.Identity) bool {
	return slices.ContainsFunc(slotsOf(a), func(slot string) bool { return slices.Contains(slotsOf(b), slot) })
}

// take notes who has a name.
func take(taken map[string]holder, h holder) {
	for _, slot := range h.slots() {
		taken[slot] = h
	}
}

// giveUp notes that an object no longer has its name.
func giveUp(taken map[string]holder, id hclschema.Identity) {
	for _, slot := range slotsOf(id) {
		delete(taken, slot)
	}
}

// isTaken says that somebody has the name of an object.
func isTaken(taken map[string]holder, id hclschema.Identity) bool {
	return slices.ContainsFunc(slotsOf(id), func(slot string) bool {
		_, is := taken[slot]
		return is
	})
}

// relationSlot is the space of what an object brings along under another name.
func relationSlot(schema, name string) string {
	return slotsOf(hclschema.Identity{Kind: hclschema.KindIndex, Schema: schema, Name: name})[0]
}

// Names implements drivers.Namer.
func (d Driver) Names(o *hclschema.Object) []string {
	var names []string
	if !o.Identity.Unnamed {
		names = append(names, d.Namespaces(o.Identity)...)
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
			take(all, holder{id: id, name: id.Name, rename: func(from, to string) ([]drivers.Step, error) {
				old, wanted := id, id
				old.Name, wanted.Name = from, to
				return d.renameOne(drivers.Rename{From: old, To: wanted}, state)
			}})
		}
		for _, h := range broughtAlong(o) {
			take(all, h)
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
		if !isTaken(taken, id) {
			return id
		}
	}
}

// moveAway gives a name up that something else is to have.
func moveAway(h holder, taken map[string]holder) ([]drivers.Step, error) {
	from := h.named()
	aside := between(from, taken)
	steps, err := h.rename(from.Name, aside.Name)
	take(taken, holder{id: aside, name: aside.Name})
	return steps, err
}

// inTheWay is who has the new name of a rename and isn't renamed itself.
func inTheWay(r drivers.Rename, taken map[string]holder, leaving map[string]bool) (holder, bool) {
	for _, slot := range slotsOf(r.To) {
		other, is := taken[slot]
		if is && !leaving[slot] && !slices.Contains(slotsOf(r.From), slot) {
			return other, true
		}
	}
	return holder{}, false
}

// Rename implements drivers.Renderer. What is renamed later and has a name that is wanted before, and what will go and has one,
// gets a name in between.
func (d Driver) Rename(renames []drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
	r := renaming{driver: d, state: state, taken: d.holders(state), known: state.NewLike(), was: map[hclschema.Identity]hclschema.Identity{}}
	leaving := map[string]bool{}
	for _, rename := range renames {
		for _, slot := range slotsOf(rename.From) {
			leaving[slot] = true
		}
	}
	for _, o := range state.Objects() {
		r.known.AddNext(o)
	}
	for _, rename := range ownedLast(renames, state) {
		if other, is := inTheWay(rename, r.taken, leaving); is {
			if d.HoldsRows(other.id) && other.own() {
				continue // its rows are counted and dropped under its own name; the renamed one is made again after it
			}
			more, err := moveAway(other, r.taken)
			if err != nil {
				return nil, err
			}
			r.steps = append(r.steps, more...)
		}
		r.list = append(r.list, rename)
	}
	for i := range r.list {
		for later := i + 1; later < len(r.list); later++ {
			if sameSlot(r.list[later].From, r.list[i].To) {
				if err := r.aside(later); err != nil {
					return nil, err
				}
			}
		}
		if err := r.carryOut(i); err != nil {
			return nil, err
		}
	}
	return r.steps, r.giveBack()
}

// renaming is a list of renames on its way.
type renaming struct {
	driver Driver
	// state is what there is before; known has what is in between, too.
	state, known *hclschema.State
	taken        map[string]holder
	// was holds what objects were called before by what they are called now.
	was   map[hclschema.Identity]hclschema.Identity
	list  []drivers.Rename
	steps []drivers.Step
	// cleared are names that were given up on the way.
	cleared []naming
}

// tellAlong tells in the step of a rename which units get other names with it, since they are called after what is renamed.
func (r *renaming) tellAlong(rename drivers.Rename, steps []drivers.Step) {
	if r.driver.Unit(rename.To) != rename.To || len(steps) == 0 {
		return
	}
	state := r.known.NewLike()
	units := map[hclschema.Identity]bool{}
	for _, o := range r.known.Objects() {
		to := calledAfter(o.Identity, rename)
		if to == o.Identity {
			state.AddNext(o)
			continue
		}
		if unit := r.driver.Unit(o.Identity); unit != rename.From && unit != rename.To && !units[unit] && unit == o.Identity {
			units[unit] = true
			steps[0].Drops, steps[0].Makes = append(steps[0].Drops, unit), append(steps[0].Makes, to)
		}
		o = o.Clone()
		o.Identity = to
		state.AddNext(o)
	}
	r.known = state
}

// calledAfter is what an object is called once something else is renamed: what lies in a schema, what belongs to a table, the user
// mappings of a server.
func calledAfter(id hclschema.Identity, rename drivers.Rename) hclschema.Identity {
	from, to := rename.From, rename.To
	isRelation := strings.HasPrefix(slotsOf(from)[0], "relation ")
	switch {
	case id == from || id == to:
	case from.Kind == hclschema.KindSchema && id.Schema == from.Name:
		id.Schema = to.Name
	case from.Kind == hclschema.KindServer && id.Kind == hclschema.KindUserMapping:
		if role, ok := strings.CutSuffix(id.Name, " on "+from.Name); ok {
			id.Name = hclschema.UserMappingName(role, to.Name)
		}
	case isRelation && id.Parent == from.Name && id.Schema == from.Schema:
		id.Schema, id.Parent = to.Schema, to.Name
	}
	return id
}

// aside gives what is renamed later a name in between.
func (r *renaming) aside(later int) error {
	from := r.list[later].From
	aside := between(from, r.taken)
	r.list[later].From = aside
	return r.one(drivers.Rename{From: from, To: aside})
}

// one writes a single change of name, or a single move.
func (r *renaming) one(rename drivers.Rename) error {
	if o := r.known.Get(rename.From); o != nil {
		o = o.Clone()
		o.Identity = rename.To
		r.known.AddNext(o)
	}
	steps, err := r.driver.renameOne(rename, r.known)
	if err != nil {
		return err
	}
	r.tellAlong(rename, steps)
	r.steps = append(r.steps, steps...)
	giveUp(r.taken, rename.From)
	take(r.taken, holder{id: rename.To, name: rename.To.Name})
	was := r.origin(rename.From)
	delete(r.was, rename.From)
	r.was[rename.To] = was
	return nil
}
