package execute

import (
	"context"
	"errors"
	"time"

	"github.com/duo-orm/duo-orm/planner/revision"
)

// The first and the longest pause before a revision is tried again.
const (
	firstPause   = 250 * time.Millisecond
	longestPause = 5 * time.Second
)

// retryable is an error that says nothing against the revision: somebody else was faster. Whatever the error says, what was
// done must have been rolled back, whole.
type retryable interface {
	error
	Retryable() bool
}

// patiently runs one revision, and again where others kept a statement of it from a lock, until the lock wait is over. The
// waits of single statements are short, since whoever comes behind a waiting statement waits too; in the pauses they get by.
func (r *runner) patiently(ctx context.Context, file *revision.File, result *Result) error {
	tell := func(because error) {
		if r.Progress.Again != nil {
			r.Progress.Again(file, because)
		}
	}
	return r.again(ctx, tell, func() error { return r.one(ctx, file, result) }, func(err error) bool { return r.mayTryAgain(file, err) })
}

// again tries until it works, fails in a way that may not be tried again, or the lock wait is over, and tells before each new try.
func (r *runner) again(ctx context.Context, tell func(because error), try func() error, may func(error) bool) error {
	err := try()
	if !may(err) {
		return err
	}
	over := time.NewTimer(r.LockWait)
	defer over.Stop()
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		tell(err)
		next := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			next.Stop()
			return ctx.Err()
		case <-over.C:
			next.Stop()
			return err
		case <-next.C:
		}
		if err = try(); !may(err) {
			return err
		}
	}
}

// mayTryAgain says that an error was somebody else's lock and that nothing of the revision was kept. Where a step stands
// alone, how far it got isn't certain enough to begin anew.
func (r *runner) mayTryAgain(file *revision.File, err error) bool {
	var step *StepError
	var again retryable
	return r.LockWait > 0 && !r.standsAlone(r.stepsOf(file)) && errors.As(err, &step) && errors.As(step.Cause, &again) && again.Retryable()
}

// othersWereFaster says that an error was somebody else's lock, so that what was rolled back may be tried again.
func (r *runner) othersWereFaster(err error) bool {
	var again retryable
	return r.LockWait > 0 && errors.As(err, &again) && again.Retryable()
}
