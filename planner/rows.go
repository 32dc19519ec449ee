package planner

import (
	"context"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/seed"
)

// findRows finds the tables whose declared rows may differ from the live ones, and makes them part of the scope. A table whose
// structure stays and that holds its rows to the letter costs no scratch.
func (m *maker) findRows(ctx context.Context) error {
	seeder, ok := m.driver.(drivers.Seeder)
	for _, set := range m.Desired.RowSets() {
		if m.excluded(set.Table) {
			continue
		}
		if !ok {
			return &UnplannableError{Object: m.models.Get(set.Table), Reason: m.driver.Title() + " takes no rows from models so far"}
		}
		key := m.current.Key(m.driver.Unit(set.Table))
		if !m.touched[key] && m.current.Get(set.Table) != nil {
			settled, err := seed.Settled(ctx, m.Live, m.driver, seeder, seed.Table{Set: set, End: m.current, Current: m.current, Live: m.current.Get(set.Table).Identity})
			if err != nil {
				return err
			}
			if settled {
				continue
			}
		}
		m.touched[key] = true
		m.sets = append(m.sets, set)
	}
	return nil
}

// planRows compares the declared rows, as the engine takes them in the end state, with the live ones.
func (m *maker) planRows(ctx context.Context) (err error) {
	if len(m.sets) == 0 {
		return nil
	}
	request := seed.Request{Driver: m.driver, Seeder: m.driver.(drivers.Seeder), Live: m.Live, Scratch: m.atEnd, Locate: m.liveTable, AllowMissing: m.AllowRows}
	for _, set := range m.sets {
		live, former := m.liveTable(set.Table)
		request.Tables = append(request.Tables, seed.Table{Set: set, End: m.end, Current: m.current, Live: live, Former: former})
	}
	m.rows, err = seed.Make(ctx, request)
	return err
}

// liveTable is a table as it is called in the live database, the zero Identity where it isn't there, and the columns that have
// other names there; a column that gives its name up to another one has none.
func (m *maker) liveTable(table hclschema.Identity) (live hclschema.Identity, former map[string]string) {
	key := m.current.Key(table)
	if old, ok := m.renames.units[key]; ok {
		live = old
	} else if _, leaves := m.renames.taken[key]; !leaves && m.current.Get(table) != nil {
		live = m.current.Get(table).Identity
	}
	former = map[string]string{}
	own := func(id hclschema.Identity, name string) bool {
		return id.Kind == hclschema.KindColumn && m.current.Key(hclschema.Identity{Kind: hclschema.KindTable, Schema: id.Schema, Name: name}) == key
	}
	for _, rename := range m.renames.list {
		if own(rename.To, rename.To.Parent) {
			if _, known := former[rename.From.Name]; !known {
				former[rename.From.Name] = ""
			}
			former[rename.To.Name] = rename.From.Name
		}
	}
	return live, former
}

// addRows puts the steps for rows where they belong: the way up ends with them, and the way down begins with them.
func (m *maker) addRows(touched map[hclschema.Identity]bool) {
	if m.rows.Empty() {
		return
	}
	m.plan.Upgrade = append(m.plan.Upgrade[:len(m.plan.Upgrade):len(m.plan.Upgrade)], m.rows.Upgrade...)
	m.plan.Downgrade = append(m.rows.Downgrade[:len(m.rows.Downgrade):len(m.rows.Downgrade)], m.plan.Downgrade...)
	for _, change := range m.rows.Tables {
		touched[m.end.Key(change.Table)] = true
	}
}

// describeRows tells in the plan's units what happens to rows.
func (m *maker) describeRows() {
	if m.rows.Empty() {
		return
	}
	at := map[hclschema.Identity]int{}
	for i, unit := range m.plan.Units {
		at[m.end.Key(unit.Identity)] = i
	}
	for i := range m.rows.Tables {
		change := &m.rows.Tables[i]
		if n, ok := at[m.end.Key(change.Table)]; ok {
			m.plan.Units[n].Rows = change
			continue
		}
		o := m.end.Get(change.Table)
		m.plan.Units = append(m.plan.Units, UnitPlan{Action: Alter, Identity: o.Identity, Before: o, After: o, Rows: change})
	}
}

// rowHazards are what a plan does to rows that are there, with the numbers.
func (m *maker) rowHazards() {
	if m.rows.Empty() {
		return
	}
	for _, change := range m.rows.Tables {
		add := func(n int, text string) {
			if n == 0 {
				return
			}
			h := drivers.Hazard{Kind: drivers.Overwrites, Object: change.Table, Text: text + " " + change.Table.Path(), Rows: int64(n), Total: -1}
			if change.Unrestored {
				h.Kind = drivers.Destroys
			}
			m.plan.UpgradeHazards = append(m.plan.UpgradeHazards, h)
		}
		add(change.Update, "what is overwritten in")
		add(change.Delete, "the deleted rows of")
		if change.Delete > 0 {
			for _, table := range change.Cascades {
				m.plan.UpgradeHazards = append(m.plan.UpgradeHazards, drivers.Hazard{Kind: drivers.Destroys, Object: change.Table,
					Text: "the rows of " + table.Path() + " that refer to deleted rows of " + change.Table.Path(), Rows: -1, Total: -1})
			}
		}
	}
}

// proveRows runs the steps for rows both ways, with the rows that they concern.
func (m *maker) proveRows(ctx context.Context) error {
	rows, err := seed.Prove(ctx, seed.ProofRequest{
		Plan: m.rows, End: m.end,
		Scratch: func(ctx context.Context, state *hclschema.State) (drivers.Connection, error) {
			conn, _, err := m.build(ctx, state, true)
			return conn, err
		},
		Extend: func(ctx context.Context, conn drivers.Connection, from, to *hclschema.State) error {
			more, err := writeScript(m.driver, from, to, manner{})
			if err != nil {
				return err
			}
			_, err = run(ctx, conn, more.steps)
			return err
		},
	})
	if err != nil {
		return err
	}
	m.plan.Proof.Rows += rows
	return nil
}

// proveStructure proves the other steps; where there are none, it notes the engine alone.
func (m *maker) proveStructure(ctx context.Context) (*proof.Result, error) {
	if len(m.upgrade) == 0 && len(m.downgrade) == 0 {
		return &proof.Result{Server: m.server}, nil
	}
	return proof.Check(ctx, proof.Request{
		Driver: m.driver, Scratch: m.scratch, Start: m.start, End: m.end, MakeStart: m.makeStart, MakeEnd: m.makeEnd,
		Upgrade: m.upgrade, Downgrade: m.downgrade, ForeignKeysOff: m.plan.ForeignKeysOff(), Renames: m.renames.list,
	})
}
