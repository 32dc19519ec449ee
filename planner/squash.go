package planner

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// SquashRequest is a part of a history that one revision is to stand for.
type SquashRequest struct {
	Driver drivers.Driver
	// Live is a database of the same engine and version; nil where the engine needs no server for scratch.
	Live       drivers.Connection
	ScratchURL string
	Graph      *revision.Graph
	// Before are replayed first; Files are squashed, in the order in which they run.
	Before, Files []*revision.File
	Meta          Meta
}

// Squashed is the one revision.
type Squashed struct {
	File *revision.File
	// Server is the scratch engine with its version.
	Server string
	// Kept are the revisions whose steps stand in the file as they were: those by hand, and those that rows rest on.
	Kept []*revision.File
}

// SquashError is returned where one revision can't stand for many.
type SquashError struct {
	// File is the one that stands against it; nil where the result doesn't hold as a whole.
	File  *revision.File
	Why   string
	Cause error
	// Differences say how the one leads elsewhere than the many.
	Differences []string
}

// Error implements error.
func (e *SquashError) Error() string {
	text := "the revisions can't be squashed: " + e.Why
	if e.File != nil {
		text = fmt.Sprintf("revision %s can't be squashed: %s", e.File.ID, e.Why)
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap is what the proof said.
func (e *SquashError) Unwrap() error { return e.Cause }

// Squash makes one revision of many. Runs of planned revisions become the difference between their start and their end; where that
// could leave other rows than they do one after another, the run is cut there. Steps that aren't those of a plan, and renames, stand
// in it as they were, in their order. The whole is proved, and leads to the very state to which the many lead.
func Squash(ctx context.Context, r SquashRequest) (squashed *Squashed, err error) {
	s := &squasher{SquashRequest: r, squashed: &Squashed{}}
	for _, conn := range []*drivers.Connection{&s.at, &s.before, &s.after} {
		m := &merger{MergeRequest: MergeRequest{Driver: r.Driver, Live: r.Live, ScratchURL: r.ScratchURL}}
		if *conn, s.state, err = m.replayed(ctx, r.Before); err != nil {
			return nil, err
		}
		opened := *conn
		defer func() { err = errors.Join(err, opened.Close()) }()
	}
	s.start = s.state
	for _, file := range r.Files {
		if err := s.add(ctx, file); err != nil {
			return nil, err
		}
	}
	if err := s.cut(ctx); err != nil {
		return nil, err
	}
	return s.squashed, s.prove(ctx)
}

type squasher struct {
	SquashRequest
	// at, before and after are scratch databases: where the run began, before and after the revision that is looked at. start and
	// state are what is in the first and in the last one.
	at, before, after drivers.Connection
	start, state      *hclschema.State
	// run are planned revisions that become one plan, touched the columns that they changed of tables which were there before them.
	run     []*revision.File
	touched map[hclschema.Identity]bool
	// up and down are the steps so far; handmade are revisions with steps by hand that ran where foreign
	// keys act.
	up, down []revision.Step
	// unenforced says that steps among them need foreign keys unenforced.
	unenforced bool
	// again is a revision that makes something again that one before it dropped, which is madeAgain.
	again     *revision.File
	madeAgain hclschema.Identity
	handmade  []*revision.File
	squashed  *Squashed
}

// add takes one more revision into the run, or ends the run before it.
func (s *squasher) add(ctx context.Context, file *revision.File) error {
	was := s.state
	followed := newTrace(was)
	if step, err := replay(ctx, s.after, file, followed); err != nil {
		return &ReplayError{File: file, Step: step, Cause: err}
	}
	state, err := inspectAll(ctx, s.after)
	if err != nil {
		return err
	}
	renames := followed.renames(state)
	planned, err := s.planned(ctx, file, state, renames)
	if err != nil {
		return err
	}
	if !planned && !file.ForeignKeysOff && (acts(was) || acts(state)) {
		s.handmade = append(s.handmade, file)
	}
	if alone := !planned || len(renames) > 0; alone || s.rests(file, was, state) {
		if err := s.cut(ctx); err != nil { // state is still where the run ended
			return err
		}
	}
	s.touch(was, state)
	s.run, s.state = append(s.run, file), state
	if step, err := replay(ctx, s.before, file, nil); err != nil {
		return &ReplayError{File: file, Step: step, Cause: err}
	}
	if !planned || len(renames) > 0 {
		return s.cut(ctx)
	}
	return nil
}

// acts says that changes of some rows change others, by a foreign key.
func acts(state *hclschema.State) bool {
	return slices.ContainsFunc(state.Objects(), func(o *hclschema.Object) bool {
		return o.Identity.Kind == hclschema.KindForeignKey && o.Properties.Text(hclschema.PropOnDelete)+o.Properties.Text(hclschema.PropOnUpdate) != ""
	})
}

// planned says that the steps of a file are those of a plan: they are what is planned for the same two states.
func (s *squasher) planned(ctx context.Context, file *revision.File, end *hclschema.State, renames []drivers.Rename) (bool, error) {
	if len(file.Upgrade)+len(file.Downgrade) == 0 {
		return true, nil
	}
	special := func(step revision.Step) bool {
		return len(step.Exec)+len(step.When)+len(step.Unless)+len(step.Changes)+len(step.Placeholders) > 0 || step.Each != nil || step.Again || step.SQLFile != ""
	}
	if file.ProvedState() != revision.Proved || slices.ContainsFunc(slices.Concat(file.Upgrade, file.Downgrade), special) {
		return false, nil
	}
	plan, err := s.plan(ctx, s.before, end, renames)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	return err == nil && sameStatements(Revision(plan, Meta{}), file), nil
}

func (s *squasher) plan(ctx context.Context, conn drivers.Connection, end *hclschema.State, renames []drivers.Rename) (*Plan, error) {
	return Create(ctx, Request{Driver: s.Driver, Live: conn, Beside: s.Live, Desired: end, Renames: renameTexts(s.Driver, end, renames), ScratchURL: s.ScratchURL,
		Managed: func(hclschema.Identity) bool { return true }, Unproven: true, AllowRows: true, Uncounted: true})
}

// rests says that a change rests on rows as the run leaves them: it makes again what the run dropped, or changes a column that the
// run made or changed in a table that may have rows.
func (s *squasher) rests(file *revision.File, was, is *hclschema.State) bool {
	for _, o := range is.Objects() {
		if kind := o.Identity.Kind; kind != hclschema.KindColumn && !s.Driver.HoldsRows(o.Identity) {
			continue
		}
		if s.start.Get(o.Identity) != nil && was.Get(o.Identity) == nil {
			s.again, s.madeAgain = file, o.Identity
			return true
		}
	}
	for id := range s.changed(was, is) {
		if s.touched[id] {
			return true
		}
	}
	return false
}

// changed are the columns that are made or changed, in tables that were there when the run began.
func (s *squasher) changed(was, is *hclschema.State) map[hclschema.Identity]bool {
	columns := map[hclschema.Identity]bool{}
	for _, table := range is.Objects() {
		if table.Identity.Parent != "" || s.start.Get(table.Identity) == nil {
			continue
		}
		for _, o := range is.Children(table.Identity.Schema, table.Identity.Name) {
			if o.Identity.Kind != hclschema.KindColumn {
				continue
			}
			before := was.Get(o.Identity)
			if before == nil || drivers.Fingerprint(s.Driver, drivers.Unit{before}, was.Key) != drivers.Fingerprint(s.Driver, drivers.Unit{o}, is.Key) {
				columns[is.Key(o.Identity)] = true
			}
		}
	}
	return columns
}

func (s *squasher) touch(was, is *hclschema.State) {
	if s.touched == nil {
		s.touched = map[hclschema.Identity]bool{}
	}
	for id := range s.changed(was, is) {
		s.touched[id] = true
	}
}

// cut ends the run: its steps are planned, or those of its only revision. Where no plan can be made, they are those of all.
func (s *squasher) cut(ctx context.Context) error {
	if len(s.run) == 0 {
		return nil
	}
	var up, down []revision.Step
	for i := range s.run {
		up = append(up, s.run[i].Upgrade...)
		down = append(down, s.run[len(s.run)-1-i].Downgrade...)
	}
	kept, unenforced := true, slices.ContainsFunc(s.run, func(f *revision.File) bool { return f.ForeignKeysOff })
	if len(s.run) > 1 {
		plan, err := s.plan(ctx, s.at, s.state, nil)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			up, down, kept = fileSteps(plan.Upgrade), fileSteps(plan.Downgrade), false
			unenforced = plan.ForeignKeysOff()
		}
	}
	if kept {
		for _, file := range s.run {
			if len(file.Upgrade)+len(file.Downgrade) > 0 {
				s.squashed.Kept = append(s.squashed.Kept, file)
			}
		}
	}
	s.unenforced = s.unenforced || unenforced
	s.up, s.down = append(s.up, up...), append(slices.Clone(down), s.down...)
	for _, file := range s.run {
		if step, err := replay(ctx, s.at, file, nil); err != nil {
			return &ReplayError{File: file, Step: step, Cause: err}
		}
	}
	s.run, s.start, s.touched = nil, s.state, nil
	return nil
}

// prove makes the file and proves it.
func (s *squasher) prove(ctx context.Context) error {
	file := &revision.File{Format: 1, ID: s.Meta.ID, Message: s.Meta.Message, Parents: s.Meta.Parents, Branch: s.Meta.Branch, DependsOn: s.Meta.DependsOn,
		Created: s.Meta.Created.UTC().Truncate(time.Second), Dialect: s.Driver.Name(), Upgrade: s.up, Downgrade: s.down, Variables: s.Files[0].Variables, ForeignKeysOff: s.unenforced}
	for _, f := range s.Files {
		file.Replaces = append(file.Replaces, f.ID)
		if f.Irreversible != "" {
			file.Irreversible, file.Downgrade = f.ID+" could not be taken back: "+f.Irreversible, nil
		}
		stoodFor(file, f)
	}
	for _, f := range s.handmade {
		if file.ForeignKeysOff {
			return &SquashError{File: f, Why: "its steps were written by hand where foreign keys act (ON DELETE or ON UPDATE), and others run with foreign_keys = false, where they don't"}
		}
	}
	if len(file.Parents) > 1 {
		if err := InOrders(ctx, MergeRequest{Driver: s.Driver, Live: s.Live, ScratchURL: s.ScratchURL, Graph: s.Graph, Heads: file.Parents}); err != nil {
			return err
		}
	}
	m := &merger{MergeRequest: MergeRequest{Driver: s.Driver, Live: s.Live, ScratchURL: s.ScratchURL}}
	conn, got, err := m.replayed(ctx, append(slices.Clone(s.Before), file))
	if err == nil {
		err = conn.Close()
	}
	if err != nil {
		return s.failed(ctx, err)
	}
	if differences := proof.Difference(s.state, got); len(differences) > 0 {
		return &SquashError{Why: "together they lead elsewhere", Differences: differences}
	}
	request := ProveRequest{Driver: s.Driver, Live: s.Live, ScratchURL: s.ScratchURL, Ancestors: s.Before, File: file}
	plan, err := Prove(ctx, request)
	var failure *proof.Failure
	if errors.As(err, &failure) && failure.Step != nil && failure.Stage != "start" && failure.Stage != "upgrade" {
		request.MadeEmpty = true
		plan, err = Prove(ctx, request)
	}
	if err != nil {
		return s.failed(ctx, err)
	}
	file.Renames = renamedBy(s.Files)
	file.Start, file.End, file.Proved = plan.Start, plan.End, ProvedOn(plan, file)
	lines := []string{s.Meta.Message, "", "Stands in place of, and leads to the same state as:", ""}
	for _, f := range s.Files {
		lines = append(lines, "  "+f.ID+"  "+strings.Join(strings.Fields(f.Message), " "))
	}
	if len(s.squashed.Kept) > 0 {
		var kept []string
		for _, f := range s.squashed.Kept {
			kept = append(kept, f.ID)
		}
		lines = append(lines, "", "The steps of "+strings.Join(kept, ", ")+" stand in it as they were.")
	}
	file.Summary = strings.Join(lines, "\n")
	s.squashed.File, s.squashed.Server = file, plan.Proof.Server
	return nil
}

// renamedBy is what revisions have renamed, one after another.
func renamedBy(files []*revision.File) map[string]string {
	renames := map[string]string{}
	for _, file := range files {
		maps.Copy(renames, file.Renames)
	}
	return renames
}

// stoodFor keeps for what a squashed revision stood in its turn, for databases that have that and never had the revision.
func stoodFor(file, squashed *revision.File) {
	if len(squashed.Replaces) == 0 {
		return
	}
	if file.StoodFor == nil {
		file.StoodFor = map[string][]string{}
	}
	maps.Copy(file.StoodFor, squashed.StoodFor)
	file.StoodFor[squashed.ID] = squashed.Replaces
}

func (s *squasher) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if s.again != nil {
		return &SquashError{File: s.again, Why: fmt.Sprintf("it makes %s again, which a revision before it dropped with what was in it", s.madeAgain), Cause: err}
	}
	return &SquashError{Why: "the one that would stand for them does not hold", Cause: err}
}
