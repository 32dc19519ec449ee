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
	for i, p := range plan {
		if r.throughView[r.state.Key(p.before.Identity)] {
			plan[i].after = nil
		}
	}
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

// remakePlan lists each object once: views with their triggers, then the other renamed ones, then what is in the way.
func (r *renaming) remakePlan() []remaking {
	var plan []remaking
	seen := map[hclschema.Identity]bool{}
	again := func(o *hclschema.Object, name, parent string) {
		if key := r.state.Key(o.Identity); !seen[key] {
			seen[key] = true
			plan = append(plan, remaking{before: o, after: renamed(o, name, parent)})
		}
	}
	dependents := r.dependents()
	r.findThroughViews(dependents)
	var views []hclschema.Identity
	for _, rename := range r.remade {
		view := r.state.Get(r.inState(rename.From))
		if view == nil {
			r.fail(fmt.Errorf("%s can't be renamed: it is not there", rename.From))
			return nil
		}
		if view.Identity.Kind != hclschema.KindView {
			continue
		}
		views = append(views, r.state.Key(view.Identity))
		again(view, rename.To.Name, "")
		for _, trigger := range r.state.Children(view.Identity.Schema, view.Identity.Name) {
			if trigger.Identity.Kind == hclschema.KindTrigger {
				again(trigger, r.newName(trigger), rename.To.Name)
			}
		}
	}
	for _, rename := range r.remade {
		o := r.state.Get(r.inState(rename.From))
		again(o, rename.To.Name, o.Identity.Parent)
	}
	return append(plan, r.inTheWay(views, dependents, seen)...)
}

// newName is the name that an object gets, or has where it isn't renamed.
func (r *renaming) newName(o *hclschema.Object) string {
	if to, ok := r.remadeAs[r.state.Key(o.Identity)]; ok {
		return to.Name
	}
	return o.Identity.Name
}

// dependents are the views and triggers that name a table or view, or are triggers of it, by its folded identity.
func (r *renaming) dependents() map[hclschema.Identity][]*hclschema.Object {
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
	return dependents
}

// inTheWay are the views and triggers that name a renamed view, directly or through another view, those that name a renamed
// column through a view, and what names these.
func (r *renaming) inTheWay(views []hclschema.Identity, dependents map[hclschema.Identity][]*hclschema.Object, seen map[hclschema.Identity]bool) []remaking {
	var found []remaking
	var follow func(view hclschema.Identity)
	drop := func(o *hclschema.Object) {
		if key := r.state.Key(o.Identity); !seen[key] {
			seen[key] = true
			found = append(found, remaking{before: o})
			follow(key)
		}
	}
	follow = func(view hclschema.Identity) {
		for _, o := range dependents[view] {
			drop(o)
		}
	}
	for _, view := range views {
		follow(view)
	}
	for _, o := range r.state.Objects() {
		if r.throughView[r.state.Key(o.Identity)] {
			drop(o)
		}
	}
	return found
}

// findThroughViews notes the views and triggers that name a renamed column where a view shows it. A view's column is called
// as the column that it shows, and so gets another name as well; SQLite rewrites the view, not what reads it, and then
// refuses the rename. They are planned afterwards as something that is missing.
func (r *renaming) findThroughViews(dependents map[hclschema.Identity][]*hclschema.Object) {
	r.throughView = map[hclschema.Identity]bool{}
	for _, table := range r.columnTables {
		names := map[string]bool{}
		for _, rename := range r.columns[table] {
			names[fold(rename.From.Name)] = true
		}
		first := r.columns[table][0].From
		live := r.inState(first)
		seen := map[hclschema.Identity]bool{}
		var follow func(relation hclschema.Identity, throughView bool)
		follow = func(relation hclschema.Identity, throughView bool) {
			for _, o := range dependents[relation] {
				key := r.state.Key(o.Identity)
				if throughView && namesOneOf(o, names) {
					r.throughView[key] = true
				}
				if !seen[key] && o.Identity.Kind == hclschema.KindView {
					seen[key] = true
					follow(key, true)
				}
			}
		}
		follow(r.state.Key(hclschema.Identity{Kind: hclschema.KindTable, Schema: live.Schema, Name: live.Parent}), false)
	}
}

// namesOneOf says whether a text of a view or trigger has one of the names in it.
func namesOneOf(o *hclschema.Object, names map[string]bool) bool {
	for _, column := range o.Properties.List(hclschema.PropUpdateOf) {
		if names[fold(column.String())] {
			return true
		}
	}
	for _, text := range []string{o.Properties.Text(hclschema.PropWhen), o.Properties.Text(hclschema.PropAs)} {
		tokens, err := lex(text)
		if err != nil {
			return true
		}
		for _, t := range tokens {
			if t.named() && names[fold(t.content())] {
				return true
			}
		}
	}
	return false
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
