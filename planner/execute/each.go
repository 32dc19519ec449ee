package execute

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Batches is how far a step got that goes through a table in batches. A line of the log keeps it, in the transaction of each batch.
type Batches struct {
	// Step counts from 1.
	Step int `json:"step"`
	// Done are the batches, Passed the rows of the table that they went through, of Of that there were in the beginning.
	Done   int   `json:"batches"`
	Passed int64 `json:"passed"`
	Of     int64 `json:"of"`
	// Changed are the rows that the statement changed.
	Changed int64 `json:"changed"`
	// Pass counts how often the table was gone through, from 1, and InPass the rows that were changed since the last began.
	Pass   int   `json:"pass"`
	InPass int64 `json:"in_pass"`
	// After is the key of the last row, as literals; none before the first batch.
	After []string `json:"after"`
	// Over says that nothing is left.
	Over bool `json:"over"`
}

// EachError says why a table can't be gone through in batches.
type EachError struct{ Table, Reason string }

// Error implements error.
func (e *EachError) Error() string {
	return fmt.Sprintf("the rows of %s can't be gone through in batches: %s", e.Table, e.Reason)
}

// batching is a step that goes through a table in batches.
type batching struct {
	*work
	number  int
	step    revision.Step
	batcher drivers.Batcher
	// table is the table's name as SQL, key the columns of its key.
	table string
	key   []string
	// line is the line of the log that says how far it got.
	line int64
}

func (w *work) batching(ctx context.Context, number int) (*batching, error) {
	step := w.steps[number]
	b := &batching{work: w, number: number, step: step, table: drivers.TableName(w.Driver, step.Each.Table), key: step.Each.Key}
	batcher, ok := w.Driver.(drivers.Batcher)
	if !ok {
		return nil, &EachError{Table: step.Each.Table, Reason: w.Driver.Title() + " isn't known to do that"}
	}
	b.batcher = batcher
	if len(b.key) == 0 {
		return b, b.findKey(ctx)
	}
	return b, nil
}

// findKey reads the table's primary key.
func (b *batching) findKey(ctx context.Context) error {
	inspection, err := b.Conn.Inspect(ctx)
	if err != nil {
		return err
	}
	schema, name := "", b.step.Each.Table
	if _, ok := b.Driver.(drivers.TableNamer); ok {
		if before, after, found := strings.Cut(name, "."); found {
			schema, name = before, after
		}
	}
	fold := folder(b.Driver)
	for _, o := range inspection.State.Objects() {
		if o.Identity.Kind != hclschema.KindPrimaryKey || fold(o.Identity.Parent) != fold(name) || o.Identity.Schema != schema {
			continue
		}
		parts, _ := o.Properties[hclschema.PropColumns].(hclschema.List)
		for _, part := range parts {
			record, _ := part.(hclschema.Record)
			column, _ := record["column"].(hclschema.Spelled)
			b.key = append(b.key, column.Text)
		}
		return nil
	}
	return &EachError{Table: b.step.Each.Table, Reason: `it isn't there, or has no primary key; name columns that no two rows have the same values in: key = ["id"]`}
}

// beginEach adds the line to the log that says how far the step got, unless it goes on from one that is there.
func (w *work) beginEach(ctx context.Context, number int, goesOn bool) error {
	if goesOn {
		return nil
	}
	b, err := w.batching(ctx, number)
	if err != nil {
		return err
	}
	at := Batches{Step: number + 1, Pass: 1}
	missing := false
	columns := b.quoted()
	err = b.Conn.Query(ctx, "SELECT 1 FROM "+b.table+" WHERE "+strings.Join(columns, " IS NULL OR ")+" IS NULL LIMIT 1", nil,
		func(func(...any) error) error { missing = true; return nil })
	if err != nil {
		return err
	}
	if missing {
		return &EachError{Table: b.step.Each.Table, Reason: "there are rows without a value in " + strings.Join(b.key, ", ") + ", which no range would reach"}
	}
	err = b.Conn.Query(ctx, "SELECT count(*) FROM "+b.table, nil, func(scan func(...any) error) error { return scan(&at.Of) })
	if err != nil {
		return err
	}
	return w.log(ctx, "each", w.file.ID, revision.Checksum(w.file), w.Clock(), at.text())
}

func (at Batches) text() string {
	text, err := json.Marshal(at)
	if err != nil { // numbers and strings always marshal
		return "{}"
	}
	return string(text)
}

// quoted are the key's columns as SQL.
func (b *batching) quoted() []string {
	columns := make([]string, len(b.key))
	for i, name := range b.key {
		columns[i] = b.Driver.QuoteName(name)
	}
	return columns
}

// each runs a step batch by batch, each in a transaction with the line of the log that tells of it. It goes on from that line.
func (w *work) each(ctx context.Context, number int) error {
	b, err := w.batching(ctx, number)
	if err != nil {
		return err
	}
	tell := func(because error) {
		if w.Progress.BatchAgain != nil {
			w.Progress.BatchAgain(w.file, b.step, because)
		}
	}
	for {
		var at Batches
		if err := b.again(ctx, tell, func() (err error) { at, err = b.batch(ctx); return err }, b.othersWereFaster); err != nil {
			return err
		}
		if at.Done > 0 {
			w.kept = fmt.Sprintf("%d batches stay, and the next run goes on behind them", at.Done)
		}
		if w.Progress.Batch != nil {
			w.Progress.Batch(w.file, b.step, at)
		}
		if at.Over {
			return nil
		}
		if err := pause(ctx, b.step.Each.Pause); err != nil {
			return err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// batch runs one batch. On an error it was rolled back.
func (b *batching) batch(ctx context.Context) (Batches, error) {
	if err := b.Conn.Begin(ctx, drivers.BeginOptions{Hold: true}, b.Progress.Waiting); err != nil {
		return Batches{}, err
	}
	at, err := b.inBatch(ctx)
	if err == nil {
		err = b.Conn.Commit(ctx)
	}
	if err != nil {
		return at, b.giveUp(err)
	}
	return at, nil
}

func (b *batching) inBatch(ctx context.Context) (Batches, error) {
	if err := b.stillOurs(ctx, b.number); err != nil {
		return Batches{}, err
	}
	at, err := b.read(ctx)
	if err != nil || at.Over {
		return at, err
	}
	last, found, err := b.end(ctx, at)
	if err != nil {
		return at, err
	}
	statement, err := b.step.Statement(b.file, b.between(at.After, last))
	if err != nil {
		return at, err
	}
	changed, err := b.Conn.Exec(ctx, statement)
	if err != nil {
		return at, err
	}
	at.Done++
	at.Changed += changed
	at.InPass += changed
	at.After = last
	if found {
		at.Passed += int64(b.step.Each.Batch)
	} else {
		b.endPass(&at)
	}
	_, err = b.Conn.Exec(ctx, "UPDATE "+drivers.TableName(b.Driver, b.VersionTable+drivers.LogSuffix)+" SET at = ?, detail = ? WHERE id = ?",
		timeText(b.Clock()), at.text(), strconv.FormatInt(b.line, 10))
	return at, err
}

// endPass is what follows the last batch of a table.
func (b *batching) endPass(at *Batches) {
	at.Passed, at.After = at.Of, nil
	if at.Over = !b.step.Each.Repeat || at.InPass == 0; !at.Over {
		at.Pass, at.InPass, at.Passed = at.Pass+1, 0, 0
	}
}

// read reads the line of the log. Others may have gone on meanwhile, where the engine can't hold the lock between batches.
func (b *batching) read(ctx context.Context) (Batches, error) {
	var at Batches
	text := ""
	err := b.Conn.Query(ctx, "SELECT id, detail FROM "+drivers.TableName(b.Driver, b.VersionTable+drivers.LogSuffix)+
		" WHERE revision = ? AND action = 'each' ORDER BY id DESC LIMIT 1", []any{b.file.ID}, func(scan func(...any) error) error { return scan(&b.line, &text) })
	if err != nil {
		return at, err
	}
	if err := json.Unmarshal([]byte(text), &at); err != nil || at.Step != b.number+1 {
		return at, &VersionTableError{Table: b.VersionTable + drivers.LogSuffix, Reason: fmt.Sprintf("it doesn't tell how far step %d of revision %s got", b.number+1, b.file.ID)}
	}
	return at, nil
}

// end is the key of the last row of the batch, as literals; it is not found where the rows that are left make no whole batch.
func (b *batching) end(ctx context.Context, at Batches) (last []string, found bool, err error) {
	columns := b.quoted()
	literals := make([]string, len(columns))
	for i, column := range columns {
		literals[i] = b.batcher.LiteralOf(column)
	}
	where := ""
	if len(at.After) > 0 {
		where = " WHERE " + compared(columns, ">", at.After)
	}
	order := strings.Join(columns, ", ")
	err = b.Conn.Query(ctx, "SELECT "+strings.Join(literals, ", ")+" FROM "+b.table+where+" ORDER BY "+order+" LIMIT 1 OFFSET "+strconv.Itoa(b.step.Each.Batch-1), nil,
		func(scan func(...any) error) error {
			found = true
			last = make([]string, len(columns))
			into := make([]any, len(columns))
			for i := range last {
				into[i] = &last[i]
			}
			return scan(into...)
		})
	return last, found, err
}

// between is the condition for the rows behind one key up to another one; an empty one means no end.
func (b *batching) between(after, last []string) string {
	columns := b.step.Each.Columns(b.Driver.QuoteName, b.key)
	switch {
	case len(after) == 0 && len(last) == 0:
		return "(1 = 1)"
	case len(last) == 0:
		return "(" + compared(columns, ">", after) + ")"
	case len(after) == 0:
		return "(" + compared(columns, "<=", last) + ")"
	}
	return "(" + compared(columns, ">", after) + " AND " + compared(columns, "<=", last) + ")"
}

func compared(columns []string, sign string, values []string) string {
	if len(columns) == 1 {
		return columns[0] + " " + sign + " " + values[0]
	}
	return "(" + strings.Join(columns, ", ") + ") " + sign + " (" + strings.Join(values, ", ") + ")"
}
