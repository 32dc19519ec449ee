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

// Record is the row of an applied revision in the version table.
type Record struct {
	Revision, Message, Checksum string
	Parents                     []string
	// Steps is how many steps were done: all of them, or of an unfinished revision those that surely were.
	Steps int
	// Down says of an unfinished revision that it was being taken back: Steps counts steps of the downgrade then.
	Down bool
	// Makes and Drops are units, as hclschema.Identity.String writes them.
	Makes, Drops []string
	Started      time.Time
	// Finished is the zero time while a revision is unfinished.
	Finished time.Time
	Tool     string
}

// stamp is how the version table keeps times: UTC, RFC 3339 with milliseconds.
const stamp = "2006-01-02T15:04:05.000Z"

// recordColumns are those of the version table.
const recordColumns = "revision, parents, message, checksum, steps, makes, drops, started, finished, tool"

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
	query := "SELECT " + recordColumns + " FROM " + drivers.TableName(driver, table) + " ORDER BY started, revision"
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
		if r.Steps < 0 { // see stepsColumn
			r.Down, r.Steps = true, -1-r.Steps
		}
		records = append(records, r)
		return nil
	})
	if err != nil && ctx.Err() != nil {
		return nil, err
	}
	var around drivers.Circumstance
	if errors.As(err, &around) && around.Circumstance() {
		return nil, fmt.Errorf("read the version table %s: %w", table, err)
	}
	if err != nil {
		return nil, &VersionTableError{Table: table, Reason: "it doesn't have the columns and values that duo-orm writes", Cause: err}
	}
	return ordered(records), nil
}

// ordered puts parents before children and leaves the order of application otherwise.
func ordered(records []Record) []Record {
	return sortedBy(records, func(r Record) []string { return r.Parents })
}

// Ordered puts what revisions need, by the graph, before them: what was recorded at one instant has no other order.
func Ordered(graph *revision.Graph, records []Record) []Record {
	return sortedBy(records, func(r Record) []string {
		if file := graph.Get(r.Revision); file != nil {
			return file.Needs()
		}
		return r.Parents
	})
}

func sortedBy(records []Record, needs func(Record) []string) []Record {
	at := make(map[string]int, len(records))
	for i, r := range records {
		at[r.Revision] = i
	}
	sorted := make([]Record, 0, len(records))
	seen := make([]bool, len(records))
	var add func(i int)
	add = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		for _, id := range needs(records[i]) {
			if p, ok := at[id]; ok {
				add(p)
			}
		}
		sorted = append(sorted, records[i])
	}
	for i := range records {
		add(i)
	}
	return sorted
}
