package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// triggerKind is a trigger on a table or view. CREATE OR REPLACE TRIGGER came with version 14 and isn't for constraint triggers;
// nothing depends on a trigger, so one that changes is dropped and made again. Its state and its comment change in place.
func triggerKind() kind {
	return kind{
		name: hclschema.KindTrigger,
		properties: map[string][]string{hclschema.KindTrigger: {
			hclschema.PropTiming, hclschema.PropEvents, hclschema.PropUpdateOf, hclschema.PropFor, hclschema.PropWhen, hclschema.PropConstraint,
			hclschema.PropConstraintFrom, hclschema.PropDeferrable, hclschema.PropOldTable, hclschema.PropNewTable, hclschema.PropExecute,
			hclschema.PropExecuteArgs, hclschema.PropEnabled, hclschema.PropInherited, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindTrigger: {
			"several", "truncate", "execute", "referencing", hclschema.PropConstraint, hclschema.PropConstraintFrom, hclschema.PropDeferrable,
			hclschema.PropEnabled, hclschema.PropInherited, hclschema.PropComment,
		}},
		create: createTrigger,
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			if unit[0].Properties.Bool(hclschema.PropInherited) {
				return leaveTrigger(unit[0])
			}
			w := newWriter()
			w.Line("DROP ", triggerName(unit[0])(w))
			return one(w.step("drop "+unit.Identity().String(), accessExclusive))
		},
		alter:  alterTrigger,
		rename: renameTrigger,
		link: func(l *linker, o *hclschema.Object) {
			p := o.Properties
			if p.Bool(hclschema.PropInherited) {
				l.needsTriggerAbove(o)
				return
			}
			l.mention(o, p.Text(hclschema.PropExecute), p.Text(hclschema.PropConstraintFrom), p.Text(hclschema.PropWhen))
		},
	}
}

// derivedParentEnabled is the state of the trigger above one that a partition has of its table's.
const derivedParentEnabled = "enabled above"

// needsTriggerAbove says that a partition's trigger is there by that of the nearest table above that says something of it.
func (l *linker) needsTriggerAbove(o *hclschema.Object) {
	above := o.Identity
	for {
		table := l.state.Get(hclschema.Identity{Kind: hclschema.KindTable, Schema: above.Schema, Name: above.Parent})
		if table == nil || table.Properties.Text(hclschema.PropPartitionOf) == "" {
			return
		}
		parent := tableIdentity(table.Properties.Text(hclschema.PropPartitionOf))
		above.Schema, above.Parent = parent.Schema, parent.Name
		if trigger := l.state.Get(above); trigger != nil {
			l.needs(o, trigger)
			return
		}
	}
}

// leaveTrigger gives a partition's trigger the state of its table's, and no comment.
func leaveTrigger(o *hclschema.Object) ([]drivers.Step, error) {
	as := o.Clone()
	delete(as.Properties, hclschema.PropComment)
	as.Properties[hclschema.PropEnabled] = hclschema.Text(o.Derived[derivedParentEnabled])
	var steps []drivers.Step
	if o.Properties.Text(hclschema.PropEnabled) != o.Derived[derivedParentEnabled] {
		step, err := enableTrigger(as)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	if o.Properties.Text(hclschema.PropComment) == "" {
		return steps, nil
	}
	step, err := commentStep(as, triggerName(as))
	return append(steps, step), err
}

func triggerName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "TRIGGER " + w.Name(o.Identity.Name) + " ON " + w.parent(o.Identity) }
}

func createTrigger(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	inherited := o.Properties.Bool(hclschema.PropInherited)
	var steps []drivers.Step
	if !inherited {
		step, err := writeTrigger(o)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	if inherited || o.Properties.Text(hclschema.PropEnabled) != "" {
		step, err := enableTrigger(o)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return withComment(steps, o, triggerName(o))
}

func writeTrigger(o *hclschema.Object) (drivers.Step, error) {
	p := o.Properties
	w := newWriter()
	kind := "TRIGGER "
	if p.Bool(hclschema.PropConstraint) {
		kind = "CONSTRAINT TRIGGER "
	}
	w.Line("CREATE ", kind, w.Name(o.Identity.Name))
	w.Indented(func() {
		var events []string
		for _, event := range p.List(hclschema.PropEvents) {
			word := event.String()
			if columns := p.List(hclschema.PropUpdateOf); word == "UPDATE" && columns != nil {
				word += " OF " + w.names(columns)
			}
			events = append(events, word)
		}
		w.Line(strings.ReplaceAll(p.Text(hclschema.PropTiming), "_", " "), " ", strings.Join(events, " OR "), " ON ", w.parent(o.Identity))
		if from := p.Text(hclschema.PropConstraintFrom); from != "" {
			w.Line("FROM ", from)
		}
		if deferrable := p.Text(hclschema.PropDeferrable); deferrable != "" {
			w.Line("DEFERRABLE ", strings.ReplaceAll(deferrable, "_", " "))
		}
		if before, after := p.Text(hclschema.PropOldTable), p.Text(hclschema.PropNewTable); before != "" || after != "" {
			tables := ""
			if before != "" {
				tables += " OLD TABLE AS " + w.Name(before)
			}
			if after != "" {
				tables += " NEW TABLE AS " + w.Name(after)
			}
			w.Line("REFERENCING", tables)
		}
		each := p.Text(hclschema.PropFor)
		if each == "" {
			each = "STATEMENT"
		}
		w.Line("FOR EACH ", each)
		if when := p.Text(hclschema.PropWhen); when != "" {
			w.Line("WHEN (", when, closeBehind(when))
		}
		var args []string
		for _, arg := range p.List(hclschema.PropExecuteArgs) {
			args = append(args, w.Literal(arg.String()))
		}
		w.Line("EXECUTE FUNCTION ", p.Text(hclschema.PropExecute), "(", strings.Join(args, ", "), ")")
	})
	return w.step("create "+o.Identity.String(), shareRowExcl)
}

// closeBehind closes a parenthesis behind an expression, on a line of its own where a comment could hide it.
func closeBehind(expression string) string {
	if strings.Contains(expression, "--") {
		return "\n)"
	}
	return ")"
}

func enableTrigger(o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	table := "TABLE "
	if o.Properties.Bool(hclschema.PropInherited) {
		table = "TABLE ONLY " // the partitions of a partition have their own
	}
	w.Line("ALTER ", table, w.parent(o.Identity), " ", enabling(o), " TRIGGER ", w.Name(o.Identity.Name))
	return w.step("state of "+o.Identity.String(), shareRowExcl)
}

func alterTrigger(change drivers.UnitChange) (drivers.Alteration, error) {
	after := change.After[0]
	changed := change.Before[0].Properties.Changed(after.Properties)
	alteration := drivers.Alteration{}
	for _, part := range []struct {
		property string
		step     func() (drivers.Step, error)
	}{
		{hclschema.PropEnabled, func() (drivers.Step, error) { return enableTrigger(after) }},
		{hclschema.PropComment, func() (drivers.Step, error) { return commentStep(after, triggerName(after)) }},
	} {
		if !slices.Contains(changed, part.property) {
			continue
		}
		step, err := part.step()
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, step)
		alteration.Claims = append(alteration.Claims, claimAll(after.Identity, part.property)...)
	}
	return alteration, nil
}

func renameTrigger(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER TRIGGER ", w.Name(rename.From.Name), " ON ", w.parent(rename.From), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
}
