package planner

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// trace follows the units and columns of a database from step to step, so that a revision that people wrote can be proved
// with its renames known: no file says which steps rename. Where one statement takes one thing away and another appears,
// it was renamed; a unit that is set aside, made again and then dropped is the same unit.
type trace struct {
	key func(hclschema.Identity) hclschema.Identity
	// units are those that are there, by their folded identity; gone those that are not any more.
	units, gone map[hclschema.Identity]*traced
}

// traced is a unit on its way.
type traced struct {
	identity hclschema.Identity
	// origin is what it was at the start, the zero Identity for one that was made on the way; columns are the names that its
	// columns had then, by the folded identities that they have.
	origin  hclschema.Identity
	columns map[hclschema.Identity]string
	// former is the folded identity before it was renamed.
	former hclschema.Identity
}

// newTrace begins with the state at the start.
func newTrace(start *hclschema.State) *trace {
	t := &trace{key: start.Key, units: map[hclschema.Identity]*traced{}, gone: map[hclschema.Identity]*traced{}}
	for _, o := range start.Objects() {
		if o.Identity.Parent == "" {
			t.units[t.key(o.Identity)] = &traced{identity: o.Identity, origin: o.Identity, columns: t.columns(start, o.Identity)}
		}
	}
	return t
}

// columns are the columns of a unit, each by the name that it has now.
func (t *trace) columns(state *hclschema.State, unit hclschema.Identity) map[hclschema.Identity]string {
	columns := map[hclschema.Identity]string{}
	for _, o := range state.Children(unit.Schema, unit.Name) {
		if o.Identity.Kind == hclschema.KindColumn {
			columns[t.columnKey(o.Identity.Name)] = o.Identity.Name
		}
	}
	return columns
}

// columnKey folds a column's name, whatever its unit is called.
func (t *trace) columnKey(name string) hclschema.Identity {
	return t.key(hclschema.Identity{Kind: hclschema.KindColumn, Name: name})
}

// step takes the state after one more step.
func (t *trace) step(after *hclschema.State) {
	var fresh, lost []hclschema.Identity
	there := map[hclschema.Identity]bool{}
	for _, o := range after.Objects() {
		if o.Identity.Parent != "" {
			continue
		}
		key := t.key(o.Identity)
		there[key] = true
		if unit := t.units[key]; unit != nil {
			unit.identity = o.Identity
			t.stepColumns(unit, t.columns(after, o.Identity))
		} else {
			fresh = append(fresh, o.Identity)
		}
	}
	for key := range t.units {
		if !there[key] {
			lost = append(lost, key)
		}
	}
	fresh = slices.DeleteFunc(fresh, func(id hclschema.Identity) bool {
		at := slices.IndexFunc(lost, func(key hclschema.Identity) bool { return movedTo(t.units[key].identity, id) })
		if at < 0 {
			return false
		}
		t.rename(lost[at], id)
		lost = slices.Delete(lost, at, at+1)
		return true
	})
	if len(fresh) == 1 && len(lost) == 1 && fresh[0].Kind == lost[0].Kind {
		t.rename(lost[0], fresh[0])
		return
	}
	for _, key := range lost {
		t.drop(key)
	}
	for _, id := range fresh {
		t.make(after, id)
	}
}

// movedTo says that one identity is another one in another schema: a table goes there with its sequences, and all of a schema that is
// renamed.
func movedTo(was, is hclschema.Identity) bool {
	if was.Schema == is.Schema {
		return false
	}
	was.Schema = is.Schema
	return was == is
}

func (t *trace) stepColumns(unit *traced, now map[hclschema.Identity]string) {
	var fresh, lost []hclschema.Identity
	for key := range now {
		if _, known := unit.columns[key]; !known {
			fresh = append(fresh, key)
		}
	}
	for key := range unit.columns {
		if _, stays := now[key]; !stays {
			lost = append(lost, key)
		}
	}
	renamed := len(fresh) == 1 && len(lost) == 1
	for _, key := range fresh {
		unit.columns[key] = ""
		if renamed {
			unit.columns[key] = unit.columns[lost[0]]
		}
	}
	for _, key := range lost {
		delete(unit.columns, key)
	}
}

func (t *trace) rename(from, to hclschema.Identity) {
	unit := t.units[from]
	delete(t.units, from)
	unit.identity, unit.former = to, from
	t.units[t.key(to)] = unit
	t.takePlace(unit)
}

// takePlace makes a unit that was made on the way the successor of one that was dropped under its name.
func (t *trace) takePlace(unit *traced) {
	key := t.key(unit.identity)
	if before := t.gone[key]; before != nil && unit.origin == (hclschema.Identity{}) {
		unit.inherit(before)
		delete(t.gone, key)
	}
}

// drop takes a unit away. If another was made under the name that it had before it was set aside, that one is what it was.
func (t *trace) drop(key hclschema.Identity) {
	unit := t.units[key]
	delete(t.units, key)
	if again := t.units[unit.former]; again != nil && again.origin == (hclschema.Identity{}) {
		again.inherit(unit)
		return
	}
	t.gone[key] = unit
}

// make notes a new unit, which is an old one again where one of that name was dropped before.
func (t *trace) make(state *hclschema.State, id hclschema.Identity) {
	unit := &traced{identity: id, columns: t.columns(state, id)}
	for key := range unit.columns {
		unit.columns[key] = ""
	}
	t.units[t.key(id)] = unit
	t.takePlace(unit)
}

// inherit makes a unit the successor of another, column by column of the same name.
func (u *traced) inherit(before *traced) {
	u.origin = before.origin
	for key := range u.columns {
		if name, ok := before.columns[key]; ok {
			u.columns[key] = name
		}
	}
}

// renames are the units and columns of the end that had other names at the start, units first.
func (t *trace) renames(end *hclschema.State) []drivers.Rename {
	var units, columns []drivers.Rename
	schemas := map[string]string{}
	for _, unit := range t.units {
		if id := unit.identity; id.Kind == hclschema.KindSchema && unit.origin != (hclschema.Identity{}) && unit.origin.Name != id.Name {
			schemas[unit.origin.Name] = id.Name
		}
	}
	for _, o := range end.Objects() {
		if o.Identity.Parent != "" {
			continue
		}
		unit := t.units[t.key(o.Identity)]
		if unit == nil || unit.origin == (hclschema.Identity{}) {
			continue
		}
		was := unit.origin
		if now, renamed := schemas[was.Schema]; renamed {
			was.Schema = now
		}
		if was != o.Identity {
			units = append(units, drivers.Rename{From: unit.origin, To: o.Identity})
		}
		for _, c := range end.Children(o.Identity.Schema, o.Identity.Name) {
			old := unit.columns[t.columnKey(c.Identity.Name)]
			if c.Identity.Kind == hclschema.KindColumn && old != "" && old != c.Identity.Name {
				from := c.Identity
				from.Name = old
				columns = append(columns, drivers.Rename{From: from, To: c.Identity})
			}
		}
	}
	return append(units, columns...)
}
