-- A row is a check or a foreign key of a table. Those that the engine made for the partitions of a key's target are left out:
-- they hang on another key of the same table. Columns are given by their numbers, in the order of the key.
SELECT o.oid, o.conrelid, o.conname, o.contype::text, coalesce(obj_description(o.oid, 'pg_constraint'), ''),
       o.condeferrable, o.condeferred, o.convalidated, o.connoinherit, o.conislocal, o.coninhcount::integer,
       coalesce(pg_get_expr(o.conbin, o.conrelid), ''),
       coalesce(o.conkey, '{}'),
       o.confrelid, coalesce((SELECT fn.nspname FROM pg_namespace fn WHERE fn.oid = f.relnamespace), ''), coalesce(f.relname, ''), coalesce(o.confkey, '{}'),
       o.confupdtype::text, o.confdeltype::text, o.confmatchtype::text,
       coalesce(o.confdelsetcols, '{}'), o.conenforced, o.conperiod
FROM pg_constraint o
JOIN pg_class c ON c.oid = o.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class f ON f.oid = o.confrelid
WHERE o.contype IN ('c', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.oid = o.conparentid AND p.conrelid = o.conrelid)
ORDER BY o.conrelid, o.conname
