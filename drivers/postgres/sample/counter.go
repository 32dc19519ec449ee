package sample

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

var nextval = regexp.MustCompile(`^nextval\(('(?:[^']|'')*'::regclass)\)$`)

// Counter implements drivers.Sampler.
func (Sampler) Counter(state *hclschema.State, o *hclschema.Object) *drivers.Counter {
	switch o.Identity.Kind {
	case hclschema.KindSequence:
		if !upwards(o.Properties) {
			return nil
		}
		return &drivers.Counter{Next: "nextval(" + literal(quotePath(o.Identity)) + "::regclass)"}
	case hclschema.KindColumn:
		return columnCounter(state, o)
	}
	return nil
}

// upwards says that a sequence never gives the same value twice, each higher than those before.
func upwards(of hclschema.Properties) bool {
	step, ok := of[hclschema.PropIncrement].(hclschema.Int)
	return (!ok || step > 0) && !of.Bool(hclschema.PropCycle)
}

func columnCounter(state *hclschema.State, column *hclschema.Object) *drivers.Counter {
	table := hclschema.Identity{Schema: column.Identity.Schema, Name: column.Identity.Parent}
	name := quoteName(column.Identity.Name)
	sequence, owned := "", true
	if identity, ok := column.Properties[hclschema.PropIdentity].(hclschema.Record); ok {
		if !upwards(hclschema.Properties(identity)) {
			return nil
		}
		sequence = "pg_get_serial_sequence(" + literal(quotePath(table)) + ", " + literal(column.Identity.Name) + ")"
	} else {
		found := nextval.FindStringSubmatch(column.Properties.Text(hclschema.PropDefault))
		if found == nil {
			return nil
		}
		sequence = found[1]
		o := sequenceOf(state, sequence)
		if o != nil && !upwards(o.Properties) {
			return nil
		}
		owned = o != nil && ownedBy(state, o, column.Identity)
	}
	highest := fmt.Sprintf("(SELECT CAST(max(%s) AS bigint) FROM %s)", name, quotePath(table))
	return &drivers.Counter{
		Next:    "nextval(" + sequence + ")",
		Raise:   "SELECT setval(" + sequence + ", greatest(nextval(" + sequence + "), " + highest + "))",
		Highest: highest,
		Owned:   owned,
	}
}

func sequenceOf(state *hclschema.State, text string) *hclschema.Object {
	return state.Get(SequenceIdentity(strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(text, "'"), "'::regclass"), "''", "'")))
}

// SequenceIdentity is the sequence of a name as regclass writes it: with its schema where that isn't the default one, quoted
// where that is needed.
func SequenceIdentity(path string) hclschema.Identity {
	first, rest, _ := exactIdentifier(path)
	id := hclschema.Identity{Kind: hclschema.KindSequence, Name: first}
	if after, ok := strings.CutPrefix(rest, "."); ok {
		id.Schema = first
		id.Name, _, _ = exactIdentifier(after)
	}
	return id
}

// ownedBy says that the sequence is the column's own.
func ownedBy(state *hclschema.State, sequence *hclschema.Object, column hclschema.Identity) bool {
	owner, ok := hclschema.OwningColumn(state, sequence.Identity)
	return ok && owner == column
}
