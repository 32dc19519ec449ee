package execute

import (
	"context"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Stamped is what Stamp changed in the record.
type Stamped struct {
	// Added and Removed are ids; a removed one may have no file.
	Added, Removed []string
	// From and Current are the current revisions before and after.
	From, Current []string
}

// Stamp records the targets and all that they need as applied, and nothing else, without running anything. An unfinished
// revision is recorded as a whole, or not at all. On an error nothing is changed.
func Stamp(ctx context.Context, o Options) (Stamped, error) {
	r := &runner{Options: o}
	var result Stamped
	err := r.write(ctx, func(records []Record, standing Standing) error {
		targets, err := r.targets(standing.Current)
		if err != nil {
			return err
		}
		wanted := r.Graph.Ancestors(targets...)
		result.From, result.Current = standing.Current, r.Graph.Current(wanted)
		var kept []string
		for i := len(records) - 1; i >= 0; i-- {
			record := records[i]
			if wanted[record.Revision] && !record.Finished.IsZero() {
				kept = append(kept, record.Revision)
				continue
			}
			if err := r.unstamp(ctx, record); err != nil {
				return err
			}
			result.Removed = append(result.Removed, record.Revision)
		}
		for _, file := range r.Graph.Upgrade(kept, targets) {
			if err := r.stamp(ctx, file); err != nil {
				return err
			}
			result.Added = append(result.Added, file.ID)
		}
		return nil
	})
	if err != nil {
		return Stamped{}, err
	}
	return result, nil
}

// targets are the revisions that all targets name together.
func (r *runner) targets(current []string) ([]string, error) {
	var ids []string
	for _, text := range append([]string{r.Target}, r.More...) {
		target, err := r.Graph.Resolve(text, current)
		if err != nil {
			return nil, err
		}
		ids = append(ids, target.Revisions...)
	}
	return ids, nil
}

// EnsureVersion makes the version table and its log where they are missing, and nothing else. It says whether the table was
// missing.
func EnsureVersion(ctx context.Context, o Options) (made bool, err error) {
	r := &runner{Options: o}
	kind, err := o.Conn.Relation(ctx, o.VersionTable)
	if err != nil {
		return false, err
	}
	return kind == "", r.write(ctx, func([]Record, Standing) error { return nil })
}

func (r *runner) stamp(ctx context.Context, file *revision.File) error {
	if file.Dialect != r.Driver.Name() {
		return &DialectError{File: file, Dialect: r.Driver.Name()}
	}
	now := r.Clock()
	if err := r.insert(ctx, file, len(file.Upgrade), now, now); err != nil {
		return err
	}
	return r.log(ctx, "stamp", file.ID, revision.Checksum(file), now, file.Message)
}

func (r *runner) unstamp(ctx context.Context, record Record) error {
	if err := r.remove(ctx, record.Revision); err != nil {
		return err
	}
	return r.log(ctx, "unstamp", record.Revision, record.Checksum, r.Clock(), record.Message)
}

// Accept takes the file of an applied revision as it is now, so that it doesn't count as edited any more.
func Accept(ctx context.Context, o Options) (*revision.File, error) {
	r := &runner{Options: o}
	var accepted *revision.File
	err := r.write(ctx, func(_ []Record, standing Standing) error {
		target, err := r.Graph.Resolve(r.Target, standing.Current)
		if err != nil {
			return err
		}
		if len(target.Revisions) != 1 {
			return &TargetError{Given: r.Target, Reason: "name the one revision whose file is to be accepted"}
		}
		id := target.Revisions[0]
		file, record := r.Graph.Get(id), standing.Applied[id]
		switch {
		case record.Revision == "":
			return &TargetError{Given: r.Target, Reason: fmt.Sprintf("revision %s isn't applied, so that there is nothing to accept", id)}
		case file == nil:
			return &MissingFileError{Record: record}
		case record.Finished.IsZero():
			return unfinished(file, record)
		}
		accepted = file
		return r.accept(ctx, file)
	})
	if err != nil {
		return nil, err
	}
	return accepted, nil
}

func (r *runner) accept(ctx context.Context, file *revision.File) error {
	makes, drops := net(file.Upgrade)
	n, err := r.Conn.Exec(ctx, "UPDATE "+drivers.TableName(r.Driver, r.VersionTable)+" SET checksum = ?, parents = ?, message = ?, steps = ?, makes = ?, drops = ? WHERE revision = ?",
		revision.Checksum(file), strings.Join(file.Parents, ","), file.Message, len(file.Upgrade), jsonList(makes), jsonList(drops), file.ID)
	if err := one(n, err); err != nil {
		return err
	}
	return r.log(ctx, "accept", file.ID, revision.Checksum(file), r.Clock(), file.Message)
}

// write changes the version table, which it makes where it is missing, under the lock.
func (r *runner) write(ctx context.Context, change func([]Record, Standing) error) error {
	if err := r.Conn.Begin(ctx, drivers.BeginOptions{}, r.Progress.Waiting); err != nil {
		return err
	}
	if r.Purge {
		if err := r.purge(ctx); err != nil {
			return r.giveUp(err)
		}
	}
	records, err := ReadRecords(ctx, r.Driver, r.Conn, r.VersionTable)
	if err != nil {
		return r.giveUp(err)
	}
	if err := r.makeTables(ctx); err != nil {
		return r.giveUp(err)
	}
	standing := Stand(r.Graph, records)
	if len(standing.Replaced) > 0 {
		if err := r.rewrite(ctx, standing); err != nil {
			return r.giveUp(err)
		}
		if records, err = ReadRecords(ctx, r.Driver, r.Conn, r.VersionTable); err != nil {
			return r.giveUp(err)
		}
		standing = Stand(r.Graph, records)
	}
	if err := change(records, standing); err != nil {
		return r.giveUp(err)
	}
	if err := r.Conn.Commit(ctx); err != nil {
		return r.giveUp(err)
	}
	return nil
}

// purge takes all rows out of the version table, which nobody need be able to read any more. The log keeps that.
func (r *runner) purge(ctx context.Context) error {
	switch kind, err := r.Conn.Relation(ctx, r.VersionTable); {
	case err != nil || kind == "":
		return err
	case kind != "table":
		return &VersionTableError{Table: r.VersionTable, Reason: "it is a " + kind}
	}
	if err := r.makeTables(ctx); err != nil {
		return err
	}
	n, err := r.Conn.Exec(ctx, "DELETE FROM "+drivers.TableName(r.Driver, r.VersionTable))
	if err != nil {
		return err
	}
	return r.log(ctx, "purge", "", "", r.Clock(), fmt.Sprintf("%d rows of the version table were forgotten", n))
}
