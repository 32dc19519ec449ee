package postgres

import (
	"fmt"
	"sort"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// derivedInvalid is followed by the name of an index that CREATE INDEX CONCURRENTLY has left invalid. No query uses it, and
// it holds no rows to be unique: it counts as not being there, but its name is taken.
const derivedInvalid = "invalid index "

// noteInvalid tells the table of an index that isn't valid.
func (r *reader) noteInvalid(table *hclschema.Object, x *indexRow) {
	if table.Properties[hclschema.PropPartition] != nil {
		r.cannot(x.identity(table.Identity), "it isn't valid, since not every partition has its part of it: attach the missing ones, or drop it")
		return
	}
	if table.Derived == nil {
		table.Derived = map[string]string{}
	}
	table.Derived[derivedInvalid+x.name] = x.name
}

// withoutInvalid takes an invalid index out of the way of one that is added.
func withoutInvalid(table, index *hclschema.Object, add []drivers.Step) ([]drivers.Step, error) {
	if table.Derived[derivedInvalid+index.Identity.Name] == "" {
		return add, nil
	}
	w := newWriter()
	w.Line("DROP INDEX IF EXISTS ", w.object(index.Identity))
	step, err := w.step("drop "+index.Identity.String()+", which an interrupted CREATE INDEX CONCURRENTLY has left invalid", accessExclusive)
	step.Because = "an invalid index answers no query; IF NOT EXISTS would take it for done"
	return append([]drivers.Step{step}, add...), err
}

// InvalidIndexError is returned for an index that isn't valid and that no model has: nobody knows what is to become of it.
type InvalidIndexError struct{ Index, Table string }

// Error implements error.
func (e *InvalidIndexError) Error() string {
	return fmt.Sprintf("index %s of %s is invalid: a CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY was cut off, or is just running. Drop it (DROP INDEX CONCURRENTLY %s), or put it into the models, to be built again",
		e.Index, e.Table, quoting.QuoteName(e.Index))
}

// judgeIndexes looks for invalid indexes that the models don't have.
func judgeIndexes(current, models *hclschema.State) error {
	for _, table := range current.Objects() {
		var names []string
		for key, name := range table.Derived {
			if strings.HasPrefix(key, derivedInvalid) {
				names = append(names, name)
			}
		}
		sort.Strings(names)
		for _, name := range names {
			id := hclschema.Identity{Kind: hclschema.KindIndex, Schema: table.Identity.Schema, Parent: table.Identity.Name, Name: name}
			if models.Get(id) == nil {
				return &InvalidIndexError{Index: name, Table: table.Identity.String()}
			}
		}
	}
	return nil
}
