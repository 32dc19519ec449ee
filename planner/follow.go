package planner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// FollowRequest is a history of which only the statements are known: one that another tool has kept.
type FollowRequest struct {
	Driver drivers.Driver
	// Live is a database of the same engine and version; nil where the engine needs no server for scratch.
	Live       drivers.Connection
	ScratchURL string
	// Files are run from an empty database, in this order. What they make and drop, their fingerprints and what they were proved on
	// are filled in.
	Files []*revision.File
	// NoWayBack, if not nil, is asked of a file without steps back that changes the schema, or can't go up twice: the reason why it
	// is irreversible.
	NoWayBack func(file *revision.File) string
}

// Followed is where a history leads.
type Followed struct {
	// Server is the scratch engine with its version, State what is there in the end.
	Server string
	State  *hclschema.State
	// Faults are the ways back that don't lead back. These revisions aren't proved.
	Faults []Fault
}

// Follow runs a history on one scratch database, each revision up, down and up again, with the rows that its steps put in, and
// fills in its files what they do. *ReplayError for one that doesn't go up.
func Follow(ctx context.Context, r FollowRequest) (followed *Followed, err error) {
	f := &follower{FollowRequest: r, verifier: verifier{VerifyRequest: VerifyRequest{Driver: r.Driver, Live: r.Live, ScratchURL: r.ScratchURL}, verified: &Verified{}}}
	if f.conn, f.state, err = f.replayed(ctx); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.conn.Close()) }()
	for _, file := range r.Files {
		if err := f.follow(ctx, file); err != nil {
			return nil, err
		}
	}
	return &Followed{Server: f.conn.Server(), State: f.state, Faults: f.verified.Faults}, nil
}

type follower struct {
	FollowRequest
	verifier
	// left are the units that the last way back left otherwise than they were.
	left map[string]string
}

// forget takes what a way back leaves otherwise, such as a value of an enum that stays, out of the fingerprints of the file and of
// those before it: it went both ways like that all the time, and would stop each of them for good otherwise.
func (f *follower) forget(file *revision.File) {
	for name := range f.left {
		delete(file.Start, name)
		for _, earlier := range f.done[:len(f.done)-1] {
			delete(earlier.Start, name)
			delete(earlier.End, name)
		}
	}
	f.left = nil
}

// follow goes one file there, back and there again.
func (f *follower) follow(ctx context.Context, file *revision.File) error {
	start := f.state
	steps, failed, err := f.traced(ctx, file, file.Upgrade)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case failed != nil:
		return &ReplayError{File: file, Step: *failed, Cause: err}
	case err != nil:
		return err
	}
	file.Upgrade = f.losses(steps, start, f.state)
	file.Start, file.End = f.prints(start, f.state)
	f.done = append(f.done, file)
	empty := f.NoWayBack != nil && file.Irreversible == "" && len(file.Downgrade) == 0
	if empty && len(proof.Difference(start, f.state)) > 0 {
		file.Irreversible = f.NoWayBack(file)
	}
	if file.Irreversible == "" {
		faults := len(f.verified.Faults)
		switch back, err := f.back(ctx, file, start); {
		case err != nil:
			return err
		case !back && !empty:
			f.forget(file)
			return nil
		case !back: // the rows that it leaves stand against going up again
			f.verified.Faults = f.verified.Faults[:faults]
			file.Irreversible = f.NoWayBack(file)
		}
	}
	file.Proved = ProvedOn(&Plan{Proof: &proof.Result{Server: f.conn.Server()}}, file)
	return nil
}

// back goes the way back and up again. It says whether both led where they should; otherwise the database is made anew.
func (f *follower) back(ctx context.Context, file *revision.File, start *hclschema.State) (bool, error) {
	end := f.state
	steps, failed, err := f.traced(ctx, file, file.Downgrade)
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case failed != nil:
		f.fault(Fault{File: file, Part: Back, Step: failed, Cause: err})
		return false, f.anew(ctx)
	case err != nil:
		return false, err
	}
	file.Downgrade = f.losses(steps, end, f.state)
	if differences := proof.Difference(start, f.state); len(differences) > 0 {
		f.left, _ = f.prints(start, f.state)
		f.fault(Fault{File: file, Part: Back, Differences: differences})
		return false, f.anew(ctx)
	}
	ok, err := f.run(ctx, file, UpAgain)
	if err != nil {
		return false, err
	}
	if !ok {
		return false, f.anew(ctx)
	}
	if f.state, err = inspectAll(ctx, f.conn); err != nil {
		return false, err
	}
	if differences := proof.Difference(end, f.state); len(differences) > 0 {
		f.fault(Fault{File: file, Part: UpAgain, Differences: differences})
		return false, f.anew(ctx)
	}
	return true, nil
}

// traced runs steps and says of each what it makes and drops; failed is the one that the engine refused, if that is what the error
// is about. The state is looked at as seldom as tells it.
func (f *follower) traced(ctx context.Context, file *revision.File, steps []revision.Step) (told []revision.Step, failed *revision.Step, err error) {
	was := f.names(f.state)
	told = slices.Clone(steps)
	tell := func(step int, state *hclschema.State) {
		is := f.names(state)
		told[step].Makes, told[step].Drops = missing(is, was), missing(was, is)
		was = is
	}
	last := len(steps) - 1
	for last > 0 && stays(steps[last].Name) {
		last--
	}
	step, err := replayed(ctx, f.conn, file, steps, func(i int) func(*hclschema.State) {
		if i >= last || stays(steps[i].Name) {
			return nil
		}
		return func(state *hclschema.State) { tell(i, state) }
	})
	if err != nil {
		return nil, &step, err
	}
	if f.state, err = inspectAll(ctx, f.conn); err != nil {
		return nil, nil, err
	}
	if last >= 0 {
		tell(last, f.state)
	}
	return told, nil, nil
}

// stays says by the words with which a statement begins that it hardly makes or drops anything that is planned by itself. What it
// makes all the same is told of the next one.
func stays(name string) bool {
	words := strings.Fields(strings.ToUpper(name) + " - -")
	switch words[0] {
	case "INSERT", "UPDATE", "DELETE", "COMMENT", "GRANT", "REVOKE", "SET", "TRUNCATE", "ANALYZE", "VACUUM", "REINDEX", "PRAGMA":
		return true
	case "CREATE", "DROP":
		return words[1] == "INDEX" || words[1] == "UNIQUE" && words[2] == "INDEX"
	case "ALTER":
		return words[1] == "TABLE" && !slices.Contains(words, "RENAME") && !slices.Contains(words, "SCHEMA")
	}
	return false
}

// names are the units of a state.
func (f *follower) names(state *hclschema.State) map[string]hclschema.Identity {
	names := map[string]hclschema.Identity{}
	for _, unit := range drivers.Units(f.FollowRequest.Driver, state) {
		names[unit.Identity().String()] = unit.Identity()
	}
	return names
}

// missing are the units of one state that another hasn't, sorted.
func missing(of, in map[string]hclschema.Identity) []string {
	var list []string
	for name := range of {
		if _, there := in[name]; !there {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// losses says of the steps what they destroy: the rows of what is gone in the end and wasn't renamed.
func (f *follower) losses(steps []revision.Step, start, end *hclschema.State) []revision.Step {
	was, is := f.names(start), f.names(end)
	for i := range steps {
		if len(steps[i].Makes) > 0 {
			continue
		}
		var lost []string
		for _, name := range steps[i].Drops {
			id, there := was[name]
			if _, stays := is[name]; there && !stays && f.FollowRequest.Driver.HoldsRows(id) {
				lost = append(lost, id.Path())
			}
		}
		if len(lost) > 0 {
			steps[i].Destroys = "the rows of " + strings.Join(lost, ", ")
		}
	}
	return steps
}

// prints are the fingerprints of the units that changed, before and after.
func (f *follower) prints(start, end *hclschema.State) (before, after map[string]string) {
	before, after = fingerprintsOf(f.FollowRequest.Driver, start), fingerprintsOf(f.FollowRequest.Driver, end)
	for name, print := range before {
		if after[name] == print {
			delete(before, name)
			delete(after, name)
		}
	}
	return before, after
}

// Sentence says what is wrong with a way back.
func (f Fault) Sentence() string {
	switch {
	case f.Step != nil:
		return fmt.Sprintf("%s of %s: step %q fails: %v", f.Part, f.File.ID, f.Step.Name, f.Cause)
	default:
		return fmt.Sprintf("%s of %s leads elsewhere: %s", f.Part, f.File.ID, strings.Join(f.Differences, "; "))
	}
}
