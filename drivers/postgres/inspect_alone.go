package postgres

import (
	_ "embed"
	"strings"
)

//go:embed inspect_alone.sql
var aloneSQL string

// Parts of the queries of an inspection, and what stands in their place where only the default schema is looked at, which is then
// the search path. The texts are the same for all schemas, so that the server plans them once in a session.
const (
	madeByPeople     = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
	theDefaultSchema = "n.nspname = current_schema()"
	ofAllObjects     = "FROM pg_depend d\nJOIN pg_class c ON c.oid = d.classid"
	ofAllColumns     = "JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')"
	ofAllPartitioned = "FROM pg_partitioned_table p\n"
)

// inDefaultSchema is a query that reads the default schema alone, where it reads what lies in schemas. One server may hold ten
// thousand of them, so that an inspection must not read them all.
func inDefaultSchema(sql string) string {
	return strings.NewReplacer(
		"SELECT n.oid, n.nspname, coalesce(obj_description(n.oid, 'pg_namespace'), '')\nFROM pg_namespace n\nWHERE "+madeByPeople,
		"SELECT n.oid, n.nspname, coalesce(obj_description(n.oid, 'pg_namespace'), '')\nFROM pg_namespace n\nWHERE "+madeByPeople, // their names are needed
		madeByPeople, theDefaultSchema,
		ofAllObjects, "FROM ("+strings.TrimSpace(withoutComment(aloneSQL))+") m\nJOIN pg_depend d ON d.classid = m.classid AND d.objid = m.objid\nJOIN pg_class c ON c.oid = d.classid",
		ofAllColumns, ofAllColumns+" AND c.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE "+theDefaultSchema+")",
		ofAllPartitioned, ofAllPartitioned+"JOIN pg_class c ON c.oid = p.partrelid\nJOIN pg_namespace n ON n.oid = c.relnamespace AND "+theDefaultSchema+"\n",
	).Replace(sql)
}
