package postgres

import (
	_ "embed"
	"encoding/json"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_foreign_tables.sql
var foreignTablesSQL string

// foreignColumn and foreignCheckRow are what the lists in a row of inspect_foreign_tables.sql hold.
type foreignColumn struct {
	Name, Type, Expr, Collate, Comment, Differs string
	Null, Generated, Inherited                  bool
	DefaultOID                                  uint32 `json:"default_oid"`
	Options                                     []string
	Statistics                                  int64
}

type foreignCheckRow struct {
	OID                 uint32
	Name, Expr, Comment string
	NoInherit           bool `json:"no_inherit"`
	NotValid            bool `json:"not_valid"`
}

// readForeignTable takes one foreign table.
func readForeignTable(r *reader, scan func(...any) error) error {
	var oid, schema, rowType, arrayType uint32
	var name, comment, server, bounds, columnList, checkList string
	var options, parents []string
	var partition bool
	if err := scan(&oid, &schema, &name, &comment, &rowType, &arrayType, &server, &options, &partition, &bounds, &parents, &columnList, &checkList); err != nil {
		return err
	}
	var columns []foreignColumn
	if err := json.Unmarshal([]byte(columnList), &columns); err != nil {
		return err
	}
	var checks []foreignCheckRow
	if err := json.Unmarshal([]byte(checkList), &checks); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindForeignTable, Schema: r.schema(r.schemas[schema]), Name: name}, comment)
	p := o.Properties
	p[hclschema.PropServer] = hclschema.Text(server)
	(&tableRow{partition: partition, bounds: bounds, parents: parents}).ancestry(p)
	fields, reason := foreignFields(columns)
	if reason != "" {
		r.cannot(o.Identity, reason)
		return nil
	}
	setList(p, hclschema.PropFields, fields)
	if len(checks) > 0 {
		p[hclschema.PropChecks] = foreignChecks(checks)
	}
	if !r.setOptions(o, options) {
		return nil
	}
	at := address{"pg_class", oid, 0}
	if err := r.add(at, o); err != nil {
		return err
	}
	r.alias(address{"pg_type", rowType, 0}, at)
	r.alias(address{"pg_type", arrayType, 0}, at)
	for _, column := range columns {
		if column.DefaultOID != 0 {
			r.alias(address{"pg_attrdef", column.DefaultOID, 0}, at)
		}
	}
	for _, check := range checks {
		r.alias(address{"pg_constraint", check.OID, 0}, at)
	}
	return nil
}

// foreignFields are the columns as a property, or the reason why they can't be carried.
func foreignFields(columns []foreignColumn) (hclschema.List, string) {
	var fields hclschema.List
	for _, column := range columns {
		if column.Differs != "" {
			return nil, "models have no word for " + column.Differs
		}
		options := optionSettings(column.Options)
		for _, name := range options.Names() {
			if hclschema.IsSecretOption(name) {
				return nil, secretReason(name)
			}
		}
		field := hclschema.Record{"name": hclschema.Text(column.Name)}
		if len(options) > 0 {
			field[hclschema.PropOptions] = options
		}
		if column.Comment != "" {
			field["comment"] = hclschema.Text(column.Comment)
		}
		if column.Statistics >= 0 {
			field[hclschema.PropStatistics] = hclschema.Int(column.Statistics)
		}
		if column.Inherited {
			if len(field) > 1 {
				field[hclschema.PropInherited] = hclschema.Bool(true)
				fields = append(fields, field)
			}
			continue
		}
		column.own(field)
		fields = append(fields, field)
	}
	return fields, ""
}

// own sets what the foreign table itself says of a column.
func (c *foreignColumn) own(field hclschema.Record) {
	field[hclschema.PropType] = text(c.Type)
	if c.Null {
		field[hclschema.PropNull] = hclschema.Bool(true)
	}
	switch {
	case c.Generated:
		field[hclschema.PropGenerated] = text(unwrap(c.Expr))
	case c.Expr != "":
		field[hclschema.PropDefault] = Driver{}.Expression(c.Expr)
	}
	if c.Collate != "" {
		field[hclschema.PropCollate] = text(c.Collate)
	}
}

func foreignChecks(checks []foreignCheckRow) hclschema.Record {
	record := hclschema.Record{}
	for _, check := range checks {
		part := hclschema.Record{hclschema.PropExpr: text(unwrap(check.Expr))}
		if check.NoInherit {
			part[hclschema.PropNoInherit] = hclschema.Bool(true)
		}
		if check.NotValid {
			part[hclschema.PropNotValid] = hclschema.Bool(true)
		}
		if check.Comment != "" {
			part["comment"] = hclschema.Text(check.Comment)
		}
		record[check.Name] = part
	}
	return record
}
