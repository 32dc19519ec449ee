-- A row is a materialized view: its rule, its row type and the array of it, its query, its options, where and how it is stored,
-- whether it has data, the index that it was clustered on, and what is kept about its columns: the shape, the comments and the settings as
-- lists in the order of the columns.
SELECT c.oid, c.relnamespace, c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''),
       r.oid, c.reltype, t.typarray, pg_get_viewdef(c.oid), coalesce(c.reloptions, '{}'), coalesce((SELECT o.reloptions FROM pg_class o WHERE o.oid = c.reltoastrelid), '{}'),
       coalesce(s.spcname, ''), CASE WHEN m.amname = 'heap' THEN '' ELSE coalesce(m.amname, '') END, c.relispopulated,
       coalesce((SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisclustered), ''),
       a.shape, a.comments, a.settings
FROM pg_class c
JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN'
JOIN pg_type t ON t.oid = c.reltype
JOIN (
  SELECT a.attrelid,
         json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod), coalesce(o.collname, '')) ORDER BY a.attnum)::text AS shape,
         coalesce(json_agg(json_build_array(a.attname, d.description) ORDER BY a.attnum) FILTER (WHERE d.description IS NOT NULL), '[]')::text AS comments,
         coalesce(json_agg(json_build_object('Name', a.attname, 'Storage', CASE WHEN a.attstorage <> y.typstorage THEN a.attstorage::text ELSE '' END,
             'Compression', coalesce(to_jsonb(a) ->> 'attcompression', ''), 'Statistics', coalesce((to_jsonb(a) ->> 'attstattarget')::integer, -1),
             'Options', coalesce(a.attoptions, '{}')) ORDER BY a.attnum)
           FILTER (WHERE coalesce((to_jsonb(a) ->> 'attstattarget')::integer, -1) >= 0
             OR a.attoptions IS NOT NULL OR coalesce(to_jsonb(a) ->> 'attcompression', '') <> '' OR a.attstorage <> y.typstorage), '[]')::text AS settings
  FROM pg_attribute a
  JOIN pg_class v ON v.oid = a.attrelid AND v.relkind = 'm'
  JOIN pg_type y ON y.oid = a.atttypid
  LEFT JOIN pg_collation o ON o.oid = a.attcollation
  LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped
  GROUP BY a.attrelid
) a ON a.attrelid = c.oid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_am m ON m.oid = c.relam
WHERE c.relkind = 'm' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
