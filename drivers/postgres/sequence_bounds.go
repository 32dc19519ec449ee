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
	step, err := beginWithin(o.Identity, o.Identity, from, to)
	if err != nil {
		return nil, err
	}
	steps = append(steps, step)
	err = alter(wide, to)
	return steps, err
}

// beginWithin sets the counter of a sequence, where it can be without giving a number twice, to where it starts within new bounds.
func beginWithin(about, sequence hclschema.Identity, from, to numbers) (drivers.Step, error) {
	w := newWriter()
	w.Line("SELECT setval(", w.Literal(w.object(sequence)), fmt.Sprintf(", %d, false)", to.start))
	w.Line("FROM ", w.object(sequence))
	w.Line("WHERE ", from.strays(to))
	step, err := w.step("have "+about.String()+" begin within its new bounds", "")
	step.Because = "PostgreSQL wants the counter within the bounds; no number comes twice: this one was never used, or goes forward"
	return step, err
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
	return []drivers.Hazard{strayed(o.Identity, newWriter().object(o.Live()), from, to)}
}

// strayed counts a counter, the row of a source with last_value and is_called, that is outside new bounds for good.
func strayed(of hclschema.Identity, source string, from, to numbers) drivers.Hazard {
	count := fmt.Sprintf("SELECT count(*)\nFROM %s\nWHERE last_value NOT BETWEEN %d AND %d AND NOT (%s)", source, to.low, to.high, from.strays(to))
	return drivers.Hazard{
		Kind: drivers.Violates, Object: of, Text: "gets bounds that its counter must lie within", CountSQL: count, Rows: -1, Total: -1,
		WaysOut: []string{"Leave the bounds wide enough for the counter.", "Set the counter with setval first, where nothing uses its numbers."},
	}
}
