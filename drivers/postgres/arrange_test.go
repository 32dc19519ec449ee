package postgres

import (
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
)

func TestValuesOfEnumsStandAloneOnlyWhereTheyAreUsed(t *testing.T) {
	add := drivers.Step{SQL: "ALTER TYPE state ADD VALUE IF NOT EXISTS 'it''s back' AFTER 'gone'", OwnTransaction: true}
	for _, c := range []struct {
		other string
		alone bool
	}{
		{"ALTER TABLE t ADD COLUMN a text", false},
		{"ALTER TABLE t ALTER COLUMN s SET DEFAULT 'gone'::state", false},
		{"ALTER TABLE t ALTER COLUMN s SET DEFAULT 'it''s back'::state", true},
	} {
		steps := []drivers.Step{add, {SQL: c.other}}
		if got := (Driver{}).Arrange(steps); got[0].OwnTransaction != c.alone || got[1].OwnTransaction {
			t.Errorf("beside %s: alone %v, wanted %v", c.other, got[0].OwnTransaction, c.alone)
		}
		if !steps[0].OwnTransaction {
			t.Error("the given steps were changed")
		}
	}
}
