package planner

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// VerifyRequest is a history, or a part of it, that is to be run on scratch.
type VerifyRequest struct {
	Driver drivers.Driver
	// Live is a database of the same engine and version; nil where the engine needs no server for scratch.
	Live       drivers.Connection
	ScratchURL string
	Graph      *revision.Graph
	// Before are replayed first and taken for granted; Files are verified, in this order.
	Before, Files []*revision.File
	// Desired is what the models say, nil where the end isn't to be compared with them; Exclude are the patterns of names that
	// are left alone.
	Desired *hclschema.State
	Exclude []string
	// Models are what the models say, for the rows that they declare: they are compared where the orders of a merge meet. nil where
	// there are none to compare.
	Models *hclschema.State
}

// VerifyPart is what of a revision doesn't hold.
type VerifyPart string

// The parts, in the order in which they are looked at.
const (
	// InAnyOrder is of a merge: what it joins leads elsewhere, or fails, in another order.
	InAnyOrder VerifyPart = "order"

	AtStart VerifyPart = "start"
	GoingUp VerifyPart = "upgrade"
	AtEnd   VerifyPart = "end"
	Back    VerifyPart = "downgrade"
	UpAgain VerifyPart = "upgrade again"
)

// Fault is one thing that doesn't hold of a revision.
type Fault struct {
	File *revision.File
	Part VerifyPart
	// Step is the one that failed; nil where none did.
	Step *revision.Step
	// Cause is the engine's error, for a step; Differences say what is otherwise, for all else.
	Cause       error
	Differences []string
	// Others are revisions that ran before it, touch what it touches, and that it doesn't follow: those of another branch which no
	// proved merge joins with it. It may well hold without them.
	Others []string
}

// Verified is what a history showed.
type Verified struct {
	// Server is the scratch engine with its version.
	Server string
	Faults []Fault
	// Stopped is the revision whose upgrade failed, so that those after it were not looked at; nil where all were.
	Stopped *revision.File
	// Left is the plan from the end to the models; nil where they were not compared.
	Left *Plan
	// Broken are views and triggers that don't work at the end, so that it can't be compared; nil where all do.
	Broken *BrokenError
}

// Verify runs revisions on one scratch database, each up, down and up again, with the rows that their steps put in: its
// fingerprints must hold before and after it, down must lead back to where it began, and up again to where it led. What
// doesn't hold is no error. *ReplayError for a revision of Before that fails.
func Verify(ctx context.Context, r VerifyRequest) (verified *Verified, err error) {
	v := &verifier{VerifyRequest: r, done: slices.Clone(r.Before), verified: &Verified{}}
	if v.conn, v.state, err = v.replayed(ctx); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, v.conn.Close()) }()
	v.verified.Server = v.conn.Server()
	for i, file := range r.Files {
		found := len(v.verified.Faults)
		if err := v.file(ctx, file); err != nil {
			return nil, err
		}
		for f := range v.verified.Faults[found:] {
			v.verified.Faults[found+f].Others = v.others(append(slices.Clone(r.Before), r.Files[:i]...), file)
		}
		if v.verified.Stopped != nil {
			return v.verified, nil
		}
	}
	if r.Desired == nil {
		return v.verified, nil
	}
	v.verified.Left, err = Create(ctx, Request{Driver: r.Driver, Live: v.conn, Beside: r.Live, Desired: r.Desired, ScratchURL: r.ScratchURL, Exclude: r.Exclude, Applied: v.done,
		Managed: func(hclschema.Identity) bool { return true }, Unproven: true, AllowRows: true, Uncounted: true})
	if errors.As(err, &v.verified.Broken) && !v.verified.Broken.InModels {
		v.verified.Left, err = nil, nil
	}
	return v.verified, err
}

type verifier struct {
	VerifyRequest
	// conn is a scratch database after the revisions in done, and state what is in it.
	conn     drivers.Connection
	state    *hclschema.State
	done     []*revision.File
	verified *Verified
}

func (v *verifier) replayed(ctx context.Context) (drivers.Connection, *hclschema.State, error) {
	m := &merger{MergeRequest: MergeRequest{Driver: v.Driver, Live: v.Live, ScratchURL: v.ScratchURL}}
	return m.replayed(ctx, v.done)
}

// others are those of the files that ran before a file, touch the same, and that neither it nor a proved merge follows with it.
func (v *verifier) others(ran []*revision.File, file *revision.File) (ids []string) {
	follows, units, after := v.Graph.Ancestors(file.ID), touched([]*revision.File{file}), v.Graph.Followers(file.ID)
	for _, other := range ran {
		if follows[other.ID] || len(common(units, touched([]*revision.File{other}))) == 0 {
			continue
		}
		joined := false
		for id := range v.Graph.Followers(other.ID) {
			joined = joined || after[id] && v.Graph.Get(id).Joins()
		}
		if !joined {
			ids = append(ids, other.ID)
		}
	}
	return ids
}

func (v *verifier) fault(f Fault) { v.verified.Faults = append(v.verified.Faults, f) }

// file runs one revision there, back and there again, and leaves the database after it.
func (v *verifier) file(ctx context.Context, file *revision.File) error {
	before := v.state
	if err := v.orders(ctx, file); err != nil {
		return err
	}
	if err := v.prints(ctx, file, AtStart, file.Start); err != nil {
		return err
	}
	ok, err := v.run(ctx, file, GoingUp)
	if err != nil {
		return err
	}
	if !ok {
		v.verified.Stopped = file
		return nil
	}
	if v.state, err = inspectAll(ctx, v.conn); err != nil {
		return err
	}
	if file.ProvedState() == revision.Proved { // else nobody knows where its steps lead
		if err := v.prints(ctx, file, AtEnd, file.End); err != nil {
			return err
		}
	}
	after := v.state
	v.done = append(v.done, file)
	if file.Irreversible != "" {
		return nil
	}
	for _, turn := range []struct {
		part VerifyPart
		want *hclschema.State
	}{{Back, before}, {UpAgain, after}} {
		ok, err := v.run(ctx, file, turn.part)
		if err != nil {
			return err
		}
		if !ok {
			return v.anew(ctx)
		}
		got, err := inspectAll(ctx, v.conn)
		if err != nil {
			return err
		}
		if differences := proof.Difference(turn.want, got); len(differences) > 0 {
			v.fault(Fault{File: file, Part: turn.part, Differences: differences})
			return v.anew(ctx)
		}
	}
	return nil
}

// orders proves of a merge that the order of what it joins makes no difference. What fails on its own line is told of itself.
func (v *verifier) orders(ctx context.Context, file *revision.File) error {
	if len(file.Parents) < 2 {
		return nil
	}
	err := InOrders(ctx, MergeRequest{Driver: v.Driver, Live: v.Live, ScratchURL: v.ScratchURL, Graph: v.Graph, Heads: file.Parents, Desired: v.Models})
	var conflict *ConflictError
	var replay *ReplayError
	switch {
	case errors.As(err, &conflict):
		v.fault(Fault{File: file, Part: InAnyOrder, Cause: conflict, Differences: conflict.Differences})
	case !errors.As(err, &replay):
		return err
	}
	return nil
}

// prints compares fingerprints of a file with the database.
func (v *verifier) prints(ctx context.Context, file *revision.File, part VerifyPart, prints map[string]string) error {
	units, err := execute.Unexpected(ctx, execute.Options{Driver: v.Driver, Conn: v.conn, Graph: v.Graph}, v.done, file, prints)
	if err != nil || len(units) == 0 {
		return err
	}
	fault := Fault{File: file, Part: part}
	is := fingerprintsOf(v.Driver, v.state)
	for _, unit := range units {
		what := "isn't as the file's fingerprint says"
		if is[unit] == "" {
			what = "is missing"
		}
		fault.Differences = append(fault.Differences, fmt.Sprintf("%s %s", unit, what))
	}
	v.fault(fault)
	return nil
}

// run runs the steps of one direction. It says whether they ran; where one failed that is a fault.
func (v *verifier) run(ctx context.Context, file *revision.File, part VerifyPart) (bool, error) {
	steps := file.Upgrade
	if part == Back {
		steps = file.Downgrade
	}
	step, err := replaySteps(ctx, v.conn, file, steps, nil)
	if err == nil {
		return true, nil
	}
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	v.fault(Fault{File: file, Part: part, Step: &step, Cause: err})
	return false, nil
}

// anew makes another scratch database after the revisions that are done: this one is not where they lead to.
func (v *verifier) anew(ctx context.Context) error {
	conn, state, err := v.replayed(ctx)
	if err != nil {
		return err
	}
	old := v.conn
	v.conn, v.state = conn, state
	return old.Close()
}

// DriftOfAll says how a database differs from what all of its revisions lead to: in sentences, and as the plan from the
// database back to there. *ReplayError where a revision can't be replayed.
func DriftOfAll(ctx context.Context, r DriftRequest, exclude []string) (differences []string, plan *Plan, err error) {
	m := &merger{MergeRequest: MergeRequest{Driver: r.Driver, Live: r.Live, ScratchURL: r.ScratchURL}}
	conn, want, err := m.replayed(ctx, r.Applied)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if plan, err = Create(ctx, Request{Driver: r.Driver, Live: r.Live, Desired: want, ScratchURL: r.ScratchURL, Exclude: exclude,
		Managed: func(hclschema.Identity) bool { return true }, Unproven: true, AllowRows: true, Uncounted: true}); err != nil || plan.Empty() {
		return nil, plan, err
	}
	got, err := r.Live.Inspect(ctx)
	if err != nil {
		return nil, nil, err
	}
	r.Units = unitNames(plan)
	return proof.Difference(r.only(want), r.only(got.State)), plan, nil
}
