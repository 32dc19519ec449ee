package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// checks drops, renames, adds and validates the conditions of a domain.
func (c *typeChange) checks(change drivers.UnitChange, users domainUsers) {
	if !c.changed(hclschema.PropChecks) {
		return
	}
	c.claim(hclschema.PropChecks)
	before, _ := c.before.Properties[hclschema.PropChecks].(hclschema.Record)
	after, _ := c.after.Properties[hclschema.PropChecks].(hclschema.Record)
	was := map[string]hclschema.Record{}
	for _, name := range before.Names() {
		was[name], _ = before[name].(hclschema.Record)
	}
	c.renameChecks(was, after)
	for _, name := range before.Names() {
		old, there := was[name]
		if now, _ := after[name].(hclschema.Record); there && (now == nil || !sameCheck(old, now)) {
			c.alter("drop check "+name+" of "+c.after.Identity.String(), func(w *writer) []string { return []string{"DROP CONSTRAINT ", w.Name(name)} })
			delete(was, name)
		}
	}
	for _, name := range after.Names() {
		now, _ := after[name].(hclschema.Record)
		old, there := was[name]
		valid := now["not_valid"] == nil
		switch {
		case !there:
			c.addCheck(name, now, valid && len(users) > 0)
			c.broken(change, users, name, now)
		case valid && old["not_valid"] != nil:
			c.validate(name)
			c.broken(change, users, name, now)
		}
		c.checkComment(name, old, now)
	}
}

// sameCheck says that one condition can become the other without being dropped: it is the same, and validated at most.
func sameCheck(old, now hclschema.Record) bool {
	return hclschema.Equal(old["expr"], now["expr"]) && (now["not_valid"] == nil || old["not_valid"] != nil)
}

// renameChecks gives a condition that is the same under another name that name.
func (c *typeChange) renameChecks(was map[string]hclschema.Record, after hclschema.Record) {
	for _, name := range after.Names() {
		now, _ := after[name].(hclschema.Record)
		if was[name] != nil {
			continue
		}
		for _, other := range recordNames(was) {
			if after[other] == nil && sameCheck(was[other], now) {
				c.alter("rename check "+other+" of "+c.after.Identity.String()+" to "+name, func(w *writer) []string {
					return []string{"RENAME CONSTRAINT ", w.Name(other), " TO ", w.Name(name)}
				})
				was[name] = was[other]
				delete(was, other)
				break
			}
		}
	}
}

func recordNames(records map[string]hclschema.Record) []string {
	all := hclschema.Record{}
	for name, record := range records {
		all[name] = record
	}
	return all.Names()
}

// addCheck adds a condition; one that columns are held to is validated in a step of its own, which locks nobody out.
func (c *typeChange) addCheck(name string, check hclschema.Record, apart bool) {
	c.alter("add check "+name+" to "+c.after.Identity.String(), func(w *writer) []string {
		parts := []string{"ADD CONSTRAINT ", w.Name(name), " CHECK (", check["expr"].String(), ")"}
		if apart || check["not_valid"] != nil {
			parts = append(parts, " NOT VALID")
		}
		return parts
	})
	if apart {
		c.validate(name)
	}
}

func (c *typeChange) validate(name string) {
	c.alter("validate check "+name+" of "+c.after.Identity.String(), func(w *writer) []string { return []string{"VALIDATE CONSTRAINT ", w.Name(name)} })
}

// checkComment is the comment of a condition, where it differs.
func (c *typeChange) checkComment(name string, old, now hclschema.Record) {
	if hclschema.Equal(old["comment"], now["comment"]) {
		return
	}
	w := newWriter()
	o := &hclschema.Object{Properties: hclschema.Properties{}}
	if comment := now["comment"]; comment != nil {
		o.Properties[hclschema.PropComment] = comment
	}
	w.comment("CONSTRAINT "+w.Name(name)+" ON "+typeName(c.after)(w), o)
	step, err := w.step("comment on check "+name+" of "+c.after.Identity.String(), shareUpdateExcl)
	if err != nil && c.err == nil {
		c.err = err
	}
	c.alteration.Steps = append(c.alteration.Steps, step)
}

// broken counts the rows that a condition which is validated would refuse.
func (c *typeChange) broken(change drivers.UnitChange, users domainUsers, name string, check hclschema.Record) {
	if check["not_valid"] != nil {
		return
	}
	for _, column := range users {
		broken := func(value string) string { return "NOT (" + withValue(check["expr"].String(), value) + ")" }
		c.alteration.Hazards = append(c.alteration.Hazards, users.violates(change, column, "must satisfy check "+name, broken))
	}
}

// withValue is a domain's condition with something in the place of the word VALUE.
func withValue(expr, value string) string {
	var b strings.Builder
	for i := 0; i < len(expr); {
		start := i
		switch c := expr[i]; {
		case c == '\'' || c == '"':
			end := closing(expr, i, c)
			if end < 0 {
				end = len(expr) - 1
			}
			i = end + 1
		case wordByte(c):
			for i < len(expr) && wordByte(expr[i]) {
				i++
			}
			if lower(expr[start:i]) == "value" {
				b.WriteString(value)
				continue
			}
		default:
			i++
		}
		b.WriteString(expr[start:i])
	}
	return b.String()
}
