-- A row is an object that people made, of a kind that has, or had, no query of its own: its kind, its schema or
-- nothing, and its name. Kinds that are carried are left out by the reader. Large objects are rows,
-- not schema.
WITH things AS (
  SELECT 'subscription' AS kind, 0::oid AS schema, subname::text AS name, 'pg_subscription'::regclass AS class, 4294967295::oid AS oid FROM pg_subscription
    WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL SELECT 'extension', 0, extname, 'pg_extension'::regclass, oid FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL SELECT 'collation', collnamespace, collname, 'pg_collation'::regclass, oid FROM pg_collation
  UNION ALL SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' WHEN 'c' THEN 'composite' ELSE 'type' END,
      t.typnamespace, t.typname, 'pg_type'::regclass, t.oid
    FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typtype <> 'm' AND (t.typrelid = 0 OR c.relkind = 'c')
      AND NOT EXISTS (SELECT FROM pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)
)
SELECT t.kind, coalesce(n.nspname::text, ''), t.name
FROM things t
LEFT JOIN pg_namespace n ON n.oid = t.schema
WHERE t.oid >= 16384 AND (n.oid IS NULL OR n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = t.class AND d.objid = t.oid AND d.deptype IN ('e', 'i'))
UNION ALL
SELECT 'security_label', '', objname || ' (' || provider || ')'
FROM pg_seclabels
WHERE objtype NOT IN ('database', 'role', 'tablespace', 'large object')
ORDER BY 1, 2, 3
