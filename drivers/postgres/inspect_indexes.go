package postgres

import (
	_ "embed"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_indexes.sql
var indexesSQL string

//go:embed inspect_index_parts.sql
var indexPartsSQL string

// indexRow is a row of inspect_indexes.sql.
type indexRow struct {
	oid, table                              uint32
	name, comment                           string
	constraint                              uint32
	constraintKind, constraintName, remarks string
	deferrable, deferred, period            bool
	unique, valid, nullsEqual               bool
	method, where                           string
	params                                  []string
	tablespace                              string
	parent                                  uint32
	parentName                              string
	local                                   bool
	parentParams                            []string
	parentTablespace                        string
	differs, partitioned                    bool
	parts                                   []indexPart
}

// indexPart is a row of inspect_index_parts.sql.
type indexPart struct {
	Expr, Column, Collate, Ops string
	Include, Desc              bool
	Params                     []string
	NullsFirst                 bool
	Statistics                 int64
	Op                         string
}

// readIndexPart takes one part of an index; those that it only includes come last.
func readIndexPart(r *reader, scan func(...any) error) error {
	var index uint32
	var p indexPart
	if err := scan(&index, &p.Expr, &p.Column, &p.Include, &p.Collate, &p.Ops, &p.Params, &p.Desc, &p.NullsFirst, &p.Statistics, &p.Op); err != nil {
		return err
	}
	r.parts[index] = append(r.parts[index], p)
	return nil
}

// readIndex takes one index, or the key or exclusion that it carries. One that a partition has of its parent is the parent's.
func readIndex(r *reader, scan func(...any) error) error {
	var x indexRow
	err := scan(&x.oid, &x.table, &x.name, &x.comment, &x.constraint, &x.constraintKind, &x.constraintName, &x.remarks, &x.deferrable, &x.deferred, &x.period,
		&x.unique, &x.valid, &x.nullsEqual, &x.method, &x.where, &x.params, &x.tablespace, &x.parent, &x.parentName, &x.local, &x.parentParams, &x.parentTablespace, &x.differs, &x.partitioned)
	if err != nil {
		return err
	}
	x.parts = r.parts[x.oid]
	table := r.at[address{"pg_class", x.table, 0}]
	switch {
	case table == nil:
		return nil
	case !x.valid:
		r.noteInvalid(table, &x)
		return nil
	case x.parent != 0:
		return r.attachedIndex(table, &x)
	}
	o := r.object(x.identity(table.Identity), x.comment)
	if x.period {
		r.cannot(o.Identity, "keys WITHOUT OVERLAPS are not carried yet")
		return nil
	}
	x.properties(o)
	at := address{"pg_class", x.oid, 0}
	if err := r.add(at, o); err != nil {
		return err
	}
	if x.constraint != 0 {
		r.alias(address{"pg_constraint", x.constraint, 0}, at)
	}
	return nil
}

func (x *indexRow) identity(table hclschema.Identity) hclschema.Identity {
	id := hclschema.Identity{Kind: hclschema.KindIndex, Schema: table.Schema, Parent: table.Name, Name: x.name}
	switch {
	case x.constraintKind == "p":
		id.Kind, id.Name = hclschema.KindPrimaryKey, ""
	case x.constraintKind == "u":
		id.Kind, id.Name = hclschema.KindUnique, x.constraintName
	case x.constraintKind == "x":
		id.Kind, id.Name = hclschema.KindExclude, x.constraintName
	case table.Kind == hclschema.KindMaterialized:
		id.Kind = hclschema.KindMaterializedIndex
	}
	return id
}

func (x *indexRow) properties(o *hclschema.Object) {
	p := o.Properties
	if x.constraint != 0 {
		delete(p, hclschema.PropComment)
		setText(p, hclschema.PropComment, x.remarks)
		setText(p, hclschema.PropIndexComment, x.comment)
		setDeferrable(p, x.deferrable, x.deferred)
	}
	switch o.Identity.Kind {
	case hclschema.KindPrimaryKey:
		p[hclschema.PropName] = hclschema.Text(x.constraintName)
	case hclschema.KindIndex, hclschema.KindMaterializedIndex:
		o.Detachable = true
		if x.unique {
			p[hclschema.PropUnique] = hclschema.Bool(true)
		}
	case hclschema.KindExclude:
		o.Detachable = true
	}
	if x.nullsEqual {
		p[hclschema.PropNullsDistinct] = hclschema.Bool(false)
	}
	if x.method != "btree" {
		p[hclschema.PropIndexType] = hclschema.Text(x.method)
	}
	if x.where != "" {
		p[hclschema.PropWhere] = text(unwrap(x.where))
	}
	setParams(p, x.params, nil)
	setText(p, hclschema.PropTablespace, x.tablespace)
	x.columns(p)
}

// columns sets the parts and the further columns.
func (x *indexRow) columns(p hclschema.Properties) {
	var columns, include hclschema.List
	for _, part := range x.parts {
		if part.Include {
			include = append(include, identifier(part.Column))
		} else {
			columns = append(columns, part.record())
		}
	}
	p[hclschema.PropColumns] = columns
	if include != nil {
		p[hclschema.PropInclude] = include
	}
}

func (part *indexPart) record() hclschema.Record {
	record := hclschema.Record{}
	if part.Expr != "" {
		record["expr"] = text(unwrap(part.Expr))
	} else {
		record["column"] = identifier(part.Column)
	}
	if part.Collate != "" {
		record["collate"] = text(part.Collate)
	}
	if part.Ops != "" {
		record["ops"] = operatorClass(part.Ops, part.Params)
	}
	if part.Desc {
		record["desc"] = hclschema.Bool(true)
	}
	switch {
	case part.NullsFirst && !part.Desc:
		record["nulls_first"] = hclschema.Bool(true)
	case part.Desc && !part.NullsFirst:
		record["nulls_last"] = hclschema.Bool(true)
	}
	if part.Statistics >= 0 {
		record["statistics"] = hclschema.Int(part.Statistics)
	}
	if part.Op != "" {
		record["op"] = hclschema.Text(part.Op)
	}
	return record
}

// operatorClass is an operator class with its parameters, as in CREATE INDEX.
func operatorClass(name string, params []string) hclschema.Spelled {
	if len(params) == 0 {
		return text(name)
	}
	words := make([]string, len(params))
	for i, param := range params {
		key, value, _ := strings.Cut(param, "=")
		words[i] = key + " = " + paramValue(value)
	}
	return text(name + " (" + strings.Join(words, ", ") + ")")
}
