package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// judge finds out which of the suspects are broken, in a copy of the schema that has no triggers: views by a query, triggers
// each alone.
func (c *connection) judge(ctx context.Context, suspects []*hclschema.Object) (broken []drivers.Broken, err error) {
	bench, err := c.newBench(ctx)
	if err != nil {
		return nil, fmt.Errorf("copy the schema to try its views and triggers: %w", c.explained(err))
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	t := &trial{c: bench, compiled: map[string]error{}, columns: map[string][]string{}}
	for _, o := range suspects {
		var found error
		if o.Identity.Kind == hclschema.KindTrigger {
			found, err = t.triggerAlone(ctx, o)
		} else {
			found = t.compile(ctx, "SELECT * FROM main."+inQuotes(o.Identity.Name))
			err = worldly(found)
		}
		if err != nil {
			return nil, fmt.Errorf("try %s: %w", o.Identity, c.explained(err))
		}
		if found != nil {
			broken = append(broken, drivers.Broken{Identity: o.Identity, Message: message(found)})
		}
	}
	return broken, nil
}

// triggerAlone compiles a trigger with no other one there. A trigger is no more broken than its table: where that can't be
// used without the trigger either, nothing is found.
func (t *trial) triggerAlone(ctx context.Context, trigger *hclschema.Object) (found, err error) {
	parent := trigger.Identity.Parent
	columns, err := t.settable(ctx, parent)
	if err != nil || len(columns) == 0 {
		return nil, err // no columns: a broken view
	}
	event := strings.ToUpper(trigger.Properties.Text(hclschema.PropEvent))
	statement := change(event, parent, columns[0])
	without := statement
	if strings.HasPrefix(strings.ToUpper(trigger.Properties.Text(hclschema.PropTiming)), "INSTEAD") {
		without = "SELECT * FROM main." + inQuotes(parent) // rows of views can't be changed without the trigger
	}
	if err := t.compile(ctx, without); err != nil {
		return nil, worldly(err)
	}
	if _, err := t.c.session.ExecContext(ctx, temporary(trigger, event)); err != nil {
		return err, worldly(err)
	}
	found = explain(ctx, t.c.session, statement)
	if _, err := t.c.session.ExecContext(ctx, "DROP TRIGGER temp."+inQuotes(trigger.Identity.Name)); err != nil {
		return nil, err
	}
	return found, worldly(found)
}

// temporary is the trigger as a temporary one, which a schema made by hand takes too. It fires on every column.
func temporary(trigger *hclschema.Object, event string) string {
	p := trigger.Properties
	text := "CREATE TEMP TRIGGER " + inQuotes(trigger.Identity.Name) + " " +
		strings.ReplaceAll(p.Text(hclschema.PropTiming), "_", " ") + " " + event + " ON main." + inQuotes(trigger.Identity.Parent)
	if when := p.Text(hclschema.PropWhen); when != "" {
		text += "\nWHEN (" + when + "\n)"
	}
	return text + "\n" + p.Text(hclschema.PropAs)
}
