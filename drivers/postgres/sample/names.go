package sample

import "strings"

// aliases lead from other names of PostgreSQL's types to those of format_type.
var aliases = map[string]string{
	"int2": "smallint", "int": "integer", "int4": "integer", "int8": "bigint", "smallserial": "smallint", "serial": "integer",
	"bigserial": "bigint", "serial2": "smallint", "serial4": "integer", "serial8": "bigint", "decimal": "numeric",
	"float4": "real", "float8": "double precision", "float": "double precision", "bool": "boolean", "varchar": "character varying", "char": "character", "bpchar": "character varying",
	"timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone", "time": "time without time zone",
	"timetz": "time with time zone", "varbit": "bit varying",
}

// own are the names of base types that have values here.
var own = nameSet(`smallint, integer, bigint, numeric, real, double precision, money, boolean, text, name, character, character varying, bytea, date,
	timestamp without time zone, timestamp with time zone, time without time zone, time with time zone, interval, uuid, json, jsonb, xml,
	inet, cidr, macaddr, macaddr8, bit, bit varying, point, line, lseg, box, path, polygon, circle, tsvector, tsquery, jsonpath, refcursor,
	pg_lsn, xid, xid8, cid, tid, txid_snapshot, pg_snapshot, int2vector, oidvector, oid, regclass, regcollation, regconfig, regdictionary,
	regnamespace, regoper, regoperator, regproc, regprocedure, regrole, regtype`)

// ranges are PostgreSQL's own ranges with their subtypes.
var ranges = map[string]string{
	"int4range": "integer", "int8range": "bigint", "numrange": "numeric", "daterange": "date",
	"tsrange": "timestamp without time zone", "tstzrange": "timestamp with time zone",
}

// extension are types of extensions that have values here, in whichever schema they are.
var extension = nameSet("citext, hstore, ltree, lquery, ltxtquery, cube, seg, geometry, geography, vector, halfvec, sparsevec")

func nameSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Split(list, ",") {
		set[strings.TrimSpace(name)] = true
	}
	return set
}

// base is a type of PostgreSQL itself.
func base(n typeName) (kind, bool) {
	if n.schema != "" && n.schema != "pg_catalog" {
		return kind{}, false
	}
	name := n.name
	if n.quoted {
		if name != "char" {
			return kind{}, false
		}
		return kind{form: baseForm, name: `"char"`}, true
	}
	if to, ok := aliases[name]; ok {
		name = to
	}
	if strings.HasPrefix(name, "interval ") {
		return kind{form: baseForm, name: "interval", words: []string{strings.TrimPrefix(name, "interval ")}}, true
	}
	if own[name] {
		return kind{form: baseForm, name: name, sizes: n.sizes}, true
	}
	if subtype, ok := ranges[name]; ok {
		return kind{form: rangeForm, name: name, of: []kind{{form: baseForm, name: subtype, text: subtype}}}, true
	}
	if single := strings.Replace(name, "multirange", "range", 1); single != name && ranges[single] != "" {
		of, _ := base(typeName{name: single})
		of.text = single
		return kind{form: multirangeForm, name: name, of: []kind{of}}, true
	}
	return kind{}, false
}

// textual says that the type takes any text.
func (k kind) textual() bool {
	switch k.name {
	case "text", "name", "character", "character varying", "citext", "refcursor", `"char"`:
		return k.form == baseForm
	}
	return false
}

// whole says that the type holds whole numbers, with their bounds.
func (k kind) whole() (low, high int64, ok bool) {
	if k.form != baseForm {
		return 0, 0, false
	}
	switch k.name {
	case "smallint":
		return -1 << 15, 1<<15 - 1, true
	case "integer":
		return -1 << 31, 1<<31 - 1, true
	case "bigint":
		return -1 << 63, 1<<63 - 1, true
	case "oid", "xid", "cid", "regcollation", "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
		"regprocedure", "regrole", "regtype":
		return 1, 1<<32 - 1, true
	case "xid8":
		return 1, 1<<63 - 1, true
	}
	return 0, 0, false
}
