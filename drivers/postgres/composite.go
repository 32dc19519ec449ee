package postgres

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// compositeKind is a composite type. Fields are added at its end, dropped, and given other types in place, where no column has
// the type; else it is made again, and its columns hold JSON meanwhile (detach.go).
func compositeKind() kind {
	return kind{
		name:       hclschema.KindComposite,
		properties: map[string][]string{hclschema.KindComposite: {hclschema.PropFields, hclschema.PropComment}},
		accepts:    map[string][]string{hclschema.KindComposite: {hclschema.PropComment}},
		create:     createComposite,
		drop:       dropType,
		alter:      alterComposite,
		rename:     renameType,
		link:       linkComposite,
	}
}

// fieldsOf are the fields of a composite type, or the columns of a foreign table.
func fieldsOf(o *hclschema.Object) []hclschema.Record {
	var fields []hclschema.Record
	for _, value := range o.Properties.List(hclschema.PropFields) {
		if field, ok := value.(hclschema.Record); ok {
			fields = append(fields, field)
		}
	}
	return fields
}

func fieldNamed(fields []hclschema.Record, name string) hclschema.Record {
	for _, field := range fields {
		if field["name"].String() == name {
			return field
		}
	}
	return nil
}

// fieldType is the type of a field with its collation.
func fieldType(field hclschema.Record) string {
	text := field["type"].String()
	if collate := field["collate"]; collate != nil {
		text += " COLLATE " + collate.String()
	}
	return text
}

func createComposite(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	fields := fieldsOf(o)
	if len(fields) == 0 {
		w.Line("CREATE ", typeName(o)(w), " AS ()")
	} else {
		items := make([]string, len(fields))
		for i, field := range fields {
			items[i] = w.Name(field["name"].String()) + " " + fieldType(field)
		}
		w.Line("CREATE ", typeName(o)(w), " AS (")
		w.List(items)
		w.Line(")")
	}
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	if steps, err = withComment(steps, o, typeName(o)); err != nil {
		return nil, err
	}
	c := &typeChange{before: o, after: o}
	for _, field := range fields {
		c.fieldComment(nil, field)
	}
	return append(steps, c.alteration.Steps...), c.err
}

func linkComposite(l *linker, o *hclschema.Object) {
	for _, field := range fieldsOf(o) {
		l.needsType(o, field["type"].String())
		if collate := field["collate"]; collate != nil {
			l.mention(o, collate.String())
		}
	}
}

func alterComposite(change drivers.UnitChange) (drivers.Alteration, error) {
	c := &typeChange{before: change.Before[0], after: change.After[0]}
	if !c.changed(hclschema.PropFields) {
		return c.comment()
	}
	before, after := fieldsOf(c.before), fieldsOf(c.after)
	if !keepsOrder(before, after) {
		return drivers.Alteration{}, nil
	}
	c.claim(hclschema.PropFields)
	// A typed table is one of its own meanwhile: its columns change with all that rests on them.
	c.alteration.Disturbs = func(o *hclschema.Object) bool { return o.Properties[hclschema.PropOfType] != nil }
	for _, field := range before {
		if name := field["name"].String(); fieldNamed(after, name) == nil {
			c.alter("drop field "+name+" of "+c.after.Identity.String(), func(w *writer) []string { return []string{"DROP ATTRIBUTE ", w.Name(name)} })
			step := &c.alteration.Steps[len(c.alteration.Steps)-1]
			if hasColumns(change) {
				step.Destroys = "the values of field " + name + " of " + c.after.Identity.String()
				c.alteration.Hazards = append(c.alteration.Hazards, drivers.Hazard{Kind: drivers.Destroys, Object: c.after.Identity, Text: step.Destroys})
			}
		}
	}
	for _, field := range after {
		name := field["name"].String()
		old := fieldNamed(before, name)
		switch {
		case old == nil:
			c.alter("add field "+name+" to "+c.after.Identity.String(), func(w *writer) []string {
				return []string{"ADD ATTRIBUTE ", w.Name(name), " ", fieldType(field)}
			})
		case fieldType(old) != fieldType(field):
			if hasColumns(change) {
				return drivers.Alteration{}, nil // PostgreSQL refuses: the columns have another type while it is made again
			}
			c.alter("type of field "+name+" of "+c.after.Identity.String(), func(w *writer) []string {
				return []string{"ALTER ATTRIBUTE ", w.Name(name), " SET DATA TYPE ", fieldType(field)}
			})
		}
		c.fieldComment(old, field)
	}
	return c.comment()
}

// hasColumns says that columns of tables have the type, or may have it within another one.
func hasColumns(change drivers.UnitChange) bool {
	return slices.ContainsFunc(change.Dependents, func(o *hclschema.Object) bool {
		switch o.Identity.Kind {
		case hclschema.KindColumn, hclschema.KindForeignTable, hclschema.KindDomain, hclschema.KindComposite, hclschema.KindRange:
			return true
		}
		return false
	})
}

// keepsOrder says that the fields that stay come first, in the order that they had.
func keepsOrder(before, after []hclschema.Record) bool {
	var stay []string
	for _, field := range before {
		if name := field["name"].String(); fieldNamed(after, name) != nil {
			stay = append(stay, name)
		}
	}
	for i, name := range stay {
		if after[i]["name"].String() != name {
			return false
		}
	}
	return true
}

func (c *typeChange) fieldComment(old, now hclschema.Record) {
	if hclschema.Equal(old["comment"], now["comment"]) {
		return
	}
	w := newWriter()
	o := &hclschema.Object{Properties: hclschema.Properties{}}
	if comment := now["comment"]; comment != nil {
		o.Properties[hclschema.PropComment] = comment
	}
	w.comment("COLUMN "+w.object(c.after.Identity)+"."+w.Name(now["name"].String()), o)
	step, err := w.step("comment on field "+now["name"].String()+" of "+c.after.Identity.String(), shareUpdateExcl)
	if err != nil && c.err == nil {
		c.err = err
	}
	c.alteration.Steps = append(c.alteration.Steps, step)
}
