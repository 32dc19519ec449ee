package postgres

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_publications.sql
var publicationsSQL string

// publishedTable is a table in the list of a row of inspect_publications.sql.
type publishedTable struct {
	OID     uint32
	Table   string
	Columns []string
	Where   string
}

// readPublication takes one publication. Its memberships, which dependencies start from, lead to it.
func readPublication(r *reader, scan func(...any) error) error {
	var oid uint32
	var name, comment, members, generated string
	var all, viaRoot bool
	var memberships []uint32
	var schemas, publish []string
	if err := scan(&oid, &name, &comment, &all, &members, &memberships, &schemas, &publish, &viaRoot, &generated); err != nil {
		return err
	}
	var tables []publishedTable
	if err := json.Unmarshal([]byte(members), &tables); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindPublication, Name: name}, comment)
	p := o.Properties
	if all {
		p[hclschema.PropAllTables] = hclschema.Bool(true)
	}
	setList(p, hclschema.PropTables, publishedTables(tables))
	setList(p, hclschema.PropSchemas, r.publishedSchemas(schemas))
	if len(publish) < 4 {
		list := hclschema.List{}
		for _, word := range publish {
			list = append(list, hclschema.Text(word))
		}
		p[hclschema.PropPublish] = list
	}
	if viaRoot {
		p[hclschema.PropPublishViaRoot] = hclschema.Bool(true)
	}
	if generated == "s" {
		p[hclschema.PropPublishGenerated] = hclschema.Text("STORED")
	}
	at := address{"pg_publication", oid, 0}
	if err := r.add(at, o); err != nil {
		return err
	}
	for _, table := range tables {
		r.alias(address{"pg_publication_rel", table.OID, 0}, at)
	}
	for _, membership := range memberships {
		r.alias(address{"pg_publication_namespace", membership, 0}, at)
	}
	return nil
}

func publishedTables(tables []publishedTable) hclschema.List {
	var list hclschema.List
	for _, table := range tables {
		part := hclschema.Record{"table": text(table.Table)}
		if len(table.Columns) > 0 {
			part["columns"] = nameList(table.Columns)
		}
		if table.Where != "" {
			part["where"] = text(unwrap(table.Where))
		}
		list = append(list, part)
	}
	slices.SortStableFunc(list, func(a, b hclschema.Value) int { return strings.Compare(tableOf(a), tableOf(b)) })
	return list
}

func (r *reader) publishedSchemas(schemas []string) hclschema.List {
	var names []string
	for _, name := range schemas {
		names = append(names, r.schema(name))
	}
	slices.Sort(names)
	var list hclschema.List
	for _, name := range names {
		list = append(list, hclschema.Text(name))
	}
	return list
}
