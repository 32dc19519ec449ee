package proof

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// filler puts rows into the tables of a database, parents before their children.
type filler struct {
	// main is where the rows are to be. judge, if not nil, stands at the other side of the plan and must take each row too.
	main, judge *database
	// placed are the rows in the order in which they went in.
	placed []placed
	// in are the tables that may be given rows.
	in map[*table]bool
	// waiting are tables that lacked rows of another table when it was their turn, again those whose keys are NULL because
	// of that.
	waiting, again []*table
	// trials is how many more rows may be refused before each table gets few attempts only.
	trials int
}

// placed is rows that went in together.
type placed struct {
	batch []tableRow
	// cycle says that they need each other, so that foreign keys must not be enforced in between.
	cycle bool
	// spent says that the row was taken out again for the sake of the counter.
	spent bool
}

type tableRow struct {
	table *table
	row   row
}

const (
	mostTrials    = 20000
	trialsOfTable = 60
	trialsOfRow   = 10
	fewTrials     = 4
	mostWidth     = 12
)

// fill puts rows into each of the tables that takes some, in the order of their foreign keys.
func (f *filler) fill(ctx context.Context, tables []*table) error {
	f.in = make(map[*table]bool, len(tables))
	for _, t := range tables {
		t.visited = false
		f.in[t] = true
	}
	for _, t := range tables {
		if err := f.visit(ctx, t); err != nil {
			return err
		}
	}
	return f.fillWaiting(ctx)
}

func (f *filler) visit(ctx context.Context, t *table) error {
	if t.visited || !f.in[t] {
		return nil
	}
	t.visited = true
	if t.elsewhere(f.main.side) {
		return nil
	}
	for _, key := range t.keys {
		if key.parent != nil {
			if err := f.visit(ctx, key.parent); err != nil {
				return err
			}
		}
	}
	return f.fillTable(ctx, t)
}

// fillTable tries a few plain rows at once, which nearly always works, and else row by row what the checks let pass.
func (f *filler) fillTable(ctx context.Context, t *table) error {
	if t.unfilled != "" {
		t.without = t.unfilled
		return nil
	}
	if len(t.columns) == 0 && f.main.sampler == nil {
		return f.fillOpaque(ctx, t)
	}
	if t.without = t.unfit(f.main.side); t.without != "" {
		return nil
	}
	p := newProposer(t, f.main.side)
	batch, lacking := f.plain(p)
	if lacking != nil {
		if f.in[lacking] {
			f.waiting = append(f.waiting, t)
		}
		t.without = lackReason(t, lacking)
		return nil
	}
	err := f.try(ctx, t, batch)
	if err != nil && ctx.Err() == nil {
		err = f.fillHard(ctx, p)
	}
	if err != nil {
		return err
	}
	if f.pointsToLater(t) {
		f.again = append(f.again, t)
	}
	return f.spend(ctx, p)
}

func lackReason(t, lacking *table) string {
	if lacking == missing {
		return "a foreign key points to a table that is not there"
	}
	return fmt.Sprintf("a foreign key points to %s, which has no rows", lacking.identity().Path())
}

// plain are the first rows of a table, all of the first attempt.
func (f *filler) plain(p *proposer) ([]row, *table) {
	var batch []row
	for n := range perTable {
		r, lacking := p.propose(n, 0, batch)
		if lacking != nil {
			return nil, lacking
		}
		batch = append(batch, r)
	}
	return batch, nil
}

// try puts rows into both databases and notes them. Where the main one refuses what the judge took, the judge forgets it.
func (f *filler) try(ctx context.Context, t *table, batch []row) error {
	judged := f.judge != nil && t.objects[f.judge.side] != nil
	if judged {
		if err := f.main.compute(ctx, t, batch); err != nil {
			return err
		}
		if err := f.judge.insert(ctx, t, batch); err != nil {
			return err
		}
	}
	err := f.main.insert(ctx, t, batch)
	if err == nil {
		t.rows = append(t.rows, batch...)
		t.without = ""
		f.note(t, batch)
		return nil
	}
	for _, r := range batch {
		if judged && f.judge.remove(ctx, t, r) != nil {
			break // the judge stays stricter than it must be; the error that counts is the one that is returned
		}
	}
	return err
}

func (f *filler) note(t *table, batch []row) {
	var rows []tableRow
	for _, r := range batch {
		rows = append(rows, tableRow{t, r})
	}
	f.placed = append(f.placed, placed{batch: rows})
}

// fillHard makes rows for a table that refused the plain ones. The reason is noted where it takes none.
func (f *filler) fillHard(ctx context.Context, p *proposer) error {
	t := p.table
	if err := f.solver(p).solve(ctx); err != nil {
		return err
	}
	limit := trialsOfTable
	for n := range perTable {
		err := f.tryRow(ctx, p, n, limit)
		if ctx.Err() != nil {
			return err
		}
		if len(t.rows) == 0 && err != nil && n != 0 {
			break
		}
		if err != nil && len(t.rows) == 0 {
			t.without = f.reason(t, err)
		}
		limit = trialsOfRow
	}
	return nil
}

func (f *filler) solver(p *proposer) *solver {
	s := &solver{table: p.table, proposer: p}
	s.at[f.main.side] = f.main
	if f.judge != nil && p.table.objects[f.judge.side] != nil {
		s.at[f.judge.side] = f.judge
	}
	return s
}

// tryRow makes attempts at one row until one is taken. The last refusal is returned.
func (f *filler) tryRow(ctx context.Context, p *proposer, n, limit int) error {
	var last error
	for attempt := range limit {
		if f.trials <= 0 && attempt >= fewTrials {
			break
		}
		r, lacking := p.propose(n, attempt, p.table.rows)
		if lacking != nil {
			return errors.New(lackReason(p.table, lacking))
		}
		if last = f.try(ctx, p.table, []row{r}); last == nil || ctx.Err() != nil {
			return last
		}
		f.trials--
	}
	return last
}

// reason says why a table took no rows: what is known to stand against them, or the engine's own words.
func (f *filler) reason(t *table, err error) string {
	text := err.Error()
	for _, c := range t.columns {
		if c.both() || !t.both() {
			continue
		}
		if o := c.any(); demands(o) && strings.Contains(text, o.Identity.Name) {
			return "NOT NULL column " + o.Identity.Name + " has no default " + []string{"on the way back", "in the target"}[f.other()]
		}
	}
	for _, c := range t.clauses {
		if c.name != "" && strings.Contains(text, c.name) {
			return "check " + c.name
		}
	}
	return strings.Join(strings.Fields(text), " ")
}

// other is the side on which the filler has its judge.
func (f *filler) other() side { return atEnd - f.main.side }

// demands says that a column needs a value from whoever inserts a row.
func demands(o *hclschema.Object) bool {
	return !o.Properties.Bool(hclschema.PropNull) && o.Properties[hclschema.PropDefault] == nil &&
		o.Properties[hclschema.PropGenerated] == nil && o.Properties[hclschema.PropIdentity] == nil && !o.Properties.Bool(hclschema.PropAutoIncrement)
}

// fillOpaque puts rows into a table whose columns nobody knows, such as a virtual table: it tries how many values it takes.
func (f *filler) fillOpaque(ctx context.Context, t *table) error {
	if t.both() && len(t.objects[atStart].Properties.Changed(t.objects[atEnd].Properties)) > 0 {
		t.without = "it is made anew, and nothing tells what its rows become"
		return nil
	}
	var last error
	for t.width = 1; t.width <= mostWidth; t.width++ {
		var batch []row
		for n := range 2 {
			r := make(row, t.width)
			for i := range r {
				r[i] = int64(n + 1)
			}
			batch = append(batch, r)
		}
		if last = f.try(ctx, t, batch); last == nil {
			last = f.legible(ctx, t)
		}
		if last == nil || ctx.Err() != nil {
			return last
		}
	}
	t.width, t.rows = 0, nil
	t.without = f.reason(t, last)
	return nil
}

// legible says whether the rows of such a table can be read: some modules only point to other tables.
func (f *filler) legible(ctx context.Context, t *table) error {
	if !t.both() {
		return nil
	}
	_, err := f.main.readTable(ctx, t)
	return err
}

// spend moves the counter of a table above its keys.
func (f *filler) spend(ctx context.Context, p *proposer) error {
	t := p.table
	if !t.counter.kept() || len(t.rows) == 0 || f.main.side != atStart {
		return nil
	}
	r, lacking := p.propose(perTable+1, 0, t.rows)
	if lacking != nil {
		return nil
	}
	r[t.counter.column] = unset{}
	if f.judge != nil {
		if err := f.judge.insert(ctx, t, []row{r}); err != nil {
			return ctx.Err()
		}
	}
	spent, err := f.main.spend(ctx, t, r)
	if err != nil {
		return ctx.Err()
	}
	t.counter.probe, t.counter.spent = r, spent
	f.placed = append(f.placed, placed{batch: []tableRow{{t, r}}, spent: true})
	return nil
}
