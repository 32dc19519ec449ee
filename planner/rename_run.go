package planner

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// carryOut writes the renames of a way and has run execute the steps, in as many parts as take other states to start from: what is
// moved needs the schema that it goes to, and goes from a schema by the name that this has got. state is where things stand.
func (m *maker) carryOut(list []drivers.Rename, target *hclschema.State, state func() *hclschema.State, run func([]drivers.Step) error) error {
	rename := func(list []drivers.Rename) error {
		if len(list) == 0 {
			return nil
		}
		steps, err := m.driver.Rename(list, state())
		if err != nil {
			return err
		}
		for i := range steps {
			steps[i].Because = "declared with renamed_from or --rename"
		}
		return run(steps)
	}
	if !slices.ContainsFunc(list, drivers.Rename.Moves) {
		return rename(list)
	}
	schemas := 0
	for schemas < len(list) && list[schemas].To.Kind == hclschema.KindSchema {
		schemas++
	}
	if err := rename(list[:schemas]); err != nil {
		return err
	}
	var steps []drivers.Step
	made := map[string]bool{}
	for _, r := range list[schemas:] {
		id := hclschema.Identity{Kind: hclschema.KindSchema, Name: r.To.Schema}
		schema := target.Get(id)
		if !r.Moves() || made[id.Name] || schema == nil || state().Get(id) != nil {
			continue
		}
		made[id.Name] = true
		more, err := m.driver.Create(drivers.Unit{schema})
		if err != nil {
			return err
		}
		steps = append(steps, more...)
	}
	if len(steps) > 0 {
		if err := run(steps); err != nil {
			return err
		}
	}
	return rename(list[schemas:])
}

// renameText is a rename as it is asked for. schema is how models call the default schema.
func renameText(r drivers.Rename, schema string) string {
	text := r.From.Path() + "=" + r.To.Name
	if r.Moves() {
		text = inSchema(r.From, schema) + "=" + inSchema(r.To, schema)
	}
	if r.From.Kind != hclschema.KindTable && r.From.Kind != hclschema.KindColumn {
		text = r.From.Kind + " " + text
	}
	return text
}

// inSchema is an object's name with that of its schema, the default one's too.
func inSchema(id hclschema.Identity, schema string) string {
	if id.Schema != "" {
		schema = id.Schema
	}
	return hclschema.JoinPath(schema, id.Name)
}

// inverse are the renames of the way back.
func (r *renames) inverse() []drivers.Rename {
	var back []drivers.Rename
	for _, rename := range r.list {
		from, to := rename.To, rename.From
		if rename.To.Parent == "" {
			from.Schema, to.Schema = r.liveSchema(from.Schema), r.liveSchema(to.Schema)
		} else {
			live := r.below(rename.To)
			from.Schema, to.Schema, from.Parent, to.Parent = live.Schema, live.Schema, live.Parent, live.Parent
		}
		back = append(back, drivers.Rename{From: from, To: to})
	}
	return back
}

// markFormer sets on each object of a renamed state the identity that it has in the live database.
func (r *renames) markFormer(state *hclschema.State) {
	r.eachFormer(state, func(o *hclschema.Object, former hclschema.Identity) {
		if former != o.Identity {
			o.Former = former
		}
	})
}

// recallLive gives the objects of a renamed state what is known of them in the live database.
func (r *renames) recallLive(state *hclschema.State) {
	r.eachFormer(state, func(o *hclschema.Object, former hclschema.Identity) {
		if live := r.current.Get(former); live != nil {
			recall(o, live)
		}
	})
}

// eachFormer calls do for each object of a renamed state with the identity that it has in the live database.
func (r *renames) eachFormer(state *hclschema.State, do func(*hclschema.Object, hclschema.Identity)) {
	was := map[hclschema.Identity]hclschema.Identity{}
	for _, rename := range r.lived() {
		was[state.Key(rename.To)] = rename.From
	}
	for _, o := range state.Objects() {
		former, ok := was[state.Key(o.Identity)]
		if ok {
			kept := o.Identity
			kept.Schema, kept.Parent, kept.Name = former.Schema, former.Parent, former.Name
			former = kept
		} else {
			former = r.below(o.Identity)
		}
		if old, ok := r.moved[state.Key(o.Identity)]; ok {
			former = old
		} else if old, ok := r.moved[state.Key(r.driver.Unit(o.Identity))]; ok && o.Identity.Parent != "" {
			former.Schema, former.Parent = old.Schema, old.Name
		}
		do(o, former)
	}
}

// noteMoved notes the units that steps rename although nobody asked for that: they had names that others get.
func (r *renames) noteMoved(steps []drivers.Step) {
	for _, step := range steps {
		if len(step.Drops) != len(step.Makes) {
			continue
		}
		for i, was := range step.Drops {
			if _, asked := r.taken[r.current.Key(was)]; !asked && was.Kind == step.Makes[i].Kind && r.current.Get(was) != nil {
				r.moved[r.current.Key(step.Makes[i])] = was
			}
		}
	}
}
