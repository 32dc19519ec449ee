package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// renameTable renames a table, a column, a constraint or an index. Everything that refers to one of them follows by itself,
// texts of functions aside.
func renameTable(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	from, to := rename.From, rename.To
	switch from.Kind {
	case hclschema.KindTable:
		w.Line("ALTER TABLE ", w.object(from), " RENAME TO ", w.Name(to.Name))
	case hclschema.KindColumn:
		w.Line("ALTER TABLE ", w.parent(from), " RENAME COLUMN ", w.Name(from.Name), " TO ", w.Name(to.Name))
	case hclschema.KindIndex:
		w.Line("ALTER INDEX ", w.object(from), " RENAME TO ", w.Name(to.Name))
	default:
		w.Line("ALTER TABLE ", w.parent(from), " RENAME CONSTRAINT ", w.Name(from.Name), " TO ", w.Name(to.Name))
	}
	return one(w.step("rename "+from.String()+" to "+to.Name, accessExclusive))
}

// Follow implements drivers.Follower: the sequence of a serial column is called after its table and column, and so follows
// when these are renamed; it goes with its table to another schema. It is a unit of its own, which else would be dropped and made
// again, its counter lost.
func (d Driver) Follow(renames []drivers.Rename, current, desired *hclschema.State) []drivers.Rename {
	tables, columns := map[hclschema.Identity]hclschema.Identity{}, map[hclschema.Identity]string{}
	for _, r := range renames {
		switch r.To.Kind {
		case hclschema.KindTable:
			tables[r.To] = r.From
		case hclschema.KindColumn:
			columns[r.To] = r.From.Name
		}
	}
	var follow []drivers.Rename
	for _, o := range desired.Objects() {
		if o.Identity.Kind != hclschema.KindSequence {
			continue
		}
		column := owningColumn(desired, o)
		if column == nil {
			continue
		}
		was := column.Identity
		table, renamed := tables[d.Unit(was)]
		if renamed {
			was.Schema, was.Parent = table.Schema, table.Name
		}
		if name, ok := columns[column.Identity]; ok {
			was.Name, renamed = name, true
		}
		if !renamed {
			continue
		}
		for _, there := range current.Objects() {
			if there.Identity.Kind == hclschema.KindSequence && there.Identity != o.Identity && owns(current, was, there) {
				follow = append(follow, drivers.Rename{From: there.Identity, To: o.Identity})
				break
			}
		}
	}
	// The sequences of a table whose name another one gets go with it.
	goes := func(id hclschema.Identity) bool {
		sequence := current.Get(id)
		column := owningColumn(current, sequence)
		if column == nil {
			return false
		}
		table := d.Unit(column.Identity)
		_, taken := tables[table]
		return taken && !slices.ContainsFunc(renames, func(r drivers.Rename) bool { return r.From == table })
	}
	return append(namesThatGetFree(follow, current, desired, goes), followTypes(renames, current, desired)...)
}

// namesThatGetFree are the renames without those that take a name that stays, or leave one that is to stay: tables that swap names
// have their sequences swap theirs.
func namesThatGetFree(renames []drivers.Rename, current, desired *hclschema.State, goes func(hclschema.Identity) bool) []drivers.Rename {
	for {
		from, to := map[hclschema.Identity]bool{}, map[hclschema.Identity]bool{}
		for _, r := range renames {
			from[r.From], to[r.To] = true, true
		}
		var rest []drivers.Rename
		for _, r := range renames {
			if (current.Get(r.To) == nil || from[r.To] || goes(r.To)) && (desired.Get(r.From) == nil || to[r.From]) {
				rest = append(rest, r)
			}
		}
		if len(rest) == len(renames) {
			return rest
		}
		renames = rest
	}
}

// owningColumn is the column that a sequence belongs to, nil where it belongs to none of the state.
func owningColumn(state *hclschema.State, sequence *hclschema.Object) *hclschema.Object {
	id, ok := hclschema.OwningColumn(state, sequence.Identity)
	if !ok {
		return nil
	}
	return state.Get(id)
}

func owns(state *hclschema.State, column hclschema.Identity, sequence *hclschema.Object) bool {
	owner := owningColumn(state, sequence)
	return owner != nil && owner.Identity == column
}

// nameParts takes a qualified name as the engine writes it apart: sales."Odd name".id.
func nameParts(text string) []string {
	var parts []string
	var name strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '.':
			parts = append(parts, name.String())
			name.Reset()
		case '"':
			for i++; i < len(text); i++ {
				if text[i] == '"' {
					if i+1 >= len(text) || text[i+1] != '"' {
						break
					}
					i++
				}
				name.WriteByte(text[i])
			}
		default:
			name.WriteByte(c)
		}
	}
	return append(parts, name.String())
}
