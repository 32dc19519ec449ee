package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// viewKind is a view. Where its new result begins with the columns of the old one it is replaced in place (CREATE OR REPLACE
// VIEW keeps privileges, comments, defaults and what depends on it); else nothing is claimed, and it is dropped and made again.
func viewKind() kind {
	return kind{
		name: hclschema.KindView,
		properties: map[string][]string{hclschema.KindView: {
			hclschema.PropAs, hclschema.PropViewColumns, hclschema.PropCheckOption, hclschema.PropSecurity, hclschema.PropBarrier, hclschema.PropOptionWords,
			hclschema.PropColumnComments, hclschema.PropColumnDefaults, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindView: {
			hclschema.KindColumn, hclschema.PropDefault, hclschema.PropCheckOption, hclschema.PropSecurity, hclschema.OptionInvoker, hclschema.PropBarrier, hclschema.PropComment,
		}},
		create: createView,
		drop:   dropView,
		alter:  alterView,
		rename: renameView,
		link:   linkView,
	}
}

func viewName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "VIEW " + w.object(o.Identity) }
}

func createView(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	steps, err := one(writeView("CREATE ", "create ", o))
	if err != nil {
		return nil, err
	}
	more, err := resultDefaults(o, nil, o.Properties[hclschema.PropColumnDefaults])
	if err != nil {
		return nil, err
	}
	steps = append(steps, more...)
	if steps, err = withComment(steps, o, viewName(o)); err != nil {
		return nil, err
	}
	more, err = resultComments(o, nil, o.Properties[hclschema.PropColumnComments])
	return append(steps, more...), err
}

// writeView is the statement that makes a view, or replaces it.
func writeView(verb, name string, o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	columns := ""
	if names := o.Properties.List(hclschema.PropViewColumns); names != nil {
		columns = " (" + w.names(names) + ")"
	}
	w.Line(verb, viewName(o)(w), columns, viewOptions(o), " AS")
	w.query(o)
	return w.step(name+o.Identity.String(), lockOf(verb))
}

// lockOf is the lock of a statement on a view: a new one locks nobody out.
func lockOf(verb string) string {
	if verb == "CREATE " {
		return ""
	}
	return accessExclusive
}

// query writes the query of a view. People end theirs with a semicolon or two, which the engine doesn't keep.
func (w *writer) query(o *hclschema.Object) {
	w.Line(" ", withoutSemicolon(o.Properties.Text(hclschema.PropAs)))
}

// withoutSemicolon is a text without space around it and semicolons at its end. One within a comment at the end stays: the
// comment begins before it.
func withoutSemicolon(text string) string {
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(text), "; \t\r\n"))
}

func viewOptions(o *hclschema.Object) string {
	if options := setOptions(o); options != nil {
		return " WITH (" + strings.Join(options, ", ") + ")"
	}
	return ""
}

// setOptions are the options that a view has, in order.
func setOptions(o *hclschema.Object) []string {
	var options []string
	for _, property := range hclschema.ViewOptions(o) {
		switch value, word := o.Properties[property], hclschema.ViewOptionWord(o, property); {
		case word == "":
		case property == hclschema.PropCheckOption:
			options = append(options, "check_option = "+strings.ToLower(value.String()))
		case word == "true", word == "false":
			options = append(options, optionName(property)+" = "+word)
		default:
			options = append(options, optionName(property)+" = "+literal(word))
		}
	}
	return options
}

// optionName is what the engine calls the option that gives a view a property.
func optionName(property string) string {
	if property == hclschema.PropSecurity {
		return hclschema.OptionInvoker
	}
	return property
}

func dropView(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", viewName(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

func renameView(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER VIEW ", w.object(rename.From), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
}

func linkView(l *linker, o *hclschema.Object) {
	l.mention(o, o.Properties.Text(hclschema.PropAs), o.Properties.Text(hclschema.PropColumnDefaults))
}

func alterView(change drivers.UnitChange) (drivers.Alteration, error) {
	before, after := change.Before[0], change.After[0]
	changed := before.Properties.Changed(after.Properties)
	has := func(names ...string) bool { return hasAny(changed, names) }
	var alteration drivers.Alteration
	claim := func(names ...string) {
		alteration.Claims = append(alteration.Claims, claimAll(after.Identity, names...)...)
	}
	add := func(steps []drivers.Step, err error) error {
		alteration.Steps = append(alteration.Steps, steps...)
		return err
	}
	options := []string{hclschema.PropBarrier, hclschema.PropSecurity, hclschema.PropCheckOption, hclschema.PropOptionWords}
	var err error
	switch {
	case has(hclschema.PropAs):
		if !extends(before, after) {
			return drivers.Alteration{}, nil
		}
		claim(append(options, hclschema.PropAs)...)
		err = add(one(writeView("CREATE OR REPLACE ", "replace ", after)))
	case has(options...):
		claim(options...)
		err = add(alterViewOptions(before, after))
	}
	if err == nil && has(hclschema.PropColumnDefaults) {
		claim(hclschema.PropColumnDefaults)
		err = add(resultDefaults(after, before.Properties[hclschema.PropColumnDefaults], after.Properties[hclschema.PropColumnDefaults]))
	}
	if err == nil && has(hclschema.PropComment) {
		claim(hclschema.PropComment)
		err = add(one(commentStep(after, viewName(after))))
	}
	if err == nil && has(hclschema.PropColumnComments) {
		claim(hclschema.PropColumnComments)
		err = add(resultComments(after, before.Properties[hclschema.PropColumnComments], after.Properties[hclschema.PropColumnComments]))
	}
	return alteration, err
}

func hasAny(list, wanted []string) bool {
	for _, name := range list {
		for _, other := range wanted {
			if name == other {
				return true
			}
		}
	}
	return false
}

// alterViewOptions sets and resets what differs. What is set comes behind what was, so that all options are set again.
func alterViewOptions(before, after *hclschema.Object) ([]drivers.Step, error) {
	var steps []drivers.Step
	add := func(names []string, what string) error {
		w := newWriter()
		w.Line("ALTER ", viewName(after)(w), what)
		step, err := w.step("alter "+after.Identity.String()+": "+strings.Join(names, ", "), accessExclusive)
		steps = append(steps, step)
		return err
	}
	var set, reset []string
	for _, property := range hclschema.ViewOptions(after) {
		value, is := after.Properties[property], before.Properties[property]
		word := hclschema.ViewOptionWord(after, property)
		switch {
		case hclschema.Equal(value, is) && word == hclschema.ViewOptionWord(before, property):
		case word == "":
			reset = append(reset, optionName(property))
		default:
			set = append(set, optionName(property))
		}
	}
	if reset != nil {
		if err := add(reset, " RESET ("+strings.Join(reset, ", ")+")"); err != nil {
			return nil, err
		}
	}
	if set != nil {
		if err := add(set, " SET ("+strings.Join(setOptions(after), ", ")+")"); err != nil {
			return nil, err
		}
	}
	return steps, nil
}
