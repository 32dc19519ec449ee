package planner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// evidence counts in the live database what the hazards of the upgrade speak of, and refuses a plan that rows stand against.
func (m *maker) evidence(ctx context.Context) error {
	defer m.Timing("count")()
	var against []drivers.Hazard
	for i := range m.plan.UpgradeHazards {
		h := &m.plan.UpgradeHazards[i]
		if err := m.count(ctx, h); err != nil {
			return &CountError{Object: h.Object, Cause: err}
		}
		if h.Kind == drivers.Violates && h.Rows > 0 {
			against = append(against, *h)
		}
	}
	m.plan.UpgradeHazards = slices.DeleteFunc(m.plan.UpgradeHazards, func(h drivers.Hazard) bool { return h.IfCounted && h.Rows < 0 || h.IfAgainst && h.Rows <= 0 })
	m.plan.DowngradeHazards = slices.DeleteFunc(m.plan.DowngradeHazards, func(h drivers.Hazard) bool { return h.IfAgainst })
	for i := range m.plan.DowngradeHazards {
		m.plan.DowngradeHazards[i].Rows, m.plan.DowngradeHazards[i].Total = -1, -1
	}
	if len(against) > 0 && !m.AllowRows {
		return &RowsError{Hazards: against, LooksRenamed: m.plan.LooksRenamed}
	}
	m.tellLosses()
	m.attachHazards()
	m.callAsBefore()
	m.rowHazards()
	return nil
}

func (m *maker) count(ctx context.Context, h *drivers.Hazard) error {
	h.Rows, h.Total = -1, -1
	if m.Uncounted {
		return nil
	}
	if err := m.try(ctx, h); err != nil {
		return err
	}
	for _, number := range []struct {
		sql  string
		into *int64
	}{{h.CountSQL, &h.Rows}, {h.TotalSQL, &h.Total}} {
		if number.sql == "" {
			continue
		}
		err := m.Live.Query(ctx, number.sql, nil, func(scan func(...any) error) error { return scan(number.into) })
		if postponer, ok := m.driver.(drivers.Postponer); ok && err != nil && postponer.Premature(err) {
			*number.into = -1 // the condition speaks of what the plan only makes: a function of the new check
			continue
		}
		if reason, unfit := m.unfit(err); h.Kind == drivers.Loses && h.IfAgainst && err != nil && ctx.Err() == nil {
			*number.into = -1 // on the way there what is tried fails as well
			if unfit {
				h.Rows, h.TrySQL, h.Text = 1, number.sql, h.Text+": "+reason
			}
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// try runs what a hazard wants tried. What can't be tried yet, since the plan only makes what it speaks of, stays open.
func (m *maker) try(ctx context.Context, h *drivers.Hazard) error {
	if h.TrySQL == "" {
		return nil
	}
	var result any
	err := m.Live.Query(ctx, h.TrySQL, nil, func(scan func(...any) error) error { return scan(&result) })
	if err == nil {
		h.Rows = 0
		return nil
	}
	if reason, unfit := m.unfit(err); unfit {
		h.Rows, h.Text = 1, h.Text+": "+reason
		return m.countExactly(ctx, h)
	}
	if postponer, ok := m.driver.(drivers.Postponer); ok && postponer.Premature(err) {
		return nil
	}
	return err
}

// unfit says that values are what an error of the engine is about.
func (m *maker) unfit(err error) (reason string, unfit bool) {
	if judge, ok := m.driver.(drivers.ValueJudge); ok && err != nil {
		return judge.Unfit(err)
	}
	return "", false
}

// countExactly counts what was tried and failed, where the server knows how: the rows are then no longer those that there are at least.
func (m *maker) countExactly(ctx context.Context, h *drivers.Hazard) error {
	var rows int64
	if h.ExactSQL != "" {
		err := m.Live.Query(ctx, h.ExactSQL, nil, func(scan func(...any) error) error { return scan(&rows) })
		if err == nil && rows > 0 {
			h.Rows, h.TrySQL = rows, ""
			return nil
		}
	}
	if h.EachSQL == "" || ctx.Err() != nil {
		return ctx.Err()
	}
	if err := m.Live.Query(ctx, h.EachSQL, nil, func(func(...any) error) error { return nil }); err != nil {
		return ctx.Err() // the server can't, or mustn't: there is one row at least
	}
	all := false
	err := m.Live.Query(ctx, h.EachCountSQL, nil, func(scan func(...any) error) error { return scan(&rows, &all) })
	if err == nil && rows > 0 {
		if h.Rows = rows; all {
			h.TrySQL = ""
		}
	}
	return ctx.Err()
}

// Against is how many rows stand against a plan, as it is told.
func Against(h drivers.Hazard) string {
	count := concerned(h)
	if h.Total > 0 && h.Total != h.Rows {
		count += " of " + Thousands(h.Total)
	}
	return count
}

func concerned(h drivers.Hazard) string {
	if h.TrySQL != "" {
		return "at least " + RowCount(h.Rows)
	}
	return RowCount(h.Rows)
}

// tellLosses puts the numbers into the steps that destroy something: each loss is told by the first step of its unit
// that says it destroys.
func (m *maker) tellLosses() {
	told := map[int][]string{}
	for _, h := range m.plan.UpgradeHazards {
		if h.Kind != drivers.Destroys && h.Kind != drivers.Loses {
			continue
		}
		i := m.destroyer(h)
		if i < 0 {
			continue
		}
		var losses []string // none where no value loses anything
		if h.Kind == drivers.Destroys || h.Rows != 0 {
			losses = append(losses, Loss(h))
		}
		told[i] = append(told[i], losses...)
	}
	for i, losses := range told {
		m.plan.Upgrade[i].Destroys = strings.Join(losses, "; ")
	}
}

// destroyer is the step that a loss happens in: the one of its unit that says just that, else the first of its unit that
// destroys anything; -1 if none does.
func (m *maker) destroyer(h drivers.Hazard) int {
	unit := m.start.Key(m.driver.Unit(h.Object))
	best := -1
	for i, step := range m.plan.Upgrade {
		if step.Destroys == "" || step.Unit != unit {
			continue
		}
		if slices.Contains(strings.Split(step.Destroys, "; "), h.Text) {
			return i
		}
		if best < 0 {
			best = i
		}
	}
	return best
}

// Loss says what a Destroys or Loses hazard destroys, with its numbers where they were counted.
func Loss(h drivers.Hazard) string {
	switch {
	case h.Rows < 0:
		return h.Text
	case h.TrySQL != "":
		return h.Text + ": " + concerned(h)
	case h.Total < 0 || h.Total == h.Rows:
		return fmt.Sprintf("%s: %s", h.Text, RowCount(h.Rows))
	case h.Kind == drivers.Loses:
		return fmt.Sprintf("%s: %s of %s", h.Text, Thousands(h.Rows), RowCount(h.Total))
	default:
		return fmt.Sprintf("%s: %s of %s held a value", h.Text, Thousands(h.Rows), RowCount(h.Total))
	}
}

// RowCount is a number of rows as it is told: "1 row", "1,310 rows".
func RowCount(n int64) string {
	if n == 1 {
		return "1 row"
	}
	return Thousands(n) + " rows"
}

// Thousands writes a number with commas.
func Thousands(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// attachHazards hangs each hazard of the upgrade on the unit or part that it speaks of.
func (m *maker) attachHazards() {
	units := map[hclschema.Identity]*UnitPlan{}
	parts := map[hclschema.Identity]*PartPlan{}
	for i := range m.plan.Units {
		unit := &m.plan.Units[i]
		units[m.start.Key(unit.Identity)] = unit
		for j := range unit.Parts {
			parts[m.start.Key(unit.Parts[j].Identity())] = &unit.Parts[j]
		}
	}
	for _, h := range m.plan.UpgradeHazards {
		key := m.start.Key(h.Object)
		if part := parts[key]; part != nil {
			part.Hazards = append(part.Hazards, h)
		} else if unit := units[m.start.Key(m.driver.Unit(h.Object))]; unit != nil {
			unit.Hazards = append(unit.Hazards, h)
		}
	}
}
