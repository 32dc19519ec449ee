package sqlite

import (
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// remake drops what can't be renamed and makes it again under its new name.
//
// A view takes its triggers with it, so they are made again too. What else names a renamed view would be broken, and SQLite
// renames no table while a view or trigger is broken: so it is dropped, and planned afterwards as something that is missing.
func (r *renaming) remake() {
	plan := r.remakePlan()
	for i := len(plan) - 1; i >= 0; i-- {
		r.dropRemade(plan[i])
	}
	for _, p := range plan {
		r.makeAgain(p)
	}
}

// remaking is an object to be dropped and, unless it is only in the way, made again as after.
type remaking struct {
	before, after *hclschema.Object
}

// remakePlan lists each object once: first those that are renamed, views before their triggers, then what is in the way.
func (r *renaming) remakePlan() []remaking {
	var plan []remaking
	seen := map[hclschema.Identity]bool{}
	for _, rename := range r.remade {
		if r.state.Get(r.inState(rename.From)) == nil {
			r.fail(fmt.Errorf("%s can't be renamed: it is not there", rename.From))
			return nil
		}
	}
	views := map[hclschema.Identity]bool{}
	for _, rename := range r.remade {
		before := r.state.Get(r.inState(rename.From))
		if before.Identity.Kind != hclschema.KindView {
			continue
		}
		views[r.state.Key(before.Identity)] = true
		seen[r.state.Key(before.Identity)] = true
		plan = append(plan, remaking{before: before, after: renamed(before, rename.To.Name, before.Identity.Parent)})
		for _, trigger := range r.state.Children(before.Identity.Schema, before.Identity.Name) {
			key := r.state.Key(trigger.Identity)
			if trigger.Identity.Kind != hclschema.KindTrigger || seen[key] {
				continue
			}
			seen[key] = true
			name := trigger.Identity.Name
			if to, ok := r.remadeAs[key]; ok {
				name = to.Name
			}
			plan = append(plan, remaking{before: trigger, after: renamed(trigger, name, rename.To.Name)})
		}
	}
	for _, rename := range r.remade {
		before := r.state.Get(r.inState(rename.From))
		if key := r.state.Key(before.Identity); !seen[key] {
			seen[key] = true
			plan = append(plan, remaking{before: before, after: renamed(before, rename.To.Name, before.Identity.Parent)})
		}
	}
	return append(plan, r.inTheWay(views, seen)...)
}

// inTheWay are the views and triggers that name a renamed view, directly or through another view.
func (r *renaming) inTheWay(views, seen map[hclschema.Identity]bool) []remaking {
	if len(views) == 0 {
		return nil
	}
	dependents := map[hclschema.Identity][]*hclschema.Object{}
	for _, o := range r.state.Objects() {
		if o.Identity.Kind != hclschema.KindView && o.Identity.Kind != hclschema.KindTrigger {
			continue
		}
		for _, id := range o.DependsOn {
			dependents[r.state.Key(id)] = append(dependents[r.state.Key(id)], o)
		}
		if o.Identity.Kind == hclschema.KindTrigger {
			view := r.state.Key(hclschema.Identity{Kind: hclschema.KindView, Schema: o.Identity.Schema, Name: o.Identity.Parent})
			dependents[view] = append(dependents[view], o)
		}
	}
	var found []remaking
	var follow func(view hclschema.Identity)
	follow = func(view hclschema.Identity) {
		for _, o := range dependents[view] {
			if key := r.state.Key(o.Identity); !seen[key] {
				seen[key] = true
				found = append(found, remaking{before: o})
				follow(key)
			}
		}
	}
	for _, rename := range r.remade {
		if key := r.state.Key(r.inState(rename.From)); views[key] {
			follow(key)
		}
	}
	return found
}

func (r *renaming) dropRemade(p remaking) {
	if p.before.Identity.Kind == hclschema.KindIndex {
		r.add(dropIndex(p.before))
		return
	}
	steps, err := Driver{}.Drop(drivers.Unit{p.before})
	for _, step := range steps {
		r.add(step, nil)
	}
	r.fail(err)
}

func (r *renaming) makeAgain(p remaking) {
	switch {
	case p.after == nil:
	case p.after.Identity.Kind == hclschema.KindIndex:
		if err := checkRendered(p.after); err != nil {
			r.fail(err)
			return
		}
		r.add(createIndex(p.after))
	default:
		steps, err := Driver{}.Create(drivers.Unit{p.after})
		for _, step := range steps {
			r.add(step, nil)
		}
		r.fail(err)
	}
}

func (r *renaming) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// renamed is a copy of the object with another name and parent.
func renamed(o *hclschema.Object, name, parent string) *hclschema.Object {
	c := o.Clone()
	c.Identity.Name, c.Identity.Parent = name, parent
	return c
}
