package postgres

import (
	_ "embed"
	"slices"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_statistics.sql
var statisticsSQL string

// readStatistics takes one object of extended statistics. That of a table which isn't carried is named by it.
func readStatistics(r *reader, scan func(...any) error) error {
	var oid, schema, table uint32
	var name, comment, on string
	var kinds, columns, expressions []string
	var target int64
	if err := scan(&oid, &schema, &name, &comment, &table, &on, &kinds, &columns, &expressions, &target); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindStatistics, Schema: r.schema(r.schemas[schema]), Name: name}, comment)
	if r.at[address{"pg_class", table, 0}] == nil {
		r.cannot(o.Identity, "its table "+on+" is not carried")
		return nil
	}
	p := o.Properties
	p[hclschema.PropOn] = text(on)
	var list hclschema.List
	for _, kind := range []struct{ letter, word string }{{"d", "NDISTINCT"}, {"f", "DEPENDENCIES"}, {"m", "MCV"}} {
		if slices.Contains(kinds, kind.letter) {
			list = append(list, hclschema.Text(kind.word))
		}
	}
	if len(list) < 3 { // all are the default, none are what a single expression has
		setList(p, hclschema.PropKinds, list)
	}
	setList(p, hclschema.PropColumns, nameList(columns))
	var exprs hclschema.List
	for _, expr := range expressions {
		exprs = append(exprs, text(unwrap(expr)))
	}
	setList(p, hclschema.PropExpressions, exprs)
	if target >= 0 {
		p[hclschema.PropStatistics] = hclschema.Int(target)
	}
	return r.add(address{"pg_statistic_ext", oid, 0}, o)
}
