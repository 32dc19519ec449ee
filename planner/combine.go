package planner

import (
	"fmt"

	"github.com/duo-orm/duo-orm/hclschema"
)

// combined is a state with the changes that led from start to end. What was changed otherwise meanwhile is an error.
func combined(start, end, theirs *hclschema.State) (*hclschema.State, error) {
	both := func(o *hclschema.Object) error { return fmt.Errorf("both change %s", o.Identity) }
	state := theirs.NewLike()
	for _, o := range theirs.Objects() {
		was, is := start.Get(o.Identity), end.Get(o.Identity)
		switch {
		case was == nil && is == nil, was != nil && is != nil && same(was, is), was == nil && same(is, o):
			state.AddNext(o.Clone())
		case was == nil, !same(was, o) && (is == nil || !same(is, o)):
			return nil, both(o)
		case is != nil:
			state.AddNext(is.Clone())
		}
	}
	for _, o := range end.Objects() {
		was := start.Get(o.Identity)
		switch {
		case theirs.Get(o.Identity) != nil:
		case was == nil:
			state.AddNext(o.Clone())
		case !same(was, o):
			return nil, both(o)
		}
	}
	return state, orphan(state)
}

// orphan is an error for a part of something that the other side took away.
func orphan(state *hclschema.State) error {
	tops := map[hclschema.Identity]bool{}
	for _, o := range state.Objects() {
		if o.Identity.Parent == "" {
			tops[parentName(state, o.Identity.Schema, o.Identity.Name)] = true
		}
	}
	for _, o := range state.Objects() {
		if parent := o.Identity.Parent; parent != "" && !tops[parentName(state, o.Identity.Schema, parent)] {
			return fmt.Errorf("%s is gone, and %s belongs to it", parent, o.Identity)
		}
	}
	return nil
}

func same(a, b *hclschema.Object) bool { return len(a.Properties.Changed(b.Properties)) == 0 }
