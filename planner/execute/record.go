package execute

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Record is the row of an applied revision in the version table.
type Record struct {
	Revision, Message, Checksum string
	Parents                     []string
	// Steps is how many steps were done.
	Steps int
	// Makes and Drops are units, as hclschema.Identity.String writes them.
	Makes, Drops []string
	Started      time.Time
	// Finished is the zero time while a revision is unfinished.
	Finished time.Time
	Tool     string
}

// stamp is how the version table keeps times: UTC, RFC 3339 with milliseconds.
const stamp = "2006-01-02T15:04:05.000Z"

// ReadRecords reads the version table in the order in which the revisions were applied. A database without one has no
// records; a table that isn't a version table is a *VersionTableError.
func ReadRecords(ctx context.Context, driver drivers.Driver, conn drivers.Connection, table string) ([]Record, error) {
	switch kind, err := conn.Relation(ctx, table); {
	case err != nil:
		return nil, err
	case kind == "":
		return nil, nil
	case kind != "table":
		return nil, &VersionTableError{Table: table, Reason: "it is a " + kind}
	}
	var records []Record
	query := "SELECT revision, parents, message, checksum, steps, makes, drops, started, finished, tool FROM " + driver.QuoteName(table) + " ORDER BY started, revision"
	err := conn.Query(ctx, query, nil, func(scan func(...any) error) error {
		var r Record
		var parents, makes, drops, started, finished string
		if err := scan(&r.Revision, &parents, &r.Message, &r.Checksum, &r.Steps, &makes, &drops, &started, &finished, &r.Tool); err != nil {
			return err
		}
		if parents != "" {
			r.Parents = strings.Split(parents, ",")
		}
		for _, list := range []struct {
			text string
			into *[]string
		}{{makes, &r.Makes}, {drops, &r.Drops}} {
			if err := json.Unmarshal([]byte(list.text), list.into); err != nil {
				return fmt.Errorf("revision %s: %w", r.Revision, err)
			}
		}
		var err error
		if r.Started, err = time.Parse(time.RFC3339, started); err != nil {
			return fmt.Errorf("revision %s: %w", r.Revision, err)
		}
		if finished != "" {
			if r.Finished, err = time.Parse(time.RFC3339, finished); err != nil {
				return fmt.Errorf("revision %s: %w", r.Revision, err)
			}
		}
		records = append(records, r)
		return nil
	})
	if err != nil && ctx.Err() == nil {
		return nil, &VersionTableError{Table: table, Reason: "it doesn't have the columns and values that duo-orm writes", Cause: err}
	}
	return ordered(records), err
}

// ordered sorts records so that parents come before children, else by time.
func ordered(records []Record) []Record {
	depth := map[string]int{}
	byID := map[string]Record{}
	for _, r := range records {
		byID[r.Revision] = r
	}
	var measure func(id string, seen int) int
	measure = func(id string, seen int) int {
		if d, ok := depth[id]; ok || seen > len(records) {
			return d
		}
		deepest := 0
		for _, parent := range byID[id].Parents {
			if _, ok := byID[parent]; ok {
				deepest = max(deepest, measure(parent, seen+1)+1)
			}
		}
		depth[id] = deepest
		return deepest
	}
	for _, r := range records {
		measure(r.Revision, 0)
	}
	sort.SliceStable(records, func(i, j int) bool { return depth[records[i].Revision] < depth[records[j].Revision] })
	return records
}

// Managed says which units the applied revisions made and didn't drop again.
func Managed(driver drivers.Driver, records []Record) func(hclschema.Identity) bool {
	fold := func(text string) string { return driver.Key(hclschema.Identity{Name: text}).Name }
	made := map[string]bool{}
	for _, r := range records {
		for _, unit := range r.Drops {
			delete(made, fold(unit))
		}
		for _, unit := range r.Makes {
			made[fold(unit)] = true
		}
	}
	return func(id hclschema.Identity) bool { return made[fold(id.String())] }
}

// net are the units that the steps leave behind, and those that are gone after them.
func net(steps []revision.Step) (makes, drops []string) {
	state := map[string]int{}
	var order []string
	for _, step := range steps {
		for _, unit := range step.Drops {
			if _, known := state[unit]; !known {
				order = append(order, unit)
			}
			state[unit] = -1
		}
		for _, unit := range step.Makes {
			if _, known := state[unit]; !known {
				order = append(order, unit)
			}
			state[unit] = 1
		}
	}
	for _, unit := range order {
		if state[unit] > 0 {
			makes = append(makes, unit)
		} else {
			drops = append(drops, unit)
		}
	}
	return makes, drops
}

// Standing is where a database stands among the revisions.
type Standing struct {
	// Applied are the records by revision, Current those ids that no other applied revision follows, oldest first.
	Applied map[string]Record
	Current []string
	// Pending are the revisions that aren't applied, oldest first.
	Pending []*revision.File
	// Missing are records without a file, Edited files that mean something else than what was applied, Unfinished records
	// of revisions that stopped on their way.
	Missing    []Record
	Edited     []*revision.File
	Unfinished []Record
}

// Stand compares records with files.
func Stand(graph *revision.Graph, records []Record) Standing {
	s := Standing{Applied: map[string]Record{}}
	followed := map[string]bool{}
	for _, r := range records {
		s.Applied[r.Revision] = r
		for _, parent := range r.Parents {
			followed[parent] = true
		}
		switch file := graph.Get(r.Revision); {
		case r.Finished.IsZero():
			s.Unfinished = append(s.Unfinished, r)
		case file == nil:
			s.Missing = append(s.Missing, r)
		case revision.Checksum(file) != r.Checksum:
			s.Edited = append(s.Edited, file)
		}
	}
	for _, r := range records {
		if !followed[r.Revision] {
			s.Current = append(s.Current, r.Revision)
		}
	}
	all := graph.Revisions()
	for i := len(all) - 1; i >= 0; i-- {
		if _, applied := s.Applied[all[i].ID]; !applied {
			s.Pending = append(s.Pending, all[i])
		}
	}
	return s
}

// Problem is the first thing that keeps revisions from being run: an unfinished one, a missing or an edited file; nil where
// nothing does.
func (s Standing) Problem(graph *revision.Graph) error {
	switch {
	case len(s.Unfinished) > 0:
		e := &UnfinishedError{Record: s.Unfinished[0]}
		if file := graph.Get(e.Record.Revision); file != nil && e.Record.Steps < len(file.Upgrade) {
			e.Step = &file.Upgrade[e.Record.Steps]
		}
		return e
	case len(s.Missing) > 0:
		return &MissingFileError{Record: s.Missing[0]}
	case len(s.Edited) > 0:
		return &EditedError{File: s.Edited[0]}
	}
	return nil
}
