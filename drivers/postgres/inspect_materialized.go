package postgres

import (
	_ "embed"
	"encoding/json"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_materialized.sql
var materializedSQL string

// readMaterialized takes one materialized view; its indexes are read with those of tables.
func readMaterialized(r *reader, scan func(...any) error) error {
	var oid, schema uint32
	var name, comment, query, space, method, cluster string
	var settings string
	var params, toast []string
	var populated bool
	result := resultRow{defaults: "[]"}
	if err := scan(&oid, &schema, &name, &comment, &result.rule, &result.rowType, &result.arrayType, &query, &params, &toast,
		&space, &method, &populated, &cluster, &result.shape, &result.comments, &settings); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindMaterialized, Schema: r.schema(r.schemas[schema]), Name: name}, comment)
	p := o.Properties
	p[hclschema.PropAs] = Driver{}.Expression(withoutSemicolon(query))
	setParams(p, params, toast)
	setText(p, hclschema.PropTablespace, space)
	setText(p, hclschema.PropAccessMethod, method)
	setText(p, hclschema.PropClusterOn, cluster)
	if !populated {
		p[hclschema.PropNoData] = hclschema.Bool(true)
	}
	var columns []struct {
		Name, Storage, Compression string
		Statistics                 int64
		Options                    []string
	}
	if err := json.Unmarshal([]byte(settings), &columns); err != nil {
		return err
	}
	all := hclschema.Record{}
	for _, column := range columns {
		own := hclschema.Properties{}
		setColumnStorage(own, column.Storage, column.Compression, column.Statistics, column.Options)
		all[column.Name] = hclschema.Record(own)
	}
	if len(all) > 0 {
		p[hclschema.PropColumnSettings] = all
	}
	return r.addResult(o, address{"pg_class", oid, 0}, result)
}
