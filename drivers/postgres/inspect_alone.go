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
	within, routine, typed := " AND c.relnamespace = "+its, " AND p.pronamespace = "+its, " AND t.typnamespace = "+its
	if !pinned {
		depends := "(SELECT x.objid FROM pg_depend x WHERE x.refclassid = 'pg_namespace'::regclass AND x.refobjid = " + its + " AND x.classid = "
		within += " AND c.oid IN " + depends + "'pg_class'::regclass)"
		routine += " AND p.oid IN " + depends + "'pg_proc'::regclass)"
		// A composite type depends on the schema by its relation.
		typed += " AND t.oid IN " + depends + "'pg_type'::regclass UNION ALL SELECT k.reltype FROM pg_class k WHERE k.relkind = 'c' AND k.oid IN " + depends + "'pg_class'::regclass))"
	}
	inside := "FROM (" + strings.TrimSpace(withoutComment(aloneSQL)) + ") m\n" +
		"CROSS JOIN LATERAL (SELECT * FROM pg_depend d WHERE d.classid = m.classid AND d.objid = m.objid OFFSET 0) d\n" // OFFSET 0 keeps the planner from reading all of it
	replace := []string{
		"FROM pg_namespace n\nWHERE " + byPeople, "FROM pg_namespace n\nWHERE n.nspname IN (current_schema(), 'public')",
		byPeople, itself,
		relation, strings.TrimSuffix(relation, "\n") + within + "\n",
		"JOIN pg_class v ON v.oid = a.attrelid", "JOIN pg_class v ON v.oid = a.attrelid" + strings.ReplaceAll(within, " c.", " v."),
		"JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')", "JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')" + within,
		"FROM pg_partitioned_table p\n", "FROM pg_partitioned_table p\nJOIN pg_class c ON c.oid = p.partrelid" + within + "\n",
		"JOIN pg_namespace n ON n.oid = t.typnamespace\n", "JOIN pg_namespace n ON n.oid = t.typnamespace" + typed + "\n",
		"FROM pg_proc p\nJOIN pg_namespace n ON n.oid = p.pronamespace\n", "FROM pg_proc p\nJOIN pg_namespace n ON n.oid = p.pronamespace" + routine + "\n",
		"ON p.oid = g.aggfnoid\nJOIN pg_namespace n ON n.oid = p.pronamespace\n", "ON p.oid = g.aggfnoid\nJOIN pg_namespace n ON n.oid = p.pronamespace" + routine + "\n",
		"WHERE t.typtype <> 'm' AND", "WHERE t.typtype <> 'm'" + typed + " AND",
		"WHERE k.contype = 'f'\n", "JOIN pg_class c ON c.oid = k.conrelid" + within + "\nWHERE k.contype = 'f'\n",
		// What everybody has who may do what with it.
		relations, relations + within,
		privileged, privileged + within,
		"FROM pg_proc p WHERE p.oid >= 16384\n", "FROM pg_proc p WHERE p.oid >= 16384" + routine + "\n",
		"FROM pg_type t WHERE t.oid >= 16384 AND", "FROM pg_type t WHERE t.oid >= 16384" + typed + " AND",
		"FROM pg_namespace n WHERE n.oid >= 16384", "FROM pg_namespace n WHERE n.oid >= 16384 AND " + itself,
	}
	if !pinned {
		replace = append(replace, "FROM pg_depend d\nJOIN pg_class c ON c.oid = d.classid", inside+"JOIN pg_class c ON c.oid = d.classid")
	}
	return strings.NewReplacer(replace...).Replace(sql)
}

// pinnedSchema says that the engine notes no dependency on the default schema.
func (c *connection) pinnedSchema() bool { return c.version < 140000 && c.defaultSchema == "public" }
