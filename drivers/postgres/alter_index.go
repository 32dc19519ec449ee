package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// alterIndex gives the steps of an index's change, those that take away what was, and those that make what is to be.
func alterIndex(c drivers.Change) (dropped, made []drivers.Step, err error) {
	if c.Before != nil && c.After != nil && !hasOther(c.Properties, hclschema.PropComment, hclschema.PropStorageParams) {
		for _, property := range c.Properties {
			var steps []drivers.Step
			if property == hclschema.PropComment {
				steps, err = one(commentStep(c.After, indexLabel(c.After)))
			} else {
				steps, err = paramSteps(c.After, indexLabel(c.After), record(c.Before, property), record(c.After, property))
			}
			made = append(made, steps...)
			if err != nil {
				break
			}
		}
		return nil, made, err
	}
	if c.Before != nil {
		w := newWriter()
		w.Line("DROP ", indexLabel(c.Before)(w))
		if dropped, err = one(w.step("drop "+c.Before.Identity.String(), accessExclusive)); err != nil {
			return nil, nil, err
		}
	}
	if c.After != nil {
		made, err = indexSteps(c.After)
	}
	return dropped, made, err
}

// hasOther says whether a list has a name that isn't among the known ones.
func hasOther(list []string, known ...string) bool {
	for _, name := range list {
		if !hasAny(known, []string{name}) {
			return true
		}
	}
	return false
}

// paramSteps set and reset the storage parameters that differ.
func paramSteps(o *hclschema.Object, label func(*writer) string, was, is hclschema.Record) ([]drivers.Step, error) {
	reset, set := changedSettings(was, is)
	w := newWriter()
	var gone, actions []string
	for _, name := range reset {
		gone = append(gone, w.optionName(name))
	}
	if len(set) > 0 {
		actions = append(actions, "SET ("+w.options(set)+")")
	}
	if gone != nil {
		actions = append(actions, "RESET ("+strings.Join(gone, ", ")+")")
	}
	var steps []drivers.Step
	for _, action := range actions {
		w := newWriter()
		w.Line("ALTER ", label(w), " ", action)
		step, err := w.step("storage parameters of "+o.Identity.String(), shareUpdateExcl)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}
