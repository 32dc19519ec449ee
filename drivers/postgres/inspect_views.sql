-- A row is a view: its rule, its row type and the array of it, its query, its options, and what is kept about the columns of its result, each as a
-- list of pairs or triples in the order of the columns. The oids are those of the columns' defaults.
SELECT c.oid, c.relnamespace, c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''),
       r.oid, c.reltype, t.typarray, pg_get_viewdef(c.oid), coalesce(c.reloptions, '{}'),
       a.shape, a.comments, a.defaults, a.default_oids
FROM pg_class c
JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN'
JOIN (
  SELECT a.attrelid,
         json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod), coalesce(o.collname, '')) ORDER BY a.attnum)::text AS shape,
         coalesce(json_agg(json_build_array(a.attname, d.description) ORDER BY a.attnum) FILTER (WHERE d.description IS NOT NULL), '[]')::text AS comments,
         coalesce(json_agg(json_build_array(a.attname, pg_get_expr(f.adbin, f.adrelid)) ORDER BY a.attnum) FILTER (WHERE f.oid IS NOT NULL), '[]')::text AS defaults,
         coalesce(array_agg(f.oid ORDER BY a.attnum) FILTER (WHERE f.oid IS NOT NULL), '{}') AS default_oids
  FROM pg_attribute a
  JOIN pg_class v ON v.oid = a.attrelid AND v.relkind = 'v'
  LEFT JOIN pg_collation o ON o.oid = a.attcollation
  LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
  LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped AND v.oid >= 16384
  GROUP BY a.attrelid
) a ON a.attrelid = c.oid
JOIN pg_type t ON t.oid = c.reltype
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
