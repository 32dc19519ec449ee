package postgres

import (
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// enumKind is an enum. Values are added in place; where one goes or the order is another, a new type takes the old one's
// place (enum_swap.go), and the values of columns stay.
func enumKind() kind {
	return kind{
		name:       hclschema.KindEnum,
		properties: map[string][]string{hclschema.KindEnum: {hclschema.PropValues, hclschema.PropComment}},
		accepts:    map[string][]string{hclschema.KindEnum: {hclschema.PropComment}},
		create:     createEnum,
		drop:       dropType,
		alter:      alterEnum,
		rename:     renameType,
	}
}

func createEnum(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	steps, err := one(makeEnum(o))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, typeName(o))
}

func makeEnum(o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	list := valuesOf(o)
	values := make([]string, len(list))
	for i, value := range list {
		values[i] = w.Literal(value)
	}
	if len(values) == 0 {
		w.Line("CREATE ", typeName(o)(w), " AS ENUM ()")
	} else {
		w.Line("CREATE ", typeName(o)(w), " AS ENUM (")
		w.List(values)
		w.Line(")")
	}
	return w.step("create "+o.Identity.String(), "")
}

// valuesOf are the values of an enum.
func valuesOf(o *hclschema.Object) []string {
	list := o.Properties.List(hclschema.PropValues)
	values := make([]string, len(list))
	for i, value := range list {
		values[i] = value.String()
	}
	return values
}

func alterEnum(change drivers.UnitChange) (drivers.Alteration, error) {
	c := &typeChange{before: change.Before[0], after: change.After[0]}
	if c.changed(hclschema.PropValues) {
		if onlyAdded(valuesOf(c.before), valuesOf(c.after)) {
			c.addValues()
			c.alteration.Adds = true
		} else if err := (&enumSwap{typeChange: c, change: change}).plan(); err != nil {
			return drivers.Alteration{}, err
		}
		c.claim(hclschema.PropValues)
	}
	return c.comment()
}

// onlyAdded says that the values before come in the same order among those after.
func onlyAdded(before, after []string) bool {
	for _, value := range after {
		if len(before) > 0 && before[0] == value {
			before = before[1:]
		}
	}
	return len(before) == 0
}

// addValues adds each new value at its place. A value can't be used before the transaction that added it is over (manual, ALTER
// TYPE), by a default for instance, so these steps stand alone; IF NOT EXISTS lets a run that was broken off go on.
func (c *typeChange) addValues() {
	before, after := valuesOf(c.before), valuesOf(c.after)
	for i, value := range after {
		if slices.Contains(before, value) {
			continue
		}
		c.alter(fmt.Sprintf("add %q to %s", value, c.after.Identity), func(w *writer) []string {
			parts := []string{"ADD VALUE IF NOT EXISTS ", w.Literal(value)}
			switch {
			case i > 0 && slices.ContainsFunc(after[i+1:], func(v string) bool { return slices.Contains(before, v) }):
				parts = append(parts, " AFTER ", w.Literal(after[i-1]))
			case i == 0 && len(before) > 0:
				parts = append(parts, " BEFORE ", w.Literal(before[0]))
			}
			return parts
		})
		step := &c.alteration.Steps[len(c.alteration.Steps)-1]
		step.OwnTransaction, step.Lock = true, ""
	}
}
