package postgres

import _ "embed"

//go:embed inspect_referred.sql
var referredSQL string

// derivedReferred is told by a partition of a table that a foreign key refers to: it can't be dropped before it is detached.
const derivedReferred = "referred to"

// readReferred notes that a foreign key needs a partition of the table that it refers to: as long as the key is there, the
// partition can't be dropped.
func readReferred(r *reader, scan func(...any) error) error {
	var key, partition uint32
	if err := scan(&key, &partition); err != nil {
		return err
	}
	table := r.at[address{"pg_class", partition, 0}]
	if table == nil {
		return nil
	}
	derive(table, derivedReferred, "yes")
	needs(r.at[address{"pg_constraint", key, 0}], table)
	return nil
}
