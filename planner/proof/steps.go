package proof

import (
	"context"
	"errors"

	"github.com/duo-orm/duo-orm/drivers"
)

// steps runs steps as an upgrade would: in a transaction, except for those that the engine wants alone.
func steps(ctx context.Context, conn drivers.Connection, stage string, way []drivers.Step, foreignKeysOff bool) error {
	for n := 0; n < len(way); {
		if way[n].OwnTransaction {
			if _, err := conn.Exec(ctx, way[n].SQL); err != nil {
				return &Failure{Stage: stage, Step: &way[n], Cause: err}
			}
			n++
			continue
		}
		last := n
		for last < len(way) && !way[last].OwnTransaction {
			last++
		}
		if err := together(ctx, conn, stage, way[n:last], foreignKeysOff); err != nil {
			return err
		}
		n = last
	}
	return nil
}

// together runs steps in one transaction.
func together(ctx context.Context, conn drivers.Connection, stage string, way []drivers.Step, foreignKeysOff bool) error {
	if err := conn.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: foreignKeysOff}, nil); err != nil {
		return &Failure{Stage: stage, Cause: err}
	}
	for n := range way {
		if _, err := conn.Exec(ctx, way[n].SQL); err != nil {
			return &Failure{Stage: stage, Step: &way[n], Cause: errors.Join(err, conn.Rollback())}
		}
	}
	if err := conn.Commit(ctx); err != nil {
		return &Failure{Stage: stage, Cause: err}
	}
	return nil
}
