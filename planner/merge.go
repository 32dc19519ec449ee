package planner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// MergeRequest asks whether heads can be joined.
type MergeRequest struct {
	Driver drivers.Driver
	// Live is a database of the same engine and version; nil where the engine needs no server for scratch.
	Live       drivers.Connection
	ScratchURL string
	Graph      *revision.Graph
	// Heads are the ids of two revisions or more, none of which another one needs.
	Heads []string
	// Desired is what the models say, Exclude are the patterns of names that are left alone.
	Desired *hclschema.State
	Exclude []string
	// Others says that other heads are left apart: the models say what these do, too, so that the end isn't compared with them.
	Others bool
}

// Merged is what the proof of a merge showed.
type Merged struct {
	// Server is the scratch engine with its version.
	Server string
	// Prints are the fingerprints of what the joined revisions change, as every order leaves it.
	Prints map[string]string
	// Both are the units that more than one side touches.
	Both []string
	// Left is the plan from there to the models; empty where they agree, or other heads are left apart.
	Left *Plan
}

// ConflictError is returned where the order of two sides makes a difference.
type ConflictError struct {
	// First and Second are the heads of the sides.
	First, Second string
	// Both are the units that both sides touch; Differences say how the states differ that the orders lead to.
	Both, Differences []string
	// Gone say what refers to something that isn't there after both sides, and is there after each of them alone.
	Gone []string
	// File is a revision that fails at a step after the revisions of the other side, in After; nil where none does.
	File  *revision.File
	Step  revision.Step
	After []string
	Cause error
	// Back is a revision whose way back, taken after the revisions in After and its own side, doesn't lead to where it began: it
	// fails at Step, or leads to the Differences. nil where the ways up disagree.
	Back *revision.File
}

// Error implements error.
func (e *ConflictError) Error() string {
	if e.Back != nil {
		return fmt.Sprintf("the way back of revision %s doesn't lead to where it began after %s", e.Back.ID, strings.Join(e.After, ", "))
	}
	if e.File != nil {
		return fmt.Sprintf("revision %s fails after %s: %v", e.File.ID, strings.Join(e.After, ", "), e.Cause)
	}
	if len(e.Gone) > 0 {
		return fmt.Sprintf("what one of %s and %s refers to, the other one takes away: %s", e.First, e.Second, strings.Join(e.Gone, "; "))
	}
	return fmt.Sprintf("%s and %s lead to another state in another order", e.First, e.Second)
}

// Unwrap is the engine's error, if a step failed.
func (e *ConflictError) Unwrap() error { return e.Cause }

// Merge proves that heads can be joined, as InOrders does, and compares the state that they lead to with the models. A
// difference from the models is no error.
func Merge(ctx context.Context, r MergeRequest) (merged *Merged, err error) {
	m := &merger{MergeRequest: r}
	conn, state, err := m.inOrders(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	merged = &Merged{Server: conn.Server(), Both: m.both}
	if merged.Prints, err = m.prints(ctx, state); err != nil {
		return nil, err
	}
	merged.Left = &Plan{Dialect: r.Driver.Name()}
	if m.Others {
		return merged, nil
	}
	merged.Left, err = Create(ctx, Request{Driver: m.Driver, Live: conn, Beside: m.Live, Desired: m.Desired, ScratchURL: m.ScratchURL,
		Exclude: m.Exclude, Applied: m.Graph.Upgrade(nil, m.Heads), Managed: func(hclschema.Identity) bool { return true }, Unproven: true, AllowRows: true})
	return merged, err
}

// InOrders proves on scratch that the sides of every two heads lead to the same state in whatever order a database gets their
// revisions, and that all sides one after another do, whichever comes first. *ConflictError where an order makes a
// difference, *ReplayError for a revision that fails on its own line.
func InOrders(ctx context.Context, r MergeRequest) error {
	conn, _, err := (&merger{MergeRequest: r}).inOrders(ctx)
	if err != nil {
		return err
	}
	return conn.Close()
}

type merger struct {
	MergeRequest
	both []string
	// back is the first conflict of the ways back of the two sides that are tried; nil where there is none.
	back *ConflictError
}

// mostInOrders is how many revisions two sides may have so that every order of them is tried; beyond that each side is
// taken as a whole.
const mostInOrders = 40

// side is what a head needs and the other one doesn't, in the order in which it runs.
func (m *merger) side(head, other string) []*revision.File {
	has := m.Graph.Ancestors(other)
	return slices.DeleteFunc(m.Graph.Upgrade(nil, []string{head}), func(f *revision.File) bool { return has[f.ID] })
}

// pair tries two sides. The states after i revisions of the first and j of the second are reached in rows, all of the first
// before the second, and in columns, the other way round. Where rows and columns agree at every place, every way from one
// corner to the other does: each of its steps is one of a row or of a column that begins at the same state.
func (m *merger) pair(ctx context.Context, first, second string) error {
	a, b := m.side(first, second), m.side(second, first)
	both := common(touched(a), touched(b))
	for _, unit := range both {
		if !slices.Contains(m.both, unit) {
			m.both = append(m.both, unit)
		}
	}
	conflict := &ConflictError{First: first, Second: second, Both: both}
	has := m.Graph.Ancestors(second)
	prefix := slices.DeleteFunc(m.Graph.Upgrade(nil, []string{first}), func(f *revision.File) bool { return !has[f.ID] })
	every := len(a)+len(b) <= mostInOrders
	rows := map[int][]*corner{}
	for i := len(a); i >= 0; i-- {
		if i < len(a) && !every {
			break
		}
		var err error
		if rows[i], err = m.line(ctx, prefix, a[:i], b, conflict); err != nil {
			return err
		}
	}
	for j := len(b); j > 0; j-- {
		if j < len(b) && !every {
			break
		}
		column, err := m.line(ctx, prefix, b[:j], a, conflict)
		if err != nil {
			return err
		}
		for i := len(a); i > 0; i-- {
			if rows[i] == nil {
				continue
			}
			if conflict.Differences = column[i].difference(rows[i][j]); len(conflict.Differences) > 0 {
				return conflict
			}
		}
	}
	if rows[0] == nil {
		var err error
		if rows[0], err = m.line(ctx, prefix, nil, b, conflict); err != nil {
			return err
		}
	}
	if conflict.Gone = rows[len(a)][len(b)].parted(rows[len(a)][0], rows[0][len(b)]); len(conflict.Gone) > 0 {
		return conflict
	}
	if m.back != nil {
		m.back.First, m.back.Second, m.back.Both = first, second, both
		return m.back
	}
	return nil
}

// line replays revisions of one side and then all of the other one, and returns the corners before and after each of those.
// Behind the other side they are taken back again, too, as wayBack says; what that finds is kept until the ways up agree.
func (m *merger) line(ctx context.Context, prefix, done, side []*revision.File, conflict *ConflictError) (corners []*corner, err error) {
	conn, err := m.Driver.Scratch(ctx, m.Live, m.ScratchURL)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, file := range append(slices.Clone(prefix), done...) {
		if step, err := replay(ctx, conn, file, nil); err != nil {
			return nil, &ReplayError{File: file, Step: step, Cause: err}
		}
	}
	at, err := m.look(ctx, conn)
	if err != nil {
		return nil, err
	}
	corners = append(corners, at)
	for _, file := range side {
		step, err := replay(ctx, conn, file, nil)
		switch {
		case err != nil && len(done) == 0:
			return nil, &ReplayError{File: file, Step: step, Cause: err}
		case err != nil && ctx.Err() != nil:
			return nil, err
		case err != nil:
			conflict.File, conflict.Step, conflict.Cause = file, step, err
			for _, before := range done {
				conflict.After = append(conflict.After, before.ID)
			}
			return nil, conflict
		}
		if at, err = m.look(ctx, conn); err != nil {
			return nil, err
		}
		corners = append(corners, at)
	}
	if len(done) > 0 && m.back == nil {
		m.back, err = m.wayBack(ctx, conn, prefix, done, side, corners)
	}
	return corners, err
}

// inOrders is a scratch database in the state to which every order leads. The caller closes it.
func (m *merger) inOrders(ctx context.Context) (drivers.Connection, *hclschema.State, error) {
	for i, first := range m.Heads {
		for _, second := range m.Heads[i+1:] {
			if err := m.pair(ctx, first, second); err != nil {
				return nil, nil, err
			}
		}
	}
	conn, state, err := m.replayed(ctx, m.Graph.Upgrade(nil, m.Heads))
	if err != nil {
		return nil, nil, err
	}
	for i := range m.Heads {
		if len(m.Heads) < 3 {
			break
		}
		if err := m.rotated(ctx, state, append(slices.Clone(m.Heads[i:]), m.Heads[:i]...)); err != nil {
			return nil, nil, errors.Join(err, conn.Close())
		}
	}
	return conn, state, nil
}

// rotated compares the state with what the sides lead to in this order.
func (m *merger) rotated(ctx context.Context, want *hclschema.State, heads []string) error {
	var files []*revision.File
	var applied []string
	for _, head := range heads {
		for _, file := range m.Graph.Upgrade(applied, []string{head}) {
			files, applied = append(files, file), append(applied, file.ID)
		}
	}
	conflict := &ConflictError{First: heads[len(heads)-1], Second: heads[0], Both: m.both}
	conn, got, err := m.replayed(ctx, files)
	var failed *ReplayError
	if errors.As(err, &failed) {
		conflict.File, conflict.Step, conflict.Cause = failed.File, failed.Step, failed.Cause
		conflict.After = applied[:slices.Index(applied, failed.File.ID)]
		return conflict
	}
	if err != nil {
		return err
	}
	if conflict.Differences = proof.Difference(want, got); len(conflict.Differences) > 0 {
		return errors.Join(conflict, conn.Close())
	}
	return conn.Close()
}

// replayed is a scratch database after these revisions. The caller closes it.
func (m *merger) replayed(ctx context.Context, files []*revision.File) (drivers.Connection, *hclschema.State, error) {
	conn, err := m.Driver.Scratch(ctx, m.Live, m.ScratchURL)
	if err != nil {
		return nil, nil, err
	}
	for _, file := range files {
		if step, err := replay(ctx, conn, file, nil); err != nil {
			return nil, nil, errors.Join(&ReplayError{File: file, Step: step, Cause: err}, conn.Close())
		}
	}
	state, err := inspectAll(ctx, conn)
	if err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	return conn, state, nil
}

// prints are the fingerprints of the units that a side changes or rests on, in the joined state.
func (m *merger) prints(ctx context.Context, joined *hclschema.State) (map[string]string, error) {
	shared := m.Graph.Ancestors(m.Heads[0])
	for _, head := range m.Heads[1:] {
		has := m.Graph.Ancestors(head)
		for id := range shared {
			if !has[id] {
				delete(shared, id)
			}
		}
	}
	all := m.Graph.Upgrade(nil, m.Heads)
	before := slices.DeleteFunc(slices.Clone(all), func(f *revision.File) bool { return !shared[f.ID] })
	conn, start, err := m.replayed(ctx, before)
	if err != nil {
		return nil, err
	}
	was := fingerprintsOf(m.Driver, start)
	named := touched(slices.DeleteFunc(all, func(f *revision.File) bool { return shared[f.ID] }))
	prints := map[string]string{}
	for unit, print := range fingerprintsOf(m.Driver, joined) {
		if was[unit] != print || named[unit] {
			prints[unit] = print
		}
	}
	return prints, conn.Close()
}

// fingerprintsOf are those of all units of a state.
func fingerprintsOf(driver drivers.Driver, state *hclschema.State) map[string]string {
	prints := map[string]string{}
	for _, unit := range drivers.Units(driver, state) {
		prints[unit.Identity().String()] = drivers.Fingerprint(driver, unit, state.Key)
	}
	return prints
}

// touched are the units that revisions change, make, drop or rest on.
func touched(files []*revision.File) map[string]bool {
	units := map[string]bool{}
	for _, file := range files {
		for _, prints := range []map[string]string{file.Start, file.End} {
			for unit := range prints {
				units[unit] = true
			}
		}
		for _, step := range file.Upgrade {
			for _, unit := range slices.Concat(step.Makes, step.Drops, step.Changes) {
				units[unit] = true
			}
		}
	}
	return units
}

func common(a, b map[string]bool) []string {
	var both []string
	for unit := range a {
		if b[unit] {
			both = append(both, unit)
		}
	}
	slices.Sort(both)
	return both
}

// MergeRevision is the file of a merge: it has no steps, and rests on what its parents leave.
func MergeRevision(r MergeRequest, merged *Merged, meta Meta) *revision.File {
	file := &revision.File{Format: 1, ID: meta.ID, Message: meta.Message, Parents: meta.Parents, Branch: meta.Branch, DependsOn: meta.DependsOn,
		Created: meta.Created.UTC().Truncate(time.Second), Dialect: r.Driver.Name(), Start: merged.Prints, End: merged.Prints}
	lines := []string{meta.Message, "", "Joins, without steps of its own:", ""}
	for _, head := range r.Heads {
		lines = append(lines, "  "+head+"  "+strings.Join(strings.Fields(r.Graph.Get(head).Message), " "))
	}
	lines = append(lines, "", "Whatever the order in which their revisions are applied, they lead to the same state.")
	if len(merged.Both) > 0 {
		lines = append(lines, "Touched by more than one of them: "+strings.Join(merged.Both, ", ")+".")
	}
	file.Summary = strings.Join(lines, "\n")
	file.Proved = fmt.Sprintf("%s, %s, %s", merged.Server, revision.InEveryOrder, revision.StepsSum(nil, nil, false))
	return file
}
