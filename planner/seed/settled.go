package seed

import (
	"context"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Settled says that a live table holds the declared rows to the letter, so that nothing has to be found out on scratch. False
// may also mean that it isn't sure: "1.5" may be 1.50 there.
func Settled(ctx context.Context, live drivers.Connection, driver drivers.Driver, seeder drivers.Seeder, table Table) (bool, error) {
	c, err := newContent(driver, seeder, table)
	if err != nil {
		return false, err
	}
	if err := c.readLive(ctx, live); err != nil {
		return false, err
	}
	if len(c.live) < len(c.Set.Rows) || len(c.extra) > 0 {
		return false, nil
	}
	if c.Set.Mode == hclschema.InsertRows {
		return true, nil
	}
	for at, r := range c.Set.Rows {
		for name, v := range r.Values {
			if !c.literallyEqual(c.byName[name], v, c.live[at][name]) {
				return false, nil
			}
		}
	}
	return true, nil
}

func (c *content) literallyEqual(column *hclschema.Object, declared hclschema.Evaluated, there value) bool {
	if there == nil {
		return declared == hclschema.Evaluated(hclschema.Null{})
	}
	held, ok := c.seeder.Declared(column, *there)
	if !ok {
		return false
	}
	if sized(column) && sameNumber(declared, held) {
		return true
	}
	want, err := c.seeder.Given(column, declared)
	if err != nil {
		return false
	}
	is, err := c.seeder.Given(column, held)
	return err == nil && is == want
}

// sized says that a column's type has a size, such as numeric(10,2): then one number is written in one way there.
func sized(column *hclschema.Object) bool {
	return strings.Contains(column.Properties.Text(hclschema.PropType), "(")
}

func sameNumber(a, b hclschema.Evaluated) bool {
	declared, ok := a.(hclschema.Number)
	held, also := b.(hclschema.Number)
	if !ok || !also {
		return false
	}
	x, ok := number(string(declared))
	y, also := number(string(held))
	return ok && also && x.Cmp(y) == 0
}
