-- A row is a table: partitioned ones, partitions and children of others among them. identity_index and clustered are indexes.
SELECT c.oid, c.relnamespace, c.relname, c.relkind::text, coalesce(obj_description(c.oid, 'pg_class'), ''), c.reltype, coalesce(t.typarray, 0::oid),
       c.relpersistence::text, coalesce(c.reloptions, '{}'), coalesce(toast.reloptions, '{}'), coalesce(space.spcname, ''), coalesce(m.amname, 'heap'),
       c.relreplident::text, coalesce(identity_index.relname, ''), c.relrowsecurity, c.relforcerowsecurity, coalesce(clustered.relname, ''),
       coalesce(CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END, ''),
       c.relispartition, coalesce(pg_get_expr(c.relpartbound, c.oid), ''),
       EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = c.oid AND (to_jsonb(h) ->> 'inhdetachpending')::boolean),
       ARRAY(SELECT h.inhparent::regclass::text FROM pg_inherits h WHERE h.inhrelid = c.oid ORDER BY h.inhseqno)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_type t ON t.oid = c.reltype
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
LEFT JOIN pg_tablespace space ON space.oid = c.reltablespace
LEFT JOIN pg_am m ON m.oid = c.relam
LEFT JOIN LATERAL (
  SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident AND c.relreplident = 'i'
) identity_index ON true
LEFT JOIN LATERAL (
  SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisclustered
) clustered ON true
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
