package planner

import (
	"context"
	"errors"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// DriftRequest asks how a database differs from what its revisions lead to.
type DriftRequest struct {
	Driver     drivers.Driver
	Live       drivers.Connection
	ScratchURL string
	// Applied are replayed on scratch, in this order.
	Applied []*revision.File
	// Units are those to compare, as hclschema.Identity.String writes them.
	Units []string
}

// Drift says in sentences how the live units differ from those that the revisions make. *ReplayError where a revision
// can't be replayed.
func Drift(ctx context.Context, r DriftRequest) (differences []string, err error) {
	scratch, err := r.Driver.Scratch(ctx, r.Live, r.ScratchURL)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, scratch.Close()) }()
	for _, file := range r.Applied {
		if step, err := replay(ctx, scratch, file, nil); err != nil {
			return nil, &ReplayError{File: file, Step: step, Cause: err}
		}
	}
	want, err := scratch.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	got, err := r.Live.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	return proof.Difference(r.only(want.State), r.only(got.State)), nil
}

// only is the state without the units that were not asked for.
func (r DriftRequest) only(state *hclschema.State) *hclschema.State {
	asked := map[string]bool{}
	for _, unit := range r.Units {
		asked[unit] = true
	}
	return state.Without(func(o *hclschema.Object) bool { return !asked[r.Driver.Unit(o.Identity).String()] })
}
