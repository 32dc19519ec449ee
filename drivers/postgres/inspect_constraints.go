package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_constraints.sql
var constraintsSQL string

// constraintRow is a row of inspect_constraints.sql.
type constraintRow struct {
	oid, table                uint32
	name, kind, comment       string
	deferrable, deferred      bool
	valid, noInherit, local   bool
	parents                   int32
	expr                      string
	columns                   []int16
	refOid                    uint32
	refSchema, refTable       string
	refColumns                []int16
	onUpdate, onDelete, match string
	deleteColumns             []int16
	enforced, period          bool
}

// readConstraint takes one check or foreign key. One that comes from a parent alone is the parent's.
func readConstraint(r *reader, scan func(...any) error) error {
	var c constraintRow
	err := scan(&c.oid, &c.table, &c.name, &c.kind, &c.comment, &c.deferrable, &c.deferred, &c.valid, &c.noInherit, &c.local, &c.parents, &c.expr, &c.columns,
		&c.refOid, &c.refSchema, &c.refTable, &c.refColumns, &c.onUpdate, &c.onDelete, &c.match, &c.deleteColumns, &c.enforced, &c.period)
	if err != nil {
		return err
	}
	table := r.at[address{"pg_class", c.table, 0}]
	if table == nil || table.Identity.Kind != hclschema.KindTable || !c.local { // those of a foreign table are read with it
		return nil
	}
	id := hclschema.Identity{Kind: hclschema.KindCheck, Schema: table.Identity.Schema, Parent: table.Identity.Name, Name: c.name}
	if c.kind == "f" {
		id.Kind = hclschema.KindForeignKey
	}
	switch {
	case !c.enforced:
		r.cannot(id, "constraints that are NOT ENFORCED are not carried yet")
		return nil
	case c.period:
		r.cannot(id, "foreign keys with PERIOD are not carried yet")
		return nil
	}
	o := r.object(id, c.comment)
	o.Detachable = true
	if c.kind == "f" {
		c.foreignKey(r, o.Properties)
	} else {
		o.Properties[hclschema.PropExpr] = text(unwrap(c.expr))
		if c.noInherit {
			o.Properties[hclschema.PropNoInherit] = hclschema.Bool(true)
		}
	}
	if !c.valid {
		o.Properties[hclschema.PropNotValid] = hclschema.Bool(true)
	}
	return r.add(address{"pg_constraint", c.oid, 0}, o)
}

func (c *constraintRow) foreignKey(r *reader, p hclschema.Properties) {
	p[hclschema.PropColumns] = r.columnNames(c.table, c.columns)
	p[hclschema.PropRefTable] = identifier(c.refTable)
	setText(p, hclschema.PropRefSchema, r.schema(c.refSchema))
	p[hclschema.PropRefColumns] = r.columnNames(c.refOid, c.refColumns)
	setText(p, hclschema.PropOnUpdate, actionWord(c.onUpdate))
	setText(p, hclschema.PropOnDelete, actionWord(c.onDelete))
	setText(p, hclschema.PropMatch, map[string]string{"f": "FULL", "p": "PARTIAL"}[c.match])
	setDeferrable(p, c.deferrable, c.deferred)
	if len(c.deleteColumns) > 0 {
		p[hclschema.PropDeleteColumns] = r.columnNames(c.table, c.deleteColumns)
	}
}

// actionWord is a foreign key's action as models write it; empty for NO ACTION.
func actionWord(code string) string {
	return map[string]string{"r": "RESTRICT", "c": "CASCADE", "n": "SET_NULL", "d": "SET_DEFAULT"}[code]
}

func setDeferrable(p hclschema.Properties, deferrable, deferred bool) {
	switch {
	case deferrable && deferred:
		p[hclschema.PropDeferrable] = hclschema.Text("INITIALLY_DEFERRED")
	case deferrable:
		p[hclschema.PropDeferrable] = hclschema.Text("INITIALLY_IMMEDIATE")
	}
}

// columnNames are the names of columns that a constraint gives by their numbers.
func (r *reader) columnNames(table uint32, numbers []int16) hclschema.List {
	list := make(hclschema.List, len(numbers))
	for i, number := range numbers {
		list[i] = identifier(r.names[address{"pg_class", table, int32(number)}])
	}
	return list
}

func nameList(names []string) hclschema.List {
	list := make(hclschema.List, len(names))
	for i, name := range names {
		list[i] = identifier(name)
	}
	return list
}
