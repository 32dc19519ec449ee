package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_operators.sql
var operatorsSQL string

// readOperator takes one operator.
func readOperator(r *reader, scan func(...any) error) error {
	var oid, schema uint32
	var name, comment, left, right string
	var hashes, merges bool
	var functions [][]string
	var commutator, negator []string
	if err := scan(&oid, &schema, &name, &comment, &left, &right, &hashes, &merges, &functions, &commutator, &negator); err != nil {
		return err
	}
	types := []string{left, right}
	for i, t := range types {
		if t == "" {
			types[i] = "NONE"
		}
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindOperator, Schema: r.schema(r.schemas[schema]), Name: hclschema.RoutineName(name, types)}, comment)
	if functions[0][1] == "" {
		r.cannot(o.Identity, "it is a shell: another operator names it as its commutator or negator, and nobody made it")
		return nil
	}
	p := o.Properties
	for name, value := range map[string]string{hclschema.PropLeft: left, hclschema.PropRight: right} {
		if value != "" {
			p[name] = text(value)
		}
	}
	for i, name := range []string{hclschema.PropProcedure, hclschema.PropRestrict, hclschema.PropJoin} {
		if functions[i][1] != "" {
			p[name] = text(r.called(functions[i]))
		}
	}
	if commutator != nil {
		p[hclschema.PropCommutator] = text(r.operator(commutator))
	}
	if negator != nil {
		p[hclschema.PropNegator] = text(r.operator(negator))
	}
	setBool(p, hclschema.PropHashes, hashes)
	setBool(p, hclschema.PropMerges, merges)
	return r.add(address{"pg_operator", oid, 0}, o)
}

// operator is the name of an operator, given as its schema and sign.
func (r *reader) operator(name []string) string {
	schema := r.schema(name[0])
	if schema == "" || schema == "pg_catalog" {
		return name[1]
	}
	return newWriter().Name(schema) + "." + name[1]
}
