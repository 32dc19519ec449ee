package postgres

import (
	_ "embed"
	"strings"
)

//go:embed inspect_alone.sql
var aloneSQL string

// inDefaultSchema is a query of an inspection that reads the default schema alone, where it reads what lies in schemas. A database
// may hold ten thousand of them, so that nothing may cost more the more there are: what lies in a schema is found by the
// dependency of each object on it, which has an index, while the catalogues have none by schema. pinned says that nothing depends
// on the default schema, since the engine has it for its own: public before version 14.
//
// The texts are the same for all schemas, as the default one is the search path: the server plans each once in a session.
func inDefaultSchema(sql string, pinned bool) string {
	const (
		byPeople   = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
		itself     = "n.nspname = current_schema()"
		its        = "(SELECT s.oid FROM pg_namespace s WHERE s.nspname = current_schema())"
		relation   = "JOIN pg_namespace n ON n.oid = c.relnamespace\n"
		relations  = "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.oid >= 16384"
		privileged = "WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped AND c.oid >= 16384"
	)
	within := " AND c.relnamespace = " + its
	if !pinned {
		within += " AND c.oid IN (SELECT x.objid FROM pg_depend x WHERE x.refclassid = 'pg_namespace'::regclass AND x.refobjid = " + its + " AND x.classid = 'pg_class'::regclass)"
	}
	inside := "FROM (" + strings.TrimSpace(withoutComment(aloneSQL)) + ") m\n" +
		"CROSS JOIN LATERAL (SELECT * FROM pg_depend d WHERE d.classid = m.classid AND d.objid = m.objid OFFSET 0) d\n" // OFFSET 0 keeps the planner from reading all of it
	replace := []string{
		// The names of all schemas are needed where something refers to another one.
		"FROM pg_namespace n\nWHERE " + byPeople, "FROM pg_namespace n\nWHERE " + byPeople,
		byPeople, itself,
		relation, strings.TrimSuffix(relation, "\n") + within + "\n",
		"JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')", "JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')" + within,
		"FROM pg_partitioned_table p\n", "FROM pg_partitioned_table p\nJOIN pg_class c ON c.oid = p.partrelid" + within + "\n",
		"WHERE t.typtype <> 'm' AND", "WHERE t.typnamespace = " + its + " AND t.typtype <> 'm' AND",
		"WHERE k.contype = 'f'\n", "WHERE k.contype = 'f' AND k.connamespace = " + its + "\n",
		// What everybody has who may do what with it.
		relations, relations + within,
		privileged, privileged + within,
		"FROM pg_proc p WHERE p.oid >= 16384\n", "FROM pg_proc p WHERE p.oid >= 16384 AND p.pronamespace = " + its + "\n",
		"FROM pg_type t WHERE t.oid >= 16384 AND", "FROM pg_type t WHERE t.typnamespace = " + its + " AND t.oid >= 16384 AND",
		"FROM pg_namespace n WHERE n.oid >= 16384", "FROM pg_namespace n WHERE n.oid >= 16384 AND " + itself,
	}
	if !pinned {
		replace = append(replace, "FROM pg_depend d\nJOIN pg_class c ON c.oid = d.classid", inside+"JOIN pg_class c ON c.oid = d.classid")
	}
	return strings.NewReplacer(replace...).Replace(sql)
}

// pinnedSchema says that the engine notes no dependency on the default schema.
func (c *connection) pinnedSchema() bool { return c.version < 140000 && c.defaultSchema == "public" }
