package postgres

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// eventTriggerKind is an event trigger. Its state and its comment change in place; nothing depends on it.
func eventTriggerKind() kind {
	return kind{
		name: hclschema.KindEventTrigger,
		properties: map[string][]string{hclschema.KindEventTrigger: {
			hclschema.PropOn, hclschema.PropTags, hclschema.PropExecute, hclschema.PropEnabled, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindEventTrigger: {hclschema.PropEnabled, hclschema.PropComment}},
		create:  createEventTrigger,
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			w := newWriter()
			w.Line("DROP ", eventTriggerName(unit[0])(w))
			return one(w.step("drop "+unit.Identity().String(), ""))
		},
		alter: alterEventTrigger,
		rename: func(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
			w := newWriter()
			w.Line("ALTER EVENT TRIGGER ", w.Name(rename.From.Name), " RENAME TO ", w.Name(rename.To.Name))
			return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, ""))
		},
		link: func(l *linker, o *hclschema.Object) { l.mention(o, o.Properties.Text(hclschema.PropExecute)) },
	}
}

func eventTriggerName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "EVENT TRIGGER " + w.Name(o.Identity.Name) }
}

func createEventTrigger(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	w.Line("CREATE ", eventTriggerName(o)(w), " ON ", w.Name(o.Properties.Text(hclschema.PropOn)))
	w.Indented(func() {
		if tags := o.Properties.List(hclschema.PropTags); tags != nil {
			list := make([]string, len(tags))
			for i, tag := range tags {
				list[i] = w.Literal(tag.String())
			}
			w.Line("WHEN TAG IN (", strings.Join(list, ", "), ")")
		}
		w.Line("EXECUTE FUNCTION ", o.Properties.Text(hclschema.PropExecute), "()")
	})
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	if o.Properties.Text(hclschema.PropEnabled) != "" {
		step, err := enableEventTrigger(o)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return withComment(steps, o, eventTriggerName(o))
}

func enableEventTrigger(o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER ", eventTriggerName(o)(w), " ", enabling(o))
	return w.step("state of "+o.Identity.String(), "")
}

func alterEventTrigger(change drivers.UnitChange) (drivers.Alteration, error) {
	after := change.After[0]
	changed := change.Before[0].Properties.Changed(after.Properties)
	alteration := drivers.Alteration{}
	add := func(property string, step drivers.Step, err error) error {
		alteration.Steps = append(alteration.Steps, step)
		alteration.Claims = append(alteration.Claims, claimAll(after.Identity, property)...)
		return err
	}
	if slices.Contains(changed, hclschema.PropEnabled) {
		step, err := enableEventTrigger(after)
		if err := add(hclschema.PropEnabled, step, err); err != nil {
			return alteration, err
		}
	}
	if slices.Contains(changed, hclschema.PropComment) {
		step, err := commentStep(after, eventTriggerName(after))
		if err := add(hclschema.PropComment, step, err); err != nil {
			return alteration, err
		}
	}
	return alteration, nil
}

//go:embed inspect_event_triggers.sql
var eventTriggersSQL string

// readEventTrigger takes one event trigger.
func readEventTrigger(r *reader, scan func(...any) error) error {
	var oid uint32
	var name, comment, event, enabled string
	var tags, function []string
	if err := scan(&oid, &name, &comment, &event, &enabled, &tags, &function); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindEventTrigger, Name: name}, comment)
	o.Properties[hclschema.PropOn] = hclschema.Text(event)
	var list hclschema.List
	for _, tag := range tags {
		list = append(list, hclschema.Text(tag))
	}
	setList(o.Properties, hclschema.PropTags, list)
	o.Properties[hclschema.PropExecute] = text(r.called(function))
	setEnabled(o, enabled)
	return r.add(address{"pg_event_trigger", oid, 0}, o)
}
