package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// ruleKind is a rule on a table or view, but for the one that makes a view.
func ruleKind() kind {
	return kind{
		name: hclschema.KindRule,
		properties: map[string][]string{hclschema.KindRule: {
			hclschema.PropEvent, hclschema.PropWhere, hclschema.PropInstead, hclschema.PropAs, hclschema.PropEnabled, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindRule: {hclschema.PropEnabled, hclschema.PropComment}},
		create:  createRule,
		drop:    dropRule,
		alter:   alterRule,
		rename:  renameRule,
		link:    linkRule,
	}
}

func ruleName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "RULE " + w.Name(o.Identity.Name) + " ON " + w.parent(o.Identity) }
}

func createRule(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	steps, err := one(writeRule("CREATE ", "create ", o))
	if err != nil {
		return nil, err
	}
	if o.Properties.Text(hclschema.PropEnabled) != "" {
		step, err := enableRule(o)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return withComment(steps, o, ruleName(o))
}

// writeRule is the statement that makes a rule, or replaces it.
func writeRule(verb, name string, o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	w.Line(verb, "RULE ", w.Name(o.Identity.Name), " AS")
	w.Indented(func() {
		w.Line("ON ", o.Properties.Text(hclschema.PropEvent), " TO ", w.parent(o.Identity))
		if where := o.Properties.Text(hclschema.PropWhere); where != "" {
			w.Line("WHERE (", where, ")")
		}
		instead, command := "", o.Properties.Text(hclschema.PropAs)
		if o.Properties.Bool(hclschema.PropInstead) {
			instead = "INSTEAD "
		}
		if command == "" {
			command = "NOTHING"
		}
		w.Line("DO ", instead, withoutSemicolon(command))
	})
	return w.step(name+o.Identity.String(), accessExclusive)
}

func enableRule(o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER TABLE ", w.parent(o.Identity), " ", enabling(o), " RULE ", w.Name(o.Identity.Name))
	return w.step("state of "+o.Identity.String(), accessExclusive)
}

// enabling is the words of ALTER TABLE that give a trigger or rule its state.
func enabling(o *hclschema.Object) string {
	switch o.Properties.Text(hclschema.PropEnabled) {
	case "DISABLED":
		return "DISABLE"
	case "REPLICA":
		return "ENABLE REPLICA"
	case "ALWAYS":
		return "ENABLE ALWAYS"
	}
	return "ENABLE"
}

func dropRule(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", ruleName(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

func renameRule(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER RULE ", w.Name(rename.From.Name), " ON ", w.parent(rename.From), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
}

// alterRule replaces a rule in place, which leaves its comment and its state as they are.
func alterRule(change drivers.UnitChange) (drivers.Alteration, error) {
	before, after := change.Before[0], change.After[0]
	changed := before.Properties.Changed(after.Properties)
	alteration := drivers.Alteration{Claims: claimAll(after.Identity, changed...)}
	add := func(step drivers.Step, err error) error {
		alteration.Steps = append(alteration.Steps, step)
		return err
	}
	var err error
	replaced := hasAny(changed, []string{hclschema.PropEvent, hclschema.PropWhere, hclschema.PropInstead, hclschema.PropAs})
	if replaced {
		err = add(writeRule("CREATE OR REPLACE ", "replace ", after))
	}
	if err == nil && hasAny(changed, []string{hclschema.PropEnabled}) {
		err = add(enableRule(after))
	}
	if err == nil && hasAny(changed, []string{hclschema.PropComment}) {
		err = add(commentStep(after, ruleName(after)))
	}
	return alteration, err
}

func linkRule(l *linker, o *hclschema.Object) {
	l.mention(o, o.Properties.Text(hclschema.PropWhere), o.Properties.Text(hclschema.PropAs))
}
