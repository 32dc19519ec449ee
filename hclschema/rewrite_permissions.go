package hclschema

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// grantsAlone says that objects of a kind are what permission blocks say, and nothing else.
func grantsAlone(kind string) bool { return kind == KindPermission || kind == KindDefaultPermission }

// findRegranted finds the objects whose permission blocks are written anew: what the state says of their grants isn't what the files
// say, or they share a block with one of which that is so. Where default permissions change that may be any object.
func (r *rewriting) findRegranted() {
	r.regranted, r.granting = map[Identity]bool{}, map[line][]Identity{}
	all := r.care != keepParts
	for _, state := range []*State{r.now, r.state} {
		for _, o := range state.Objects() {
			if !r.sameGrants(o.Identity) {
				r.regranted[state.Key(o.Identity)] = true
				all = all || o.Identity.Kind == KindDefaultPermission
			}
		}
	}
	for _, p := range r.now.permissions {
		at := line{p.place.Filename, p.place.Start.Line}
		r.granting[at] = append(r.granting[at], r.now.Key(p.of))
	}
	if all {
		for _, state := range []*State{r.now, r.state} {
			for _, o := range state.Objects() {
				r.regranted[state.Key(o.Identity)] = true
			}
		}
	}
	for again := true; again; {
		again = false
		for at, targets := range r.granting {
			if !r.regrants(at) {
				continue
			}
			for _, target := range targets {
				again = again || !r.regranted[target]
				r.regranted[target] = true
			}
		}
	}
}

// sameGrants says that an object is on both sides with the same grants.
func (r *rewriting) sameGrants(id Identity) bool {
	now, wanted := r.now.Get(id), r.state.Get(id)
	if now == nil || wanted == nil {
		return false
	}
	for _, name := range []string{PropPrivileges, PropColumnPrivileges, PropSequencePrivileges} {
		if !Equal(now.Properties[name], wanted.Properties[name]) {
			return false
		}
	}
	return true
}

// regrants says that the permission block at a line is written anew.
func (r *rewriting) regrants(at line) bool {
	for _, target := range r.granting[at] {
		if r.regranted[target] {
			return true
		}
	}
	return false
}

// regrant takes a permission block out that is written anew; false for any other block.
func (r *rewriting) regrant(e *editing, b *hclsyntax.Block, at line) bool {
	if !grantsAlone(b.Type) {
		return false
	}
	if r.regrants(at) {
		e.remove(b)
	}
	return true
}

// permitBehind puts the permission blocks of units behind the block that makes them.
func (r *rewriting) permitBehind(e *editing, b *hclsyntax.Block, units []*Object) {
	for _, unit := range units {
		if o := r.state.Get(unit.Identity); o != nil {
			if text := r.permissionsOf(o, func(part *Object) bool { return r.regranted[r.state.Key(part.Identity)] }); text != nil {
				e.append(b, text)
			}
		}
	}
}
