package planner

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Excluded says whether a unit matches one of the patterns, by its name or by that of the object that it hangs on, with or without the
// schema before it, or by that of its schema: who leaves a schema alone means what lies in it. Letters count alike in capitals and
// small, and * stands for slashes too.
func Excluded(patterns []string, unit hclschema.Identity) bool {
	names := []string{unit.Name, unit.Parent, unit.Schema}
	if unit.Schema != "" {
		for _, name := range names[:2] {
			if name != "" {
				names = append(names, unit.Schema+"."+name)
			}
		}
	}
	for _, pattern := range patterns {
		for _, name := range names {
			if ok, err := path.Match(patternForm(pattern), patternForm(name)); err == nil && ok && name != "" {
				return true
			}
		}
	}
	return false
}

// ExcludedWith are the patterns, and the names of what belongs to a table of the state that they match: the counter of a serial column
// is an object with a name of its own, which nobody thinks of when leaving the table alone.
func ExcludedWith(patterns []string, state *hclschema.State) []string {
	all := slices.Clone(patterns)
	for _, o := range state.Objects() {
		owner, ok := o.Properties[hclschema.PropOwnedBy].(hclschema.Record)
		if ok && owner["table"] != nil && Excluded(patterns, hclschema.Identity{Name: owner["table"].String()}) {
			all = append(all, ExactPattern(o.Identity.Parent))
		}
	}
	return all
}

// ExactPattern is the pattern that matches a name alone.
func ExactPattern(name string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(name)
}

// patternForm is a pattern or a name as they are compared: path.Match would keep a slash from *.
func patternForm(text string) string { return strings.ReplaceAll(strings.ToLower(text), "/", "\x00") }

// excluded says whether a unit, or the unit that a part belongs to, is left alone.
func (m *maker) excluded(id hclschema.Identity) bool { return Excluded(m.Exclude, m.driver.Unit(id)) }

// excludedStay refuses to rename a unit that is left alone.
func (m *maker) excludedStay() error {
	for _, rename := range m.renames.list {
		old, isUnit := m.renames.units[m.current.Key(rename.To)]
		if isUnit && m.excluded(old) {
			return &RenameError{Given: fmt.Sprintf("%s to %s", old, rename.To.Path()),
				Reason: "exclude leaves it alone; take its name out of exclude, or the rename back"}
		}
	}
	return nil
}

// leaveAlone takes an excluded unit into the desired state as it is. One that hangs on a renamed table goes with it; one
// whose table is dropped can't stay.
func (m *maker) leaveAlone(unit drivers.Unit, current unitSet) error {
	id := unit.Identity()
	for _, o := range unit {
		for _, target := range o.DependsOn {
			key := m.current.Key(m.driver.Unit(target))
			if _, moved := m.renames.taken[key]; o.Detachable && !moved && !m.keeps(key) {
				return &UnplannableError{Object: o, Reason: fmt.Sprintf("exclude leaves it alone, but it needs %s, which is in no model", target)}
			}
		}
	}
	if id.Parent == "" {
		addCopies(m.desired, unit)
		return nil
	}
	name := parentName(m.current, id.Schema, id.Parent)
	for _, o := range unit {
		o = o.Clone()
		if to, ok := m.renames.names[name]; ok {
			o.Identity.Schema, o.Identity.Parent = to.Schema, to.Name
			m.touched[m.current.Key(id)], m.touched[m.current.Key(o.Identity)] = true, true
		} else if parent, there := current.named[name]; there && !m.keeps(parent) {
			return &UnplannableError{Object: o, Reason: fmt.Sprintf(
				"exclude leaves it alone, but it would go with %s, which is in no model", current.byKey[parent].Identity())}
		}
		m.desired.AddNext(o)
	}
	return nil
}

// keeps says that a unit of the database stays, under whatever name.
func (m *maker) keeps(key hclschema.Identity) bool {
	return m.models.Get(key) != nil || m.excluded(key)
}

// carryExcluded takes the excluded units of the scope as the engine leaves them once the renames are done: it rewrites the
// names in views and triggers, and the models say nothing of these.
func (m *maker) carryExcluded(ctx context.Context) (err error) {
	concerned := func(o *hclschema.Object) bool {
		return m.scope.members[m.desired.Key(m.driver.Unit(o.Identity))] && m.excluded(o.Identity)
	}
	rest := m.desired.Without(concerned)
	if len(m.renames.list) == 0 || rest.Len() == m.desired.Len() {
		return nil
	}
	conn, _, err := m.build(ctx, m.scope.cut(m.current), false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	carried, err := m.renamedOn(ctx, conn)
	if err != nil {
		return err
	}
	after := newUnitSet(m.driver, carried)
	for _, unit := range drivers.Units(m.driver, m.desired) {
		if !concerned(unit[0]) {
			continue
		}
		if found := after.byKey[m.desired.Key(unit.Identity())]; found != nil {
			unit = found
		}
		addCopies(rest, unit)
	}
	m.driver.Link(rest)
	m.desired = rest
	return nil
}

// renamedOn carries out the renames on a scratch database that is in the state where the upgrade begins.
func (m *maker) renamedOn(ctx context.Context, conn drivers.Connection) (*hclschema.State, error) {
	read, err := inspectScratch(ctx, m.driver, conn)
	if err != nil {
		return nil, err
	}
	state := carried(read, m.current)
	err = m.carryOut(m.renames.upwards(), m.models, func() *hclschema.State { return state }, func(steps []drivers.Step) error {
		if step, err := run(ctx, conn, steps); err != nil {
			return failed(step, err)
		}
		read, err := inspectScratch(ctx, m.driver, conn)
		if err == nil {
			state = carried(read, m.current)
		}
		return err
	})
	return state, err
}
