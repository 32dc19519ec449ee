-- A row is a foreign table with its columns and checks as lists in JSON. Those that come from parents are among them;
-- differs says what models have no word for.
SELECT c.oid, c.relnamespace, c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''), c.reltype, coalesce(t.typarray, 0::oid), s.srvname, coalesce(f.ftoptions, '{}'),
       c.relispartition, coalesce(pg_get_expr(c.relpartbound, c.oid), ''),
       ARRAY(SELECT h.inhparent::regclass::text FROM pg_inherits h WHERE h.inhrelid = c.oid ORDER BY h.inhseqno),
       (SELECT coalesce(json_agg(json_build_object(
                 'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'null', NOT a.attnotnull, 'generated', a.attgenerated <> '',
                 'expr', coalesce(pg_get_expr(e.adbin, e.adrelid), ''), 'default_oid', coalesce(e.oid, 0)::bigint,
                 'collate', CASE WHEN a.attcollation <> 0 AND a.attcollation <> b.typcollation THEN a.attcollation::regcollation::text ELSE '' END,
                 'options', coalesce(a.attfdwoptions, '{}'), 'statistics', coalesce((to_jsonb(a) ->> 'attstattarget')::integer, -1),
                 'comment', coalesce(col_description(a.attrelid, a.attnum), ''), 'inherited', NOT a.attislocal,
                 'differs', CASE WHEN a.attoptions IS NOT NULL OR a.attislocal AND a.attstorage <> b.typstorage OR NOT a.attislocal AND NOT EXISTS (
                                SELECT FROM pg_inherits h JOIN pg_attribute p ON p.attrelid = h.inhparent AND p.attname = a.attname WHERE h.inhrelid = c.oid AND p.attstorage = a.attstorage
                              ) THEN 'storage or options of the column ' || quote_ident(a.attname)
                              WHEN a.attidentity <> '' THEN 'the identity ' || quote_ident(a.attname)
                              WHEN NOT a.attislocal AND NOT EXISTS (
                                SELECT FROM pg_inherits h JOIN pg_attribute p ON p.attrelid = h.inhparent AND p.attname = a.attname LEFT JOIN pg_attrdef d ON d.adrelid = p.attrelid AND d.adnum = p.attnum
                                WHERE h.inhrelid = c.oid AND p.attnotnull = a.attnotnull AND pg_get_expr(d.adbin, d.adrelid) IS NOT DISTINCT FROM pg_get_expr(e.adbin, e.adrelid)
                              ) THEN 'a default or NOT NULL of its own of the inherited column ' || quote_ident(a.attname)
                              ELSE '' END
               ) ORDER BY a.attnum), '[]')::text
        FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
       (SELECT coalesce(json_agg(json_build_object(
                 'oid', o.oid::bigint, 'name', o.conname, 'expr', pg_get_expr(o.conbin, o.conrelid), 'no_inherit', o.connoinherit, 'not_valid', NOT o.convalidated,
                 'comment', coalesce(obj_description(o.oid, 'pg_constraint'), '')
               ) ORDER BY o.conname), '[]')::text
        FROM pg_constraint o WHERE o.conrelid = c.oid AND o.contype = 'c' AND o.conislocal)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_foreign_table f ON f.ftrelid = c.oid
JOIN pg_foreign_server s ON s.oid = f.ftserver
LEFT JOIN pg_type t ON t.oid = c.reltype
WHERE c.relkind = 'f' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
