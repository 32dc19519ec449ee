package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

func primaryKeyProperties() []string {
	return []string{
		hclschema.PropName, hclschema.PropColumns, hclschema.PropInclude, hclschema.PropDeferrable, hclschema.PropStorageParams, hclschema.PropTablespace,
		hclschema.PropComment, hclschema.PropIndexComment,
	}
}

func uniqueProperties() []string {
	return []string{
		hclschema.PropColumns, hclschema.PropInclude, hclschema.PropNullsDistinct, hclschema.PropDeferrable, hclschema.PropStorageParams,
		hclschema.PropTablespace, hclschema.PropComment, hclschema.PropIndexComment,
	}
}

func foreignKeyProperties() []string {
	return []string{
		hclschema.PropColumns, hclschema.PropRefTable, hclschema.PropRefSchema, hclschema.PropRefColumns, hclschema.PropOnUpdate, hclschema.PropOnDelete,
		hclschema.PropDeleteColumns, hclschema.PropMatch, hclschema.PropDeferrable, hclschema.PropNotValid, hclschema.PropComment,
	}
}

func checkProperties() []string {
	return []string{hclschema.PropExpr, hclschema.PropNoInherit, hclschema.PropNotValid, hclschema.PropComment}
}

func excludeProperties() []string {
	return []string{
		hclschema.PropColumns, hclschema.PropIndexType, hclschema.PropWhere, hclschema.PropInclude, hclschema.PropDeferrable, hclschema.PropStorageParams,
		hclschema.PropTablespace, hclschema.PropComment, hclschema.PropIndexComment,
	}
}

// constraintName is the name of a constraint, which a primary key has as a property.
func constraintName(o *hclschema.Object) string {
	if o.Identity.Kind == hclschema.KindPrimaryKey {
		return o.Properties.Text(hclschema.PropName)
	}
	return o.Identity.Name
}

// namedConstraint is a constraint with its name, as CREATE TABLE and ADD write it.
func namedConstraint(w *writer, o *hclschema.Object) string {
	name := constraintName(o)
	if name == "" || o.Identity.Unnamed {
		return constraintDefinition(w, o)
	}
	return "CONSTRAINT " + w.Name(name) + " " + constraintDefinition(w, o)
}

// constraintDefinition is a constraint without its name.
func constraintDefinition(w *writer, o *hclschema.Object) string {
	switch o.Identity.Kind {
	case hclschema.KindCheck:
		text := "CHECK " + wrapped(o.Properties.Text(hclschema.PropExpr))
		if o.Properties.Bool(hclschema.PropNoInherit) {
			text += " NO INHERIT"
		}
		return text + notValid(o)
	case hclschema.KindForeignKey:
		return foreignKeyDefinition(w, o) + deferrable(o) + notValid(o)
	case hclschema.KindExclude:
		method := "btree"
		if given := o.Properties.Text(hclschema.PropIndexType); given != "" {
			method = given
		}
		return "EXCLUDE USING " + w.Name(method) + " " + indexParts(w, o) + indexDetails(w, o) + deferrable(o)
	case hclschema.KindPrimaryKey:
		return "PRIMARY KEY " + indexParts(w, o) + indexDetails(w, o) + deferrable(o)
	default:
		text := "UNIQUE "
		if o.Properties[hclschema.PropNullsDistinct] != nil {
			text += "NULLS NOT DISTINCT "
		}
		return text + indexParts(w, o) + indexDetails(w, o) + deferrable(o)
	}
}

func foreignKeyDefinition(w *writer, o *hclschema.Object) string {
	p := o.Properties
	text := "FOREIGN KEY (" + w.names(p.List(hclschema.PropColumns)) + ") REFERENCES " +
		w.qualified(p.Text(hclschema.PropRefSchema), p.Text(hclschema.PropRefTable))
	if columns := p.List(hclschema.PropRefColumns); columns != nil {
		text += " (" + w.names(columns) + ")"
	}
	if match := p.Text(hclschema.PropMatch); match != "" {
		text += " MATCH " + match
	}
	if action := p.Text(hclschema.PropOnUpdate); action != "" {
		text += " ON UPDATE " + strings.ReplaceAll(action, "_", " ")
	}
	if action := p.Text(hclschema.PropOnDelete); action != "" {
		text += " ON DELETE " + strings.ReplaceAll(action, "_", " ")
	}
	if columns := p.List(hclschema.PropDeleteColumns); columns != nil {
		text += " (" + w.names(columns) + ")"
	}
	return text
}

func deferrable(o *hclschema.Object) string {
	switch o.Properties.Text(hclschema.PropDeferrable) {
	case "INITIALLY_DEFERRED":
		return " DEFERRABLE INITIALLY DEFERRED"
	case "INITIALLY_IMMEDIATE":
		return " DEFERRABLE"
	}
	return ""
}

func notValid(o *hclschema.Object) string {
	if o.Properties.Bool(hclschema.PropNotValid) {
		return " NOT VALID"
	}
	return ""
}

// constraintComments adds the steps that comment a constraint, and its index, where they have comments.
func constraintComments(steps []drivers.Step, o *hclschema.Object) ([]drivers.Step, error) {
	steps, err := withComment(steps, o, constraintLabel(o))
	if err == nil && o.Properties.Text(hclschema.PropIndexComment) != "" {
		var step drivers.Step
		step, err = indexCommentStep(o)
		steps = append(steps, step)
	}
	return steps, err
}

// indexCommentStep comments the index of a constraint, which has the constraint's name.
func indexCommentStep(o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	w.commentText("INDEX "+w.qualified(o.Identity.Schema, constraintName(o)), o.Properties.Text(hclschema.PropIndexComment))
	return w.step("comment on the index of "+o.Identity.String(), shareUpdateExcl)
}

func constraintLabel(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string {
		return "CONSTRAINT " + w.Name(constraintName(o)) + " ON " + w.parent(o.Identity)
	}
}

// referredTable is what a foreign key refers to.
func referredTable(key *hclschema.Object) hclschema.Identity {
	return hclschema.Identity{Kind: hclschema.KindTable, Schema: key.Properties.Text(hclschema.PropRefSchema), Name: key.Properties.Text(hclschema.PropRefTable)}
}
