package planner

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// scope is the part of two states that a plan is made in: the units that differ, what depends on them, and what all of
// these need. Cost follows the change, since nothing else is ever made on scratch.
type scope struct {
	linker drivers.Linker
	// touched are the units that differ, by folded identity; whole are those of which all parts matter, these and what they share
	// parts with; members are all units of the scope.
	touched, whole, members map[hclschema.Identity]bool
	graphs                  []graph
}

// newScope closes over the units that differ in both states.
func newScope(linker drivers.Linker, touched map[hclschema.Identity]bool, graphs ...graph) scope {
	s := scope{linker: linker, touched: touched, whole: map[hclschema.Identity]bool{}, members: map[hclschema.Identity]bool{}, graphs: graphs}
	var queue []hclschema.Identity
	enter := func(key hclschema.Identity) {
		if !s.members[key] {
			s.members[key] = true
			queue = append(queue, key)
		}
	}
	spread := map[hclschema.Identity]bool{}
	var depend func(key hclschema.Identity)
	depend = func(key hclschema.Identity) {
		if spread[key] {
			return
		}
		spread[key] = true
		for _, g := range graphs {
			for _, n := range g.dependents[key] {
				if n.mentioned {
					continue
				}
				enter(n.unit)
				if !n.detachable {
					depend(n.unit)
				}
				for _, units := range n.beside {
					for _, unit := range units {
						enter(unit)
					}
				}
			}
		}
	}
	for key := range touched {
		enter(key)
		depend(key)
	}
	for key := range touched {
		s.share(key, graphs)
	}
	s.reach(queue)
	return s
}

// reach adds what the members in the queue need.
func (s scope) reach(queue []hclschema.Identity) {
	for len(queue) > 0 {
		key := queue[0]
		queue = queue[1:]
		for _, g := range s.graphs {
			for _, n := range g.needs[key] {
				if (!n.detachable || s.whole[key]) && !s.members[n.unit] {
					s.members[n.unit] = true
					queue = append(queue, n.unit)
				}
			}
		}
	}
}

// add takes further units into the scope, with what they need, and says whether any wasn't in it.
func (s scope) add(keys []hclschema.Identity) bool {
	var queue []hclschema.Identity
	for _, key := range keys {
		if !s.members[key] {
			s.members[key] = true
			queue = append(queue, key)
		}
	}
	s.reach(queue)
	return len(queue) > 0
}

// complete takes in all parts of units that were thought to stay as they are, and says whether parts of any were left out: a plan
// that touches them has to know them whole.
func (s scope) complete(touched map[hclschema.Identity]bool) bool {
	var queue []hclschema.Identity
	for key := range touched {
		if !s.members[key] || s.whole[key] {
			continue
		}
		s.whole[key] = true
		for _, g := range s.graphs {
			if slices.ContainsFunc(g.needs[key], func(n need) bool { return n.detachable && !s.members[n.unit] }) {
				queue = append(queue, key)
				break
			}
		}
	}
	s.reach(queue)
	return len(queue) > 0
}

// share marks a unit and those with which it shares parts.
func (s scope) share(key hclschema.Identity, graphs []graph) {
	if s.whole[key] {
		return
	}
	s.whole[key] = true
	for _, g := range graphs {
		for _, n := range g.needs[key] {
			if n.shared {
				s.share(n.unit, graphs)
			}
		}
	}
}

// cut is the scope's part of a state. Units that don't change lose the detachable parts whose targets lie outside.
func (s scope) cut(state *hclschema.State) *hclschema.State {
	return state.Without(func(o *hclschema.Object) bool {
		unit := state.Key(s.linker.Unit(o.Identity))
		if !s.members[unit] {
			return true
		}
		if o.Detachable && !s.whole[unit] {
			for _, id := range o.DependsOn {
				if !s.members[state.Key(s.linker.Unit(id))] {
					return true
				}
			}
		}
		return false
	})
}
