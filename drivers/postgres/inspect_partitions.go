package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_partitions.sql
var partitionsSQL string

//go:embed inspect_inherited.sql
var inheritedSQL string

// readPartitionKey takes the key of one partitioned table.
func readPartitionKey(r *reader, scan func(...any) error) error {
	var table uint32
	var definition string
	if err := scan(&table, &definition); err != nil {
		return err
	}
	if o := r.at[address{"pg_class", table, 0}]; o != nil {
		o.Properties[hclschema.PropPartition] = partitionKey(definition)
	}
	return nil
}

// ancestry sets what the table is a partition of or inherits from.
func (t *tableRow) ancestry(p hclschema.Properties) {
	switch {
	case t.partition && len(t.parents) == 1:
		p[hclschema.PropPartitionOf] = text(t.parents[0])
		p[hclschema.PropBounds] = text(t.bounds)
	case len(t.parents) > 0:
		list := make(hclschema.List, len(t.parents))
		for i, parent := range t.parents {
			list[i] = text(parent)
		}
		p[hclschema.PropInherits] = list
	}
}

// readInherited compares a column that a table has of a parent with the parent's. It is an object where it differs.
func readInherited(r *reader, scan func(...any) error) error {
	var own, parent address
	if err := scan(&own.oid, &own.sub, &parent.oid, &parent.sub); err != nil {
		return err
	}
	own.class, parent.class = "pg_class", "pg_class"
	r.origins[own] = parent
	is, of := r.columns[own], r.columns[parent]
	table := r.at[address{"pg_class", own.oid, 0}]
	if is == nil || of == nil || table == nil {
		return nil
	}
	for _, name := range []string{hclschema.PropIdentity, hclschema.PropGenerated} {
		if !hclschema.Equal(is.Properties[name], of.Properties[name]) && (is.Properties[name] != nil || name == hclschema.PropGenerated) {
			r.cannot(is.Identity, "it comes from a parent and has an identity or an expression that the parent's doesn't have, which models have no word for: drop that, or give it to the parent")
			return nil
		}
	}
	differs := false
	o := &hclschema.Object{Identity: is.Identity, Properties: hclschema.Properties{hclschema.PropInherited: hclschema.Bool(true)}}
	for _, name := range inheritedProperties() {
		value := is.Properties[name]
		switch name {
		case hclschema.PropComment, hclschema.PropStatistics, hclschema.PropOptions: // of each table its own
			if value == nil {
				continue
			}
		default:
			if hclschema.Equal(value, of.Properties[name]) {
				continue
			}
			if value == nil && name == hclschema.PropDefault {
				value = Driver{}.Expression("NULL")
			}
			if name == hclschema.PropStorage {
				usual := is.Derived[derivedTypeStorage]
				if value == nil {
					usual = of.Derived[derivedTypeStorage]
					value = hclschema.Text(usual)
				}
				derive(o, derivedTypeStorage, usual)
			}
			if value == nil && name == hclschema.PropCompression {
				value = hclschema.Text(defaultCompression)
			}
		}
		if value != nil {
			o.Properties[name] = value
		}
		differs = true
	}
	if !differs {
		return nil
	}
	if is.Properties.Bool(hclschema.PropNull) {
		o.Properties[hclschema.PropNull] = hclschema.Bool(true)
	}
	if err := r.add(own, o); err != nil {
		return err
	}
	return nil
}

// inheritedProperties are those in which a column can differ from that of its parent.
func inheritedProperties() []string {
	return []string{
		hclschema.PropDefault, hclschema.PropNull, hclschema.PropStorage, hclschema.PropCompression, hclschema.PropStatistics, hclschema.PropOptions,
		hclschema.PropComment,
	}
}
