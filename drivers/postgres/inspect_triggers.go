package postgres

import (
	_ "embed"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_triggers.sql
var triggersSQL string

// The bits of pg_trigger.tgtype (catalog/pg_trigger.h).
const (
	triggerRow     = 1 << 0
	triggerBefore  = 1 << 1
	triggerInstead = 1 << 6
)

// triggerEvents are the bits of events, in the order of the property.
var triggerEvents = []struct {
	bit  int
	word string
}{{1 << 2, "INSERT"}, {1 << 3, "DELETE"}, {1 << 4, "UPDATE"}, {1 << 5, "TRUNCATE"}}

// readTrigger takes one trigger.
func readTrigger(r *reader, scan func(...any) error) error {
	var oid, constraint, schema uint32
	var relation, name, comment, enabled, before, after, definition, parent, parentEnabled string
	var bits int
	var deferrable, deferred, onExtension bool
	var columns, function, from []string
	if err := scan(&oid, &constraint, &schema, &relation, &name, &comment, &bits, &enabled, &deferrable, &deferred, &before, &after, &columns, &function, &from,
		&definition, &parent, &parentEnabled, &onExtension); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindTrigger, Schema: r.schema(r.schemas[schema]), Parent: relation, Name: name}, comment)
	when, args, ok := splitTrigger(definition)
	switch {
	case parent != "" && parent != name:
		r.cannot(o.Identity, "the partition has it from its parent's trigger "+parent+", and it has another name and another state or a comment there; rename it, or give it that state")
		return nil
	case parent != "":
		return r.inheritedTrigger(address{"pg_trigger", oid, 0}, o, enabled, parentEnabled)
	case onExtension:
		r.cannot(o.Identity, "it was said to depend on an extension (ALTER … DEPENDS ON EXTENSION)")
		return nil
	case !ok:
		r.cannot(o.Identity, "its definition has no form that this version knows")
		return nil
	}
	p := o.Properties
	timing := "AFTER"
	if bits&triggerBefore != 0 {
		timing = "BEFORE"
	} else if bits&triggerInstead != 0 {
		timing = "INSTEAD_OF"
	}
	p[hclschema.PropTiming] = hclschema.Text(timing)
	var events hclschema.List
	for _, event := range triggerEvents {
		if bits&event.bit != 0 {
			events = append(events, hclschema.Text(event.word))
		}
	}
	p[hclschema.PropEvents] = events
	if bits&triggerRow != 0 {
		p[hclschema.PropFor] = hclschema.Text("ROW")
	}
	var list hclschema.List
	for _, column := range columns {
		list = append(list, identifier(column))
	}
	setList(p, hclschema.PropUpdateOf, list)
	setBool(p, hclschema.PropConstraint, constraint != 0)
	if deferrable {
		p[hclschema.PropDeferrable] = hclschema.Text(map[bool]string{true: "INITIALLY_DEFERRED", false: "INITIALLY_IMMEDIATE"}[deferred])
	}
	if from != nil {
		p[hclschema.PropConstraintFrom] = text(r.called(from))
	}
	setText(p, hclschema.PropOldTable, before)
	setText(p, hclschema.PropNewTable, after)
	if when != "" {
		p[hclschema.PropWhen] = Driver{}.Expression(when)
	}
	p[hclschema.PropExecute] = text(r.called(function))
	setList(p, hclschema.PropExecuteArgs, args)
	setEnabled(o, enabled)
	if err := r.add(address{"pg_trigger", oid, 0}, o); err != nil {
		return err
	}
	r.alias(address{"pg_constraint", constraint, 0}, address{"pg_trigger", oid, 0})
	return nil
}

// inheritedTrigger takes one that a partition has of its parent's and that differs from it.
func (r *reader) inheritedTrigger(at address, o *hclschema.Object, enabled, parentEnabled string) error {
	o.Properties[hclschema.PropInherited] = hclschema.Bool(true)
	setEnabled(o, enabled)
	o.Derived = map[string]string{derivedParentEnabled: enabledWord(parentEnabled)}
	return r.add(at, o)
}

// splitTrigger takes the condition and the arguments of the function out of a definition as pg_get_triggerdef writes it:
// … FOR EACH ROW WHEN (condition) EXECUTE FUNCTION name('a', 'b').
func splitTrigger(definition string) (when string, args hclschema.List, ok bool) {
	at := topLevelWord(definition, "EXECUTE")
	if at < 0 {
		return "", nil, false
	}
	if begin := topLevelWord(definition[:at], "WHEN"); begin >= 0 {
		when = strings.TrimSpace(definition[begin+len("WHEN") : at])
		if len(when) < 2 || when[0] != '(' || when[len(when)-1] != ')' {
			return "", nil, false
		}
		when = unwrap(when)
	}
	call := definition[at:]
	for i := 0; i < len(call); {
		switch c := call[i]; {
		case c == '"' || c == '\'':
			i = afterQuoted(call, i)
		case c == '(':
			args, ok = literals(call[i+1:])
			return when, args, ok
		default:
			i++
		}
	}
	return "", nil, false
}

// literals are the strings in a list 'a', E'b\\' that a parenthesis closes.
func literals(list string) (values hclschema.List, ok bool) {
	for i := 0; i < len(list); {
		switch list[i] {
		case ')':
			return values, true
		case '\'':
			end := afterQuoted(list, i)
			value := strings.ReplaceAll(list[i+1:end-1], "''", "'")
			if i > 0 && list[i-1] == 'E' {
				value = strings.ReplaceAll(value, `\\`, `\`)
			}
			values = append(values, hclschema.Text(value))
			i = end
		default:
			i++
		}
	}
	return nil, false
}
