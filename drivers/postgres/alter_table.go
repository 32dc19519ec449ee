package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// tableChange plans the way from one table to another of the same name. Steps are collected by phase: what is in the way
// goes first, values change between, what rests on them comes last.
type tableChange struct {
	drivers.UnitChange
	before, after *tableUnit
	claims        []drivers.Claim
	// phases are the steps in the order of the constants below.
	phases [phaseCount][]drivers.Step
	err    error
	// again are columns that are dropped and added, and parts that therefore are too; retyped are columns whose type changes,
	// gone those that don't stay as they are or at all.
	again, retyped, gone map[string]bool
	// types are the changes of types, which one statement carries out, so that the rows are written anew once.
	types []typeAction
	// fills are the values that a column gets on the way back.
	fills map[string]string
}

const (
	phaseAway     = iota // what would stand in the way of columns that go
	phaseComputed        // computed columns that go, or become plain ones
	phaseDrop            // constraints, indexes, columns that go
	phaseRelease         // defaults, identities and expressions that would stand in the way of a type
	phaseType
	phaseAdd         // columns
	phaseAddComputed // those that are computed from others
	phaseFill
	phaseColumn // defaults, NOT NULL, identities, storage
	phaseRename
	phaseConstraint
	phaseTable
	phaseMark // what replication and CLUSTER go by, when indexes have their names
	phaseComment
	phaseCount
)

// typeAction is the change of one column's type.
type typeAction struct {
	column   string
	converts bool
	// lost is the part of the values that may be lost; empty for none.
	lost  string
	write func(*writer) string
}

// tableUnit finds the parts of a table.
type tableUnit struct {
	table   *hclschema.Object
	parts   []*hclschema.Object
	columns map[string]*hclschema.Object
	byID    map[hclschema.Identity]*hclschema.Object
}

func newTableUnit(unit drivers.Unit) *tableUnit {
	t := &tableUnit{table: unit[0], parts: unit[1:], columns: map[string]*hclschema.Object{}, byID: map[hclschema.Identity]*hclschema.Object{}}
	for _, o := range unit {
		t.byID[o.Identity] = o
		if o.Identity.Kind == hclschema.KindColumn {
			t.columns[o.Identity.Name] = o
		}
	}
	return t
}

func (t *tableUnit) id() hclschema.Identity { return t.table.Identity }

func alterTable(change drivers.UnitChange) (drivers.Alteration, error) {
	a := &tableChange{UnitChange: change, before: newTableUnit(change.Before), after: newTableUnit(change.After),
		again: map[string]bool{}, retyped: map[string]bool{}, gone: map[string]bool{}, fills: map[string]string{}}
	a.settleAncestry()
	a.findColumns()
	pairs := a.pairs()
	for _, c := range a.Changes {
		a.change(c, pairs)
	}
	a.restoreParts()
	a.changeTypes()
	var steps []drivers.Step
	for _, phase := range a.phases {
		steps = append(steps, phase...)
	}
	return drivers.Alteration{Steps: steps, Claims: a.claims, Disturbs: a.disturbs, Hazards: a.hazards()}, a.err
}

// changeTypes adds the statement that changes all types.
func (a *tableChange) changeTypes() {
	if len(a.types) == 0 {
		return
	}
	w := newWriter()
	var names, actions, lost []string
	converts := false
	for _, t := range a.types {
		if t.lost != "" {
			lost = append(lost, t.lost)
		}
		names, actions = append(names, t.column), append(actions, t.write(w))
		converts = converts || t.converts
	}
	w.Line("ALTER TABLE ", w.object(a.after.id()))
	w.List(actions)
	name := "type of column " + hclschema.Identity{Schema: a.after.id().Schema, Parent: a.after.id().Name, Name: names[0]}.Path()
	if len(names) > 1 {
		name = "types of " + strings.Join(names, ", ") + " of " + a.after.id().String()
	}
	step, err := w.step(name, accessExclusive)
	step.Destroys = strings.Join(lost, "; ")
	if converts {
		step.Because = "USING says how each value becomes one of the new type; change it where another way is right"
	}
	a.add(phaseType, step, err)
}

// findColumns sorts the columns by what happens to them.
func (a *tableChange) findColumns() {
	for _, c := range a.Changes {
		if c.Identity().Kind != hclschema.KindColumn {
			continue
		}
		name := c.Identity().Name
		switch {
		case c.Before == nil:
		case c.After == nil:
			a.gone[name] = true
		case a.madeAgain(c):
			a.again[name], a.gone[name] = true, true
		case slices.Contains(c.Properties, hclschema.PropType) || slices.Contains(c.Properties, hclschema.PropCollate):
			a.retyped[name] = true
		}
	}
	// A computed column can't see the type of what it is computed from change, nor can it be without it.
	for _, o := range a.before.parts {
		if o.Identity.Kind == hclschema.KindColumn && o.Properties[hclschema.PropGenerated] != nil && !a.gone[o.Identity.Name] && a.staysComputed(o.Identity) {
			for _, id := range o.DependsOn {
				if id.Kind == hclschema.KindColumn && id.Parent == o.Identity.Parent && id.Schema == o.Identity.Schema && (a.retyped[id.Name] || a.gone[id.Name]) {
					a.again[o.Identity.Name], a.gone[o.Identity.Name] = true, true
					delete(a.retyped, o.Identity.Name)
				}
			}
		}
	}
}

// staysComputed says that a computed column is there afterwards, and computed.
func (a *tableChange) staysComputed(id hclschema.Identity) bool {
	after := a.after.byID[id]
	return after != nil && after.Properties[hclschema.PropGenerated] != nil
}

// madeAgain says that a column's change can't be had but by dropping and adding it: PostgreSQL can make a computed column
// a plain one (DROP EXPRESSION), and nothing else about its expression before version 17. On the way back values that were computed needn't
// become some of the type that the column had.
func (a *tableChange) madeAgain(c drivers.Change) bool {
	was, is := c.Before.Properties, c.After.Properties
	if is[hclschema.PropGenerated] == nil {
		before, after := was.Text(hclschema.PropType), is.Text(hclschema.PropType)
		converts := was[hclschema.PropGenerated] != nil && before != after && !isFree(before, after) && !widens(before, after)
		return was.Text(hclschema.PropGeneratedType) == "VIRTUAL" || a.Back && converts
	}
	return !hclschema.Equal(was[hclschema.PropGenerated], is[hclschema.PropGenerated]) ||
		!hclschema.Equal(was[hclschema.PropGeneratedType], is[hclschema.PropGeneratedType]) ||
		slices.Contains(c.Properties, hclschema.PropType)
}

// pairs are parts that differ in nothing but their names: a dropped one and the added one that it becomes.
func (a *tableChange) pairs() map[hclschema.Identity]hclschema.Identity {
	pairs := map[hclschema.Identity]hclschema.Identity{}
	used := map[hclschema.Identity]bool{}
	for _, added := range a.Changes {
		if added.Before != nil || !renamable(added.After.Identity.Kind) {
			continue
		}
		for _, dropped := range a.Changes {
			if dropped.After != nil || used[dropped.Identity()] || dropped.Identity().Kind != added.Identity().Kind ||
				len(dropped.Before.Properties.Changed(added.After.Properties)) > 0 || a.fallsWithColumn(dropped.Before) {
				continue
			}
			used[dropped.Identity()] = true
			pairs[added.Identity()] = dropped.Identity()
			pairs[dropped.Identity()] = added.Identity()
			break
		}
	}
	return pairs
}

func renamable(kind string) bool {
	switch kind {
	case hclschema.KindUnique, hclschema.KindForeignKey, hclschema.KindCheck, hclschema.KindExclude, hclschema.KindIndex:
		return true
	}
	return false
}

// fallsWithColumn says that a part goes with a column that it depends on, which PostgreSQL drops. An exclusion constraint whose
// condition names the column is in the way instead, so these are dropped first.
func (a *tableChange) fallsWithColumn(o *hclschema.Object) bool {
	return o.Identity.Kind != hclschema.KindExclude && a.restsOnGone(o)
}

// restsOnGone says that a part depends on a column that goes.
func (a *tableChange) restsOnGone(o *hclschema.Object) bool {
	for _, id := range o.DependsOn {
		if id.Kind == hclschema.KindColumn && id.Parent == o.Identity.Parent && id.Schema == o.Identity.Schema && a.gone[id.Name] {
			return true
		}
	}
	return false
}

func (a *tableChange) change(c drivers.Change, pairs map[hclschema.Identity]hclschema.Identity) {
	switch c.Identity().Kind {
	case hclschema.KindTable:
		a.tableProperties(c)
	case hclschema.KindColumn:
		a.column(c)
	default:
		if other, ok := pairs[c.Identity()]; ok {
			a.claim(c)
			if c.Before == nil {
				a.renamePart(other, c.Identity())
			}
			return
		}
		a.part(c)
	}
}

// claim says that all of a change is carried out.
func (a *tableChange) claim(c drivers.Change) {
	if len(c.Properties) == 0 {
		a.claims = append(a.claims, drivers.Claim{Identity: c.Identity()})
		return
	}
	a.claims = append(a.claims, claimAll(c.Identity(), c.Properties...)...)
}

// add adds a step to a phase.
func (a *tableChange) add(phase int, step drivers.Step, err error) {
	a.addSteps(phase, []drivers.Step{step}, err)
}

// addSteps adds several steps to a phase.
func (a *tableChange) addSteps(phase int, steps []drivers.Step, err error) {
	if err != nil && a.err == nil {
		a.err = err
	}
	a.phases[phase] = append(a.phases[phase], steps...)
}

// alter adds the step ALTER TABLE … with an action.
func (a *tableChange) alter(phase int, name, lock string, action func(w *writer) string) {
	w := newWriter()
	w.Line("ALTER TABLE ", w.object(a.after.id()))
	w.Indented(func() { w.Line(action(w)) })
	step, err := w.step(name, lock)
	a.add(phase, step, err)
}

// part plans the change of a constraint or an index.
func (a *tableChange) part(c drivers.Change) {
	a.claim(c)
	switch {
	case c.Before == nil:
		a.addPart(c.After)
	case c.After == nil:
		if !a.fallsWithColumn(c.Before) {
			a.dropPart(c.Before)
		}
	case a.fallsWithColumn(c.Before):
		a.addPart(c.After)
	case a.restsOnGone(c.Before) || !a.partInPlace(c):
		a.dropPart(c.Before)
		a.addPart(c.After)
	}
}

// restoreParts makes those parts again that have not changed and fall with a column that is dropped and added.
func (a *tableChange) restoreParts() {
	changed := map[hclschema.Identity]bool{}
	for _, c := range a.Changes {
		changed[c.Identity()] = true
	}
	for _, o := range a.before.parts {
		after := a.after.byID[o.Identity]
		if after == nil || changed[o.Identity] {
			continue
		}
		if o.Identity.Kind == hclschema.KindColumn {
			if a.again[o.Identity.Name] {
				a.columnAgain(o, after)
			}
			continue
		}
		if a.fallsWithColumn(o) {
			a.addPart(after)
		} else if a.restsOnGone(o) || a.losesOperators(o) {
			a.dropPart(o)
			a.addPart(after)
		}
	}
	a.restoreMarks()
}

// restoreMarks says again which index replication and CLUSTER go by, where that index was made again.
func (a *tableChange) restoreMarks() {
	made := map[string]bool{}
	for _, c := range a.Changes {
		made[partName(c.Identity(), a.after)] = true
	}
	for _, o := range a.after.parts {
		if a.fallsWithColumn(o) {
			made[partName(o.Identity, a.after)] = true
		}
	}
	was, is := a.before.table.Properties, a.after.table.Properties
	if name, ok := strings.CutPrefix(is.Text(hclschema.PropReplicaIdentity), "index "); ok && made[name] && was.Text(hclschema.PropReplicaIdentity) == "index "+name {
		a.identifyRows(phaseMark, is.Text(hclschema.PropReplicaIdentity))
	}
	if name := is.Text(hclschema.PropClusterOn); name != "" && made[name] && was.Text(hclschema.PropClusterOn) == name {
		a.clusterOn(name)
	}
}

// partName is the name of a constraint or an index, also of the primary key.
func partName(id hclschema.Identity, t *tableUnit) string {
	if id.Kind == hclschema.KindPrimaryKey {
		if key := t.byID[id]; key != nil {
			return constraintName(key)
		}
	}
	return id.Name
}

// disturbs says that another object is in the way: it rests on a column that goes or changes its type, or on a key that goes.
func (a *tableChange) disturbs(dependent *hclschema.Object) bool {
	if dependent.Identity.Kind == hclschema.KindColumn && len(a.types) > 0 && strings.TrimRight(dependent.Properties.Text(hclschema.PropType), "[]") == typeOf(a.before.id()) {
		return true // a column that holds rows of the table
	}
	if dependent.Identity.Kind == hclschema.KindPublication && a.becomesUnlogged() {
		return true
	}
	// the columns of a foreign table follow those of its parent, but not with USING
	if dependent.Identity.Kind == hclschema.KindForeignTable && len(a.retyped) > 0 {
		return true
	}
	for _, id := range dependent.DependsOn {
		if id.Parent != a.before.id().Name || id.Schema != a.before.id().Schema {
			continue
		}
		switch id.Kind {
		case hclschema.KindColumn:
			if dependent.Identity.Kind == hclschema.KindForeignKey {
				if a.changesFamily(id.Name) || a.gone[id.Name] || a.rounds(id.Name) {
					return true
				}
			} else if dependent.Identity.Kind != hclschema.KindSequence && (a.retyped[id.Name] && !rebuilt(dependent) || a.gone[id.Name]) {
				return true
			}
		case hclschema.KindPrimaryKey, hclschema.KindUnique, hclschema.KindIndex:
			if a.dropsPart(id) {
				return true
			}
		}
	}
	return false
}

// rebuilt says that PostgreSQL makes an object again by itself when the type of a column changes: an index or a constraint of a
// table that has the column of its parent.
func rebuilt(o *hclschema.Object) bool {
	switch o.Identity.Kind {
	case hclschema.KindIndex, hclschema.KindUnique, hclschema.KindPrimaryKey, hclschema.KindExclude, hclschema.KindCheck:
		return true
	}
	return false
}

// becomesUnlogged says that the table becomes one whose changes can't be published.
func (a *tableChange) becomesUnlogged() bool {
	return a.after.table.Properties.Bool(hclschema.PropUnlogged) && !a.before.table.Properties.Bool(hclschema.PropUnlogged)
}

// dropsPart says that a key or index is dropped, for good or to be made again.
func (a *tableChange) dropsPart(id hclschema.Identity) bool {
	if o := a.before.byID[id]; o != nil && a.fallsWithColumn(o) {
		return true
	}
	for _, c := range a.Changes {
		if c.Identity() == id && c.Before != nil {
			return c.After == nil || !a.inPlace(c)
		}
	}
	return false
}
