package conformance

import "strings"

// permissionPostgresCases are owners and privileges. Their roles are those that every server has.
func permissionPostgresCases() []Case {
	in := `
table "t" {
  column "id" { type = bigint }
  column "a" {
    type = text
    null = true
  }
  column "b" {
    type = text
    null = true
  }
}
…`
	// permit is a permission block; more are further attributes.
	permit := func(to, object, privileges string, more ...string) string {
		return "permission {\n  to = " + to + "\n  for = " + object + "\n  privileges = [" + privileges + "]\n  " + strings.Join(more, "\n  ") + "\n}\n"
	}
	monitor, settings, stats := `"pg_monitor"`, `"pg_read_all_settings"`, `"pg_read_all_stats"`
	acl := func(table string) string {
		return "SELECT coalesce((SELECT string_agg(x::text, ' ' ORDER BY x::text) FROM unnest(relacl) x WHERE x::text !~ ('^' || current_user || '=')), '-') FROM pg_class WHERE relname = '" + table + "'"
	}
	change := func(name, before, after string, holds ...Query) Case {
		return Case{Name: name, Dialects: []string{"postgres"}, Manages: true, In: in, Before: before, After: after, Holds: holds}
	}
	can := func(role, on, privilege string) string {
		return "SELECT has_table_privilege('" + role + "', '" + on + "', '" + privilege + "')"
	}
	f := "function \"f\" {\n  lang = SQL\n  return = %s\n  as = \"SELECT 1\"\n}\n"
	executes := "SELECT has_function_privilege('pg_monitor', 'f()', 'EXECUTE'), has_function_privilege('pg_read_all_stats', 'f()', 'EXECUTE')"
	view := func(columns, owner string) string {
		return "view \"v\" {\n  as = \"SELECT " + columns + " FROM t\"\n" + owner + "}\n"
	}
	owned := "SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE relname = '%s'"
	numbers := "table \"n\" {\n  column \"id\" {\n    type = bigint\n    identity {}\n  }\n  column \"s\" { type = bigserial }\n%s}\n"
	fewer := permit(monitor, "table.t", "SELECT")
	parts := "table \"p\" {\n  column \"k\" { type = int }\n  partition {\n    type = LIST\n    columns = [column.k]\n  }\n}\npartition \"p1\" {\n  of = table.p\n  in = [1]\n}\n"
	viewIn := "view \"x\" {\n  schema = schema.s\n  as = \"SELECT 1 AS id\"\n}\n"
	passed := "schema \"s\" {}\n" + viewIn + permit(monitor, "schema.s", "USAGE") + permit(monitor, "view.s.x", "SELECT", "grantable = true") + permit(stats, "view.s.x", "SELECT", `granted_by = "pg_monitor"`)
	return []Case{
		change("permission on a table given", "", permit(monitor, "table.t", "SELECT, INSERT"), Query{Before: can("pg_monitor", "t", "INSERT"), Want: "false", Then: "true"}),
		change("permission on a table taken", permit(monitor, "table.t", "ALL"), fewer, Query{Before: can("pg_monitor", "t", "DELETE"), Want: "true", Then: "false"}),
		change("permission becomes grantable", permit(monitor, "table.t", "SELECT"), permit(monitor, "table.t", "SELECT", "grantable = true"),
			Query{Before: can("pg_monitor", "t", "SELECT WITH GRANT OPTION"), Want: "false", Then: "true"}),
		change("permission for everybody", "", permit("PUBLIC", "table.t", "SELECT"), Query{Before: can("pg_read_all_stats", "t", "SELECT"), Want: "false", Then: "true"}),
		change("owner without a right of its own", "", permit("OWNER", "table.t", "SELECT"), Query{
			Before: "SELECT count(*) FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner))) x WHERE relname = 't' AND x.privilege_type IN ('SELECT', 'INSERT')", Want: "2", Then: "1"}),
		change("permissions on columns", permit(monitor, "table.t.column.a", "SELECT, UPDATE"), permit(monitor, "table.t.column.a", "SELECT")+permit(stats, "table.t.column.b", "INSERT"), Query{
			Before: "SELECT has_column_privilege('pg_monitor', 't', 'a', 'UPDATE'), has_column_privilege('pg_read_all_stats', 't', 'b', 'INSERT')", Want: "true|false", Then: "false|true"}),
		change("permission on a table for that on a column", permit(monitor, "table.t", "SELECT"), permit(monitor, "table.t.column.a", "SELECT"), Query{
			Before: "SELECT has_column_privilege('pg_monitor', 't', 'a', 'SELECT'), has_column_privilege('pg_monitor', 't', 'b', 'SELECT')", Want: "true|true", Then: "true|false"}),
		change("permission passed on", "", permit(monitor, "table.t", "SELECT", "grantable = true")+permit(settings, "table.t", "SELECT", `granted_by = "pg_monitor"`, "grantable = true")+
			permit(stats, "table.t.column.a", "SELECT", `granted_by = "pg_read_all_settings"`),
			Query{Before: acl("t"), Want: "-", Then: "pg_monitor=r*/" + "postgres" + " pg_read_all_settings=r*/pg_monitor"}),
		change("permission on a function that everybody could call", strings.Replace(f, "%s", "int", 1), strings.Replace(f, "%s", "int", 1)+permit("PUBLIC", "function.f", "")+permit(monitor, "function.f", "EXECUTE"),
			Query{Before: executes, Want: "true|true", Then: "true|false"}),
		change("permission on a function that is made again", strings.Replace(f, "%s", "int", 1)+permit("PUBLIC", "function.f", "")+permit(monitor, "function.f", "EXECUTE"),
			strings.Replace(f, "%s", "bigint", 1)+permit("PUBLIC", "function.f", "")+permit(monitor, "function.f", "EXECUTE"), Query{Before: executes, Want: "true|false"}),
		change("permissions on a view that is made again", view("a, b", "  owner = \"pg_monitor\"\n")+permit(stats, "view.v", "SELECT")+permit(settings, "view.v.column.b", "UPDATE"),
			view("b", "  owner = \"pg_monitor\"\n")+permit(stats, "view.v", "SELECT")+permit(settings, "view.v.column.b", "UPDATE"),
			Query{Before: can("pg_read_all_stats", "v", "SELECT"), Want: "true"}, Query{Before: "SELECT has_column_privilege('pg_read_all_settings', 'v', 'b', 'UPDATE')", Want: "true"},
			Query{Before: strings.Replace(owned, "%s", "v", 1), Want: "false"}),
		change("permissions on types", `enum "e" { values = ["a"] }
domain "d" { type = int }
composite "c" {
  field "x" { type = int }
}
range "r" { subtype = int }
`+permit(monitor, "enum.e", "USAGE", "grantable = true"), `enum "e" { values = ["a"] }
domain "d" { type = int }
composite "c" {
  field "x" { type = int }
}
range "r" { subtype = int }
`+permit("PUBLIC", "[enum.e, domain.d, composite.c, range.r]", "")+permit(monitor, "domain.d", "USAGE"), Query{
			Before: "SELECT string_agg(has_type_privilege('pg_monitor', t, 'USAGE')::text, ' ') FROM unnest(ARRAY['e', 'd', 'c', 'r']) t", Want: "true true true true", Then: "false true false false"}),
		change("permissions on a schema and in it", "schema \"s\" {}\n", "schema \"s\" { owner = \"pg_monitor\" }\n"+permit(stats, "schema.s", "USAGE")+
			"view \"x\" {\n  schema = schema.s\n  as = \"SELECT 1 AS id\"\n}\n"+permit(stats, "view.s.x", "SELECT"), Query{
			Before: "SELECT has_schema_privilege('pg_read_all_stats', 's', 'USAGE')", Want: "false", Then: "true"}),
		change("permissions on the default schema", "", permit("PUBLIC", "schema.public", "")+permit(monitor, "schema.public", "USAGE", "grantable = true"), Query{
			Before: "SELECT has_schema_privilege('pg_read_all_stats', 'public', 'USAGE'), has_schema_privilege('pg_monitor', 'public', 'USAGE WITH GRANT OPTION')", Want: "true|false", Then: "false|true"}),
		change("permissions on sequences", "sequence \"q\" {}\n"+strings.Replace(numbers, "%s", "", 1),
			"sequence \"q\" { owner = \"pg_monitor\" }\n"+permit(stats, "sequence.q", "USAGE")+strings.Replace(numbers, "%s", "", 1)+
				permit(stats, "[table.n.column.id, table.n.column.s]", "SELECT", "sequence = true"), Query{
				Before: "SELECT has_sequence_privilege('pg_read_all_stats', 'q', 'USAGE'), has_sequence_privilege('pg_read_all_stats', 'n_id_seq', 'SELECT'), has_sequence_privilege('pg_read_all_stats', 'n_s_seq', 'SELECT')",
				Want:   "false|false|false", Then: "true|true|true"}),
		change("owner of a table with sequences", strings.Replace(numbers, "%s", "", 1), strings.Replace(numbers, "%s", "  owner = \"pg_monitor\"\n", 1),
			Query{Before: strings.Replace(owned, "%s", "n", 1), Want: "true", Then: "false"}, Query{Before: strings.Replace(owned, "%s", "n_s_seq", 1), Want: "true", Then: "false"}),
		change("owned table with sequences added", "", strings.Replace(numbers, "%s", "  owner = \"pg_monitor\"\n", 1), Query{Before: "-", After: strings.Replace(owned, "%s", "n_s_seq", 1), Then: "false"}),
		change("owners of all sorts", `
collation "c" { locale = "C" }
procedure "p" {
  lang = SQL
  as = "SELECT 1"
}
aggregate "g" {
  arg { type = int }
  state_type = int
  state_func = "int4pl"
}
materialized "m" { as = "SELECT a FROM t" }
`, `
collation "c" {
  locale = "C"
  owner = "pg_monitor"
}
procedure "p" {
  lang = SQL
  as = "SELECT 1"
  owner = "pg_monitor"
}
aggregate "g" {
  arg { type = int }
  state_type = int
  state_func = "int4pl"
  owner = "pg_monitor"
}
materialized "m" {
  as = "SELECT a FROM t"
  owner = "pg_monitor"
}
`+permit(stats, "procedure.p", "EXECUTE", "grantable = true")+permit("PUBLIC", "aggregate.g", "")+permit(stats, "materialized.m", "SELECT"), Query{
			Before: "SELECT string_agg((proowner::regrole::text = 'pg_monitor')::text, ' ') FROM pg_proc WHERE proname IN ('p', 'g')", Want: "false false", Then: "true true"}),
		change("column with permissions dropped", permit(monitor, "table.t.column.a", "SELECT"), "", Query{Before: "SELECT has_column_privilege('pg_monitor', 't', 'a', 'SELECT')", Want: "true", Then: "false"}),
		change("computed column with permissions changed", "table \"u\" {\n  column \"x\" { type = int }\n  column \"y\" {\n    type = int\n    null = true\n    as = \"x + 1\"\n  }\n}\n"+permit(monitor, "table.u.column.y", "SELECT"),
			"table \"u\" {\n  column \"x\" { type = int }\n  column \"y\" {\n    type = int\n    null = true\n    as = \"x + 2\"\n  }\n}\n"+permit(monitor, "table.u.column.y", "SELECT"), Query{
				Before: "SELECT has_column_privilege('pg_monitor', 'u', 'y', 'SELECT')", Want: "true"}),
		change("table with permissions renamed", fewer+"table \"x\" {\n  column \"id\" { type = int }\n}\n"+permit(stats, "table.x", "ALL"),
			fewer+"table \"y\" {\n  renamed_from = \"x\"\n  column \"id\" { type = int }\n}\n"+permit(stats, "table.y", "ALL"), Query{Before: can("pg_read_all_stats", "x", "DELETE"), After: can("pg_read_all_stats", "y", "DELETE"), Want: "true"}),
		change("default permissions", "", `
default_permission {
  for = TABLES
  to = "pg_monitor"
  privileges = [SELECT]
}
default_permission {
  for = FUNCTIONS
  to = PUBLIC
  privileges = []
}
default_permission {
  for = SEQUENCES
  schema = schema.public
  to = "pg_monitor"
  privileges = [USAGE]
  grantable = true
}
default_permission {
  for = TABLES
  made_by = "pg_read_all_stats"
  to = "pg_monitor"
  privileges = [ALL]
}
`+strings.Replace(f, "%s", "int", 1)+strings.Replace(numbers, "%s", "", 1)+view("a", "")+permit(monitor, "view.v", ""),
			Query{Before: can("pg_monitor", "t", "SELECT"), Want: "false", Then: "true"}, Query{Before: "-", After: can("pg_monitor", "v", "SELECT"), Then: "false"},
			Query{Before: "-", After: executes, Then: "false|false"}, Query{Before: "SELECT count(*) FROM pg_default_acl", Want: "0", Then: "4"}),
		change("default permissions of a schema changed", "schema \"s\" {}\ndefault_permission {\n  for = TABLES\n  schema = schema.s\n  to = \"pg_monitor\"\n  privileges = [SELECT, INSERT]\n}\n"+
			"view \"x\" {\n  schema = schema.s\n  as = \"SELECT 1 AS id\"\n}\n",
			"schema \"s\" {}\ndefault_permission {\n  for = TABLES\n  schema = schema.s\n  to = \"pg_monitor\"\n  privileges = [SELECT]\n}\n"+
				"view \"x\" {\n  schema = schema.s\n  as = \"SELECT 1 AS id\"\n}\nview \"y\" {\n  schema = schema.s\n  as = \"SELECT 1 AS id\"\n}\n",
			Query{Before: can("pg_monitor", "s.x", "INSERT"), Want: "true", Then: "false"}, Query{Before: "-", After: can("pg_monitor", "s.y", "SELECT"), Then: "true"}),
		change("owner of a partition", parts, strings.Replace(parts, "of = table.p", "of = table.p\n  owner = \"pg_monitor\"", 1),
			Query{Before: strings.Replace(owned, "%s", "p1", 1), Want: "true", Then: "false"}, Query{Before: strings.Replace(owned, "%s", "p", 1), Want: "true"}),
		change("identity with permissions on its sequence becomes a plain column", strings.Replace(numbers, "%s", "", 1)+permit(stats, "table.n.column.id", "USAGE", "sequence = true"),
			strings.Replace(strings.Replace(numbers, "%s", "", 1), "    identity {}\n", "", 1), Query{Before: "SELECT count(*) FROM pg_class WHERE relname = 'n_id_seq'", Want: "1", Then: "0"}),
		change("owner of a table with permissions on the sequence of its identity", strings.Replace(numbers, "%s", "", 1)+permit("OWNER", "table.n.column.id", "SELECT, USAGE", "sequence = true"),
			strings.Replace(numbers, "%s", "  owner = \"pg_monitor\"\n", 1),
			Query{Before: "SELECT has_sequence_privilege((SELECT relowner FROM pg_class WHERE relname = 'n'), 'n_id_seq', 'UPDATE') AND (SELECT relowner::regrole::text = 'pg_monitor' FROM pg_class WHERE relname = 'n')", Want: "false", Then: "true"}),
		change("permissions taken from a role that passed them on in a schema", passed, "schema \"s\" {}\n"+viewIn,
			Query{Before: can("pg_read_all_stats", "s.x", "SELECT"), Want: "true", Then: "false"}),
		change("owner who had passed a permission on", passed, "schema \"s\" {}\n"+strings.Replace(viewIn, "\n}", "\n  owner = \"pg_monitor\"\n}", 1)+permit(monitor, "schema.s", "USAGE")+permit(stats, "view.s.x", "SELECT"),
			Query{Before: can("pg_read_all_stats", "s.x", "SELECT"), Want: "true"}, Query{Before: strings.Replace(owned, "%s", "x", 1), Want: "true", Then: "false"}),
		{
			Name: "privileges of a computed column outlive its change", Dialects: []string{"postgres"}, In: in,
			Before: "table \"u\" {\n  column \"x\" { type = int }\n  column \"y\" {\n    type = int\n    null = true\n    as = \"x + 1\"\n  }\n}\n",
			After:  "table \"u\" {\n  column \"x\" { type = int }\n  column \"y\" {\n    type = int\n    null = true\n    as = \"x + 2\"\n  }\n}\n",
			Rows:   []string{"GRANT SELECT (y) ON u TO pg_monitor"},
			Holds:  []Query{{Before: "SELECT has_column_privilege('pg_monitor', 'u', 'y', 'SELECT')", Want: "true"}},
		},
		{
			Name: "privileges of a partition outlive another key of its table", Dialects: []string{"postgres"}, Before: parts,
			After: strings.Replace(strings.Replace(parts, "LIST", "HASH", 1), "in = [1]", "modulus = 1\n  remainder = 0", 1),
			Rows:  []string{"ALTER TABLE p1 OWNER TO pg_monitor", "GRANT SELECT ON p1 TO pg_read_all_stats"},
			Holds: []Query{{Before: can("pg_read_all_stats", "p1", "SELECT"), Want: "true"}, {Before: strings.Replace(owned, "%s", "p1", 1), Want: "false"}},
		},
		change("permissions on columns of a child that leave with its parent's, and that become its own",
			block(`table "p"`, column("m", "type = int"), column("n", "type = int"))+block(`table "c"`, column("b", "type = int"), "inherits = [table.p]")+permit(monitor, "table.c.column.n", "UPDATE")+permit(stats, "table.c.column.m", "SELECT")+permit(stats, "table.p.column.m", "INSERT"),
			block(`table "p"`, column("m", "type = int"))+block(`table "c"`, column("m", "type = int"), column("b", "type = int"))+permit(stats, "table.c.column.m", "UPDATE")+permit(stats, "table.p.column.m", "INSERT"),
			Query{Before: "SELECT has_column_privilege('pg_read_all_stats', 'c', 'm', 'SELECT'), has_column_privilege('pg_read_all_stats', 'c', 'm', 'UPDATE'), has_column_privilege('pg_read_all_stats', 'c', 'm', 'INSERT')", Want: "true|false|false", Then: "false|true|false"}),
		change("permission on a column of a child that goes with its parent's",
			block(`table "p"`, column("m", "type = int"), column("n", "type = int"))+block(`table "c"`, column("b", "type = int"), "inherits = [table.p]")+permit(monitor, "table.c.column.n", "UPDATE"),
			block(`table "p"`, column("m", "type = int"))+block(`table "c"`, column("b", "type = int"), "inherits = [table.p]"),
			Query{Before: "SELECT count(*) FROM pg_attribute WHERE attrelid = 'c'::regclass AND attacl IS NOT NULL AND NOT attisdropped", Want: "1", Then: "0"}),
		{
			Name: "privileges outlive an object that comes as another kind", Dialects: []string{"postgres"}, Before: block(`view "v"`, `as = "SELECT 1 AS a, 2 AS b"`) + "domain \"d\" { type = int }\n", After: block(`materialized "v"`, `as = "SELECT 1 AS a"`) + "enum \"d\" { values = [\"x\"] }\n",
			Rows:  []string{"GRANT SELECT ON v TO pg_read_all_stats", "GRANT UPDATE (a), INSERT (b) ON v TO pg_read_all_stats", "ALTER VIEW v OWNER TO pg_monitor", "REVOKE USAGE ON TYPE d FROM PUBLIC"},
			Holds: []Query{{Before: "SELECT has_table_privilege('pg_read_all_stats', 'v', 'SELECT'), has_column_privilege('pg_read_all_stats', 'v', 'a', 'UPDATE'), has_type_privilege('pg_monitor', 'd', 'USAGE')", Want: "true|true|false"}, {Before: strings.Replace(owned, "%s", "v", 1), Want: "false"}},
		},
		{
			Name: "privileges of a column outlive its inheritance", Dialects: []string{"postgres"}, Before: block(`table "p"`, column("a", "type = int")) + block(`table "c"`, column("a", "type = int"), column("b", "type = int")),
			After: block(`table "p"`, column("a", "type = int")) + block(`table "c"`, column("b", "type = int"), "inherits = [table.p]"),
			Rows:  []string{"GRANT SELECT (a) ON c TO pg_monitor", "GRANT INSERT (a) ON p TO pg_monitor", "INSERT INTO c VALUES (1, 2)"},
			Holds: []Query{{Before: "SELECT has_column_privilege('pg_monitor', 'c', 'a', 'SELECT'), has_column_privilege('pg_monitor', 'c', 'a', 'INSERT'), has_column_privilege('pg_monitor', 'p', 'a', 'INSERT'), a FROM c", Want: "true|false|true|1"}},
		},
		{
			Name: "privileges of counters outlive a change of their kind", Dialects: []string{"postgres"},
			Before: block(`table "n"`, "column \"a\" {\n  type = int\n  identity {}\n}", column("b", "type = serial")),
			After:  block(`table "n"`, column("a", "type = serial"), "column \"b\" {\n  type = int\n  identity {}\n}", column("c", "type = bigserial")),
			Rows:   []string{"ALTER TABLE n OWNER TO pg_monitor", "GRANT USAGE ON SEQUENCE n_a_seq TO pg_read_all_stats", "GRANT SELECT ON SEQUENCE n_b_seq TO PUBLIC", "INSERT INTO n DEFAULT VALUES"},
			Holds: []Query{
				{Before: "SELECT has_sequence_privilege('pg_read_all_stats', 'n_a_seq', 'USAGE'), has_sequence_privilege('pg_read_all_stats', 'n_b_seq', 'SELECT')", Want: "true|true"},
				{Before: "SELECT count(*) FROM pg_class WHERE relname ~ '^n_._seq$' AND pg_get_userbyid(relowner) = 'pg_monitor'", Want: "2", Then: "3"}},
		},
		{
			Name: "privileges of a dropped table's way back", Dialects: []string{"postgres"}, In: in, Before: strings.Replace(numbers, "%s", "", 1),
			Rows:  []string{"ALTER TABLE n OWNER TO pg_monitor", "GRANT SELECT (s) ON n TO pg_read_all_stats", "GRANT USAGE ON SEQUENCE n_id_seq, n_s_seq TO pg_read_all_stats"},
			Holds: []Query{{Before: "SELECT has_column_privilege('pg_read_all_stats', 'n', 's', 'SELECT'), has_sequence_privilege('pg_read_all_stats', 'n_id_seq', 'USAGE'), has_sequence_privilege('pg_read_all_stats', 'n_s_seq', 'USAGE')", After: "SELECT 1", Want: "true|true|true", Then: "1"}},
		},
	}
}
