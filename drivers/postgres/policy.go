package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// policyKind is a policy of row security. Its roles and conditions change in place; its command and whether it restricts
// can't, and no condition can be taken away: then it is dropped and made again.
func policyKind() kind {
	return kind{
		name: hclschema.KindPolicy,
		properties: map[string][]string{hclschema.KindPolicy: {
			hclschema.PropPermissive, hclschema.PropFor, hclschema.PropTo, hclschema.PropUsing, hclschema.PropWithCheck, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindPolicy: {hclschema.PropComment}},
		create:  createPolicy,
		drop:    dropPolicy,
		alter:   alterPolicy,
		rename:  renamePolicy,
		link:    linkPolicy,
	}
}

func policyName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "POLICY " + w.Name(o.Identity.Name) + " ON " + w.parent(o.Identity) }
}

func createPolicy(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	w.Line("CREATE ", policyName(o)(w))
	w.Indented(func() {
		if o.Properties[hclschema.PropPermissive] != nil {
			w.Line("AS RESTRICTIVE")
		}
		if command := o.Properties.Text(hclschema.PropFor); command != "" {
			w.Line("FOR ", command)
		}
		if o.Properties[hclschema.PropTo] != nil {
			w.policyRoles(o)
		}
		w.policyConditions(o, hclschema.PropUsing, hclschema.PropWithCheck)
	})
	steps, err := one(w.step("create "+o.Identity.String(), accessExclusive))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, policyName(o))
}

func (w *writer) policyRoles(o *hclschema.Object) {
	roles := "PUBLIC"
	if list := o.Properties.List(hclschema.PropTo); list != nil {
		roles = w.names(list)
	}
	w.Line("TO ", roles)
}

// policyConditions writes those of the conditions that the policy has, in the order that SQL wants.
func (w *writer) policyConditions(o *hclschema.Object, names ...string) {
	for _, condition := range []struct{ name, words string }{{hclschema.PropUsing, "USING"}, {hclschema.PropWithCheck, "WITH CHECK"}} {
		if expr, ok := o.Properties[condition.name]; ok && slices.Contains(names, condition.name) {
			w.Line(condition.words, " (", expr.String(), ")")
		}
	}
}

func dropPolicy(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", policyName(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

func renamePolicy(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER POLICY ", w.Name(rename.From.Name), " ON ", w.parent(rename.From), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
}

func alterPolicy(change drivers.UnitChange) (drivers.Alteration, error) {
	before, after := change.Before[0], change.After[0]
	var alteration drivers.Alteration
	var conditions []string
	roles := false
	for _, name := range before.Properties.Changed(after.Properties) {
		switch {
		case name == hclschema.PropTo:
			roles = true
		case (name == hclschema.PropUsing || name == hclschema.PropWithCheck) && after.Properties[name] != nil:
			conditions = append(conditions, name)
		case name == hclschema.PropComment:
		default:
			return drivers.Alteration{}, nil
		}
		alteration.Claims = append(alteration.Claims, claimAll(after.Identity, name)...)
	}
	if roles || conditions != nil {
		w := newWriter()
		w.Line("ALTER ", policyName(after)(w))
		w.Indented(func() {
			if roles {
				w.policyRoles(after)
			}
			w.policyConditions(after, conditions...)
		})
		step, err := w.step("alter "+after.Identity.String(), accessExclusive)
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, step)
	}
	if hclschema.Equal(before.Properties[hclschema.PropComment], after.Properties[hclschema.PropComment]) {
		return alteration, nil
	}
	step, err := commentStep(after, policyName(after))
	alteration.Steps = append(alteration.Steps, step)
	return alteration, err
}

// linkPolicy mentions what the conditions name; their subqueries read other tables.
func linkPolicy(l *linker, o *hclschema.Object) {
	l.mention(o, strings.Join([]string{o.Properties.Text(hclschema.PropUsing), o.Properties.Text(hclschema.PropWithCheck)}, " "))
}
