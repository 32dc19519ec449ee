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
)

// RebaseRequest asks how revisions look on top of another one than they were made on.
type RebaseRequest struct {
	Driver drivers.Driver
	// Live is a database of the same engine and version; nil where the engine needs no server for scratch.
	Live       drivers.Connection
	ScratchURL string
	Graph      *revision.Graph
	// Moved are the revisions to move, in the order in which they run: a head and what it follows that the other one doesn't.
	Moved []*revision.File
	// Onto is the id of the revision that the first of them is to follow.
	Onto string
	// Desired is what the models say: where the last one leads to. Exclude are the patterns of names that are left alone.
	Desired *hclschema.State
	Exclude []string
}

// Rebased is a revision in its new place.
type Rebased struct {
	// Before and After are the file as it was and as it is to be.
	Before, After *revision.File
	// Planned says that its steps were planned anew; else they are those that it had.
	Planned bool
	// Rows says where its steps for declared rows were planned anew, and all others are those that it had; nil where they weren't.
	Rows *SplicedRows
	// Server is the scratch engine with its version.
	Server string
}

// SplicedRows are the steps for rows that a revision has in place of others.
type SplicedRows struct {
	// Up and Down are where those that go begin and end in each direction.
	Up, Down [2]int
	// NewUp and NewDown stand in their place.
	NewUp, NewDown []revision.Step
}

// KeptError is returned for a revision whose steps don't hold in the new place, and that can't be planned anew: Why says for
// what reason.
type KeptError struct {
	File  *revision.File
	Onto  string
	Why   string
	Cause error
}

// Error implements error.
func (e *KeptError) Error() string {
	return fmt.Sprintf("the steps of revision %s don't hold on top of %s: %v", e.File.ID, e.Onto, e.Cause)
}

// Unwrap is what the proof said.
func (e *KeptError) Unwrap() error { return e.Cause }

// NothingLeftError is returned for a revision that has nothing to do in its new place.
type NothingLeftError struct {
	File *revision.File
	Onto string
}

// Error implements error.
func (e *NothingLeftError) Error() string {
	return fmt.Sprintf("nothing is left to do for revision %s on top of %s: what the models say is there already", e.File.ID, e.Onto)
}

// Rebase gives revisions their new parents and proves each of them on what it follows then. Steps that hold are kept, as they
// must be where they were written by hand. Where those of a plan don't, the revision is planned anew: the last one to what the
// models say, which it is also where it leaves objects that it touches otherwise, the others to what they changed before,
// beside what the other head changes; so is the last one where other heads are left, since the models say what these do, too.
// left is the plan from there to the models, empty where other heads are left. Nothing is written.
func Rebase(ctx context.Context, r RebaseRequest) (rebased []Rebased, left *Plan, err error) {
	b := &rebaser{RebaseRequest: r}
	files, graph, err := b.placed()
	if err != nil {
		return nil, nil, err
	}
	whole := len(graph.Heads()) == 1
	b.left = &Plan{Dialect: r.Driver.Name()}
	for i, file := range files {
		last := whole && i == len(files)-1
		result, err := b.keep(ctx, graph, file, r.Moved[i], last)
		if err != nil {
			return nil, nil, err
		}
		rebased = append(rebased, result)
	}
	return rebased, b.left, nil
}

type rebaser struct {
	RebaseRequest
	left *Plan
}

// placed are copies of the files with their new parents, and the graph that they form with the others.
func (b *rebaser) placed() ([]*revision.File, *revision.Graph, error) {
	moved := map[string]bool{}
	for _, file := range b.Moved {
		moved[file.ID] = true
	}
	below := b.Graph.Ancestors(b.Onto)
	var files, all []*revision.File
	for _, file := range b.Moved {
		c := *file
		c.Parents = slices.DeleteFunc(slices.Clone(file.Parents), func(id string) bool { return !moved[id] })
		if len(c.Parents) == 0 { // else it follows that one by them
			c.Parents = []string{b.Onto}
		}
		c.DependsOn = slices.DeleteFunc(slices.Clone(file.DependsOn), func(id string) bool { return below[id] })
		files = append(files, &c)
	}
	for _, file := range b.Graph.Revisions() {
		if !moved[file.ID] {
			all = append(all, file)
		}
	}
	graph, diagnostics := revision.Join(append(all, files...))
	if diagnostics.HasErrors() {
		return nil, nil, diagnostics
	}
	return files, graph, nil
}

// keep proves a file's own steps in the new place, and plans the last one anew where they don't do.
func (b *rebaser) keep(ctx context.Context, graph *revision.Graph, file, was *revision.File, last bool) (Rebased, error) {
	before := graph.Before(file)
	if len(file.Parents) > 1 {
		if err := InOrders(ctx, MergeRequest{Driver: b.Driver, Live: b.Live, ScratchURL: b.ScratchURL, Graph: graph, Heads: file.Parents, Desired: b.Desired}); err != nil {
			return Rebased{}, err
		}
	}
	plan, err := Prove(ctx, ProveRequest{Driver: b.Driver, Live: b.Live, ScratchURL: b.ScratchURL, Ancestors: before, File: file})
	if ctx.Err() != nil {
		return Rebased{}, ctx.Err()
	}
	var replay *ReplayError
	if errors.As(err, &replay) {
		return Rebased{}, err
	}
	if err == nil {
		err = b.rowsBack(ctx, before, file, was)
	}
	if err == nil {
		err = b.wants(ctx, before, file, was)
	}
	if err == nil {
		file.Start, file.End = plan.Start, plan.End
		file.Proved = ProvedOn(plan, file)
		if !last {
			return Rebased{Before: was, After: file, Server: plan.Proof.Server}, nil
		}
		if b.left, err = b.planTo(ctx, append(slices.Clone(before), file), b.Desired, nil, true); err != nil {
			return Rebased{}, err
		}
		if !touchesAny(b.left, touched([]*revision.File{file})) {
			return Rebased{Before: was, After: file, Server: plan.Proof.Server}, nil
		}
		err = errors.New("they don't lead to what the models say: " + strings.Join(unitNames(b.left), ", "))
	}
	return b.replan(ctx, before, file, was, last, err)
}

// rowsBack is an error where the way back of a revision brings other rows back than those which were there before it, and did bring those
// back in its old place.
func (b *rebaser) rowsBack(ctx context.Context, before []*revision.File, file, was *revision.File) error {
	if file.Irreversible != "" || !slices.ContainsFunc(file.Downgrade, func(s revision.Step) bool { return len(s.Changes) > 0 }) {
		return nil
	}
	differences, err := b.backRows(ctx, before, file)
	if err != nil || len(differences) == 0 {
		return err
	}
	if there, err := b.backRows(ctx, b.Graph.Before(was), was); err != nil || len(there) > 0 {
		return err
	}
	return errors.New("their way back doesn't lead to where they began: " + strings.Join(differences, "; "))
}

// wants is an error where after a revision something refers to what isn't there, which it didn't in the old place and doesn't before it.
func (b *rebaser) wants(ctx context.Context, before []*revision.File, file, was *revision.File) error {
	gone, err := b.merger().wanting(ctx, append(slices.Clone(before), file), before, append(slices.Clone(b.Graph.Before(was)), was))
	if err == nil && len(gone) > 0 {
		err = errors.New("what they leave doesn't go together: " + strings.Join(gone, "; "))
	}
	return err
}

// replan plans a revision anew whose steps don't hold, if they are those of a plan.
func (b *rebaser) replan(ctx context.Context, before []*revision.File, file, was *revision.File, last bool, because error) (Rebased, error) {
	kept := &KeptError{File: was, Onto: b.Onto, Cause: because}
	old, err := b.planned(ctx, was)
	if err != nil {
		return Rebased{}, err
	}
	if old == nil {
		if rebased, ok, err := b.rowsAnew(ctx, before, file, was, last); err != nil || ok {
			return rebased, err
		}
		kept.Why = "They were written or edited by hand."
		if slices.ContainsFunc(was.Upgrade, func(s revision.Step) bool { return len(s.Changes) > 0 }) {
			kept.Why = "They change rows, or were written or edited by hand."
		}
		return Rebased{}, kept
	}
	desired, renames, err := b.still(ctx, before, old)
	if err != nil {
		return Rebased{}, err
	}
	if !last {
		if desired, renames, err = b.beside(ctx, before, old); err != nil {
			kept.Why = "What it changes was changed there too: " + err.Error() + "."
			return Rebased{}, kept
		}
	}
	rebased, err := b.plan(ctx, before, file, was, desired, renames)
	if err == nil {
		if err := b.wants(ctx, before, file, was); err != nil {
			kept.Why, kept.Cause = "Planned anew they don't either.", err
			return Rebased{}, kept
		}
	}
	var rename *RenameError
	if errors.As(err, &rename) {
		kept.Why = "It renames what was renamed or dropped there too: " + rename.Error() + "."
		return Rebased{}, kept
	}
	return rebased, err
}

// plan plans a revision anew: from the new place to what is desired.
func (b *rebaser) plan(ctx context.Context, before []*revision.File, file, was *revision.File, desired *hclschema.State, renames []string) (Rebased, error) {
	plan, err := b.planTo(ctx, before, desired, renames, false)
	if err != nil {
		return Rebased{}, err
	}
	if plan.Empty() {
		return Rebased{}, &NothingLeftError{File: was, Onto: b.Onto}
	}
	planned := Revision(plan, Meta{ID: file.ID, Message: file.Message, Parents: file.Parents, Branch: file.Branch, DependsOn: file.DependsOn, Created: file.Created})
	planned.Path, planned.Range = file.Path, file.Range
	*file = *planned // the graph has it, for those that follow
	b.left = &Plan{Dialect: b.Driver.Name()}
	return Rebased{Before: was, After: file, Planned: true, Server: plan.Proof.Server}, nil
}

// planTo plans from what these revisions make to what is desired.
func (b *rebaser) planTo(ctx context.Context, files []*revision.File, desired *hclschema.State, renames []string, unproven bool) (plan *Plan, err error) {
	conn, _, err := b.replayed(ctx, files)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return Create(ctx, Request{Driver: b.Driver, Live: conn, Beside: b.Live, Desired: desired, Renames: renames, ScratchURL: b.ScratchURL, Exclude: b.Exclude,
		Applied: files, Managed: func(hclschema.Identity) bool { return true }, Unproven: unproven, AllowRows: true, Uncounted: true})
}

func (b *rebaser) replayed(ctx context.Context, files []*revision.File) (drivers.Connection, *hclschema.State, error) {
	return b.merger().replayed(ctx, files)
}

func (b *rebaser) merger() *merger {
	return &merger{MergeRequest: MergeRequest{Driver: b.Driver, Live: b.Live, ScratchURL: b.ScratchURL}}
}

// change is what a plan did in its old place.
type change struct {
	start, end *hclschema.State
	renames    []drivers.Rename
	// rows is what it did to rows that models declare; nil where it did nothing to them.
	rows *rowChange
}

// planned is what a revision's plan did, nil where its steps can't be taken for those of a plan. A plan is known by being made
// again from the same two states.
func (b *rebaser) planned(ctx context.Context, file *revision.File) (c *change, err error) {
	if file.ProvedState() != revision.Proved {
		return nil, nil
	}
	before := b.Graph.Before(file)
	c = &change{}
	if c.start, c.end, c.renames, err = (ProveRequest{Driver: b.Driver, Live: b.Live, ScratchURL: b.ScratchURL, Ancestors: before, File: file}).states(ctx); err != nil {
		return nil, err
	}
	end := c.end
	rows, conn, err := b.changedRows(ctx, before, file)
	if err != nil {
		return nil, err
	}
	if rows != nil {
		sets, err := rows.declared()
		if err := errors.Join(conn.Close(), ctx.Err()); err != nil {
			return nil, err
		}
		if !b.plannedRows(file, rows) {
			return nil, nil
		}
		if err == nil {
			c.rows, end = rows, c.end.WithRowSets(sets)
		}
	}
	plan, err := b.planTo(ctx, before, end, renameTexts(b.Driver, b.Desired, c.renames), true)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil || !sameStatements(Revision(plan, Meta{}), file) {
		return nil, nil
	}
	return c, nil
}

// still are the models, and the renames of a change that they don't declare, so that they have to be asked for. What the other
// head renamed to the same name is not renamed again; nor is what it renamed otherwise, where the models don't say the
// change's name any more: in both nothing has the old name there that could be lost.
func (b *rebaser) still(ctx context.Context, before []*revision.File, c *change) (desired *hclschema.State, renames []string, err error) {
	if len(c.renames) == 0 {
		return b.Desired, nil, nil
	}
	conn, there, err := b.replayed(ctx, before)
	if err != nil {
		return nil, nil, err
	}
	var left []drivers.Rename
	for _, rename := range c.renames {
		o := b.Desired.Get(rename.To)
		declared := o != nil && slices.Contains(o.Formers(schemaCalled(b.Driver, b.Desired)), rename.From)
		done := there.Get(rename.From) == nil && (o == nil || there.Get(rename.To) != nil)
		if !declared && !done {
			left = append(left, rename)
		}
	}
	return b.Desired, renameTexts(b.Driver, b.Desired, left), conn.Close()
}

// beside is what a change leads to in its new place: there, everything is as it is but for what the change did.
func (b *rebaser) beside(ctx context.Context, before []*revision.File, c *change) (desired *hclschema.State, renames []string, err error) {
	conn, theirs, err := b.replayed(ctx, before)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if desired, err = combined(c.start, c.end, theirs); err != nil || c.rows == nil {
		return desired, renameTexts(b.Driver, b.Desired, c.renames), err
	}
	sets, err := b.besideRows(ctx, c.rows, conn, theirs, func(table hclschema.Identity) bool {
		return c.start.Get(table) == nil && !slices.ContainsFunc(c.renames, func(r drivers.Rename) bool { return r.To == table })
	})
	if err != nil {
		return nil, nil, err
	}
	return desired.WithRowSets(sets), renameTexts(b.Driver, b.Desired, c.renames), nil
}

// sameStatements says that two files have the same statements, which run in the same way, in whatever order and in whatever white
// space.
func sameStatements(a, b *revision.File) bool {
	return sameSteps(a.Upgrade, b.Upgrade) && sameSteps(a.Downgrade, b.Downgrade)
}

func sameSteps(a, b []revision.Step) bool {
	statements := func(steps []revision.Step) []string {
		var list []string
		for _, step := range steps {
			list = append(list, strings.Join(strings.Fields(step.Shown()+" "+step.Note()), " "))
		}
		slices.Sort(list)
		return list
	}
	return slices.Equal(statements(a), statements(b))
}

// renameTexts are renames as they are asked for, those of what follows by itself left out.
func renameTexts(driver drivers.Driver, models *hclschema.State, renames []drivers.Rename) []string {
	var texts []string
	for _, rename := range renames {
		texts = append(texts, renameText(rename, defaultSchema(driver, models)))
	}
	return texts
}

// unitNames are the units of a plan.
func unitNames(p *Plan) []string {
	var names []string
	for _, unit := range p.Units {
		names = append(names, unit.Identity.String())
	}
	return names
}

// touchesAny says that a plan changes one of the units.
func touchesAny(p *Plan, units map[string]bool) bool {
	return slices.ContainsFunc(unitNames(p), func(name string) bool { return units[name] })
}
