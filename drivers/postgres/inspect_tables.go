package postgres

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_tables.sql
var tablesSQL string

// tableRow is a row of inspect_tables.sql.
type tableRow struct {
	oid, schema                    uint32
	name, kind, comment            string
	rowType, arrayType             uint32
	persistence                    string
	params, toastParams            []string
	tablespace, method             string
	replicaIdentity, identityIndex string
	rowSecurity, forceRowSecurity  bool
	clustered, ofType              string
	partition                      bool
	bounds                         string
	detaching                      bool
	parents                        []string
}

// readTable takes one table without its parts.
func readTable(r *reader, scan func(...any) error) error {
	var t tableRow
	err := scan(&t.oid, &t.schema, &t.name, &t.kind, &t.comment, &t.rowType, &t.arrayType, &t.persistence, &t.params, &t.toastParams, &t.tablespace, &t.method,
		&t.replicaIdentity, &t.identityIndex, &t.rowSecurity, &t.forceRowSecurity, &t.clustered, &t.ofType, &t.partition, &t.bounds, &t.detaching, &t.parents)
	if err != nil {
		return err
	}
	id := hclschema.Identity{Kind: hclschema.KindTable, Schema: r.schema(r.schemas[t.schema]), Name: t.name}
	if t.detaching {
		r.cannot(id, "DETACH PARTITION CONCURRENTLY has begun with it and didn't end: end it with ALTER TABLE … DETACH PARTITION … FINALIZE")
	}
	o := r.object(id, t.comment)
	t.properties(o.Properties)
	at := address{"pg_class", t.oid, 0}
	if err := r.add(at, o); err != nil {
		return err
	}
	r.alias(address{"pg_type", t.rowType, 0}, at)
	r.alias(address{"pg_type", t.arrayType, 0}, at)
	return nil
}

func (t *tableRow) properties(p hclschema.Properties) {
	if t.persistence == "u" {
		p[hclschema.PropUnlogged] = hclschema.Bool(true)
	}
	t.ancestry(p)
	setParams(p, t.params, t.toastParams)
	setText(p, hclschema.PropTablespace, t.tablespace)
	if t.method != "heap" {
		p[hclschema.PropAccessMethod] = hclschema.Text(t.method)
	}
	switch t.replicaIdentity {
	case "f":
		p[hclschema.PropReplicaIdentity] = hclschema.Text("FULL")
	case "n":
		p[hclschema.PropReplicaIdentity] = hclschema.Text("NOTHING")
	case "i":
		if t.identityIndex == "" { // the index is gone: nothing identifies rows
			p[hclschema.PropReplicaIdentity] = hclschema.Text("NOTHING")
			break
		}
		p[hclschema.PropReplicaIdentity] = hclschema.Text("index " + t.identityIndex)
	}
	if t.rowSecurity || t.forceRowSecurity {
		security := hclschema.Record{}
		if t.rowSecurity {
			security["enabled"] = hclschema.Bool(true)
		}
		if t.forceRowSecurity {
			security["enforced"] = hclschema.Bool(true)
		}
		p[hclschema.PropRowSecurity] = security
	}
	setText(p, hclschema.PropClusterOn, t.clustered)
	if t.ofType != "" {
		p[hclschema.PropOfType] = text(t.ofType)
	}
}

// setText sets a property that is absent where there is nothing to say.
func setText(p hclschema.Properties, name, value string) {
	if value != "" {
		p[name] = hclschema.Text(value)
	}
}

// setParams sets the storage parameters from the engine's name=value, those of the toast table with their prefix.
func setParams(p hclschema.Properties, params, toast []string) {
	all := slices.Clone(params)
	for _, option := range toast {
		all = append(all, "toast."+option)
	}
	record := optionSettings(all)
	if len(record) > 0 {
		p[hclschema.PropStorageParams] = record
	}
}

// optionSettings takes the engine's options apart: name=value each.
func optionSettings(options []string) hclschema.Record {
	record := hclschema.Record{}
	for place, option := range options {
		name, value, _ := strings.Cut(option, "=")
		record[name] = hclschema.Setting{Text: value, Place: place}
	}
	return record
}
