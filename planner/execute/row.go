package execute

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// errChanged is returned where the version table isn't as it was read: the rows are the second fence against two writers.
var errChanged = errors.New("somebody else changed the version table meanwhile; run the command again")

// makeTables makes the version table and its log where they are missing. Where both are there nothing runs, for which a role may lack the
// right: IF NOT EXISTS wants it all the same.
func (r *runner) makeTables(ctx context.Context) error {
	missing := false
	for _, table := range []string{r.VersionTable, r.VersionTable + drivers.LogSuffix} {
		switch kind, err := r.Conn.Relation(ctx, table); {
		case err != nil:
			return err
		case kind == "":
			missing = true
		case kind != "table":
			return &VersionTableError{Table: table, Reason: "it is a " + kind}
		}
	}
	if !missing {
		return nil
	}
	for _, statement := range r.Driver.VersionTable(r.VersionTable) {
		if _, err := r.Conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("make the version table: %w", err)
		}
	}
	return nil
}

// insert writes the row of a revision.
func (r *runner) insert(ctx context.Context, file *revision.File, steps int, begun, finished time.Time) error {
	makes, drops := net(file.Upgrade)
	_, err := r.Conn.Exec(ctx, "INSERT INTO "+drivers.TableName(r.Driver, r.VersionTable)+
		" ("+recordColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		file.ID, strings.Join(file.Parents, ","), file.Message, revision.Checksum(file), steps, jsonList(makes), jsonList(drops),
		timeText(begun), timeText(finished), r.Tool)
	return err
}

// progress writes how far a revision got that is there already; finished is the zero time while it isn't finished.
func (r *runner) progress(ctx context.Context, id string, steps int, finished time.Time) error {
	n, err := r.Conn.Exec(ctx, "UPDATE "+drivers.TableName(r.Driver, r.VersionTable)+" SET steps = ?, finished = ? WHERE revision = ?",
		steps, timeText(finished), id)
	return one(n, err)
}

// remove takes the row of a revision away.
func (r *runner) remove(ctx context.Context, id string) error {
	n, err := r.Conn.Exec(ctx, "DELETE FROM "+drivers.TableName(r.Driver, r.VersionTable)+" WHERE revision = ?", id)
	return one(n, err)
}

// stepsColumn is how the version table keeps the steps of an unfinished downgrade: as a negative number, so that it can't be
// taken for an unfinished upgrade.
func stepsColumn(down bool, steps int) int {
	if down {
		return -1 - steps
	}
	return steps
}

func one(n int64, err error) error {
	if err == nil && n != 1 {
		return errChanged
	}
	return err
}

// log adds a line to the log, which is never changed.
func (r *runner) log(ctx context.Context, action, id, checksum string, at time.Time, detail string) error {
	table := r.VersionTable + "_log"
	_, err := r.Conn.Exec(ctx, "INSERT INTO "+drivers.TableName(r.Driver, table)+" (at, action, revision, checksum, tool, detail) VALUES (?, ?, ?, ?, ?, ?)",
		timeText(at), action, id, checksum, r.Tool, detail)
	if err != nil && ctx.Err() == nil {
		return &VersionTableError{Table: table, Reason: "a line can't be added to it", Cause: err}
	}
	return err
}

// lastLog is the number of the last line of the log.
func (r *runner) lastLog(ctx context.Context) (last int64, err error) {
	err = r.Conn.Query(ctx, "SELECT coalesce(max(id), 0) FROM "+drivers.TableName(r.Driver, r.VersionTable+"_log"), nil,
		func(scan func(...any) error) error { return scan(&last) })
	return last, err
}

func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(stamp)
}

func jsonList(list []string) string {
	text, err := json.Marshal(append([]string{}, list...))
	if err != nil { // strings always marshal
		return "[]"
	}
	return string(text)
}
