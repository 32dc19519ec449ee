-- A row is an object of extended statistics: its table, what is collected as letters (d, f, m and e: see pg_statistic_ext),
-- its columns and expressions, and its target, -1 for the usual one.
SELECT s.oid, s.stxnamespace, s.stxname, coalesce(obj_description(s.oid, 'pg_statistic_ext'), ''), s.stxrelid,
       s.stxrelid::regclass::text, s.stxkind::text[],
       ARRAY(SELECT a.attname::text FROM unnest(s.stxkeys::int2[]) k JOIN pg_attribute a ON a.attrelid = s.stxrelid AND a.attnum = k ORDER BY a.attname::text COLLATE "C"),
       coalesce(pg_get_statisticsobjdef_expressions(s.oid), '{}'::text[]), coalesce((to_jsonb(s) ->> 'stxstattarget')::integer, -1)
FROM pg_statistic_ext s
JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = s.oid AND d.deptype = 'e')
ORDER BY n.nspname, s.stxname
