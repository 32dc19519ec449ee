-- A row is a domain with its conditions: the oid, name, expression, whether all values were checked, and comment of each.
SELECT t.oid, t.typarray, t.typnamespace, t.typname, coalesce(obj_description(t.oid, 'pg_type'), ''),
       format_type(t.typbasetype, t.typtypmod), t.typnotnull, coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault, ''),
       CASE WHEN t.typcollation <> 0 AND t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text ELSE '' END,
       coalesce(k.checks, '[]')
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_type b ON b.oid = t.typbasetype
LEFT JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_object('oid', c.oid::bigint, 'name', c.conname, 'expr', pg_get_expr(c.conbin, 0), 'valid', c.convalidated,
                                      'comment', coalesce(obj_description(c.oid, 'pg_constraint'), '')) ORDER BY c.conname)::text AS checks
  FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c'
) k ON true
WHERE t.typtype = 'd' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY n.nspname, t.typname
