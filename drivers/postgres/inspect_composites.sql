-- A row is a composite type that is no table's, with its fields in their order.
SELECT t.oid, t.typarray, t.typrelid, t.typnamespace, t.typname, coalesce(obj_description(t.oid, 'pg_type'), ''), coalesce(f.fields, '[]')
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
LEFT JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_object(
           'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'comment', coalesce(col_description(a.attrelid, a.attnum), ''),
           'collate', CASE WHEN a.attcollation <> 0 AND a.attcollation <> b.typcollation THEN a.attcollation::regcollation::text ELSE '' END
         ) ORDER BY a.attnum)::text AS fields
  FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid
  WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
) f ON true
WHERE t.typtype = 'c' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY n.nspname, t.typname
