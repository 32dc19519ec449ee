package postgres

import (
	"cmp"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// heldChild is the table whose parents this one stands in for; nil where it is an ordinary table.
func (a *tableChange) heldChild() *hclschema.Object {
	for _, o := range a.Dependents {
		if o.Identity.Kind == hclschema.KindTable && holderOf(o.Identity) == a.before.id() {
			return o
		}
	}
	return nil
}

// owned says that the child has a column or a check of its own that this table gets for it.
func (a *tableChange) owned(child, o *hclschema.Object) bool {
	id := o.Identity
	id.Schema, id.Parent = child.Identity.Schema, child.Identity.Name
	was, is := a.Start(id), a.End(id)
	return was != nil && !was.Properties.Bool(hclschema.PropInherited) && (is == nil || is.Properties.Bool(hclschema.PropInherited))
}

// handsOver says that a column or a check, which is the table's own, is to be inherited alone.
func (a *tableChange) handsOver(c drivers.Change) bool {
	id := c.Before.Identity
	if id.Kind != hclschema.KindColumn && id.Kind != hclschema.KindCheck || a.Start == nil || a.End == nil ||
		c.Before.Properties.Bool(hclschema.PropInherited) || c.After != nil && !c.After.Properties.Bool(hclschema.PropInherited) {
		return false
	}
	return a.Start(a.heldIdentity(id)) == nil && a.End(a.heldIdentity(id)) != nil
}

// heldIdentity is a column or check of the table that stands in for the parents.
func (a *tableChange) heldIdentity(id hclschema.Identity) hclschema.Identity {
	holder := holderOf(a.before.id())
	id.Schema, id.Parent = holder.Schema, holder.Name
	return id
}

// handOver makes a column or a check an inherited one. No statement does that to a column that is there: another one comes from
// the parent, takes its values and its name.
func (a *tableChange) handOver(c drivers.Change) {
	id := c.Before.Identity
	held := a.End(a.heldIdentity(id))
	w := newWriter()
	parent := w.object(holderOf(a.before.id()))
	if id.Kind == hclschema.KindCheck {
		a.dropPart(c.Before)
		w.Line("ALTER TABLE ", parent)
		w.Indented(func() { w.Line("ADD ", namedConstraint(w, held)) })
		step, err := w.step("inherit "+id.String(), accessExclusive)
		a.add(phaseConstraint, step, err)
		return
	}
	a.gone[id.Name] = true
	old := makeObjectName("duo_orm", id.Name, "")
	generated := held.Properties[hclschema.PropGenerated] != nil
	if !generated {
		a.alter(phaseRelease, "set "+id.String()+" aside", accessExclusive, func(w *writer) string { return "RENAME COLUMN " + w.Name(id.Name) + " TO " + w.Name(old) })
	} else {
		a.alter(phaseRelease, "drop "+id.String(), accessExclusive, func(w *writer) string { return "DROP COLUMN " + w.Name(id.Name) })
	}
	nullable := held.Clone()
	if !generated {
		nullable.Properties[hclschema.PropNull] = hclschema.Bool(true)
		delete(nullable.Properties, hclschema.PropDefault)
		delete(nullable.Properties, hclschema.PropNullName)
	}
	w.Line("ALTER TABLE ", parent)
	w.Indented(func() { w.Line("ADD COLUMN ", columnDefinition(w, nullable)) })
	step, err := w.step("inherit "+id.String(), accessExclusive)
	a.add(phaseRelease, step, err)
	if !generated {
		w = newWriter()
		before, after := c.Before.Properties.Text(hclschema.PropType), held.Properties.Text(hclschema.PropType)
		value := w.Name(old)
		if before != after {
			value = conversion(value, before, after)
		}
		w.Line("UPDATE ", w.object(a.after.id()))
		w.Line("SET ", w.Name(id.Name), " = ", value)
		step, err = w.step("keep the values of "+id.Path(), "ROW EXCLUSIVE")
		a.add(phaseRelease, step, err)
		a.alter(phaseRelease, "drop the column that held the values of "+id.Path(), accessExclusive, func(w *writer) string { return "DROP COLUMN " + w.Name(old) })
		w = newWriter()
		var actions []string
		if value := held.Properties[hclschema.PropDefault]; value != nil {
			actions = append(actions, "ALTER COLUMN "+w.Name(id.Name)+" SET DEFAULT "+defaultExpression(value.String()))
		}
		if !held.Properties.Bool(hclschema.PropNull) {
			actions = append(actions, "ALTER COLUMN "+w.Name(id.Name)+" SET NOT NULL")
		}
		if actions != nil {
			w.Line("ALTER TABLE ", parent)
			w.List(actions)
			step, err = w.step("default and NOT NULL of "+id.String(), accessExclusive)
			a.add(phaseColumn, step, err)
		}
		if name, usual := nullName(held), usualNullName(held.Identity); name != usual && !held.Properties.Bool(hclschema.PropNull) {
			w = newWriter()
			w.Line("ALTER TABLE ", parent)
			w.Indented(func() { w.Line("RENAME CONSTRAINT ", w.Name(usual), " TO ", w.Name(name)) })
			step, err = w.step("rename NOT NULL of "+id.String(), accessExclusive)
			a.add(phaseColumn, step, err)
		}
	}
	if storage := held.Properties.Text(hclschema.PropStorage); storage != "" {
		a.alter(phaseColumn, "storage of "+id.String(), accessExclusive, func(w *writer) string { return "ALTER COLUMN " + w.Name(id.Name) + " SET STORAGE " + storage })
	}
	if c.After != nil {
		a.differInherited(c.After)
	}
	a.keepHandedOver(c)
}

// keepHandedOver gives the column that comes from the parent the privileges of the one that it takes the place of.
func (a *tableChange) keepHandedOver(c drivers.Change) {
	held := c.Before.Derived[derivedHeld]
	if c.After != nil {
		held = cmp.Or(held, c.After.Derived[derivedHeld])
	}
	held = cmp.Or(held, a.after.table.Derived[columnPrivileges+c.Before.Identity.Name])
	steps, err := privilegeSteps(c.Before, c.Before.Identity.Name, "[]", held)
	a.addSteps(phaseComment, steps, err)
}

// becomesParents says that a check of the table becomes one that it has of a parent that it keeps: the parent's statement merges
// the two where the table is a partition.
func (a *tableChange) becomesParents(o *hclschema.Object, parents []string) bool {
	if o.Identity.Kind != hclschema.KindCheck || a.End == nil || a.after.table.Properties[hclschema.PropPartitionOf] == nil {
		return false
	}
	return slices.ContainsFunc(parents, func(parent string) bool {
		of := tableIdentity(parent)
		return a.End(hclschema.Identity{Kind: hclschema.KindCheck, Schema: of.Schema, Parent: of.Name, Name: o.Identity.Name}) != nil
	})
}
