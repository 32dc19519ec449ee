package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// inheritedSteps say what a new table has otherwise than its parents: defaults and NOT NULL of columns that it has of them.
func inheritedSteps(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	var actions []string
	for _, o := range parts(unit, hclschema.KindColumn) {
		if o.Properties.Bool(hclschema.PropInherited) {
			actions = append(actions, inheritedActions(w, o)...)
		}
	}
	if actions == nil {
		return nil, nil
	}
	w.Line("ALTER TABLE ", w.object(unit.Identity()))
	w.List(actions)
	return one(w.step("inherited columns of "+unit.Identity().String(), accessExclusive))
}

func inheritedActions(w *writer, o *hclschema.Object) []string {
	alter := "ALTER COLUMN " + w.Name(o.Identity.Name) + " SET "
	var actions []string
	if expr, ok := o.Properties[hclschema.PropDefault]; ok {
		actions = append(actions, alter+"DEFAULT "+defaultExpression(expr.String()))
	}
	if !o.Properties.Bool(hclschema.PropNull) {
		actions = append(actions, alter+"NOT NULL")
	}
	return actions
}

// parentsOf are the names of the tables that a table inherits from or is a partition of.
func parentsOf(table *hclschema.Object) []string {
	if of := table.Properties.Text(hclschema.PropPartitionOf); of != "" {
		return []string{of}
	}
	return inheritsFrom(table)
}

// inheritsFrom are the names of the tables that a table inherits from without being a partition.
func inheritsFrom(table *hclschema.Object) []string {
	var names []string
	for _, name := range table.Properties.List(hclschema.PropInherits) {
		names = append(names, name.String())
	}
	return names
}

// tableIdentity is the table that a text of the engine names.
func tableIdentity(text string) hclschema.Identity {
	names := nameParts(text)
	id := hclschema.Identity{Kind: hclschema.KindTable, Name: names[len(names)-1]}
	if len(names) > 1 {
		id.Schema = names[0]
	}
	return id
}

// ancestry plans the changes of what a table inherits from; false for a property that can't be changed in place.
func (a *tableChange) ancestry(name string, c drivers.Change) bool {
	was, is := c.Before.Properties, c.After.Properties
	switch name {
	case hclschema.PropPartitionOf:
		a.repartition(was, is)
	case hclschema.PropBounds:
		if hclschema.Equal(was[hclschema.PropPartitionOf], is[hclschema.PropPartitionOf]) {
			a.repartition(was, is)
		}
	case hclschema.PropInherits:
		a.inherit(inheritsFrom(c.Before), inheritsFrom(c.After))
	case hclschema.PropIndexNames:
		if !hclschema.Equal(was[hclschema.PropPartitionOf], is[hclschema.PropPartitionOf]) {
			return true // the names come along; what differs then is planned in the next round
		}
		return a.indexNames(record(c.Before, name), record(c.After, name))
	case hclschema.PropIndexSettings:
		if !hclschema.Equal(was[hclschema.PropPartitionOf], is[hclschema.PropPartitionOf]) {
			return true // likewise
		}
		return a.indexSettings(record(c.Before, name), record(c.After, name))
	default:
		return false
	}
	return true
}

// repartition takes a table from its place among the partitions of another one, and gives it its new place. Its rows stay.
func (a *tableChange) repartition(was, is hclschema.Properties) {
	id := a.after.id()
	if of := was.Text(hclschema.PropPartitionOf); of != "" {
		step, err := detachPartition(id, of)
		a.phases[phaseAway] = slices.Insert(a.phases[phaseAway], 0, step)
		if err != nil && a.err == nil {
			a.err = err
		}
	}
	if of := is.Text(hclschema.PropPartitionOf); of != "" {
		a.callNullAs(of)
		step, err := attachPartition(id, of, is.Text(hclschema.PropBounds))
		a.add(phaseTable, step, err)
		a.countBehind(of)
	}
}

// countBehind lets the counters of a table go on behind the values that one brings along which becomes a partition of it.
func (a *tableChange) countBehind(of string) {
	for _, o := range a.before.parts {
		root := a.ancestral(tableIdentity(of), o.Identity.Name)
		if o.Identity.Kind != hclschema.KindColumn || root == nil || counterOf(root) != identityCounter {
			continue
		}
		w := newWriter()
		sequence := "pg_get_serial_sequence(" + w.Literal(w.parent(root.Identity)) + ", " + w.Literal(root.Identity.Name) + ")::regclass"
		goOn(w, sequence, isDescending(root), o, "")
		step, err := w.step("set the counter of "+root.Identity.String(), "ACCESS SHARE")
		step.Because = "the counter goes on behind the values that are there"
		a.add(phaseTable, step, err)
	}
}

// inherit gives a table other parents. It takes the new ones first: what old and new ones have in common is inherited all the time.
func (a *tableChange) inherit(was, is []string) {
	of := a.after.id().String()
	for _, parent := range is {
		if !slices.Contains(was, parent) {
			a.callNullAs(parent)
			a.alter(phaseTable, "let "+of+" inherit from "+parent, accessExclusive, func(*writer) string { return "INHERIT " + parent })
		}
	}
	for _, parent := range was {
		if !slices.Contains(is, parent) {
			a.alter(phaseTable, "let "+of+" no longer inherit from "+parent, accessExclusive, func(*writer) string { return "NO INHERIT " + parent })
		}
	}
}

// derivedNullName is the name of a column's NOT NULL constraint, told by servers that keep one (version 18 and later).
const derivedNullName = "null name"

// callNullAs gives the NOT NULL constraints of a table the names of those of the table that it joins: the engine would have called
// them so, had it made the table as a child of that.
func (a *tableChange) callNullAs(parent string) {
	for _, o := range a.before.parts {
		was := o.Derived[derivedNullName]
		after := a.after.columns[o.Identity.Name]
		if was == "" || o.Identity.Kind != hclschema.KindColumn || after != nil && after.Properties[hclschema.PropNullName] != nil {
			continue
		}
		of := a.ancestral(tableIdentity(parent), o.Identity.Name)
		if of == nil || of.Properties.Bool(hclschema.PropNull) {
			continue
		}
		a.renameNull(o, was, nullName(of))
	}
}

// ancestral finds a column where it is declared: in a table, or in the one that this has it of.
func (a *tableChange) ancestral(table hclschema.Identity, column string) *hclschema.Object {
	if a.End == nil {
		return nil
	}
	if o := a.End(hclschema.Identity{Kind: hclschema.KindColumn, Schema: table.Schema, Parent: table.Name, Name: column}); o != nil && !o.Properties.Bool(hclschema.PropInherited) {
		return o
	}
	if o := a.End(table); o != nil {
		for _, parent := range parentsOf(o) {
			if found := a.ancestral(tableIdentity(parent), column); found != nil {
				return found
			}
		}
	}
	return nil
}

// seenFrom is a column as the children of a table have it, where these say nothing else: as it is declared above, with what the tables in
// between have otherwise.
func (a *tableChange) seenFrom(table hclschema.Identity, column string) *hclschema.Object {
	if a.End == nil {
		return nil
	}
	own := a.End(hclschema.Identity{Kind: hclschema.KindColumn, Schema: table.Schema, Parent: table.Name, Name: column})
	if own != nil && !own.Properties.Bool(hclschema.PropInherited) {
		return own
	}
	if o := a.End(table); o != nil {
		for _, parent := range parentsOf(o) {
			switch of := a.seenFrom(tableIdentity(parent), column); {
			case of != nil && own != nil:
				return withDifferences(of, own)
			case of != nil:
				return of
			}
		}
	}
	return own
}

// settleAncestry takes those changes of parts out of the work that come with a change of parents: what a table leaves with,
// it keeps as its own; what it has already when it is attached becomes its parent's. What differs after that is planned in
// the next round.
func (a *tableChange) settleAncestry() {
	was, is := parentsOf(a.before.table), parentsOf(a.after.table)
	leaves, joins := missing(was, is), missing(is, was)
	var rest []drivers.Change
	child := a.heldChild()
	for _, c := range a.Changes {
		switch part := c.Identity().Kind != hclschema.KindTable; {
		case part && child != nil && c.Before == nil && a.owned(child, c.After):
			a.claim(c) // with the work on the child
		case part && c.Before != nil && a.handsOver(c):
			a.claim(c)
			a.handOver(c)
		case part && c.After == nil && len(leaves)+len(joins) == 0 && a.becomesParents(c.Before, is):
			a.claim(c)
		case part && slices.Contains(c.Properties, hclschema.PropInherited) && len(leaves)+len(joins) > 0:
			a.claim(c)
		case part && c.Before == nil && c.After.Properties.Bool(hclschema.PropInherited):
			a.claim(c)
			a.differInherited(c.After)
		case part && c.After == nil && c.Before.Properties.Bool(hclschema.PropInherited):
			a.claim(c)
			if len(leaves) == 0 && a.stillInherits(c.Before, is) {
				a.asInherited(c.Before, is)
			}
		case part && c.Before == nil && len(leaves) > 0, part && c.After == nil && len(joins) > 0 && !a.strange(c.Before, joins):
			a.claim(c)
		default:
			rest = append(rest, c)
		}
	}
	a.Changes = rest
}

// missing are the names of a list that another one lacks.
func missing(list, other []string) []string {
	var names []string
	for _, name := range list {
		if !slices.Contains(other, name) {
			names = append(names, name)
		}
	}
	return names
}

// stillInherits says that an ancestor will have what the table has of it now: else it goes there, and with that here.
func (a *tableChange) stillInherits(o *hclschema.Object, parents []string) bool {
	return a.End == nil || o.Identity.Kind != hclschema.KindColumn || slices.ContainsFunc(parents, func(parent string) bool {
		return a.ancestral(tableIdentity(parent), o.Identity.Name) != nil
	})
}

// strange says that a column is one that the parents don't have, as far as they are known.
func (a *tableChange) strange(o *hclschema.Object, parents []string) bool {
	return o.Identity.Kind == hclschema.KindColumn && a.Start != nil && !a.inheritable(o.Identity.Name, parents)
}

// inheritable says that tables have a column, of their own or of their own parents, or that one of them isn't known.
func (a *tableChange) inheritable(column string, tables []string) bool {
	return slices.ContainsFunc(tables, func(table string) bool {
		id := tableIdentity(table)
		o := a.Start(id)
		return o == nil || a.Start(hclschema.Identity{Kind: hclschema.KindColumn, Schema: id.Schema, Parent: id.Name, Name: column}) != nil || a.inheritable(column, parentsOf(o))
	})
}

// differInherited gives a column that comes from a parent what it has otherwise.
func (a *tableChange) differInherited(o *hclschema.Object) {
	unit := drivers.Unit{a.after.table, o}
	for _, more := range []func(drivers.Unit) ([]drivers.Step, error){inheritedSteps, columnSteps} {
		steps, err := more(unit)
		a.addSteps(phaseColumn, steps, err)
	}
	if o.Properties.Text(hclschema.PropComment) != "" {
		step, err := commentStep(o, columnName(o))
		a.add(phaseComment, step, err)
	}
}

// asInherited makes a column again as its parent has it.
func (a *tableChange) asInherited(o *hclschema.Object, parents []string) {
	var like *hclschema.Object
	for _, parent := range parents {
		if like == nil {
			like = a.seenFrom(tableIdentity(parent), o.Identity.Name)
		}
	}
	w := newWriter()
	alter := "ALTER COLUMN " + w.Name(o.Identity.Name)
	var actions []string
	only := ""
	switch is := o.Properties[hclschema.PropDefault]; {
	case like != nil && like.Properties[hclschema.PropDefault] != nil:
		if !hclschema.Equal(is, like.Properties[hclschema.PropDefault]) {
			actions = append(actions, alter+" SET DEFAULT "+defaultExpression(like.Properties.Text(hclschema.PropDefault)))
		}
	case is != nil:
		actions = append(actions, alter+" DROP DEFAULT")
	}
	if like != nil && like.Properties.Bool(hclschema.PropNull) && !o.Properties.Bool(hclschema.PropNull) {
		actions = append(actions, alter+" DROP NOT NULL")
		only = a.only()
	}
	if o.Properties[hclschema.PropStatistics] != nil {
		actions = append(actions, alter+" SET STATISTICS -1")
	}
	if storage := o.Properties.Text(hclschema.PropStorage); storage != "" && like != nil {
		usual := like.Properties.Text(hclschema.PropStorage)
		if usual == "" {
			usual = usualStorage(o, like.Properties.Text(hclschema.PropType))
		}
		actions = append(actions, alter+" SET STORAGE "+usual)
	}
	if o.Properties[hclschema.PropCompression] != nil && like != nil {
		usual := like.Properties.Text(hclschema.PropCompression)
		if usual == "" {
			usual = defaultCompression
		}
		actions = append(actions, alter+" SET COMPRESSION "+usual)
	}
	if options := record(o, hclschema.PropOptions); len(options) > 0 {
		actions = append(actions, alter+" RESET ("+strings.Join(options.Names(), ", ")+")")
	}
	if actions != nil {
		w.Line("ALTER TABLE ", only, w.object(a.after.id()))
		w.List(actions)
		step, err := w.step(o.Identity.String()+" as inherited", accessExclusive)
		a.add(phaseColumn, step, err)
	}
	if o.Properties.Text(hclschema.PropComment) != "" {
		bare := o.Clone()
		delete(bare.Properties, hclschema.PropComment)
		step, err := commentStep(bare, columnName(bare))
		a.add(phaseComment, step, err)
	}
}

// inheritedColumn plans the changes of a column's properties that have to do with parents.
func (a *tableChange) inheritedColumn(string, drivers.Change) bool { return false }
