package sqlite

import (
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Rename implements drivers.Renderer. Tables and columns are renamed by SQLite, which rewrites the keys, views and triggers that
// name them. Indexes, views and triggers can't be: they are dropped and made again from what the state has of them, before
// any table is renamed, while their texts are still right. A constraint can't be renamed at all; no step is returned for it, and
// what is left of the difference is planned as a change.
func (d Driver) Rename(renames []drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
	r := newRenaming(renames, state)
	r.remake()
	r.renameTables()
	r.renameColumns()
	return r.steps, r.err
}

// renaming sorts renames by what they need.
type renaming struct {
	state *hclschema.State
	// tables and columns are renamed; remade are dropped and made again. Columns are grouped by the new name of their table,
	// in the order of columnTables.
	tables       []drivers.Rename
	columns      map[hclschema.Identity][]drivers.Rename
	columnTables []hclschema.Identity
	remade       []drivers.Rename
	// remadeAs are the wanted identities of the remade by the folded ones that they have in the state.
	remadeAs map[hclschema.Identity]hclschema.Identity
	// former is the old name of a table or view by its folded new identity.
	former map[hclschema.Identity]string
	// throughView are the folded identities of what names a renamed column of a view.
	throughView map[hclschema.Identity]bool
	steps       []drivers.Step
	err         error
}

func newRenaming(renames []drivers.Rename, state *hclschema.State) *renaming {
	r := &renaming{
		state: state, columns: map[hclschema.Identity][]drivers.Rename{}, former: map[hclschema.Identity]string{},
	}
	for _, rename := range renames {
		switch rename.To.Kind {
		case hclschema.KindTable, hclschema.KindVirtualTable:
			r.tables = append(r.tables, rename)
			r.former[r.owner(rename.To.Schema, rename.To.Name)] = rename.From.Name
		case hclschema.KindColumn:
			table := r.owner(rename.To.Schema, rename.To.Parent)
			if r.columns[table] == nil {
				r.columnTables = append(r.columnTables, table)
			}
			r.columns[table] = append(r.columns[table], rename)
		case hclschema.KindView:
			r.former[r.owner(rename.To.Schema, rename.To.Name)] = rename.From.Name
			r.remade = append(r.remade, rename)
		case hclschema.KindIndex, hclschema.KindTrigger:
			r.remade = append(r.remade, rename)
		}
	}
	r.remadeAs = make(map[hclschema.Identity]hclschema.Identity, len(r.remade))
	for _, rename := range r.remade {
		r.remadeAs[state.Key(r.inState(rename.From))] = rename.To
	}
	return r
}

// owner is the folded identity of a table or view of that name, whichever it is.
func (r *renaming) owner(schema, name string) hclschema.Identity {
	return r.state.Key(hclschema.Identity{Kind: "parent", Schema: schema, Name: name})
}

func (r *renaming) add(step drivers.Step, err error) {
	if r.err == nil {
		r.steps, r.err = append(r.steps, step), err
	}
}

func (r *renaming) renameTables() {
	moves := make([]move, len(r.tables))
	for i, rename := range r.tables {
		moves[i] = move{from: rename.From.Name, to: rename.To.Name, at: i}
	}
	for _, m := range orderMoves(moves, func(m move) bool { return fold(m.from) == fold(m.to) }) {
		rename := r.tables[m.at]
		w := newSQLWriter()
		from := rename.From
		from.Name = m.from
		w.Line("ALTER TABLE ", w.object(from))
		w.Line("RENAME TO ", w.Name(m.to))
		step, err := w.step("rename " + from.String() + " to " + hclschema.Identity{Name: m.to}.Path())
		if m.from == rename.From.Name {
			step.Drops = append([]hclschema.Identity{rename.From}, r.triggers(rename.From, rename.From.Name)...)
		}
		if m.to == rename.To.Name {
			step.Makes = append([]hclschema.Identity{rename.To}, r.triggers(rename.From, rename.To.Name)...)
		}
		r.add(step, err)
	}
}

// triggers are the identities of a table's triggers when the table has that name. One that has a new name of its own
// has it by now.
func (r *renaming) triggers(table hclschema.Identity, name string) []hclschema.Identity {
	var ids []hclschema.Identity
	for _, o := range r.state.Children(table.Schema, table.Name) {
		if o.Identity.Kind != hclschema.KindTrigger {
			continue
		}
		id := o.Identity
		if to, ok := r.remadeAs[r.state.Key(id)]; ok {
			id = to
		}
		id.Parent = name
		ids = append(ids, id)
	}
	return ids
}

func (r *renaming) renameColumns() {
	for _, table := range r.columnTables {
		renames := r.columns[table]
		moves := make([]move, len(renames))
		for i, rename := range renames {
			moves[i] = move{from: rename.From.Name, to: rename.To.Name, at: i}
		}
		for _, m := range orderMoves(moves, func(move) bool { return false }) {
			to := renames[m.at].To
			if isRowidName(m.to) || isRowidName(m.from) {
				r.fail(fmt.Errorf("%s can't be renamed to %s: SQLite renames no column to or from a name of the rowid (rowid, oid, _rowid_); "+
					"add a column of another name and copy the values", renames[m.at].From, m.to))
				return
			}
			w := newSQLWriter()
			w.Line("ALTER TABLE ", w.object(hclschema.Identity{Schema: to.Schema, Name: to.Parent}))
			w.Line("RENAME COLUMN ", w.Name(m.from), " TO ", w.Name(m.to))
			from := to
			from.Name = m.from
			r.add(w.step("rename " + from.String() + " to " + hclschema.Identity{Name: m.to}.Path()))
		}
	}
}

// inState is the identity that a part has in the state, where its table or view still has its old name.
func (r *renaming) inState(id hclschema.Identity) hclschema.Identity {
	then := id
	if former, ok := r.former[r.owner(id.Schema, id.Parent)]; ok && id.Parent != "" {
		then.Parent = former
	}
	if r.state.Get(then) == nil {
		return id
	}
	return then
}

// move is one change of a name; at tells whose.
type move struct {
	from, to string
	at       int
}

// asideName is the name of a thing that has to give way to another before it can have its own.
func asideName(name string) string { return "_duo_orm_tmp_" + name }

// orderMoves puts moves in an order in which each name is free when it is taken: a → b waits for b → c, and where moves go
// round in a circle one of them stops over at a name of its own. detour says that a move must stop over by itself.
func orderMoves(moves []move, detour func(move) bool) []move {
	leaving := map[string]int{}
	for i, m := range moves {
		leaving[fold(m.from)] = i
	}
	var ordered, last []move
	state := make([]int, len(moves)) // 0: waiting, 1: on the way, 2: done
	var visit func(i int)
	visit = func(i int) {
		m := moves[i]
		state[i] = 1
		next, occupied := leaving[fold(m.to)]
		occupied = occupied && next != i
		if occupied && state[next] == 0 {
			visit(next)
		}
		state[i] = 2
		if detour(m) || occupied && state[next] == 1 {
			aside := asideName(m.from)
			ordered = append(ordered, move{m.from, aside, m.at})
			last = append(last, move{aside, m.to, m.at})
			return
		}
		ordered = append(ordered, m)
	}
	for i := range moves {
		if state[i] == 0 {
			visit(i)
		}
	}
	return append(ordered, last...)
}
