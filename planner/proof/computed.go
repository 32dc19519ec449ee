package proof

import (
	"context"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// compute gives the columns that are computed on this side only the values that the engine will compute for the rows, so
// that the other side, which stores them as they are, can judge them.
func (d *database) compute(ctx context.Context, t *table, rows []row) error {
	var computed []int
	stored := false
	for i, c := range t.columns {
		if o := c.objects[d.side]; o != nil && o.Properties[hclschema.PropGenerated] != nil {
			computed = append(computed, i)
			stored = stored || c.in(atEnd-d.side)
		}
	}
	if !stored {
		return nil
	}
	for _, r := range rows {
		// One may be computed of another, whichever comes first.
		for range computed {
			for _, i := range computed {
				value, err := d.computeOne(ctx, t, r, i)
				if err != nil {
					return err
				}
				r[i] = value
			}
		}
		for _, i := range computed {
			if !t.columns[i].in(atEnd - d.side) {
				r[i] = unset{}
			}
		}
	}
	return nil
}

func (d *database) computeOne(ctx context.Context, t *table, r row, column int) (any, error) {
	var names []string
	var args []any
	for i, c := range t.columns {
		if c.objects[d.side] == nil || i == column {
			continue
		}
		given := r[i]
		if _, left := given.(unset); left {
			given = nil
		}
		names = append(names, d.typed(c, given, &args)+" AS "+d.column(c))
	}
	text := "(" + t.columns[column].objects[d.side].Properties.Text(hclschema.PropGenerated) + "\n)"
	if d.sampler != nil {
		text = d.plainText(text)
	}
	query := "SELECT " + text
	if len(names) > 0 {
		query += " FROM (SELECT " + strings.Join(names, ", ") + ") AS computed"
	}
	var value any
	err := d.conn.Query(ctx, query, args, func(scan func(...any) error) error { return scan(&value) })
	return value, err
}
