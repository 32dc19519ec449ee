package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_sequences.sql
var sequencesSQL string

// readSequence takes one sequence with the column that owns it.
func readSequence(r *reader, scan func(...any) error) error {
	var oid, schema uint32
	var name, comment string
	var unlogged bool
	var n numbers
	var table, column *string
	if err := scan(&oid, &schema, &name, &comment, &unlogged, &n.typeText, &n.start, &n.increment, &n.low, &n.high, &n.size, &n.cycle, &table, &column); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindSequence, Schema: r.schema(r.schemas[schema]), Name: name}, comment)
	n.set(o)
	if unlogged {
		o.Properties[hclschema.PropUnlogged] = hclschema.Bool(true)
	}
	at := address{"pg_class", oid, 0}
	if err := r.add(at, o); err != nil || table == nil || column == nil || r.at[at] == nil {
		return err
	}
	return r.state.Add(hclschema.SequenceOwner(o.Identity, *table, *column))
}
