package proof

import (
	"context"
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
)

// counter is what is known of a table's AUTOINCREMENT: an engine never gives a key again that it gave once, and a rebuild
// of the table must not make it forget.
type counter struct {
	column int
	// counts tells on which sides the column counts.
	counts [2]bool
	// probe is a row that was put in without a key and taken out again, spent the key that it got; nil for none.
	probe row
	spent int64
}

func (t *table) noteCounter(s side, column int) {
	if t.counter == nil {
		t.counter = &counter{column: column}
	}
	if t.counter.column == column {
		t.counter.counts[s] = true
	}
}

// kept says that the counter must live through the plan.
func (c *counter) kept() bool { return c != nil && c.counts[atStart] && c.counts[atEnd] }

// spend has the engine give a key and takes the row out again, so that the counter is above every key in the table.
func (d *database) spend(ctx context.Context, t *table, r row) (int64, error) {
	if err := d.insert(ctx, t, []row{r}); err != nil {
		return 0, err
	}
	key := d.column(t.columns[t.counter.column])
	highest, err := d.highest(ctx, t)
	if err != nil {
		return 0, err
	}
	_, err = d.conn.Exec(ctx, "DELETE FROM "+d.table(t)+" WHERE "+key+" = ?", highest)
	return highest, err
}

func (d *database) highest(ctx context.Context, t *table) (int64, error) {
	value, err := d.one(ctx, "SELECT max("+d.column(t.columns[t.counter.column])+") FROM "+d.table(t))
	if err != nil {
		return 0, err
	}
	n, ok := value.(int64)
	if !ok {
		return 0, fmt.Errorf("the highest key of %s is %v, no whole number", t.identity(), value)
	}
	return n, nil
}

// forgotten says, as a sentence, that the table's next key was given before. The row by which it is found out is
// rolled back. Empty where the counter is sound, or where the probe can't be put in here.
func (d *database) forgotten(ctx context.Context, t *table) (string, error) {
	if t.counter == nil || t.counter.probe == nil {
		return "", nil
	}
	if err := d.conn.Begin(ctx, drivers.BeginOptions{}, nil); err != nil {
		return "", err
	}
	var next int64
	err := d.insert(ctx, t, []row{t.counter.probe})
	if err == nil {
		next, err = d.highest(ctx, t)
	}
	refused := err != nil
	if err := d.conn.Rollback(); err != nil {
		return "", err
	}
	if refused || next > t.counter.spent {
		return "", ctx.Err()
	}
	return fmt.Sprintf("counter of %s: the next key is %d, but %d was given already", t.identity().Path(), next, t.counter.spent), nil
}
