package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_columns.sql
var columnsSQL string

// columnRow is a row of inspect_columns.sql.
type columnRow struct {
	table                       uint32
	number                      int32
	name, typeText              string
	notNull                     bool
	comment                     string
	defaultOid                  uint32
	expr, identity, generated   string
	collation                   string
	storage, typeStorage        string
	compression                 string
	statistics                  int64
	options                     []string
	local                       bool
	parents                     int32
	sequence                    []int64
	sequenceOid                 uint32
	sequenceName                string
	sequenceCommented           bool
	nullName                    string
	nullValid, nullNotInherited bool
}

// readColumn takes one column. One that comes from a parent alone is no object: it is the parent's.
func readColumn(r *reader, scan func(...any) error) error {
	var c columnRow
	err := scan(&c.table, &c.number, &c.name, &c.typeText, &c.notNull, &c.comment, &c.defaultOid, &c.expr, &c.identity, &c.generated, &c.collation, &c.storage,
		&c.typeStorage, &c.compression, &c.statistics, &c.options, &c.local, &c.parents, &c.sequence, &c.sequenceOid, &c.sequenceName, &c.sequenceCommented, &c.nullName, &c.nullValid, &c.nullNotInherited)
	if err != nil {
		return err
	}
	at := address{"pg_class", c.table, c.number}
	r.names[at] = c.name
	table := r.at[address{"pg_class", c.table, 0}]
	if table == nil || table.Identity.Kind != hclschema.KindTable {
		return nil
	}
	id := hclschema.Identity{Kind: hclschema.KindColumn, Schema: table.Identity.Schema, Parent: table.Identity.Name, Name: c.name}
	if c.sequenceCommented {
		r.cannot(id, "the sequence of its identity has a comment, which models have no place for: comment on the column instead")
		return nil
	}
	if !c.nullValid || c.nullNotInherited {
		r.cannot(id, "its NOT NULL constraint is NOT VALID or NO INHERIT, which models have no word for")
		return nil
	}
	o := r.object(id, c.comment)
	c.properties(id, o.Properties)
	if c.nullName != "" {
		derive(o, derivedNullName, c.nullName)
	}
	if c.storage != "" {
		derive(o, derivedTypeStorage, storageWord(c.typeStorage))
	}
	r.columns[at] = o
	if !c.local {
		return nil
	}
	if err := r.add(at, o); err != nil {
		return err
	}
	if c.defaultOid != 0 {
		r.alias(address{"pg_attrdef", c.defaultOid, 0}, at)
	}
	if c.sequenceOid != 0 { // what counts by the sequence of an identity needs its column
		r.alias(address{"pg_class", c.sequenceOid, 0}, at)
	}
	return nil
}

func (c *columnRow) properties(id hclschema.Identity, p hclschema.Properties) {
	p[hclschema.PropType] = text(c.typeText)
	if !c.notNull {
		p[hclschema.PropNull] = hclschema.Bool(true)
	}
	if c.nullName != "" && c.nullName != usualNullName(id) {
		p[hclschema.PropNullName] = hclschema.Text(c.nullName)
	}
	switch {
	case c.generated != "":
		p[hclschema.PropGenerated] = text(unwrap(c.expr))
		p[hclschema.PropGeneratedType] = hclschema.Text(map[string]string{"s": "STORED", "v": "VIRTUAL"}[c.generated])
	case c.expr != "":
		p[hclschema.PropDefault] = Driver{}.Expression(c.expr)
	}
	if c.identity != "" {
		identity := identityRecord(c.identity, c.typeText, c.sequence)
		if c.sequenceName != identitySequence(id) {
			identity[hclschema.PropSequenceName] = hclschema.Text(c.sequenceName)
		}
		p[hclschema.PropIdentity] = identity
	}
	if c.collation != "" {
		p[hclschema.PropCollate] = text(c.collation)
	}
	setColumnStorage(p, c.storage, c.compression, c.statistics, c.options)
}

// storageWord is the word for a storage of the catalogue.
func storageWord(letter string) string {
	return map[string]string{"p": "PLAIN", "m": "MAIN", "e": "EXTERNAL", "x": "EXTENDED"}[letter]
}

// setColumnStorage sets how a column is stored, from what the catalogue has of it.
func setColumnStorage(p hclschema.Properties, storage, compression string, statistics int64, options []string) {
	setText(p, hclschema.PropStorage, storageWord(storage))
	setText(p, hclschema.PropCompression, map[string]string{"p": "pglz", "l": "lz4"}[compression])
	if statistics >= 0 {
		p[hclschema.PropStatistics] = hclschema.Int(statistics)
	}
	if len(options) > 0 {
		p[hclschema.PropOptions] = optionSettings(options)
	}
}

// identityRecord is an identity with the options of its sequence that aren't the engine's own.
func identityRecord(generated, typeText string, options []int64) hclschema.Record {
	record := hclschema.Record{"generated": hclschema.Text(map[string]string{"a": "ALWAYS", "d": "BY_DEFAULT"}[generated])}
	if len(options) == 6 {
		for name, value := range sequenceOptions(typeText, options[0], options[1], options[2], options[3], options[4], options[5] != 0) {
			record[name] = value
		}
	}
	return record
}
