package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// isIndex says that a part is an index and no constraint.
func isIndex(o *hclschema.Object) bool { return o.Identity.Kind == hclschema.KindIndex }

func (a *tableChange) dropPart(o *hclschema.Object) {
	if isIndex(o) {
		w := newWriter()
		w.Line("DROP INDEX ", w.object(o.Identity))
		step, err := w.step("drop "+o.Identity.String(), accessExclusive)
		a.add(phaseDrop, step, err)
		return
	}
	phase := phaseDrop
	if o.Identity.Kind == hclschema.KindExclude {
		phase = phaseAway // its condition may name columns that go
	}
	if o.Identity.Kind == hclschema.KindForeignKey && referredTable(o) == a.before.id() {
		phase = phaseAway // the key that it refers to may go, too
	}
	a.alter(phase, "drop "+o.Identity.String(), accessExclusive, func(w *writer) string { return "DROP CONSTRAINT " + w.Name(constraintName(o)) })
}

func (a *tableChange) addPart(o *hclschema.Object) {
	if isIndex(o) {
		steps, err := indexSteps(o)
		if err == nil {
			steps, err = withoutInvalid(a.before.table, o, steps)
		}
		a.addSteps(phaseConstraint, steps, err)
		return
	}
	lock, phase := accessExclusive, phaseConstraint
	switch o.Identity.Kind {
	case hclschema.KindForeignKey:
		lock = shareRowExcl
	case hclschema.KindPrimaryKey, hclschema.KindUnique:
		phase = phaseRename // before the keys of the table itself that refer to it
	}
	a.alter(phase, "add "+o.Identity.String(), lock, func(w *writer) string { return "ADD " + namedConstraint(w, o) })
	comments, err := constraintComments(nil, o)
	for _, step := range comments {
		a.add(phaseComment, step, err)
	}
}

func (a *tableChange) commentPart(o *hclschema.Object) {
	label := constraintLabel(o)
	if isIndex(o) {
		label = indexLabel(o)
	}
	step, err := commentStep(o, label)
	a.add(phaseComment, step, err)
}

// renamePart gives a constraint or an index another name.
func (a *tableChange) renamePart(from, to hclschema.Identity) {
	steps, err := renameTable(drivers.Rename{From: from, To: to}, nil)
	a.addSteps(phaseRename, steps, err)
}

// inPlace says that a constraint or an index can be altered as it stands. PostgreSQL sets no storage parameters of an index of a
// partitioned table.
func (a *tableChange) inPlace(c drivers.Change) bool {
	for _, name := range c.Properties {
		switch name {
		case hclschema.PropComment, hclschema.PropIndexComment, hclschema.PropName:
		case hclschema.PropDeferrable:
			if c.After.Identity.Kind != hclschema.KindForeignKey {
				return false
			}
		case hclschema.PropNotValid:
			if c.After.Properties.Bool(name) {
				return false
			}
		case hclschema.PropStorageParams, hclschema.PropTablespace:
			if !isIndex(c.After) || name == hclschema.PropStorageParams && a.after.table.Properties[hclschema.PropPartition] != nil {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// partInPlace alters a constraint or an index as it stands; false where it has to be made again.
func (a *tableChange) partInPlace(c drivers.Change) bool {
	if !a.inPlace(c) {
		return false
	}
	o := c.After
	for _, name := range c.Properties {
		switch name {
		case hclschema.PropComment:
			a.commentPart(o)
		case hclschema.PropIndexComment:
			step, err := indexCommentStep(o)
			a.add(phaseComment, step, err)
		case hclschema.PropName:
			a.alter(phaseRename, "rename the primary key of "+a.after.id().Path(), accessExclusive, func(w *writer) string {
				return "RENAME CONSTRAINT " + w.Name(constraintName(c.Before)) + " TO " + w.Name(constraintName(o))
			})
		case hclschema.PropDeferrable:
			a.alter(phaseConstraint, "alter "+o.Identity.String(), accessExclusive, func(w *writer) string {
				if o.Properties[hclschema.PropDeferrable] == nil {
					return "ALTER CONSTRAINT " + w.Name(constraintName(o)) + " NOT DEFERRABLE"
				}
				return "ALTER CONSTRAINT " + w.Name(constraintName(o)) + deferrable(o)
			})
		case hclschema.PropNotValid:
			a.alter(phaseConstraint, "validate "+o.Identity.String(), shareUpdateExcl, func(w *writer) string {
				return "VALIDATE CONSTRAINT " + w.Name(constraintName(o))
			})
		case hclschema.PropStorageParams:
			a.parameters(phaseTable, "INDEX", o.Identity, c)
		case hclschema.PropTablespace:
			a.tablespace(phaseTable, "INDEX", o)
		}
	}
	return true
}

// parameters sets and resets storage parameters.
func (a *tableChange) parameters(phase int, noun string, id hclschema.Identity, c drivers.Change) {
	for _, action := range parameterActions(c) {
		w := newWriter()
		w.Line("ALTER ", noun, " ", w.object(id), " ", action(w))
		step, err := w.step("storage parameters of "+id.String(), shareUpdateExcl)
		a.add(phase, step, err)
	}
}

// parameterActions are the SET and RESET that lead from one set of storage parameters to another.
func parameterActions(c drivers.Change) []func(*writer) string {
	was, _ := c.Before.Properties[hclschema.PropStorageParams].(hclschema.Record)
	is, _ := c.After.Properties[hclschema.PropStorageParams].(hclschema.Record)
	reset, set := changedSettings(was, is)
	var actions []func(*writer) string
	if len(reset) > 0 {
		actions = append(actions, func(w *writer) string {
			names := make([]string, len(reset))
			for i, name := range reset {
				names[i] = w.optionName(name)
			}
			return "RESET (" + strings.Join(names, ", ") + ")"
		})
	}
	if len(set) > 0 {
		actions = append(actions, func(w *writer) string { return "SET (" + w.options(set) + ")" })
	}
	return actions
}

func (a *tableChange) tablespace(phase int, noun string, o *hclschema.Object) {
	name := o.Properties.Text(hclschema.PropTablespace)
	if name == "" {
		name = "pg_default"
	}
	w := newWriter()
	w.Line("ALTER ", noun, " ", w.object(o.Identity), " SET TABLESPACE ", w.Name(name))
	step, err := w.step("move "+o.Identity.String()+" to the tablespace "+name, accessExclusive)
	a.add(phase, step, err)
}

// losesOperators says that an index or constraint that has not changed can't live through a change of type: a foreign key
// whose sides would not compare.
func (a *tableChange) losesOperators(o *hclschema.Object) bool {
	if o.Identity.Kind != hclschema.KindForeignKey {
		return false
	}
	return slices.ContainsFunc(o.Properties.List(hclschema.PropColumns), func(column hclschema.Value) bool { return a.changesFamily(column.String()) })
}
