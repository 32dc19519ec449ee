package duoorm

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/duo-orm/duo-orm/planner/execute"
)

// Status is where a database stands among the revisions of a program.
type Status struct {
	// Database names the database for people.
	Database string
	// Current are the ids of the revisions that the database is at, none for base; Heads those of the program.
	Current, Heads []string
	// Pending are the revisions that the program has and the database lacks, oldest first.
	Pending []Revision
	// Unknown are those that the database has and the program lacks: a newer program has upgraded it.
	Unknown []Record
	// Edited are those whose file means something else than what was applied.
	Edited []Revision
	// Unfinished are those that stopped on their way.
	Unfinished []Record
	// PartlyReplaced, if not nil, says that the database has only some of the revisions in whose place another one stands.
	PartlyReplaced *PartlyReplacedError
	// Drifted are objects that aren't as the applied revisions left them, such as "table users". Objects that no revision made aren't
	// looked at, and nothing is known of what revisions changed that aren't proved.
	Drifted []string
}

// AtHead says that the database has exactly the revisions of the program. Its objects may have drifted all the same.
func (s Status) AtHead() bool {
	return len(s.Pending) == 0 && len(s.Unknown) == 0 && len(s.Edited) == 0 && len(s.Unfinished) == 0 && s.PartlyReplaced == nil
}

// Err is a *StatusError unless the database is at the head and nothing has drifted.
func (s Status) Err() error {
	if s.AtHead() && len(s.Drifted) == 0 {
		return nil
	}
	return &StatusError{Status: s}
}

// StatusError says that a database isn't as a program wants it.
type StatusError struct{ Status Status }

// Error implements error.
func (e *StatusError) Error() string {
	s := e.Status
	var parts []string
	add := func(what string, ids []string) {
		if len(ids) > 0 {
			parts = append(parts, what+": "+strings.Join(ids, ", "))
		}
	}
	ids := func(records []Record) (list []string) {
		for _, r := range records {
			list = append(list, r.ID)
		}
		return list
	}
	of := func(revisions []Revision) (list []string) {
		for _, r := range revisions {
			list = append(list, r.ID)
		}
		return list
	}
	add("pending", of(s.Pending))
	add("unknown here", ids(s.Unknown))
	add("edited after they were applied", of(s.Edited))
	add("unfinished", ids(s.Unfinished))
	if s.PartlyReplaced != nil {
		add("partly replaced", []string{s.PartlyReplaced.Revision.ID})
	}
	add("changed by others", s.Drifted)
	return fmt.Sprintf("the %s isn't as this program wants it: %s. %s", s.Database, strings.Join(parts, "; "), wayOut(s))
}

func wayOut(s Status) string {
	switch {
	case len(s.Unfinished) > 0:
		return "Go on with what stopped: duo-orm migration upgrade, or duoorm.Upgrade"
	case s.PartlyReplaced != nil:
		return s.PartlyReplaced.next
	case len(s.Unknown) > 0:
		return "Run the program that has these revisions, or take them back with it"
	case len(s.Edited) > 0:
		return "Take the edit back, or accept it: duo-orm migration stamp REVISION --accept"
	case len(s.Pending) > 0:
		return "Apply what is pending: duo-orm migration upgrade, or duoorm.Upgrade"
	}
	return "Take back by hand what somebody changed, or take it into a revision: duo-orm schema inspect --write"
}

// Check looks where a database stands, for a program that upgrades nothing itself. It writes nothing and takes no lock. What
// it finds is in the status, and as an error in [Status.Err]; the error of Check itself is one of reading.
func Check[H Handle](ctx context.Context, db H, files fs.FS, options ...Option) (Status, error) {
	var status Status
	err := look(ctx, db, files, chosen(options), func(m *migrations, s session, execution execute.Options) error {
		records, err := execute.ReadRecords(ctx, execution.Driver, execution.Conn, execution.VersionTable)
		if err != nil {
			return err
		}
		standing := execute.Stand(m.graph, records)
		status = Status{Database: s.conn.Where(), Current: standing.Current, Pending: toRevisions(standing.Pending), Unknown: toRecords(standing.Missing),
			Edited: toRevisions(standing.Edited), Unfinished: toRecords(standing.Unfinished)}
		if standing.Partly != nil {
			errors.As(explain(standing.Partly), &status.PartlyReplaced)
		}
		for _, head := range m.graph.Heads() {
			status.Heads = append(status.Heads, head.ID)
		}
		status.Drifted, err = execute.Adrift(ctx, execution)
		return err
	})
	return status, explain(err)
}
