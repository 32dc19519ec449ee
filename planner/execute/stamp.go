package execute

import (
	"context"
	"errors"
	"fmt"
	"sort"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Stamped is what Stamp changed in the record.
type Stamped struct {
	// Added and Removed are ids; a removed one may have no file.
	Added, Removed []string
	Current        []string
}

// Stamp records the target and all that it follows as applied, and nothing else, without running anything.
func Stamp(ctx context.Context, o Options) (Stamped, error) {
	r := &runner{Options: o}
	var result Stamped
	err := r.write(ctx, func() error {
		records, err := ReadRecords(ctx, r.Driver, r.Conn, r.VersionTable)
		if err != nil {
			return err
		}
		standing := Stand(r.Graph, records)
		target, err := r.Graph.Resolve(r.Target, standing.Current)
		if err != nil {
			return err
		}
		wanted := r.Graph.Ancestors(target.Revisions...)
		for _, record := range records {
			if file := r.Graph.Get(record.Revision); !wanted[record.Revision] || record.Finished.IsZero() {
				if file == nil {
					file = &revision.File{ID: record.Revision, Message: record.Message, Parents: record.Parents}
				}
				if err := r.unstamp(ctx, file); err != nil {
					return err
				}
				result.Removed = append(result.Removed, record.Revision)
				delete(standing.Applied, record.Revision)
			}
		}
		var applied []string
		for id := range standing.Applied {
			applied = append(applied, id)
		}
		for _, file := range r.Graph.Upgrade(applied, target.Revisions) {
			now := r.Clock()
			if err := r.insert(ctx, file, len(file.Upgrade), now, now); err != nil {
				return err
			}
			if err := r.log(ctx, "stamp", file, now); err != nil {
				return err
			}
			result.Added = append(result.Added, file.ID)
		}
		result.Current = target.Revisions
		return nil
	})
	return result, err
}

func (r *runner) unstamp(ctx context.Context, file *revision.File) error {
	n, err := r.Conn.Exec(ctx, "DELETE FROM "+r.Driver.QuoteName(r.VersionTable)+" WHERE revision = ?", file.ID)
	if err := one(n, err); err != nil {
		return err
	}
	return r.log(ctx, "unstamp", file, r.Clock())
}

// Accept takes the file of an applied revision as it is now, so that it doesn't count as edited any more.
func Accept(ctx context.Context, o Options) (*revision.File, error) {
	r := &runner{Options: o}
	var accepted *revision.File
	err := r.write(ctx, func() error {
		records, err := ReadRecords(ctx, r.Driver, r.Conn, r.VersionTable)
		if err != nil {
			return err
		}
		standing := Stand(r.Graph, records)
		target, err := r.Graph.Resolve(r.Target, standing.Current)
		if err != nil {
			return err
		}
		if len(target.Revisions) != 1 {
			return &TargetError{Given: r.Target, Reason: "name the one revision whose file is to be accepted"}
		}
		file := r.Graph.Get(target.Revisions[0])
		if file == nil {
			return &MissingFileError{Record: standing.Applied[target.Revisions[0]]}
		}
		makes, drops := net(file.Upgrade)
		n, err := r.Conn.Exec(ctx, "UPDATE "+r.Driver.QuoteName(r.VersionTable)+" SET checksum = ?, steps = ?, makes = ?, drops = ? WHERE revision = ?",
			revision.Checksum(file), len(file.Upgrade), jsonList(makes), jsonList(drops), file.ID)
		if err == nil && n == 0 {
			return &TargetError{Given: r.Target, Reason: fmt.Sprintf("revision %s isn't applied", file.ID)}
		}
		if err != nil {
			return err
		}
		accepted = file
		return r.log(ctx, "accept", file, r.Clock())
	})
	return accepted, err
}

// write does something to the version table under the lock.
func (r *runner) write(ctx context.Context, do func() error) error {
	if err := r.Conn.Begin(ctx, drivers.BeginOptions{}, r.Progress.Waiting); err != nil {
		return err
	}
	err := func() error {
		for _, statement := range r.Driver.VersionTable(r.VersionTable) {
			if _, err := r.Conn.Exec(ctx, statement); err != nil {
				return fmt.Errorf("make the version table: %w", err)
			}
		}
		if err := do(); err != nil {
			return err
		}
		return r.Conn.Commit(ctx)
	}()
	if err != nil {
		return errors.Join(err, r.Conn.Rollback())
	}
	return nil
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
