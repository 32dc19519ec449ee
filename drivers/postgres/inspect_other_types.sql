-- A row is a type that models can't hold: one written in C, a shell type, or one whose name a type of PostgreSQL itself hides.
SELECT t.typnamespace, t.typname,
       CASE WHEN NOT t.typisdefined THEN 'shell' WHEN t.typtype = 'b' THEN 'base' WHEN t.typtype = 'p' THEN 'pseudo' ELSE 'hidden' END
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND (t.typtype IN ('b', 'p') AND e.oid IS NULL
       OR t.typtype IN ('e', 'd', 'r') AND n.nspname = current_schema() AND n.nspname <> 'public' AND EXISTS (SELECT FROM pg_type h WHERE h.typnamespace = 'pg_catalog'::regnamespace AND h.typname = t.typname))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY n.nspname, t.typname
