package planner

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// wayBack takes the revisions of a side back again, after all of them ran behind those of the other side, in done. Each must
// lead to the state that was there before it: else a downgrade leaves a database at a revision and not as that revision is.
// Two that make the same change agree on the way up, and the first way back takes the change from the other one, too. What
// doesn't lead back on its own line either is no matter of the order, and ends it, as what can't be taken back does.
func (m *merger) wayBack(ctx context.Context, conn drivers.Connection, prefix, done, side []*revision.File, corners []*corner) (*ConflictError, error) {
	for i, file := range slices.Backward(side) {
		if file.Irreversible != "" {
			return nil, nil
		}
		step, differences, err := m.takenBack(ctx, conn, file, corners[i])
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil && len(differences) == 0 {
			continue
		}
		if itself, alone := m.leadsBack(ctx, prefix, side[:i], file); alone != nil || len(itself) > 0 {
			return nil, alone
		}
		conflict := &ConflictError{Back: file, Differences: differences}
		for _, before := range done {
			conflict.After = append(conflict.After, before.ID)
		}
		if err != nil {
			conflict.File, conflict.Step, conflict.Cause = file, step, err
		}
		return conflict, nil
	}
	return nil, nil
}

// leadsBack says in what the way back of a revision leads elsewhere than to where it began on its own line; nothing where it leads there.
func (m *merger) leadsBack(ctx context.Context, prefix, before []*revision.File, file *revision.File) (differences []string, err error) {
	conn, _, err := m.replayed(ctx, append(slices.Clone(prefix), before...))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	start, err := m.look(ctx, conn)
	if err != nil {
		return nil, err
	}
	if step, err := replay(ctx, conn, file, nil); err != nil {
		return nil, &ReplayError{File: file, Step: step, Cause: err}
	}
	step, differences, failed := m.takenBack(ctx, conn, file, start)
	if failed != nil {
		differences = []string{fmt.Sprintf("step %q fails: %v", step.Name, failed)}
	}
	return differences, ctx.Err()
}

// takenBack runs the way back of a revision, and compares where it leads with the state before the revision.
func (m *merger) takenBack(ctx context.Context, conn drivers.Connection, file *revision.File, before *corner) (revision.Step, []string, error) {
	step, err := replaySteps(ctx, conn, file, file.Downgrade, nil)
	if err != nil {
		return step, nil, err
	}
	at, err := m.look(ctx, conn)
	if err != nil {
		return step, nil, err
	}
	return step, at.difference(before), nil
}
