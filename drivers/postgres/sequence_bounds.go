package postgres

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// renumber leads from one set of options of a sequence to another.
func renumber(o *hclschema.Object, from, to numbers) ([]drivers.Step, error) {
	var steps []drivers.Step
	alter := func(from, to numbers) error {
		w := newWriter()
		w.Line("ALTER ", sequenceName(o)(w))
		for _, clause := range to.clauses(from) {
			w.Line("  ", clause)
		}
		step, err := w.step("alter "+o.Identity.String(), shareRowExcl)
		steps = append(steps, step)
		return err
	}
	if !from.narrowed(to) {
		err := alter(from, to)
		return steps, err
	}
	wide := from
	if to.start < from.low || to.start > from.high {
		wide = from.widened(to)
		if err := alter(from, wide); err != nil {
			return nil, err
		}
	}
	w := newWriter()
	w.Line("SELECT setval(", w.Literal(w.object(o.Identity)), fmt.Sprintf(", %d, false)", to.start))
	w.Line("FROM ", w.object(o.Identity))
	w.Line("WHERE ", from.strays(to))
	step, err := w.step("have "+o.Identity.String()+" begin within its new bounds", "")
	if err != nil {
		return nil, err
	}
	step.Because = "PostgreSQL wants the counter within the bounds; no number comes twice: this one was never used, or goes forward"
	steps = append(steps, step)
	err = alter(wide, to)
	return steps, err
}

// narrowed says that a counter can stand outside new bounds.
func (n numbers) narrowed(to numbers) bool { return to.low > n.low || to.high < n.high }

// widened are options with bounds that hold both the old and the new.
func (n numbers) widened(to numbers) numbers {
	wide := n
	if largestOf(to.typeText) > largestOf(n.typeText) {
		wide.typeText = to.typeText
	}
	wide.low, wide.high = min(n.low, to.low), max(n.high, to.high)
	return wide
}

// strays is the condition under which a counter is outside new bounds and can be set within without giving a number twice: it was
// never used, or the bounds lie ahead of it.
func (n numbers) strays(to numbers) string {
	ahead, behind := fmt.Sprintf("last_value < %d", to.low), fmt.Sprintf("last_value > %d", to.high)
	if n.increment < 0 {
		ahead, behind = behind, ahead
	}
	behind += " AND NOT is_called"
	if to.increment < 0 != (n.increment < 0) {
		ahead += " AND NOT is_called"
	}
	var conditions []string
	for _, condition := range []string{ahead, behind} {
		if strings.Contains(condition, "<") && to.low > n.low || strings.Contains(condition, ">") && to.high < n.high {
			conditions = append(conditions, condition)
		}
	}
	return strings.Join(conditions, " OR ")
}

// outOfBounds warns of a counter that has been used and that new bounds leave behind, which the engine refuses.
func outOfBounds(o *hclschema.Object, from, to numbers) []drivers.Hazard {
	if !from.narrowed(to) {
		return nil
	}
	w := newWriter()
	w.Line("SELECT count(*)")
	live := o.Live()
	w.Line("FROM ", w.object(live))
	w.Line(fmt.Sprintf("WHERE last_value NOT BETWEEN %d AND %d AND NOT (%s)", to.low, to.high, from.strays(to)))
	count, err := w.SQL()
	if err != nil {
		return nil
	}
	return []drivers.Hazard{{
		Kind: drivers.Violates, Object: o.Identity, Text: "gets bounds that its counter must lie within", CountSQL: count, Rows: -1, Total: -1,
		WaysOut: []string{"Leave the bounds wide enough for the counter.", "Set the counter with setval first, where nothing uses its numbers."},
	}}
}
