package planner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
	"github.com/duo-orm/duo-orm/planner/seed"
)

// rowChange is what a run of a revision's steps does to rows.
type rowChange struct {
	// from and to are where the run begins and ends in the way up.
	from, to int
	tables   []*seed.Changed
	// keys are the columns by which the rows of each table are found.
	keys [][]string
	ids  []hclschema.Identity
}

// declared are the rows that models declared for the run, if it is a plan's.
func (c *rowChange) declared() (sets []*hclschema.RowSet, err error) {
	for _, table := range c.tables {
		set, err := table.Declared()
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	return sets, nil
}

// rowSteps finds the steps that a plan may have for rows: one run of them. None is 0, 0.
func rowSteps(steps []revision.Step) (from, to int) {
	planned := func(s revision.Step) bool {
		return len(s.Changes) == 1 && s.Transaction && s.Each == nil && len(s.Exec)+len(s.When)+len(s.Unless)+len(s.Makes)+len(s.Drops)+len(s.Placeholders) == 0 &&
			s.SQLFile == "" && seed.LooksPlanned(s.Name, s.Because, s.SQL)
	}
	from = slices.IndexFunc(steps, planned)
	if from < 0 {
		return 0, 0
	}
	to = from
	for to < len(steps) && planned(steps[to]) {
		to++
	}
	if slices.ContainsFunc(steps[to:], planned) {
		return 0, 0
	}
	return from, to
}

// rowsSum is a checksum of the steps that a plan may have for rows, empty where there are none: in the file it tells whether they are those
// that were planned.
func rowsSum(file *revision.File) string {
	from, to := rowSteps(file.Upgrade)
	if from == to {
		return ""
	}
	return revision.StepsSum(file.Upgrade[from:to], nil, false)
}

// plannedRows tells whether the steps for rows, which look like those of a plan, are a plan's: they are those that one wrote, or make what the
// models say, so that another plan makes it too. Else somebody has edited them.
func (b *rebaser) plannedRows(file *revision.File, c *rowChange) bool {
	if file.PlannedRows == rowsSum(file) {
		return true
	}
	for i, table := range c.tables {
		if !table.Said(b.modelRows(b.Desired, c.ids[i])) {
			return false
		}
	}
	return true
}

// changedRows runs a revision behind those before it up to the end of its steps for rows, and says what these did. nil where it has
// none, or where that can't be said. conn is a database as it was before them, which the caller closes.
func (b *rebaser) changedRows(ctx context.Context, before []*revision.File, file *revision.File) (c *rowChange, conn drivers.Connection, err error) {
	seeder, ok := b.Driver.(drivers.Seeder)
	from, to := rowSteps(file.Upgrade)
	if !ok || from == to {
		return nil, nil, nil
	}
	c = &rowChange{from: from, to: to}
	after, _, err := b.replayed(ctx, before)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, after.Close()) }()
	if _, err := replaySteps(ctx, after, file, file.Upgrade[:from], nil); err != nil {
		return nil, nil, ctx.Err()
	}
	state, err := inspectAll(ctx, after)
	if err != nil {
		return nil, nil, err
	}
	steps := file.Upgrade[from:to]
	for _, unit := range drivers.Units(b.Driver, state) {
		id := unit.Identity()
		if slices.ContainsFunc(steps, func(s revision.Step) bool { return s.Changes[0] == id.String() }) {
			c.ids, c.keys = append(c.ids, id), append(c.keys, b.rowKey(state, id))
		}
	}
	was, err := c.look(ctx, b.Driver, seeder, after, state)
	if err != nil {
		return nil, nil, err
	}
	if _, err := replaySteps(ctx, after, file, steps, nil); err != nil {
		return nil, nil, ctx.Err()
	}
	is, err := c.look(ctx, b.Driver, seeder, after, state)
	if err != nil {
		return nil, nil, err
	}
	for i, id := range c.ids {
		var statements []string
		for _, step := range steps {
			if step.Changes[0] == id.String() {
				statements = append(statements, step.SQL)
			}
		}
		change, err := seed.Compare(was[i], is[i], statements)
		if err != nil {
			return nil, nil, nil // what can't be told apart is no plan's
		}
		c.tables = append(c.tables, change)
	}
	conn, _, err = b.replayed(ctx, before)
	if err != nil {
		return nil, nil, err
	}
	if _, err := replaySteps(ctx, conn, file, file.Upgrade[:from], nil); err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	return c, conn, nil
}

// rowKey are the columns by which the models find the rows of a table, else those of its primary key.
func (b *rebaser) rowKey(state *hclschema.State, table hclschema.Identity) []string {
	if set := b.modelRows(state, table); set != nil {
		there := func(name string) bool {
			return state.Get(hclschema.Identity{Kind: hclschema.KindColumn, Schema: table.Schema, Parent: table.Name, Name: name}) != nil
		}
		if !slices.ContainsFunc(set.Key, func(name string) bool { return !there(name) }) {
			return set.Key
		}
	}
	return seed.KeyOf(b.Driver, state, table)
}

// modelRows are the rows that the models declare for a table, nil where they declare none.
func (b *rebaser) modelRows(state *hclschema.State, table hclschema.Identity) *hclschema.RowSet {
	for _, set := range b.Desired.RowSets() {
		if state.Key(set.Table) == state.Key(table) {
			return set
		}
	}
	return nil
}

// backRows says how the rows of the tables that a revision changes rows of differ after its way back from those before it.
func (b *rebaser) backRows(ctx context.Context, before []*revision.File, file *revision.File) (differences []string, err error) {
	seeder, ok := b.Driver.(drivers.Seeder)
	if !ok {
		return nil, nil
	}
	conn, state, err := b.replayed(ctx, before)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	c := &rowChange{}
	steps := slices.Concat(file.Upgrade, file.Downgrade)
	for _, unit := range drivers.Units(b.Driver, state) {
		id := unit.Identity()
		if slices.ContainsFunc(steps, func(s revision.Step) bool { return slices.Contains(s.Changes, id.String()) }) {
			c.ids, c.keys = append(c.ids, id), append(c.keys, b.rowKey(state, id))
		}
	}
	was, err := c.look(ctx, b.Driver, seeder, conn, state)
	if err != nil {
		return nil, err
	}
	for _, way := range [][]revision.Step{file.Upgrade, file.Downgrade} {
		if step, err := replaySteps(ctx, conn, file, way, nil); err != nil {
			return []string{fmt.Sprintf("step %q fails: %v", step.Name, err)}, ctx.Err()
		}
	}
	is, err := c.look(ctx, b.Driver, seeder, conn, state)
	if err != nil {
		return nil, err
	}
	for i := range c.ids {
		differences = append(differences, is[i].Difference(was[i])...)
	}
	return differences, nil
}

func (c *rowChange) look(ctx context.Context, driver drivers.Driver, seeder drivers.Seeder, conn drivers.Connection, state *hclschema.State) (all []*seed.Kept, err error) {
	for i, id := range c.ids {
		kept, err := seed.All(ctx, conn, driver, seeder, state, id, c.keys[i])
		if err != nil {
			return nil, err
		}
		all = append(all, kept)
	}
	return all, nil
}

// besideRows are the rows to declare for a change to be made where it is to be made now, in a database and its state. fresh, if not nil,
// tells tables that the revision makes itself.
func (b *rebaser) besideRows(ctx context.Context, c *rowChange, conn drivers.Connection, state *hclschema.State, fresh func(hclschema.Identity) bool) (sets []*hclschema.RowSet, err error) {
	there, err := c.look(ctx, b.Driver, b.Driver.(drivers.Seeder), conn, state)
	if err != nil {
		return nil, err
	}
	for i, table := range c.tables {
		var set *hclschema.RowSet
		if fresh != nil && fresh(c.ids[i]) {
			set, err = table.Declared()
		} else {
			set, err = table.Beside(there[i], b.modelRows(state, c.ids[i]))
		}
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	return sets, nil
}

// rowsAnew plans the steps for rows anew of a revision whose other steps were written by hand, and keeps those as they stand. false
// where its steps for rows aren't those of a plan.
func (b *rebaser) rowsAnew(ctx context.Context, before []*revision.File, file, was *revision.File, last bool) (rebased Rebased, ok bool, err error) {
	if was.ProvedState() != revision.Proved { // the file may have been proved where it is to be
		return rebased, false, nil
	}
	changed, conn, err := b.changedRows(ctx, b.Graph.Before(was), was)
	if err != nil || changed == nil {
		return rebased, false, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if !b.plannedRows(was, changed) {
		return rebased, false, nil
	}
	sets, err := changed.declared()
	if err != nil {
		return rebased, false, nil // what models can't say is no plan's
	}
	plan, err := b.rowPlan(ctx, conn, sets)
	if ctx.Err() != nil {
		return rebased, false, ctx.Err()
	}
	down := -1
	if err == nil && sameSteps(fileSteps(plan.Upgrade), was.Upgrade[changed.from:changed.to]) {
		down = runOf(fileSteps(plan.Downgrade), was.Downgrade)
	}
	if down < 0 {
		return rebased, false, nil
	}
	return b.spliced(ctx, before, file, was, last, changed, down, down+len(plan.Downgrade))
}

// spliced is a revision with its steps for rows planned where they are now.
func (b *rebaser) spliced(ctx context.Context, before []*revision.File, file, was *revision.File, last bool, changed *rowChange, down, downTo int) (rebased Rebased, ok bool, err error) {
	kept := func(why string, cause error) error {
		return &KeptError{File: was, Onto: b.Onto, Why: why, Cause: cause}
	}
	conn, _, err := b.replayed(ctx, before)
	if err != nil {
		return rebased, false, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if step, err := replaySteps(ctx, conn, file, file.Upgrade[:changed.from], nil); err != nil {
		return rebased, false, kept(fmt.Sprintf("It has steps by hand, and fails at one of them, %q.", step.Name), err)
	}
	state, err := inspectAll(ctx, conn)
	if err != nil {
		return rebased, false, err
	}
	sets := b.setsIn(state)
	if !last {
		if sets, err = b.besideRows(ctx, changed, conn, state, nil); err != nil {
			return rebased, false, kept("What it changes was changed there too: "+err.Error()+".", err)
		}
	}
	plan, err := b.rowPlan(ctx, conn, sets)
	if err != nil {
		return rebased, false, err
	}
	file.Upgrade = slices.Replace(slices.Clone(file.Upgrade), changed.from, changed.to, fileSteps(plan.Upgrade)...)
	file.Downgrade = slices.Replace(slices.Clone(file.Downgrade), down, downTo, fileSteps(plan.Downgrade)...)
	file.PlannedRows = rowsSum(file)
	proved, err := Prove(ctx, ProveRequest{Driver: b.Driver, Live: b.Live, ScratchURL: b.ScratchURL, Ancestors: before, File: file})
	if ctx.Err() != nil {
		return rebased, false, ctx.Err()
	}
	if err != nil {
		return rebased, false, kept("It has steps by hand, and does not hold with its rows planned anew.", err)
	}
	file.Start, file.End, file.Proved = proved.Start, proved.End, ProvedOn(proved, file)
	if last {
		if b.left, err = b.planTo(ctx, append(slices.Clone(before), file), b.Desired, nil, true); err != nil {
			return rebased, false, err
		}
		if touchesAny(b.left, touched([]*revision.File{file})) {
			return rebased, false, kept("It has steps by hand.", errors.New("with its rows planned anew it doesn't lead to what the models say: "+strings.Join(unitNames(b.left), ", ")))
		}
	}
	return Rebased{Before: was, After: file, Server: proved.Proof.Server,
		Rows: &SplicedRows{Up: [2]int{changed.from, changed.to}, Down: [2]int{down, downTo}, NewUp: fileSteps(plan.Upgrade), NewDown: fileSteps(plan.Downgrade)}}, true, nil
}

// setsIn are the rows that the models declare for tables that a state has, with the columns that they name.
func (b *rebaser) setsIn(state *hclschema.State) (sets []*hclschema.RowSet) {
	for _, set := range b.Desired.RowSets() {
		columns := map[string]bool{}
		for _, o := range state.Children(set.Table.Schema, set.Table.Name) {
			columns[o.Identity.Name] = columns[o.Identity.Name] || o.Identity.Kind == hclschema.KindColumn
		}
		there := state.Get(set.Table) != nil
		for _, row := range set.Rows {
			for name := range row.Values {
				there = there && columns[name]
			}
		}
		if there {
			sets = append(sets, set)
		}
	}
	return sets
}

// rowPlan plans rows alone in a database, whose objects stay.
func (b *rebaser) rowPlan(ctx context.Context, conn drivers.Connection, sets []*hclschema.RowSet) (*Plan, error) {
	state, err := inspectAll(ctx, conn)
	if err != nil {
		return nil, err
	}
	return Create(ctx, Request{Driver: b.Driver, Live: conn, Beside: b.Live, Desired: state.WithRowSets(sets), ScratchURL: b.ScratchURL,
		Managed: func(hclschema.Identity) bool { return true }, Unproven: true, AllowRows: true, Uncounted: true})
}

// runOf is where some steps begin in a way that holds them one after another; -1 where it doesn't.
func runOf(steps, way []revision.Step) int {
	if len(steps) == 0 {
		return 0
	}
	for i := 0; i+len(steps) <= len(way); i++ {
		if sameSteps(steps, way[i:i+len(steps)]) {
			return i
		}
	}
	return -1
}
