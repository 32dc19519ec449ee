package postgres

import (
	"maps"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// derivedRowsOf is told by a table that is still to be made, with the rows of another one: what it is for is told by its comment.
const derivedRowsOf = "rows of"

// setAside begins the comment of a table that holds the rows of another one, countedBy the rest that names an identity of it, and
// lastNumber what that has given last.
const (
	setAside   = "duo-orm: rows of "
	countedBy  = " counted by "
	lastNumber = " up to "
)

// rowsTable is the table that holds the rows of another one.
func rowsTable(table hclschema.Identity) hclschema.Identity {
	table.Name = makeObjectName("duo_orm", table.Name, "rows")
	return table
}

// holdsRowsOf is what the comment of such a table says.
func holdsRowsOf(table *hclschema.Object) (of, counter string, ok bool) {
	of, ok = strings.CutPrefix(table.Properties.Text(hclschema.PropComment), setAside)
	of, counter, _ = strings.Cut(of, countedBy)
	if i := strings.LastIndex(counter, lastNumber); i >= 0 {
		counter = counter[:i]
	}
	return of, counter, ok
}

// turn is a table that becomes a partitioned one, no longer is one, or is partitioned by another key. PostgreSQL can't do that to a
// table: its rows are set aside, it is made again, and takes them back. From one key to another it is a plain table meanwhile.
type turn struct{ was, is *hclschema.Object }

// turnsInto says that a table becomes a partitioned one, no longer is one, is partitioned by another key, or has its rows distributed
// anew.
func (s *staging) turnsInto(was, is *hclschema.Object) bool {
	if was == nil || is == nil {
		return false
	}
	return !hclschema.Equal(was.Properties[hclschema.PropPartition], is.Properties[hclschema.PropPartition]) || s.redistributes(was, is) || s.recounts(was, is) || s.swapsKey(was)
}

// turns are the tables that change so, those whose rows are set aside still among them.
func (s *staging) turns() (turning, held []turn) {
	for _, o := range s.to.state.Objects() {
		before := s.from.state.Get(o.Identity)
		if o.Identity.Kind != hclschema.KindTable || before == nil {
			continue
		}
		if parentsOf(before) == nil && s.turnsInto(before, o) {
			turning = append(turning, turn{before, o})
		}
		if s.from.state.Get(rowsTable(o.Identity)) != nil {
			held = append(held, turn{before, o})
		}
	}
	return turning, held
}

// turned is the next state on the way of tables that become partitioned ones, or no longer are; nil where there are none.
func (s *staging) turned(leaving bool) *hclschema.State {
	turning, held := s.turns()
	all := map[hclschema.Identity]bool{}
	for _, t := range append(slices.Clone(turning), held...) {
		all[t.was.Identity] = true
	}
	if len(all) == 0 || leaving {
		return nil
	}
	stays := slices.ContainsFunc(turning, func(t turn) bool { return t.was.Properties[hclschema.PropPartition] != nil })
	switch {
	case len(held) > 0 && stays:
		return s.plain(turning)
	case len(held) > 0 && slices.ContainsFunc(turning, func(t turn) bool { return s.from.state.Get(rowsTable(t.is.Identity)) == nil }),
		slices.ContainsFunc(held, func(t turn) bool { return t.was.Properties[hclschema.PropPartition] == nil && s.changesColumns(t) }):
		return s.given(held) // columns change while all are plain tables
	case len(held) > 0:
		next := stageKin(s.from.state, s.withRows(s.idle(s.to.state, all), held))
		back := len(turning) == 0 && (held[0].was.Properties[hclschema.PropPartition] == nil || sameObjects(s.from.state, next))
		if back { // the table has its new form, and takes its rows back
			return s.given(held)
		}
		return next
	case !stays: // its columns change before its rows are set aside
		if next := s.unpartitioned(turning); !sameObjects(s.from.state, next) {
			return next
		}
	}
	state := s.idle(s.from.state, all)
	if stays {
		state = s.unowned(state, all)
	}
	for _, t := range turning {
		if !stays || t.was.Properties[hclschema.PropPartition] != nil {
			s.addRows(state, t)
		}
	}
	return state
}

// given is the start without the tables that hold rows of others, which take them back.
func (s *staging) given(held []turn) *hclschema.State {
	return s.from.state.Without(func(o *hclschema.Object) bool {
		return slices.ContainsFunc(held, func(t turn) bool { return Driver{}.Unit(o.Identity) == rowsTable(t.is.Identity) })
	})
}

// addRows adds the table that takes the rows of another one.
func (s *staging) addRows(state *hclschema.State, t turn) {
	w := newWriter()
	name := w.object(t.was.Identity)
	table := &hclschema.Object{Identity: rowsTable(t.was.Identity), DependsOn: []hclschema.Identity{t.was.Identity}}
	table.Properties = hclschema.Properties{hclschema.PropComment: text(setAside + name)}
	table.Derived = map[string]string{derivedRowsOf: name}
	state.AddNext(table)
	for _, o := range s.from.whole(t.was).list {
		if o.Identity.Kind != hclschema.KindColumn || o.Properties[hclschema.PropGenerated] != nil {
			continue
		}
		if o.Properties[hclschema.PropIdentity] != nil {
			table.Properties[hclschema.PropComment] = text(setAside + name + countedBy + o.Identity.Name + lastNumber)
		}
		c := inheritedCopy(o, table.Identity)
		delete(c.Properties, hclschema.PropDefault)
		c.Properties[hclschema.PropNull] = hclschema.Bool(true)
		state.AddNext(c)
	}
}

// withRows adds the tables that hold rows of others as they are.
func (s *staging) withRows(state *hclschema.State, held []turn) *hclschema.State {
	for _, t := range held {
		for _, o := range s.from.state.Objects() {
			if (Driver{}).Unit(o.Identity) == rowsTable(t.is.Identity) {
				state.AddNext(o)
			}
		}
	}
	return state
}

// idle is a state without what stands in the way of tables that are made again and filled: foreign keys that refer to them,
// triggers and rules that would see the rows come, and that sequences go with their columns.
// Those of the tables that they are partitions of are theirs as well, and what is said of them in partitions goes with them.
func (s *staging) idle(state *hclschema.State, tables map[hclschema.Identity]bool) *hclschema.State {
	above := maps.Clone(tables)
	for table := range tables {
		for _, l := range []lineage{s.from, s.to} {
			if o := l.state.Get(table); o != nil {
				for _, id := range ancestors(l.state, o) {
					above[id] = true
				}
			}
		}
	}
	return state.Without(func(o *hclschema.Object) bool {
		switch o.Identity.Kind {
		case hclschema.KindTrigger, hclschema.KindRule:
			on := hclschema.Identity{Kind: hclschema.KindTable, Schema: o.Identity.Schema, Name: o.Identity.Parent}
			return above[on] || o.Properties.Bool(hclschema.PropInherited) && slices.ContainsFunc(ancestors(state, state.Get(on)), func(id hclschema.Identity) bool { return above[id] })
		case hclschema.KindSequenceOwner:
			column, owned := hclschema.OwningColumn(state, hclschema.Identity{Kind: hclschema.KindSequence, Schema: o.Identity.Schema, Name: o.Identity.Parent})
			return owned && tables[Driver{}.Unit(column)] && s.to.state.Get(hclschema.Identity{Kind: hclschema.KindSequence, Schema: o.Identity.Schema, Name: o.Identity.Parent}) != nil
		}
		return refersTo(o, above)
	})
}

// unowned is a state in which no sequence belongs to a column of the tables: they count by it as plain tables, too.
func (s *staging) unowned(state *hclschema.State, tables map[hclschema.Identity]bool) *hclschema.State {
	return state.Without(func(o *hclschema.Object) bool {
		column, owned := hclschema.OwningColumn(state, hclschema.Identity{Kind: hclschema.KindSequence, Schema: o.Identity.Schema, Name: o.Identity.Parent})
		return o.Identity.Kind == hclschema.KindSequenceOwner && owned && tables[Driver{}.Unit(column)]
	})
}

// unpartitioned is the end as far as it can be with tables that are not partitioned yet.
func (s *staging) unpartitioned(turning []turn) *hclschema.State {
	plain, not := map[hclschema.Identity]bool{}, map[hclschema.Identity]bool{}
	for _, t := range turning {
		plain[t.is.Identity] = true
		partitionsUnder(s.to.state, t.is.Identity, not, func(o *hclschema.Object) bool { return s.from.state.Get(o.Identity) == nil })
	}
	state := s.to.state.NewLike()
	for _, o := range withoutTables(s.idle(s.apart(false), plain), not).Objects() {
		if plain[o.Identity] {
			o = o.Clone()
			delete(o.Properties, hclschema.PropPartition)
		}
		state.AddNext(o)
	}
	return state
}

// plain is the start with tables that are no longer partitioned, and the rows of their partitions set aside.
func (s *staging) plain(turning []turn) *hclschema.State {
	plain, not := map[hclschema.Identity]bool{}, map[hclschema.Identity]bool{}
	for _, t := range turning {
		if t.was.Properties[hclschema.PropPartition] != nil {
			plain[t.was.Identity] = true
			partitionsUnder(s.from.state, t.was.Identity, not, func(*hclschema.Object) bool { return true })
		}
	}
	state := s.from.state.NewLike()
	for _, o := range withoutTables(s.from.state, not).Objects() {
		if plain[o.Identity] {
			o = o.Clone()
			delete(o.Properties, hclschema.PropPartition)
		}
		state.AddNext(o)
	}
	return state
}

// partitionsUnder notes the partitions of a table, and those of its partitions.
func partitionsUnder(state *hclschema.State, table hclschema.Identity, in map[hclschema.Identity]bool, which func(*hclschema.Object) bool) {
	for _, o := range partitionsOf(state, table) {
		if !in[o.Identity] && which(o) {
			in[o.Identity] = true
			partitionsUnder(state, o.Identity, in, which)
		}
	}
}

// withoutTables is a state without some tables and what depends on them. Sequences stay that belong to a column of theirs.
func withoutTables(state *hclschema.State, tables map[hclschema.Identity]bool) *hclschema.State {
	gone := map[hclschema.Identity]bool{}
	for id := range tables {
		gone[id] = true
	}
	for more := true; more; {
		more = false
		for _, o := range state.Objects() {
			unit := Driver{}.Unit(o.Identity)
			if gone[unit] || unit.Kind == hclschema.KindTable || unit.Kind == hclschema.KindSequence {
				continue
			}
			on := slices.ContainsFunc(o.DependsOn, func(id hclschema.Identity) bool { return gone[Driver{}.Unit(id)] })
			if on || gone[hclschema.Identity{Kind: hclschema.KindTable, Schema: o.Identity.Schema, Name: o.Identity.Parent}] {
				gone[unit], more = true, true
			}
		}
	}
	return state.Without(func(o *hclschema.Object) bool {
		return gone[Driver{}.Unit(o.Identity)] || o.Identity.Kind == hclschema.KindSequenceOwner && slices.ContainsFunc(o.DependsOn, func(id hclschema.Identity) bool { return gone[Driver{}.Unit(id)] })
	})
}

// Saved implements drivers.Stager: the rows of a table, or of what it is a partition of, are set aside.
func (Driver) Saved(unit drivers.Unit, from *hclschema.State) bool {
	for o := unit[0]; o != nil; o = from.Get(tableIdentity(o.Properties.Text(hclschema.PropPartitionOf))) {
		if rows := from.Get(rowsTable(o.Identity)); rows != nil {
			_, _, ok := holdsRowsOf(rows)
			return ok
		}
		if o.Properties[hclschema.PropPartitionOf] == nil {
			break
		}
	}
	return false
}

// takeRows copies the rows of another table into a new one.
func takeRows(unit drivers.Unit) ([]drivers.Step, error) {
	of := unit[0].Derived[derivedRowsOf]
	if of == "" {
		return nil, nil
	}
	w := newWriter()
	columns := rowColumns(w, unit)
	if columns == "" {
		return nil, nil
	}
	w.Line("INSERT INTO ", w.object(unit.Identity()), " (", columns, ")")
	w.Line("SELECT ", columns)
	w.Line("FROM ", of)
	step, err := w.step("set the rows of "+of+" aside", "ROW EXCLUSIVE")
	step.Because = "the table is made again, since it changes how it is partitioned"
	_, counter, _ := holdsRowsOf(unit[0])
	if err != nil || counter == "" {
		return one(step, err)
	}
	steps := []drivers.Step{step}
	w = newWriter()
	body := newWriter()
	body.Line("BEGIN")
	body.Line("  EXECUTE format('COMMENT ON TABLE ", strings.ReplaceAll(body.object(unit.Identity()), "'", "''"), " IS %L',")
	body.Line("    ", body.Literal(unit[0].Properties.Text(hclschema.PropComment)), " || coalesce(pg_sequence_last_value(pg_get_serial_sequence(", body.Literal(of), ", ", body.Literal(counter), "))::text, ''));")
	body.Line("END")
	text, err := body.SQL()
	if err != nil {
		return nil, err
	}
	w.Line("DO ", w.Literal(text))
	step, err = w.step("note the counter of "+of+"."+counter, "ACCESS SHARE")
	return append(steps, step), err
}

// giveRows copies the rows back into the table that they are of, and has an identity go on behind them.
func giveRows(unit drivers.Unit) ([]drivers.Step, error) {
	of, counter, ok := holdsRowsOf(unit[0])
	w := newWriter()
	columns := rowColumns(w, unit)
	if !ok || columns == "" {
		return nil, nil
	}
	w.Line("INSERT INTO ", of, " (", columns, ") OVERRIDING SYSTEM VALUE")
	w.Line("SELECT ", columns)
	w.Line("FROM ", w.object(unit.Identity()))
	steps, err := one(w.step("take the rows of "+of+" back", "ROW EXCLUSIVE"))
	if err != nil || counter == "" {
		return steps, err
	}
	w = newWriter()
	w.Line("SELECT setval(pg_get_serial_sequence(", w.Literal(of), ", ", w.Literal(counter), "),")
	w.Line("  greatest(max(", w.Name(counter), "), substring(obj_description(", w.Literal(w.object(unit.Identity())), "::regclass, 'pg_class') FROM '[0-9]+$')::bigint))")
	w.Line("FROM ", of)
	step, err := w.step("set the counter of "+of+"."+counter, "ACCESS SHARE")
	step.Because = "the counter goes on behind the values that are there"
	return append(steps, step), err
}

func rowColumns(w *writer, unit drivers.Unit) string {
	var names []string
	for _, o := range parts(unit, hclschema.KindColumn) {
		names = append(names, w.Name(o.Identity.Name))
	}
	return strings.Join(names, ", ")
}
