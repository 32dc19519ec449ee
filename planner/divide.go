package planner

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// divided are the steps of the nodes in their order. Where they lock more objects than the engine has room for, steps between
// them end the transaction: never while a unit that stays is half changed.
func (w *scriptWriter) divided(nodes []node, order []int) []drivers.Step {
	divider, divides := w.driver.(drivers.Divider)
	divides = divides && !w.whole
	last := make(map[*unitWork]int, len(w.order))
	for at, i := range order {
		last[nodes[i].work] = at
	}
	var steps []drivers.Step
	locked, until := map[hclschema.Identity]bool{}, -1
	locks := 0
	for at, i := range order {
		work := nodes[i].work
		if divides && !locked[work.key] {
			more := divider.Locks(work.largest())
			if locks > 0 && locks+more > divider.Room() && until < at {
				steps = append(steps, divider.Divide())
				clear(locked)
				locks = 0
			}
			locked[work.key] = true
			locks += more
		}
		if work.before != nil && work.after != nil {
			until = max(until, last[work])
		}
		for _, step := range nodes[i].steps {
			step.Unit = work.key
			steps = append(steps, step)
		}
	}
	return steps
}

// largest is the unit at the end of the way that has more to it.
func (work *unitWork) largest() drivers.Unit {
	if len(work.before) > len(work.after) {
		return work.before
	}
	return work.after
}
