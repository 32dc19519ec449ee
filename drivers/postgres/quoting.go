package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers/sqltext"
)

// quoting is how PostgreSQL's names and strings are written.
var quoting = sqltext.Quoting{Quote: `"`, Keyword: isKeyword}

// QuoteName implements drivers.Renderer.
func (Driver) QuoteName(name string) string { return quoting.QuoteName(name) }

// isKeyword says that a word can't stand as a name everywhere: the reserved words and those that only columns, types or
// functions can have (pg_get_keywords, all categories but U) of versions 13 to 18.
func isKeyword(word string) bool { return strings.Contains(keywords, " "+word+" ") }

const keywords = " " +
	"all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character " +
	"check coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role " +
	"current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists " +
	"extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in initially inner inout int " +
	"integer intersect interval into is isnull join lateral leading least left like limit localtime localtimestamp national natural " +
	"nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position " +
	"precision primary real references returning right row select session_user setof similar smallint some substring symmetric table " +
	"tablesample then time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where " +
	"window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable " +
	"json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value merge_action system_user "
