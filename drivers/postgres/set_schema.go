package postgres

import (
	"maps"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// setSchema moves an object to another schema under the name that it has. All that refers to it follows by itself, texts of functions
// aside, and so do a table's indexes, constraints, triggers and the sequences of its columns.
func setSchema(rename drivers.Rename) ([]drivers.Step, error) {
	w := newWriter()
	statement := "ALTER " + sqlWords(rename.From.Kind) + " " + w.called(rename.From) + " SET SCHEMA "
	if schema := rename.To.Schema; schema != "" {
		w.Line(statement, w.Name(schema))
		return one(w.step("move "+rename.From.String()+" to schema "+schema, accessExclusive))
	}
	if err := w.execute("move", w.Literal(strings.ReplaceAll(statement, "%", "%%")+"%I")+", current_schema()"); err != nil {
		return nil, err
	}
	return one(w.step("move "+rename.From.String()+" to the default schema", accessExclusive))
}

// ownedLast are the renames with the sequences of columns behind the others: they go to another schema with their tables and no
// other way.
func ownedLast(renames []drivers.Rename, state *hclschema.State) []drivers.Rename {
	owned := func(r drivers.Rename) bool {
		o := state.Get(r.From)
		return r.From.Kind == hclschema.KindSequence && o != nil && owningColumn(state, o) != nil
	}
	last := slices.DeleteFunc(slices.Clone(renames), func(r drivers.Rename) bool { return !owned(r) })
	return append(slices.DeleteFunc(slices.Clone(renames), owned), last...)
}

// carryOut renames an object, or moves it, or does both, over whatever name is free in between.
func (r *renaming) carryOut(i int) error {
	rename := r.list[i]
	if typed := r.typed(rename); typed != rename.From { // its types have their new names by now
		defer func(was hclschema.Identity, done int) {
			for s := done; s < len(r.steps); s++ {
				if at := slices.Index(r.steps[s].Drops, typed); at >= 0 {
					r.steps[s].Drops[at] = was
				}
			}
		}(rename.From, len(r.steps))
		if o := r.known.Get(rename.From); o != nil {
			o = o.Clone()
			o.Identity = typed
			r.known.AddNext(o)
		}
		giveUp(r.taken, rename.From)
		take(r.taken, holder{id: typed, name: typed.Name})
		r.was[typed] = r.origin(rename.From)
		rename.From = typed
	}
	if !rename.Moves() {
		if rename.From == rename.To { // it went with its table
			return nil
		}
		if rename.From.Retyped(rename.To) { // it went with its types
			if last := len(r.steps) - 1; last >= 0 {
				r.steps[last].Drops = append(r.steps[last].Drops, rename.From)
				r.steps[last].Makes = append(r.steps[last].Makes, rename.To)
			}
			return nil
		}
		return r.one(rename)
	}
	along, err := r.clear(rename)
	if err != nil {
		return err
	}
	from, to := rename.From, rename.To
	if from.Name != to.Name {
		here, there := from, to // under the new name in the old schema, or under the old name in the new one
		here.Name, there.Name = to.Name, from.Name
		if r.isTaken(here) && r.isTaken(there) {
			here = r.betweenBoth(from, to.Schema)
		}
		if !r.isTaken(here) {
			if err := r.one(drivers.Rename{From: from, To: here}); err != nil {
				return err
			}
			from = here
		}
	}
	moved := from
	moved.Schema = to.Schema
	if err := r.one(drivers.Rename{From: from, To: moved}); err != nil {
		return err
	}
	r.takeAlong(along, to.Schema)
	if moved == to {
		return nil
	}
	return r.one(drivers.Rename{From: moved, To: to})
}

// typed is a routine by its old name with the types of the new one, where it is renamed or moved while types that it is called after are
// renamed.
func (r *renaming) typed(rename drivers.Rename) hclschema.Identity {
	from, to := rename.From, rename.To
	if !strings.HasSuffix(to.Name, ")") || from.Retyped(to) {
		return from
	}
	typed := to.Called(from.Bare())
	typed.Schema = from.Schema
	return typed
}

func (r *renaming) isTaken(id hclschema.Identity) bool {
	return isTaken(r.taken, id)
}

// betweenBoth is a name in between that is free in another schema, too.
func (r *renaming) betweenBoth(id hclschema.Identity, schema string) hclschema.Identity {
	taken := maps.Clone(r.taken)
	for {
		aside := between(id, taken)
		other := aside
		other.Schema = schema
		if !r.isTaken(other) {
			return aside
		}
		take(taken, holder{id: aside, name: aside.Name})
	}
}

// belongings are what goes with a table to another schema and has a name there: keys, indexes, the sequences of its columns.
func (r *renaming) belongings(table hclschema.Identity) []holder {
	table = r.origin(table)
	var list []holder
	for _, o := range r.state.Objects() {
		id := o.Identity
		switch {
		case id.Kind == hclschema.KindSequence:
			if column := owningColumn(r.state, o); column != nil && r.driver.Unit(column.Identity) == table {
				for now, was := range r.was {
					if was == id {
						id = now
					}
				}
				list = append(list, holder{id: id, name: id.Name})
			}
		case r.driver.Unit(id) == table:
			list = append(list, broughtAlong(o)...)
			if id != table && r.driver.Namespaces(id) != nil && !id.Unnamed {
				list = append(list, holder{id: id, name: id.Name})
			}
		}
	}
	return list
}

// origin is what an object was called before.
func (r *renaming) origin(id hclschema.Identity) hclschema.Identity {
	if was, ok := r.was[id]; ok {
		return was
	}
	return id
}

// clear gives what goes with a table to another schema a name in between, where something there has its name. It gets its own back
// as soon as that is free: at the end, by a rename of its own or with the change of its table.
func (r *renaming) clear(rename drivers.Rename) ([]holder, error) {
	along := r.belongings(rename.From)
	for i, h := range along {
		index := hclschema.Identity{Kind: hclschema.KindIndex, Schema: rename.To.Schema, Name: h.name}
		if !r.isTaken(index) {
			continue
		}
		index.Schema = rename.From.Schema
		aside := r.betweenBoth(index, rename.To.Schema)
		if h.id.Kind == hclschema.KindSequence {
			to := h.id
			to.Name = aside.Name
			for later := range r.list {
				if r.list[later].From == h.id {
					r.list[later].From = to
				}
			}
			if err := r.one(drivers.Rename{From: h.id, To: to}); err != nil {
				return nil, err
			}
			along[i] = holder{id: to, name: to.Name}
			continue
		}
		change := renameTable // an index that a constraint has takes that along
		if h.id.Kind == hclschema.KindColumn {
			change = renameSequence
			index.Kind, aside.Kind = hclschema.KindSequence, hclschema.KindSequence
		}
		steps, err := change(drivers.Rename{From: index, To: aside}, nil)
		if h.of != "" {
			steps, err = h.rename(h.name, aside.Name)
		}
		if err != nil {
			return nil, err
		}
		r.steps = append(r.steps, steps...)
		giveUp(r.taken, index)
		along[i].name = aside.Name
		if h.of == "" {
			index.Schema, aside.Schema = rename.To.Schema, rename.To.Schema
			r.cleared = append(r.cleared, naming{holder{id: aside, name: aside.Name, rename: func(_, _ string) ([]drivers.Step, error) {
				return change(drivers.Rename{From: aside, To: index}, nil)
			}}, index.Name})
		}
	}
	return along, nil
}

// giveBack gives what was cleared its names again that have got free meanwhile.
func (r *renaming) giveBack() error {
	for _, n := range r.cleared {
		if _, is := r.taken[n.wanted()]; is {
			continue
		}
		steps, err := n.rename(n.name, n.to)
		if err != nil {
			return err
		}
		r.steps = append(r.steps, steps...)
	}
	return nil
}

// takeAlong notes what the last step moved to another schema besides the object itself.
func (r *renaming) takeAlong(along []holder, schema string) {
	step := &r.steps[len(r.steps)-1]
	for _, h := range along {
		delete(r.taken, relationSlot(h.id.Schema, h.name))
		r.taken[relationSlot(schema, h.name)] = h
		if h.id.Kind != hclschema.KindSequence {
			continue
		}
		to := h.id
		to.Schema = schema
		step.Drops, step.Makes = append(step.Drops, h.id), append(step.Makes, to)
		r.was[to] = r.origin(h.id)
		for later := range r.list {
			if r.list[later].From == h.id {
				r.list[later].From = to
			}
		}
	}
}
