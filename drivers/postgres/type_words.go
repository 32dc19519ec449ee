package postgres

import (
	"slices"
	"strings"
)

// catalogTypes are the types of pg_catalog whose name format_type() prints as it is (versions 13 to 18). The others are in catalogNames.
const catalogTypes = " " +
	"bytea name regproc text oid tid xid cid json xml pg_node_tree point lseg path box polygon line cidr unknown circle macaddr8 money " +
	"macaddr inet aclitem date numeric refcursor regprocedure regoper regoperator regclass regtype record cstring anyarray void " +
	"trigger language_handler internal anyelement anynonarray uuid txid_snapshot fdw_handler pg_lsn tsm_handler anyenum tsvector tsquery " +
	"gtsvector regconfig regdictionary jsonb anyrange event_trigger int4range numrange tsrange tstzrange daterange int8range jsonpath " +
	"regnamespace regrole regcollation int4multirange nummultirange tsmultirange tstzmultirange datemultirange int8multirange " +
	"anymultirange anycompatiblemultirange pg_snapshot xid8 anycompatible anycompatiblearray anycompatiblenonarray anycompatiblerange " +
	"index_am_handler table_am_handler pg_ddl_command pg_ndistinct pg_dependencies pg_mcv_list "

// catalogNames are types by their name in pg_catalog, with what format_type() calls them.
var catalogNames = map[string]string{
	"bool": "boolean", "int2": "smallint", "int4": "integer", "int8": "bigint", "float4": "real", "float8": "double precision",
	"bpchar": "character", "varchar": "character varying", "time": "time without time zone", "timetz": "time with time zone",
	"timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone", "interval": "interval", "bit": "bit",
	"varbit": "bit varying", "char": `"char"`, "any": `"any"`,
}

// grammarTypes are the words of PostgreSQL's grammar that aren't names in pg_catalog, or other types there.
var grammarTypes = map[string]string{
	"int": "integer", "integer": "integer", "smallint": "smallint", "bigint": "bigint", "real": "real", "decimal": "numeric", "dec": "numeric",
	"boolean": "boolean", "double precision": "double precision", "character": "character", "char": "character", "nchar": "character",
	"national character": "character", "national char": "character", "character varying": "character varying",
	"char varying": "character varying", "nchar varying": "character varying", "national character varying": "character varying",
	"national char varying": "character varying", "bit varying": "bit varying",
	// serial words aren't types; Settle makes a column with a sequence of them
	"serial": "serial", "serial4": "serial", "bigserial": "bigserial", "serial8": "bigserial", "smallserial": "smallserial", "serial2": "smallserial",
}

// extensionTypes are those of well-known extensions, which are mostly made in the default schema.
var extensionTypes = []string{
	"citext", "hstore", "ltree", "lquery", "ltxtquery", "cube", "seg", "isbn", "isbn13", "issn", "issn13", "ean13", "upc",
	"geometry", "geography", "raster", "box2d", "box3d", "vector", "halfvec", "sparsevec",
}

// portableTypes are the words that mean the same on every engine and that PostgreSQL lacks.
var portableTypes = map[string]string{"bytes": "bytea", "double": "double precision", "datetime": "timestamp"}

// intervalFields are what an interval can be restricted to, as models write it.
var intervalFields = []string{
	"year", "month", "day", "hour", "minute", "second", "year_to_month", "day_to_hour", "day_to_minute", "day_to_second",
	"hour_to_minute", "hour_to_second", "minute_to_second",
}

// shortWords are the words that models use for types whose full names are long.
var shortWords = map[string]string{
	"character varying": "varchar", "character": "char", "timestamp without time zone": "timestamp",
	"timestamp with time zone": "timestamptz", "time without time zone": "time", "time with time zone": "timetz",
}

// otherWords are words of other engines and languages, with what says the same here.
var otherWords = map[string]string{
	"string": "text", "str": "text", "clob": "text", "tinytext": "text", "mediumtext": "text", "longtext": "text", "nvarchar": "varchar",
	"nvarchar2": "varchar", "varchar2": "varchar", "long": "bigint", "byte": "smallint", "tinyint": "smallint", "mediumint": "int",
	"int16": "smallint", "int32": "int", "int64": "bigint", "float32": "real", "float64": "double", "blob": "bytea", "binary": "bytea",
	"varbinary": "bytea", "longblob": "bytea", "image": "bytea", "guid": "uuid", "uniqueidentifier": "uuid", "number": "numeric",
	"datetime2": "timestamp", "smalldatetime": "timestamp", "datetimeoffset": "timestamptz", "enum": "enum.NAME, with an enum block",
	"domain": "domain.NAME, with a domain block", "set": `sql("text[]")`, "array": `sql("text[]")`,
}

// typeWords are all words that models can write, for suggestions.
func typeWords() []string {
	words := append(strings.Fields(catalogTypes), extensionTypes...)
	words = append(words, intervalFields...)
	for _, table := range []map[string]string{catalogNames, grammarTypes, portableTypes} {
		for word := range table {
			words = append(words, strings.ReplaceAll(word, " ", "_"))
		}
	}
	slices.Sort(words)
	return words
}

// catalogType says whether PostgreSQL has a type of that name itself, which hides one of the default schema.
func catalogType(name string) bool {
	return catalogNames[name] != "" || !strings.Contains(name, " ") && strings.Contains(catalogTypes, " "+name+" ")
}

// wordType is SQL for a word of models and the literals behind it: double_precision, day_to_second(3), timestamptz(3).
func wordType(word string, args []string) string {
	behind := ""
	if len(args) > 0 {
		behind = "(" + strings.Join(args, ",") + ")"
	}
	if sql, ok := portableTypes[word]; ok {
		return sql + behind
	}
	if slices.Contains(intervalFields, word) {
		return "interval " + strings.ReplaceAll(word, "_", " ") + behind
	}
	for _, zone := range []string{"_with_time_zone", "_without_time_zone"} {
		if kind, ok := strings.CutSuffix(word, zone); ok {
			return kind + behind + strings.ReplaceAll(zone, "_", " ")
		}
	}
	if spaced := strings.ReplaceAll(word, "_", " "); grammarTypes[spaced] != "" {
		word = spaced
	}
	return word + behind
}
